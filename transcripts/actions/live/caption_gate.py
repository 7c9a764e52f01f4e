"""Provisional text comes after the final text that was heard before it, so that no word is out of sight."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from ...relay.captions import Caption

HOLD_SECONDS = 1.0
"""More than writing takes; while the database is away captions go on."""


class CaptionGate:
    """Final text is on its way through the database for a moment.

    A caption that overtook it would take its words off the page before they are there as final text. The
    newest caption waits here instead, for ``hold_seconds`` at most.
    """

    def __init__(self, show: Callable[[Caption], None], *, hold_seconds: float = HOLD_SECONDS) -> None:
        self._show = show
        self._hold_seconds = hold_seconds
        self._clock = asyncio.get_running_loop().time
        self._unwritten = 0
        self._since = 0.0
        self._held: Caption | None = None

    def take(self, caption: Caption) -> None:
        """Show it now, or as soon as the final text before it is written."""
        if self._unwritten and self._clock() - self._since < self._hold_seconds:
            self._held = caption
        else:
            self._held = None
            self._show(caption)

    def final_heard(self) -> None:
        if not self._unwritten:
            self._since = self._clock()
        self._unwritten += 1

    def final_written(self) -> None:
        """Call when its readers were told, or when it could not be kept."""
        self._unwritten -= 1
        if not self._unwritten and self._held is not None:
            held, self._held = self._held, None
            self._show(held)
