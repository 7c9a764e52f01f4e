"""The history beside the text: who changed what, a passage through time, versions, comparing, restoring."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import F
from playwright.sync_api import Page, expect

from tests.actions.history.written_history import rewrite, text_of, write
from tests.browser.editor.writing import caret, lines, opened, saved, stored
from tests.browser.look import look_at
from tests.browser.spoken import DIALOGUE
from tests.browser.transcript.playback import Open
from transcripts.actions.edit.read import version_of
from transcripts.actions.history.versions import name_version
from transcripts.models import Revision, StepBatch, Transcript, User

SAID = [text for _who, text in DIALOGUE]


def long_ago(transcript: Transcript, minutes: int) -> None:
    """Move everything so far into the past."""
    batches = StepBatch.objects.filter(doc__transcript=transcript)
    batches.update(created_at=F("created_at") - timedelta(minutes=minutes))


def worked_on(transcript: Transcript, owner: User, editor: User) -> int:
    """An interview that two people corrected; returns the version that has a name."""
    keys = [part.id for part in text_of(transcript)[1]]
    long_ago(transcript, 3 * 24 * 60)
    rewrite(transcript, editor, keys[1], SAID[1].replace("scales", "scale").replace("salt", "bag of salt"))
    rewrite(transcript, editor, keys[3], SAID[3].replace("sixty one", "’61"))
    rewrite(transcript, editor, keys[6], SAID[6].replace("eleven", "twelve"))
    name_version(transcript, owner, "Before the review")
    named = version_of(transcript)
    long_ago(transcript, 24 * 60)
    _, segments = text_of(transcript)
    write(transcript, owner, [segment for segment in segments if segment.id != keys[8]])
    rewrite(
        transcript, owner, keys[3], "Long before. The bridge came in ’61, the year of the great flood.", "api"
    )
    long_ago(transcript, 12)
    return named


def show_history(page: Page) -> None:
    page.get_by_role("tab", name="History").click()
    expect(page.locator(".change").first).to_be_visible()


def open_panel(page: Page) -> None:
    """On a phone the panel is a sheet that is closed at first."""
    page.evaluate("document.querySelector('vox-panel').open = true")
    expect(page.locator(".change-detail del").first).to_be_visible()


def test_it_works(reading: Open, interview: Transcript, owner: User, editor: User) -> None:
    worked_on(interview, owner, editor)
    page = opened(reading, interview)
    caret(page, 0, "harbour")
    page.keyboard.type("old ")
    saved(page)
    show_history(page)
    titles = page.locator(".change-title")
    expect(titles.first).to_have_text("Olga Owner corrected 1 passage")
    assert titles.all_inner_texts()[1:] == [
        "Olga Owner changed 1 passage through the API", "Olga Owner corrected 1 passage",
        "Edgar Editor corrected 3 passages", "New transcription",
    ]  # fmt: skip
    page.locator(".change summary").nth(3).click()
    expect(page.locator(".change-detail del").first).to_have_text("removed: scales,")
    look_at(page, "history-timeline", open_panel)
    open_panel(page)
    page.locator(".change-detail a.time").nth(1).click()
    expect(page.locator(".lines .seg").nth(3)).to_be_in_viewport()
    page.get_by_label("Whose changes are shown").select_option("Edgar Editor")
    expect(titles).to_have_text(["Edgar Editor corrected 3 passages"])


def test_the_margin_tells_who_and_the_passage_comes_back(
    reading: Open, interview: Transcript, owner: User, editor: User
) -> None:
    worked_on(interview, owner, editor)
    page = opened(reading, interview)
    page.locator(".lines .seg").nth(3).locator(".who").hover()
    card = page.locator(".blame")
    expect(card).to_contain_text("Olga Owner changed 1 passage through the API")
    card.get_by_role("button", name="History of this passage").click()
    dialog = page.get_by_role("dialog", name="History of this passage")
    expect(dialog.locator(".passage-text")).to_have_count(3)
    look_at(page, "history-passage")
    dialog.get_by_role("button", name="Restore").first.click()
    expect(page.locator(".lines p").nth(3)).to_have_text(SAID[3].replace("sixty one", "’61"))
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".lines p").nth(3)).to_have_text(
        "Long before. The bridge came in ’61, the year of the great flood."
    )


def test_a_version_is_saved_renamed_removed_and_restored(
    reading: Open, interview: Transcript, owner: User
) -> None:
    page = opened(reading, interview)
    show_history(page)
    page.get_by_role("button", name="Save a version").click()
    page.get_by_label("Name", exact=True).fill("As heard")
    page.keyboard.press("Enter")
    name = page.get_by_label("Name of the version As heard")
    expect(name).to_have_value("As heard")
    caret(page, 0, "harbour")
    page.keyboard.type("old ")
    saved(page)
    page.get_by_role("button", name="Restore As heard").first.click()
    expect(page.locator(".lines p").first).to_have_text(SAID[0])
    expect(page.locator(".change-title").first).to_have_text("Olga Owner restored As heard")
    assert stored(interview) == SAID
    assert Revision.objects.get(is_automatic=True).name == "Before restoring As heard"
    page.keyboard.press("Tab")
    name.fill("Draft")
    name.press("Enter")
    expect(page.get_by_role("button", name="Remove the name Draft")).to_be_attached()
    page.get_by_role("button", name="Remove the name Draft").click()
    expect(page.locator(".version")).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".version")).to_have_count(1)


def test_who_changed_this_by_the_keyboard(
    reading: Open, interview: Transcript, owner: User, editor: User
) -> None:
    worked_on(interview, owner, editor)
    page = opened(reading, interview)
    caret(page, 1, "grandmother")
    assert page.evaluate("document.querySelector('vox-editor').run('whoChangedThis')")
    expect(page.get_by_role("dialog", name="History of this passage")).to_contain_text("Edgar Editor")
    page.keyboard.press("Escape")
    assert page.evaluate("document.querySelector('vox-editor').run('saveVersion')")
    expect(page.get_by_label("Name", exact=True)).to_be_focused()


def test_two_versions_side_by_side(reading: Open, interview: Transcript, owner: User, editor: User) -> None:
    worked_on(interview, owner, editor)
    page = reading(interview)
    show_history(page)
    first = StepBatch.objects.get(kind="asr")
    page.goto(f"/t/{interview.code}/compare?a={first.v + first.n}")
    rows = page.locator(".cmp")
    expect(rows).to_have_count(4)
    look_at(page, "history-compare")
    page.keyboard.press("j")
    expect(rows.nth(0)).to_be_focused()
    page.keyboard.press("j")
    expect(rows.nth(1)).to_be_focused()
    page.keyboard.press("k")
    expect(rows.nth(0)).to_be_focused()
    rows.nth(3).get_by_role("button").click()
    expect(rows).to_have_count(3)
    assert stored(interview)[8] == SAID[8]
    page.get_by_role("button", name="Undo").click()
    expect(rows).to_have_count(4)
    page.get_by_label("Show what is the same as well").check()
    expect(rows).to_have_count(9)
    page.get_by_role("button", name="Restore the left version").click()
    expect(page.get_by_text("Every passage is the same")).to_be_visible()
    assert stored(interview) == SAID
    assert lines(reading(interview)) == SAID
