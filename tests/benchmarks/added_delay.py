"""What voxweb adds to the delay of a speech service: times at both of its ends, compared."""

from __future__ import annotations

import statistics
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from .proxy_notes import HeardSession, Told
from .samples import SpokenWord

BYTES_PER_SECOND = 32_000
PHRASE_PAUSE_SECONDS = 0.5


class Shown(NamedTuple):
    """So many words are read at a time by somebody who watches; ``final_words`` of them will stay."""

    at: float
    words: int
    final_words: int


@dataclass
class Recorded:
    """One take as its recorder saw it: when the sound up to a byte was sent, and what was read when."""

    sent: list[tuple[int, float]] = field(default_factory=list)
    shown: list[Shown] = field(default_factory=list)


@dataclass
class Delays:
    """In ms. ``opening`` is the way up of sound that came while the session was not open yet.

    ``both`` is a provisional text's way down and the way up of the sound that brought it about, ``hidden``
    how long text is out of sight between provisional and final. ``unseen`` counts texts that nobody read.
    """

    up: list[float] = field(default_factory=list)
    opening: list[float] = field(default_factory=list)
    provisional: list[float] = field(default_factory=list)
    final: list[float] = field(default_factory=list)
    both: list[float] = field(default_factory=list)
    hidden: list[float] = field(default_factory=list)
    unseen: int = 0

    def add(self, recorded: Recorded, session: HeardSession) -> None:
        """Count one take in."""
        ways_up: list[tuple[float, float]] = []
        opened = session.sound[0][1]
        for end, sent in recorded.sent:
            if (arrived := session.reached(end)) is not None:
                way = 1000 * (arrived - sent)
                (self.up if sent > opened else self.opening).append(way)
                ways_up.append((arrived, way))
        for told in said_alone(session.told):
            self._add_text(told, recorded.shown, ways_up)
        self.hidden += list(hidden_ms(recorded.shown))

    def _add_text(self, told: Told, shown: Sequence[Shown], ways_up: Sequence[tuple[float, float]]) -> None:
        read_at = first_read(told, shown)
        if read_at is None:
            self.unseen += 1
            return
        way_down = 1000 * (read_at - told.at)
        if told.is_final:
            self.final.append(way_down)
            return
        self.provisional.append(way_down)
        before = bisect_right(ways_up, told.at, key=lambda way: way[0])
        if before:
            self.both.append(ways_up[before - 1][1] + way_down)

    def __str__(self) -> str:
        rows = (
            ("up", self.up),
            ("up, before the session is open", self.opening),
            ("down, provisional", self.provisional),
            ("down, final", self.final),
            ("up + down, provisional", self.both),
            ("text out of sight before it is final", self.hidden),
        )
        lost = f"\n  {self.unseen} TEXTS NEVER SHOWN" if self.unseen else ""
        return "\n".join(f"  {name:36} {spread(values)}" for name, values in rows) + lost


def said_alone(told: Sequence[Told]) -> Iterator[Told]:
    """Without words that are final in the same breath, and without punctuation that follows a word."""
    words = 0
    for number, one in enumerate(told):
        follows = told[number + 1] if number + 1 < len(told) else None
        is_final_at_once = follows is not None and follows.is_final and not one.is_final
        if one.is_final or (one.words > words and not is_final_at_once):
            yield one
        if not one.is_final:
            words = one.words


def first_read(told: Told, shown: Iterable[Shown]) -> float | None:
    """When so many words were on the page for the first time."""
    for one in shown:
        if (one.final_words if told.is_final else one.words) >= told.words:
            return one.at
    return None


def hidden_ms(shown: Sequence[Shown]) -> Iterator[float]:
    """How long there were fewer words than before, each time that happened."""
    most, gone_at = 0, None
    for one in shown:
        if one.words < most and gone_at is None:
            gone_at = one.at
        elif one.words >= most and gone_at is not None:
            yield 1000 * (one.at - gone_at)
            gone_at = None
        most = max(most, one.words)


def service_ms(session: HeardSession, spoken: Sequence[SpokenWord]) -> Iterator[float]:
    """The service's own delay: from the end of the first word after a pause to the first text.

    It does not matter whether the word was understood. A pause that the service heard no end in is left out.
    """
    begun = [
        at
        for word in after_pauses(spoken)
        if (at := session.reached(int(word.end * BYTES_PER_SECOND))) is not None
    ]
    for text_at in first_texts(session.told):
        place = bisect_right(begun, text_at) - 1
        if place >= 0:
            yield 1000 * (text_at - begun[place])
            del begun[: place + 1]


def after_pauses(spoken: Sequence[SpokenWord]) -> Iterator[SpokenWord]:
    before = -PHRASE_PAUSE_SECONDS
    for word in spoken:
        if word.start - before >= PHRASE_PAUSE_SECONDS:
            yield word
        before = word.end


def first_texts(told: Sequence[Told]) -> Iterator[float]:
    """When the first provisional text of each final text came."""
    is_first = True
    for one in told:
        if is_first and not one.is_final:
            yield one.at
        is_first = one.is_final


def spread(values: Sequence[float]) -> str:
    """Median, p95 and worst of times in ms."""
    if not values:
        return "none"
    ordered = sorted(values)
    p95 = ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
    return (
        f"median {statistics.median(ordered):7.1f} ms   p95 {p95:7.1f}   max {ordered[-1]:7.1f}   "
        f"({len(ordered)} times)"
    )
