"""The text of a transcript as its page shows it: lines in groups, and who speaks how much."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ..models import Speaker, Transcript
from ..templatetags.reading_clock import line_clock

GROUP_LINES = 40
"""Lines in one ``content-visibility`` box: measured, cost of typing and scrolling is flat up to 10 hours."""

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
    """A segment. ``is_turn`` where somebody else spoke before, so that the name is shown again."""

    key: str
    start_ms: int
    end_ms: int
    clock: str
    text: str
    speaker_id: int | None
    name: str
    hue: int
    is_turn: bool


@dataclass(frozen=True, slots=True)
class Text:
    groups: list[list[Line]]
    voices: list[Voice]
    line_count: int
    timing_methods: set[str]


Row = tuple[str, int, int, str, int | None, str]
"""key, start_ms, end_ms, text, speaker id, timing method"""


def text_of(transcript: Transcript) -> Text:
    """Two queries, however long the transcript is; word tables are left in the database."""
    speakers = {speaker.pk: speaker for speaker in Speaker.objects.filter(transcript=transcript)}
    rows: list[Row] = list(
        transcript.segments.values_list("key", "start_ms", "end_ms", "text", "speaker_id", "timing_method")
    )
    lines = list(_lines(rows, speakers))
    groups = [lines[first : first + GROUP_LINES] for first in range(0, len(lines), GROUP_LINES)]
    methods = {method for *_rest, method in rows}
    return Text(groups, _voices(rows, speakers), line_count=len(lines), timing_methods=methods)


def _lines(rows: Iterable[Row], speakers: Mapping[int, Speaker]) -> Iterable[Line]:
    before: int | None = -1
    for key, start_ms, end_ms, text, speaker_id, _method in rows:
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
        )
        before = speaker_id


def _voices(rows: Iterable[Row], speakers: Mapping[int, Speaker]) -> list[Voice]:
    spoken: Counter[int] = Counter()
    for _key, start_ms, end_ms, _text, speaker_id, _method in rows:
        spoken[speaker_id or 0] += max(0, end_ms - start_ms)
    total_ms = sum(spoken.values()) or 1
    return [
        Voice(pk, speaker.display_name, speaker.colour, spoken[pk], round(100 * spoken[pk] / total_ms))
        for pk, speaker in speakers.items()
    ]
