from __future__ import annotations

from dataclasses import replace

import pytest

from transcripts.speech.capabilities import ENGINE_MODEL, ModelCapabilities, assumed, find
from transcripts.speech.errors import SpeechRequestRejected
from transcripts.speech.sources import UrlSource
from transcripts.speech.transcription_request import (
    TranscriptionOptions,
    TranscriptionRequest,
    fitted_request,
)

SOURCE = UrlSource("https://x.test/a.mp3")
ASKED = TranscriptionOptions("m")


def fit(options: TranscriptionOptions, model: ModelCapabilities | None = None) -> TranscriptionRequest:
    return fitted_request(SOURCE, options, model or assumed("m"))


def model(name: str) -> ModelCapabilities:
    found = find(name)
    assert found is not None
    return found


def codes(request: TranscriptionRequest) -> list[str]:
    return [notice.code for notice in request.notices]


def test_it_works() -> None:
    call = fit(replace(ASKED, language="en", timestamp_granularities=("segment",))).call()
    assert dict(call.form) == {
        "model": "m",
        "file_url": "https://x.test/a.mp3",
        "language": "en",
        "stream": "false",
        "diarize": "false",
        "timestamp_granularities": ["segment"],
    }
    assert (call.parts, call.accept) == ((), "application/json")


@pytest.mark.parametrize("language", ["english", "e", "1n", "-", "deu", "日本"])
def test_a_wrong_language_code_is_refused(language: str) -> None:
    with pytest.raises(SpeechRequestRejected) as caught:
        fit(replace(ASKED, language=language))
    assert caught.value.detail == {"parameter": "language"}


def test_a_language_the_model_does_not_know_is_refused() -> None:
    with pytest.raises(SpeechRequestRejected, match="Built-in engine"):
        fit(replace(ASKED, language="de"), model(ENGINE_MODEL))


def test_too_many_voice_samples_are_refused() -> None:
    clips = {f"name{number}": b"RIFF" for number in range(9)}
    with pytest.raises(SpeechRequestRejected, match="At most 8"):
        fit(replace(ASKED, diarize=True, speaker_references=clips))


def test_voice_samples_without_speakers_are_refused() -> None:
    with pytest.raises(SpeechRequestRejected):
        fit(replace(ASKED, speaker_references={"Ann": b"RIFF"}))


@pytest.mark.parametrize("temperature", [-0.1, float("nan"), float("inf")])
def test_an_impossible_temperature_is_refused(temperature: float) -> None:
    with pytest.raises(SpeechRequestRejected):
        fit(replace(ASKED, temperature=temperature))


@pytest.mark.parametrize(("given", "sent"), [("de-DE", "de"), ("pt_BR", "pt"), (" EN ", "en"), ("", None)])
def test_locales_are_reduced_to_the_language(given: str, sent: str | None) -> None:
    assert fit(replace(ASKED, language=given)).options.language == sent


def test_speakers_ask_for_segments() -> None:
    fitted = fit(replace(ASKED, diarize=True), model("voxtral-small-transcribe-3"))
    assert fitted.options.timestamp_granularities == ("segment",)
    assert fitted.notices == ()


def test_the_third_generation_gives_no_word_times() -> None:
    asked = replace(ASKED, timestamp_granularities=("word", "segment"))
    fitted = fit(asked, model("voxtral-mini-transcribe-3"))
    assert fitted.options.timestamp_granularities == ("segment",)
    assert codes(fitted) == ["timestamp_granularities_ignored"]


def test_the_second_generation_takes_times_or_a_language() -> None:
    second = model("voxtral-mini-2602")
    fitted = fit(replace(ASKED, language="en", timestamp_granularities=("segment",)), second)
    assert (fitted.options.language, codes(fitted)) == (None, ["language_ignored"])
    assert fit(replace(ASKED, language="en"), second).options.language == "en"


def test_the_engine_is_told_the_number_of_speakers() -> None:
    asked = replace(ASKED, model=ENGINE_MODEL, diarize=True, speaker_count=3)
    assert fit(asked, model(ENGINE_MODEL)).call().form["num_speakers"] == "3"


def test_what_a_model_does_not_take_is_left_out_and_said() -> None:
    asked = replace(
        ASKED,
        diarize=True,
        speaker_references={"Ann": b"RIFF"},
        speaker_count=2,
        language="en",
        temperature=0.2,
        context_bias=("Northwind",),
    )
    fitted = fit(asked, model("voxtral-mini-transcribe-realtime-2602"))
    assert fitted.options == replace(ASKED, model="m")
    assert codes(fitted) == [
        "diarize_ignored",
        "speaker_count_ignored",
        "language_ignored",
        "temperature_ignored",
        "context_bias_ignored",
    ]


def test_phrases_are_remembered_as_written() -> None:
    fitted = fit(replace(ASKED, context_bias=("Alder Creek",)), model("voxtral-mini-2602"))
    assert (fitted.options.context_bias, fitted.bias_items) == (("Alder_Creek",), ("Alder Creek",))
