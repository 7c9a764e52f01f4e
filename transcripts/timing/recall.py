"""Words that have come back have the moments again at which the machine heard them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from transcripts.timing.placing import gap_around, unknown_runs
from transcripts.timing.tokens import comparison_key
from transcripts.timing.word_diff import matching_pairs
from transcripts.timing.words import Span, Word

Heard = Callable[[int, int], Sequence[Word]]
"""``heard(from_ms, to_ms)``: words known to have been said in that stretch; more of them do no harm."""


def sources_of(old: Sequence[Word], tokens: Sequence[str]) -> list[int | None]:
    """For each token the index of the old word that it was."""
    keys = [comparison_key(word.text) for word in old]
    sources: list[int | None] = [None] * len(tokens)
    for source, target in matching_pairs(keys, [comparison_key(token) for token in tokens]):
        sources[target] = source
    return sources


def recall(tokens: Sequence[str], known: list[Span | None], start_ms: int, end_ms: int, heard: Heard) -> None:
    """Give tokens without a span in ``known`` the one of the same word in ``heard``, where that is free."""
    for run in list(unknown_runs(known)):
        gap = gap_around(known, run, start_ms, end_ms)
        if gap[0] == gap[1]:
            continue
        said = _said_in(gap, heard)
        for index, source in zip(run, sources_of(said, tokens[run.start : run.stop]), strict=True):
            if source is not None:
                known[index] = _clipped(said[source], gap)


def take_back(
    tokens: Sequence[str], known: list[Span | None], start_ms: int, end_ms: int, heard: Heard
) -> None:
    """As ``recall``, also where the moment was given to words that nobody said; those lose it again.

    What somebody types before a word is sometimes saved while both still touch. Then that word has gone, and
    what was typed has its time, until the space comes.
    """
    if None not in known:
        return
    said = _said_in((start_ms, end_ms), heard)
    sources = sources_of(said, tokens)
    firm = _firm(tokens, known, sources, said)
    for run in list(unknown_runs(firm)):
        gap = gap_around(firm, run, start_ms, end_ms)
        for index in run:
            source = sources[index]
            if source is not None and _middle_lies_in(said[source], gap):
                firm[index] = _clipped(said[source], gap)
        _make_room(known, firm, run)


def _firm(
    tokens: Sequence[str],
    known: Sequence[Span | None],
    sources: Sequence[int | None],
    said: Sequence[Word],
) -> list[Span | None]:
    """The spans of words that the machine heard, there (as far as a border has left of it) or nearby."""
    heard: dict[str, list[Span]] = {}
    for word in said:
        heard.setdefault(comparison_key(word.text), []).append(word[:2])
    return [
        span
        if span
        and (source is not None or any(_covers(one, span) for one in heard.get(comparison_key(token), ())))
        else None
        for token, span, source in zip(tokens, known, sources, strict=True)
    ]


def _covers(one: Span, other: Span) -> bool:
    return one[0] <= other[0] and other[1] <= one[1]


def _make_room(known: list[Span | None], firm: Sequence[Span | None], run: range) -> None:
    taken = [span for index in run if (span := firm[index])]
    for index in run:
        span = known[index]
        if firm[index]:
            known[index] = firm[index]
        elif span and any(span[0] < end and start < span[1] for start, end in taken):
            known[index] = None


def _said_in(gap: Span, heard: Heard) -> list[Word]:
    return sorted((word for word in heard(*gap) if _middle_lies_in(word, gap)), key=lambda word: word[:2])


def _clipped(word: Word, gap: Span) -> Span:
    return max(word.start_ms, gap[0]), min(word.end_ms, gap[1])


def _middle_lies_in(word: Word, gap: Span) -> bool:
    return 2 * gap[0] <= word.start_ms + word.end_ms <= 2 * gap[1]
