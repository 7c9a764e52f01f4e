"""Who speaks: names here and everywhere, number keys, merging, by pointer and by keyboard alone."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import SignIn
from tests.browser.editor.writing import saved
from tests.browser.look import look_at
from tests.browser.spoken import NAMES
from tests.browser.transcript.playback import Open
from transcripts.models import Membership, Speaker, Transcript, User

AMARA, INTERVIEWER, KOFI = NAMES


def opened(reading: Open, interview: Transcript) -> Page:
    page = reading(interview)
    expect(page.locator("vox-editor[data-writing]")).to_be_visible()
    return page


def names(page: Page, name: str) -> Locator:
    return page.locator(".seg .name", has_text=name)


def menu_field(page: Page) -> Locator:
    return page.get_by_role("combobox", name="Who speaks here?")


def caret_into(page: Page, number: int, offset: int = 0) -> None:
    """As a person who walks there by keys: the caret into segment ``number``."""
    page.evaluate(
        """([number, offset]) => {
          const editor = document.querySelector("vox-editor");
          const { id } = [...document.querySelectorAll("vox-editor .seg")][number];
          editor.select(editor.posOf(id.slice(2)) + 1 + offset);
          editor.view.focus();
        }""",
        [number, offset],
    )


def speakers_of(page: Page) -> list[str]:
    """Who speaks in each segment, as the document has it."""
    found: list[str] = page.evaluate(
        """() => {
          const { doc } = document.querySelector("vox-editor").view.state;
          const shown = new Map([["", "nobody"]]);
          doc.firstChild.forEach(({ attrs }, _offset, index) =>
            shown.set(attrs.id, attrs.name || `Speaker ${index + 1}`));
          const speakers = [];
          doc.descendants(({ type, attrs }) => {
            if (type.name === "segment") speakers.push(shown.get(attrs.speaker));
          });
          return speakers;
        }"""
    )
    return found


def test_it_works(reading: Open, interview: Transcript) -> None:
    """Everywhere with Enter; the row of the database follows."""
    page = opened(reading, interview)
    names(page, AMARA).first.click()
    field = menu_field(page)
    expect(field).to_have_value(AMARA)
    field.fill("Amara O.")
    field.press("Enter")
    expect(names(page, "Amara O.")).to_have_count(4)
    expect(names(page, AMARA)).to_have_count(0)
    expect(page.get_by_label("Name of Amara O.")).to_have_value("Amara O.")
    expect(field).to_be_hidden()
    assert page.evaluate("document.querySelector('vox-editor').view.hasFocus()")
    saved(page)
    assert Speaker.objects.filter(transcript=interview, name="Amara O.").count() == 1
    page.keyboard.press("Control+z")
    expect(names(page, AMARA)).to_have_count(4)


def test_only_here(reading: Open, interview: Transcript) -> None:
    page = opened(reading, interview)
    names(page, AMARA).nth(1).click()
    menu_field(page).fill("Efua Mensah")
    page.get_by_role("button", name="Only here").click()
    assert speakers_of(page)[2:6] == [INTERVIEWER, "Efua Mensah", "Efua Mensah", INTERVIEWER]
    expect(names(page, AMARA)).to_have_count(3)
    expect(page.get_by_label("Name of Efua Mensah")).to_be_visible()
    page.keyboard.press("Control+z")
    expect(names(page, AMARA)).to_have_count(4)
    expect(page.get_by_label("Name of Efua Mensah")).to_have_count(0)


def test_by_keyboard_alone(reading: Open, interview: Transcript) -> None:
    page = opened(reading, interview)
    caret_into(page, 7)
    page.keyboard.press("Alt+n")
    field = menu_field(page)
    expect(field).to_be_focused()
    page.keyboard.type("inter")
    expect(page.get_by_role("listbox", name="Names").get_by_role("option")).to_have_count(1)
    page.keyboard.press("ArrowDown")
    expect(field).to_have_value(INTERVIEWER)
    page.keyboard.press("Shift+Enter")
    expect(names(page, KOFI)).to_have_count(0)
    assert speakers_of(page)[7] == INTERVIEWER
    page.keyboard.press("Alt+n")
    page.keyboard.press("Escape")
    expect(field).to_be_hidden()
    page.keyboard.press("Control+3")
    assert speakers_of(page)[7] == KOFI
    page.keyboard.press("Control+0")
    assert speakers_of(page)[7] == "nobody"
    page.keyboard.press("Control+4")
    assert speakers_of(page)[7] == "Speaker 4"
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    assert speakers_of(page)[7] == KOFI
    caret_into(page, 0)
    page.keyboard.press("Control+2")
    assert speakers_of(page)[:3] == [INTERVIEWER] * 3
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+Shift+@")
    assert speakers_of(page)[:2] == [INTERVIEWER, AMARA]
    page.keyboard.press("Control+z")
    for _line in range(3):
        page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("Control+Shift+#")
    assert speakers_of(page)[:2] == [KOFI, KOFI]


def test_split_to_the_other(reading: Open, interview: Transcript) -> None:
    page = opened(reading, interview)
    caret_into(page, 3, len("Long before."))
    page.keyboard.press("Control+Shift+Enter")
    assert speakers_of(page)[3:5] == [AMARA, INTERVIEWER]
    expect(page.locator(".seg p").nth(3)).to_have_text("Long before.")
    page.keyboard.press("Control+z")
    assert len(speakers_of(page)) == 9


def test_merge_and_undo(reading: Open, interview: Transcript) -> None:
    page = opened(reading, interview)
    page.get_by_label(f"More about {KOFI}").click()
    menu = page.get_by_role("dialog", name=f"About {KOFI}")
    menu.get_by_role("button", name=INTERVIEWER).click()
    expect(page.get_by_text(f"{KOFI} is {INTERVIEWER} now, in 1 passage.")).to_be_visible()
    expect(names(page, KOFI)).to_have_count(0)
    assert speakers_of(page)[7] == INTERVIEWER
    page.get_by_role("button", name="Undo", exact=True).last.click()
    expect(names(page, KOFI)).to_have_count(1)
    expect(page.locator("vox-speakers .sp")).to_have_count(3)
    page.get_by_label(f"Colour of {KOFI}").drag_to(page.get_by_label(f"Name of {AMARA}"))
    expect(page.locator("vox-speakers .sp")).to_have_count(2)
    assert speakers_of(page)[6:] == [AMARA] * 3


def test_colours_and_voices_without_words(reading: Open, interview: Transcript) -> None:
    page = opened(reading, interview)
    page.get_by_label(f"More about {INTERVIEWER}").click()
    page.get_by_label("Colour 7").check()
    expect(page.locator(".seg.hue-7")).to_have_count(2)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Add a speaker").click()
    added = page.get_by_label("Name of Speaker 4")
    expect(added).to_be_focused()
    added.fill("Mary")
    added.press("Enter")
    expect(page.get_by_text("Does not speak")).to_be_visible()
    page.get_by_label("More about Mary").click()
    page.get_by_role("button", name="Remove").last.click()
    expect(page.get_by_label("Name of Mary")).to_have_count(0)


def test_who_may_only_read_sees_who_speaks(
    page: Page, sign_in: SignIn, interview: Transcript, viewer: User
) -> None:
    Membership.objects.create(transcript=interview, user=viewer, role=Membership.Role.VIEWER)
    sign_in(page, viewer)
    page.goto(f"/t/{interview.code}")
    row = page.locator("vox-speakers .sp[data-voice]").first
    expect(row).to_contain_text("0:00:22 · 75 %")
    expect(row.get_by_role("textbox")).to_have_count(0)
    expect(row.get_by_role("button")).to_have_count(0)
    names(page, AMARA).first.click()
    expect(menu_field(page)).to_have_count(0)


def test_it_looks_right(reading: Open, interview: Transcript, page: Page) -> None:
    other = Transcript.objects.create(title="Other", owner=interview.owner)
    Speaker.objects.create(transcript=other, label="speaker_1", name="Efua Mensah")
    opened(reading, interview)
    look_at(page, "speakers")
    names(page, AMARA).nth(1).click()
    expect(page.get_by_role("option", name="Efua Mensah")).to_be_visible()
    look_at(page, "speakers-rename")
    page.keyboard.press("Escape")
    page.get_by_label(f"More about {KOFI}").click()
    look_at(page, "speakers-menu")
    page.set_viewport_size({"width": 390, "height": 844})
    page.get_by_role("button", name="Speakers and details").click()
    page.get_by_label(f"More about {KOFI}").click()
    expect(page.get_by_role("dialog", name=f"About {KOFI}")).to_be_in_viewport(ratio=1)
