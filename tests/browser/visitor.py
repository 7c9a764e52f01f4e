"""What a person does in the pages of a server that really runs, step by step."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from playwright.sync_api import CDPSession, Download, Page, expect

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
    expect(page.locator("vox-text")).to_have_attribute("data-stage", "ready", timeout=TRANSCRIBED_MS)


def tab_to(page: Page, selector: str, most: int = 40) -> None:
    """Move the focus with the Tab key alone until it stands on ``selector``."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{most} times Tab did not lead to {selector}")


def download(page: Page, entry: str) -> Download:
    """Choose an entry of the Export menu."""
    page.locator("summary", has_text="Export").click()
    with page.expect_download() as begun:
        page.get_by_role("link", name=entry).click()
    return begun.value


def offsets_sent(page: Page) -> list[int]:
    """A list that grows by the Upload-Offset of every piece the page sends from now on."""
    offsets: list[int] = []
    page.on(
        "request",
        lambda asked: offsets.append(int(asked.headers["upload-offset"])) if asked.method == "PATCH" else None,
    )
    return offsets


def offsets_told(page: Page) -> list[int]:
    """A list that grows by the Upload-Offset the server answers whenever the page asks where to go on."""
    told: list[int] = []
    page.on(
        "response",
        lambda answer: told.append(int(answer.headers["upload-offset"]))
        if answer.request.method == "HEAD" and answer.ok
        else None,
    )
    return told


def texts(parts: Iterable[str]) -> str:
    """Text as it is read aloud: without line ends and doubled spaces."""
    return " ".join(" ".join(parts).split())
