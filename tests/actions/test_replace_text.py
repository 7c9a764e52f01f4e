"""A merge is worked out while people write: they can save meanwhile, and nothing of theirs is lost."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial

import pytest
from django.db import OperationalError, connection

from tests.actions.edit.test_push import typing
from tests.actions.test_finish_job import HEARD, change_text, finish
from tests.written import write_heard
from transcripts.actions import finish_job
from transcripts.actions.edit.push import Push, push
from transcripts.actions.edit.read import document_of
from transcripts.actions.edit.rows import rows_equal_document
from transcripts.actions.merge import plan
from transcripts.actions.merge.texts import Plan, Said
from transcripts.actions.plan_text import plan_text
from transcripts.actions.replace_text import write_planned
from transcripts.document.content import DocSegment, segments_of
from transcripts.models import (
    HeardSegment,
    Hearing,
    OtherReading,
    Revision,
    Segment,
    StepBatch,
    Transcript,
    User,
)
from transcripts.timing.words import Word, decode

pytestmark = pytest.mark.django_db(transaction=True)
AGAIN = [HEARD[0], (2600, 4200, "speaker_y", "And then the belt rang?"), HEARD[1]]


def said(transcript: Transcript) -> list[Said]:
    """All of the text, heard again with one word more."""
    rows = Segment.objects.filter(transcript=transcript)
    return [
        Said(0, row.start_ms, row.end_ms, f"{row.text} again",
             [*decode(row.words, row.start_ms), Word(row.end_ms, row.end_ms, "again")], "api", None)
        for row in rows
    ]  # fmt: skip


def during_plans(monkeypatch: pytest.MonkeyPatch, *happens: Callable[[], None]) -> list[int]:
    """Let something happen while the first plans are made, one each; tells the number of plans in the end."""
    plans: list[int] = []
    waiting = list(happens)

    def plan_merge(*facts: object) -> Plan:
        plans.append(len(plans))
        if waiting:
            waiting.pop(0)()
        return plan.plan_merge(*facts)  # type: ignore[arg-type] # handed on as they came

    monkeypatch.setattr("transcripts.actions.plan_text.plan_merge", plan_merge)
    return plans


def save_from_elsewhere(transcript: Transcript, user: User, word: str, number: int = 0) -> None:
    """As the process of the page does it; it must not have to wait."""
    answers: list[object] = []

    def save() -> None:
        version, document = document_of(transcript)
        key = segments_of(document)[number].id
        answers.append(push(transcript, Push(version, "page", typing(transcript, key, 0, f"{word} "), user)))
        connection.close()

    thread = threading.Thread(target=save)
    thread.start()
    thread.join(10)
    assert len(answers) == 1 and isinstance(answers[0], int), "saved while the merge was worked out"


def test_it_works(transcript: Transcript, editor: User, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody saves while the merge is worked out; it is worked out again, with what they wrote."""
    plans = during_plans(monkeypatch, lambda: save_from_elsewhere(transcript, editor, "Tonight"))
    job = finish(transcript, AGAIN)
    assert len(plans) == 2
    texts = [row.text for row in Segment.objects.filter(transcript=transcript)]
    assert texts[0].startswith("Tonight ") and texts[1] == "And then the belt rang?"
    assert rows_equal_document(transcript)
    assert Hearing.objects.get(job=job).completed_at is not None
    last = StepBatch.objects.filter(doc__transcript=transcript).latest("v")
    assert last.kind == StepBatch.Kind.ASR and Revision.objects.get().version == last.v


