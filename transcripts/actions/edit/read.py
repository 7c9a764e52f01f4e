"""Documents at any version, and the steps between versions."""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from prosemirror.model import Node

from ...document.apply import apply_stored
from ...document.content import build_document
from ...document.schema import SCHEMA
from ...models import DocSnapshot, StepBatch, Transcript, TranscriptDoc
from .cache import DOCUMENTS, Held

Json = dict[str, Any]


@dataclass(frozen=True)
class Steps:
    """Steps behind version ``v``; ``clients`` says for each which page sent it."""

    v: int
    steps: list[Json]
    clients: list[str]


def doc_of(transcript: Transcript) -> TranscriptDoc:
    """The row; made when the transcript has none yet."""
    doc, _made = TranscriptDoc.objects.get_or_create(transcript_id=transcript.pk)
    return doc


def docs_of(transcripts: Sequence[Transcript]) -> dict[int, TranscriptDoc]:
    """The rows of many by primary key of the transcript, in one query as long as all of them exist."""
    rows = TranscriptDoc.objects.filter(transcript__in=[transcript.pk for transcript in transcripts])
    found = {doc.transcript_id: doc for doc in rows}
    return {transcript.pk: found.get(transcript.pk) or doc_of(transcript) for transcript in transcripts}


def version_of(transcript: Transcript) -> int:
    rows = TranscriptDoc.objects.filter(transcript_id=transcript.pk)
    return rows.values_list("version", flat=True).first() or 0


def versions_of(codes: Sequence[str]) -> dict[str, int]:
    """How far the documents of these transcripts are; one query."""
    rows = TranscriptDoc.objects.filter(transcript__code__in=codes)
    return dict(rows.values_list("transcript__code", "version"))


def document_of(transcript: Transcript) -> tuple[int, Node]:
    """The version and the document as they are now."""
    doc = TranscriptDoc.objects.filter(transcript_id=transcript.pk).first()
    if doc is None:
        return 0, build_document([], [])
    return doc.version, current(doc, transcript.code)


def document_at(transcript: Transcript, version: int) -> Node:
    """The document as it was at ``version``. Raises ValueError for a version that never was."""
    doc = doc_of(transcript)
    if not 0 <= version <= doc.version:
        raise ValueError(f"There is no version {version}.")
    return _grown(doc, _from_snapshot(doc, version), version).document


def current(doc: TranscriptDoc, code: str) -> Node:
    """The document at ``doc.version``; reads no more than what this process does not know yet."""
    held = DOCUMENTS.get(code)
    if held is None or held.version > doc.version:
        held = _from_snapshot(doc, doc.version)
    grown = _grown(doc, held, doc.version)
    if not connection.in_atomic_block:
        DOCUMENTS.put(code, grown)
    return grown.document


def steps_since(transcript: Transcript, version: int) -> Steps:
    """Everything that was accepted behind ``version``."""
    batches = StepBatch.objects.filter(doc__transcript_id=transcript.pk)
    rows = list(batches.filter(v__gte=version).values_list("v", "client", "steps"))
    if version and (not rows or rows[0][0] > version):
        rows = [*_around(batches, version), *rows]
    steps: list[Json] = []
    clients: list[str] = []
    for v, client, stored in rows:
        fresh: list[Json] = json.loads(stored)[max(0, version - v) :]
        steps += fresh
        clients += [client] * len(fresh)
    return Steps(version, steps, clients)


def _around(batches: QuerySet[StepBatch], version: int) -> list[tuple[int, str, str]]:
    """The batch that ``version`` lies in: a page may know a part of a batch only."""
    return list(batches.filter(v__lt=version).order_by("-v").values_list("v", "client", "steps")[:1])


def unpack(data: bytes | memoryview) -> Node:
    return Node.from_json(SCHEMA, json.loads(gzip.decompress(bytes(data))))


def pack(document: Node) -> bytes:
    text = json.dumps(document.to_json(), ensure_ascii=False, separators=(",", ":"))
    return gzip.compress(text.encode(), compresslevel=5, mtime=0)


def _from_snapshot(doc: TranscriptDoc, version: int) -> Held:
    rows = DocSnapshot.objects.filter(doc=doc, version__lte=version).order_by("-version")
    snapshot = rows.first()
    if snapshot is None:
        return Held(0, build_document([], []))
    return Held(snapshot.version, unpack(snapshot.data))


def _grown(doc: TranscriptDoc, held: Held, version: int) -> Held:
    if held.version == version:
        return held
    document = held.document
    rows = StepBatch.objects.filter(doc=doc, v__gte=held.version, v__lt=version)
    for v, stored in rows.values_list("v", "steps"):
        document = apply_stored(document, json.loads(stored)[: version - v])
    return Held(version, document)
