"""Say how much of a damaged recording could be read."""

from __future__ import annotations

from .decoder import DecodeFacts
from .probe import MediaInfo
from .result import Notice
from .timeline import Timeline

SHORTEST_LOSS_SECONDS = 0.5
GAPLESS = frozenset({"wav", "w64", "mp3", "flac", "ogg", "aiff", "caf", "aac", "amr"})
"""Containers in which a gap in the timestamps can only be damage."""


def describe_damage(media: MediaInfo, facts: DecodeFacts, timeline: Timeline) -> Notice | None:
    """Return a notice when half a second or more is missing.

    Its detail holds ``readable_seconds``, ``claimed_seconds`` and ``bad_packets``. A bad packet in a thousand
    is what MP3 files strung together have at their seams, and no damage.
    """
    lost = max(_missing_at_end(media, timeline), _lost_inside(media, facts, timeline))
    if lost < SHORTEST_LOSS_SECONDS:
        return None
    claimed = media.claimed_ms / 1000 if media.claimed_ms is not None else facts.readable_seconds + lost
    claimed = max(claimed, facts.readable_seconds)
    return Notice(
        "partly_unreadable",
        f"The file is damaged or incomplete: {_clock(facts.readable_seconds)} of {_clock(claimed)} could be "
        "read. Everything readable was used; the original is kept.",
        {
            "readable_seconds": round(facts.readable_seconds, 3),
            "claimed_seconds": round(claimed, 3),
            "bad_packets": facts.bad_packets,
        },
    )


def _missing_at_end(media: MediaInfo, timeline: Timeline) -> float:
    if media.claimed_ms is None or timeline.breaks:
        return 0.0
    claimed_end = (media.audio_start_ms + media.claimed_ms) / 1000
    return claimed_end - (timeline.clock_seconds + timeline.origin_seconds)


def _lost_inside(media: MediaInfo, facts: DecodeFacts, timeline: Timeline) -> float:
    start_seconds = max(0.0, media.audio_start_ms / 1000 - timeline.origin_seconds)
    gaps = max(0.0, timeline.silence_seconds - start_seconds)
    if facts.is_damaged:
        packet_seconds = facts.readable_seconds / max(1, facts.good_packets)
        return max(gaps, facts.bad_packets * packet_seconds)
    return gaps if facts.bad_packets or media.container in GAPLESS else 0.0


def _clock(seconds: float) -> str:
    if seconds < 60:
        return f"{seconds:.1f} s"
    hours, rest = divmod(round(seconds), 3600)
    return f"{hours}:{rest // 60:02}:{rest % 60:02}" if hours else f"{rest // 60}:{rest % 60:02}"
