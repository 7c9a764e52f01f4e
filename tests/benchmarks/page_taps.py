"""What a tapped record page told: its sound at two places, and its words; see ``page_taps.js``."""

from __future__ import annotations

import json
import time
from base64 import b64decode
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Page

from .added_delay import Recorded, Shown

SCRIPT = Path(__file__).with_name("page_taps.js")
CLOCK_LOOKS = 30


@dataclass
class PageTaps:
    """``captured`` is the sound as it was given out, ``sent`` the same by its offsets.

    ``recorded`` has the times of this process; ``clock_error_ms`` is how wrong they may be.
    """

    captured: bytearray = field(default_factory=bytearray)
    sent: bytearray = field(default_factory=bytearray)
    resent_bytes: int = 0
    recorded: Recorded = field(default_factory=Recorded)
    clock_error_ms: float = 0.0
    _behind: float = 0.0

    def open(self, page: Page) -> None:
        """Call before the page is opened, and ``set_clock`` once it is."""
        page.expose_function("tapped", self._told)
        page.add_init_script(path=SCRIPT)

    def set_clock(self, page: Page) -> None:
        """The page counts from 1970, this process from the machine's start."""
        looks = []
        for _ in range(CLOCK_LOOKS):
            before = time.monotonic()
            there = page.evaluate("performance.timeOrigin + performance.now()") / 1000
            after = time.monotonic()
            looks.append((after - before, there - (before + after) / 2))
        took, self._behind = min(looks)
        self.clock_error_ms = 1000 * took / 2

    def _told(self, text: str) -> None:
        facts = json.loads(text)
        at = facts["at"] / 1000 - self._behind
        if facts["kind"] == "shown":
            self.recorded.shown.append(Shown(at, facts["words"], facts["finalWords"]))
        elif facts["kind"] == "captured":
            self.captured += b64decode(facts["pcm"])
        else:
            self._sent(at, facts["offset"], b64decode(facts["pcm"]))

    def _sent(self, at: float, offset: int, pcm: bytes) -> None:
        end = offset + len(pcm)
        self.resent_bytes += max(0, min(len(self.sent), end) - offset)
        if end > len(self.sent):
            self.recorded.sent.append((end, at))
        self.sent[offset:end] = pcm
