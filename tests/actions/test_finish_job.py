"""The end of a pass: what people changed while recording or reading is still theirs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest
from prosemirror.transform import Transform

from tests.written import even_words, nth, write_text
from transcripts import conf
from transcripts.actions.due_work import claim_next
from transcripts.actions.edit.read import document_of, version_of
from transcripts.actions.edit.server_edit import edit
from transcripts.actions.history.restore import restore_version
from transcripts.actions.jobs import start_job
from transcripts.actions.write_segments import SegmentDraft, write_part
from transcripts.document.content import DocSegment, segments_of, voices_of
from transcripts.document.difference import steps_towards
from transcripts.models import (
    HeardSegment,
    Hearing,
    Job,
    JobPart,
    Mark,
    OtherReading,
    Revision,
    Segment,
    Speaker,
    StepBatch,
    Transcript,
    User,
)
from transcripts.tasks import do
from transcripts.timing.words import Word, decode

pytestmark = pytest.mark.django_db(transaction=True)
USAGE = {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2, "audio_seconds": 7.0}
HEARD = [
    (0, 2400, "speaker_x", "The harbour was quite that morning."),
    (4400, 7000, "speaker_y", "Yes, everybody ran."),
]


def segment(start_ms: int, end_ms: int, voice: str | None, text: str) -> dict[str, Any]:
    words = [
        [word.start_ms, word.end_ms, word.text]
        for word in decode(even_words(start_ms, end_ms, text), start_ms)
    ]
    return {
        "start_ms": start_ms, "end_ms": end_ms, "text": text, "words": words,
        "timing_method": "acoustic", "voice": voice,
    }  # fmt: skip


def finish(
    transcript: Transcript,
    heard: Sequence[tuple[int, int, str | None, str]],
    *,
    meanwhile: Callable[[Job], None] | None = None,
    **options: Any,
) -> Job:
    """Run the last stage of a pass whose one part heard this, after whatever happened ``meanwhile``."""
    job = start_job(transcript, {"model": "voxweb-engine"})
    Job.objects.filter(pk=job.pk).update(
        state=Job.State.PARTS, stage=Job.Stage.PARTS, total_ms=7000, options={**job.options, **options}
    )
    result = {
        "segments": [segment(*row) for row in heard],
        "language": "en", "model": "voxweb-engine", "usage": USAGE, "notices": [],
    }  # fmt: skip
    JobPart.objects.create(
        job=job, index=0, start_ms=0, end_ms=7000, file="x", state=JobPart.State.DONE, result=result
    )
    if meanwhile is not None:
        meanwhile(job)
    claimed = claim_next()
    assert claimed == job and claimed is not None
    do(claimed)
    job.refresh_from_db()
    assert job.state == Job.State.DONE
    return job


def rows(transcript: Transcript) -> list[Segment]:
    return list(Segment.objects.filter(transcript=transcript).select_related("speaker"))


def change_text(transcript: Transcript, number: int, text: str, user: User) -> Segment:
    """Correct one segment as a person does on the page."""
    key = nth(transcript, number).key

    def change(tr: Transform) -> None:
        segments = [replace(one, text=text) if one.id == key else one for one in segments_of(tr.doc)]
        steps_towards(tr, voices_of(tr.doc), segments)

    edit(transcript, StepBatch.Kind.EDIT, user, change)
    return nth(transcript, number)


@pytest.fixture
def live(transcript: Transcript) -> Transcript:
    """The same text as it comes while recording."""
    Hearing.objects.update(kind=Hearing.Kind.LIVE, completed_at=None)
    return transcript


def test_it_works(live: Transcript, editor: User) -> None:
    """Untouched live text is replaced; corrected text keeps its row, its words and its moment."""
    Mark.objects.create(transcript=live, at_ms=2700, note="Bell")
    fixed = change_text(live, 1, "And then the BELLS rang?", editor)
    job = finish(live, [HEARD[0], (2600, 4200, "speaker_y", "And then the belt rang?"), HEARD[1]])
    after = rows(live)
    assert [row.text for row in after] == [HEARD[0][3], "And then the BELLS rang?", HEARD[1][3]]
    kept = after[1]
    for field in ("pk", "key", "start_ms", "end_ms", "edited_by", "words"):
        assert getattr(kept, field) == getattr(fixed, field), field
    reading = OtherReading.objects.get()
    assert (reading.key, reading.mine, reading.text, reading.offset) == (kept.key, "BELLS", "belt", 13)
    assert reading.start_ms == decode(reading.words, reading.start_ms)[0].start_ms
    assert kept.speaker is not None and kept.speaker == after[2].speaker
    [notice] = [notice for notice in job.notices if notice["code"] == "new_text"]
    assert "The passage that people had changed kept its changes." in notice["message"]
    assert int(notice["version"]) == Revision.objects.get().version
    assert live.marks.get().at_ms == 2700


def test_nothing_changed_by_people_means_a_new_text(live: Transcript) -> None:
    job = finish(live, HEARD)
    assert [row.text for row in rows(live)] == [text for *_, text in HEARD]
    assert [(row.start_ms, row.end_ms) for row in rows(live)] == [(start, end) for start, end, *_ in HEARD]
    [notice] = [notice for notice in job.notices if notice["code"] == "new_text"]
    assert notice["message"] == "This is the new transcription."
    assert OtherReading.objects.count() == 0


def test_the_words_of_the_pass_keep_the_moments_it_gave_them(live: Transcript) -> None:
    finish(live, HEARD)
    for row, (start_ms, end_ms, _voice, text) in zip(rows(live), HEARD, strict=True):
        assert row.words == even_words(start_ms, end_ms, text) and row.timing_method == "acoustic"


def test_what_was_heard_is_the_next_base(live: Transcript, editor: User) -> None:
    job = finish(live, HEARD)
    hearing = Hearing.objects.get(job=job)
    assert hearing.completed_at is not None
    heard = HeardSegment.objects.filter(hearing=hearing)
    assert [(row.key, row.text, row.voice) for row in heard] == [
        (row.key, row.text, voice) for row, voice in zip(rows(live), ("speaker_x", "speaker_y"), strict=True)
    ]
    change_text(live, 1, "Yes, everybody rowed.", editor)
    finish(live, [HEARD[0], (4400, 7000, "speaker_y", "Yes, everybody walked.")])
    assert [row.text for row in rows(live)] == [HEARD[0][3], "Yes, everybody rowed."]
    assert OtherReading.objects.get().text == "walked."


def test_the_same_pass_twice_gives_the_same_text(live: Transcript, editor: User) -> None:
    change_text(live, 1, "Something else", editor)
    heard = [HEARD[0], (2600, 4200, "speaker_y", "And then the belt rang?"), HEARD[1]]
    finish(live, heard)
    before = [(row.key, row.text, row.order, row.rev) for row in rows(live)]
    version = version_of(live)
    OtherReading.objects.update(hidden_at="2026-01-01T00:00Z")
    finish(live, heard)
    assert [(row.key, row.text, row.order, row.rev) for row in rows(live)] == before
    assert version_of(live) == version
    assert OtherReading.objects.get().hidden_at is not None, "what was dismissed stays dismissed"


def test_the_text_before_can_be_put_back_exactly(transcript: Transcript, editor: User) -> None:
    change_text(transcript, 0, "Mine", editor)
    before = document_of(transcript)[1].to_json()
    finish(transcript, HEARD)
    point = Revision.objects.get(is_automatic=True)
    assert point.name == "Before the new transcription"
    restore_version(transcript, point.version, editor)
    assert document_of(transcript)[1].to_json() == before
    finish(transcript, [(2600, 4200, "b", "And then the belt rang?"), HEARD[1]])
    texts = [row.text for row in rows(transcript)]
    assert texts == ["Mine", "And then the belt rang?", HEARD[1][3]], "what came back is machine text again"


def test_a_pass_that_changes_nothing_leaves_no_version_behind(transcript: Transcript) -> None:
    finish(transcript, HEARD)
    Revision.objects.all().delete()
    finish(transcript, HEARD)
    assert not Revision.objects.exists()


def test_a_pass_that_hears_nothing_takes_nothing_away(transcript: Transcript) -> None:
    before = [(row.key, row.text) for row in rows(transcript)]
    job = finish(transcript, [])
    assert [(row.key, row.text) for row in rows(transcript)] == before
    [notice] = job.notices
    assert notice["message"] == "The new transcription heard no speech, so the text stays as it was."


def test_a_change_survives_the_account_of_its_author(live: Transcript, editor: User) -> None:
    change_text(live, 1, "Mine", editor)
    editor.delete()
    finish(live, HEARD)
    assert "Mine" in [row.text for row in rows(live)]


def test_names_follow_their_voices_into_a_new_pass(transcript: Transcript) -> None:
    name_voices(transcript, "Ada", "Grace")
    finish(transcript, [(0, 2400, "p", "One"), (2600, 4200, "q", "Two"), (4400, 7000, "p", "Three")])
    assert [row.speaker and row.speaker.name for row in rows(transcript)] == ["Ada", "Grace", "Ada"]


def test_a_name_stays_with_a_persons_text_where_nobody_was_heard(live: Transcript, editor: User) -> None:
    name_voices(live, "", "Grace")
    change_text(live, 1, "Mumble", editor)
    finish(live, [HEARD[0]])
    after = rows(live)
    assert [(row.text, row.speaker and row.speaker.display_name) for row in after] == [
        (HEARD[0][3], "Speaker 1"), ("Mumble", "Grace"),
    ]  # fmt: skip
    assert Speaker.objects.filter(transcript=live).count() == 2


def test_live_text_that_came_after_the_pass_was_queued_is_not_doubled(live: Transcript) -> None:
    job = finish(live, HEARD, keep_old_text=False)
    assert [row.text for row in rows(live)] == [text for *_, text in HEARD]
    assert job.state == Job.State.DONE


def test_the_first_pass_says_who_speaks_and_keeps_what_people_changed_meanwhile(
    transcript: Transcript, editor: User
) -> None:
    """Its parts were already on the page."""
    Hearing.objects.all().delete()
    write_text(transcript, [])
    before: list[str] = []

    def write_and_correct(job: Job) -> None:
        write_part(job, 0, [draft(*row) for row in HEARD])
        before.extend(row.key for row in rows(transcript))
        change_text(transcript, 1, "Yes, everybody rowed.", editor)

    finish(transcript, HEARD, meanwhile=write_and_correct)
    after = rows(transcript)
    assert [row.key for row in after] == before
    assert [row.text for row in after] == [HEARD[0][3], "Yes, everybody rowed."]
    assert [row.speaker and row.speaker.display_name for row in after] == ["Speaker 1", "Speaker 2"]
    assert OtherReading.objects.count() == 0


def test_many_changes_find_their_places(live: Transcript, owner: User) -> None:
    mine = [DocSegment(f"T{n}", "", n * 5, n * 5 + 5, f"t{n}") for n in range(1200)]
    write_text(live, mine)
    finish(live, HEARD)
    kept = [row.text for row in rows(live) if row.key.startswith("T")]
    assert kept == [f"t{order}" for order in range(1200)]
    assert conf.media_root().exists()


def draft(start_ms: int, end_ms: int, voice: str | None, text: str) -> SegmentDraft:
    given = segment(start_ms, end_ms, voice, text)
    return SegmentDraft(**{**given, "words": [Word(*word) for word in given["words"]]})


def name_voices(transcript: Transcript, *names: str) -> None:
    def change(tr: Transform) -> None:
        voices = [replace(voice, name=name) for voice, name in zip(voices_of(tr.doc), names, strict=True)]
        steps_towards(tr, voices, segments_of(tr.doc))

    edit(transcript, StepBatch.Kind.EDIT, None, change)
