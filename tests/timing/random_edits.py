"""Edits as people make them, one batch after the other, on a document of timed segments.

Every word knows which of the spoken words it is, so that its moment can be compared afterwards.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import NamedTuple

from transcripts.timing.retime import Timed, Untimed
from transcripts.timing.tokens import join_tokens
from transcripts.timing.words import Word


class Said(NamedTuple):
    """A word of the text; ``origin`` is its number among the spoken words, None for one that was typed."""

    text: str
    origin: int | None


@dataclass
class Passage:
    """A segment."""

    start_ms: int
    end_ms: int
    said: list[Said]
    words: list[Word] = field(default_factory=list)

    @property
    def text(self) -> str:
        return join_tokens(said.text for said in self.said)

    def timed(self) -> Timed:
        return Timed(self.start_ms, self.end_ms, self.text, tuple(self.words))

    def untimed(self) -> Untimed:
        return Untimed(self.start_ms, self.end_ms, self.text)

    def copy(self) -> Passage:
        return Passage(self.start_ms, self.end_ms, list(self.said), list(self.words))


class Batch(NamedTuple):
    """Passages ``first`` to ``last`` (not included) become ``passages``."""

    first: int
    last: int
    passages: list[Passage]


class Editor:
    """Draws batches. ``typed`` gives the next word that somebody types.

    Without ``overlaps`` no time is set by hand, and what is put in stands in no time that others have.
    """

    def __init__(self, seed: int, typed: Callable[[], str], *, overlaps: bool = True) -> None:
        self.random = Random(seed)
        self._typed = typed
        self._overlaps = overlaps
        self._kinds: list[tuple[int, Callable[[list[Passage]], Batch | None]]] = [
            (40, self._type),
            (12, self._split),
            (12, self._join),
            (8, self._move_border),
            (6, self._move_text),
            (4, self._delete),
            (4, self._insert),
            (6 if overlaps else 0, self._set_times),
            (4, self._replace_everywhere),
        ]

    def batch(self, document: list[Passage]) -> Batch:
        """Something that a person does to ``document``."""
        kinds, weights = [kind for _, kind in self._kinds], [weight for weight, _ in self._kinds]
        while True:
            batch = self.random.choices(kinds, weights)[0](document)
            if batch:
                return batch

    def _place(self, document: list[Passage], many: int = 1) -> int | None:
        return self.random.randrange(len(document) - many + 1) if len(document) >= many else None

    def _type(self, document: list[Passage]) -> Batch | None:
        place = self._place(document)
        if place is None:
            return None
        passage = document[place].copy()
        for _ in range(self.random.choice((1, 1, 1, 2, 5))):
            self._change_a_word(passage.said)
        return Batch(place, place + 1, [passage])

    def _change_a_word(self, said: list[Said]) -> None:
        at, typed = self.random.randrange(len(said) + 1), Said(self._typed(), None)
        kind = self.random.choice(("insert", "replace", "delete", "respell")) if at < len(said) else "insert"
        if kind == "respell":
            said[at] = said[at]._replace(
                text=self.random.choice((said[at].text.upper(), said[at].text + "!"))
            )
        else:
            said[at : at + (kind != "insert")] = [] if kind == "delete" else [typed]

    def _split(self, document: list[Passage]) -> Batch | None:
        place = self._place(document)
        if place is None or len(document[place].said) < 2:
            return None
        passage = document[place]
        at = self.random.randrange(1, len(passage.said))
        border_ms = passage.words[at].start_ms
        return Batch(
            place,
            place + 1,
            [
                Passage(passage.start_ms, border_ms, passage.said[:at]),
                Passage(border_ms, passage.end_ms, passage.said[at:]),
            ],
        )

    def _join(self, document: list[Passage]) -> Batch | None:
        place = self._place(document, 2)
        if place is None:
            return None
        one, other = document[place : place + 2]
        start_ms, end_ms = min(one.start_ms, other.start_ms), max(one.end_ms, other.end_ms)
        return Batch(place, place + 2, [Passage(start_ms, end_ms, one.said + other.said)])

    def _move_border(self, document: list[Passage]) -> Batch | None:
        """The last words of a passage go to the next one, and their time with them."""
        place = self._place(document, 2)
        if place is None or len(document[place].said) < 2:
            return None
        one, other = document[place : place + 2]
        at = self.random.randrange(1, len(one.said))
        border_ms = one.words[at].start_ms
        return Batch(
            place,
            place + 2,
            [
                Passage(one.start_ms, border_ms, one.said[:at]),
                Passage(border_ms, max(one.end_ms, other.end_ms), one.said[at:] + other.said),
            ],
        )

    def _move_text(self, document: list[Passage]) -> Batch | None:
        """Words are cut and pasted somewhere near; no time changes."""
        place = self._place(document, 3)
        if place is None:
            return None
        passages = [passage.copy() for passage in document[place : place + 3]]
        source, target = self.random.sample(passages, 2)
        first = self.random.randrange(len(source.said) + 1)
        cut = source.said[first : first + 3]
        source.said[first : first + 3] = []
        at = self.random.randrange(len(target.said) + 1)
        target.said[at:at] = [Said(said.text, None) for said in cut]
        return Batch(place, place + 3, passages)

    def _delete(self, document: list[Passage]) -> Batch | None:
        place = self._place(document)
        return None if place is None else Batch(place, place + 1, [])

    def _insert(self, document: list[Passage]) -> Batch | None:
        """Somebody was not heard."""
        place = self.random.randrange(len(document) + 1)
        start_ms = document[place - 1].end_ms if place else 0
        end_ms = start_ms + 1500
        if not self._overlaps and place < len(document):
            end_ms = min(end_ms, document[place].start_ms)
        said = [Said(self._typed(), None) for _ in range(4)]
        return Batch(place, place, [Passage(start_ms, end_ms, said)]) if start_ms < end_ms else None

    def _set_times(self, document: list[Passage]) -> Batch | None:
        place = self._place(document)
        if place is None:
            return None
        passage = document[place].copy()
        passage.start_ms = max(0, passage.start_ms + self.random.randint(-400, 400))
        passage.end_ms = max(passage.start_ms, passage.end_ms + self.random.randint(-400, 400))
        return Batch(place, place + 1, [passage])

    def _replace_everywhere(self, document: list[Passage]) -> Batch | None:
        texts = [said.text for passage in document for said in passage.said]
        if not texts:
            return None
        wanted, typed = self.random.choice(texts), Said(self._typed(), None)
        passages = [passage.copy() for passage in document]
        for passage in passages:
            passage.said = [typed if said.text == wanted else said for said in passage.said]
        return Batch(0, len(document), passages)
