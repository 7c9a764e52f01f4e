"""Finding, replacing and going to a time, by keyboard alone."""

from __future__ import annotations

from playwright.sync_api import Route, expect

from tests.browser.editor.writing import caret, opened
from tests.browser.look import look_at
from tests.browser.transcript.playback import MEDIA, Open
from transcripts.models import Transcript

FOUND = "() => [...(CSS.highlights.get('found') ?? [])].map(String)"
HERE = "() => [...(CSS.highlights.get('found-here') ?? [])].map(String).join()"
SELECTED = "() => getSelection().toString()"


def test_it_works(reading: Open, interview: Transcript) -> None:
    page = opened(reading, interview)
    caret(page, 0, "We")
    page.keyboard.press("Control+f")
    page.keyboard.type("the")
    count = page.locator(".find-count")
    expect(count).to_have_text("1 of 15")
    page.get_by_role("button", name="Whole words").click()
    expect(count).to_have_text("1 of 12")
    page.get_by_label("Find", exact=True).focus()
    page.keyboard.press("Shift+Enter")
    expect(count).to_have_text("12 of 12")
    page.keyboard.press("F3")
    page.keyboard.press("Enter")
    expect(count).to_have_text("2 of 12")
    assert sorted(set(page.evaluate(FOUND))) == ["The", "the"]
    assert page.evaluate(HERE) == "the"
    page.keyboard.press("Escape")
    expect(page.locator("vox-find")).to_be_hidden()
    assert page.evaluate(SELECTED) == "the"
    assert page.evaluate(FOUND) == []


def test_replace_all_is_one_step(reading: Open, interview: Transcript) -> None:
    page = opened(reading, interview)
    caret(page, 0, "We")
    page.keyboard.press("Control+h")
    page.keyboard.type("(bri)(dge)")
    page.get_by_role("button", name="Regular expression").click()
    page.get_by_label("Replace with").fill("$2-$1")
    expect(page.locator(".find-count")).to_have_text("1 of 2")
    page.keyboard.press("Enter")
    expect(page.get_by_text("before the dge-bri was built")).to_be_visible()
    expect(page.locator(".find-count")).to_have_text("1 of 1")
    look_at(page, "replace")
    page.get_by_label("Find", exact=True).fill("[a-d]")
    page.get_by_role("button", name="Replace all").click()
    expect(page.get_by_text("Undo takes all of it back")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("Control+z")
    expect(page.get_by_text("before the dge-bri was built")).to_be_visible()
    page.keyboard.press("Control+z")
    expect(page.get_by_text("before the bridge was built")).to_be_visible()


def test_whoever_tabs_on_before_it_is_found_comes_to_the_buttons(
    reading: Open, interview: Transcript
) -> None:
    page = opened(reading, interview)
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/find_worker*.js", hold)
    page.keyboard.press("Control+h")
    page.keyboard.type("bri.ge")
    replace_all = page.get_by_role("button", name="Replace all")
    expect(replace_all).to_be_disabled()
    with page.expect_request("**/find_worker*.js"):
        page.get_by_role("button", name="Regular expression").click()
    expect(replace_all).to_be_enabled()
    held[0].continue_()
    expect(page.locator(".find-count")).to_have_text("1 of 2")
    expect(replace_all).to_be_enabled()


def test_an_expression_that_is_wrong_or_endless_is_told(reading: Open, interview: Transcript) -> None:
    page = opened(reading, interview)
    caret(page, 0, "We")
    page.keyboard.press("Control+f")
    page.get_by_role("button", name="Regular expression").click()
    what = page.get_by_label("Find", exact=True)
    what.fill("(")
    expect(page.get_by_text("This is not a regular expression yet")).to_be_visible()
    what.fill("((\\w+\\s?)+)+;")
    expect(page.get_by_text("This expression takes too long")).to_be_visible()
    what.fill("b.idge")
    expect(page.locator(".find-count")).to_have_text("1 of 2")


def test_going_to_a_time(reading: Open, interview: Transcript) -> None:
    page = opened(reading, interview)
    caret(page, 0, "We")
    page.keyboard.press("Control+k")
    dialog = page.get_by_role("dialog", name="Go to a time")
    page.keyboard.type("soon")
    page.keyboard.press("Enter")
    expect(dialog.get_by_role("alert")).to_contain_text("Write a time")
    page.get_by_label("Time", exact=True).fill("0:00:12")
    look_at(page, "go-to")
    page.keyboard.press("Enter")
    expect(dialog).to_be_hidden()
    page.wait_for_function(f"() => Math.abs({MEDIA}.currentTime - 12) < 0.5")
    expect(page.locator(".ProseMirror")).to_be_focused()


def test_by_pointer(reading: Open, interview: Transcript) -> None:
    page = opened(reading, interview)
    page.locator("summary[aria-label=More]").click()
    page.get_by_role("button", name="Find and replace").click()
    page.keyboard.type("bridge")
    expect(page.locator(".find-count")).to_have_text("1 of 2")
    page.get_by_role("button", name="Close", exact=True).click()
    page.locator("summary[aria-label=More]").click()
    page.get_by_role("button", name="Go to a time").click()
    expect(page.get_by_role("dialog", name="Go to a time")).to_be_visible()
