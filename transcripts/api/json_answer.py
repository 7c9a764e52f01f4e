"""JSON with a validator, so that an unchanged answer costs a 304."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response


def weak_tag(*parts: object) -> str:
    """Return an ETag over ``parts``: equal in meaning, not in bytes, since answers may be compressed."""
    digest = hashlib.blake2b(json.dumps([str(part) for part in parts]).encode(), digest_size=12)
    return f'W/"{digest.hexdigest()}"'


def unchanged(request: HttpRequest, etag: str) -> HttpResponse | None:
    """Return a 304 where the asker's copy is still right."""
    answer = get_conditional_response(request, etag)
    if answer is not None:
        describe(answer, etag)
    return answer


def answer_json(body: dict[str, Any] | str, etag: str, status: int = 200) -> HttpResponse:
    """Answer with ``body``; a string is JSON already."""
    text = body if isinstance(body, str) else json.dumps(body, cls=DjangoJSONEncoder, separators=(",", ":"))
    answer = HttpResponse(text, content_type="application/json", status=status)
    describe(answer, etag)
    return answer


def describe(answer: HttpResponse, etag: str) -> None:
    answer["ETag"] = etag
    answer["Cache-Control"] = "private, no-cache"
