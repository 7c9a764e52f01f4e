"""Merge the words of one segment that people touched with what the new pass heard in its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ...timing.three_way import Chunk, Origin, compare_words, merge_words, merged_tokens
from ...timing.words import Word, monotone
from .removed import comes_back
from .texts import Conflict, Written, text_of


def merge_passage(
    now: Written, base: Sequence[Word], theirs: Sequence[Word], timing_method: str
) -> tuple[Written, list[Conflict]]:
    """The segment with the news of the pass, and where it heard something else than the person wrote.

    Without ``base`` nobody knows what the person changed: then whatever differs is shown.
    """
    if not theirs and not base:
        return now, []
    mine_tokens, their_tokens = [word.text for word in now.words], [word.text for word in theirs]
    chunks = (
        merge_words([word.text for word in base], mine_tokens, their_tokens, comes_back(base, theirs))
        if base
        else compare_words(mine_tokens, their_tokens)
    )
    merged = _Merged(now, theirs, chunks)
    return merged.written(timing_method), list(merged.conflicts(timing_method))


class _Merged:
    def __init__(self, now: Written, theirs: Sequence[Word], chunks: Sequence[Chunk]) -> None:
        self._now, self._theirs, self._chunks = now, theirs, chunks
        self._words = [self._word(origin) for origin in merged_tokens(chunks)]

    def written(self, timing_method: str) -> Written:
        """What a person wrote stays as it is to the last space where the pass has no news."""
        if [word.text for word in self._words] == [word.text for word in self._now.words]:
            return self._now
        segment = replace(self._now.segment, text=text_of(self._words))
        return Written(segment, monotone(self._words, segment.start_ms, segment.end_ms), timing_method)

    def conflicts(self, timing_method: str) -> Iterator[Conflict]:
        text = self.written(timing_method).segment.text
        spans = _spans(text, self._words)
        reached = 0
        for chunk in self._chunks:
            mine = range(reached, reached + len(chunk.theirs if chunk.takes_theirs else chunk.mine))
            reached = mine.stop
            if chunk.is_conflict:
                mine, words = self._with_neighbour(mine, [self._theirs[index] for index in chunk.theirs])
                start, end = (spans[mine.start][0], spans[mine.stop - 1][1]) if mine else (0, 0)
                yield Conflict(
                    self._now.id,
                    utf16_length(text[:start]),
                    text[start:end],
                    text_of(words),
                    words,
                    timing_method,
                )

    def _with_neighbour(self, mine: range, theirs: list[Word]) -> tuple[range, list[Word]]:
        """Where nothing of mine stands, a word beside it, so that the place can be read and found again."""
        if not mine and mine.start:
            return range(mine.start - 1, mine.stop), [self._words[mine.start - 1], *theirs]
        if not mine and self._words:
            return range(mine.start, mine.stop + 1), [*theirs, self._words[mine.start]]
        return mine, theirs

    def _word(self, origin: Origin) -> Word:
        return (self._theirs if origin.is_theirs else self._now.words)[origin.index]


def _spans(text: str, words: Sequence[Word]) -> list[tuple[int, int]]:
    """Where each word stands in ``text``, in which people may have left two spaces."""
    spans: list[tuple[int, int]] = []
    reached = 0
    for word in words:
        token = word.text.strip(" ")
        start = max(text.find(token, reached), reached)
        reached = start + len(token)
        spans.append((start, reached))
    return spans


def utf16_length(text: str) -> int:
    """In the units that positions on the page are counted in."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
