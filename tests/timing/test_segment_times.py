from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.timing.strategies import moments
from transcripts.timing.segment_times import tidy_segment_times

maybe = st.none() | moments


def test_it_works() -> None:
    assert tidy_segment_times([(0, 1000), (900, 2500)], 2000) == [(0, 1000), (900, 2000)]


def test_missing_times_come_from_the_neighbours() -> None:
    assert tidy_segment_times([(None, 500), (None, None), (800, None)], 1000) == [
        (0, 500),
        (500, 800),
        (800, 1000),
    ]


def test_times_that_run_backwards_stand_still() -> None:
    assert tidy_segment_times([(500, 400), (100, 700)], 1000) == [(500, 500), (500, 700)]


def test_nothing_and_an_empty_recording() -> None:
    assert tidy_segment_times([], 1000) == []
    assert tidy_segment_times([(5, 9)], 0) == [(0, 0)]


@given(st.lists(st.tuples(maybe, maybe), max_size=12), moments)
def test_any_times_become_ordered(spans: list[tuple[int | None, int | None]], duration_ms: int) -> None:
    tidy = tidy_segment_times(spans, duration_ms)
    assert len(tidy) == len(spans)
    assert [start for start, _ in tidy] == sorted(start for start, _ in tidy)
    assert all(0 <= start <= end <= max(duration_ms, 0) for start, end in tidy)
