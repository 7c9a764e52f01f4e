"""Merge two changes of one text, word by word: what the machine hears now, around what a person wrote.

``base`` is the text both started from. A chunk is a stretch between two words that all three have, or up to
where a change of one side meets one of the other. Where only one side changed it, that change is taken; where
both did, differently, mine stays and the chunk is a conflict. So it does where theirs adds what may be a word
that mine took out: which of several equal words is which cannot be known, and what is taken out never comes
back unasked. A word that differs in case or punctuation only is the same word, yet a person's change of it
counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from transcripts.timing.tokens import comparison_key
from transcripts.timing.word_diff import matching_pairs

Tokens = Sequence[str]
Place = tuple[int, int, int]
"""Where a word stands in base, mine and theirs."""

word_key = lru_cache(maxsize=1 << 16)(comparison_key)
"""``comparison_key``, fast for the words that a text repeats."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """Token ranges of both texts, and which of the two stands in the merged one."""

    mine: range
    theirs: range
    takes_theirs: bool
    is_conflict: bool = False


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a token of the merged text comes from."""

    is_theirs: bool
    index: int


def merge_words(
    base: Tokens, mine: Tokens, theirs: Tokens, comes_back: Callable[[int, int], bool]
) -> list[Chunk]:
    """The chunks of the merged text, in order; together they cover both texts once.

    ``comes_back(old, new)`` tells whether word ``new`` of theirs may be word ``old`` of the base; it is asked
    where both are the same word, and where theirs has no such word in its place.
    """
    keys = [word_key(token) for token in base]
    in_mine = dict(matching_pairs(keys, [word_key(token) for token in mine]))
    in_theirs = dict(matching_pairs(keys, [word_key(token) for token in theirs]))
    edges = [*_edges(len(base), in_mine, in_theirs), ((len(base), len(mine), len(theirs)), False)]
    changed = [old for old in range(len(base)) if old not in in_mine or mine[in_mine[old]] != base[old]]

    def is_back(new: int) -> bool:
        return any(
            comes_back(old, new)
            for old in changed
            if old not in in_theirs or keys[old] == word_key(theirs[new])
        )

    chunks = _chunks(base, mine, theirs, edges)
    return _joined(_asked(chunk, mine, theirs, is_back) for chunk in chunks)


def compare_words(mine: Tokens, theirs: Tokens) -> list[Chunk]:
    """The same where nobody knows the base: mine stands, and all that only theirs has is a conflict."""
    pairs = matching_pairs([word_key(token) for token in mine], [word_key(token) for token in theirs])
    chunks: list[Chunk] = []
    mine_done = theirs_done = 0
    for mine_index, theirs_index in [*pairs, (len(mine), len(theirs))]:
        gap = range(mine_done, mine_index), range(theirs_done, theirs_index)
        if any(gap):
            chunks.append(Chunk(*gap, takes_theirs=False, is_conflict=bool(gap[1])))
        if mine_index < len(mine):
            same = range(mine_index, mine_index + 1), range(theirs_index, theirs_index + 1)
            chunks.append(Chunk(*same, takes_theirs=False))
        mine_done, theirs_done = mine_index + 1, theirs_index + 1
    return _joined(chunks)


def merged_tokens(chunks: Iterable[Chunk]) -> list[Origin]:
    """Where each token of the merged text comes from, in order."""
    return [
        Origin(chunk.takes_theirs, index)
        for chunk in chunks
        for index in (chunk.theirs if chunk.takes_theirs else chunk.mine)
    ]


def same_words(one: Tokens, other: Tokens) -> bool:
    """Whether both say the same, but for case and punctuation."""
    return len(one) == len(other) and all(
        word_key(left) == word_key(right) for left, right in zip(one, other, strict=True)
    )


def _edges(
    count: int, in_mine: Mapping[int, int], in_theirs: Mapping[int, int]
) -> Iterator[tuple[Place, bool]]:
    """Words that all three have, and places where a change of one side meets one of the other side."""
    for index in range(count):
        mine, theirs = in_mine.get(index), in_theirs.get(index)
        mine_before, theirs_before = in_mine.get(index - 1), in_theirs.get(index - 1)
        if mine is not None and theirs is not None:
            yield (index, mine, theirs), True
        elif mine is not None and theirs_before is not None and mine_before is None:
            yield (index, mine, theirs_before + 1), False
        elif theirs is not None and mine_before is not None and theirs_before is None:
            yield (index, mine_before + 1, theirs), False


def _chunks(
    base: Tokens, mine: Tokens, theirs: Tokens, edges: Iterable[tuple[Place, bool]]
) -> Iterator[Chunk]:
    reached: Place = (0, 0, 0)
    for place, is_word in edges:
        if reached != place:
            gap = [slice(*ends) for ends in zip(reached, place, strict=True)]
            yield _between(base[gap[0]], mine[gap[1]], theirs[gap[2]], reached)
        reached = place
        if is_word:
            takes_theirs = mine[place[1]] == base[place[0]]
            yield Chunk(range(place[1], place[1] + 1), range(place[2], place[2] + 1), takes_theirs)
            reached = (place[0] + 1, place[1] + 1, place[2] + 1)


def _between(base: Tokens, mine: Tokens, theirs: Tokens, start: Place) -> Chunk:
    mine_range = range(start[1], start[1] + len(mine))
    theirs_range = range(start[2], start[2] + len(theirs))
    if list(mine) == list(base):
        return Chunk(mine_range, theirs_range, takes_theirs=True)
    agreed = same_words(theirs, base) or same_words(theirs, mine)
    return Chunk(mine_range, theirs_range, takes_theirs=False, is_conflict=not agreed)


def _asked(chunk: Chunk, mine: Tokens, theirs: Tokens, is_back: Callable[[int], bool]) -> Chunk:
    """The chunk as a conflict where what theirs adds may be what mine took out."""
    old, new = (
        [text[index] for index in part] for text, part in ((mine, chunk.mine), (theirs, chunk.theirs))
    )
    if not chunk.takes_theirs or same_words(old, new) or not any(map(is_back, chunk.theirs)):
        return chunk
    return replace(chunk, takes_theirs=False, is_conflict=True)


def _joined(chunks: Iterable[Chunk]) -> list[Chunk]:
    """Neighbours of one fate as one; conflicts stay apart."""
    joined: list[Chunk] = []
    for chunk in chunks:
        last = joined[-1] if joined else None
        if last is None or last.is_conflict or chunk.is_conflict or last.takes_theirs != chunk.takes_theirs:
            joined.append(chunk)
            continue
        joined[-1] = Chunk(
            range(last.mine.start, chunk.mine.stop),
            range(last.theirs.start, chunk.theirs.stop),
            last.takes_theirs,
        )
    return joined
