"""How long the oldest sound that was not sent yet has been waiting."""

from __future__ import annotations

from collections import deque

MOST_SAMPLES = 256


class Lag:
    """``note`` is called now and then with how much sound has arrived; offsets are bytes, times seconds.

    Sound that a browser sends late, after a broken connection, arrives at once and has not waited yet.
    """

    def __init__(self) -> None:
        self._arrivals: deque[tuple[int, float]] = deque(maxlen=MOST_SAMPLES)

    def note(self, received: int, now: float) -> None:
        if not self._arrivals or received > self._arrivals[-1][0]:
            self._arrivals.append((received, now))

    def waited_seconds(self, sent: int, now: float) -> float:
        """0 when everything noted was sent."""
        while self._arrivals and self._arrivals[0][0] <= sent:
            self._arrivals.popleft()
        return now - self._arrivals[0][1] if self._arrivals else 0.0
