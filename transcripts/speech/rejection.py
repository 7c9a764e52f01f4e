"""From an HTTP status and a complaint to the one error tree of this room."""

from __future__ import annotations

from transcripts.speech.error_body import Complaint
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

# Codes of the platform envelope, seen in the field: 1300 and 3505 on 429, 1500 for models, 3804 for silence.
_CODES_RATE_LIMITED = {"1300", "3505"}
_CODES_MODEL = {"1500"}
_CODES_TIMEOUT = {"3804"}
_KINDS_RATE_LIMITED = {"rate_limited", "rate_limit_error", "service_tier_capacity_exceeded"}
_KINDS_MODEL = {"invalid_model", "unknown_model", "model_not_found"}
_TOO_LONG = ("context window", "maximum context", "context length", "too long", "too large", "audio duration")
_TRY_LATER = {408, 425}


def error_for(
    status: int,
    complaint: Complaint,
    *,
    retry_after_seconds: float | None = None,
    request_id: str | None = None,
) -> SpeechError:
    """The error for an HTTP status outside 2xx, with the service's own words in message and detail."""
    return _error(_class_for(status, complaint), complaint, status, retry_after_seconds, request_id)


def error_for_event(complaint: Complaint, *, request_id: str | None = None) -> SpeechError:
    """The error for an ``error`` frame inside a stream; one that names nothing known is a failing service."""
    status = complaint.status or _status_in_code(complaint.code) or _status_by_kind(complaint)
    if complaint.code in _CODES_TIMEOUT:
        return _error(SpeechTimeout, complaint, None, None, request_id)
    return _error(_class_for(status, complaint), complaint, status, None, request_id)


def _class_for(status: int, complaint: Complaint) -> type[SpeechError]:
    if status in {401, 403}:
        return SpeechKeyRejected
    if status == 429:
        return SpeechRateLimited
    if status >= 500 or status in _TRY_LATER:
        return SpeechUnavailable
    if status < 400:
        return SpeechResponseInvalid
    return _class_for_refusal(status, complaint)


def _class_for_refusal(status: int, complaint: Complaint) -> type[SpeechError]:
    if status == 413:
        return SpeechAudioTooLong
    if _is_about_model(complaint):
        return SpeechModelUnknown
    if status in {400, 422} and _is_too_long(complaint):
        return SpeechAudioTooLong
    return SpeechRequestRejected


def _is_about_model(complaint: Complaint) -> bool:
    named = complaint.kind in _KINDS_MODEL or complaint.code in _CODES_MODEL | _KINDS_MODEL
    return named or complaint.mentions("invalid model")


def _is_too_long(complaint: Complaint) -> bool:
    """A complaint that names the bias list stays a rejection, since leaving the list out may cure it."""
    return not complaint.mentions("context_bias") and any(complaint.mentions(words) for words in _TOO_LONG)


def _status_in_code(code: str) -> int | None:
    return int(code) if code.isascii() and code.isdigit() and 400 <= int(code[:4]) <= 599 else None


def _status_by_kind(complaint: Complaint) -> int:
    if complaint.code in _CODES_RATE_LIMITED or complaint.kind in _KINDS_RATE_LIMITED:
        return 429
    if _is_about_model(complaint) or complaint.kind == "invalid_request_error":
        return 400
    return 401 if complaint.kind == "authentication_error" else 500


def _error(
    kind: type[SpeechError],
    complaint: Complaint,
    status: int | None,
    retry_after_seconds: float | None,
    request_id: str | None,
) -> SpeechError:
    return kind(
        _sentence(kind, complaint, status),
        detail=_detail(complaint, status, request_id),
        status=status,
        request_id=request_id,
        retry_after_seconds=retry_after_seconds,
        complaint=complaint,
    )


def _sentence(kind: type[SpeechError], complaint: Complaint, status: int | None) -> str:
    sentence = _payment_sentence(kind, status)
    return f"{sentence} The service says: {complaint.message}" if complaint.message else sentence


def _payment_sentence(kind: type[SpeechError], status: int | None) -> str:
    if status == 402:
        return "The account at the speech service has no credit left. Your recording is kept; top it up."
    return kind.message


def _detail(complaint: Complaint, status: int | None, request_id: str | None) -> dict[str, object]:
    facts: dict[str, object] = {
        "status": status,
        "service_message": complaint.message,
        "service_type": complaint.kind,
        "service_code": complaint.code,
        "request_id": request_id,
    }
    return {name: fact for name, fact in facts.items() if fact not in {None, ""}}
