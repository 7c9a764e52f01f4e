from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.fakes.scripted_speech import ScriptedSpeech, answer
from transcripts.speech.capabilities import merged
from transcripts.speech.client import SpeechClient
from transcripts.speech.errors import SpeechKeyRejected, SpeechModelUnknown, SpeechResponseInvalid

OpenClient = Callable[..., SpeechClient]

CARD = {
    "id": "voxtral-mini-2602",
    "object": "model",
    "type": "base",
    "capabilities": {"audio_transcription": True},
    "audio_transcription_capabilities": {"diarization": False},
}


def test_it_works(client_of: OpenClient) -> None:
    body = {"object": "list", "data": [CARD, 7]}
    with ScriptedSpeech([answer(200, body), answer(200, CARD)]) as upstream:
        models = client_of(upstream).models
        assert models.list() == (CARD,)
        assert models.retrieve("voxtral-mini-2602") == CARD
    assert [request.target for request in upstream.requests] == ["/v1/models", "/v1/models/voxtral-mini-2602"]
    assert merged([CARD])[0].diarize is False


def test_an_unknown_model_is_said(client_of: OpenClient) -> None:
    with (
        ScriptedSpeech([answer(404, {"message": "Not found"})]) as upstream,
        pytest.raises(SpeechModelUnknown),
    ):
        client_of(upstream).models.retrieve("voxtral-maxi")


def test_no_model_at_all_is_not_asked_for(client_of: OpenClient) -> None:
    with ScriptedSpeech([]) as upstream, pytest.raises(SpeechModelUnknown):
        client_of(upstream).models.retrieve("..")


def test_a_wrong_key_is_said(client_of: OpenClient) -> None:
    with (
        ScriptedSpeech([answer(401, {"detail": "Unauthorized"})]) as upstream,
        pytest.raises(SpeechKeyRejected),
    ):
        client_of(upstream).models.list()


def test_a_list_without_data_is_an_invalid_answer(client_of: OpenClient) -> None:
    with ScriptedSpeech([answer(200, {"object": "list"})]) as upstream, pytest.raises(SpeechResponseInvalid):
        client_of(upstream).models.list()
