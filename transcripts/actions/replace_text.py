"""Put the text of a new pass in the place of the old one, around everything that people changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from ..models import HeardSegment, Hearing, OtherReading, Revision, StepBatch, Transcript
from ..timing.three_way import same_words
from ..timing.tokens import tokenise
from ..timing.words import encode
from .edit.read import version_of
from .edit.server_edit import edit_prepared
from .history.versions import mark_point
from .merge.texts import Conflict
from .plan_text import PlannedText, current_plan
from .write_segments import BATCH_ROWS

NAME_BEFORE = "Before the new transcription"


@dataclass(frozen=True)
class Replaced:
    """How many passages people had changed, where the machine heard something else, and the way back.

    ``before`` is None where there was no other text before.
    """

    passages: int
    conflicts: int
    before: Revision | None


def write_planned(planned: PlannedText) -> Replaced | None:
    """Write the merge as one change, and keep what was heard as a base.

    Returns None, and changes nothing, where people or passes wrote what it was not planned for.
    """
    hearing, transcript = planned.hearing, planned.hearing.transcript
    with transaction.atomic():
        Transcript.objects.select_for_update().get(pk=transcript.pk)
        current = current_plan(planned)
        if current is None:
            return None
        before = mark_point(transcript, NAME_BEFORE) if planned.has_other_text else None
        edit_prepared(transcript, StepBatch.Kind.ASR, current.prepared, current.tables)
        _keep_heard(hearing, planned.heard, is_complete=planned.is_complete)
        conflicts = _keep_conflicts(hearing, current.plan.conflicts)
        if before is not None and before.version == version_of(transcript):
            before.delete()
            before = None
    return Replaced(len(planned.plan.touched), conflicts, before)


def _keep_heard(hearing: Hearing, rows: Sequence[HeardSegment], *, is_complete: bool) -> None:
    HeardSegment.objects.filter(hearing=hearing).delete()
    HeardSegment.objects.bulk_create(rows, batch_size=BATCH_ROWS)
    if is_complete:
        hearing.completed_at = timezone.now()
        hearing.save(update_fields=["completed_at"])


def _keep_conflicts(hearing: Hearing, conflicts: Sequence[Conflict]) -> int:
    """Store them, once: what somebody put away stays away when it is heard again. Tells how many are new."""
    known = OtherReading.objects.filter(transcript=hearing.transcript_id)
    seen: dict[str, list[list[str]]] = {}
    for key, text in known.values_list("key", "text"):
        seen.setdefault(key, []).append(tokenise(text))
    fresh = [one for one in conflicts if not _is_known(one, seen.get(one.key, ()))]
    OtherReading.objects.bulk_create([_reading_row(hearing, one) for one in fresh], batch_size=BATCH_ROWS)
    return len(fresh)


def _is_known(conflict: Conflict, seen: Iterable[Sequence[str]]) -> bool:
    tokens = tokenise(conflict.text)
    return any(same_words(tokens, other) for other in seen)


def _reading_row(hearing: Hearing, conflict: Conflict) -> OtherReading:
    return OtherReading(
        transcript_id=hearing.transcript_id,
        hearing=hearing,
        key=conflict.key,
        offset=conflict.offset,
        mine=conflict.mine,
        start_ms=conflict.start_ms,
        end_ms=conflict.end_ms,
        text=conflict.text,
        words=encode(conflict.words, conflict.start_ms),
        timing_method=conflict.timing_method,
    )
