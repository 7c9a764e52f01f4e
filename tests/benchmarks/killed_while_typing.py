"""How much typing is lost when a web process, or the browser itself, is killed in the middle of it.

``python -m tests.benchmarks.killed_while_typing [server kills] [browser kills]``: a real Chromium, 8
characters a second, ``kill -9`` at a random moment of the typing. After each kill of the web process the
person types on, and everything must arrive. After each kill of the browser it is opened again with the same
profile; in every other round the web process is killed first, so that the text is in the browser's own
database only. Printed is what is missing on the server in the end: characters, and milliseconds of typing
before the kill. Target: nothing for the web process, one second for the browser.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import httpx
from playwright.sync_api import BrowserContext, Error, Page, Playwright, sync_playwright

from tests.browser.find_chromium import chromium
from tests.stack import Stack

from .editor_speed import FLAGS
from .engine_rig import load_average
from .live_rig import quiet_stack, session_key, web_of
from .long_transcript import write_long
from .process_memory import command_of

SERVER_KILLS = 20
BROWSER_KILLS = 10
PER_SECOND = 8
TYPING_SECONDS = (1.5, 4.0)
SETTLE_SECONDS = 180.0
ALLOWED_MS = 1_000.0
SEGMENT = "s20"

READY = "addEventListener('editor-ready', (event) => { globalThis.editor = event.detail; }, true);"
OPENED = "() => Boolean(globalThis.editor?.view)"
TO_THE_END = """(id) => {
  let at = 0;
  editor.view.state.doc.descendants((node, pos) => {
    if (node.attrs.id === id) at = pos + 1 + node.content.size;
    return node.type.name !== "segment";
  });
  editor.select(at);
  editor.view.focus();
}"""
SAVED = "() => document.querySelector('vox-sync')?.dataset.state === 'saved'"


class Key(NamedTuple):
    """A character, and when it was there for the page (seconds of the monotonic clock)."""

    character: str
    at: float


class Loss(NamedTuple):
    """Of one kill: how many characters, and how long before the kill the first of them was typed."""

    characters: int
    ms: float


@dataclass
class Typist:
    """Types numbers that count up, so that whatever is missing shows."""

    stack: Stack
    code: str
    session: str
    dice: random.Random
    number: int = 0
    keys: list[Key] = field(default_factory=list)

    def type(self, page: Page, seconds: float) -> None:
        over = time.monotonic() + seconds
        while time.monotonic() < over:
            self.number += 1
            for character in f" {self.number:05}":
                began = time.monotonic()
                page.keyboard.press("Space" if character == " " else character)
                self.keys.append(Key(character, time.monotonic()))
                time.sleep(max(0.0, 1 / PER_SECOND - (time.monotonic() - began)))

    def pause(self) -> None:
        """Somewhere between two keys."""
        time.sleep(self.dice.uniform(0, 1 / PER_SECOND))

    def loss(self, killed_at: float) -> Loss:
        """What the server does not have; from then on it counts as not typed."""
        arrived = self._arrived()
        missing: list[Key] = []
        left: list[Key] = []
        for key in self.keys:
            if arrived.startswith(key.character):
                arrived = arrived[1:]
                left.append(key)
            else:
                missing.append(key)
        if arrived:
            raise RuntimeError(f"the server has what nobody typed: {arrived[:40]!r}")
        self.keys = left
        return Loss(len(missing), 1000 * (killed_at - missing[0].at) if missing else 0.0)

    def _arrived(self) -> str:
        """What stands behind the text that was there before."""
        answer = self.stack.client.get(f"transcripts/{self.code}")
        answer.raise_for_status()
        text = next(str(line["text"]) for line in answer.json()["segments"] if line["id"] == SEGMENT)
        return text.rpartition(".")[2]


@contextmanager
def browser(playwright: Playwright, typist: Typist, profile: Path) -> Iterator[BrowserContext]:
    url = typist.stack.url
    context = playwright.chromium.launch_persistent_context(
        str(profile), executable_path=chromium(), args=FLAGS, base_url=url
    )
    context.add_cookies([{"name": "sessionid", "value": typist.session, "url": url}])
    context.add_init_script(READY)
    try:
        yield context
    finally:
        try:
            context.close()
        except Error:  # it was killed
            time.sleep(0.5)


def opened(context: BrowserContext, code: str) -> Page:
    page = context.pages[0]
    page.goto(f"/t/{code}")
    page.wait_for_function(OPENED, timeout=SETTLE_SECONDS * 1000)
    page.evaluate(TO_THE_END, SEGMENT)
    return page


def settled(page: Page) -> None:
    page.wait_for_function(SAVED, timeout=SETTLE_SECONDS * 1000)
    page.wait_for_timeout(500)
    page.wait_for_function(SAVED, timeout=SETTLE_SECONDS * 1000)


def kill_web(stack: Stack) -> float:
    os.kill(web_of(stack), signal.SIGKILL)
    return time.monotonic()


def kill_browser(profile: Path) -> float:
    """The process that holds sockets and databases; those of the pages end with it."""
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal() and _is_browser(command_of(int(entry.name)), profile):
            os.kill(int(entry.name), signal.SIGKILL)
            return time.monotonic()
    raise RuntimeError("the browser is not running")


def _is_browser(command: str, profile: Path) -> bool:
    return f"--user-data-dir={profile}" in command and "--type=" not in command and "node" not in command


def wait_for_web(stack: Stack) -> None:
    """The supervisor starts another one."""
    give_up = time.monotonic() + SETTLE_SECONDS
    while time.monotonic() < give_up:
        try:
            stack.client.get("transcripts", timeout=10).raise_for_status()
        except httpx.HTTPError:
            time.sleep(0.2)
        else:
            return
    raise TimeoutError("no web process answers")


def kill_servers(playwright: Playwright, typist: Typist, profile: Path, count: int) -> list[Loss]:
    losses: list[Loss] = []
    with browser(playwright, typist, profile) as context:
        page = opened(context, typist.code)
        for _ in range(count):
            typist.type(page, typist.dice.uniform(*TYPING_SECONDS))
            typist.pause()
            killed_at = kill_web(typist.stack)
            typist.type(page, 1.0)
            wait_for_web(typist.stack)
            settled(page)
            losses.append(typist.loss(killed_at))
    return losses


def kill_browsers(playwright: Playwright, typist: Typist, profile: Path, count: int) -> list[Loss]:
    losses: list[Loss] = []
    for number in range(count):
        with browser(playwright, typist, profile) as context:
            page = opened(context, typist.code)
            if number % 2:
                kill_web(typist.stack)
            typist.type(page, typist.dice.uniform(*TYPING_SECONDS))
            typist.pause()
            killed_at = kill_browser(profile)
        wait_for_web(typist.stack)
        with browser(playwright, typist, profile) as context:
            settled(opened(context, typist.code))
        losses.append(typist.loss(killed_at))
    return losses


def show(what: str, losses: list[Loss], typed: int) -> bool:
    characters = [loss.characters for loss in losses]
    worst = max((loss.ms for loss in losses), default=0.0)
    mean = sum(loss.ms for loss in losses) / max(1, len(losses))
    print(f"  {what} killed {len(losses)} times: characters lost {characters} of {typed}")
    print(f"    typing lost: {worst:.0f} ms at most, {mean:.0f} ms on average")
    return worst <= ALLOWED_MS


def main(arguments: list[str]) -> int:
    servers, browsers = (
        int(arguments[n]) if len(arguments) > n else default
        for n, default in enumerate((SERVER_KILLS, BROWSER_KILLS))
    )
    with quiet_stack() as stack, sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        typist = Typist(stack, write_long(stack, 60), session_key(stack), random.Random(7))
        print(f"killed while typing {PER_SECOND} characters a second, load {load_average()}")
        lost = kill_servers(playwright, typist, Path(folder) / "one", servers)
        is_kept = show("web process", lost, 6 * typist.number) and not any(loss.characters for loss in lost)
        before = typist.number
        lost = kill_browsers(playwright, typist, Path(folder) / "other", browsers)
        return 0 if show("browser", lost, 6 * (typist.number - before)) and is_kept else 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
