"""What an interrupted take left behind is sent, offered, and goes on as one transcript."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.browser.conftest import SignIn, grave_findings
from tests.browser.line import Line
from tests.browser.record.conftest import HearsYou
from tests.browser.record.test_take import BYTES_PER_MS, seconds_on_clock, start, stop, wait_for_clock
from transcripts.actions.live.takes import start_take
from transcripts.models import Take, Transcript, User


def leave(page: Page, path: str) -> None:
    """Go away as a crash does: nobody is asked."""
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(path)


def offer(page: Page, title: str) -> None:
    card = page.get_by_role("region", name="Unfinished recordings")
    expect(card).to_contain_text(title)
    expect(card).to_contain_text(re.compile("was interrupted at"))


def test_it_works(recorder: HearsYou) -> None:
    """A reload in the middle: the rest is sent, the take goes on, one transcript comes of it."""
    page = recorder()
    page.get_by_label("Title").fill("Lecture 7, tides")
    page.locator("#main").focus()
    start(page)
    wait_for_clock(page, 2)
    leave(page, "/")
    offer(page, "Lecture 7, tides")
    expect(page.get_by_text("Everything is saved")).to_be_visible()
    assert grave_findings(page) == []
    page.get_by_role("link", name="Continue recording: Lecture 7, tides").click()
    expect(page.locator("[data-part=badge]")).to_have_text("Recording")
    expect(page).to_have_url(re.compile("/record$"))
    wait_for_clock(page, 4)
    recorded_seconds = seconds_on_clock(page)
    transcript = stop(page)
    assert Transcript.objects.get() == transcript
    assert transcript.take.total_bytes >= recorded_seconds * 1000 * BYTES_PER_MS


def test_what_was_not_sent_is_sent_first(recorder: HearsYou) -> None:
    page = recorder()
    line = Line(page)
    start(page)
    wait_for_clock(page, 1)
    line.cut()
    wait_for_clock(page, 4)
    recorded_seconds = seconds_on_clock(page)
    line.mend()
    leave(page, "/")
    offer(page, "Recording of")
    expect(page.get_by_text("Everything is saved")).to_be_visible()
    page.get_by_role("button", name=re.compile("Finish:")).click()
    page.get_by_role("link", name="Open the transcript").click()
    expect(page).to_have_url(re.compile("/t/"))
    take = Take.objects.get()
    assert not take.is_open
    assert take.total_bytes >= (recorded_seconds - 1) * 1000 * BYTES_PER_MS


def test_without_the_server_the_rest_stays_and_is_told(recorder: HearsYou) -> None:
    page = recorder()
    line = Line(page)
    start(page)
    wait_for_clock(page, 1)
    line.cut()
    wait_for_clock(page, 4)
    leave(page, "/")
    expect(page.get_by_text(re.compile(r"last \d+ seconds are kept in this browser"))).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("Finish:"))).to_be_hidden()
    expect(page.get_by_role("link", name=re.compile("Continue recording"))).to_be_visible()


@pytest.fixture
def elsewhere(owner: User) -> Take:
    """A take of the owner that another browser began and has not been heard of for an hour."""
    take = start_take(owner, "another-browser-1", "Town hall", "microphone", {})
    Take.objects.update(seen_at=timezone.now() - timedelta(hours=1))
    return take


def test_a_take_of_another_browser_can_be_finished(
    page: Page, sign_in: SignIn, owner: User, elsewhere: Take
) -> None:
    sign_in(page, owner)
    page.goto("/")
    card = page.get_by_role("region", name="Unfinished recordings")
    expect(card).to_contain_text("Town hall was begun in another browser")
    expect(card.get_by_role("link", name=re.compile("Continue"))).to_be_hidden()
    card.get_by_role("button", name="Finish: Town hall").click()
    expect(card).to_contain_text("is finished")
    assert not Take.objects.get().is_open


def test_somebody_else_s_takes_stay_out_of_it(
    page: Page, sign_in: SignIn, stranger: User, elsewhere: Take
) -> None:
    sign_in(page, stranger)
    page.goto("/")
    page.wait_for_timeout(2500)
    expect(page.get_by_role("region", name="Unfinished recordings")).to_be_hidden()


def test_later_is_not_asked_again_in_this_tab(
    page: Page, sign_in: SignIn, owner: User, elsewhere: Take
) -> None:
    sign_in(page, owner)
    page.goto("/")
    page.get_by_role("button", name="Later: Town hall").click()
    page.reload()
    page.wait_for_timeout(2500)
    expect(page.get_by_role("region", name="Unfinished recordings")).to_be_hidden()
