"""Machine text enters a transcript: kept for ever as it was heard, and put into the document."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db import transaction
from prosemirror.transform import Transform

from ..document.content import DocSegment
from ..document.insert import insert_by_time, voice_id_of
from ..models import HeardSegment, Hearing, Job, StepBatch, Transcript
from ..timing.words import Word, encode
from .edit.append import Addition, append_all
from .edit.retime_rows import WordTable
from .edit.server_edit import edit

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


def live_hearings_of(pks: Collection[int]) -> dict[int, int]:
    """Primary keys of the passes that listen while recording, by primary key of their transcript."""
    facts = {"kind": Hearing.Kind.LIVE, "completed_at": None}
    known = Hearing.objects.filter(transcript__in=pks, **facts).order_by("-pk")
    found = dict(known.values_list("transcript", "pk"))
    return {pk: found.get(pk) or Hearing.objects.create(transcript_id=pk, **facts).pk for pk in pks}


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


def write_live(said: Sequence[tuple[Transcript, SegmentDraft]]) -> list[HeardSegment]:
    """Append what was just said, of many takes at once; each one's text in the order given.

    Call it inside a transaction that has locked the transcripts; pages are told by the caller.
    """
    hearings = live_hearings_of({transcript.pk for transcript, _ in said})
    heard: list[HeardSegment] = []
    by_transcript: dict[Transcript, list[HeardSegment]] = {}
    for transcript, draft in said:
        row = heard_row(hearings[transcript.pk], 0, 0, draft)
        row.speaker = voice_id_of(row.voice)
        heard.append(row)
        by_transcript.setdefault(transcript, []).append(row)
    append_all([_addition(transcript, rows) for transcript, rows in by_transcript.items()])
    return HeardSegment.objects.bulk_create(heard)


def _addition(transcript: Transcript, rows: Sequence[HeardSegment]) -> Addition:
    return Addition(transcript, [doc_segment(row) for row in rows], word_tables(rows))


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
