"""The editor as a person sees and uses it."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.transcript.playback import Open, click_word
from transcripts.models import Transcript

EDITOR = "document.querySelector('vox-editor')"


def opened(reading: Open, transcript: Transcript) -> Page:
    """The page of an editor, ready to be written in."""
    page = reading(transcript)
    wait_for_text(page)
    return page


def wait_for_text(page: Page) -> None:
    expect(page.locator("vox-editor .writing")).to_be_visible()


def caret(page: Page, line: int, word: str, *, behind: bool = False) -> None:
    """Put the caret before (or behind) the first ``word`` of a line, by mouse and keys as people do."""
    text = lines(page)[line]
    key = page.locator(".lines .seg").nth(line).get_attribute("id")
    assert key is not None
    offset = text.index(word)
    click_word(page, key, offset, 1)
    page.evaluate(
        f"""([id, offset]) => {{
          const editor = {EDITOR};
          editor.select(editor.posOf(id) + 1 + offset);
          editor.view.focus();
        }}""",
        [key[2:], offset + (len(word) if behind else 0)],
    )


def lines(page: Page) -> list[str]:
    """The text of every segment on the page."""
    return [text.strip() for text in page.locator(".lines .seg > p").all_inner_texts()]


def saved(page: Page) -> None:
    """Return when the server has everything that was typed; the line may only just be opening."""
    assert page.evaluate(
        f"""async () => {{
          for (let tries = 0; tries < 50; tries += 1) {{
            if (await {EDITOR}.editing.flush()) return true;
            await new Promise((done) => setTimeout(done, 200));
          }}
          return false;
        }}"""
    )


def stored(transcript: Transcript) -> list[str]:
    """The text of every segment in the database, in order."""
    return list(transcript.segments.values_list("text", flat=True))
