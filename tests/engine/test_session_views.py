"""Models and browser tokens, through the official client."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from mistralai.client import Mistral, errors, models

from tests.engine.conftest import API_KEY
from tests.engine.engine_process import RunningEngine


def test_it_works(sdk: Mistral) -> None:
    listed: list[Any] = list(sdk.models.list().data or [])
    assert [card.id for card in listed] == ["voxweb-engine"]
    card: Any = sdk.models.retrieve(model_id="voxweb-engine-1")
    assert card.id == "voxweb-engine" and card.capabilities.audio_transcription
    assert card.audio_transcription_capabilities.languages == ["en"]
    assert card.audio_transcription_capabilities.context_bias is False


def test_an_unknown_model_is_not_found(sdk: Mistral) -> None:
    with pytest.raises(errors.SDKError) as refusal:
        sdk.models.retrieve(model_id="voxtral-small/latest")
    assert refusal.value.status_code == 404


def test_tokens_expire_when_asked(sdk: Mistral) -> None:
    request = models.CreateRealtimeSessionRequest(model="voxweb-engine", ttl_seconds=60)
    session = sdk.realtime.sessions.create(request=request)
    assert session.client_secret.value.startswith("rt_")
    left = session.expires_at - datetime.now(UTC)
    assert timedelta(seconds=30) < left <= timedelta(seconds=60)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 422),
        (b"[]", 422),
        (b"[" * 100_000, 422),
        (b'{"purpose":"realtime"}', 422),
        (b'{"model":"voxweb-engine","ttl_seconds":0}', 422),
        (b'{"model":"voxweb-engine","ttl_seconds":true}', 422),
        (b'{"model":"voxweb-engine","purpose":"chat"}', 422),
        (b'{"model":"voxtral"}', 400),
    ],
)
def test_bad_session_requests_are_refused(engine: RunningEngine, body: bytes, status: int) -> None:
    assert httpx.post(f"{engine.url}/v1/client/sessions", content=body).status_code == status


def test_validation_errors_are_typed_for_the_client(sdk: Mistral) -> None:
    request = models.CreateRealtimeSessionRequest(model="voxweb-engine", ttl_seconds=-5)
    with pytest.raises(errors.HTTPValidationError) as refusal:
        sdk.realtime.sessions.create(request=request)
    assert refusal.value.data.detail and refusal.value.data.detail[0].loc == ["body", "ttl_seconds"]


def test_the_key_is_wanted_everywhere(locked_engine: RunningEngine) -> None:
    for path in ("/v1/models", "/v1/files", "/nowhere", "/v1/audio/transcriptions"):
        reply = httpx.get(f"{locked_engine.url}{path}", headers={"Authorization": "Bearer wrong"})
        assert reply.status_code == 401 and reply.json()["object"] == "error"
    for headers in ({"Authorization": f"Bearer {API_KEY}"}, {"x-api-key": API_KEY}):
        assert httpx.get(f"{locked_engine.url}/v1/models", headers=headers).status_code == 200
    with pytest.raises(errors.SDKError) as refusal:
        Mistral(api_key="wrong", server_url=locked_engine.url).models.list()
    assert refusal.value.status_code == 401


def test_pages_of_other_sites_are_turned_away(engine: RunningEngine) -> None:
    foreign = httpx.get(f"{engine.url}/v1/models", headers={"Origin": "https://evil.example"})
    rebound = httpx.get(f"{engine.url}/v1/models", headers={"Host": "evil.example"})
    assert (foreign.status_code, rebound.status_code) == (403, 400)


def test_unknown_paths_are_in_the_envelope(engine: RunningEngine) -> None:
    reply = httpx.get(f"{engine.url}/v1/nothing")
    assert reply.status_code == 404 and reply.json()["type"] == "not_found"
