"""Word times after an edit: untouched words keep their moments, new ones find room between them.

The same algorithm runs in the editor; ``tests/timing/vectors`` and ``test_js_agrees`` hold the two together.
"""

from __future__ import annotations

from collections.abc import Sequence

from transcripts.timing.interpolate import interpolate
from transcripts.timing.placing import gap_around, unknown_runs
from transcripts.timing.recall import Heard, recall, sources_of, take_back
from transcripts.timing.tokens import spoken_weight, tokenise
from transcripts.timing.words import Span, Word, monotone

INSERTED_MS_PER_LETTER = 80
"""Ordinary speech is 12 to 15 letters a second; an inserted word does not spread over a long pause."""


def realign(words: Sequence[Word], text: str, start_ms: int, end_ms: int) -> list[Word]:
    """The words of ``text``, timed after ``words``, the same segment's table before the edit.

    A word that is the same but for case and punctuation keeps its exact times (as far as they lie in the
    segment); a replacement takes the time of what it replaces; an insertion takes free time beside the word
    before it and moves no other word, so that it may get no time at all. Times never run backwards.
    """
    old, tokens = table_in_span(words, start_ms, end_ms), tokenise(text)
    return timed_after(old, tokens, sources_of(old, tokens), start_ms, end_ms)


def table_in_span(words: Sequence[Word], start_ms: int, end_ms: int) -> list[Word]:
    """``words`` clipped to the segment; a table that lies outside it altogether moves along to its start."""
    if words and not any(lies_in(word, (start_ms, end_ms)) for word in words):
        moved_ms = start_ms - min(word.start_ms for word in words)
        words = [Word(word.start_ms + moved_ms, word.end_ms + moved_ms, word.text) for word in words]
    return monotone(words, start_ms, end_ms)


def timed_after(
    old: Sequence[Word],
    tokens: Sequence[str],
    sources: Sequence[int | None],
    start_ms: int,
    end_ms: int,
    memories: Sequence[Heard] = (),
) -> list[Word]:
    """One word a token: the moment of its source, else one that ``memories`` know, else room between them.

    The last of ``memories`` is the machine's own; words that nobody said give way to those that it knows.
    """
    sources = [source if _is_inside(old, source, (start_ms, end_ms)) else None for source in sources]
    known = _kept(old, sources, start_ms, end_ms)
    for heard in memories[:-1]:
        recall(tokens, known, start_ms, end_ms, heard)
    for heard in memories[-1:]:
        take_back(tokens, known, start_ms, end_ms, heard)
        recall(tokens, known, start_ms, end_ms, heard)
    timed = [Word(*(span or (0, 0)), token) for span, token in zip(known, tokens, strict=True)]
    for run in unknown_runs(known):
        gap = gap_around(known, run, start_ms, end_ms)
        room = _replaced_span(_between(old, sources, run), gap) or _inserted_span(gap, run, tokens)
        timed[run.start : run.stop] = interpolate(tokens[run.start : run.stop], *room)
    return monotone(timed, start_ms, end_ms)


def lies_in(word: Word, span: Span) -> bool:
    """Whether the word sounds, at least in part, within the span; one without length may lie on its edge."""
    first, last = max(word.start_ms, span[0]), min(word.end_ms, span[1])
    return first < last or (first == last and word.start_ms == word.end_ms)


def _is_inside(old: Sequence[Word], source: int | None, span: Span) -> bool:
    return source is not None and lies_in(old[source], span)


def _kept(
    old: Sequence[Word], sources: Sequence[int | None], start_ms: int, end_ms: int
) -> list[Span | None]:
    kept = iter(monotone([old[source] for source in sources if source is not None], start_ms, end_ms))
    return [None if source is None else next(kept)[:2] for source in sources]


def _between(old: Sequence[Word], sources: Sequence[int | None], run: range) -> Sequence[Word]:
    """The old words that stood where ``run`` stands now."""
    before = (sources[index] for index in range(run.start - 1, -1, -1))
    after = (sources[index] for index in range(run.stop, len(sources)))
    first = next((source + 1 for source in before if source is not None), 0)
    return old[first : next((source for source in after if source is not None), len(old))]


def _replaced_span(replaced: Sequence[Word], gap: Span) -> Span | None:
    """From the start of the first replaced word to the end of the last one, as far as that time is free."""
    spans = [
        (max(word.start_ms, gap[0]), min(word.end_ms, gap[1])) for word in replaced if lies_in(word, gap)
    ]
    return (min(span[0] for span in spans), max(span[1] for span in spans)) if spans else None


def _inserted_span(gap: Span, run: range, tokens: Sequence[str]) -> Span:
    letters = sum(spoken_weight(tokens[index]) for index in run)
    length = min(gap[1] - gap[0], letters * INSERTED_MS_PER_LETTER)
    if run.start == 0 and run.stop < len(tokens):
        return gap[1] - length, gap[1]
    return gap[0], gap[0] + length
