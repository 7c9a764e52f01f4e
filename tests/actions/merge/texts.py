"""Texts for merges: one word every 100 ms unless said otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count

from transcripts.actions.merge.plan import plan_merge
from transcripts.actions.merge.texts import Heard, Plan, Said, Written
from transcripts.document.content import DocSegment, DocVoice
from transcripts.timing.interpolate import interpolate
from transcripts.timing.tokens import tokenise
from transcripts.timing.words import Word

WORD_MS = 100
VOICES = [DocVoice("speaker_1"), DocVoice("speaker_2")]


def words_of(text: str, start_ms: int) -> list[Word]:
    return [
        Word(start_ms + n * WORD_MS, start_ms + (n + 1) * WORD_MS, token)
        for n, token in enumerate(tokenise(text))
    ]


def end_of(text: str, start_ms: int) -> int:
    return start_ms + WORD_MS * len(tokenise(text))


def heard(key: str, start_ms: int, text: str, speaker: str = "speaker_1") -> Heard:
    return Heard(key, start_ms, end_of(text, start_ms), text, words_of(text, start_ms), speaker)


def said(start_ms: int, text: str, voice: str | None = "x", part: int = 0) -> Said:
    words = words_of(text, start_ms)
    return Said(part, start_ms, end_of(text, start_ms), text, words, "acoustic", voice, voice or "")


def now(
    key: str,
    start_ms: int,
    text: str,
    speaker: str = "speaker_1",
    *,
    end_ms: int | None = None,
    held: bool = False,
) -> Written:
    """A segment of the document; its words fill its time."""
    end_ms = end_of(text, start_ms) if end_ms is None else end_ms
    words = interpolate(tokenise(text), start_ms, end_ms)
    return Written(DocSegment(key, speaker, start_ms, end_ms, text, held), words, "api")


def as_written(base: list[Heard]) -> list[Written]:
    """The document while nobody has touched it."""
    return [
        Written(DocSegment(one.key, one.speaker, one.start_ms, one.end_ms, one.text), one.words)
        for one in base
    ]


def merge(
    base: Sequence[Heard],
    mine: Sequence[Written],
    theirs: Sequence[Said],
    voices: Sequence[DocVoice] = VOICES,
) -> Plan:
    ids = (f"new{number}" for number in count(1))
    return plan_merge(base, mine, theirs, voices, lambda: next(ids))


def heard_of(plan: Plan) -> list[Heard]:
    """The base of the next merge."""
    return [
        Heard(kept.key, kept.said.start_ms, kept.said.end_ms, kept.said.text, kept.said.words, kept.speaker)
        for kept in plan.heard
    ]


def texts(plan: Plan) -> list[str]:
    return [one.segment.text for one in plan.segments]


def beside(plan: Plan) -> list[tuple[str, str, str]]:
    return [(one.key, one.mine, one.text) for one in plan.conflicts]
