"""Times and amounts for people."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.template import Context, Template

from transcripts.templatetags.clocks import clock, length_of, relative, spoken_length

NOW = datetime(2026, 11, 20, 13, 5, tzinfo=UTC)


def test_it_works() -> None:
    assert clock(4_360_000) == "1:12:40"
    assert spoken_length(345_600_000) == "96 hours"
    assert length_of(2_040_000, 3_660_000) == "34 of 61 minutes"
    page = Template("{% load clocks %}{% moment when %}").render(Context({"when": NOW}))
    assert 'datetime="2026-11-20T13:05:00+00:00"' in page
    assert 'title="20 November 2026, 13:05"' in page


@pytest.mark.parametrize(
    ("duration_ms", "shown"),
    [(None, ""), (0, "0:00:00"), (999, "0:00:00"), (59_999, "0:00:59"), (360_000_000, "100:00:00")],
)
def test_clocks(duration_ms: int | None, shown: str) -> None:
    assert clock(duration_ms) == shown


@pytest.mark.parametrize(
    ("duration_ms", "words"),
    [
        (None, "0 seconds"),
        (1000, "1 second"),
        (89_000, "89 seconds"),
        (90_000, "2 minutes"),
        (5_399_000, "90 minutes"),
        (5_400_000, "2 hours"),
    ],
)
def test_rough_lengths(duration_ms: int | None, words: str) -> None:
    assert spoken_length(duration_ms) == words


@pytest.mark.parametrize(
    ("when", "words"),
    [
        (datetime(2026, 11, 20, 9, 14, tzinfo=UTC), "Today, 09:14"),
        (datetime(2026, 11, 19, 23, 59, tzinfo=UTC), "Yesterday, 23:59"),
        (datetime(2026, 11, 18, tzinfo=UTC), "Wednesday"),
        (datetime(2026, 11, 14, 23, tzinfo=UTC), "Saturday"),
        (datetime(2026, 11, 13, 23, tzinfo=UTC), "13 Nov"),
        (datetime(2025, 11, 20, tzinfo=UTC), "20 Nov 2025"),
        (datetime(2026, 11, 21, tzinfo=UTC), "21 Nov"),
    ],
)
def test_moments_are_relative_for_a_week(when: datetime, words: str) -> None:
    """The same table as tests/static/js/lib/moments.test.js."""
    assert relative(when, NOW) == words
