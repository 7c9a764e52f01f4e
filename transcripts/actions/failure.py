"""The retry rule of jobs and parts, in one place."""

from __future__ import annotations

import logging
import random

from ..errors import VoxwebError
from ..models import Leased
from ..speech.errors import SpeechError

logger = logging.getLogger(__name__)

MAX_TRIES = 20
"""With the waits below, a service may be away for about two hours before anything is given up."""
FIRST_WAIT_SECONDS = 2.0
LONGEST_WAIT_SECONDS = 600.0
MAX_ATTEMPTS = 60
"""A row that was claimed this often without an end takes its worker down with it."""


def wait_seconds(tries: int, retry_after_seconds: float | None) -> float:
    """Exponential back-off with full jitter, 2 s doubling up to 10 min, never before the service asks."""
    longest = min(LONGEST_WAIT_SECONDS, FIRST_WAIT_SECONDS * 2.0**tries)
    return max(retry_after_seconds or 0.0, random.uniform(longest / 2, longest))


def settle_failure(row: Leased, error: VoxwebError) -> bool:
    """Put ``row`` back for a later try or mark it failed; returns whether it will be tried again."""
    if error.retryable and row.tries + 1 < MAX_TRIES:
        asked = error.retry_after_seconds if isinstance(error, SpeechError) else None
        row.try_again_in(wait_seconds(row.tries, asked), code=error.code, message=error.message)
        return True
    row.give_up(code=error.code, message=error.message)
    return False


class UnexpectedError(VoxwebError):
    """A fault of ours; tried again because most are passing (disk full, database away)."""

    code = "internal_error"
    message = "Something unexpected went wrong on the server. The recording is kept; it will be tried again."
    retryable = True


class WorkerLostError(VoxwebError):
    code = "worker_lost"
    message = (
        "The server's worker died again and again on this recording, so it was set aside. "
        "The file is kept; tell the operator, then try again."
    )
