"""Two people in one transcript: what one types the other sees, and what breaks loses nothing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import WAIT_MS, Server, SignIn
from tests.browser.editor.writing import EDITOR, caret, lines, opened, saved, stored, wait_for_text
from tests.browser.look import look_at
from tests.browser.spoken import DIALOGUE
from tests.browser.transcript.playback import Open
from transcripts.models import Membership, Transcript, User

SAID = [text for _who, text in DIALOGUE]


@pytest.fixture
def elsewhere(browser: Browser, server: Server) -> Iterator[BrowserContext]:
    """The browser of somebody else."""
    made = browser.new_context(base_url=server.url, viewport={"width": 1280, "height": 800})
    made.set_default_timeout(WAIT_MS)
    yield made
    made.close()


@pytest.fixture
def editor_page(elsewhere: BrowserContext, sign_in: SignIn, interview: Transcript) -> Page:
    """Somebody with whom the interview is shared has it open."""
    person = User.objects.create_user("bo@example.org", name="Bo Lind")
    Membership.objects.create(transcript=interview, user=person, role=Membership.Role.EDITOR)
    page = elsewhere.new_page()
    sign_in(page, person)
    page.goto(f"/t/{interview.code}")
    wait_for_text(page)
    return page


def test_it_works(reading: Open, interview: Transcript, editor_page: Page) -> None:
    page = opened(reading, interview)
    expect(page.locator("vox-people .avatar")).to_have_attribute("title", "Bo Lind is here")
    caret(editor_page, 2, "before", behind=True)
    editor_page.keyboard.type(" they say")
    expect(page.locator(".lines .seg > p").nth(2)).to_contain_text("before they say the bridge")
    expect(page.locator(".other-caret")).to_have_attribute("data-name", "Bo Lind")
    caret(page, 2, "before")
    page.keyboard.type("long ")
    expect(editor_page.locator(".lines .seg > p").nth(2)).to_contain_text("long before they say the bridge")
    saved(page)
    saved(editor_page)
    assert stored(interview)[2] == "And that was long before they say the bridge was built?"
    look_at(page, "together")
    editor_page.close()
    expect(page.locator("vox-people")).to_be_hidden()
    expect(page.locator(".other-caret")).to_have_count(0)


def test_typing_without_a_network_waits_and_arrives(
    reading: Open, interview: Transcript, editor_page: Page, elsewhere: BrowserContext
) -> None:
    page = opened(reading, interview)
    elsewhere.set_offline(True)
    caret(editor_page, 0, "harbour", behind=True)
    editor_page.keyboard.type(" wall")
    expect(editor_page.locator("vox-sync")).to_have_attribute("data-state", "offline")
    expect(editor_page.locator("vox-sync [data-part=word]")).to_contain_text("wait on this device")
    look_at(editor_page, "offline")
    caret(page, 0, "We")
    page.keyboard.type("Yes. ")
    saved(page)
    elsewhere.set_offline(False)
    expect(page.locator(".lines .seg > p").first).to_contain_text("Yes. We walked to the harbour wall every")
    expect(editor_page.locator("vox-sync")).to_have_attribute("data-state", "saved")
    assert lines(page) == lines(editor_page)


def test_a_page_that_is_closed_offline_loses_nothing(
    reading: Open, interview: Transcript, editor_page: Page, elsewhere: BrowserContext
) -> None:
    page = opened(reading, interview)
    elsewhere.set_offline(True)
    caret(editor_page, 0, "harbour", behind=True)
    editor_page.keyboard.type(" wall")
    editor_page.wait_for_function(f"() => {EDITOR}.editing.sync.pending && !{EDITOR}.editing.sync.isUnkept")
    expect(editor_page.locator("vox-sync")).to_have_attribute("data-state", "offline")
    editor_page.close()
    elsewhere.set_offline(False)
    again = elsewhere.new_page()
    again.goto(f"/t/{interview.code}")
    wait_for_text(again)
    expect(again.locator(".lines .seg > p").first).to_contain_text("harbour wall")
    expect(page.locator(".lines .seg > p").first).to_contain_text("harbour wall")
    expect(again.locator("vox-sync")).to_have_attribute("data-state", "saved")
    assert lines(page) == lines(again)


def test_undo_reaches_behind_a_reload(reading: Open, interview: Transcript) -> None:
    page = opened(reading, interview)
    caret(page, 0, "harbour", behind=True)
    page.keyboard.type(" wall")
    saved(page)
    page.reload()
    wait_for_text(page)
    caret(page, 0, "morning")
    page.keyboard.press("Control+z")
    expect(page.locator(".lines .seg > p").first).to_have_text(SAID[0])
    saved(page)
    assert stored(interview) == SAID


def test_what_the_server_refuses_stays_in_sight(
    reading: Open, interview: Transcript, editor_page: Page, elsewhere: BrowserContext
) -> None:
    """The right to edit is taken away while somebody is offline: the text is theirs to copy."""
    elsewhere.set_offline(True)
    caret(editor_page, 0, "harbour", behind=True)
    editor_page.keyboard.type(" wall")
    expect(editor_page.locator("vox-sync")).to_have_attribute("data-state", "offline")
    Membership.objects.filter(transcript=interview).update(role=Membership.Role.VIEWER)
    elsewhere.set_offline(False)
    card = editor_page.locator("vox-unsaved .rescued")
    expect(card).to_contain_text("wall")
    expect(card).to_contain_text("You may no longer change this transcript.")
    expect(editor_page.locator(".lines .seg > p").first).to_have_text(SAID[0])
    look_at(editor_page, "not-saved")
    editor_page.reload()
    wait_for_text(editor_page)
    expect(card).to_contain_text("wall")
    card.get_by_role("button", name="I do not need it").click()
    expect(card).to_have_count(0)
