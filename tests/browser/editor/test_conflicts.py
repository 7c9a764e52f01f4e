"""Through what a new transcription heard differently, by keys alone, and back to the old text."""

from __future__ import annotations

from dataclasses import replace

from django.utils import timezone
from playwright.sync_api import Page, Response, expect
from prosemirror.transform import Transform

from tests.browser.editor.writing import EDITOR, lines, opened, saved, stored
from tests.browser.look import look_at
from tests.browser.transcript.playback import MEDIA, Open
from transcripts.actions.edit.server_edit import edit
from transcripts.actions.merge.texts import Said
from transcripts.actions.plan_text import plan_text
from transcripts.actions.put_back import NEW_TEXT
from transcripts.actions.replace_text import write_planned
from transcripts.document.content import segments_of, voices_of
from transcripts.document.difference import steps_towards
from transcripts.models import Hearing, Job, OtherReading, Segment, StepBatch, Transcript, User
from transcripts.timing.words import Word, decode

CONFLICTS = "form.other"


def corrected(transcript: Transcript, owner: User, changes: dict[int, tuple[str, str]]) -> None:
    """A person corrects words of some lines."""
    keys = [row.key for row in transcript.segments.all()]

    def change(tr: Transform) -> None:
        wrong = {keys[number]: words for number, words in changes.items()}
        segments = [
            replace(one, text=one.text.replace(*wrong[one.id])) if one.id in wrong else one
            for one in segments_of(tr.doc)
        ]
        steps_towards(tr, voices_of(tr.doc), segments)

    edit(transcript, StepBatch.Kind.EDIT, owner, change)


def heard_anew(transcript: Transcript, changes: dict[int, tuple[str, str]]) -> Job:
    """A new pass hears other words in some lines of what the machine heard before."""
    base = Hearing.objects.get(transcript=transcript)
    theirs = [
        _said(row.start_ms, row.end_ms, row.words, changes.get(number, ("", "")), row.speaker)
        for number, row in enumerate(base.segments.all())
    ]
    now = timezone.now()
    job = Job.objects.create(
        transcript=transcript, state=Job.State.DONE, stage=Job.Stage.FINISH, finished_at=now
    )
    hearing = Hearing.objects.create(transcript=transcript, job=job)
    replaced = write_planned(plan_text(hearing, theirs, is_complete=True))
    if replaced is not None and replaced.before is not None:
        message = "This is the new transcription."
        job.notices = [{"code": NEW_TEXT, "message": message, "version": str(replaced.before.version)}]
        job.save()
    return job


def _said(start_ms: int, end_ms: int, table: str, change: tuple[str, str], voice: str) -> Said:
    words = [
        Word(word.start_ms, word.end_ms, change[1] if word.text == change[0] else word.text)
        for word in decode(table, start_ms)
    ]
    text = " ".join(word.text for word in words)
    return Said(0, start_ms, end_ms, text, words, "acoustic", voice, voice)


def question(page: Page, number: int) -> str:
    return page.locator(CONFLICTS).nth(number).inner_text().replace("\n", " ")


def is_asked_again(response: Response) -> bool:
    """The server knows that a choice was taken back."""
    return "/readings/" in response.url and '"show"' in (response.request.post_data or "")


def test_it_works(reading: Open, interview: Transcript, owner: User) -> None:
    """Yours, theirs, both, and one taken back: each with one key."""
    before = stored(interview)
    words = {number: before[number].split()[1] for number in (0, 1, 2, 4)}
    corrected(interview, owner, {number: (word, "human") for number, word in words.items()})
    mine = stored(interview)
    heard_anew(interview, {number: (word, "machine") for number, word in words.items()} | {3: ("the", "a")})
    page = opened(reading, interview)
    expect(page.get_by_text("4 conflicts")).to_be_visible()
    expect(page.locator(CONFLICTS)).to_have_count(4)
    look_at(page, "conflicts-offer")
    page.get_by_role("button", name="Go through them").click()
    expect(page.locator(".other.here")).to_have_count(1)
    page.wait_for_function(f"() => !{MEDIA}.paused")
    assert "You human" in question(page, 0) and "New pass machine" in question(page, 0)
    page.wait_for_function("() => [...(CSS.highlights.get('conflict') ?? [])].map(String).join() === 'human'")
    look_at(page, "conflicts")
    page.keyboard.press("2")
    expect(page.get_by_role("group", name="Conflicts").get_by_role("status")).to_have_text("1 of 3")
    assert lines(page)[0] == mine[0].replace("human", "machine")
    page.keyboard.press("1")
    page.keyboard.press("n")
    page.keyboard.press("3")
    assert lines(page)[4] == mine[4].replace("human", "human machine")
    expect(page.locator(CONFLICTS)).to_have_count(1)
    with page.expect_response(is_asked_again):
        page.keyboard.press("u")
    expect(page.locator(CONFLICTS)).to_have_count(2)
    assert lines(page)[4] == mine[4]
    page.keyboard.press("Escape")
    page.evaluate(f"{EDITOR}.run('undo')")
    saved(page)
    page.reload()
    expect(page.get_by_text("2 conflicts").or_(page.get_by_text("3 conflicts"))).to_be_visible()
    assert stored(interview)[1] == mine[1]


def test_undo_in_the_text_asks_again(reading: Open, interview: Transcript, owner: User) -> None:
    word = stored(interview)[0].split()[1]
    corrected(interview, owner, {0: (word, "human")})
    heard_anew(interview, {0: (word, "machine")})
    page = opened(reading, interview)
    page.get_by_role("button", name="2 New pass").click()
    expect(page.locator(CONFLICTS)).to_have_count(0)
    page.wait_for_timeout(200)
    page.keyboard.press("Control+z")
    expect(page.locator(CONFLICTS)).to_have_count(1)
    saved(page)
    page.reload()
    expect(page.locator(CONFLICTS)).to_have_count(1)
    assert "human" in stored(interview)[0]


def test_words_that_have_gone_are_told(reading: Open, interview: Transcript, owner: User) -> None:
    word = stored(interview)[0].split()[1]
    corrected(interview, owner, {0: (word, "human")})
    heard_anew(interview, {0: (word, "machine")})
    corrected(interview, owner, {0: ("human", "robot")})
    page = opened(reading, interview)
    page.get_by_role("button", name="2 New pass").click()
    expect(page.locator(".other-lost")).to_be_visible()
    assert "robot" in lines(page)[0]
    page.get_by_role("button", name="1 You").click()
    expect(page.locator(CONFLICTS)).to_have_count(0)


def test_the_old_text_is_put_back(reading: Open, interview: Transcript) -> None:
    before = list(Segment.objects.filter(transcript=interview).values_list("key", "text"))
    heard_anew(interview, {2: (before[2][1].split()[1], "machine")})
    assert "machine" in stored(interview)[2]
    page = opened(reading, interview)
    page.get_by_role("button", name="Put the old text back").click()
    expect(page.get_by_text("The old text is back.")).to_be_visible()
    assert list(Segment.objects.filter(transcript=interview).values_list("key", "text")) == before
    assert not OtherReading.objects.filter(hidden_at=None).exists()
