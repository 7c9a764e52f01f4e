"""Machine text enters a transcript: kept for ever as it was heard, and put into the document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from django.db import transaction
from prosemirror.transform import Transform

from ..document.content import DocSegment
from ..document.insert import append_segments, ensure_voice, insert_by_time
from ..models import HeardSegment, Hearing, Job, StepBatch, Transcript
from ..timing.words import Word, encode
from .edit.retime_rows import WordTable
from .edit.server_edit import edit, edit_locked

BATCH_ROWS = 500


@dataclass(frozen=True)
class SegmentDraft:
    """Text with its moments in media time. ``voice`` is the speaker label inside its part, or None.

    ``doubts`` are ``[start_ms, end_ms, reason]`` of words that may be wrong.
    """

    start_ms: int
    end_ms: int
    text: str
    words: Sequence[Word]
    timing_method: str
    voice: str | None
    doubts: Sequence[Sequence[Any]] = ()


def hearing_of(job: Job) -> Hearing:
    """The pass that this job makes. Two parts may end at once: the lock lets one of them begin it."""
    chosen = {"model": str(job.options.get("model") or "")[:120]}
    with transaction.atomic():
        Transcript.objects.select_for_update().get(pk=job.transcript_id)
        hearing, _made = Hearing.objects.get_or_create(
            job=job, transcript_id=job.transcript_id, kind=Hearing.Kind.FILE, defaults=chosen
        )
    return hearing


def live_hearing_of(transcript: Transcript) -> int:
    """Primary key of the pass that listens while recording."""
    facts = {"transcript_id": transcript.pk, "kind": Hearing.Kind.LIVE, "completed_at": None}
    known = Hearing.objects.filter(**facts).values_list("pk", flat=True).first()
    return known or Hearing.objects.create(**facts).pk


def write_part(job: Job, part: int, drafts: Sequence[SegmentDraft]) -> None:
    """Put the text of a part into the document, by time; call it in the transaction that ends the part."""
    heard = keep_heard(hearing_of(job), part, drafts)
    segments = [doc_segment(row) for row in heard]
    edit(
        job.transcript,
        StepBatch.Kind.ASR,
        None,
        partial(_insert_by_time, segments=segments),
        tables=word_tables(heard),
    )


def keep_heard(hearing: Hearing, part: int, drafts: Sequence[SegmentDraft]) -> list[HeardSegment]:
    """Store what was heard in one part, in the place of what the same pass gave for it before."""
    HeardSegment.objects.filter(hearing=hearing, part=part).delete()
    rows = [heard_row(hearing.pk, part, order, draft) for order, draft in enumerate(drafts)]
    return HeardSegment.objects.bulk_create(rows, batch_size=BATCH_ROWS)


def write_live(transcript: Transcript, draft: SegmentDraft, *, name: str = "") -> HeardSegment:
    """Append what was just said, at the end; of many lines they are in the order in which they were written.

    Call it inside a transaction that has locked the transcript; pages are told by the caller.
    """
    row = heard_row(live_hearing_of(transcript), 0, 0, draft)
    row.speaker = name
    row.save(force_insert=True)
    segment = replace(doc_segment(row), speaker=name)
    edit_locked(
        transcript,
        StepBatch.Kind.LIVE,
        None,
        partial(_append, segment=segment),
        tables=word_tables([row]),
        quiet=True,
    )
    return row


def doc_segment(row: HeardSegment) -> DocSegment:
    """What was heard, as it stands in the document."""
    return DocSegment(row.key, row.speaker, row.start_ms, row.end_ms, row.text)


def word_tables(rows: Sequence[HeardSegment]) -> Mapping[str, WordTable]:
    return {row.key: WordTable(row.words, row.timing_method) for row in rows}


def heard_row(hearing_pk: int, part: int, order: int, draft: SegmentDraft) -> HeardSegment:
    """The row of a draft, not saved yet."""
    return HeardSegment(
        hearing_id=hearing_pk,
        part=part,
        order=order,
        start_ms=draft.start_ms,
        end_ms=draft.end_ms,
        text=draft.text,
        words=encode(draft.words, draft.start_ms),
        timing_method=draft.timing_method,
        voice=(draft.voice or "")[:80],
        doubts=[list(doubt) for doubt in draft.doubts],
    )


def _insert_by_time(tr: Transform, segments: Sequence[DocSegment]) -> None:
    insert_by_time(tr, segments)


def _append(tr: Transform, segment: DocSegment) -> None:
    if segment.speaker:
        ensure_voice(tr, segment.speaker)
    append_segments(tr, [segment])
