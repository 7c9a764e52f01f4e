"""The transcript page while its take runs."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, WebSocketRoute, expect

from tests.browser.conftest import SignIn
from tests.browser.editor.writing import wait_for_text
from tests.browser.live.conftest import SAID, RunningTake
from tests.browser.look import look_at
from tests.written import write_text
from transcripts.document.content import DocSegment
from transcripts.models import Job, Mark, Membership, Recording, Take, Transcript, User

Open = Callable[[RunningTake], Page]
CONNECTED = "() => document.querySelector('vox-transcript').live?.connected"


@pytest.fixture
def reading(page: Page, sign_in: SignIn, editor: User) -> Open:
    """Return ``reading(take)``: an editor's page of it, connected."""
    sign_in(page, editor)

    def reading(take: RunningTake) -> Page:
        page.goto(f"/t/{take.transcript.code}")
        page.wait_for_function(CONNECTED)
        wait_for_text(page)
        return page

    return reading


def lines(page: Page) -> list[str]:
    return [text.strip() for text in page.locator(".lines .seg > p").all_inner_texts()]


def test_it_works(reading: Open, take: RunningTake) -> None:
    page = reading(take)
    expect(page.get_by_text("Recording now")).to_be_visible()
    first = page.locator(".seg").first
    first.evaluate("node => { node.dataset.witness = 'same node' }")
    take.caption("The boats leave at")
    expect(page.locator(".pending")).to_have_text("The boats leave at")
    take.caption("The boats leave at five in the")
    expect(page.locator(".pending")).to_have_text("The boats leave at five in the")
    look_at(page, "transcript-live")
    take.say("The boats leave at five in the morning.", 1)
    expect(page.locator(".lines .seg")).to_have_count(len(SAID) + 1)
    expect(page.locator(".pending")).to_have_count(0)
    expect(page.locator(".lines .seg").last.locator(".name")).to_have_text("Jonas Weber")
    assert lines(page) == [*(text for _who, text in SAID), "The boats leave at five in the morning."]
    expect(first).to_have_attribute("data-witness", "same node")
    expect(page.get_by_text("Original file")).to_have_count(0)


def test_lines_of_one_speaker_have_one_name(reading: Open, take: RunningTake) -> None:
    page = reading(take)
    take.say("And then there is the ice.", 0)
    take.say("Who pays for it?", 0)
    expect(page.locator(".lines .seg")).to_have_count(len(SAID) + 2)
    expect(page.locator(".lines .seg .name")).to_have_text(["Amara Okafor", "Jonas Weber", "Amara Okafor"])


def test_what_hints_did_not_bring_is_asked_for(reading: Open, take: RunningTake) -> None:
    page = reading(take)
    lost = take.write("Nobody was told of this.")
    take.say("But of this.", 1)
    expect(page.get_by_text("But of this.")).to_be_visible()
    page.evaluate("document.querySelector('vox-transcript').watch.now()")
    expect(page.locator(".lines .seg")).to_have_count(len(SAID) + 2)
    assert lines(page)[-2:] == [lost["text"], "But of this."]


def test_without_a_socket_the_page_asks(page: Page, sign_in: SignIn, viewer: User, take: RunningTake) -> None:
    def refuse(socket: WebSocketRoute) -> None:
        socket.close(code=1011, reason="no sockets here")

    sign_in(page, viewer)
    page.route_web_socket("**/ws/**", refuse)
    page.goto(f"/t/{take.transcript.code}")
    take.write("Heard without a socket.")
    expect(page.locator(".lines .seg").last).to_contain_text("Heard without a socket.")
    Take.objects.update(is_paused=True)
    take.transcript.touch()
    expect(page.locator('[data-part="on-air-state"]')).to_have_text("Paused")


def test_a_line_shown_before_its_answer_is_not_doubled(reading: Open, take: RunningTake) -> None:
    page = reading(take)
    final = take.write("Said once.")
    take.tell(final, final)
    page.evaluate("document.querySelector('vox-transcript').watch.now()")
    expect(page.get_by_text("Said once.")).to_have_count(1)
    take.tell(final)
    take.say("Said next.")
    expect(page.get_by_text("Said next.")).to_have_count(1)
    expect(page.get_by_text("Said once.")).to_have_count(1)


def test_it_follows_until_somebody_scrolls(reading: Open, take: RunningTake) -> None:
    for number in range(60):
        take.write(f"Line {number} of a long morning.", number % 2)
    page = reading(take)
    scroller = page.locator(".doc")
    at_end = "node => node.scrollHeight - node.scrollTop - node.clientHeight < 5"
    take.say("This is the newest line.")
    expect(page.get_by_text("This is the newest line.")).to_be_in_viewport()
    assert scroller.evaluate(at_end)
    expect(page.get_by_role("button", name="Back to the live text")).to_be_hidden()
    scroller.hover()
    page.mouse.wheel(0, -900)
    back = page.get_by_role("button", name="Back to the live text")
    expect(back).to_be_visible()
    before = scroller.evaluate("node => node.scrollTop")
    take.say("Nobody is torn away by this.")
    expect(page.get_by_text("Nobody is torn away by this.")).to_be_attached()
    assert scroller.evaluate("node => node.scrollTop") == before
    look_at(page, "transcript-live-scrolled")
    page.keyboard.press("f")
    expect(page.get_by_text("Nobody is torn away by this.")).to_be_in_viewport()
    expect(back).to_be_hidden()


