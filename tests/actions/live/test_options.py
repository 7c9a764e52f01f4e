"""Choices for live captions, read from forms and from JSON."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import LazySettings
from django.core.cache import cache
from hypothesis import given
from hypothesis import strategies as st

from tests.fakes.scripted_speech import ScriptedSpeech, answer
from transcripts.actions.live.options import NO_CAPTIONS, offered_live_models, parse_live_options
from transcripts.actions.options import LanguageUnknownError, ModelUnknownError, OptionInvalidError

HOSTED = "voxtral-mini-transcribe-realtime-3"
OLD = "voxtral-mini-transcribe-realtime-2602"
OFF: dict[str, Any] = {
    "live_model": NO_CAPTIONS, "language": "", "delay_ms": None,
    "diarize": False, "context_bias": [], "turn_detection": False,
}  # fmt: skip


@pytest.fixture
def hosted(settings: LazySettings) -> LazySettings:
    """A service that nobody answers for: the table of models is used."""
    settings.USES_ENGINE = False
    settings.SPEECH_URL = "http://127.0.0.1:9"
    settings.LIVE_MODEL = HOSTED
    cache.clear()
    return settings


def listing(*cards: dict[str, Any]) -> ScriptedSpeech:
    return ScriptedSpeech([answer(200, {"object": "list", "data": list(cards)})])


@pytest.mark.usefixtures("hosted")
def test_it_works() -> None:
    wishes = {"language": "en-GB", "delay_ms": "480", "context_bias": "Kofi, Ada", "turn_detection": "on"}
    assert parse_live_options(wishes) == {
        "live_model": "voxtral-mini-transcribe-realtime-3-0",
        "language": "en",
        "delay_ms": 480,
        "diarize": True,
        "context_bias": ["Kofi", "Ada"],
        "turn_detection": True,
    }


def test_the_engine_alone_is_offered_without_a_key() -> None:
    assert [(model.id, model.diarize) for model in offered_live_models()] == [("voxweb-engine", False)]
    assert parse_live_options({})["live_model"] == "voxweb-engine"
    with pytest.raises(ModelUnknownError):
        parse_live_options({"live_model": HOSTED})


@pytest.mark.usefixtures("hosted")
def test_the_default_comes_first_while_the_service_does_not_answer() -> None:
    models = offered_live_models()
    assert HOSTED in models[0].names
    assert OLD in [model.id for model in models]
    assert all("realtime" in model.modes for model in models)


def test_only_what_the_service_lists_is_offered_and_once(hosted: LazySettings) -> None:
    alias = {"id": "voxtral-mini-transcribe-realtime-latest", "aliases": [HOSTED]}
    with listing({"id": "voxtral-mini-transcribe-realtime-3-0"}, alias, {"id": "mistral-large"}) as service:
        hosted.SPEECH_URL = service.url
        assert [model.id for model in offered_live_models()] == ["voxtral-mini-transcribe-realtime-3-0"]
        assert parse_live_options({"live_model": HOSTED})["live_model"].endswith("-3-0")


def test_an_engine_on_another_machine_is_like_ours(hosted: LazySettings) -> None:
    with listing({"id": "voxweb-engine"}) as service:
        hosted.SPEECH_URL, hosted.LIVE_MODEL = service.url, "voxweb-engine"
        assert [(model.id, model.diarize) for model in offered_live_models()] == [("voxweb-engine", False)]


def test_a_service_without_realtime_models_records_without_captions(hosted: LazySettings) -> None:
    with listing({"id": "voxtral-mini-2602"}) as service:
        hosted.SPEECH_URL = service.url
        assert offered_live_models() == []
        assert parse_live_options({"language": "de"}) == OFF


def test_another_realtime_model_stands_in_for_a_default_that_is_not_there(hosted: LazySettings) -> None:
    with listing({"id": OLD}) as service:
        hosted.SPEECH_URL = service.url
        assert parse_live_options({})["live_model"] == OLD


@pytest.mark.usefixtures("hosted")
@pytest.mark.parametrize("said_by", ["person", "operator"])
def test_captions_can_be_left_out(said_by: str, settings: LazySettings) -> None:
    if said_by == "operator":
        settings.LIVE_MODEL = NO_CAPTIONS
    assert parse_live_options({"live_model": NO_CAPTIONS if said_by == "person" else ""}) == OFF


@pytest.mark.usefixtures("hosted")
def test_a_wish_beyond_the_model_is_no_reason_to_refuse_a_recording() -> None:
    wishes = {
        "live_model": OLD,
        "diarize": True,
        "turn_detection": True,
        "context_bias": ["Kofi"],
        "delay_ms": 80,
    }
    read = parse_live_options(wishes)
    assert (read["diarize"], read["turn_detection"]) == (False, False)
    assert (read["context_bias"], read["delay_ms"]) == (["Kofi"], 80), "the session says what it left out"


@pytest.mark.parametrize(
    ("raw", "error"),
    [
        ({"live_model": "gpt-7"}, ModelUnknownError),
        ({"language": "english"}, LanguageUnknownError),
        ({"language": "de"}, LanguageUnknownError),
        ({"diarize": "perhaps"}, OptionInvalidError),
        ({"turn_detection": {}}, OptionInvalidError),
        ({"delay_ms": "-80"}, OptionInvalidError),
        ({"delay_ms": 480.5}, OptionInvalidError),
        ({"delay_ms": 10_001}, OptionInvalidError),
        ({"context_bias": ["x" * 201]}, OptionInvalidError),
    ],
)
def test_bad_choices_get_a_sentence(raw: dict[str, Any], error: type[OptionInvalidError]) -> None:
    with pytest.raises(error) as caught:
        parse_live_options(raw)
    assert caught.value.message.endswith(".")
    assert type(caught.value) is error


@given(
    st.dictionaries(
        st.sampled_from(["live_model", "language", "delay_ms", "diarize", "context_bias", "turn_detection"]),
        st.one_of(
            st.none(),
            st.text("a1.,-_ ü日\n", max_size=40),
            st.integers(),
            st.lists(st.text("ab ,", max_size=5), max_size=3),
        ),
    )
)
def test_whatever_comes_in_is_read_or_refused(raw: dict[str, Any]) -> None:
    try:
        choices = parse_live_options(raw)
    except OptionInvalidError:
        return
    assert choices["live_model"] in {"voxweb-engine", NO_CAPTIONS}
