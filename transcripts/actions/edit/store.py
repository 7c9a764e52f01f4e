"""Write an accepted change: the batch, what the authority puts right, the rows that are read, the version."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone
from prosemirror.model import Node

from ...document.apply import Changed, changed
from ...document.content import id_of
from ...document.normalise import normalise
from ...models import DocSnapshot, Segment, StepBatch, Transcript, TranscriptDoc, User
from ...models.codes import segment_key
from .cache import DOCUMENTS, Held
from .pages import tell_version
from .project import WordTable, project, rows_of
from .read import pack

__all__ = ["Batch", "WordTable", "batch_row", "remember", "store"]

SNAPSHOT_STEPS = 400
"""Reading a version applies no more steps than this to a snapshot (0.05 ms each)."""


@dataclass(frozen=True)
class Batch:
    """Steps with their author. ``tables`` are word tables that are known, by the id of the segment.

    ``quiet``: whoever made them tells open pages by itself.
    """

    kind: str
    user: User | None
    client: str
    steps: Sequence[Mapping[str, Any]]
    tables: Mapping[str, WordTable] = field(default_factory=dict)
    quiet: bool = False


def store(transcript: Transcript, doc: TranscriptDoc, before: Node, after: Node, batch: Batch) -> int:
    """Call it with the transcript locked. Returns the new version; open pages hear of it after the commit."""
    change = changed(before, after)
    rows = rows_of(transcript, change.keys)
    rights = normalise(after, change, _taken(change, rows), segment_key)
    final = changed(before, rights.doc) if rights.steps else change
    if rights.steps:
        rows = rows_of(transcript, final.keys)
    version = _write_batch(doc, doc.version, batch, final.keys)
    if rights.steps:
        put_right = Batch(StepBatch.Kind.SERVER, None, "", [step.to_json() for step in rights.steps])
        version = _write_batch(doc, version, put_right, [])
    project(transcript, final, rights.doc, rows, batch.user, batch.kind, batch.tables)
    TranscriptDoc.objects.filter(pk=doc.pk).update(version=version)
    doc.version = version
    _touch(transcript, batch.kind)
    transaction.on_commit(partial(remember, transcript.code, doc, Held(version, rights.doc)))
    if not batch.quiet:
        transaction.on_commit(partial(tell_version, transcript.code, version))
    return version


def _taken(change: Changed, rows: Mapping[str, Segment]) -> set[str]:
    """Which of the new ids belong to segments that were not touched; ``rows`` are those of all its ids."""
    return rows.keys() - {id_of(node) for node in change.removed}


def _write_batch(doc: TranscriptDoc, v: int, batch: Batch, keys: Sequence[str]) -> int:
    batch_row(doc, v, batch, keys).save(force_insert=True)
    return v + len(batch.steps)


def batch_row(doc: TranscriptDoc, v: int, batch: Batch, keys: Sequence[str]) -> StepBatch:
    """Not saved yet. ``v`` is the version before, ``keys`` are ids of the segments that were touched."""
    return StepBatch(
        doc=doc,
        v=v,
        n=len(batch.steps),
        client=batch.client[:40],
        user=batch.user,
        kind=batch.kind,
        steps=json.dumps(batch.steps, ensure_ascii=False, separators=(",", ":")),
        keys=json.dumps(keys),
    )


def _touch(transcript: Transcript, kind: str) -> None:
    """Typing is told to pages by the version of the document alone: the rest of the page stays as it is.

    Live text is counted by whoever writes it, once for many segments.
    """
    if kind == StepBatch.Kind.EDIT:
        Transcript.objects.filter(pk=transcript.pk).update(updated_at=timezone.now())
    elif kind != StepBatch.Kind.LIVE:
        transcript.touch()


def remember(code: str, doc: TranscriptDoc, held: Held) -> None:
    """Call it after the commit: what is known of a document that was not committed would be wrong."""
    DOCUMENTS.put(code, held)
    if held.version - doc.snapshot_version >= SNAPSHOT_STEPS:
        _write_snapshot(doc, held)


def _write_snapshot(doc: TranscriptDoc, held: Held) -> None:
    """After the commit, because packing ten hours of text takes 40 ms."""
    with transaction.atomic():
        due = TranscriptDoc.objects.filter(pk=doc.pk, snapshot_version__lte=held.version - SNAPSHOT_STEPS)
        if due.update(snapshot_version=held.version):
            DocSnapshot.objects.get_or_create(
                doc=doc, version=held.version, defaults={"data": pack(held.document)}
            )
