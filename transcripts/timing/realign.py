"""Word times after an edit: untouched words keep their moments, new ones find room between them.

The same algorithm runs in the editor's JS; ``tests/timing/vectors/realign.json`` holds the two together.
"""

from __future__ import annotations

from collections.abc import Sequence

from transcripts.timing.interpolate import interpolate
from transcripts.timing.placing import gap_around, unknown_runs
from transcripts.timing.tokens import comparison_key, spoken_weight, tokenise
from transcripts.timing.word_diff import matching_pairs
from transcripts.timing.words import Span, Word, monotone

INSERTED_MS_PER_LETTER = 80
"""Ordinary speech is 12 to 15 letters a second; an inserted word does not spread over a long pause."""


def realign(words: Sequence[Word], text: str, start_ms: int, end_ms: int) -> list[Word]:
    """The words of ``text``, timed after ``words``, the same segment's table before the edit.

    A word that is the same but for case and punctuation keeps its exact times (as far as they lie in the
    segment); a replacement takes the time of what it replaces; an insertion takes free time beside the word
    before it and moves no other word, so that it may get no time at all. Times never run backwards.
    """
    old = monotone(words, start_ms, end_ms)
    tokens = tokenise(text)
    pairs = matching_pairs(
        [comparison_key(word.text) for word in old], [comparison_key(token) for token in tokens]
    )
    sources: list[int | None] = [None] * len(tokens)
    for source, target in pairs:
        sources[target] = source
    return monotone(_timed(old, tokens, sources, start_ms, end_ms), start_ms, end_ms)


def _timed(
    old: Sequence[Word], tokens: Sequence[str], sources: Sequence[int | None], start_ms: int, end_ms: int
) -> list[Word]:
    known = [None if source is None else old[source][:2] for source in sources]
    timed = [Word(*(span or (0, 0)), token) for span, token in zip(known, tokens, strict=True)]
    for run in unknown_runs(known):
        replaced = _replaced_span(old, sources, run)
        room = replaced or _inserted_span(gap_around(known, run, start_ms, end_ms), run, tokens)
        timed[run.start : run.stop] = interpolate(tokens[run.start : run.stop], *room)
    return timed


def _replaced_span(old: Sequence[Word], sources: Sequence[int | None], run: range) -> Span | None:
    """From the start of the first old word that stood in place of ``run`` to the end of the last one."""
    before = sources[run.start - 1] if run.start else None
    after = sources[run.stop] if run.stop < len(sources) else None
    first = 0 if before is None else before + 1
    last = len(old) if after is None else after
    return (old[first].start_ms, old[last - 1].end_ms) if first < last else None


def _inserted_span(gap: Span, run: range, tokens: Sequence[str]) -> Span:
    letters = sum(spoken_weight(tokens[index]) for index in run)
    length = min(gap[1] - gap[0], letters * INSERTED_MS_PER_LETTER)
    if run.start == 0 and run.stop < len(tokens):
        return gap[1] - length, gap[1]
    return gap[0], gap[0] + length
