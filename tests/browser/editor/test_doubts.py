"""Through what the machine was not sure of, by keys alone."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.editor.writing import caret, opened
from tests.browser.look import look_at
from tests.browser.transcript.playback import MEDIA, Open
from transcripts.models import HeardSegment, Transcript
from transcripts.timing.words import decode

SELECTED = "() => getSelection().toString()"
SHADED = "() => [...(CSS.highlights.get('doubt') ?? [])].map(String)"


def doubt(transcript: Transcript, line: int, *words: str) -> None:
    row = HeardSegment.objects.filter(hearing__transcript=transcript)[line]
    table = decode(row.words, row.start_ms)
    row.doubts = [[start_ms, end_ms, "unsure"] for start_ms, end_ms, text in table if text in words]
    row.save()


def test_it_works(reading: Open, interview: Transcript) -> None:
    doubt(interview, 0, "We")
    doubt(interview, 1, "the", "scales,")
    doubt(interview, 3, "flood.")
    doubt(interview, 4, "posts")
    page = opened(reading, interview)
    expect(page.get_by_text("6 words may be wrong.")).to_be_visible()
    look_at(page, "doubts-offer")
    caret(page, 0, "We")
    page.keyboard.press("Control+.")
    page.wait_for_function(f"() => ({SELECTED})() === 'We'")
    page.keyboard.press("Control+.")
    page.wait_for_function(f"() => ({SELECTED})() === 'the scales,'")
    page.wait_for_function(f"() => !{MEDIA}.paused")
    heard = HeardSegment.objects.filter(hearing__transcript=interview)[1]
    assert page.evaluate(f"{MEDIA}.currentTime") * 1000 >= heard.doubts[0][0] - 320
    assert page.evaluate(SHADED) == ["We", "the", "scales,", "the", "flood.", "posts"]
    look_at(page, "doubts")
    page.keyboard.press("Control+Enter")
    left = page.get_by_role("group", name="Words that may be wrong").get_by_role("status")
    expect(left).to_have_text("4 of 6 left")
    page.wait_for_function(f"() => ({SELECTED})() === 'the'")
    page.keyboard.press("Control+.")
    page.wait_for_function(f"() => ({SELECTED})() === 'flood.'")
    page.keyboard.type("blood.")
    expect(left).to_have_text("3 of 6 left")
    page.keyboard.press("Control+z")
    expect(left).to_have_text("4 of 6 left")
    page.reload()
    expect(page.get_by_text("4 words may be wrong.")).to_be_visible()
