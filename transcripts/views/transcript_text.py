"""The text of a transcript as its page shows it: lines in groups, and who speaks how much."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db.models import Count, F, Sum
from django.db.models.functions import Greatest

from ..models import OtherReading, Segment, Speaker, Transcript
from ..templatetags.reading_clock import line_clock

GROUP_LINES = 40
"""Lines in one ``content-visibility`` box: measured, cost of typing and scrolling is flat up to 10 hours."""

FIRST_LINES = 2 * GROUP_LINES
"""What the page itself carries. The editor brings the rest; without scripts a link shows all of it."""

NOBODY_NAME = "Unknown voice"


@dataclass(frozen=True, slots=True)
class Voice:
    """A speaker with a share of the speaking time. ``hue`` is 1 to 8, ``percent`` 0 to 100."""

    id: int
    name: str
    hue: int
    spoken_ms: int
    percent: int


@dataclass(frozen=True, slots=True)
class Line:
    """A segment. ``is_turn`` where somebody else spoke before, so that the name is shown again.

    ``readings`` is what a later pass heard in place of words that a person had changed.
    """

    key: str
    start_ms: int
    end_ms: int
    clock: str
    text: str
    speaker_id: int | None
    name: str
    hue: int
    is_turn: bool
    readings: Sequence[OtherReading] = ()


@dataclass(frozen=True, slots=True)
class Readings:
    """What later passes heard, by segment; those segments that are there still are named in order."""

    by_key: Mapping[str, Sequence[OtherReading]] = field(default_factory=dict)
    keys_in_order: Sequence[str] = ()

    def besides(self, lines: Iterable[Line]) -> list[OtherReading]:
        """Those of lines that are not among these."""
        shown = {line.key for line in lines}
        return [one for key in self.keys_in_order if key not in shown for one in self.by_key[key]]

    @property
    def count(self) -> int:
        return sum(map(len, self.by_key.values()))

    @property
    def first_key(self) -> str:
        return self.keys_in_order[0] if self.keys_in_order else ""

    @property
    def lost(self) -> list[OtherReading]:
        """Those of segments that people have deleted since."""
        there = set(self.keys_in_order)
        return [one for key, found in self.by_key.items() if key not in there for one in found]


@dataclass(frozen=True, slots=True)
class Text:
    """``groups`` may be the beginning only (``is_cut``); everything else is about the whole text."""

    groups: list[list[Line]]
    voices: list[Voice]
    line_count: int
    timing_methods: set[str] = field(default_factory=set)
    readings: Readings = field(default_factory=Readings)

    @property
    def is_cut(self) -> bool:
        return sum(map(len, self.groups)) < self.line_count

    @property
    def far_readings(self) -> list[OtherReading]:
        """Those of lines further down."""
        return self.readings.besides(line for group in self.groups for line in group)


Row = tuple[str, int, int, str, int | None]
"""As in COLUMNS."""
COLUMNS = ("key", "start_ms", "end_ms", "text", "speaker_id")


def text_of(transcript: Transcript, most_lines: int | None = FIRST_LINES) -> Text:
    """The first lines (None: all) and what a page tells of the whole, in five queries at most."""
    speakers = {speaker.pk: speaker for speaker in Speaker.objects.filter(transcript=transcript)}
    rows: list[Row] = list(transcript.segments.values_list(*COLUMNS)[:most_lines])
    shares = _shares_of(transcript)
    readings = _readings_of(transcript)
    return Text(
        _grouped(_lines(rows, speakers, readings.by_key)),
        _voices(shares, speakers),
        line_count=sum(share.lines for share in shares),
        timing_methods={share.timing_method for share in shares},
        readings=readings,
    )


class _Share(NamedTuple):
    speaker_id: int | None
    timing_method: str
    lines: int
    spoken_ms: int


def _shares_of(transcript: Transcript) -> list[_Share]:
    rows = Segment.objects.filter(transcript=transcript).order_by().values_list("speaker_id", "timing_method")
    spoken_ms = Sum(Greatest(F("end_ms") - F("start_ms"), 0))
    return [_Share(*row) for row in rows.annotate(lines=Count("pk"), spoken_ms=spoken_ms)]


def live_text_after(transcript: Transcript, key: str) -> Text:
    """What a running take has said since the line ``key``; all of it where there is no such line."""
    live = Segment.objects.filter(transcript=transcript)
    known = live.filter(key=key).values_list("order", flat=True).first()
    if known is None:
        return _live_text(transcript, list(live.values_list(*COLUMNS)))
    # The known line goes along: whether the next one is a turn depends on who spoke it.
    return _live_text(transcript, list(live.filter(order__gte=known).values_list(*COLUMNS)), without_first=1)


def latest_live_text(transcript: Transcript, most_lines: int) -> Text:
    """The end of what a take has said so far."""
    live = Segment.objects.filter(transcript=transcript).order_by("-order", "-pk")
    return _live_text(transcript, list(live.values_list(*COLUMNS)[:most_lines])[::-1])


def _live_text(transcript: Transcript, rows: Sequence[Row], *, without_first: int = 0) -> Text:
    speakers = {speaker.pk: speaker for speaker in Speaker.objects.filter(transcript=transcript)}
    lines = list(_lines(rows, speakers, {}))[without_first:]
    return Text(_grouped(lines), [], line_count=len(lines))


def _grouped(lines: Iterable[Line]) -> list[list[Line]]:
    found = list(lines)
    return [found[first : first + GROUP_LINES] for first in range(0, len(found), GROUP_LINES)]


def _readings_of(transcript: Transcript) -> Readings:
    """By the key of the segment, in the order of the recording."""
    waiting = OtherReading.objects.filter(transcript=transcript, hidden_at=None).defer("words")
    found: dict[str, list[OtherReading]] = {}
    for reading in waiting:
        found.setdefault(reading.key, []).append(reading)
    if not found:
        return Readings()
    there = transcript.segments.filter(key__in=waiting.values("key"))
    return Readings(found, list(there.values_list("key", flat=True)))


def _lines(
    rows: Iterable[Row], speakers: Mapping[int, Speaker], readings: Mapping[str, Sequence[OtherReading]]
) -> Iterable[Line]:
    before: int | None = -1
    for key, start_ms, end_ms, text, speaker_id in rows:
        speaker = speakers.get(speaker_id or 0)
        yield Line(
            key=key,
            start_ms=start_ms,
            end_ms=end_ms,
            clock=line_clock(start_ms),
            text=text,
            speaker_id=speaker_id,
            name=speaker.display_name if speaker else NOBODY_NAME,
            hue=speaker.colour if speaker else 0,
            is_turn=speaker_id != before,
            readings=readings.get(key, ()),
        )
        before = speaker_id


def _voices(shares: Iterable[_Share], speakers: Mapping[int, Speaker]) -> list[Voice]:
    spoken: Counter[int] = Counter()
    for share in shares:
        spoken[share.speaker_id or 0] += share.spoken_ms
    total_ms = sum(spoken.values()) or 1
    return [
        Voice(pk, speaker.display_name, speaker.colour, spoken[pk], round(100 * spoken[pk] / total_ms))
        for pk, speaker in speakers.items()
    ]
