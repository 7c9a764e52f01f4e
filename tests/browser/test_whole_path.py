"""The whole path of a person with a real browser, on a voxweb started with its one command."""

from __future__ import annotations

import json
import os
import re
import signal
import wave
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from tests.benchmarks.process_memory import child_named
from tests.browser.conftest import Server
from tests.browser.look import look_at
from tests.browser.spoken import DIALOGUE, film, speak
from tests.browser.track import by_chromium
from tests.browser.transcript.playback import MEDIA, click_word, now, wait_for_word
from tests.browser.visitor import (
    come_in,
    create_first_account,
    download,
    offsets_sent,
    offsets_told,
    open_transcribed,
    row_of,
    send_files_freely,
    send_files_slowly,
    tab_to,
    texts,
    upload,
)
from tests.stack import Stack, running_stack
from tests.subtitles.readers import by_ffmpeg, by_srt, by_webvtt, voices

PIECE_BYTES = 8 * 1024 * 1024
NOISE_BYTES = 40_000_000
NEW_NAME = "Amara & Kofi"

pytestmark = pytest.mark.timeout(240)


class Spoken(NamedTuple):
    sound: Path
    film: Path


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
    folder = tmp_path_factory.mktemp("spoken")
    sound, _ = speak(folder)
    short, _ = speak(tmp_path_factory.mktemp("filmed"), DIALOGUE[4:7])
    return Spoken(
        sound.rename(folder / "Interview with Amara.wav"), film(short, folder / "Year of the flood.mp4")
    )


