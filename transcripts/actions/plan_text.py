"""Work out what a new pass makes of the text, while people go on writing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from prosemirror.transform import Transform

from ..document.content import DocSegment, DocVoice, segments_of, voices_of
from ..document.difference import steps_towards
from ..models import HeardSegment, Hearing, Segment, Transcript
from ..models.codes import segment_key
from ..timing.words import decode, encode
from .base_hearing import base_of, heard_in, not_of
from .edit.read import document_of
from .edit.retime_rows import WordTable
from .edit.server_edit import Prepared, prepare
from .merge.catch_up import catch_up
from .merge.plan import plan_merge
from .merge.runs import replace_runs
from .merge.texts import Heard, Kept, Plan, Said, Written, written
from .write_segments import SegmentDraft, heard_row

MOST_IN_PLACE = 1_000
"""In longer texts the machine's segments are replaced as a whole and not word by word: some seconds less."""


@dataclass(frozen=True)
class PlannedText:
    """A merge, worked out and not written, for the text as it was then and the ``passes`` that there were."""

    hearing: Hearing
    is_complete: bool
    plan: Plan
    prepared: Prepared
    tables: Mapping[str, WordTable]
    heard: Sequence[HeardSegment]
    passes: Sequence[tuple[int, datetime | None]]
    has_other_text: bool


def plan_text(hearing: Hearing, theirs: Sequence[Said], *, is_complete: bool) -> PlannedText:
    """Work out how what ``hearing`` heard, in reading order, merges with the text as it is now.

    Ten hours of text take seconds. Without a lock people may write meanwhile: see ``current_plan``.
    """
    passes = _passes(hearing)
    plan, base, has_text = Plan(), hearing, False

    def change(tr: Transform) -> None:
        nonlocal plan, base, has_text
        segments = segments_of(tr.doc)
        base, has_text = base_of(hearing, segments, is_complete=is_complete), bool(segments)
        plan = _plan(hearing, base, segments, voices_of(tr.doc), theirs)
        _change(tr, plan)

    prepared = prepare(hearing.transcript, change)
    return PlannedText(
        hearing=hearing,
        is_complete=is_complete,
        plan=plan,
        prepared=prepared,
        tables={one.id: _table(one) for one in plan.segments},
        heard=[_heard_row(hearing, order, kept) for order, kept in enumerate(plan.heard)],
        passes=passes,
        has_other_text=base != hearing and has_text,
    )


def current_plan(planned: PlannedText) -> PlannedText | None:
    """The plan for the text as it is now, or None where it has to be worked out anew.

    Whoever types on in a segment that people had changed before needs only that segment to be merged again:
    else nobody who never stops typing would get a plan. Call it with the transcript locked.
    """
    transcript = planned.hearing.transcript
    if _passes(planned.hearing) != planned.passes:
        return None
    version, document = document_of(transcript)
    if version == planned.prepared.version:
        return planned
    before = planned.prepared.before
    old, new = segments_of(before), segments_of(document)
    if [one.id for one in old] != [one.id for one in new] or voices_of(before) != voices_of(document):
        return None
    pairs = [pair for pair in zip(old, new, strict=True) if pair[0] != pair[1]]
    now = _with_words(transcript, [], [segment for _, segment in pairs])
    plan = catch_up(planned.plan, zip((segment for segment, _ in pairs), now, strict=True))
    if plan is None:
        return None
    keys = {one.id for one in now}
    return replace(
        planned,
        plan=plan,
        prepared=prepare(transcript, partial(_change, plan=plan)),
        tables={**planned.tables, **{one.id: _table(one) for one in plan.segments if one.id in keys}},
    )


def _change(tr: Transform, plan: Plan) -> None:
    target = [one.segment for one in plan.segments]
    if len(target) > MOST_IN_PLACE:
        replace_runs(tr, target, plan.touched)
    steps_towards(tr, plan.voices, target)


def _passes(hearing: Hearing) -> list[tuple[int, datetime | None]]:
    rows = Hearing.objects.filter(transcript=hearing.transcript_id).order_by("pk")
    return list(rows.values_list("pk", "completed_at"))


def _plan(
    own: Hearing,
    base: Hearing,
    segments: Sequence[DocSegment],
    voices: Sequence[DocVoice],
    theirs: Sequence[Said],
) -> Plan:
    heard = heard_in(base)
    mine = _with_words(own.transcript, heard, segments if base == own else not_of(own, segments))
    return plan_merge(heard, mine, theirs, voices, segment_key)


def _with_words(
    transcript: Transcript, base: Iterable[Heard], segments: Iterable[DocSegment]
) -> list[Written]:
    """The words of what is still as the machine wrote it are known from the base."""
    rows = Segment.objects.filter(transcript=transcript).order_by()
    tables = {key: table for key, *table in rows.values_list("key", "start_ms", "words", "timing_method")}
    heard = {one.key: one for one in base}
    return [
        _as_written(segment, heard.get(segment.id), *tables.get(segment.id, (0, "[]", "interpolated")))
        for segment in segments
    ]


def _as_written(
    segment: DocSegment, heard: Heard | None, start_ms: int, table: str, timing_method: str
) -> Written:
    if heard and (heard.start_ms, heard.end_ms, heard.text) == (
        segment.start_ms, segment.end_ms, segment.text,
    ):  # fmt: skip
        return written(segment, heard.words, timing_method)
    return written(segment, decode(table, start_ms), timing_method)


def _table(one: Written) -> WordTable:
    return WordTable(encode(one.words, one.segment.start_ms), one.timing_method)


def _heard_row(hearing: Hearing, order: int, kept: Kept) -> HeardSegment:
    said = kept.said
    draft = SegmentDraft(
        said.start_ms, said.end_ms, said.text, said.words, said.timing_method, said.label, said.doubts
    )
    row = heard_row(hearing.pk, said.part, order, draft)
    row.key, row.speaker = kept.key, kept.speaker
    return row
