"""Every failure as ``{"error": {"code", "message", "detail"}}`` with a fitting status."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any, ClassVar

from django.core.exceptions import BadRequest, RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from ..errors import VoxwebError

logger = logging.getLogger(__name__)

STATUS = {
    "not_allowed": 403,
    "csrf_failed": 403,
    "not_found": 404,
    "media_not_ready": 404,
    "segment_gone": 404,
    "version_unknown": 404,
    "export_format_unknown": 404,
    "job_not_open": 409,
    "job_not_retryable": 409,
    "job_already_open": 409,
    "nothing_to_export": 409,
    "segment_changed": 409,
    "text_changed": 409,
    "old_schema": 409,
    "reading_place_gone": 409,
    "copy_offset": 409,
    "take_open": 409,
    "upload_offset_mismatch": 409,
    "upload_unfinished": 409,
    "upload_gone": 410,
    "tus_version": 412,
    "upload_too_large": 413,
    "upload_overrun": 413,
    "segment_text_too_long": 413,
    "mark_note_too_long": 413,
    "preference_too_large": 413,
    "body_too_large": 413,
    "piece_type": 415,
    "range_not_satisfiable": 416,
    "upload_busy": 423,
    "checksum_unknown": 400,
    "checksum_mismatch": 460,
    "disk_full": 507,
}
"""HTTP status by stable code; what is not listed is 422, or 503 where trying again may help."""


class CsrfError(VoxwebError):
    code: ClassVar[str] = "csrf_failed"
    message = "This page has been open for too long. Reload it and try again; nothing you saved is lost."


class InvalidRequestError(VoxwebError):
    code: ClassVar[str] = "invalid_request"
    message = "The request could not be read."


def error_answer(status: int, code: str, message: str, detail: dict[str, Any] | None = None) -> HttpResponse:
    error = {"code": code, "message": message, "detail": detail or {}}
    return JsonResponse({"error": error}, status=status, headers={"Cache-Control": "no-store"})


def status_of(error: VoxwebError) -> int:
    return STATUS.get(error.code, 503 if error.retryable else 422)


def on_voxweb_error(_request: HttpRequest, error: VoxwebError) -> HttpResponse:
    return error_answer(status_of(error), error.code, error.message, error.detail)


def on_not_found(_request: HttpRequest, _error: Exception) -> HttpResponse:
    return error_answer(404, "not_found", "There is nothing here, or it is not shared with you.")


def on_not_signed_in(_request: HttpRequest, _error: Exception) -> HttpResponse:
    message = "Sign in, or send a REST token as 'Authorization: Bearer …'."
    answer = error_answer(401, "not_signed_in", message)
    answer["WWW-Authenticate"] = "Bearer"
    return answer


def on_invalid(_request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Say which field is wrong and how; what was sent is not repeated."""
    fields = [
        {"field": ".".join(str(part) for part in problem["loc"]), "problem": problem["msg"]}
        for problem in error.errors
    ]
    first = f"{fields[0]['field']}: {fields[0]['problem']}" if fields else "unknown problem"
    return error_answer(422, "invalid_request", f"The request is not valid ({first}).", {"fields": fields})


def on_http_error(_request: HttpRequest, error: HttpError) -> HttpResponse:
    return error_answer(error.status_code, "invalid_request", error.message)


def on_bad_request(_request: HttpRequest, _error: Exception) -> HttpResponse:
    return error_answer(400, "invalid_request", "The request could not be read. Check how it is encoded.")


def on_body_too_large(_request: HttpRequest, _error: Exception) -> HttpResponse:
    message = "The request is too large. Send files in pieces through /api/v1/uploads."
    return error_answer(413, "body_too_large", message)


def on_fault(request: HttpRequest, error: Exception) -> HttpResponse:
    logger.error("%s %s failed", request.method, request.path, exc_info=error)
    return error_answer(500, VoxwebError.code, VoxwebError.message)


ANSWERS: list[tuple[type[Exception], Callable[[HttpRequest, Any], HttpResponse]]] = [
    (Exception, on_fault),
    (BadRequest, on_bad_request),
    (SuspiciousOperation, on_bad_request),
    (UnreadablePostError, on_bad_request),
    (MultiPartParserError, on_bad_request),
    (RequestDataTooBig, on_body_too_large),
    (HttpError, on_http_error),
    (ValidationError, on_invalid),
    (Http404, on_not_found),
    (AuthenticationError, on_not_signed_in),
    (VoxwebError, on_voxweb_error),
]


def answer_errors(api: NinjaAPI) -> None:
    """Register all of the above."""
    for kind, handler in ANSWERS:
        api.add_exception_handler(kind, handler)
