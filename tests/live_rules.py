"""When a recorder of ``/ws/live`` comes back, and when it must not."""

from __future__ import annotations

import random
from dataclasses import dataclass

TAKEN_OVER, RESTARTING, BAD_MESSAGE, SIGN_IN, NOT_ALLOWED, NOT_FOUND = 4001, 4012, 4400, 4401, 4403, 4404
TOO_MANY, DISK_FULL = 4429, 4507
FINAL_CODES = {TAKEN_OVER, BAD_MESSAGE, SIGN_IN, NOT_ALLOWED, NOT_FOUND}
LATER_CODES = {TOO_MANY, DISK_FULL}


class RefusedError(Exception):
    """The server closed with a code after which a recorder does not come back by itself."""

    def __init__(self, code: int, words: str) -> None:
        super().__init__(f"{code} {words}")
        self.code = code


class SoundLostError(Exception):
    """The server asks for sound that it had promised to keep for good."""


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds."""

    first_wait: float = 0.5
    longest_wait: float = 15.0
    refused_wait: float = 10.0
    no_ack: float = 6.0
    no_hello: float = 10.0
    no_stopped: float = 60.0


class ComeBack:
    """When to connect again. ``closes`` are the codes so far, None where there was no connection."""

    def __init__(self, patience: Patience) -> None:
        self.closes: list[int | None] = []
        self._patience = patience
        self._tries = 0

    def greeted(self) -> None:
        """The server is there again."""
        self._tries = 0

    def closed(self, code: int | None, words: str = "") -> None:
        """Raises RefusedError."""
        self.closes.append(code)
        if code in FINAL_CODES:
            raise RefusedError(code or 0, words)

    def wait_seconds(self) -> float:
        if self.closes[-1] == RESTARTING and self._tries == 0:
            return 0.05
        if self.closes[-1] in LATER_CODES:
            return self._patience.refused_wait
        longest = min(self._patience.longest_wait, self._patience.first_wait * 2 ** min(self._tries, 10))
        self._tries += 1
        return random.uniform(longest / 2, longest)
