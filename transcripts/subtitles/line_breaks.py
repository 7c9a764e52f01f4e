"""The text of one cue on its lines: as few as possible, balanced, broken where the grammar allows."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from transcripts.subtitles.break_costs import break_costs
from transcripts.subtitles.pieces import Piece, line_of, width

_IMBALANCE_WEIGHT = 0.6
_TOP_HEAVY = 1.0


def lines_needed(pieces: Sequence[Piece], max_chars: int) -> int:
    """The least number of lines of ``max_chars`` that hold ``pieces``."""
    lines, filled = 0, max_chars
    for piece in pieces:
        if not lines or filled + width(piece, begins_line=False) > max_chars:
            lines, filled = lines + 1, width(piece, begins_line=True)
        else:
            filled += width(piece, begins_line=False)
    return lines


def break_lines(pieces: Sequence[Piece], max_chars: int, language: str | None) -> tuple[str, ...]:
    """``pieces`` on the least number of lines of ``max_chars``, the nicest breaks chosen."""
    count = lines_needed(pieces, max_chars)
    if count <= 1:
        return (line_of(pieces),)
    costs = break_costs(pieces, language)
    ideal = len(line_of(pieces)) / count
    _, cuts = _best_cuts(pieces, costs, count, max_chars, ideal)
    edges = [0, *cuts, len(pieces)]
    return tuple(line_of(pieces[start:end]) for start, end in pairwise(edges))


def _best_cuts(
    pieces: Sequence[Piece], costs: Sequence[int], count: int, max_chars: int, ideal: float
) -> tuple[float, list[int]]:
    """The cheapest way to lay ``pieces`` on ``count`` lines: its cost and where the later lines begin."""
    if count == 1:
        length = len(line_of(pieces))
        return (_line_cost(length, ideal) if length <= max_chars else float("inf")), []
    best: tuple[float, list[int]] = (float("inf"), [])
    for cut in range(1, len(pieces)):
        length = len(line_of(pieces[:cut]))
        if length > max_chars:
            break
        rest, cuts = _best_cuts(pieces[cut:], costs[cut:], count - 1, max_chars, ideal)
        top_heavy = _TOP_HEAVY if length > ideal else 0
        total = rest + costs[cut - 1] + _line_cost(length, ideal) + top_heavy
        if total < best[0]:
            best = total, [cut, *(cut + later for later in cuts)]
    return best


def _line_cost(length: int, ideal: float) -> float:
    return _IMBALANCE_WEIGHT * abs(length - ideal)
