"""Copy, cut, paste and drag: structure, speakers and times go along."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.editor.writing import EDITOR, caret, lines, opened, saved, stored
from tests.browser.spoken import DIALOGUE
from tests.browser.transcript.playback import Open
from transcripts.models import Transcript

SAID = [text for _who, text in DIALOGUE]
SELECT = f"""([first, last]) => {{
  const editor = {EDITOR};
  const ids = [...document.querySelectorAll('.lines .seg')].map(line => line.id.slice(2));
  const end = editor.posOf(ids[last]);
  editor.select(editor.posOf(ids[first]) + 1, end + editor.doc.nodeAt(end).nodeSize - 1);
  editor.view.focus();
}}"""
CLIPBOARD = f"""type => {{
  const data = new DataTransfer();
  {EDITOR}.view.dom.dispatchEvent(
    new ClipboardEvent('copy', {{clipboardData: data, bubbles: true, cancelable: true}}));
  return data.getData(type);
}}"""
PASTE = f"""([type, text]) => {{
  const data = new DataTransfer();
  data.setData(type, text);
  {EDITOR}.view.dom.dispatchEvent(
    new ClipboardEvent('paste', {{clipboardData: data, bubbles: true, cancelable: true}}));
}}"""


def copied(page: Page, first: int, last: int) -> tuple[str, str]:
    page.evaluate(SELECT, [first, last])
    return page.evaluate(CLIPBOARD, "text/plain"), page.evaluate(CLIPBOARD, "text/html")


def test_it_works(reading: Open, interview: Transcript) -> None:
    """Lines pasted in their own transcript keep their speakers and times, and get ids of their own."""
    page = opened(reading, interview)
    text, html = copied(page, 2, 3)
    assert text == f"Interviewer: {SAID[2]}\n\nAmara Okafor: {SAID[3]}"
    caret(page, 8, "too.", behind=True)
    page.evaluate(PASTE, ["text/html", html])
    saved(page)
    rows = list(interview.segments.all())
    assert [row.text for row in rows] == [*SAID, SAID[2], SAID[3]]
    assert [row.speaker_id for row in rows[-2:]] == [rows[2].speaker_id, rows[3].speaker_id]
    assert [row.start_ms for row in rows[-2:]] == [rows[2].start_ms, rows[3].start_ms]
    assert len({row.key for row in rows}) == len(rows)
    page.keyboard.press("Control+z")
    expect(page.locator(".lines .seg")).to_have_count(len(SAID))


def test_cut_and_paste_inside_a_line(reading: Open, interview: Transcript) -> None:
    page = opened(reading, interview)
    caret(page, 0, "every")
    for _ in "every ":
        page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Control+x")
    assert lines(page)[0] == SAID[0].replace("every ", "")
    page.keyboard.press("Control+v")
    assert lines(page)[0] == SAID[0]


def test_a_cut_takes_all_that_is_seen_selected(reading: Open, interview: Transcript) -> None:
    """Fast fingers cut before the browser has told of the selection: its event is a task of its own."""
    page = opened(reading, interview)
    caret(page, 0, "every")
    taken = page.evaluate(
        """length => {
          for (let at = 0; at < length; at += 1) getSelection().modify('extend', 'forward', 'character');
          const data = new DataTransfer();
          document.activeElement.dispatchEvent(
            new ClipboardEvent('cut', {clipboardData: data, bubbles: true, cancelable: true}));
          return data.getData('text/plain');
        }""",
        len("every "),
    )
    assert taken == "every "
    assert lines(page)[0] == SAID[0].replace("every ", "")


def test_foreign_text_is_cleaned(reading: Open, interview: Transcript) -> None:
    page = opened(reading, interview)
    caret(page, 8, "That")
    page.evaluate(PASTE, ["text/plain", "one\tand\x07 a half\r\n\r\n  two\u2028three "])
    saved(page)
    assert stored(interview)[8:] == ["one and  a half", "two", "three", "That too."]


def test_html_of_other_programs_comes_as_its_text(reading: Open, interview: Transcript) -> None:
    page = opened(reading, interview)
    caret(page, 8, "That")
    html = "<style>p{}</style><p style='color: red'>One <b>bold</b></p><script>alert(1)</script><p>two</p>"
    page.evaluate(PASTE, ["text/html", html])
    assert lines(page)[8:] == ["One bold", "two", "That too."]


def test_a_megabyte_is_taken(reading: Open, interview: Transcript) -> None:
    page = opened(reading, interview)
    caret(page, 8, "too.", behind=True)
    text = "\n".join(
        f"Line {number} of a very long text that somebody has at hand." for number in range(18_000)
    )
    page.evaluate(PASTE, ["text/plain", text])
    expect(page.locator(".lines .seg")).to_have_count(len(SAID) + 18_000, timeout=30_000)
    page.keyboard.type(" The end.")
    assert re.search("at hand. The end.$", lines_end(page))
    saved(page)
    assert interview.segments.count() == len(SAID) + 18_000


def lines_end(page: Page) -> str:
    return str(page.evaluate(f"{EDITOR}.doc.lastChild.lastChild.textContent"))


def test_a_selection_is_dragged_to_another_place(reading: Open, interview: Transcript) -> None:
    page = opened(reading, interview)
    page.evaluate(SELECT, [4, 4])
    source = page.locator(".lines .seg p").nth(4).bounding_box()
    target = page.locator(".lines .seg p").nth(8).bounding_box()
    assert source is not None
    assert target is not None
    page.mouse.move(source["x"] + 60, source["y"] + 14)
    page.mouse.down()
    page.mouse.move(target["x"] + 30, target["y"] + 14, steps=6)
    page.mouse.move(target["x"] + target["width"] - 40, target["y"] + 14, steps=3)
    page.mouse.up()
    page.wait_for_function(
        f"() => {EDITOR}.doc.textContent.indexOf('low tide') > {EDITOR}.doc.textContent.indexOf('That too')"
    )
    assert "".join(lines(page)).count(SAID[4]) == 1
