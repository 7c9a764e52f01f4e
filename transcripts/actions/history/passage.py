"""One passage through time: its earlier texts, who wrote them and when."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from prosemirror.model import Node

from ...document.apply import apply_stored
from ...document.content import DocSegment, doc_segment, segment_place, voices_of
from ...models import StepBatch, Transcript
from ..edit.read import document_at
from ..edit.store import SNAPSHOT_STEPS
from .timeline import Entry, timeline
from .voice_names import VoiceNames
from .word_changes import Edit, told

PAGE_TEXTS = 12


@dataclass(frozen=True, slots=True)
class PassageText:
    """The passage after a change, None where the change took it away. ``edits`` compare it with before."""

    entry: Entry
    version: int
    passage: DocSegment | None
    was: DocSegment | None
    names: VoiceNames

    @property
    def edits(self) -> list[Edit]:
        return told(*([side.text] if side else [] for side in (self.was, self.passage)))

    @property
    def speaker(self) -> str:
        return self.names.name(self.passage.speaker) if self.passage else ""

    @property
    def is_other_speaker(self) -> bool:
        return bool(self.was and self.passage and self.was.speaker != self.passage.speaker)

    @property
    def is_other_time(self) -> bool:
        if self.was is None or self.passage is None:
            return False
        return (self.was.start_ms, self.was.end_ms) != (self.passage.start_ms, self.passage.end_ms)


@dataclass(frozen=True, slots=True)
class FirstText:
    """What the passage said before the first change that is known, as in transcripts of earlier days."""

    version: int
    passage: DocSegment
    names: VoiceNames

    @property
    def speaker(self) -> str:
        return self.names.name(self.passage.speaker)


@dataclass(frozen=True, slots=True)
class PassageHistory:
    """Newest first. ``before_version`` begins the next page, None at the beginning."""

    texts: Sequence[PassageText]
    before_version: int | None
    first: FirstText | None


def last_change(transcript: Transcript, key: str) -> Entry | None:
    """Who changed the passage last, and when."""
    entries = timeline(transcript, segment=key, most_changes=1).entries
    return entries[0] if entries else None


def passage_history(transcript: Transcript, key: str, before: int | None = None) -> PassageHistory:
    """A page of what the passage said after each change of it; changes that left it alone are left out."""
    page = timeline(transcript, before=before, segment=key, most_changes=PAGE_TEXTS)
    walk = _Walk(transcript)
    texts: list[PassageText] = []
    first: FirstText | None = None
    for entry in reversed(page.entries):
        was, names = _passage(walk.at(entry.change.from_version), key)
        if entry is page.entries[-1] and page.before_version is None and was is not None:
            first = FirstText(entry.change.from_version, was, names)
        passage, names = _passage(walk.at(entry.change.to_version), key)
        if passage != was:
            texts.append(PassageText(entry, entry.change.to_version, passage, was, names))
    return PassageHistory(texts[::-1], page.before_version, first)


def _passage(document: Node, key: str) -> tuple[DocSegment | None, VoiceNames]:
    place = segment_place(document, key)
    return doc_segment(place[1]) if place else None, VoiceNames(voices_of(document))


class _Walk:
    """Documents at several versions. Going on to one that is near costs its steps, not a whole reading."""

    def __init__(self, transcript: Transcript) -> None:
        self._transcript = transcript
        self._version = -1
        self._document: Node | None = None

    def at(self, version: int) -> Node:
        near = 0 <= version - self._version <= SNAPSHOT_STEPS
        self._document = (
            self._grown(self._document, version)
            if self._document is not None and near
            else document_at(self._transcript, version)
        )
        self._version = version
        return self._document

    def _grown(self, document: Node, version: int) -> Node:
        rows = StepBatch.objects.filter(doc__transcript=self._transcript, v__gte=self._version, v__lt=version)
        for stored in rows.values_list("steps", flat=True):
            document = apply_stored(document, json.loads(stored))
        return document
