"""What sounds and what is painted on an open transcript page."""

from __future__ import annotations

from typing import Any, Protocol

from playwright.sync_api import Page

from transcripts.models import Segment, Transcript
from transcripts.timing.words import decode

SPOKEN = "CSS.highlights.get('spoken')"
MEDIA = "document.querySelector('[data-part=media]')"
CURRENT_WORD = f"""() => {{
  const range = {SPOKEN} ? [...{SPOKEN}][0] : null;
  const line = document.querySelector('.seg.now');
  const ms = {MEDIA}.currentTime * 1000;
  return {{ms, word: range ? range.toString() : '', key: line?.id.slice(2) ?? ''}};
}}"""

# Carets of others stand in the text and split it.
PLACE_OF = """([id, offset, length]) => {
  const line = document.getElementById(id).querySelector('p');
  const texts = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  let begin = 0;
  while (texts.nextNode()) {
    const text = texts.currentNode, start = offset - begin, end = start + length;
    if (text.parentElement.closest('.ProseMirror-widget')) continue;
    if (start >= 0 && start < text.length) range.setStart(text, start);
    if (end > 0 && end <= text.length) range.setEnd(text, end);
    begin += text.length;
  }
  if (range.collapsed) throw new Error(`no text at ${offset} of ${id}`);
  const {x, y, width, height} = range.getBoundingClientRect();
  return {x: x + width / 2, y: y + height / 2};
}"""


class Open(Protocol):
    def __call__(self, transcript: Transcript, fragment: str = "") -> Page: ...


def now(page: Page) -> dict[str, Any]:
    return dict(page.evaluate(CURRENT_WORD))


def wait_for_word(page: Page) -> None:
    page.wait_for_function(f"() => {SPOKEN}?.size === 1")


def click_word(page: Page, line: str, offset: int, length: int) -> None:
    """Click into the middle of a piece of the text of the line with the id ``line``."""
    box = page.evaluate(PLACE_OF, [line, offset, length])
    page.mouse.click(box["x"], box["y"])


def words_of(transcript: Transcript, key: str) -> list[tuple[int, int, str]]:
    segment = Segment.objects.get(transcript=transcript, key=key)
    return [(word.start_ms, word.end_ms, word.text) for word in decode(segment.words, segment.start_ms)]
