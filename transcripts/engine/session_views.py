"""``/v1/models`` and ``/v1/client/sessions``."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase

from transcripts.engine.answers import endpoint
from transcripts.engine.api_errors import ApiError, FieldsInvalid, field_error, malformed, missing
from transcripts.engine.engine import engine_of
from transcripts.engine.model_card import ALIASES, MODEL, card, checked_model

_DEFAULT_TTL_SECONDS = 900
_LONGEST_TTL_SECONDS = 3600


async def _models(_request: HttpRequest) -> HttpResponseBase:
    return JsonResponse({"object": "list", "data": [card()]})


async def _model(_request: HttpRequest, model_id: str) -> HttpResponseBase:
    if model_id not in (MODEL, *ALIASES):
        raise ApiError(404, f"No such model: {model_id[:200]}", "invalid_model", "1500", "model")
    return JsonResponse(card())


async def _create_session(request: HttpRequest) -> HttpResponseBase:
    wishes = _json_object(request)
    model, ttl_seconds = wishes.get("model"), wishes.get("ttl_seconds")
    if not isinstance(model, str):
        raise missing("model")
    if wishes.get("purpose", "realtime") != "realtime":
        raise malformed("purpose", "Expected 'realtime'", str(wishes["purpose"])[:80])
    ttl_seconds = _DEFAULT_TTL_SECONDS if ttl_seconds is None else ttl_seconds
    if type(ttl_seconds) is not int or not 1 <= ttl_seconds <= _LONGEST_TTL_SECONDS:
        raise malformed(
            "ttl_seconds", f"Expected seconds from 1 to {_LONGEST_TTL_SECONDS}", str(ttl_seconds)[:80]
        )
    token, expires = engine_of(request).signer.token(checked_model(model), ttl_seconds)
    expires_at = datetime.fromtimestamp(expires, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    secret = {"value": token, "expires_at": expires_at}
    session = {"object": "client.session", "purpose": "realtime", "expires_at": expires_at}
    return JsonResponse({**session, "client_secret": secret}, status=201)


def _json_object(request: HttpRequest) -> dict[str, Any]:
    try:
        wishes = json.loads(request.body)
    except (ValueError, RecursionError, SuspiciousOperation) as error:
        raise FieldsInvalid(field_error("json_invalid", "body", "JSON decode error")) from error
    if not isinstance(wishes, dict):
        raise FieldsInvalid(field_error("model_attributes_type", "body", "Expected a JSON object"))
    return wishes


models = endpoint(get=_models)
model = endpoint(get=_model)
client_sessions = endpoint(post=_create_session)
