from __future__ import annotations

import pytest

from transcripts.fetch.errors import UrlTimeoutError
from transcripts.fetch.limits import FetchLimits
from transcripts.fetch.pace import Pace


def test_it_works() -> None:
    pace = Pace(FetchLimits(max_bytes=1, pace_seconds=0.0, slowest_bytes_per_second=10**15))
    with pytest.raises(UrlTimeoutError):
        pace.note(1)


def test_within_the_first_minute_nobody_is_too_slow() -> None:
    Pace(FetchLimits(max_bytes=1, slowest_bytes_per_second=10**15)).note(0)


def test_fast_enough_goes_on() -> None:
    pace = Pace(FetchLimits(max_bytes=1, pace_seconds=0.0, slowest_bytes_per_second=1))
    for _ in range(3):
        pace.note(10**9)
