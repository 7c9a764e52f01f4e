"""Reading along: provisional and final text, following, and what screen readers are told."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.line import Line
from tests.browser.record.conftest import HearsYou
from tests.browser.record.test_take import start


def say_final(line: Line, number: int, text: str) -> None:
    line.say(
        type="final",
        key=f"k{number}",
        start_ms=number * 1000,
        end_ms=number * 1000 + 900,
        text=text,
        speaker="Speaker 1" if number % 8 < 4 else "Speaker 2",
        hue=1 + number % 8 // 4,
    )


@pytest.fixture
def line(recorder: HearsYou, page: Page) -> Line:
    recorder()
    line = Line(page)
    start(page)
    return line


def test_provisional_text_becomes_final(page: Page, line: Line) -> None:
    line.say(type="caption", start_ms=0, text="the water is", speaker="")
    expect(page.locator(".soft")).to_have_text("the water is")
    log = page.get_by_role("log")
    assert log.inner_text() == ""
    say_final(line, 0, "The water is not lifted.")
    expect(page.locator(".soft")).to_have_count(0)
    expect(page.locator(".captions-lines")).to_contain_text("The water is not lifted.")
    expect(log).to_have_text("Speaker 1: The water is not lifted.")


def test_the_text_follows_until_somebody_scrolls(page: Page, line: Line) -> None:
    for number in range(80):
        say_final(line, number, f"Sentence number {number} of a long lecture about the sea.")
    text = page.locator(".captions-lines")
    expect(text.get_by_text("Sentence number 79 of")).to_be_in_viewport()
    page.locator(".captions").hover()
    page.mouse.wheel(0, -2000)
    back = page.get_by_role("button", name="Back to live")
    expect(back).to_be_visible()
    say_final(line, 80, "Nobody reads this yet.")
    expect(text.get_by_text("Nobody reads this yet.")).not_to_be_in_viewport()
    page.keyboard.press("f")
    expect(text.get_by_text("Nobody reads this yet.")).to_be_in_viewport()
    expect(back).to_be_hidden()


def test_trouble_with_captions_is_told_and_passes(page: Page, line: Line) -> None:
    line.say(type="notice", code="captions_behind", message="Captions are 12 seconds behind.", tone="warn")
    expect(page.get_by_role("status").filter(has_text="12 seconds behind")).to_be_visible()
    line.say(type="notice", code="captions_back", message="Captions are back.", tone="info")
    expect(page.get_by_text("12 seconds behind")).to_be_hidden()
