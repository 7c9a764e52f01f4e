"""Where the cues of one run of speech begin and end: of all divisions the cheapest (dynamic programming)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from transcripts.subtitles.break_costs import break_costs, ends_sentence
from transcripts.subtitles.pieces import Piece, width
from transcripts.subtitles.profiles import Profile

_PER_CUE = 7
_SENTENCE_INSIDE = 8
_PAUSE_INSIDE_FROM_MS = 500
_SHORT_CHARS = 14


@dataclass(frozen=True, slots=True)
class Label:
    """The characters a speaker's name takes before the text, in the first cue or in every one."""

    chars: int = 0
    every_cue: bool = False

    def chars_at(self, first: int) -> int:
        """The room for the name in the cue that begins with piece ``first``."""
        return self.chars if first == 0 or self.every_cue else 0


def divide(pieces: Sequence[Piece], profile: Profile, language: str | None, label: Label) -> list[range]:
    """The ranges of ``pieces`` that make one cue each. Each fits ``profile``'s lines and duration.

    The one exception to the duration is a cue of a single piece that was itself said for longer.
    """
    ending = break_costs(pieces, language)
    inside = [0, *accumulate(map(_inside_cost, pieces, [*pieces[1:], pieces[-1]]))]
    best = [0.0, *([float("inf")] * len(pieces))]
    begin = [0] * (len(pieces) + 1)
    for first in range(len(pieces)):
        for last, chars in _fitting(pieces, first, profile, label.chars_at(first)):
            following = pieces[last + 1].start_ms if last + 1 < len(pieces) else None
            cost = _shape_cost(pieces[first].start_ms, following, chars, profile)
            total = best[first] + cost + ending[last] + inside[last] - inside[first]
            if total < best[last + 1]:
                best[last + 1], begin[last + 1] = total, first
    return _walk_back(begin)


def _fitting(
    pieces: Sequence[Piece], first: int, profile: Profile, label_chars: int
) -> Iterator[tuple[int, int]]:
    """The last pieces a cue beginning with ``first`` may have, each with the characters up to it."""
    lines, filled, chars = 1, label_chars, label_chars
    for last in range(first, len(pieces)):
        piece = pieces[last]
        room = width(piece, begins_line=not filled) if last > first else len(piece.text) + bool(filled)
        if filled + room > profile.max_line_chars:
            lines, room, filled = lines + 1, len(piece.text), 0
        filled, chars = filled + room, chars + room
        too_long = piece.end_ms - pieces[first].start_ms > profile.max_duration_ms
        if last > first and (lines > profile.max_lines or too_long):
            return
        yield last, chars


def _shape_cost(start_ms: int, following_ms: int | None, chars: int, profile: Profile) -> float:
    """What a cue costs by itself: being one more, being short, standing too briefly to be read."""
    cost = _PER_CUE + max(0, _SHORT_CHARS - chars) * 0.5
    if following_ms is None:
        return cost
    room_ms = following_ms - profile.gap_ms - start_ms
    unread_ms = max(0, profile.reading_ms(chars) - room_ms)
    flash_ms = max(0, profile.min_duration_ms - room_ms)
    return cost + unread_ms / 80 + flash_ms / 20


def _inside_cost(before: Piece, after: Piece) -> float:
    """What it costs to have these two in the same cue."""
    pause_ms = max(0, after.start_ms - before.end_ms)
    pause_cost = pause_ms / 100 if pause_ms >= _PAUSE_INSIDE_FROM_MS else 0
    return pause_cost + (_SENTENCE_INSIDE if ends_sentence(before.text) else 0)


def _walk_back(begin: Sequence[int]) -> list[range]:
    ranges: list[range] = []
    end = len(begin) - 1
    while end > 0:
        ranges.append(range(begin[end], end))
        end = begin[end]
    return ranges[::-1]