@pytest.fixture
def noise(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """40 MB that no compression makes smaller, yet only 13 seconds to listen to; new in every test."""
    path = tmp_path / f"{request.node.name}.wav"
    with wave.open(str(path), "wb") as out:
        out.setparams((8, 2, 192_000, 0, "NONE", "not compressed"))
        out.writeframes(np.random.default_rng().bytes(NOISE_BYTES))
    return path


def test_it_works(page: Page, spoken: Spoken) -> None:
    """From an empty server to subtitles, and out again."""
    first_visit(page)
    bring_with_the_keyboard(page, spoken)
    film_code, code = row_of(page, spoken.film), row_of(page, spoken.sound)
    watch_the_text_arrive(page)
    listen(page)
    play_a_word(page, code)
    rename(page)
    read_every_export(page, code)
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
    tab_to(page, "main a.btn")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/upload$"))
    network = send_files_slowly(page, 100_000)
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
    text = page.locator("vox-text")
    expect(text).to_have_attribute("data-stage", re.compile("waiting|working"))
    page.evaluate("window.sameDocument = true")
    expect(page.locator(".pending").first).to_contain_text(re.compile(r"\w+ \w+"), timeout=60_000)
    expect(text).to_have_attribute("data-stage", "ready", timeout=60_000)
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


def play_a_word(page: Page, code: str) -> None:
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
    page.keyboard.press("Space")


def rename(page: Page) -> None:
    field = page.locator("vox-speakers input[name=name]").first
    field.fill(NEW_NAME)
    field.press("Enter")
    expect(page.locator(".seg .name", has_text=NEW_NAME).first).to_be_visible()


def read_every_export(page: Page, code: str) -> None:
    """Each file by every reader at hand: the same words at the same times."""
    files = {entry: download(page, entry) for entry in ("SRT", "VTT", "TXT", "JSON")}
    names = {entry: file.suggested_filename for entry, file in files.items()}
    assert names == {entry: f"Interview with Amara.{entry.lower()}" for entry in files}
    content = {entry: Path(file.path()).read_bytes() for entry, file in files.items()}
    data = json.loads(content["JSON"])
    spoken_text = texts(segment["text"] for segment in data["segments"])
    read_srt(content["SRT"], Path(files["SRT"].path()).parent, spoken_text)
    read_vtt(page, code, content["VTT"], Path(files["VTT"].path()).parent, spoken_text)
    assert NEW_NAME in {speaker["name"] for speaker in data["speakers"]}
    assert f"] {NEW_NAME}\n" in content["TXT"].decode()
    for segment in data["segments"]:
        assert segment["text"] in content["TXT"].decode()
        assert segment["text"] == " ".join(text for _, _, text in segment["words"])


def read_srt(content: bytes, folder: Path, spoken_text: str) -> None:
    cues = by_srt(content)
    assert cues == by_ffmpeg(content, folder, "srt")
    plain = re.sub(r"(?m)^(Speaker \d|Amara & Kofi): ", "", "\n".join(cue.text for cue in cues))
    assert texts([plain]) == spoken_text


def read_vtt(page: Page, code: str, content: bytes, folder: Path, spoken_text: str) -> None:
    cues = by_webvtt(content)
    assert texts(cue.text for cue in cues) == spoken_text
    assert cues == by_ffmpeg(content, folder, "vtt")
    track = by_chromium(page, f"/api/v1/transcripts/{code}/export/vtt")
    assert (track.cues, track.voices) == (cues, voices(content))
    assert NEW_NAME in track.voices


def trash_and_undo(page: Page) -> None:
    page.get_by_label("Back to the library").click()
    rows = page.locator(".row-title")
    expect(rows).to_have_count(2)
    page.get_by_label("More actions for Interview").click()
    page.get_by_role("button", name="Move to trash").click()
    expect(rows).to_have_text(["Year of the flood"])
    page.get_by_role("button", name="Undo").click()
    expect(rows).to_have_count(2)


def sign_out(page: Page, code: str) -> None:
    page.get_by_role("link", name="Account").click()
    page.get_by_role("button", name="Sign out", exact=True).click()
    expect(page).to_have_url(re.compile("/accounts/login/"))
    page.goto(f"/t/{code}")
    expect(page).to_have_url(re.compile("/accounts/login/"))


def test_an_upload_goes_on_after_the_web_process_was_killed(page: Page, stack: Stack, noise: Path) -> None:
    come_in(page)
    network = send_files_slowly(page, 8_000_000)
    sent, told = offsets_sent(page), offsets_told(page)
    upload(page, noise)
    arriving = wait_for_arrival(page, stack, lambda size: size > PIECE_BYTES * 1.5)
    web = child_named(stack.process.pid, "voxweb.server")
    assert web is not None
    os.kill(web, signal.SIGKILL)
    kept = arriving.stat().st_size
    assert PIECE_BYTES < kept < NOISE_BYTES
    send_files_freely(network)
    code = row_of(page, noise)
    assert told[0] == kept
    assert kept in sent
    assert stored(page, code) == noise.read_bytes()


def test_an_upload_goes_on_after_a_reload(page: Page, stack: Stack, noise: Path) -> None:
    page.on("dialog", lambda dialog: dialog.accept())
    come_in(page)
    network = send_files_slowly(page, 8_000_000)
    upload(page, noise)
    wait_for_arrival(page, stack, lambda size: size > PIECE_BYTES * 1.5)
    page.reload()
    sent, told = offsets_sent(page), offsets_told(page)
    send_files_freely(network)
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name=f"Choose the file again: {noise.name}").click()
    chooser.value.set_files(noise)
    code = row_of(page, noise)
    assert sent[0] == told[-1] > PIECE_BYTES
    assert stored(page, code) == noise.read_bytes()


def wait_for_arrival(page: Page, stack: Stack, enough: Callable[[int], bool]) -> Path:
    """Wait until so many bytes of the newest upload are on the disk; returns the growing file."""
    for _ in range(1000):
        files = sorted(stack.data_dir.glob("media/uploads/*/file"), key=lambda file: file.stat().st_mtime)
        if files and enough(files[-1].stat().st_size):
            return files[-1]
        page.wait_for_timeout(10)
    raise AssertionError("the file does not arrive")


def stored(page: Page, code: str) -> bytes:
    """The original as the server gives it back."""
    return page.request.get(f"/api/v1/transcripts/{code}/media?original=1").body()


def test_every_state_looks_right(page: Page, spoken: Spoken, noise: Path) -> None:
    """Nothing serious for axe-core; pictures of it with VOXWEB_SHOTS."""
    come_in(page)
    upload(page, *spoken)
    code = row_of(page, spoken.sound)
    row_of(page, spoken.film)
    open_transcribed(page, code)
    page.keyboard.press("Space")
    wait_for_word(page)
    look_at(page, "transcript")
    page.goto("/")
    expect(page.locator(".row").first).to_be_visible()
    look_at(page, "library")
    send_files_slowly(page, 1_000_000)
    upload(page, noise)
    expect(page.locator(".upload")).to_contain_text("/s")
    look_at(page, "upload")
    page.get_by_role("button", name=f"Cancel: {noise.name}").click()
    expect(page.locator(".upload")).to_have_count(0)
