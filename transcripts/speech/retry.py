"""When a call is repeated, how long the client waits before, and when it gives up."""

from __future__ import annotations

import math
import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TypeVar

from transcripts.speech.errors import SpeechCancelled, SpeechError

T = TypeVar("T")

LONGEST_ORDERED_WAIT_SECONDS = 24 * 3600.0
# A person who cancels waits at most this long for a sleeping client.
_LOOK_UP_SECONDS = 0.1


def never_stop() -> bool:
    """The ``should_stop`` of a caller who does not cancel."""
    return False


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """Exponential back-off with full jitter; an ordered wait (`Retry-After`) is kept, never shortened.

    ``attempts`` counts the first one too. Together all waits of one call stay below ``total_wait_seconds``:
    when the next would not fit, the error goes to the caller, who finds ``retry_after_seconds`` on it.
    """

    attempts: int = 4
    first_wait_seconds: float = 0.5
    factor: float = 2.0
    longest_wait_seconds: float = 8.0
    total_wait_seconds: float = 20.0

    def wait_seconds(self, error: SpeechError, attempt: int, waited_seconds: float) -> float | None:
        """The wait after failed ``attempt`` (from 1), or ``None`` to give up."""
        if not error.worth_repeating or attempt >= self.attempts:
            return None
        wait = error.retry_after_seconds or self._back_off(attempt)
        return wait if waited_seconds + wait <= self.total_wait_seconds else None

    def _back_off(self, attempt: int) -> float:
        exponent = min(attempt - 1, 64)
        return random.uniform(
            0, min(self.first_wait_seconds * self.factor**exponent, self.longest_wait_seconds)
        )


def with_retries(
    policy: RetryPolicy, attempt: Callable[[], T], should_stop: Callable[[], bool] = never_stop
) -> T:
    """Run ``attempt`` until it works or the policy gives up; raises its last error or `SpeechCancelled`."""
    waited_seconds = 0.0
    number = 1
    while True:
        stop_if_asked(should_stop)
        try:
            return attempt()
        except SpeechError as error:
            wait = policy.wait_seconds(error, number, waited_seconds)
            if wait is None:
                raise
        _pause(wait, should_stop)
        waited_seconds += wait
        number += 1


def stop_if_asked(should_stop: Callable[[], bool]) -> None:
    """Raise `SpeechCancelled` when the caller wants the call to end."""
    if should_stop():
        raise SpeechCancelled


def retry_after_seconds(headers: Mapping[str, str], now: datetime | None = None) -> float | None:
    """The wait a service orders: ``retry-after-ms``, else ``Retry-After`` in seconds or as an HTTP date.

    ``headers`` is case-insensitive (or lower-case). Zero, negative and unreadable values count as absent;
    a date is measured against the answer's own ``Date``, so that a wrong clock here does not matter.
    """
    milliseconds = _number(headers.get("retry-after-ms"))
    if milliseconds is not None:
        return _bounded(milliseconds / 1000)
    value = headers.get("retry-after")
    seconds = _number(value)
    return _bounded(_seconds_until(value, headers.get("date"), now) if seconds is None else seconds)


def _seconds_until(value: str | None, date: str | None, now: datetime | None) -> float | None:
    moment = _moment(value)
    if moment is None:
        return None
    return (moment - (_moment(date) or now or datetime.now(UTC))).total_seconds()


def _moment(value: str | None) -> datetime | None:
    try:
        moment = parsedate_to_datetime(value or "")
    except (ValueError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _number(value: str | None) -> float | None:
    try:
        number = float(value or "")
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _bounded(seconds: float | None) -> float | None:
    if seconds is None or seconds <= 0:
        return None
    return min(seconds, LONGEST_ORDERED_WAIT_SECONDS)


def _pause(seconds: float, should_stop: Callable[[], bool]) -> None:
    deadline = time.monotonic() + seconds
    while (left := deadline - time.monotonic()) > 0:
        stop_if_asked(should_stop)
        time.sleep(min(left, _LOOK_UP_SECONDS))
