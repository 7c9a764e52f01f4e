from __future__ import annotations

import pytest

from transcripts.speech.error_body import Complaint, complaint_from
from transcripts.speech.errors import (
    SpeechAudioTooLong,
    SpeechError,
    SpeechKeyRejected,
    SpeechModelUnknown,
    SpeechRateLimited,
    SpeechRequestRejected,
    SpeechResponseInvalid,
    SpeechTimeout,
    SpeechUnavailable,
)
from transcripts.speech.rejection import error_for, error_for_event


def test_it_works() -> None:
    complaint = Complaint("Rate limit exceeded", "rate_limited", "1300", 429)
    error = error_for(429, complaint, retry_after_seconds=7.5, request_id="r1")
    assert isinstance(error, SpeechRateLimited)
    assert (error.retry_after_seconds, error.request_id, error.status) == (7.5, "r1", 429)
    assert "Rate limit exceeded" in error.message
    assert error.detail == {
        "status": 429,
        "service_message": "Rate limit exceeded",
        "service_type": "rate_limited",
        "service_code": "1300",
        "request_id": "r1",
    }


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (302, SpeechResponseInvalid),
        (400, SpeechRequestRejected),
        (401, SpeechKeyRejected),
        (402, SpeechRequestRejected),
        (403, SpeechKeyRejected),
        (404, SpeechRequestRejected),
        (408, SpeechUnavailable),
        (413, SpeechAudioTooLong),
        (422, SpeechRequestRejected),
        (429, SpeechRateLimited),
        (500, SpeechUnavailable),
        (503, SpeechUnavailable),
        (529, SpeechUnavailable),
    ],
)
def test_every_status_has_its_error(status: int, kind: type[SpeechError]) -> None:
    assert type(error_for(status, Complaint())) is kind


@pytest.mark.parametrize("status", [400, 401, 403, 404, 422])
def test_refusals_are_neither_repeated_nor_tried_again(status: int) -> None:
    error = error_for(status, Complaint())
    assert (error.worth_repeating, error.retryable) == (False, False)


@pytest.mark.parametrize(
    "complaint",
    [
        Complaint("Invalid model: voxtral-small-latest", "invalid_model", "1500"),
        Complaint("Invalid model: x"),
        Complaint("No such thing", code="unknown_model"),
    ],
)
def test_a_wrong_model_is_recognised(complaint: Complaint) -> None:
    assert type(error_for(400, complaint)) is SpeechModelUnknown


def test_audio_beyond_the_window_is_recognised() -> None:
    assert type(error_for(400, Complaint("Audio exceeds the context window"))) is SpeechAudioTooLong


def test_a_bias_list_beyond_the_window_stays_a_refusal_of_the_list() -> None:
    complaint = Complaint("audio and context_bias exceed the context window")
    assert type(error_for(400, complaint)) is SpeechRequestRejected


def test_an_empty_account_is_said_so() -> None:
    assert "credit" in error_for(402, Complaint()).message


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ({"type": "error", "error": {"message": "x", "code": 1300}}, SpeechRateLimited),
        ({"type": "error", "error": {"message": "x", "code": "3505"}}, SpeechRateLimited),
        ({"type": "error", "error": {"message": "x", "code": 3804}}, SpeechTimeout),
        ({"type": "error", "error": {"message": "x", "code": 400}}, SpeechRequestRejected),
        ({"type": "error", "error": {"message": "x", "code": 500}}, SpeechUnavailable),
        ({"type": "error", "message": "Invalid model: x", "code": "1500"}, SpeechModelUnknown),
        ({"type": "error", "message": "x", "raw_status_code": 401}, SpeechKeyRejected),
        ({"type": "error", "error": {"type": "authentication_error"}}, SpeechKeyRejected),
        ({"type": "error", "error": {"type": "invalid_request_error"}}, SpeechRequestRejected),
        ({"type": "error"}, SpeechUnavailable),
    ],
)
def test_errors_inside_a_stream_have_their_class(body: dict[str, object], kind: type[SpeechError]) -> None:
    assert type(error_for_event(complaint_from(body))) is kind
