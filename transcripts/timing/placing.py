"""Words with no time of their own find their place between the neighbours that have one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from transcripts.timing.interpolate import interpolate
from transcripts.timing.words import Span, Word


def place_between(
    tokens: Sequence[str],
    known: Sequence[Span | None],
    start_ms: int,
    end_ms: int,
    pauses: Iterable[Span] = (),
) -> list[Word]:
    """One word a token: its known span, else its share of the gap between the known neighbours."""
    words = [Word(*(span or (0, 0)), token) for token, span in zip(tokens, known, strict=True)]
    pauses = tuple(pauses)
    for run in unknown_runs(known):
        left, right = gap_around(known, run, start_ms, end_ms)
        words[run.start : run.stop] = interpolate(tokens[run.start : run.stop], left, right, pauses)
    return words


def unknown_runs(known: Sequence[Span | None]) -> Iterator[range]:
    """The longest runs of indexes without a span."""
    first = 0
    for index, span in enumerate([*known, (0, 0)]):
        if span is None:
            continue
        if index > first:
            yield range(first, index)
        first = index + 1


def gap_around(known: Sequence[Span | None], run: range, start_ms: int, end_ms: int) -> Span:
    """The free time around ``run``: from the end of the known span before to the start of the one after."""
    before = known[run.start - 1] if run.start else None
    after = known[run.stop] if run.stop < len(known) else None
    left = before[1] if before else start_ms
    right = after[0] if after else end_ms
    return left, max(left, right)
