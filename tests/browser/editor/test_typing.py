"""Writing in a transcript: typing, splitting, joining, undo, and what becomes of the words' moments."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.conftest import SignIn
from tests.browser.editor.writing import EDITOR, caret, lines, opened, saved, stored, wait_for_text
from tests.browser.look import look_at
from tests.browser.spoken import DIALOGUE
from tests.browser.transcript.playback import MEDIA, Open, click_word, now, wait_for_word
from transcripts.models import Membership, Segment, Transcript, User

SAID = [text for _who, text in DIALOGUE]


def test_it_works(reading: Open, interview: Transcript) -> None:
    page = opened(reading, interview)
    caret(page, 0, "harbour")
    page.keyboard.type("old ")
    expect(page.locator(".lines p").first).to_have_text(SAID[0].replace("harbour", "old harbour"))
    saved(page)
    assert stored(interview)[0] == SAID[0].replace("harbour", "old harbour")
    assert stored(interview)[1:] == SAID[1:]
    look_at(page, "editor")
    page.reload()
    wait_for_text(page)
    assert lines(page)[0] == SAID[0].replace("harbour", "old harbour")


def test_the_word_for_saving_does_not_flicker_with_every_key(reading: Open, interview: Transcript) -> None:
    page = opened(reading, interview)
    caret(page, 0, "harbour")
    page.evaluate(
        """() => {
          const sync = document.querySelector('vox-sync');
          window.states = [];
          new MutationObserver(() => window.states.push(sync.dataset.state)).observe(sync, {attributes: true,
            attributeFilter: ['data-state']});
        }"""
    )
    page.keyboard.type("old and weather-beaten ", delay=100)
    expect(page.locator("vox-sync")).to_have_attribute("data-state", "saved")
    states = page.evaluate("window.states")
    assert states[:2] == ["saving", "saved"]
    assert len(states) < 8


def test_enter_splits_and_backspace_joins(reading: Open, interview: Transcript) -> None:
    page = opened(reading, interview)
    words = Segment.objects.get(transcript=interview, text=SAID[1])
    caret(page, 1, "I carried")
    page.keyboard.press("Enter")
    expect(page.locator(".lines .seg")).to_have_count(len(SAID) + 1)
    assert lines(page)[1:3] == ["My grandmother carried the scales,", SAID[1].split("scales, ")[1]]
    saved(page)
    first, second = interview.segments.all()[1:3]
    assert (first.key, first.start_ms, second.end_ms) == (words.key, words.start_ms, words.end_ms)
    assert words.start_ms < first.end_ms <= second.start_ms < words.end_ms
    page.keyboard.press("Backspace")
    expect(page.locator(".lines .seg")).to_have_count(len(SAID))
    assert lines(page) == SAID
    saved(page)
    joined = interview.segments.all()[1]
    assert (joined.key, joined.start_ms, joined.end_ms) == (words.key, words.start_ms, words.end_ms)


def test_a_key_acts_where_the_caret_is_seen(reading: Open, interview: Transcript) -> None:
    """Also when it comes before the browser has told that the caret moved: its event is a task of its own."""
    page = opened(reading, interview)
    caret(page, 1, "carried")
    page.evaluate(
        """() => {
          getSelection().modify('move', 'forward', 'word');
          document.activeElement.dispatchEvent(
            new KeyboardEvent('keydown', {key: 'Enter', keyCode: 13, bubbles: true, cancelable: true}));
        }"""
    )
    assert lines(page)[1].endswith(" carried")


def test_delete_joins_with_the_next_and_takes_its_end(reading: Open, interview: Transcript) -> None:
    page = opened(reading, interview)
    end_ms = interview.segments.all()[1].end_ms
    caret(page, 0, "in.", behind=True)
    page.keyboard.press("Delete")
    expect(page.locator(".lines .seg")).to_have_count(len(SAID) - 1)
    assert lines(page)[0] == f"{SAID[0]} {SAID[1]}"
    saved(page)
    assert interview.segments.all()[0].end_ms == end_ms


def test_undo_goes_back_step_by_step_also_after_a_reload(reading: Open, interview: Transcript) -> None:
    page = opened(reading, interview)
    caret(page, 0, "harbour")
    page.keyboard.type("old ")
    page.keyboard.press("Enter")
    assert lines(page)[1] == "harbour every morning before the boats came in."
    saved(page)
    page.reload()
    wait_for_text(page)
    caret(page, 3, "And")
    page.keyboard.press("Control+z")
    expect(page.locator(".lines .seg")).to_have_count(len(SAID))
    page.keyboard.press("Control+z")
    assert lines(page) == SAID
    page.keyboard.press("Control+y")
    page.keyboard.press("Control+Shift+z")
    expect(page.locator(".lines .seg")).to_have_count(len(SAID) + 1)
    saved(page)
    assert stored(interview) == lines(page)


def test_a_selection_across_lines_is_typed_over(reading: Open, interview: Transcript) -> None:
    page = opened(reading, interview)
    caret(page, 0, "every")
    end = SAID[1].index("said a word.")
    page.evaluate(
        f"""(offset) => {{
          const editor = {EDITOR}, {{ selection }} = editor.view.state;
          const second = editor.posOf(editor.lines.beside(0, 1).key);
          editor.select(selection.head, second + 1 + offset);
        }}""",
        end,
    )
    page.keyboard.type("X")
    assert lines(page) == [SAID[0].split("every")[0] + "Xsaid a word.", *SAID[2:]]
    page.keyboard.press("Control+z")
    assert lines(page) == SAID


def test_select_all_takes_the_text_and_keeps_the_cast(reading: Open, interview: Transcript) -> None:
    page = opened(reading, interview)
    caret(page, 0, "harbour")
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    expect(page.locator(".lines .seg")).to_have_count(1)
    page.keyboard.type("All new.")
    saved(page)
    assert stored(interview) == ["All new."]
    assert interview.speakers.count() == 3


def test_a_click_seeks_and_does_not_start_the_sound(reading: Open, interview: Transcript) -> None:
    page = opened(reading, interview)
    segment = interview.segments.all()[3]
    click_word(page, f"s-{segment.key}", segment.text.index("bridge"), len("bridge"))
    wait_for_word(page)
    found = now(page)
    assert (found["key"], found["word"]) == (segment.key, "bridge")
    assert page.evaluate(f"{MEDIA}.paused")
    page.keyboard.type("big ")
    assert "big " in lines(page)[3]


def test_the_spoken_word_is_right_after_an_edit(reading: Open, interview: Transcript) -> None:
    page = opened(reading, interview)
    segment = interview.segments.all()[3]
    click_word(page, f"s-{segment.key}", segment.text.index("flood"), len("flood"))
    wait_for_word(page)
    caret(page, 3, "Long")
    at = now(page)["ms"]
    page.keyboard.type("So, as I said, ")
    page.evaluate(f"ms => {EDITOR}.page.player.seek(ms)", at)
    wait_for_word(page)
    caret(page, 3, "bridge")
    page.keyboard.press("Enter")
    flood = lines(page)[4].index("flood")
    key = page.locator(".lines .seg").nth(4).get_attribute("id")
    assert key is not None
    click_word(page, key, flood, len("flood"))
    page.wait_for_function("() => [...CSS.highlights.get('spoken') ?? []][0]?.toString().startsWith('flood')")
    later = now(page)["ms"]
    assert segment.start_ms < later < segment.end_ms


def test_a_viewer_reads_what_others_type_and_cannot_type(
    page: Page, reading: Open, interview: Transcript, viewer: User, sign_in: SignIn
) -> None:
    Membership.objects.create(transcript=interview, user=viewer, role=Membership.Role.VIEWER)
    writer = opened(reading, interview)
    browser = page.context.browser
    assert browser is not None
    context = browser.new_context(base_url=page.url.split("/t/")[0])
    reader = context.new_page()
    sign_in(reader, viewer)
    reader.goto(f"/t/{interview.code}")
    wait_for_text(reader)
    caret(writer, 0, "harbour")
    writer.keyboard.type("old ")
    expect(reader.locator(".lines p").first).to_contain_text("old harbour")
    expect(reader.locator(".writing")).to_have_attribute("contenteditable", "false")
    reader.locator(".lines p").nth(1).click()
    reader.keyboard.type("nothing")
    assert lines(reader)[1:] == SAID[1:]
    context.close()


def test_two_pages_write_in_the_same_line(reading: Open, interview: Transcript, page: Page) -> None:
    opened(reading, interview)
    other = page.context.new_page()
    other.goto(page.url)
    wait_for_text(other)
    caret(page, 0, "harbour")
    caret(other, 0, "boats")
    page.keyboard.type("old ")
    other.keyboard.type("first ")
    both = SAID[0].replace("harbour", "old harbour").replace("boats", "first boats")
    for one in (page, other):
        expect(one.locator(".lines p").first).to_have_text(both)


def test_the_caret_is_where_it_was(reading: Open, interview: Transcript) -> None:
    page = opened(reading, interview)
    caret(page, 4, "posts")
    page.keyboard.type("wooden ")
    saved(page)
    page.reload()
    wait_for_text(page)
    page.evaluate(f"{EDITOR}.view.focus()")
    page.keyboard.type("grey ")
    assert "wooden grey posts" in lines(page)[4]


def test_escape_and_tab_leave_the_text(reading: Open, interview: Transcript) -> None:
    page = opened(reading, interview)
    caret(page, 0, "harbour")
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    assert page.evaluate("!document.activeElement.closest('.writing')")


def test_nothing_was_said_and_somebody_writes(reading: Open, interview: Transcript) -> None:
    page = opened(reading, interview)
    caret(page, 0, "harbour")
    page.evaluate(
        f"""() => {{
          const {{ view }} = {EDITOR};
          const {{ doc, tr }} = view.state;
          view.dispatch(tr.delete(doc.firstChild.nodeSize, doc.content.size));
        }}"""
    )
    expect(page.locator("vox-editor[data-empty]")).to_be_visible()
    look_at(page, "editor-empty")
    page.locator(".writing").click()
    page.keyboard.type("First words.")
    saved(page)
    assert stored(interview) == ["First words."]


def test_what_people_changed_is_shown_on_wish(reading: Open, interview: Transcript) -> None:
    page = opened(reading, interview)
    caret(page, 3, "bridge")
    page.keyboard.type("old ")
    saved(page)
    page.reload()
    wait_for_text(page)
    shown = page.locator("[data-shows-changed] .seg.changed")
    expect(shown).to_have_count(0)
    page.get_by_label("More", exact=True).click()
    page.get_by_role("button", name="Show what people changed").click()
    expect(shown).to_have_count(1)
    expect(shown).to_contain_text("The old bridge")
    look_at(page, "editor-changed")
