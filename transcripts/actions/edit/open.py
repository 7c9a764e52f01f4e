"""What a page needs to open the editor, with the way back to what its person did before."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, NamedTuple

from ...document.schema import SCHEMA_VERSION
from ...models import Segment, StepBatch, Transcript, User
from .read import document_at, document_of

Json = dict[str, Any]

MOST_UNDO_STEPS = 3_000
"""Beyond that a page would wait longer for its past than people go back."""
MOST_BATCHES = 3_000


class _Size(NamedTuple):
    v: int
    n: int
    is_mine: bool


def open_document(transcript: Transcript, undo_for: User | None) -> Json:
    """Version, document, and which segments people changed.

    With ``undo_for`` the answer holds, where that person edited lately, the document before those edits
    (``undo``) instead of the one now: applying the batches gives it.
    """
    version, document = document_of(transcript)
    undo = _undo(transcript, undo_for, version) if undo_for else None
    return {
        "version": version,
        "schema": SCHEMA_VERSION,
        "doc": None if undo else document.to_json(),
        "undo": undo,
        "changed": _changed_by_people(transcript),
    }


def _changed_by_people(transcript: Transcript) -> list[str]:
    rows = Segment.objects.filter(transcript=transcript, edited_at__isnull=False)
    return list(rows.values_list("key", flat=True))


def _undo(transcript: Transcript, user: User, version: int) -> Json | None:
    start = _start(_sizes(transcript, user))
    if start is None:
        return None
    rows = StepBatch.objects.filter(doc__transcript_id=transcript.pk, v__gte=start, v__lt=version)
    return {
        "version": start,
        "doc": document_at(transcript, start).to_json(),
        "batches": [_batch(row, user) for row in rows],
    }


def _sizes(transcript: Transcript, user: User) -> list[_Size]:
    """The latest batches, newest first, without their steps."""
    rows = StepBatch.objects.filter(doc__transcript_id=transcript.pk).order_by("-v")
    facts = rows.values_list("v", "n", "user", "kind")[:MOST_BATCHES]
    mine = (user.pk, StepBatch.Kind.EDIT.value)
    return [_Size(v, n, (author, kind) == mine) for v, n, author, kind in facts]


def _start(sizes: Sequence[_Size]) -> int | None:
    """The version before the earliest own edit that is not too far away; None where there is none."""
    start, steps = None, 0
    for size in sizes:
        steps += size.n
        if steps > MOST_UNDO_STEPS:
            break
        start = size.v if size.is_mine else start
    return start


def _batch(row: StepBatch, user: User) -> Json:
    return {
        "mine": row.user_id == user.pk and row.kind == StepBatch.Kind.EDIT,
        "at": int(row.created_at.timestamp() * 1000),
        "client": row.client,
        "steps": json.loads(row.steps),
    }
