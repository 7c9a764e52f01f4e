"""The whole path of a person with a real browser, on a voxweb started with its one command."""

from __future__ import annotations

import json
import os
import re
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.benchmarks.process_memory import child_named
from tests.browser.conftest import Server
from tests.browser.exports import download, read_every_export
from tests.browser.look import look_at
from tests.browser.own_files import NOISE_BYTES, Spoken, noise, say
from tests.browser.transcript.playback import MEDIA, click_word, now, wait_for_word
from tests.browser.visitor import (
    TRANSCRIBED_MS,
    come_in,
    create_first_account,
    growing_file,
    offsets_sent,
    offsets_told,
    open_transcribed,
    row_of,
    send_files_freely,
    send_files_slowly,
    stored,
    tab_to,
    take_file_choosers,
    upload,
)
from tests.stack import Stack, running_stack

PIECE_BYTES = 8 * 1024 * 1024
NEW_NAME = "Amara & Kofi"
pytestmark = pytest.mark.timeout(240)


@pytest.fixture(scope="module")
def stack() -> Iterator[Stack]:
    with running_stack(account=False) as running:
        yield running


@pytest.fixture(scope="module")
def server(stack: Stack) -> Server:
    return Server(stack.url, stack.data_dir / "media")


@pytest.fixture
def media_folder(server: Server) -> Path:
    """The running server's own; no database of this process is asked."""
    return server.media


@pytest.fixture(scope="module")
def spoken(tmp_path_factory: pytest.TempPathFactory) -> Spoken:
    return say(tmp_path_factory.mktemp("spoken"))


def test_it_works(page: Page, spoken: Spoken) -> None:
    """From an empty server to subtitles, and out again."""
    first_visit(page)
    bring_with_the_keyboard(page, spoken)
    film_code, code = row_of(page, spoken.film), row_of(page, spoken.sound)
    watch_the_text_arrive(page)
    listen(page)
    go_to_a_word(page, code)
    rename(page)
    read_every_export(page, code, "Interview with Amara", NEW_NAME)
    assert Path(download(page, "Original file").path()).read_bytes() == spoken.sound.read_bytes()
    open_transcribed(page, film_code)
    assert page.evaluate(f"{MEDIA}.videoWidth") == 320
    assert Path(download(page, "Original file").path()).read_bytes() == spoken.film.read_bytes()
    trash_and_undo(page)
    sign_out(page, code)


def first_visit(page: Page) -> None:
    page.goto("/")
    expect(page).to_have_url(re.compile("/welcome$"))
    look_at(page, "first-visit")
    create_first_account(page)
    expect(page.get_by_role("heading", name="Your recordings become text here")).to_be_visible()


def bring_with_the_keyboard(page: Page, spoken: Spoken) -> None:
    take_file_choosers(page)
    tab_to(page, "main a[href='/upload']")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/upload$"))
    network = send_files_slowly(page, 100_000)
    page.get_by_label("Number of speakers").fill("2")
    page.get_by_role("heading", name="Upload").click()
    tab_to(page, "[data-part=picker]")
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Enter")
    chooser.value.set_files([spoken.sound, spoken.film])
    expect(page.get_by_role("button", name="Upload and transcribe 2 files")).to_be_focused()
    page.keyboard.press("Enter")
    for file in (spoken.film, spoken.sound):
        row = page.locator(".upload", has_text=file.name)
        expect(row).to_contain_text(re.compile(r"[1-9]\d* (KB|MB|bytes) of .+/s"))
        expect(row.get_by_role("progressbar")).to_be_visible()
    send_files_freely(network)


def watch_the_text_arrive(page: Page) -> None:
    page.locator(".upload", has_text="Interview").get_by_role("link", name="Open").click()
    text = page.locator("vox-editor")
    expect(text).to_have_attribute("data-stage", re.compile("waiting|working"))
    page.evaluate("window.sameDocument = true")
    written = page.locator(".pending, .lines .seg p").first
    expect(written).to_contain_text(re.compile(r"\w+ \w+"), timeout=TRANSCRIBED_MS)
    expect(text).to_have_attribute("data-stage", "ready", timeout=TRANSCRIBED_MS)
    expect(page.locator(".pending")).to_have_count(0)
    expect(page.locator(".lines .seg p").first).to_contain_text(re.compile(r"\w+ \w+"))
    assert page.evaluate("window.sameDocument")


def listen(page: Page) -> None:
    """Play with the space bar: a word is painted, and then other words."""
    page.keyboard.press("Space")
    heard = {""}
    while len(heard) < 5:
        page.wait_for_function(
            "seen => { const word = [...(CSS.highlights.get('spoken') ?? [])][0]?.toString();"
            " return word && !seen.includes(word) }",
            arg=list(heard),
        )
        heard.add(now(page)["word"])
    page.keyboard.press("Space")
    page.wait_for_function(f"() => {MEDIA}.paused")


