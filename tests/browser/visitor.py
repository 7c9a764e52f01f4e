"""What a person does in the pages of a server that really runs, step by step."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import CDPSession, Page, Request, Response, expect

NAME = "Olga Owner"
EMAIL = "olga@example.org"
PASSWORD = "correct horse battery"
TRANSCRIBED_MS = 90_000
"""Recognition of the spoken files; most of it is waiting for a busy machine."""
LINE = {"offline": False, "latency": 5, "downloadThroughput": -1}


def create_first_account(page: Page) -> None:
    page.get_by_label("Your name").fill(NAME)
    page.get_by_label("Email").fill(EMAIL)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_label("Password again").fill(PASSWORD)
    page.get_by_role("button", name="Create the account").click()
    expect(page.locator("nav.side")).to_contain_text("Library")


def come_in(page: Page) -> None:
    """Open the library: as the first visitor of a new server, else by signing in."""
    page.goto("/")
    if "/welcome" in page.url:
        create_first_account(page)
    elif "/accounts/login" in page.url:
        page.get_by_label("Email").fill(EMAIL)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(re.compile(r"/$"))


def send_files_slowly(page: Page, bytes_per_second: int) -> CDPSession:
    """Let files trickle up, also after a reload, until ``send_files_freely``."""
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    network.send("Network.emulateNetworkConditions", {**LINE, "uploadThroughput": bytes_per_second})
    return network


def send_files_freely(network: CDPSession) -> None:
    network.send("Network.emulateNetworkConditions", {**LINE, "uploadThroughput": -1})


def take_file_choosers(page: Page) -> None:
    """Call this early: the driver takes over choosers only a moment after somebody listens for them."""
    page.on("filechooser", lambda chooser: None)


def upload(page: Page, *files: Path) -> None:
    """Choose files on the upload page and start; they are on their way when this returns."""
    page.goto("/upload")
    page.locator("[data-part=picker]").set_input_files(files)
    page.get_by_role("button", name=re.compile("Upload and transcribe")).click()


def row_of(page: Page, file: Path) -> str:
    """Wait until the file is up; returns the code of its transcript."""
    opening = page.locator("[data-part=list] .upload", has_text=file.name).get_by_role("link", name="Open")
    expect(opening).to_be_visible(timeout=TRANSCRIBED_MS)
    return str(opening.get_attribute("href")).rsplit("/", 1)[-1]


def open_transcribed(page: Page, code: str) -> None:
    """Open a transcript and wait until it is ready to be read and heard."""
    page.goto(f"/t/{code}")
    expect(page.locator("vox-editor")).to_have_attribute("data-stage", "ready", timeout=TRANSCRIBED_MS)


def growing_file(page: Page, data_dir: Path, enough_bytes: int) -> Path:
    """Wait until so much of the file that is on its way is on the server's disk, and return it there."""
    for _ in range(1000):
        for file in data_dir.glob("media/uploads/*/file"):
            if file.stat().st_size > enough_bytes:
                return file
        page.wait_for_timeout(10)
    raise AssertionError("the file does not arrive")


def stored(page: Page, code: str) -> bytes:
    """The original as the server gives it back."""
    return page.request.get(f"/api/v1/transcripts/{code}/media?original=1").body()


def tab_to(page: Page, selector: str, most: int = 40) -> None:
    """Move the focus with the Tab key alone until it stands on ``selector``."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{most} times Tab did not lead to {selector}")


def offsets_sent(page: Page) -> list[int]:
    """A list that grows by the Upload-Offset of every piece the page sends from now on."""
    offsets: list[int] = []

    def note(asked: Request) -> None:
        if asked.method == "PATCH":
            offsets.append(int(asked.headers["upload-offset"]))

    page.on("request", note)
    return offsets


def offsets_told(page: Page) -> list[int]:
    """A list that grows by the Upload-Offset the server answers whenever the page asks where to go on."""
    told: list[int] = []

    def note(answer: Response) -> None:
        if answer.request.method == "HEAD" and answer.ok:
            told.append(int(answer.headers["upload-offset"]))

    page.on("response", note)
    return told
