"""Somebody who corrects a transcript with the keyboard alone; the page is looked at, never told anything."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from playwright.sync_api import Page

HERE = """key => {
  const { view, player } = document.querySelector('vox-editor');
  const { doc, selection } = view.state;
  const seen = getSelection();
  const head = view.dom.contains(seen.focusNode)
    ? view.posAtDOM(seen.focusNode, seen.focusOffset)
    : selection.head;
  const ids = [];
  let at = -1, offset = 0;
  doc.descendants((node, pos) => {
    if (node.type.name !== 'segment') return node.type.name !== 'cast';
    if (pos < head) { at = ids.length; offset = head - pos - 1; }
    ids.push(node.attrs.id);
    return false;
  });
  return {
    ahead: ids.indexOf(key) - at, key: ids[at] ?? '', offset, selected: seen.toString(),
    isWriting: view.hasFocus(), isPlaying: player.playing, ms: player.ms, speed: player.speed,
    isLooped: player.looped !== null,
  };
}"""
FOCUSED = """() => {
  const it = document.activeElement;
  if (!it || it === document.body) return '';
  return it.getAttribute('aria-label') ?? it.labels?.[0]?.innerText ?? it.innerText.trim().split('\\n')[0];
}"""
PASSAGES = """() => {
  const { doc } = document.querySelector('vox-editor').view.state;
  const names = {};
  doc.firstChild.forEach(({ attrs }, _offset, index) => {
    names[attrs.id] = attrs.name || `Speaker ${index + 1}`;
  });
  const found = [];
  doc.descendants((node) => {
    if (node.type.name !== 'segment') return node.type.name !== 'cast';
    const { speaker, start_ms, end_ms } = node.attrs;
    found.push([names[speaker] ?? '', start_ms, end_ms, node.textContent]);
    return false;
  });
  return found;
}"""
MOST_TABS = 80
POLL_MS = 50


class KeysFailed(AssertionError):
    """The keyboard did not do what it should."""


class Here(NamedTuple):
    """The caret is in the passage ``key``; so many passages ``ahead`` is the one that was asked for."""

    ahead: int
    key: str
    offset: int
    selected: str
    is_writing: bool
    is_playing: bool
    ms: float
    speed: float
    is_looped: bool


class Hands:
    """On the keyboard of a page, with ``pause_ms`` between letters.

    ``pictures`` is a folder for what the page looks like at some moments.
    """

    def __init__(self, page: Page, pictures: Path | None = None, *, pause_ms: int = 0) -> None:
        self.page, self.pictures, self.pause_ms = page, pictures, pause_ms
        self.pressed = 0

    def press(self, *keys: str, times: int = 1) -> None:
        for _ in range(times):
            for key in keys:
                self.page.keyboard.press(key)
                self.pressed += 1

    def write(self, text: str) -> None:
        self.page.keyboard.type(text, delay=self.pause_ms)
        self.pressed += len(text)

    def picture(self, name: str) -> None:
        if self.pictures:
            self.page.screenshot(path=self.pictures / f"{name}.png")

    # -- looking -----------------------------------------------------------------------------------

    def here(self, key: str = "") -> Here:
        seen: dict[str, Any] = self.page.evaluate(HERE, key)
        return Here(*seen.values())

    @property
    def focused(self) -> str:
        """What a screen reader would call the thing that has the focus; empty where nothing has it."""
        return str(self.page.evaluate(FOCUSED))

    def passages(self) -> list[tuple[str, int, int, str]]:
        return [tuple(row) for row in self.page.evaluate(PASSAGES)]

    def wait(self, is_so: Callable[[Here], bool], what: str, seconds: float = 8) -> Here:
        give_up = time.monotonic() + seconds
        while not is_so(here := self.here()):
            if time.monotonic() > give_up:
                raise KeysFailed(f"{what} did not happen: {here}, focus on “{self.focused}”")
            self.page.wait_for_timeout(POLL_MS)
        return here

    def wait_for_focus(self, pattern: str, seconds: float = 8) -> None:
        give_up = time.monotonic() + seconds
        while not re.search(pattern, self.focused):
            if time.monotonic() > give_up:
                raise KeysFailed(f"the focus is on “{self.focused}”, not on “{pattern}”")
            self.page.wait_for_timeout(POLL_MS)

    # -- moving ------------------------------------------------------------------------------------

    def tab_to(self, pattern: str, key: str = "Tab") -> None:
        """Press Tab until something of this name has the focus."""
        passed: list[str] = []
        while not re.search(pattern, self.focused):
            if len(passed) >= MOST_TABS:
                raise KeysFailed(f"{key} never came to “{pattern}”: {passed}")
            self.press(key)
            passed.append(self.focused)

    def go_to(self, key: str, offset: int) -> None:
        """Put the caret into a passage, with the arrow keys."""
        here = self.here(key)
        for _ in range(400):
            if here.ahead == 0 and here.offset == offset:
                return
            self.press(_arrow(here, offset))
            here = self.here(key)
        raise KeysFailed(f"the arrow keys do not lead to {key}, {offset}: {here}")


def _arrow(here: Here, offset: int) -> str:
    if here.ahead:
        return "ArrowDown" if here.ahead > 0 else "ArrowUp"
    if here.offset > offset:
        return "ArrowLeft"
    return "Control+ArrowRight"
