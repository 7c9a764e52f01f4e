"""The rows that are read (segments, speakers), kept equal to the document in the same transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.utils import timezone
from prosemirror.model import Node

from ...document.apply import Changed
from ...document.content import DocSegment, id_of, voices_of
from ...models import Segment, Speaker, StepBatch, Transcript, User
from .place_rows import place_rows
from .retime_rows import WordTable, retime_rows

__all__ = ["WordTable", "fill", "project"]

BATCH_ROWS = 500
MOST_NAMED_ROWS = 400
"""More rows than this are read all at once instead of by their keys."""

BY_PEOPLE = frozenset({StepBatch.Kind.EDIT, StepBatch.Kind.API, StepBatch.Kind.RESTORE, StepBatch.Kind.MERGE})
COLUMNS = (
    "speaker", "start_ms", "end_ms", "text", "words", "timing_method", "rev", "edited_by", "edited_at",
    "is_held", "order",
)  # fmt: skip


def project(
    transcript: Transcript,
    change: Changed,
    document: Node,
    rows: Mapping[str, Segment],
    user: User | None,
    kind: str,
    tables: Mapping[str, WordTable],
) -> None:
    """Write what ``change`` made of the document. Segments keep their row as long as they keep their id.

    ``rows`` are those of all ids in ``change``, as far as there are any.
    """
    if change.is_cast:
        _write_speakers(transcript, document)
    old = dict(rows)
    segments = change.segments
    new = {segment.id: old.get(segment.id) or Segment(rev=0) for segment in segments}
    before = [old[key] for node in change.removed if (key := id_of(node)) in old]
    words = retime_rows(transcript, before, change, tables)
    speakers = _speakers(transcript) if any(segment.speaker for segment in segments) else {}
    author = (user, timezone.now()) if kind in BY_PEOPLE else None
    for segment in segments:
        row = new[segment.id]
        fill(row, transcript, segment, speakers, words[segment.id])
        _sign(row, author)
    place_rows(transcript, change.around, new)
    _write(transcript, old, new)


def _speakers(transcript: Transcript) -> dict[str, int]:
    return dict(Speaker.objects.filter(transcript=transcript).values_list("label", "pk"))


def rows_of(transcript: Transcript, keys: Sequence[str]) -> dict[str, Segment]:
    """Those of the segments with these ids that there are."""
    named = {"key__in": keys} if len(keys) <= MOST_NAMED_ROWS else {}
    wanted = set(keys)
    rows = Segment.objects.filter(transcript_id=transcript.pk, **named)
    return {row.key: row for row in rows if row.key in wanted}


def fill(
    row: Segment, transcript: Transcript, segment: DocSegment, speakers: Mapping[str, int], words: WordTable
) -> None:
    """What ``segment`` says; ``speakers`` are primary keys by label."""
    row.transcript, row.key = transcript, segment.id
    row.speaker_id = speakers.get(segment.speaker)
    row.start_ms, row.end_ms, row.is_held = segment.start_ms, segment.end_ms, segment.held
    row.text = segment.text
    row.words, row.timing_method = words


def _sign(row: Segment, author: tuple[User | None, datetime] | None) -> None:
    row.rev += 1
    if author is not None:
        row.edited_by, row.edited_at = author


def _write(transcript: Transcript, old: Mapping[str, Segment], new: Mapping[str, Segment]) -> None:
    gone = [row.pk for key, row in old.items() if key not in new]
    if gone:
        Segment.objects.filter(transcript=transcript, pk__in=gone).delete()
    fresh = [row for row in new.values() if row.pk is None]
    known = [row for row in new.values() if row.pk is not None]
    if len(known) == 1:
        known[0].save(update_fields=COLUMNS)
    elif known:
        # An upsert by primary key: thousands of rows take a second, as an UPDATE with CASEs minutes.
        Segment.objects.bulk_create(
            known,
            batch_size=BATCH_ROWS,
            update_conflicts=True,
            unique_fields=["pk"],
            update_fields=COLUMNS,
        )
    Segment.objects.bulk_create(fresh, batch_size=BATCH_ROWS)


def _write_speakers(transcript: Transcript, document: Node) -> None:
    known = {speaker.label: speaker for speaker in Speaker.objects.filter(transcript=transcript)}
    for order, voice in enumerate(voices_of(document)):
        speaker = known.pop(voice.id, None) or Speaker(transcript=transcript, label=voice.id)
        facts = (voice.name, voice.hue, order)
        if speaker.pk is None or facts != (speaker.name, speaker.hue, speaker.order):
            speaker.name, speaker.hue, speaker.order = facts
            speaker.save()
    Speaker.objects.filter(pk__in=[speaker.pk for speaker in known.values()]).delete()
