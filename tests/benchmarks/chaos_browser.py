"""A Chromium that records a take, as a process that can be killed: the next one with its profile goes on.

``python -m tests.benchmarks.chaos_browser <address> <folder> <spoken wav> <seconds> <title> <model>``, the
session in ``VOXWEB_CHAOS_SESSION``. Does what a person does and nothing else: records, continues what is
offered, stops. The folder gets ``started`` when something was recorded, and in the end ``code``. SIGUSR1
reloads the page.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Dialog, Error, Page, sync_playwright

from tests.browser.find_chromium import chromium

LOOK = """() => {
  const seen = (name) => [...document.querySelectorAll(`vox-unfinished-takes [data-part=${name}]`)]
    .find((part) => part.offsetParent !== null);
  return {
    path: location.pathname,
    state: document.querySelector('vox-record')?.dataset.state ?? '',
    clock: document.querySelector('[data-part=clock]')?.textContent ?? '0:00',
    goesOn: Boolean(seen('continue')),
    opens: seen('open')?.getAttribute('href') ?? '',
  };
}"""
IN_LIBRARY = """async (title) => {
  const answer = await fetch(`/api/v1/transcripts?q=${encodeURIComponent(title)}`);
  const { transcripts } = await answer.json();
  return transcripts.find((one) => one.title === title && one.state !== 'recording')?.code ?? '';
}"""
CHOICES = "localStorage.setItem('voxweb:record', JSON.stringify({live_model: '%s'}))"
STEP_SECONDS = 0.3
OFFER_SECONDS = 6.0
STUCK_SECONDS = 40.0
SETTLED_SECONDS = 3


class Person:
    """In front of the page until there is a finished transcript."""

    def __init__(self, page: Page, address: str, folder: Path, seconds: int, title: str) -> None:
        self._page = page
        self._address = address
        self._folder = folder
        self._seconds = seconds
        self._title = title
        self._opened_at = self._moved_at = time.monotonic()
        self._before: dict[str, Any] = {}
        self.wants_reload = False

    def record(self) -> None:
        while not (self._folder / "code").exists():
            try:
                self._step()
                self._page.wait_for_timeout(STEP_SECONDS * 1000)
            except Error:
                if self._page.is_closed():
                    raise SystemExit(-signal.SIGTERM) from None
                time.sleep(1.0)
                self._open()

    def _open(self) -> None:
        self._opened_at = self._moved_at = time.monotonic()
        try:
            self._page.goto(f"{self._address}/record", timeout=15_000)
        except Error:
            time.sleep(0.5)

    def _step(self) -> None:
        if self.wants_reload:
            self.wants_reload = False
            self._open()
        seen = self._page.evaluate(LOOK)
        if seen != self._before:
            self._before, self._moved_at = seen, time.monotonic()
        if seen["path"].startswith("/t/"):
            self._note("code", seen["path"].rsplit("/", 1)[-1])
        elif seen["path"] != "/record" or time.monotonic() - self._moved_at > STUCK_SECONDS:
            self._open()
        elif seen["state"] in {"recording", "reconnecting"}:
            self._while_recording(seen["clock"])
        elif seen["state"] in {"idle", "arming"}:
            self._before_recording(seen)
        elif seen["state"] == "failed":
            self._open()

    def _while_recording(self, clock: str) -> None:
        minutes, seconds = clock.split(":")
        recorded = 60 * int(minutes) + int(seconds)
        if recorded >= SETTLED_SECONDS:
            self._note("started", clock)
        if recorded >= self._seconds:
            self._page.keyboard.press("Shift+S")

    def _before_recording(self, seen: dict[str, Any]) -> None:
        """What was interrupted is offered a moment after the page is there."""
        if seen["opens"]:
            self._note("code", seen["opens"].rsplit("/", 1)[-1])
        elif seen["goesOn"]:
            self._page.locator("vox-unfinished-takes [data-part=continue]").first.click(timeout=3_000)
        elif time.monotonic() - self._opened_at < OFFER_SECONDS:
            return
        elif (self._folder / "started").exists():
            self._look_into_library()
        else:
            self._page.get_by_label("Title").fill(self._title)
            self._page.locator("#main").focus()
            self._page.keyboard.press("r")

    def _look_into_library(self) -> None:
        """Where nothing is unfinished any more the take is there: its end was missed, not the take."""
        if code := self._page.evaluate(IN_LIBRARY, self._title):
            self._note("code", code)

    def _note(self, name: str, text: str) -> None:
        (self._folder / name).write_text(text)


def accept(dialog: Dialog) -> None:
    dialog.accept()


def opened(context: BrowserContext, address: str, model: str) -> Page:
    session = {"name": "sessionid", "value": os.environ["VOXWEB_CHAOS_SESSION"], "url": address}
    context.add_cookies([session])  # type: ignore[list-item]
    context.add_init_script(CHOICES % model)
    page = context.pages[0] if context.pages else context.new_page()
    page.on("dialog", accept)
    return page


def main(address: str, folder: Path, voice: str, seconds: int, title: str, model: str) -> None:
    flags = [
        "--no-sandbox",
        "--use-fake-device-for-media-stream",
        "--use-fake-ui-for-media-stream",
        f"--use-file-for-fake-audio-capture={voice}",
    ]
    with sync_playwright() as playwright:
        profile = str(folder / "profile")
        context = playwright.chromium.launch_persistent_context(
            profile, executable_path=chromium(), args=flags, permissions=["microphone"]
        )
        person = Person(opened(context, address, model), address, folder, seconds, title)

        def reload(_number: int, _frame: object) -> None:
            person.wants_reload = True

        signal.signal(signal.SIGUSR1, reload)
        person.record()
        context.close()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), sys.argv[3], int(sys.argv[4]), sys.argv[5], sys.argv[6])
