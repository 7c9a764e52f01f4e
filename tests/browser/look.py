"""One state of a page in light, in dark and on a phone: axe-core on each, a picture where wanted."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Literal, NamedTuple

from playwright.sync_api import Page, ViewportSize

from tests.browser.conftest import grave_findings

PICTURES = os.environ.get("VOXWEB_SHOTS")
"""Folder in which the pictures are put for people to look at; none are made without it."""


class Look(NamedTuple):
    scheme: Literal["light", "dark"]
    size: ViewportSize
    rules: tuple[str, ...] = ()
    """Those of axe-core that can find more than in the look before; all where none is named."""


OF_COLOUR = ("color-contrast", "link-in-text-block")
DESK: ViewportSize = {"width": 1280, "height": 800}
LOOKS = {
    "light": Look("light", DESK),
    "dark": Look("dark", DESK, OF_COLOUR),
    "phone": Look("light", {"width": 390, "height": 844}),
}
AT_REST = """() => document.getAnimations().every(
  motion => motion.playState !== 'running' || motion.effect.getComputedTiming().endTime === Infinity)"""


def look_at(page: Page, state: str, wait: Callable[[Page], None] = lambda page: None) -> None:
    """Have nothing serious found, and nothing stand out of the window, in any look; ``wait`` before each."""
    for name, look in LOOKS.items():
        page.emulate_media(color_scheme=look.scheme)
        page.set_viewport_size(look.size)
        page.wait_for_function(AT_REST)
        wait(page)
        if PICTURES:
            page.screenshot(path=Path(PICTURES) / f"{state}-{name}.png")
        assert grave_findings(page, *look.rules) == [], f"{state}, {name}"
        assert page.evaluate("document.documentElement.scrollWidth") <= look.size["width"], f"{state}, {name}"
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(DESK)
