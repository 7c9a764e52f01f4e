"""Tells work in another thread that nobody waits for it any more."""

from __future__ import annotations

import threading
from collections.abc import Callable


class Cancellation:
    """Cancelled once and for ever; what was registered is called at that moment, from the caller's thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._actions: list[Callable[[], None]] = []
        self._cancelled = False

    @property
    def cancelled(self) -> bool:
        """Whether the work should stop."""
        return self._cancelled

    def on_cancel(self, action: Callable[[], None]) -> None:
        """Calls ``action`` when cancelled, at once if that has happened already."""
        with self._lock:
            if not self._cancelled:
                self._actions.append(action)
                return
        action()

    def cancel(self) -> None:
        """May be called again, and from any thread."""
        with self._lock:
            self._cancelled = True
            actions, self._actions = self._actions, []
        for action in actions:
            action()