def test_whoever_writes_everywhere_waits_once(
    transcript: Transcript, editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = range(finish_job.PLANS_AHEAD)
    saves = [partial(save_from_elsewhere, transcript, editor, f"word{n}", n) for n in numbers]
    plans = during_plans(monkeypatch, *saves)
    finish(transcript, AGAIN)
    assert len(plans) == finish_job.PLANS_AHEAD + 1
    texts = [row.text for row in Segment.objects.filter(transcript=transcript)]
    assert [text.split()[0] for text in texts] == [f"word{number}" for number in numbers]
    assert rows_equal_document(transcript)


def test_whoever_types_on_in_one_segment_is_waited_for_once(
    transcript: Transcript, editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is typed into a segment that people had changed before is merged without another plan."""
    saves = [partial(save_from_elsewhere, transcript, editor, word, 1) for word in ("three", "two", "one")]
    plans = during_plans(monkeypatch, *saves[:2])
    finish(transcript, [AGAIN[0], (2600, 4200, "speaker_y", "And then the loud belt rang?"), AGAIN[2]])
    assert len(plans) == 2
    row = Segment.objects.filter(transcript=transcript)[1]
    assert row.text == "two three And then the loud belt rang?"
    assert [word.text for word in decode(row.words, row.start_ms)] == row.text.split()
    assert rows_equal_document(transcript)
    saves[2]()
    assert Segment.objects.get(pk=row.pk).text.startswith("one two three")


def test_a_plan_that_is_out_of_date_changes_nothing(transcript: Transcript, editor: User) -> None:
    hearing = Hearing.objects.create(transcript=transcript)
    planned = plan_text(hearing, said(transcript), is_complete=True)
    change_text(transcript, 1, "Somebody was faster.", editor)
    version, _ = document_of(transcript)
    assert write_planned(planned) is None
    assert document_of(transcript)[0] == version
    assert not HeardSegment.objects.filter(hearing=hearing).exists()
    assert not Revision.objects.exists() and not OtherReading.objects.exists()
    hearing.refresh_from_db()
    assert hearing.completed_at is None


def test_another_pass_that_came_meanwhile_is_a_reason_too(transcript: Transcript) -> None:
    hearing = Hearing.objects.create(transcript=transcript)
    planned = plan_text(hearing, said(transcript), is_complete=True)
    other = Hearing.objects.create(transcript=transcript)
    assert write_planned(planned) is None
    other.delete()
    assert write_planned(planned) is not None


@dataclass
class _Typist:
    """Types words of their own into the text, as fast as the server takes them, until told to stop."""

    transcript: Transcript
    user: User
    name: str
    stop: threading.Event
    saved: list[str] = field(default_factory=list)

    def run(self) -> None:
        number = 0
        while not self.stop.is_set():
            number += 1
            if self._type(f"{self.name}{number}", number):
                self.saved.append(f"{self.name}{number}")
            self.stop.wait(0.02)
        connection.close()

    def _type(self, word: str, number: int) -> bool:
        version, document = document_of(self.transcript)
        segments = segments_of(document)
        key = segments[7 * number % len(segments)].id
        try:
            steps = typing(self.transcript, key, 0, f"{word} ")
            return isinstance(push(self.transcript, Push(version, self.name, steps, self.user)), int)
        except (OperationalError, AssertionError):  # SQLite under a load; a segment that has just gone
            return False


def long_text(count: int) -> Sequence[DocSegment]:
    return [
        DocSegment(f"m{n}", "", 1_000 * n, 1_000 * n + 900, f"this is number{n} of many")
        for n in range(count)
    ]


def test_people_type_all_the_time(transcript: Transcript, owner: User, editor: User) -> None:
    """Several passes meet two people who never rest: whatever was saved is there in the end."""
    write_heard(transcript, long_text(300))
    stop = threading.Event()
    typists = [_Typist(transcript, owner, "olga", stop), _Typist(transcript, editor, "edgar", stop)]
    threads = [threading.Thread(target=typist.run) for typist in typists]
    for thread in threads:
        thread.start()
    for number in range(3):
        heard = [(one.start_ms, one.end_ms, None, f"{one.text} pass{number}") for one in long_text(300)]
        finish(transcript, heard)
    stop.set()
    for thread in threads:
        thread.join(60)
    text = " ".join(row.text for row in Segment.objects.filter(transcript=transcript))
    there = set(text.split())
    saved = [word for typist in typists for word in typist.saved]
    assert len(saved) > 10 and not [word for word in saved if word not in there]
    assert rows_equal_document(transcript)
