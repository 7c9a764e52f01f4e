from __future__ import annotations

from typing import Any

import pytest

from transcripts.speech.capabilities import assumed
from transcripts.speech.model_capabilities import DelayRange
from transcripts.speech.model_card import described_by, is_for_transcription

CARD: dict[str, Any] = {
    "id": "new-model",
    "object": "model",
    "type": "base",
    "aliases": ["new-model", "new-model-latest"],
    "deprecation": "2027-05-31T12:00:00Z",
    "capabilities": {"audio_transcription": True},
    "audio_transcription_capabilities": {
        "modes": ["realtime", "telepathy"],
        "diarization": False,
        "context_bias": False,
        "turn_detection": True,
        "timestamp_granularities": ["segment", "syllable"],
        "languages": ["en", "fr", 3],
        "streaming_delays_ms": [{"min": 80, "max": 1200}, {"min": "soon"}, 7],
    },
}


def test_it_works() -> None:
    found = described_by(CARD, assumed("new-model"))
    assert (found.id, found.aliases, found.modes) == ("new-model", ("new-model-latest",), ("realtime",))
    assert (found.diarize, found.bias, found.turn_detection) == (False, "none", True)
    assert found.timestamp_granularities == ("segment",)
    assert (found.language, found.languages) == (True, ("en", "fr"))
    assert found.streaming_delays_ms == (DelayRange(80, 1200),)
    assert "2027-05-31" in found.note


@pytest.mark.parametrize(
    "stated", [None, 7, [], {"modes": "offline", "languages": "en", "diarization": "yes"}]
)
def test_values_of_a_wrong_type_change_nothing(stated: object) -> None:
    known = assumed("m")
    assert described_by({"id": "m", "audio_transcription_capabilities": stated}, known) == known


def test_no_languages_means_that_none_can_be_set() -> None:
    card = {"id": "m", "audio_transcription_capabilities": {"languages": []}}
    assert described_by(card, assumed("m")).language is False


def test_flags_alone_tell_the_modes() -> None:
    card = {"id": "m", "capabilities": {"audio_transcription": True}}
    assert is_for_transcription(card)
    assert described_by(card, assumed("m")).modes == ("offline",)


def test_a_chat_model_is_not_for_transcription() -> None:
    assert not is_for_transcription({"id": "m", "capabilities": {"completion_chat": True, "audio": True}})
