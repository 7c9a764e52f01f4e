"""Marks on the page of a finished transcript."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.look import look_at
from tests.browser.transcript.playback import Open
from transcripts.models import Mark, Transcript


def seek(page: Page, milliseconds: int) -> None:
    page.evaluate("ms => document.querySelector('vox-transcript').player.seek(ms)", milliseconds)


def test_it_works(reading: Open, interview: Transcript) -> None:
    page = reading(interview)
    seek(page, 9_000)
    page.keyboard.press("m")
    page.get_by_role("button", name="Add a note").click()
    note = page.get_by_label("Note of the mark at 00:00:09")
    expect(note).to_be_focused()
    page.keyboard.type("Ask about the bridge")
    with page.expect_response("**/marks/*"):
        page.keyboard.press("Enter")
    mark = Mark.objects.get(transcript=interview, removed_at=None)
    assert (mark.at_ms, mark.note) == (9_000, "Ask about the bridge")
    expect(page.locator(".seg .margin-flag")).to_have_count(1)
    expect(page.locator(".wave-flag")).to_have_count(1)
    look_at(page, "transcript-marks")
    seek(page, 0)
    page.locator(".mark a.time").click()
    page.wait_for_function("() => document.querySelector('[data-part=media]').currentTime >= 9")
    page.reload()
    page.get_by_role("tab", name="Marks").click()
    expect(note).to_have_value("Ask about the bridge")


def test_a_removed_mark_can_be_brought_back(reading: Open, interview: Transcript) -> None:
    Mark.objects.create(transcript=interview, key="one", at_ms=2_000, note="First", author=interview.owner)
    page = reading(interview)
    page.get_by_role("tab", name="Marks").click()
    page.locator(".mark").hover()
    page.get_by_role("button", name="Remove the mark at 00:00:02").click()
    expect(page.locator(".mark")).to_have_count(0)
    expect(page.locator(".margin-flag")).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_label("Note of the mark at 00:00:02")).to_have_value("First")
    assert Mark.objects.get(key="one").removed_at is None


def test_the_button_marks_too_and_escape_keeps_the_old_note(reading: Open, interview: Transcript) -> None:
    page = reading(interview)
    page.get_by_role("tab", name="Marks").click()
    page.get_by_role("button", name="Mark this moment").click()
    note = page.get_by_label("Note of the mark at 00:00:00")
    note.fill("thrown away")
    note.press("Escape")
    expect(note).to_have_value("")
    assert Mark.objects.get().note == ""
