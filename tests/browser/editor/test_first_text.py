"""Being there while a transcript gets its first text: nothing is selected, no typing is lost."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.editor.writing import lines, saved, stored
from tests.browser.line import Line
from tests.browser.transcript.playback import Open
from tests.browser.transcript.test_changing import lines_of
from tests.written import write_text
from transcripts.document.content import DocSegment, DocVoice
from transcripts.models import Job, Transcript

Text = tuple[list[DocSegment], list[DocVoice]]


@pytest.fixture
def heard(interview: Transcript) -> Text:
    """What the pass of a transcript that has no text yet is about to hear."""
    segments, voices = lines_of(interview)
    write_text(interview, [], [])
    Job.objects.create(transcript=interview, state=Job.State.RUNNING, options={"model": "voxweb-engine"})
    return segments, voices


@pytest.fixture
def line(page: Page) -> Line:
    return Line(page, "/ws/transcripts/")


@pytest.fixture
def page(page: Page, line: Line, reading: Open, interview: Transcript, heard: Text) -> Page:
    """The page of a transcript without text, its caret in the editor."""
    reading(interview)
    page.locator("vox-editor .writing").focus()
    return page


def arrive(page: Page, transcript: Transcript, heard: Text) -> None:
    write_text(transcript, *heard)
    transcript.touch()
    expect(page.locator(".lines .seg").nth(len(heard[0]) - 1)).to_be_attached()


def test_it_works(page: Page, interview: Transcript, heard: Text) -> None:
    arrive(page, interview, heard)
    assert page.evaluate("getSelection().toString()") == ""
    page.keyboard.type("Well, ")
    saved(page)
    said = [segment.text for segment in heard[0]]
    assert stored(interview) == lines(page) == ["Well, " + said[0], *said[1:]]


def test_a_click_into_the_fresh_text_and_a_key(page: Page, interview: Transcript, heard: Text) -> None:
    """As fast as a hand can be: both come before the browser has told where the caret is."""
    arrive(page, interview, heard)
    page.locator(".lines .seg p").nth(1).click()
    page.keyboard.press("End")
    page.keyboard.type(" Yes.")
    saved(page)
    said = [segment.text for segment in heard[0]]
    assert stored(interview) == lines(page) == [said[0], said[1] + " Yes.", *said[2:]]


def test_what_was_typed_before_stays(page: Page, interview: Transcript, heard: Text) -> None:
    page.keyboard.type("My own words.")
    arrive(page, interview, heard)
    page.keyboard.type(" And more.")
    saved(page)
    assert "My own words. And more." in stored(interview)
    assert stored(interview) == lines(page)
    assert {segment.text for segment in heard[0]} < set(stored(interview))


def test_what_is_typed_meanwhile_stays(page: Page, line: Line, interview: Transcript, heard: Text) -> None:
    """What was not sent yet is put behind the text that came first."""
    line.cut()
    page.keyboard.type("My own words.")
    write_text(interview, *heard)
    line.mend()
    expect(page.locator(".lines .seg")).to_have_count(len(heard[0]) + 1)
    page.keyboard.type(" And more.")
    saved(page)
    assert "My own words. And more." in stored(interview)
    assert stored(interview) == lines(page)
