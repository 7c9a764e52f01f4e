"""Clocks in the margin of a transcript."""

from __future__ import annotations

import pytest

from transcripts.templatetags.reading_clock import line_clock


def test_it_works() -> None:
    assert line_clock(724_000) == "00:12:04"


@pytest.mark.parametrize(
    ("ms", "shown"), [(0, "00:00:00"), (-5, "00:00:00"), (999, "00:00:00"), (360_000_000, "100:00:00")]
)
def test_edges(ms: int, shown: str) -> None:
    assert line_clock(ms) == shown
