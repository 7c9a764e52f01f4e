"""Where in the document each word of a pass belongs.

Places stand in the order of the document: a segment that people touched, a segment that they deleted, or free
text that the machine may replace. Between any two places there is room as well.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from itertools import accumulate, pairwise

from ...timing.heard_again import heard_again
from ...timing.words import Word, longest_ordered
from .owners import owners_of
from .removed import Removed, by_key, places_said_again, removed_words
from .texts import Heard, Written


class Fate(Enum):
    FREE = "free"
    TOUCHED = "touched"
    DELETED = "deleted"


@dataclass(slots=True)
class Place:
    """``written`` is the segment that stands here, ``words`` and ``speakers`` what the base heard here."""

    fate: Fate
    written: Written | None
    words: list[Word] = field(default_factory=list)
    speakers: list[str] = field(default_factory=list)
    span_ms: tuple[int, int] = (0, 0)

    def take(self, word: Word, speaker: str) -> None:
        self.words.append(word)
        self.speakers.append(speaker)

    @property
    def known_words(self) -> Sequence[Word]:
        """What a new pass may hear again here: the base's words, else those that a person wrote."""
        return self.words or (self.written.words if self.written else ())

    @property
    def removed_words(self) -> Sequence[Word]:
        """The base's words here that people took out."""
        if self.fate is Fate.FREE:
            return ()
        return removed_words(self.words, self.written.words if self.written else ())

    @property
    def reach_ms(self) -> tuple[int, int]:
        """Its time in the document together with that of its words in the base."""
        starts = [self.span_ms[0], *(word.start_ms for word in self.words)]
        return min(starts), max([self.span_ms[1], *(word.end_ms for word in self.words)])


@dataclass(frozen=True, slots=True)
class Layout:
    """``words`` are those known before, in order, ``owners`` the number of the place of each.

    ``removed`` are those of them that people took out.
    """

    places: Sequence[Place]
    words: Sequence[Word]
    owners: Sequence[int]
    removed: Removed


def lay_out(base: Sequence[Heard], mine: Sequence[Written], untouched: Collection[str]) -> Layout:
    """The places of a document, and the place of every word that the base heard."""
    places = [place for heard, now in _blocks(base, mine) for place in _block(heard, now, untouched)]
    known = [(word, number) for number, place in enumerate(places) for word in place.known_words]
    removed = by_key((word, number) for number, place in enumerate(places) for word in place.removed_words)
    return Layout(places, [word for word, _ in known], [number for _, number in known], removed)


def allot(layout: Layout, words: Sequence[Word]) -> tuple[list[int], dict[int, int]]:
    """For each word of a new pass its room, and for those heard before the number of the base's word.

    Room ``2 * n + 1`` is place n, room ``2 * n`` the one before it. Rooms never go back. A word that was not
    heard before lies between its neighbours, where its middle is. Only one that people removed goes, wherever
    it is said again, to the place that it was removed from.
    """
    known = {new: old for old, new in heard_again(layout.words, words)}
    sure = {new: 2 * layout.owners[old] + 1 for new, old in known.items()}
    rooms = _rooms(layout.places, words, sure)
    for index, word in enumerate(words):
        removed_from = () if index in known else places_said_again(layout.removed, word)
        if removed_from and rooms[index] not in (again := [2 * number + 1 for number in removed_from]):
            rooms[index] = again[0]
    return rooms, known


def _rooms(places: Sequence[Place], words: Sequence[Word], sure: Mapping[int, int]) -> list[int]:
    reaches = [place.reach_ms for place in places]
    starts, ends = [list(accumulate(edges, max)) for edges in zip(*reaches, strict=True)] or [[], []]
    upper = _upper_rooms(len(words), sure, 2 * len(places))
    rooms: list[int] = []
    reached = 0
    for index, word in enumerate(words):
        if index in sure:
            reached = max(reached, sure[index])
        elif reached < upper[index]:
            middle_ms = (word.start_ms + word.end_ms) // 2
            number = bisect_right(ends, middle_ms, reached // 2, (upper[index] + 1) // 2)
            inside = number < len(starts) and starts[number] <= middle_ms
            reached = min(max(2 * number + inside, reached), upper[index])
        rooms.append(reached)
    return rooms


def _upper_rooms(count: int, sure: Mapping[int, int], last: int) -> list[int]:
    upper = [last] * count
    for index in reversed(range(count)):
        last = min(last, sure.get(index, last))
        upper[index] = last
    return upper


def _blocks(
    base: Sequence[Heard], mine: Sequence[Written]
) -> Iterator[tuple[Sequence[Heard], Sequence[Written]]]:
    """Stretches of both that begin with a segment both have; what stands before the first one comes first."""
    number_of = {heard.key: number for number, heard in enumerate(base)}
    both = [(number_of[now.id], number) for number, now in enumerate(mine) if now.id in number_of]
    rising = [both[index] for index in longest_ordered([old for old, _ in both])]
    edges = [(0, 0), *rising, (len(base), len(mine))]
    for (old, new), (old_end, new_end) in pairwise(edges):
        if old < old_end or new < new_end:
            yield base[old:old_end], mine[new:new_end]


def _block(heard: Sequence[Heard], now: Sequence[Written], untouched: Collection[str]) -> Sequence[Place]:
    is_same = bool(heard and now and heard[0].key == now[0].id)
    if not is_same or now[0].id not in untouched:
        return _changed_block(heard, now, starts_same=is_same)
    free = Place(Fate.FREE, now[0], span_ms=(heard[0].start_ms, heard[0].end_ms))
    for word in heard[0].words:
        free.take(word, heard[0].speaker)
    return [free, *_changed_block(heard[1:], now[1:], starts_same=False)]


def _changed_block(heard: Sequence[Heard], now: Sequence[Written], *, starts_same: bool) -> Sequence[Place]:
    builder = _Builder(now)
    if not heard and not now:
        return []
    for said, owned in zip(heard, owners_of(heard, now, starts_same=starts_same), strict=True):
        if owned.owners is None:
            builder.stand_before(said.start_ms, owned.following)
            builder.put_deleted(said)
        else:
            builder.put_owned(said, owned.owners)
    builder.stand(len(now))
    return builder.places


class _Builder:
    """Places of one block, in the order of the document."""

    def __init__(self, now: Sequence[Written]) -> None:
        self._now = now
        self._numbers: list[int] = []
        self.places: list[Place] = []

    def stand(self, count: int) -> None:
        """The first ``count`` segments of the document have their place."""
        for written in self._now[len(self._numbers) : count]:
            span_ms = (written.segment.start_ms, written.segment.end_ms)
            self._numbers.append(len(self.places))
            self.places.append(Place(Fate.TOUCHED, written, span_ms=span_ms))

    def stand_before(self, start_ms: int, most: int) -> None:
        count = len(self._numbers)
        while count < most and self._now[count].segment.start_ms < start_ms:
            count += 1
        self.stand(count)

    def put_deleted(self, said: Heard) -> None:
        self.places.append(Place(Fate.DELETED, None, span_ms=(said.start_ms, said.end_ms)))
        for word in said.words:
            self.places[-1].take(word, said.speaker)

    def put_owned(self, said: Heard, owners: Sequence[int]) -> None:
        for word, owner in zip(said.words, owners, strict=True):
            self.stand(owner + 1)
            self.places[self._numbers[owner]].take(word, said.speaker)
