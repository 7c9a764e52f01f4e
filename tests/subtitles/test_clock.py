from __future__ import annotations

from transcripts.subtitles.clock import clock_time, exact_clock_time


def test_it_works() -> None:
    assert clock_time(3_723_999) == "01:02:03"
    assert exact_clock_time(3_723_999) == "01:02:03.999"


def test_a_hundred_hours_and_before_the_beginning() -> None:
    assert exact_clock_time(360_000_000 + 5) == "100:00:00.005"
    assert exact_clock_time(-5) == "00:00:00.000"
