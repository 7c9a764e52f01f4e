"""When cues appear and go: long enough to read, never into the next one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from transcripts.subtitles.cue import Cue
from transcripts.subtitles.profiles import Profile

_SHORTEST_SEEN_MS = 500


def settle_times(cues: Sequence[Cue], profile: Profile) -> list[Cue]:
    """``cues``, whose times are those of their speech, by start and with times fit for reading.

    Starts ascend; every end lies after its start; a speaker's own cues never overlap. Cues of different
    speakers overlap only where both speak and the first could not be read before the second begins.
    """
    started = sorted(_own_starts(cues), key=lambda cue: cue.start_ms)
    settled: list[Cue] = []
    next_of_speaker: dict[str | None, int] = {}
    next_start_ms: int | None = None
    for cue in reversed(started):
        own_limit_ms = next_of_speaker.get(cue.speaker)
        end_ms = _end(cue, own_limit_ms, next_start_ms, profile)
        settled.append(replace(cue, end_ms=end_ms))
        next_of_speaker[cue.speaker] = next_start_ms = cue.start_ms
    return settled[::-1]


def _own_starts(cues: Sequence[Cue]) -> list[Cue]:
    """A speaker's cues begin one after the other; where their speech overlaps, the later one waits."""
    earliest: dict[str | None, int] = {}
    started: list[Cue] = []
    for cue in cues:
        start_ms = max(cue.start_ms, earliest.get(cue.speaker, 0))
        spoken_ms = max(cue.end_ms - start_ms, 1)
        earliest[cue.speaker] = start_ms + min(spoken_ms, _SHORTEST_SEEN_MS)
        started.append(replace(cue, start_ms=start_ms, end_ms=max(cue.end_ms, start_ms + 1)))
    return started


def _end(cue: Cue, own_limit_ms: int | None, next_start_ms: int | None, profile: Profile) -> int:
    """``own_limit_ms`` and ``next_start_ms``: where the next cue of this speaker, and of anyone, begins."""
    wanted_ms = cue.start_ms + profile.reading_ms(sum(map(len, cue.lines)))
    spoken_ms = min(cue.end_ms, cue.start_ms + profile.max_duration_ms)
    overlaps = next_start_ms is not None and next_start_ms < min(spoken_ms, wanted_ms + profile.gap_ms)
    end_ms = spoken_ms if overlaps else max(spoken_ms, wanted_ms)
    limit_ms = own_limit_ms if overlaps else next_start_ms
    if limit_ms is not None and end_ms > limit_ms - profile.gap_ms:
        end_ms = _before(limit_ms, cue.start_ms, end_ms, profile)
    return max(end_ms, cue.start_ms + 1)


def _before(limit_ms: int, start_ms: int, end_ms: int, profile: Profile) -> int:
    """The end that leaves the profile's gap before ``limit_ms``; no gap where the cue would be a flash."""
    with_gap_ms = limit_ms - profile.gap_ms
    return with_gap_ms if with_gap_ms - start_ms >= _SHORTEST_SEEN_MS else min(end_ms, limit_ms)
