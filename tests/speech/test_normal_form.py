from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcripts.speech.normal_form import (
    LATEST_MS,
    milliseconds,
    normalised_piece,
    normalised_text,
    span_ms,
)

SECONDS = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=3))


def test_it_works() -> None:
    assert normalised_text(" Cafe\u0301 au lait\x00.") == "Café au lait."
    assert span_ms(1.2345, 2) == (1234, 2000)


@pytest.mark.parametrize("value", [None, True, "1.0", float("nan"), [], {}])
def test_what_is_not_a_time_is_unknown(value: object) -> None:
    assert milliseconds(value) is None


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [
        (-1, 0),
        (-0.0, 0),
        (float("inf"), LATEST_MS),
        (float("-inf"), 0),
        (1e300, LATEST_MS),
        (10**400, LATEST_MS),
    ],
)
def test_times_stay_in_a_database_column(seconds: float, expected: int) -> None:
    assert milliseconds(seconds) == expected


def test_an_end_before_its_start_is_the_start() -> None:
    assert span_ms(5.0, 3.0) == (5000, 5000)


def test_one_unknown_end_leaves_the_other() -> None:
    assert span_ms(None, 3.0) == (None, 3000)


def test_pieces_keep_the_spaces_that_join_them() -> None:
    assert normalised_piece(" and ") == " and "


@given(st.text(st.characters(), max_size=50))
def test_any_text_can_be_stored(text: str) -> None:
    normal = normalised_text(text)
    normal.encode("utf-8")
    assert "\x00" not in normal
    assert normal == unicodedata.normalize("NFC", normal)
    assert normal == normalised_text(normal)


@given(SECONDS, SECONDS)
def test_any_span_runs_forward(start: object, end: object) -> None:
    start_ms, end_ms = span_ms(start, end)
    for moment in (start_ms, end_ms):
        assert moment is None or 0 <= moment <= LATEST_MS
    assert start_ms is None or end_ms is None or start_ms <= end_ms