def go_to_a_word(page: Page, code: str) -> None:
    """Who may write puts the caret there with the click; the sound goes along and waits."""
    exported = json.loads(page.request.get(f"/api/v1/transcripts/{code}/export/json").body())
    line = max(exported["segments"], key=lambda segment: len(segment["words"]))
    middle = len(line["words"]) // 2
    start_ms, _, word = line["words"][middle]
    offset = len(" ".join(text for _, _, text in line["words"][:middle])) + 1
    page.evaluate(
        f"{MEDIA}.addEventListener('seeking', () => {{ window.soughtMs = {MEDIA}.currentTime * 1000 }})"
    )
    shown = page.locator(f".seg[data-start='{line['start_ms']}']")
    shown.scroll_into_view_if_needed()
    click_word(page, str(shown.get_attribute("id")), offset, len(word))
    page.wait_for_function("() => window.soughtMs !== undefined")
    assert page.evaluate("window.soughtMs") == pytest.approx(start_ms, abs=20)
    wait_for_word(page)
    assert page.evaluate(f"{MEDIA}.paused")


def rename(page: Page) -> None:
    field = page.locator("vox-speakers [data-part=name]").first
    field.fill(NEW_NAME)
    field.press("Enter")
    expect(page.locator(".seg .name", has_text=NEW_NAME).first).to_be_visible()


def trash_and_undo(page: Page) -> None:
    page.get_by_label("Back to the library").click()
    rows = page.locator(".row-title")
    expect(rows).to_have_count(2)
    page.get_by_label("More actions for Interview").click()
    page.get_by_role("button", name="Move to trash").click()
    expect(rows).to_have_text(["Down to the river"])
    page.get_by_role("button", name="Undo").click()
    expect(rows).to_have_count(2)


def sign_out(page: Page, code: str) -> None:
    page.get_by_role("link", name="Account").click()
    page.get_by_role("button", name="Sign out", exact=True).click()
    expect(page).to_have_url(re.compile("/accounts/login/"))
    page.goto(f"/t/{code}")
    expect(page).to_have_url(re.compile("/accounts/login/"))


def test_an_upload_goes_on_after_the_web_process_was_killed(page: Page, stack: Stack, tmp_path: Path) -> None:
    file = noise(tmp_path / "Town hall, evening.wav")
    come_in(page)
    network = send_files_slowly(page, 8_000_000)
    sent, told = offsets_sent(page), offsets_told(page)
    upload(page, file)
    arriving = growing_file(page, stack.data_dir, PIECE_BYTES * 3 // 2)
    web = child_named(stack.process.pid, "voxweb.server")
    assert web is not None
    os.kill(web, signal.SIGKILL)
    while child_named(stack.process.pid, "voxweb.server") == web:
        page.wait_for_timeout(10)
    kept = arriving.stat().st_size
    assert PIECE_BYTES < kept < NOISE_BYTES
    send_files_freely(network)
    code = row_of(page, file)
    assert told[0] == kept
    assert kept in sent
    assert stored(page, code) == file.read_bytes()


def test_an_upload_goes_on_after_a_reload(page: Page, stack: Stack, tmp_path: Path) -> None:
    file = noise(tmp_path / "Choir rehearsal.wav")
    page.on("dialog", lambda dialog: dialog.accept())
    take_file_choosers(page)
    come_in(page)
    network = send_files_slowly(page, 8_000_000)
    upload(page, file)
    growing_file(page, stack.data_dir, PIECE_BYTES * 3 // 2)
    page.reload()
    sent, told = offsets_sent(page), offsets_told(page)
    send_files_freely(network)
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name=f"Choose the file again: {file.name}").click()
    chooser.value.set_files(file)
    code = row_of(page, file)
    assert sent[0] == told[-1] > PIECE_BYTES
    assert stored(page, code) == file.read_bytes()


def test_every_state_looks_right(page: Page, spoken: Spoken, tmp_path: Path) -> None:
    """Nothing serious for axe-core; pictures of it with VOXWEB_SHOTS."""
    come_in(page)
    upload(page, *spoken)
    code = row_of(page, spoken.sound)
    row_of(page, spoken.film)
    open_transcribed(page, code)
    page.keyboard.press("Space")
    look_at(page, "transcript", wait=wait_for_word)
    page.goto("/")
    expect(page.locator(".row").first).to_be_visible()
    look_at(page, "library")
    send_files_slowly(page, 4_000_000)
    file = noise(tmp_path / "Lecture seven, tides.wav")
    upload(page, file)
    expect(page.locator(".upload")).to_contain_text("/s")
    look_at(page, "upload")
    page.get_by_role("button", name=f"Cancel: {file.name}").click()
    expect(page.locator(".upload")).to_have_count(0)
