"""Every state of the record page in light, dark and on a phone; pictures of them with VOXWEB_SHOTS."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import SignIn
from tests.browser.line import Line
from tests.browser.look import look_at
from tests.browser.record.conftest import HearsYou
from tests.browser.record.test_take import client_id, start, stop, wait_for_clock
from transcripts.models import Transcript, User

SIGN_IN = 4401
NOT_ALLOWED = 4403


CAPTIONS = (
    {
        "key": "one",
        "start_ms": 0,
        "end_ms": 3_000,
        "text": "The moon does most of the work, but not in the way the picture in your schoolbook suggests.",
        "speaker": "Dr. Lindqvist",
        "hue": 1,
    },
    {
        "key": "two",
        "start_ms": 3_200,
        "end_ms": 4_000,
        "text": "So it is not lifted?",
        "speaker": "Student",
        "hue": 2,
    },
    {
        "key": "three",
        "start_ms": 4_200,
        "end_ms": 9_000,
        "text": "The water is not lifted. It is pulled sideways, a small amount, over a very long distance,",
        "speaker": "Dr. Lindqvist",
        "hue": 1,
    },
)


def begin(page: Page) -> None:
    page.get_by_label("Title").fill("Lecture 7, tides")
    page.locator("#main").focus()
    start(page)
    wait_for_clock(page, 1)


def test_before_the_take(recorder: HearsYou) -> None:
    page = recorder()
    look_at(page, "record-idle")
    page.get_by_text("Clean up the sound").click()
    page.get_by_text("Captions and transcript").click()
    page.get_by_text("Sound of a tab").click()
    expect(page.get_by_role("button", name="Choose the tab")).to_be_visible()
    look_at(page, "record-options")


def test_a_refused_microphone(page: Page, sign_in: SignIn, owner: User) -> None:
    sign_in(page, owner)
    page.add_init_script(
        "navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', 'NotAllowedError'))"
    )
    page.goto("/record")
    expect(page.get_by_role("button", name="Try again")).to_be_visible()
    look_at(page, "record-refused")


def test_a_browser_that_asks_first(page: Page, sign_in: SignIn, owner: User) -> None:
    sign_in(page, owner)
    page.add_init_script("navigator.mediaDevices.getUserMedia = () => new Promise(() => {})")
    page.goto("/record")
    page.keyboard.press("r")
    expect(page.get_by_text("Your browser asks whether this page may listen.")).to_be_visible()
    look_at(page, "record-arming")


def test_a_browser_that_cannot_record(page: Page, sign_in: SignIn, owner: User) -> None:
    sign_in(page, owner)
    page.add_init_script("delete globalThis.AudioWorkletNode")
    page.goto("/record")
    expect(page.get_by_text("This browser cannot record here.")).to_be_visible()
    expect(page.get_by_role("button", name="Record", exact=True)).to_be_disabled()
    look_at(page, "record-unsupported")


def test_during_the_take(recorder: HearsYou) -> None:
    page = recorder()
    line = Line(page)
    begin(page)
    for final in CAPTIONS:
        line.say(type="final", **final)
    line.say(type="caption", start_ms=9_000, text="where there is nowhere left to go", speaker="")
    expect(page.locator(".soft")).to_have_text("where there is nowhere left to go")
    look_at(page, "record-recording")
    page.keyboard.press("m")
    page.keyboard.type("exam question")
    look_at(page, "record-note")
    page.keyboard.press("Enter")
    page.keyboard.press("Space")
    expect(page.locator("[data-part=badge]")).to_have_text("Paused")
    look_at(page, "record-paused")
    page.keyboard.press("Space")
    page.keyboard.press("?")
    look_at(page, "record-keys")
    page.keyboard.press("Escape")
    stop(page)


def test_without_the_server(recorder: HearsYou) -> None:
    page = recorder()
    line = Line(page)
    begin(page)
    line.cut()
    expect(page.locator("[data-part=safety]")).to_contain_text("not sent yet")
    look_at(page, "record-reconnecting")
    page.keyboard.press("Shift+S")
    expect(page.get_by_role("heading", name="Waiting for the server")).to_be_focused()
    look_at(page, "record-finishing")
    line.mend()
    expect(page).to_have_url(re.compile("/t/"), timeout=30_000)


def test_signed_out(recorder: HearsYou) -> None:
    page = recorder()
    line = Line(page)
    begin(page)
    line.cut(SIGN_IN)
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    look_at(page, "record-signed-out")
    with page.context.expect_page() as opened:
        page.get_by_role("button", name="Sign in").click()
    opened.value.close()
    line.mend()
    stop(page)


def test_a_take_that_may_not_go_on(recorder: HearsYou) -> None:
    page = recorder()
    line = Line(page)
    begin(page)
    line.cut(NOT_ALLOWED)
    expect(page.get_by_text("You may not record here any more")).to_be_visible()
    page.keyboard.press("Shift+S")
    expect(page.get_by_role("heading", name="The recording was interrupted")).to_be_focused()
    look_at(page, "record-failed")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the copy").click()
    assert download.value.suggested_filename == "Lecture 7, tides.webm"
    line.mend()
    page.get_by_role("button", name="Try again").click()
    expect(page.locator("[data-part=badge]")).to_have_text("Recording")
    stop(page)
    assert Transcript.objects.count() == 1


def test_recorded_elsewhere(recorder: HearsYou) -> None:
    page = recorder()
    begin(page)
    other = page.context.new_page()
    other.goto(f"/record?take={client_id()}")
    expect(page.locator("[data-part=badge]")).to_have_text("Recorded elsewhere")
    page.bring_to_front()
    look_at(page, "record-taken-over")


def test_an_offer(recorder: HearsYou) -> None:
    page = recorder()
    begin(page)
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto("/")
    expect(page.get_by_role("link", name=re.compile("Continue recording"))).to_be_visible()
    look_at(page, "offer-library")
    page.goto(str(Transcript.objects.get().get_absolute_url()))
    expect(page.get_by_role("link", name=re.compile("Continue recording"))).to_be_visible()
    look_at(page, "offer-transcript")
