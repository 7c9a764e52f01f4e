"""The page and the server know the same moment of every word, whatever was done to the text."""

from __future__ import annotations

import time
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.editor.writing import EDITOR, caret, opened, saved
from tests.browser.transcript.playback import Open
from transcripts.models import Transcript
from transcripts.timing.words import decode

TABLES = f"""async () => {{
  const {{ store, words, lines }} = {EDITOR};
  await store.ensure(0, 60_000);
  const rowsOf = ({{ starts, ends }}) => Array.from(starts, (startMs, index) => [startMs, ends[index]]);
  return Object.fromEntries(lines.inTime.map((line) => [line.key, rowsOf(words.tableOf(line))]));
}}"""
AGREED_SECONDS = 12


def on_the_page(page: Page) -> dict[str, Any]:
    return dict(page.evaluate(TABLES))


def on_the_server(transcript: Transcript) -> dict[str, Any]:
    return {
        row.key: [[word.start_ms, word.end_ms] for word in decode(row.words, row.start_ms)]
        for row in transcript.segments.all()
    }


def agree(page: Page, transcript: Transcript) -> None:
    """What the page has reckoned for itself gives way to what the server says, once everything is saved."""
    saved(page)
    give_up = time.monotonic() + AGREED_SECONDS
    while (here := on_the_page(page)) != (there := on_the_server(transcript)):
        assert time.monotonic() < give_up, (here, there)
        page.wait_for_timeout(250)


def set_border(page: Page, ms: int, key: str) -> None:
    page.keyboard.press("Control+k")
    page.keyboard.type(f"{ms / 1000:.3f}")
    page.keyboard.press("Enter")
    page.keyboard.press(key)


@pytest.fixture
def page_of(reading: Open, interview: Transcript) -> Page:
    page = opened(reading, interview)
    assert on_the_page(page) == on_the_server(interview)
    return page


def test_it_works(page_of: Page, interview: Transcript) -> None:
    """Words that are typed, a passage that is split, and one that is joined."""
    untouched = on_the_server(interview)["said3"]
    caret(page_of, 3, "The")
    page_of.keyboard.type("So, as I said,")
    saved(page_of)
    page_of.keyboard.type(" ")
    agree(page_of, interview)
    assert set(map(tuple, untouched)) <= set(map(tuple, on_the_page(page_of)["said3"]))
    caret(page_of, 1, "I carried")
    page_of.keyboard.press("Enter")
    agree(page_of, interview)
    caret(page_of, 5, "You")
    page_of.keyboard.press("Backspace")
    page_of.keyboard.type("Nearly; ")
    agree(page_of, interview)


def test_a_border_that_cuts_a_word_and_goes_back(page_of: Page, interview: Transcript) -> None:
    row = interview.segments.get(key="said1")
    before = on_the_server(interview)["said1"]
    caret(page_of, 1, "My")
    set_border(page_of, row.end_ms - 400, "Alt+o")
    agree(page_of, interview)
    assert on_the_server(interview)["said1"] != before
    caret(page_of, 1, "My")
    for _ in range(8):
        page_of.keyboard.press("Alt+Shift+BracketRight")
    agree(page_of, interview)
    assert on_the_page(page_of)["said1"] == before


def test_what_is_taken_back(page_of: Page, interview: Transcript) -> None:
    before = on_the_server(interview)
    caret(page_of, 6, "there")
    page_of.keyboard.press("Control+Shift+ArrowRight")
    page_of.keyboard.press("Delete")
    agree(page_of, interview)
    page_of.keyboard.press("Control+z")
    agree(page_of, interview)
    assert on_the_page(page_of) == before
