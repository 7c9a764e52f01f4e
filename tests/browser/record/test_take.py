"""A whole take, from the first key to the transcript, and every interruption of it."""

from __future__ import annotations

import re

from playwright.sync_api import Dialog, Page, expect

from tests.browser.conftest import SignIn
from tests.browser.line import Line
from tests.browser.record.conftest import HearsYou
from tests.browser.visitor import tab_to
from transcripts.models import Job, Mark, Take, Transcript, User

BYTES_PER_MS = 32
STOPPED_MS = 30_000
SAVED = "Every second is saved"


def start(page: Page) -> None:
    page.keyboard.press("r")
    expect(page.locator("[data-part=badge]")).to_have_text("Recording")
    expect(page.locator("[data-part=safety]")).to_have_text(SAVED)


def stop(page: Page) -> Transcript:
    page.keyboard.press("Shift+S")
    expect(page).to_have_url(re.compile("/t/"), timeout=STOPPED_MS)
    return Transcript.objects.get(code=page.url.rsplit("/", 1)[-1])


def seconds_on_clock(page: Page) -> int:
    minutes, seconds = page.locator("[data-part=clock]").inner_text().split(":")
    return int(minutes) * 60 + int(seconds)


def wait_for_clock(page: Page, seconds: int) -> None:
    page.wait_for_function(
        "seconds => document.querySelector('[data-part=clock]').textContent.split(':')"
        ".reduce((all, part) => 60 * all + Number(part), 0) >= seconds",
        arg=seconds,
    )


def test_it_works_with_the_keyboard_alone(recorder: HearsYou) -> None:
    page = recorder()
    page.goto("/")
    tab_to(page, "a[href='/record']")
    page.keyboard.press("Enter")
    expect(page.get_by_text("We hear you.")).to_be_visible()
    tab_to(page, "#title")
    page.keyboard.type("Lecture 7, tides")
    tab_to(page, "[data-command=record]")
    page.keyboard.press("Enter")
    expect(page.locator("[data-part=badge]")).to_have_text("Recording")
    expect(page.locator("[data-command=pause]")).to_be_focused()
    wait_for_clock(page, 2)
    page.keyboard.press("m")
    expect(page.get_by_label("Marked at")).to_be_focused()
    page.keyboard.type("This is in the exam")
    page.keyboard.press("Enter")
    expect(page.locator("[data-command=pause]")).to_be_focused()
    expect(page.locator(".flag:not(.waiting)")).to_contain_text("This is in the exam")
    page.keyboard.press("Space")
    expect(page.locator("[data-part=badge]")).to_have_text("Paused")
    page.keyboard.press("Space")
    expect(page.locator("[data-part=badge]")).to_have_text("Recording")
    transcript = stop(page)
    assert transcript.title == "Lecture 7, tides"
    take, mark = Take.objects.get(transcript=transcript), Mark.objects.get(transcript=transcript)
    assert mark.note == "This is in the exam"
    assert 2000 <= mark.at_ms < take.total_bytes // BYTES_PER_MS
    assert len(take.pauses) == 1
    assert Job.objects.get(transcript=transcript).is_open


def test_keys_are_shown_and_belong_to_fields_first(recorder: HearsYou) -> None:
    page = recorder()
    page.get_by_label("Title").fill("")
    page.keyboard.type("r m ?")
    assert page.get_by_label("Title").input_value() == "r m ?"
    expect(page.locator("[data-part=badge]")).to_be_hidden()
    page.locator("#main").focus()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("Stop and finish")
    page.keyboard.press("Escape")
    assert Take.objects.count() == 0


def test_a_take_outlives_its_connection(recorder: HearsYou) -> None:
    page = recorder()
    line = Line(page)
    start(page)
    wait_for_clock(page, 1)
    line.cut()
    expect(page.get_by_text("The server cannot be reached")).to_be_visible()
    expect(page.locator("[data-part=safety]")).to_contain_text(
        re.compile(r"Kept in this browser, \d+ s not sent")
    )
    wait_for_clock(page, seconds_on_clock(page) + 2)
    line.mend()
    expect(page.locator("[data-part=safety]")).to_have_text(SAVED)
    expect(page.get_by_text("The server cannot be reached")).to_be_hidden()
    recorded_seconds = seconds_on_clock(page)
    take = Take.objects.get(transcript=stop(page))
    assert take.total_bytes >= recorded_seconds * 1000 * BYTES_PER_MS


def test_another_tab_goes_on_and_this_one_can_have_it_back(recorder: HearsYou) -> None:
    page = recorder()
    start(page)
    wait_for_clock(page, 1)
    other = page.context.new_page()
    other.goto(f"/record?take={client_id()}")
    expect(other.locator("[data-part=badge]")).to_have_text("Recording")
    expect(page.locator("[data-part=badge]")).to_have_text("Recorded elsewhere")
    expect(page.locator("[data-command=stop]")).to_be_hidden()
    page.bring_to_front()
    page.get_by_role("button", name="Record here").click()
    expect(page.locator("[data-part=badge]")).to_have_text("Recording")
    expect(other.locator("[data-part=badge]")).to_have_text("Recorded elsewhere")
    other.close(run_before_unload=False)
    stop(page)
    assert Transcript.objects.count() == 1


def client_id() -> str:
    return Take.objects.get().client_key.partition(":")[2]


def dismiss(dialog: Dialog, asked: list[str]) -> None:
    asked.append(dialog.type)
    dialog.dismiss()


def test_leaving_asks_first(recorder: HearsYou) -> None:
    page = recorder()
    asked: list[str] = []
    page.on("dialog", lambda dialog: dismiss(dialog, asked))
    start(page)
    page.locator("#main").click()
    page.get_by_label("Back to the library").click(no_wait_after=True)
    expect(page.locator("[data-part=badge]")).to_have_text("Recording")
    page.wait_for_timeout(200)
    assert asked == ["beforeunload"]
    stop(page)


def test_a_refused_microphone_says_what_to_do(page: Page, sign_in: SignIn, owner: User) -> None:
    page.add_init_script(
        "navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', 'NotAllowedError'))"
    )
    sign_in(page, owner)
    page.goto("/record")
    expect(page.locator("[data-part=level-words]")).to_contain_text("Allow it in the browser")
    expect(page.get_by_role("button", name="Try again")).to_be_visible()
    page.keyboard.press("r")
    expect(page.locator("[data-part=badge]")).to_be_hidden()
    assert Take.objects.count() == 0


def test_what_was_chosen_is_remembered(recorder: HearsYou) -> None:
    page = recorder()
    page.get_by_text("Captions and transcript").click()
    page.get_by_label("Live captions").select_option("voxweb-engine")
    page.get_by_text("Clean up the sound").click()
    page.get_by_label("Suppress noise").check()
    page.reload()
    assert page.get_by_label("Live captions").input_value() == "voxweb-engine"
    assert page.get_by_label("Suppress noise").is_checked()


def test_without_captions_it_says_when_the_text_comes(recorder: HearsYou) -> None:
    page = recorder()
    start(page)
    expect(page.get_by_text("No live captions. The text is written when you stop.")).to_be_visible()
    assert Take.objects.get(transcript=stop(page)).options["live_model"] == "none"
