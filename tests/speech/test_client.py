from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from tests.fakes.scripted_speech import ScriptedSpeech, answer
from tests.speech.conftest import KEY
from transcripts.speech.client import SpeechClient, TranscriptionOptions, UrlSource
from transcripts.speech.errors import SpeechAddressInvalid, SpeechKeyRejected

OPTIONS = TranscriptionOptions("voxtral-small-transcribe-3")
URL = UrlSource("https://x.test/a.mp3")


def test_it_works() -> None:
    with (
        ScriptedSpeech([answer(200, {"text": "Hi"})]) as upstream,
        SpeechClient(f"{upstream.url}/v1/audio/transcriptions#stream", KEY) as client,
    ):
        assert client.transcribe(URL, OPTIONS).text == "Hi"
    assert upstream.requests[0].target == "/v1/audio/transcriptions"


def test_a_wrong_address_or_key_is_refused_at_once() -> None:
    with pytest.raises(SpeechAddressInvalid):
        SpeechClient("api.mistral.ai", KEY)
    with pytest.raises(SpeechKeyRejected):
        SpeechClient("https://api.mistral.ai", "two words")


def test_its_representation_tells_the_service_but_not_the_key() -> None:
    with SpeechClient("https://api.mistral.ai/v1", KEY) as client:
        assert repr(client) == "SpeechClient(Transport('https://api.mistral.ai', ApiKey(***)))"


def test_without_a_key_no_header_is_sent() -> None:
    with ScriptedSpeech([answer(200, {"text": "Hi"})]) as upstream, SpeechClient(upstream.url, "") as client:
        client.transcribe(URL, OPTIONS)
    assert upstream.requests[0].header("authorization") is None


def test_threads_share_a_client(client_of: Callable[..., SpeechClient]) -> None:
    texts: list[str] = []
    with ScriptedSpeech([answer(200, {"text": "Hi"})] * 8) as upstream:
        client = client_of(upstream)
        threads = [
            threading.Thread(target=lambda: texts.append(client.transcribe(URL, OPTIONS).text))
            for _ in range(8)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert texts == ["Hi"] * 8
