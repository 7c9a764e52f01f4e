from __future__ import annotations

from datetime import UTC, datetime
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcripts.speech.errors import (
    SpeechCancelled,
    SpeechError,
    SpeechKeyRejected,
    SpeechRateLimited,
    SpeechRequestRejected,
    SpeechTimeout,
    SpeechUnavailable,
)
from transcripts.speech.retry import RetryPolicy, retry_after_seconds, with_retries

NOW = datetime(2026, 11, 20, 12, 0, 0, tzinfo=UTC)
QUICK = RetryPolicy(attempts=4, first_wait_seconds=0.001, longest_wait_seconds=0.002)


class Failing:
    """Raise the given errors one by one, then return how often it was called."""

    def __init__(self, *errors: SpeechError) -> None:
        self.errors = list(errors)
        self.calls = 0

    def __call__(self) -> int:
        self.calls += 1
        if self.errors:
            raise self.errors.pop(0)
        return self.calls


def test_it_works() -> None:
    assert with_retries(QUICK, Failing(SpeechUnavailable(), SpeechRateLimited())) == 3


@pytest.mark.parametrize("error", [SpeechKeyRejected(), SpeechRequestRejected(), SpeechTimeout()])
def test_what_cannot_get_better_is_not_repeated(error: SpeechError) -> None:
    attempt = Failing(error)
    with pytest.raises(type(error)):
        with_retries(QUICK, attempt)
    assert attempt.calls == 1


def test_attempts_are_bounded() -> None:
    attempt = Failing(*[SpeechUnavailable() for _ in range(9)])
    with pytest.raises(SpeechUnavailable):
        with_retries(QUICK, attempt)
    assert attempt.calls == 4


def test_a_long_ordered_wait_is_left_to_the_job() -> None:
    attempt = Failing(SpeechRateLimited(retry_after_seconds=600))
    with pytest.raises(SpeechRateLimited) as caught:
        with_retries(QUICK, attempt)
    assert (attempt.calls, caught.value.retry_after_seconds) == (1, 600)


def test_all_waits_together_are_bounded() -> None:
    policy = RetryPolicy(attempts=100, total_wait_seconds=0.05)
    attempt = Failing(*[SpeechRateLimited(retry_after_seconds=0.02) for _ in range(99)])
    with pytest.raises(SpeechRateLimited):
        with_retries(policy, attempt)
    assert attempt.calls == 3


def test_an_ordered_wait_is_never_shortened() -> None:
    error = SpeechRateLimited(retry_after_seconds=15)
    assert RetryPolicy().wait_seconds(error, 1, 0.0) == 15


def test_cancelling_ends_the_wait() -> None:
    attempt = Failing(SpeechRateLimited(retry_after_seconds=15))
    answers = iter([False, False, True])
    with pytest.raises(SpeechCancelled):
        with_retries(RetryPolicy(), attempt, lambda: next(answers))
    assert attempt.calls == 1


def test_cancelled_before_the_first_attempt() -> None:
    attempt = Failing()
    with pytest.raises(SpeechCancelled):
        with_retries(QUICK, attempt, lambda: True)
    assert attempt.calls == 0


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"retry-after": "3"}, 3.0),
        ({"retry-after": "0.25"}, 0.25),
        ({"retry-after-ms": "200", "retry-after": "3"}, 0.2),
        ({"retry-after": "0"}, None),
        ({"retry-after": "-5"}, None),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "nan"}, None),
        ({"retry-after": "inf"}, None),
        ({"retry-after": "1e12"}, 86_400.0),
        ({"retry-after": "Fri, 20 Nov 2026 12:00:30 GMT"}, 30.0),
        ({"retry-after": "Fri, 20 Nov 2026 11:59:30 GMT"}, None),
        ({"retry-after": "Fri, 20 Nov 2026 09:00:30 GMT", "date": "Fri, 20 Nov 2026 09:00:00 GMT"}, 30.0),
        ({"retry-after": "Fri, 99 Nov 2026 12:00:30 GMT"}, None),
    ],
)
def test_ordered_waits_come_in_many_forms(headers: dict[str, str], seconds: float | None) -> None:
    assert retry_after_seconds(headers, NOW) == seconds


@given(st.text(max_size=30))
def test_no_header_breaks_it(value: str) -> None:
    seconds = retry_after_seconds({"retry-after": value, "retry-after-ms": value, "date": value}, NOW)
    assert seconds is None or 0 < seconds <= 86_400


@given(st.datetimes(timezones=st.just(UTC)))
def test_any_date_is_a_bounded_wait(moment: datetime) -> None:
    value = format_datetime(moment, usegmt=True)
    seconds = retry_after_seconds({"retry-after": value}, NOW)
    assert seconds is None or 0 < seconds <= 86_400


@given(st.integers(1, 2000))
def test_back_off_stays_within_its_bounds(attempt: int) -> None:
    policy = RetryPolicy(attempts=5000, total_wait_seconds=100)
    wait = policy.wait_seconds(SpeechUnavailable(), attempt, 0.0)
    assert wait is not None
    assert 0 <= wait <= policy.longest_wait_seconds
