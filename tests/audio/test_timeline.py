from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcripts.audio.timeline import LONGEST_GAP_SECONDS, Timeline


def test_it_works() -> None:
    timeline = Timeline()
    assert timeline.place(0.0, 1.0) == 0.0
    assert timeline.place(3.0, 1.0) == pytest.approx(2.0)
    assert timeline.place(4.0, 1.0) == 0.0
    assert timeline.clock_seconds == pytest.approx(5.0)
    assert timeline.silence_seconds == pytest.approx(2.0)


def test_a_late_start_counts_from_the_origin() -> None:
    timeline = Timeline(origin_seconds=2.0)
    assert timeline.place(5.0, 1.0) == pytest.approx(3.0)


def test_rounding_encoder_delay_and_jitter_move_nothing() -> None:
    timeline = Timeline()
    for time in (0.069, 1.002, 1.5, 2.99, None, 5.05):
        assert timeline.place(time, 1.0) == 0.0
    assert timeline.clock_seconds == pytest.approx(6.0)


def test_a_lost_packet_is_filled_exactly() -> None:
    timeline = Timeline()
    timeline.place(0.0, 0.026)
    assert timeline.place(0.052, 0.026, 0.005) == pytest.approx(0.026)
    assert timeline.silence_seconds == 0.0


@pytest.mark.parametrize("time", [-50.0, 10 + LONGEST_GAP_SECONDS + 1, 1e9])
def test_untrue_jumps_go_on_without_a_gap(time: float) -> None:
    timeline = Timeline()
    timeline.place(0.0, 10.0)
    assert timeline.place(time, 1.0) == 0.0
    assert timeline.place(time + 1.0, 1.0) == 0.0
    assert timeline.clock_seconds == pytest.approx(12.0)
    assert timeline.breaks == 1


@given(st.lists(st.tuples(st.one_of(st.none(), st.floats(-1e6, 1e6)), st.floats(0, 10)), max_size=50))
def test_the_clock_is_the_sum_of_sound_and_silence(frames: list[tuple[float | None, float]]) -> None:
    timeline = Timeline()
    total = 0.0
    for time, length in frames:
        gap = timeline.place(time, length)
        assert 0.0 <= gap <= LONGEST_GAP_SECONDS
        total += gap + length
    assert timeline.clock_seconds == pytest.approx(total)
