"""Notice a server that trickles, which no timeout between two bytes does."""

from __future__ import annotations

import time

from .errors import UrlTimeoutError
from .limits import FetchLimits


class Pace:
    """Speed of one connection, looked at once every ``pace_seconds``."""

    def __init__(self, limits: FetchLimits) -> None:
        self._limits = limits
        self._since = time.monotonic()
        self._bytes = 0

    def note(self, received_bytes: int) -> None:
        """Raises UrlTimeoutError where too little came since the last look."""
        self._bytes += received_bytes
        seconds = time.monotonic() - self._since
        if seconds < self._limits.pace_seconds:
            return
        if self._bytes < self._limits.slowest_bytes_per_second * seconds:
            raise UrlTimeoutError
        self._since, self._bytes = time.monotonic(), 0
