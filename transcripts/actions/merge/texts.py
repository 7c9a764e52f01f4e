"""What goes into a merge, and what comes out of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from ...document.content import DocSegment, DocVoice
from ...timing.interpolate import interpolate
from ...timing.realign import realign
from ...timing.tokens import join_tokens, tokenise
from ...timing.words import Word


@dataclass(frozen=True, slots=True)
class Heard:
    """A segment as an earlier pass gave it: ``key`` is its id in the document, ``speaker`` the voice's id."""

    key: str
    start_ms: int
    end_ms: int
    text: str
    words: Sequence[Word]
    speaker: str


@dataclass(frozen=True, slots=True)
class Written:
    """A segment of the document with the moments of its words, one a token."""

    segment: DocSegment
    words: Sequence[Word]
    timing_method: str = "interpolated"

    @property
    def id(self) -> str:
        return self.segment.id


@dataclass(frozen=True, slots=True)
class Said:
    """A segment of the new pass. ``voice`` is who says it in all parts, or None; ``label`` inside its part.

    ``doubts`` are ``[start_ms, end_ms, reason]``.
    """

    part: int
    start_ms: int
    end_ms: int
    text: str
    words: Sequence[Word]
    timing_method: str
    voice: str | None
    label: str = ""
    doubts: Sequence[Sequence[Any]] = ()


@dataclass(frozen=True, slots=True)
class Kept:
    """A stretch of the new pass as the next merge will know it, with its id in the document if it has one."""

    key: str
    said: Said
    speaker: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """Where a person and the new pass both changed the words, differently.

    ``mine`` stands at ``offset`` (UTF-16 units) of the segment ``key``; ``words`` are those of ``text``.
    """

    key: str
    offset: int
    mine: str
    text: str
    words: Sequence[Word]
    timing_method: str

    @property
    def start_ms(self) -> int:
        return min((word.start_ms for word in self.words), default=0)

    @property
    def end_ms(self) -> int:
        return max((word.end_ms for word in self.words), default=0)


@dataclass(frozen=True, slots=True)
class Passage:
    """What the base and the new pass say in a segment that people changed."""

    base: Sequence[Word]
    theirs: Sequence[Word]
    timing_method: str


@dataclass(slots=True)
class Plan:
    """The document after the pass, what is shown beside it, and the next base.

    ``touched`` are the ids of segments that people changed, ``passages`` what was merged with each.
    """

    voices: list[DocVoice] = field(default_factory=list)
    segments: list[Written] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    heard: list[Kept] = field(default_factory=list)
    touched: set[str] = field(default_factory=set)
    passages: dict[str, Passage] = field(default_factory=dict)


def written(segment: DocSegment, words: Sequence[Word], timing_method: str) -> Written:
    """With one word a token, whatever the stored table holds."""
    if [word.text for word in words] != tokenise(segment.text):
        words = realign(words, segment.text, segment.start_ms, segment.end_ms)
    return Written(segment, words, timing_method)


def with_words(said: Said) -> Said:
    if said.words:
        return said
    return replace(said, words=interpolate(tokenise(said.text), said.start_ms, said.end_ms))


def text_of(words: Iterable[Word]) -> str:
    return join_tokens(word.text for word in words)
