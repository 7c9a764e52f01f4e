"""Where the keyboard is: into the text, out of it, and never nowhere."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.editor.test_doubts import doubt
from tests.browser.editor.writing import caret, lines, opened
from tests.browser.transcript.playback import MEDIA, Open
from transcripts.models import Transcript

COVERED = """() => {
  const bar = document.querySelector('vox-doubts').getBoundingClientRect();
  return document.querySelector('.lines .seg p').getBoundingClientRect().top < bar.bottom;
}"""

TABS = 20


def tab_into_the_text(page: Page) -> None:
    text = page.get_by_role("textbox", name="Text of the transcript")
    for _ in range(TABS):
        if text.evaluate("text => text === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError("Tab does not come to the text")


def test_it_works(reading: Open, interview: Transcript) -> None:
    """Tab comes into a text that nobody has clicked into, and there is a caret in it."""
    page = opened(reading, interview)
    tab_into_the_text(page)
    page.keyboard.type("So ")
    assert lines(page)[0].startswith("So We walked")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("End")
    page.keyboard.press("Control+Home")
    page.keyboard.type("And ")
    assert lines(page)[0].startswith("And So We walked")
    page.keyboard.press("Control+End")
    page.keyboard.press("Control+Shift+Home")
    assert page.evaluate("getSelection().toString()").startswith("And So We walked")


def test_up_from_the_start_of_a_passage(reading: Open, interview: Transcript) -> None:
    page = opened(reading, interview)
    for line in (1, 2, 5):
        caret(page, line, lines(page)[line].split()[0])
        page.keyboard.press("ArrowUp")
        page.keyboard.type(f"up{line} ")
        assert f"up{line} " in lines(page)[line - 1], lines(page)
    assert lines(page)[0].startswith("up1 We walked")
    page.keyboard.press("Control+Home")
    page.keyboard.press("ArrowUp")
    page.keyboard.type("Still ")
    assert lines(page)[0].startswith("Still up1 We")
    caret(page, 1, lines(page)[1].split()[0])
    page.keyboard.press("Shift+ArrowUp")
    assert page.evaluate("getSelection().toString()").startswith("came in."), "the line above, and no more"


def test_leaving_the_text_leaves_the_sound_as_it_is(reading: Open, interview: Transcript) -> None:
    page = opened(reading, interview)
    caret(page, 0, "We")
    page.keyboard.press("Escape")
    page.wait_for_function(f"() => !{MEDIA}.paused")
    page.keyboard.press("Tab")
    page.wait_for_function(f"() => {MEDIA}.paused")
    expect(page.locator(".writing")).not_to_be_focused()


def test_replacing_the_last_match_by_a_button_keeps_the_focus(reading: Open, interview: Transcript) -> None:
    page = opened(reading, interview)
    caret(page, 0, "We")
    page.keyboard.press("Control+h")
    page.keyboard.type("bridge")
    page.get_by_label("Replace with").fill("ferry")
    page.get_by_role("button", name="Replace all").press("Enter")
    expect(page.get_by_label("Find", exact=True)).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".writing")).to_be_focused()


def test_the_caret_does_not_go_behind_the_bar_of_doubts(reading: Open, interview: Transcript) -> None:
    doubt(interview, 8, "too.")
    page = opened(reading, interview)
    page.set_viewport_size({"width": 1280, "height": 420})
    caret(page, 0, "We")
    page.keyboard.press("Control+.")
    page.wait_for_function("() => getSelection().toString() === 'too.'")
    assert page.evaluate(COVERED)
    page.keyboard.press("Control+Home")
    page.wait_for_function(f"() => !({COVERED})()")
