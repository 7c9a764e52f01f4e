"""Bringing files up in a browser: pieces, pause, reload, duplicates, refusals."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import CDPSession, FilePayload, Page, expect

from tests.browser.conftest import SignIn, grave_findings
from tests.conftest import write_tone
from transcripts.models import Job, Recording, Transcript, Upload, User

SLOW_BYTES_PER_SECOND = 3_000_000
LINE = {"offline": False, "latency": 5, "downloadThroughput": -1}
ONE_AND_A_HALF_PIECES = 12 * 1024 * 1024


@pytest.fixture
def tone(tmp_path: Path) -> Path:
    path = tmp_path / "harbour.wav"
    write_tone(path, 1000)
    return path


@pytest.fixture
def long_file(tmp_path: Path) -> Path:
    path = tmp_path / "long.wav"
    path.write_bytes(bytes(range(256)) * (ONE_AND_A_HALF_PIECES // 256))
    return path


def open_upload(page: Page, sign_in: SignIn, user: User) -> None:
    sign_in(page, user)
    page.goto("/upload")


def choose(page: Page, *files: Path) -> None:
    page.locator("[data-part=picker]").set_input_files(files)


def start(page: Page) -> None:
    page.get_by_role("button", name=re.compile("Upload and transcribe")).click()


@pytest.fixture
def slow(page: Page) -> Iterator[CDPSession]:
    """Let files trickle up until ``at_full_speed``."""
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    network.send("Network.emulateNetworkConditions", {**LINE, "uploadThroughput": SLOW_BYTES_PER_SECOND})
    yield network


def at_full_speed(network: CDPSession) -> None:
    network.send("Network.emulateNetworkConditions", {**LINE, "uploadThroughput": -1})


def test_it_works(page: Page, sign_in: SignIn, owner: User, tone: Path) -> None:
    open_upload(page, sign_in, owner)
    choose(page, tone)
    assert grave_findings(page) == []
    page.get_by_label("Number of speakers").fill("2")
    start(page)
    row = page.locator(".upload")
    expect(row.get_by_role("link", name="Open")).to_be_visible()
    expect(row).to_contain_text("Waiting for its turn")
    item = Transcript.objects.get()
    assert (item.owner, item.title) == (owner, "harbour")
    assert item.recording.original_bytes == tone.stat().st_size
    assert Job.objects.get().options["speaker_count"] == 2
    assert row.get_by_role("link", name="Open").get_attribute("href") == f"/t/{item.code}"
    assert grave_findings(page) == []


def test_two_files_go_up_and_a_third_waits(
    page: Page, sign_in: SignIn, owner: User, tmp_path: Path, long_file: Path, slow: CDPSession
) -> None:
    others = [tmp_path / name for name in ("second.wav", "third.wav")]
    for number, path in enumerate(others):
        path.write_bytes(bytes([number]) * ONE_AND_A_HALF_PIECES)
    open_upload(page, sign_in, owner)
    choose(page, long_file, *others)
    start(page)
    expect(page.locator(".upload").nth(2)).to_contain_text("next in line")
    expect(page.locator(".upload").nth(0)).to_contain_text("/s")
    assert grave_findings(page) == []


def test_pausing_and_going_on(
    page: Page, sign_in: SignIn, owner: User, long_file: Path, slow: CDPSession
) -> None:
    open_upload(page, sign_in, owner)
    choose(page, long_file)
    start(page)
    page.get_by_role("button", name="Pause: long.wav").click()
    expect(page.locator(".upload")).to_contain_text("Paused at")
    expect(page.get_by_role("button", name="Go on: long.wav")).to_be_focused()
    at_full_speed(slow)
    page.get_by_role("button", name="Go on: long.wav").click()
    expect(page.get_by_role("link", name="Open")).to_be_visible()
    assert Recording.objects.get().original_bytes == ONE_AND_A_HALF_PIECES


def test_an_upload_goes_on_after_a_reload(
    page: Page, sign_in: SignIn, owner: User, long_file: Path, media_folder: Path, slow: CDPSession
) -> None:
    page.on("dialog", lambda dialog: dialog.accept())
    open_upload(page, sign_in, owner)
    choose(page, long_file)
    start(page)
    expect(page.locator(".upload")).to_contain_text(re.compile(r"[89] MB|\d\d MB of"))
    page.reload()
    at_full_speed(slow)
    unfinished = page.get_by_role("region", name="Not finished yet")
    expect(unfinished).to_contain_text("arrived")
    assert grave_findings(page) == []
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Choose the file again: long.wav").click()
    chooser.value.set_files(long_file)
    expect(page.get_by_role("link", name="Open")).to_be_visible()
    expect(unfinished).to_be_hidden()
    kept = media_folder / Recording.objects.get().original_file
    assert kept.read_bytes() == long_file.read_bytes()
    assert Upload.objects.count() == 1


def test_another_file_is_not_taken_for_the_unfinished_one(
    page: Page, sign_in: SignIn, owner: User, long_file: Path, tone: Path, slow: CDPSession
) -> None:
    page.on("dialog", lambda dialog: dialog.accept())
    open_upload(page, sign_in, owner)
    choose(page, long_file)
    start(page)
    expect(page.locator(".upload")).to_contain_text("/s")
    page.reload()
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Choose the file again: long.wav").click()
    chooser.value.set_files(tone)
    expect(page.get_by_text("That is another file")).to_be_visible()
    page.get_by_role("button", name="Discard: long.wav").click()
    expect(page.get_by_role("region", name="Not finished yet")).to_be_hidden()
    expect(page.locator("[data-part=unfinished-list] li")).to_have_count(0)


def test_cancelling_forgets_what_has_arrived(
    page: Page, sign_in: SignIn, owner: User, long_file: Path, slow: CDPSession
) -> None:
    open_upload(page, sign_in, owner)
    choose(page, long_file)
    start(page)
    expect(page.locator(".upload")).to_contain_text("/s")
    with page.expect_response(lambda answer: answer.request.method == "DELETE"):
        page.get_by_role("button", name="Cancel: long.wav").click()
    expect(page.locator(".upload")).to_have_count(0)
    assert Upload.objects.count() == 0


def test_a_duplicate_offers_the_transcript_that_is_there(
    page: Page, sign_in: SignIn, owner: User, tone: Path
) -> None:
    open_upload(page, sign_in, owner)
    choose(page, tone)
    start(page)
    expect(page.get_by_role("link", name="Open")).to_be_visible()
    first = Transcript.objects.get()
    page.reload()
    choose(page, tone)
    start(page)
    expect(page.locator(".upload")).to_contain_text("You already have this recording.")
    assert page.get_by_role("link", name="Open").get_attribute("href") == f"/t/{first.code}"
    assert grave_findings(page) == []
    page.get_by_role("button", name="Transcribe again").click()
    expect(page.locator(".upload")).to_contain_text("Waiting for its turn")
    assert Transcript.objects.count() == 2


def test_a_refusal_says_what_to_do(page: Page, sign_in: SignIn, owner: User) -> None:
    open_upload(page, sign_in, owner)
    empty: FilePayload = {"name": "empty.mp3", "mimeType": "audio/mpeg", "buffer": b""}
    page.locator("[data-part=picker]").set_input_files(empty)
    start(page)
    expect(page.locator(".upload")).to_contain_text("This file is empty")
    expect(page.get_by_role("button", name="Try again")).to_be_visible()


def test_a_file_dropped_on_the_library_goes_to_the_form(page: Page, sign_in: SignIn, owner: User) -> None:
    sign_in(page, owner)
    page.goto("/")
    page.evaluate(
        """() => {
          const carrier = new DataTransfer();
          carrier.items.add(new File(["RIFF"], "dropped.wav", {type: "audio/wav"}));
          for (const type of ["dragenter", "drop"])
            document.body.dispatchEvent(new DragEvent(type, {dataTransfer: carrier, bubbles: true}));
        }"""
    )
    expect(page.locator(".upload")).to_contain_text("dropped.wav")
    expect(page).to_have_url(re.compile("/upload$"))
    page.go_back()
    expect(page).to_have_url(re.compile("/$"))


def test_the_form_greys_out_what_the_engine_cannot_do(page: Page, sign_in: SignIn, owner: User) -> None:
    open_upload(page, sign_in, owner)
    expect(page.get_by_label("Vocabulary")).to_be_disabled()
    expect(page.get_by_text("This model cannot take a vocabulary.")).to_be_visible()
    expect(page.get_by_label("Language")).to_be_disabled()
    expect(page.get_by_label("Number of speakers")).to_be_enabled()
    page.get_by_label("Tell speakers apart").uncheck()
    expect(page.get_by_label("Number of speakers")).to_be_disabled()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_fits_a_phone(page: Page, sign_in: SignIn, owner: User, tone: Path, scheme: str) -> None:
    page.set_viewport_size({"width": 390, "height": 780})
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    open_upload(page, sign_in, owner)
    choose(page, tone)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert grave_findings(page) == []
