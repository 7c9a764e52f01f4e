"""Writing that is more than one key a letter: input methods, dead keys, combining marks, right to left."""

from __future__ import annotations

from playwright.sync_api import CDPSession, Page, expect
from prosemirror.transform import Transform

from tests.browser.editor.writing import EDITOR, caret, lines, opened, saved, stored
from tests.browser.spoken import DIALOGUE
from tests.browser.transcript.playback import Open
from transcripts.actions.edit.server_edit import edit
from transcripts.document.content import segment_places
from transcripts.document.schema import SCHEMA
from transcripts.models import StepBatch, Transcript

SAID = [text for _who, text in DIALOGUE]


def keyboard_of(page: Page) -> CDPSession:
    return page.context.new_cdp_session(page)


def compose(keyboard: CDPSession, text: str) -> None:
    """What an input method shows while it is not decided yet."""
    place = {"selectionStart": len(text), "selectionEnd": len(text)}
    keyboard.send("Input.imeSetComposition", {"text": text, **place})


def commit(keyboard: CDPSession, text: str) -> None:
    keyboard.send("Input.insertText", {"text": text})


def say_listen(tr: Transform) -> None:
    place = next(segment_places(tr.doc))[0] + 1
    tr.replace_with(place, place, SCHEMA.text("Listen: "))


def test_it_works(reading: Open, interview: Transcript) -> None:
    page = opened(reading, interview)
    caret(page, 0, "harbour")
    keyboard = keyboard_of(page)
    for text in ("m", "み", "みな", "みなt", "みなと"):
        compose(keyboard, text)
    expect(page.locator(".lines p").first).to_contain_text("みなとharbour")
    commit(keyboard, "港")
    page.keyboard.type(" ")
    expect(page.locator(".lines p").first).to_have_text(SAID[0].replace("harbour", "港 harbour"))
    saved(page)
    assert stored(interview) == [SAID[0].replace("harbour", "港 harbour"), *SAID[1:]]


def test_a_dead_key_and_its_letter(reading: Open, interview: Transcript) -> None:
    page = opened(reading, interview)
    caret(page, 0, "harbour")
    keyboard = keyboard_of(page)
    compose(keyboard, "´")
    commit(keyboard, "é")
    page.keyboard.type("t ")
    saved(page)
    assert stored(interview)[0] == SAID[0].replace("harbour", "ét harbour")


def test_a_composition_that_is_given_up_leaves_nothing(reading: Open, interview: Transcript) -> None:
    page = opened(reading, interview)
    caret(page, 0, "harbour")
    keyboard = keyboard_of(page)
    compose(keyboard, "みなと")
    compose(keyboard, "")
    saved(page)
    assert lines(page) == SAID
    assert stored(interview) == SAID


def test_what_others_write_does_not_break_a_composition(reading: Open, interview: Transcript) -> None:
    page = opened(reading, interview)
    caret(page, 0, "harbour")
    keyboard = keyboard_of(page)
    compose(keyboard, "みな")
    edit(interview, StepBatch.Kind.API, interview.owner, say_listen)
    page.wait_for_timeout(1_500)
    compose(keyboard, "みなと")
    commit(keyboard, "港")
    page.keyboard.type(" ")
    expected = "Listen: " + SAID[0].replace("harbour", "港 harbour")
    expect(page.locator(".lines p").first).to_have_text(expected)
    saved(page)
    assert stored(interview)[0] == expected


def test_right_to_left_and_combining_marks(reading: Open, interview: Transcript) -> None:
    page = opened(reading, interview)
    caret(page, 4, "You")
    arabic, vowels = "صباح الخير ", "cafe\u0301 क्षि "
    for text in (arabic, vowels):
        page.keyboard.insert_text(text)
    expect(page.locator(".lines p").nth(4)).to_have_text(arabic + vowels + SAID[4])
    assert page.evaluate("getComputedStyle(document.querySelectorAll('.lines p')[4]).direction") == "rtl"
    page.keyboard.press("Backspace")
    page.keyboard.press("Backspace")
    saved(page)
    left = stored(interview)[4]
    assert left.startswith(arabic + "cafe\u0301 ") and left.endswith(SAID[4])
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    expect(page.locator(".lines p").nth(4)).to_have_text(SAID[4])
    assert page.evaluate(f"{EDITOR}.doc.textContent.length") == sum(len(text) for text in SAID)