def test_a_pause_and_trouble_are_told(reading: Open, take: RunningTake) -> None:
    page = reading(take)
    state = page.locator('[data-part="on-air-state"]')
    take.tell({"type": "paused", "paused": True})
    expect(state).to_have_text("Paused")
    look_at(page, "transcript-live-paused")
    take.tell({"type": "paused", "paused": False})
    expect(state).to_have_text("Recording now")
    behind = {"type": "notice", "code": "captions_behind", "message": "Captions are late.", "tone": "warn"}
    take.tell(behind)
    expect(page.get_by_text("Captions are late.")).to_be_visible()
    take.tell({**behind, "code": "captions_back", "message": "Captions are back."})
    expect(page.get_by_text("Captions are late.")).to_be_hidden()


def test_after_the_stop_the_page_goes_on_by_itself(reading: Open, take: RunningTake) -> None:
    page = reading(take)
    Job.objects.create(transcript=take.transcript, options={"model": "voxweb-engine"})
    take.move_to(Transcript.State.QUEUED)
    expect(page.get_by_text("Waiting for its turn")).to_be_visible()
    expect(page.get_by_text("Recording now")).to_have_count(0)
    assert lines(page) == [text for _who, text in SAID]
    look_at(page, "transcript-after-the-stop")
    write_text(take.transcript, [DocSegment("whole", "", 0, 900, "The whole pass.")])
    Job.objects.update(state=Job.State.DONE)
    take.transcript.move_to_state(Transcript.State.READY)
    expect(page.get_by_text("The whole pass.")).to_be_visible()
    expect(page.locator(".lines .seg")).to_have_count(1)


def test_a_take_that_goes_on_is_live_again(reading: Open, take: RunningTake) -> None:
    page = reading(take)
    take.move_to(Transcript.State.QUEUED)
    expect(page.get_by_text("Recording now")).to_have_count(0)
    take.move_to(Transcript.State.RECORDING)
    page.evaluate("document.querySelector('vox-transcript').watch.now()")
    expect(page.get_by_text("Recording now")).to_be_visible()
    page.wait_for_function(CONNECTED)
    take.say("And on we go.")
    expect(page.get_by_text("And on we go.")).to_be_visible()


def test_marks_are_set_and_seen_live(reading: Open, take: RunningTake, owner: User) -> None:
    page = reading(take)
    told = {"type": "mark", "key": "k1", "at_ms": 5000, "note": "Ask again", "author": "Olga Owner"}
    take.tell(told)
    expect(page.locator(".seg .margin-flag")).to_have_count(1)
    page.get_by_role("tab", name="Marks").click()
    expect(page.get_by_label("Note of the mark at 00:00:05")).to_have_value("Ask again")
    page.locator(".doc").click(position={"x": 5, "y": 5})
    page.keyboard.press("m")
    expect(page.locator(".mark")).to_have_count(2)
    mark = Mark.objects.get(transcript=take.transcript)
    assert (mark.at_ms, mark.author) == (15_500, User.objects.get(email="edgar@example.org"))
    take.tell({"type": "unmark", "key": "k1"})
    expect(page.locator(".mark")).to_have_count(1)


def test_who_may_not_read_it_any_more_is_told(reading: Open, take: RunningTake) -> None:
    page = reading(take)
    Membership.objects.all().delete()
    expect(page.get_by_text("This transcript can no longer be opened.")).to_be_visible()


def test_before_the_first_word(reading: Open, take: RunningTake) -> None:
    write_text(take.transcript, [])
    Recording.objects.all().delete()
    page = reading(take)
    empty = page.get_by_text("The words appear here as they are spoken.")
    expect(empty).to_be_visible()
    look_at(page, "transcript-live-empty")
    take.caption("Good")
    expect(empty).to_be_hidden()


def test_the_library_says_that_it_is_live(
    page: Page, sign_in: SignIn, owner: User, take: RunningTake
) -> None:
    sign_in(page, owner)
    page.goto("/")
    row = page.locator(".row", has_text="Harbour council")
    expect(row.get_by_text("Live", exact=True)).to_be_visible()
    look_at(page, "library-live")
    row.get_by_label("More actions for Harbour council").click()
    expect(row.get_by_role("button", name="Stop transcribing")).to_have_count(0)
    page.keyboard.press("Escape")
    take.move_to(Transcript.State.READY)
    expect(row.get_by_text("Ready", exact=True)).to_be_visible()
