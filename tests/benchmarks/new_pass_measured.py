"""Measures a new machine pass in a database of its own; ``new_pass`` runs it."""

from __future__ import annotations

import sys
import time
from dataclasses import replace

import pytest
from prosemirror.transform import Transform

from tests.actions.merge.scripted import VOICES, Conversation, conversation, outcome
from transcripts.actions.edit.read import document_of
from transcripts.actions.edit.retime_rows import WordTable
from transcripts.actions.edit.server_edit import edit
from transcripts.actions.merge.texts import Conflict, Heard, Plan, Written
from transcripts.actions.plan_text import plan_text
from transcripts.actions.replace_text import write_planned
from transcripts.document.content import DocSegment, segments_of, voices_of
from transcripts.document.difference import steps_towards
from transcripts.models import HeardSegment, Hearing, OtherReading, StepBatch, Transcript, User
from transcripts.timing.words import decode, encode

CORRECTIONS = 500
MOST_LOCKED_SECONDS = 5.0

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(("size", "types_on"), [(834, False), (2_500, False), (8_333, False), (8_333, True)])
@pytest.mark.timeout(600)
def test_measure(size: int, types_on: bool) -> None:
    """``types_on``: while it is planned somebody types in a segment that was corrected before."""
    corrections = min(CORRECTIONS, size // 3)
    talk = conversation(size, corrections)
    hearing = _stored(talk)
    started, computed = time.perf_counter(), time.process_time()
    planned = plan_text(hearing, talk.theirs, is_complete=True)
    if types_on:
        _type_on(hearing.transcript, min(planned.plan.passages))
    locked, lock_computed = time.perf_counter(), time.process_time()
    replaced = write_planned(planned)
    lock_ms, lock_cpu_s = 1000 * (time.perf_counter() - locked), time.process_time() - lock_computed
    cpu_s = time.process_time() - computed
    assert replaced is not None
    counts = outcome(talk, _plan_now(hearing.transcript))
    steps = StepBatch.objects.filter(doc__transcript=hearing.transcript, kind=StepBatch.Kind.ASR).latest("v")
    sys.stdout.write(
        f"\n{size:,} segments{', somebody types on' * types_on}: "
        f"planned in {1000 * (locked - started):,.0f} ms, locked for {lock_ms:,.0f} ms "
        f"({1000 * lock_cpu_s:,.0f} ms of computing, target {1000 * MOST_LOCKED_SECONDS:,.0f}); "
        f"{cpu_s:.1f} s of computing in all; {steps.n} steps; {corrections} corrections: {counts}, "
        f"{replaced.conflicts} conflicts in all\n"
    )
    assert not counts["dropped"] and lock_cpu_s < MOST_LOCKED_SECONDS


def _type_on(transcript: Transcript, key: str) -> None:
    def change(tr: Transform) -> None:
        segments = [
            replace(one, text=f"{one.text} more") if one.id == key else one for one in segments_of(tr.doc)
        ]
        steps_towards(tr, voices_of(tr.doc), segments)

    edit(transcript, StepBatch.Kind.EDIT, None, change)


def _stored(talk: Conversation) -> Hearing:
    """The corrected transcript with its base; returns the new pass, which has written nothing yet."""
    owner, _made = User.objects.get_or_create(email="bench@example.org")
    transcript = Transcript.objects.create(title="Long", owner=owner)
    base = Hearing.objects.create(transcript=transcript, completed_at="2026-01-01T00:00Z")
    HeardSegment.objects.bulk_create(
        [_heard_row(base, order, one) for order, one in enumerate(talk.base)], batch_size=500
    )
    tables = {one.id: WordTable(encode(one.words, one.segment.start_ms), "api") for one in talk.mine}

    def change(tr: Transform) -> None:
        steps_towards(tr, VOICES, [one.segment for one in talk.mine])

    edit(transcript, StepBatch.Kind.EDIT, owner, change, tables=tables)
    return Hearing.objects.create(transcript=transcript)


def _heard_row(hearing: Hearing, order: int, one: Heard) -> HeardSegment:
    return HeardSegment(
        hearing=hearing,
        key=one.key,
        order=order,
        start_ms=one.start_ms,
        end_ms=one.end_ms,
        text=one.text,
        words=encode(one.words, one.start_ms),
        speaker=one.speaker,
    )


def _plan_now(transcript: Transcript) -> Plan:
    """What the database says after the pass."""
    segments: list[DocSegment] = segments_of(document_of(transcript)[1])
    conflicts = [
        Conflict(row.key, row.offset, row.mine, row.text, decode(row.words, row.start_ms), "")
        for row in OtherReading.objects.filter(transcript=transcript)
    ]
    return Plan(segments=[Written(segment, []) for segment in segments], conflicts=conflicts)
