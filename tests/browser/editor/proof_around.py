"""What a proof-reader does beside correcting, by keys: sound, marks, help, versions, the export."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.editor.proof_read import ProofRead
from tests.browser.editor.proof_reader import Hands, KeysFailed

VERSION = "First reading"


def read_and_export(work: ProofRead, title: str) -> bytes:
    """The whole proof-read of the transcript ``title``, from the library to the file of subtitles."""
    work.open_from_library(title)
    listen(work.hands)
    work.name_everybody()
    work.replace_name()
    work.walk_through_doubts()
    work.read()
    work.hear_the_rest()
    change_my_mind(work.hands)
    mark(work.hands)
    look_up_a_key(work.hands)
    name_version(work.hands)
    spoil_and_restore(work.hands)
    return export_srt(work.hands)


def listen(hands: Hands) -> None:
    """Play, step back, other speeds, a passage again and again, pause; the caret stays in the text."""
    hands.press("Control+Home", "Tab")
    hands.wait(lambda here: here.is_playing and here.ms > 500, "playing")
    hands.press("F4")
    hands.wait(lambda here: here.speed > 1, "playing faster")
    hands.press("F3", "F3")
    hands.wait(lambda here: here.speed < 1, "playing slower")
    hands.press("F4", "F4", "F4", "F4")
    before = hands.wait(lambda here: here.ms > 1_500, "playing on")
    hands.press("Shift+Tab")
    hands.wait(lambda here: here.ms < before.ms - 1_000, "stepping back")
    hands.press("Alt+r")
    hands.wait(lambda here: here.is_looped, "repeating")
    late = hands.wait(lambda here: here.ms > 2_000, "playing on")
    hands.wait(lambda here: here.ms < late.ms - 1_000, "going back to the start of the passage")
    hands.picture("04-looped")
    back = hands.page.get_by_role("button", name="Back to the spoken word")
    hands.press("ArrowDown")
    expect(back).to_be_visible()
    hands.press("Alt+b")
    expect(back).to_be_hidden()
    hands.press("Control+Home")
    hands.press("Alt+r", "F3", "F3", "F3", "Tab")
    hands.wait(lambda here: not (here.is_looped or here.is_playing), "letting go and pausing")
    if not (here := hands.here()).is_writing or here.speed != 1:
        raise KeysFailed(f"not in the text at plain speed after listening: {here}")


def change_my_mind(hands: Hands) -> None:
    """Undo, redo, undo."""
    before = hands.passages()
    hands.press("Control+Home")
    hands.write("Well, ")
    changed = hands.passages()
    hands.press("Control+z")
    if hands.passages() != before:
        raise KeysFailed("undo did not bring the text back")
    hands.press("Control+Shift+z")
    if hands.passages() != changed:
        raise KeysFailed("redo did not bring the change back")
    hands.press("Control+z")
    if hands.passages() != before:
        raise KeysFailed("the second undo did not bring the text back")


def mark(hands: Hands) -> None:
    """A mark, without leaving the text."""
    hands.press("Alt+m")
    expect(hands.page.locator(".mark")).to_have_count(1)
    hands.wait(lambda here: here.is_writing, "staying in the text")
    hands.picture("04-marked")


def look_up_a_key(hands: Hands) -> None:
    """Out of the text, the sheet, and back; the sound is as it was."""
    before = hands.here()
    hands.press("Escape", "Tab")
    hands.wait(
        lambda here: not here.is_writing and here.is_playing == before.is_playing,
        "leaving the text and the sound as it is",
    )
    left_to = hands.focused
    hands.press("?")
    hands.wait_for_focus("Find a key")
    hands.write("repeat")
    hands.picture("04-keys")
    hands.press("Escape")
    hands.wait_for_focus(f"^{re.escape(left_to)}$")
    hands.tab_to("^Text of the transcript$", "Shift+Tab")
    hands.press("Control+/")
    hands.wait_for_focus("Find a key")
    hands.press("Escape")
    hands.wait(lambda here: here.is_writing, "coming back from the keys")


def name_version(hands: Hands) -> None:
    hands.press("Control+s")
    hands.wait_for_focus("^Name$")
    hands.write(VERSION)
    hands.press("Enter")
    expect(hands.page.get_by_text(f"Saved as “{VERSION}”.")).to_be_visible()
    hands.wait(lambda here: here.is_writing, "coming back from naming a version")


def spoil_and_restore(hands: Hands) -> None:
    """Delete some words, compare with the version that has a name, and restore the passage from it."""
    hands.press("Control+Home")
    hands.press("Control+Shift+ArrowRight", times=4)
    hands.press("Delete")
    expect(hands.page.locator("vox-sync")).to_contain_text("Saved")
    hands.press("Control+Alt+h")
    hands.wait_for_focus("^History$")
    expect(hands.page.locator(".change").first).to_be_visible()
    hands.picture("09-history")
    hands.tab_to(f"^Compare {VERSION} with now$")
    hands.press("Enter")
    expect(hands.page.locator(".cmp")).to_have_count(1)
    hands.press("j")
    hands.picture("10-compare")
    hands.tab_to("^Restore this side of")
    hands.press("Enter")
    expect(hands.page.get_by_text("The passage was restored.")).to_be_visible()
    hands.wait_for_focus("^Every passage is the same in both versions")
    hands.picture("11-restored")
    hands.tab_to("^Back to the transcript$", "Shift+Tab")
    hands.press("Enter")
    hands.page.wait_for_function("() => document.querySelector('vox-editor')?.view")


def export_srt(hands: Hands) -> bytes:
    hands.tab_to("^Export$")
    hands.press("Enter", "ArrowDown")
    hands.wait_for_focus("^Subtitles SRT$")
    hands.picture("12-export")
    with hands.page.expect_download() as begun:
        hands.press("Enter")
    return Path(begun.value.path()).read_bytes()
