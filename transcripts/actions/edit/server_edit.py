"""Changes that the server makes itself: captions, passes over the file, programs, restoring."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from prosemirror.model import Node
from prosemirror.transform import Transform

from ...document.apply import changed, check_changed
from ...document.errors import StepsRejectedError
from ...models import Transcript, TranscriptDoc, User
from .read import current, doc_of, document_of
from .store import Batch, WordTable, store


@dataclass(frozen=True)
class Prepared:
    """Steps that lead from the document at ``version`` to ``after``, not written yet."""

    version: int
    before: Node
    after: Node
    steps: Sequence[Mapping[str, Any]]


def edit(
    transcript: Transcript,
    kind: str,
    user: User | None,
    change: Callable[[Transform], None],
    *,
    tables: Mapping[str, WordTable] | None = None,
) -> int:
    """Let ``change`` add steps to a Transform on the document as it is now; returns the new version.

    The transcript is locked meanwhile, so nothing comes between. ``tables`` are word tables of segments, by
    id, where they are known better than by re-aligning. Raises StepsRejectedError, and whatever ``change``
    raises; nothing is changed then.
    """
    with transaction.atomic():
        Transcript.objects.select_for_update().get(pk=transcript.pk)
        doc = doc_of(transcript)
        prepared = _prepared(doc.version, current(doc, transcript.code), change)
        return _write(transcript, doc, prepared, Batch(kind, user, "", prepared.steps, tables or {}))


def prepare(transcript: Transcript, change: Callable[[Transform], None]) -> Prepared:
    """What ``edit`` would do, without writing and without a lock: people may write meanwhile.

    Raises StepsRejectedError, and whatever ``change`` raises.
    """
    return _prepared(*document_of(transcript), change)


def edit_prepared(
    transcript: Transcript, kind: str, prepared: Prepared, tables: Mapping[str, WordTable]
) -> int:
    """Write what was prepared; returns the new version.

    Raises StepsRejectedError where the document is no longer at the version it was prepared for.
    """
    with transaction.atomic():
        Transcript.objects.select_for_update().get(pk=transcript.pk)
        doc = doc_of(transcript)
        if doc.version != prepared.version:
            raise StepsRejectedError(detail={"version": doc.version})
        return _write(transcript, doc, prepared, Batch(kind, None, "", prepared.steps, tables))


def _prepared(version: int, document: Node, change: Callable[[Transform], None]) -> Prepared:
    tr = Transform(document)
    change(tr)
    if tr.steps:
        check_changed(changed(document, tr.doc), tr.doc)
    return Prepared(version, document, tr.doc, [step.to_json() for step in tr.steps])


def _write(transcript: Transcript, doc: TranscriptDoc, prepared: Prepared, batch: Batch) -> int:
    if not batch.steps:
        return doc.version
    return store(transcript, doc, prepared.before, prepared.after, batch)
