"""What every endpoint does: allow its methods, turn refusals into answers, log what was not expected."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from functools import wraps
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, JsonResponse
from django.http.multipartparser import MultiPartParserError
from django.http.request import RawPostDataException, UnreadablePostError
from django.http.response import HttpResponseBase

from transcripts.engine.admission import RETRY_AFTER_SECONDS
from transcripts.engine.api_errors import ApiError, as_api_error
from transcripts.errors import VoxwebError

_log = logging.getLogger(__name__)

View = Callable[..., Coroutine[Any, Any, HttpResponseBase]]


def endpoint(**views: View) -> View:
    """One view from one view per method (``get=...``, ``post=...``); anything else is 405."""

    @wraps(next(iter(views.values())))
    async def answer(request: HttpRequest, **parts: str) -> HttpResponseBase:
        view = views.get((request.method or "").lower())
        if view is None:
            refusal = ApiError(405, "This path does not take that method.", "method_not_allowed")
            return refused(refusal, {"Allow": ", ".join(sorted(views)).upper()})
        try:
            return await view(request, **parts)
        except VoxwebError as error:
            return refused(as_api_error(error))
        except asyncio.CancelledError:
            raise
        except Exception:
            _log.exception("engine endpoint failed")
            return refused(ApiError(500, "The engine failed. Please try again.", "internal_server_error"))

    return answer


def refused(error: ApiError, headers: dict[str, str] | None = None) -> JsonResponse:
    """The answer to a request that was refused."""
    waits = {"Retry-After": str(RETRY_AFTER_SECONDS)} if error.status in (429, 503) else {}
    return JsonResponse(error.body(), status=error.status, headers={**waits, **(headers or {})})


async def parsed_form(request: HttpRequest) -> Any:
    """Reads the form off the event loop, files go to disk; returns (fields, uploads) as Django holds them."""
    if request.content_type not in ("multipart/form-data", "application/x-www-form-urlencoded"):
        raise ApiError(
            415, "Send multipart/form-data or application/x-www-form-urlencoded.", "unsupported_media_type"
        )
    try:
        return await asyncio.to_thread(lambda: (request.POST, request.FILES))
    except (MultiPartParserError, SuspiciousOperation, RawPostDataException, UnreadablePostError) as error:
        raise ApiError(400, "The form could not be read.", "invalid_request_error") from error


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponseBase:
    """The answer for a path that does not exist."""
    return refused(ApiError(404, f"No such path: {request.path[:200]}", "not_found"))
