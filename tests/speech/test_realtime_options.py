from __future__ import annotations

import base64
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from transcripts.speech.capabilities import ENGINE_MODEL, KNOWN_MODELS, DelayRange, assumed, find
from transcripts.speech.errors import SpeechRequestRejected
from transcripts.speech.model_capabilities import ModelCapabilities
from transcripts.speech.realtime_options import LiveOptions, ignored_by_service, session_settings

LIVE_MODELS = [
    *(model for model in KNOWN_MODELS if "realtime" in model.modes),
    assumed("my-own"),
    replace(assumed("odd"), streaming_delays_ms=(DelayRange(500, 500), DelayRange(2000, 3000))),
]
SWITCHES = some.booleans()
ANY_OPTIONS = some.builds(
    LiveOptions,
    model=some.just("m"),
    language=some.sampled_from([None, "", "de", "en-GB", "fr"]),
    delay_ms=some.none() | some.integers(-(10**6), 10**6),
    diarize=SWITCHES,
    context_bias=some.lists(some.text(max_size=12), max_size=4).map(tuple),
    speaker_references=some.dictionaries(some.text(max_size=3), some.binary(max_size=3), max_size=10),
    turn_detection=SWITCHES,
)


def known(model: str) -> ModelCapabilities:
    found = find(model)
    assert found is not None
    return found


REALTIME_3 = known("voxtral-mini-transcribe-realtime-3")
REALTIME_2 = known("voxtral-mini-transcribe-realtime-2602")
ENGINE = known(ENGINE_MODEL)


def test_it_works() -> None:
    options = LiveOptions(
        REALTIME_3.id,
        language="de-CH",
        delay_ms=480,
        diarize=True,
        context_bias=("Alder Creek", "alder creek "),
        speaker_references={"Ada": b"RIFF"},
    )
    settings, notices = session_settings(options, REALTIME_3)
    assert settings == {
        "target_streaming_delay_ms": 480,
        "diarize": True,
        "speaker_references": {"Ada": base64.b64encode(b"RIFF").decode()},
        "context_bias": ["Alder Creek"],
        "language": "de",
    }
    assert notices == ()


def test_nothing_asked_is_nothing_sent() -> None:
    assert session_settings(LiveOptions("m"), REALTIME_3) == ({}, ())


@pytest.mark.parametrize(
    ("model", "expected", "codes"),
    [
        (
            REALTIME_2,
            {"target_streaming_delay_ms": 240},
            {"diarize_ignored", "context_bias_ignored", "language_ignored", "turn_detection_ignored"},
        ),
        (
            ENGINE,
            {"target_streaming_delay_ms": 200, "language": "en"},
            {"diarize_ignored", "context_bias_ignored", "turn_detection_ignored"},
        ),
    ],
)
def test_a_model_gets_only_what_it_takes(
    model: ModelCapabilities, expected: dict[str, Any], codes: set[str]
) -> None:
    options = LiveOptions(
        model.id,
        language="en",
        delay_ms=200,
        diarize=True,
        context_bias=("Ada",),
        speaker_references={"Ada": b"RIFF"},
        turn_detection=True,
    )
    settings, notices = session_settings(options, model)
    assert settings == expected
    assert {notice.code for notice in notices} == codes
    assert all(notice.message.endswith(".") and model.label in notice.message for notice in notices)


@pytest.mark.parametrize(("asked", "sent"), [(0, 80), (1200, 1200), (1700, 1200), (1900, 2400), (9999, 2400)])
def test_a_delay_moves_to_the_nearest_allowed_one(asked: int, sent: int) -> None:
    settings, _ = session_settings(LiveOptions("m", delay_ms=asked), REALTIME_3)
    assert settings == {"target_streaming_delay_ms": sent}


def test_speakers_go_before_turns() -> None:
    settings, notices = session_settings(LiveOptions("m", diarize=True, turn_detection=True), REALTIME_3)
    assert settings == {"diarize": True}
    assert [notice.code for notice in notices] == ["turn_detection_ignored"]
    settings, notices = session_settings(LiveOptions("m", turn_detection=True), REALTIME_3)
    assert settings["turn_detection"]["min_silence_ms"] == 500
    assert notices == ()


def test_more_voice_samples_than_allowed_are_cut() -> None:
    clips = {f"speaker {number}": b"RIFF" for number in range(9)}
    settings, notices = session_settings(LiveOptions("m", diarize=True, speaker_references=clips), REALTIME_3)
    assert list(settings["speaker_references"]) == list(clips)[:8]
    assert [notice.code for notice in notices] == ["speaker_references_shortened"]


def test_a_language_the_model_does_not_know_is_not_told() -> None:
    settings, notices = session_settings(LiveOptions("m", language="fr"), ENGINE)
    assert settings == {}
    assert [notice.code for notice in notices] == ["language_ignored"]


def test_what_is_no_language_is_refused() -> None:
    with pytest.raises(SpeechRequestRejected):
        session_settings(LiveOptions("m", language="german"), REALTIME_3)


@given(options=ANY_OPTIONS, model=some.sampled_from(LIVE_MODELS))
def test_settings_are_always_allowed(options: LiveOptions, model: ModelCapabilities) -> None:
    settings, notices = session_settings(options, model)
    delay = settings.get("target_streaming_delay_ms")
    ranges = model.streaming_delays_ms
    assert (delay is None) == (options.delay_ms is None)
    assert delay is None or delay >= 0
    assert delay is None or not ranges or any(r.min_ms <= delay <= r.max_ms for r in ranges)
    assert not ("diarize" in settings and "turn_detection" in settings)
    assert "speaker_references" not in settings or "diarize" in settings
    assert len(settings.get("speaker_references", {})) <= 8
    assert all(settings.get("context_bias", ["some"]))
    assert len({notice.code for notice in notices}) == len(notices)


def test_what_the_service_switched_off_is_told() -> None:
    asked = {"diarize": True, "language": "de", "context_bias": ["Ada"]}
    told = ignored_by_service(asked, {"diarize": False, "language": None, "model": "m"})
    assert [notice.code for notice in told] == ["diarize_ignored", "language_ignored"]


def test_a_repr_has_no_voices() -> None:
    assert "RIFF" not in repr(LiveOptions("m", speaker_references={"Ada": b"RIFF"}))
