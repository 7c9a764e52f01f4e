"""The caption view in front of an audience."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, WebSocketRoute, expect

from tests.browser.conftest import SignIn
from tests.browser.live.conftest import RunningTake
from tests.browser.look import look_at
from transcripts.models import Membership, Segment, Take, Transcript, User

CONNECTED = "() => document.querySelector('vox-caption-view').socket?.connected"
Open = Callable[[RunningTake], Page]


@pytest.fixture
def captions(page: Page, sign_in: SignIn, viewer: User) -> Open:
    """Return ``captions(take)``: the view of somebody who may only read, connected."""
    sign_in(page, viewer)

    def captions(take: RunningTake) -> Page:
        page.goto(f"/t/{take.transcript.code}/captions")
        page.wait_for_function(CONNECTED)
        return page

    return captions


def expect_at_the_end(page: Page, words: str) -> None:
    """They stand on the last line of the window, and the whole line is inside it, once all is laid out."""
    page.wait_for_function(
        """words => {
          const view = document.querySelector('[data-part=window]');
          const box = view.getBoundingClientRect();
          const last = document.querySelector('[data-part=lines]').lastElementChild;
          return last.getBoundingClientRect().bottom <= box.bottom + 1 && last.textContent.includes(words);
        }""",
        arg=words,
    )


def reload(page: Page) -> None:
    page.reload()
    page.wait_for_function(CONNECTED)


def test_it_works(captions: Open, take: RunningTake) -> None:
    page = captions(take)
    expect(page.locator('[data-part="badge"]')).to_have_text("Live")
    expect(page.get_by_text("Please do.")).to_be_visible()
    take.caption("The boats leave at")
    expect(page.locator(".soft")).to_have_text("The boats leave at")
    look_at(page, "captions")
    take.say("The boats leave at five in the morning.", 1)
    expect(page.locator(".soft")).to_have_count(0)
    expect_at_the_end(page, "The boats leave at five in the morning.")
    expect(page.locator(".caption-name").last).to_have_text("Jonas Weber")


def test_a_screen_reader_hears_each_phrase_once(captions: Open, take: RunningTake) -> None:
    page = captions(take)
    log = page.get_by_role("log")
    expect(log).to_be_empty()
    take.caption("The boats")
    final = take.write("The boats leave at five.", 1)
    take.tell(final, final)
    expect(log.locator("p")).to_have_text(["Jonas Weber: The boats leave at five."])


def test_text_never_moves_back_down(captions: Open, take: RunningTake) -> None:
    page = captions(take)
    words = "and the wind was so strong that nobody could stand on the pier any more " * 3
    take.caption(words)
    expect(page.locator(".soft")).to_have_text(words.strip())
    top = "() => document.querySelector('.caption-line').getBoundingClientRect().top"
    before = page.evaluate(top)
    take.caption("and the wind")
    expect(page.locator(".soft")).to_have_text("and the wind")
    assert page.evaluate(top) == before
    take.caption(words)
    expect(page.locator(".soft")).to_have_text(words.strip())
    assert page.evaluate(top) == before


def test_a_long_talk_stays_at_its_end(captions: Open, take: RunningTake) -> None:
    page = captions(take)
    for number in range(80):
        take.say(f"This is sentence number {number} of a talk without an end.", number // 9 % 2)
    expect(page.locator(".caption-line").last).to_contain_text("number 79")
    expect_at_the_end(page, "number 79")
    assert page.locator(".caption-line").count() <= 10


@pytest.mark.parametrize("look", ["light", "dark", "yellow", "contrast"])
def test_each_look_can_be_read(captions: Open, take: RunningTake, look: str) -> None:
    page = captions(take)
    page.get_by_role("button", name="Colours and lines").click()
    page.locator("select[name=look]").select_option(look)
    take.caption("Provisional words")
    expect(page.locator(".soft")).to_be_visible()
    look_at(page, f"captions-choices-{look}")
    page.keyboard.press("Escape")
    expect(page.locator("select[name=look]")).to_be_hidden()
    look_at(page, f"captions-{look}")


def test_the_reader_s_choices_are_remembered(captions: Open, take: RunningTake) -> None:
    page = captions(take)
    view = page.locator("vox-caption-view")
    page.keyboard.press("+")
    page.get_by_role("button", name="Larger text").click()
    page.get_by_role("button", name="Colours and lines").click()
    page.locator("select[name=look]").select_option("yellow")
    page.locator("select[name=lines]").select_option("2")
    page.locator("select[name=align]").select_option("center")
    page.locator("select[name=place]").select_option("middle")
    reload(page)
    for name, value in {
        "size": "6",
        "look": "yellow",
        "lines": "2",
        "align": "center",
        "place": "middle",
    }.items():
        expect(view).to_have_attribute(f"data-{name}", value)
    take.caption("Two large lines in the middle of the wall")
    expect(page.locator(".soft")).to_be_visible()
    look_at(page, "captions-large")
    page.keyboard.press("c")
    expect(view).to_have_attribute("data-look", "contrast")
    page.keyboard.press("-")
    expect(view).to_have_attribute("data-size", "5")


def test_as_many_lines_as_fit(captions: Open, take: RunningTake) -> None:
    for number in range(14):
        take.write(f"Sentence {number} says a little more about the harbour and its people.", number % 2)
    page = captions(take)
    page.evaluate("localStorage.setItem('voxweb:captions', JSON.stringify({lines: 'all', size: '3'}))")
    reload(page)
    expect(page.locator(".caption-line").last).to_contain_text("Sentence 13")
    look_at(page, "captions-all")
    expect_at_the_end(page, "Sentence 13")


def test_full_screen(captions: Open, take: RunningTake) -> None:
    page = captions(take)
    page.get_by_role("button", name="Full screen").click()
    page.wait_for_function("() => document.fullscreenElement !== null")
    page.keyboard.press("f")
    page.wait_for_function("() => document.fullscreenElement === null")


def test_every_state_has_its_sentence(captions: Open, take: RunningTake) -> None:
    Segment.objects.all().delete()
    page = captions(take)
    word = page.locator('[data-part="word"]')
    expect(word).to_have_text("Captions appear here as soon as somebody speaks.")
    look_at(page, "captions-before")
    take.say("Now somebody speaks.")
    expect(word).to_have_text("")
    take.tell({"type": "paused", "paused": True})
    expect(word).to_have_text("The recording is paused.")
    expect(page.locator('[data-part="badge"]')).to_have_text("Paused")
    look_at(page, "captions-paused")
    take.tell({"type": "paused", "paused": False})
    off = {"type": "notice", "code": "captions_off", "message": "Captions have stopped.", "tone": "warn"}
    take.tell(off)
    expect(word).to_have_text("Captions have stopped.")
    take.move_to(Transcript.State.QUEUED)
    expect(word).to_have_text("The recording has ended.")
    expect(page.get_by_role("link", name="Open the transcript")).to_be_visible()
    look_at(page, "captions-ended")


def test_the_connection_goes_away_and_comes_back(captions: Open, take: RunningTake) -> None:
    page = captions(take)
    word = page.locator('[data-part="word"]')
    page.context.set_offline(True)
    expect(word).to_have_text("The connection is away. Captions go on as soon as it is back.")
    expect(page.locator('[data-part="badge"]')).to_have_text("Not connected")
    look_at(page, "captions-away")
    take.write("Said meanwhile.")
    page.context.set_offline(False)
    expect(page.locator(".caption-line").last).to_contain_text("Said meanwhile.")
    expect(word).to_have_text("")


def test_without_sockets_final_text_still_comes(
    page: Page, sign_in: SignIn, viewer: User, take: RunningTake
) -> None:
    def refuse(socket: WebSocketRoute) -> None:
        socket.close(code=1011, reason="no sockets here")

    sign_in(page, viewer)
    page.route_web_socket("**/ws/**", refuse)
    page.goto(f"/t/{take.transcript.code}/captions")
    take.write("Heard without a socket.", 1)
    expect(page.locator(".caption-line").last).to_contain_text("Heard without a socket.")
    expect(page.locator('[data-part="badge"]')).to_have_text("Live")


def test_a_right_that_was_taken_away_ends_it(captions: Open, take: RunningTake) -> None:
    page = captions(take)
    Membership.objects.all().delete()
    expect(page.locator('[data-part="word"]')).to_have_text(
        "These captions are not shared with you any more."
    )


def test_a_take_without_captions_says_so(captions: Open, take: RunningTake) -> None:
    Take.objects.update(options={"live_model": "none"})
    Segment.objects.all().delete()
    page = captions(take)
    expect(page.get_by_text("This recording runs without live captions.")).to_be_visible()


def test_who_is_signed_out_is_told_so(captions: Open, take: RunningTake) -> None:
    page = captions(take)
    Session.objects.all().delete()
    expect(page.locator('[data-part="word"]')).to_contain_text("You are signed out.")
