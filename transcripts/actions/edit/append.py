"""Live text at the end of many documents: one statement for each table, however many documents there are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from django.db import transaction
from django.db.models import F
from prosemirror.model import Node
from prosemirror.transform import Transform

from ...document.apply import changed as difference
from ...document.apply import check_changed
from ...document.content import DocSegment, id_of
from ...document.insert import append_segments, ensure_voice
from ...models import Segment, Speaker, StepBatch, Transcript, TranscriptDoc
from .cache import Held
from .place_rows import ORDER_STEP, orders_of
from .project import fill
from .read import current, docs_of
from .store import Batch, WordTable, batch_row, remember, store


@dataclass(frozen=True)
class Addition:
    """New segments of one transcript in order, with the word tables of all of them by id."""

    transcript: Transcript
    segments: Sequence[DocSegment]
    tables: Mapping[str, WordTable]


@dataclass(frozen=True)
class _Change:
    addition: Addition
    doc: TranscriptDoc
    before: Node
    after: Node
    batch: Batch

    @property
    def is_plain(self) -> bool:
        """Nothing but rows behind the last one: no new voice, and nothing to put right."""
        forwards = all(segment.start_ms <= segment.end_ms for segment in self.addition.segments)
        return forwards and len(self.batch.steps) == 1

    @property
    def last_key(self) -> str:
        """Of the segment that stood last until now; empty where there was none."""
        groups = self.before.children[1:]
        return id_of(groups[-1].children[-1]) if groups else ""


def append_all(additions: Sequence[Addition]) -> None:
    """Write what was said, each transcript named once; pages are told by the caller.

    Call it inside a transaction that has locked the transcripts. Raises StepsRejectedError.
    """
    docs = docs_of([addition.transcript for addition in additions])
    changes = [_change(addition, docs[addition.transcript.pk]) for addition in additions]
    orders = orders_of({change.doc.transcript_id: change.last_key for change in changes if change.last_key})
    plain = list[_Change]()
    for change in changes:
        is_placed = not change.last_key or change.doc.transcript_id in orders
        if change.is_plain and is_placed:
            plain.append(change)
        else:
            store(change.addition.transcript, change.doc, change.before, change.after, change.batch)
    _store_all(plain, orders)


def _change(addition: Addition, doc: TranscriptDoc) -> _Change:
    before = current(doc, addition.transcript.code)
    tr = Transform(before)
    for label in dict.fromkeys(segment.speaker for segment in addition.segments if segment.speaker):
        ensure_voice(tr, label)
    append_segments(tr, addition.segments)
    check_changed(difference(before, tr.doc), tr.doc)
    steps = [step.to_json() for step in tr.steps]
    return _Change(
        addition,
        doc,
        before,
        tr.doc,
        Batch(StepBatch.Kind.LIVE, None, "", steps, addition.tables, quiet=True),
    )


def _store_all(changes: Sequence[_Change], orders: Mapping[int, int]) -> None:
    speakers = _speakers(changes)
    rows = [
        row for change in changes for row in _rows(change, speakers, orders.get(change.doc.transcript_id, 0))
    ]
    StepBatch.objects.bulk_create(
        batch_row(change.doc, change.doc.version, change.batch, [one.id for one in change.addition.segments])
        for change in changes
    )
    Segment.objects.bulk_create(rows)
    TranscriptDoc.objects.filter(pk__in=[change.doc.pk for change in changes]).update(
        version=F("version") + 1
    )
    for change in changes:
        held = Held(change.doc.version + 1, change.after)
        transaction.on_commit(partial(remember, change.addition.transcript.code, change.doc, held))


def _rows(change: _Change, speakers: Mapping[int, Mapping[str, int]], last_order: int) -> list[Segment]:
    rows = list[Segment]()
    for number, segment in enumerate(change.addition.segments, start=1):
        row = Segment(order=last_order + number * ORDER_STEP)
        transcript, table = change.addition.transcript, change.addition.tables[segment.id]
        fill(row, transcript, segment, speakers.get(transcript.pk, {}), table)
        rows.append(row)
    return rows


def _speakers(changes: Sequence[_Change]) -> dict[int, dict[str, int]]:
    """Primary keys by transcript and label, of the transcripts where somebody is named."""
    named = [
        change.doc.transcript_id
        for change in changes
        if any(segment.speaker for segment in change.addition.segments)
    ]
    found: dict[int, dict[str, int]] = {pk: {} for pk in named}
    if named:
        for owner, label, pk in Speaker.objects.filter(transcript__in=named).values_list(
            "transcript", "label", "pk"
        ):
            found[owner][label] = pk
    return found
