from __future__ import annotations

from typing import Any

import pytest
from django.conf import LazySettings
from django.core.cache import cache
from hypothesis import given
from hypothesis import strategies as st

from tests.fakes.scripted_speech import ScriptedSpeech, answer
from transcripts.actions.options import (
    LanguageUnknownError,
    ModelUnknownError,
    OptionInvalidError,
    offered_models,
    parse_choices,
)

HOSTED = "voxtral-mini-transcribe-3"


@pytest.fixture
def hosted(settings: LazySettings) -> None:
    """A service that nobody answers for: the table of models is used."""
    settings.USES_ENGINE = False
    settings.SPEECH_URL = "http://127.0.0.1:9"
    settings.SPEECH_MODEL = HOSTED


def test_it_works() -> None:
    choices = parse_choices({"language": "en-GB", "diarize": "on", "speaker_count": "2"})
    assert choices == {
        "model": "voxweb-engine",
        "language": "en",
        "diarize": True,
        "speaker_count": 2,
        "context_bias": [],
        "temperature": None,
    }


def test_the_engine_alone_is_offered_without_a_key() -> None:
    assert [model.id for model in offered_models()] == ["voxweb-engine"]


@pytest.mark.usefixtures("hosted")
def test_a_hosted_service_offers_file_models_the_default_first() -> None:
    models = offered_models()
    assert HOSTED in models[0].names
    assert all("offline" in model.modes for model in models)
    assert "voxweb-engine" not in [model.id for model in models]


@pytest.mark.usefixtures("hosted")
def test_an_engine_on_another_machine_can_be_the_service(settings: LazySettings) -> None:
    settings.SPEECH_MODEL = "voxweb-engine"
    cache.clear()
    with ScriptedSpeech([answer(200, {"object": "list", "data": [{"id": "voxweb-engine"}]})]) as service:
        settings.SPEECH_URL = service.url
        assert parse_choices({})["model"] == "voxweb-engine"


@pytest.mark.usefixtures("hosted")
def test_vocabulary_comes_as_lines_commas_or_lists() -> None:
    wanted = ["Ada Lovelace", "Kofi"]
    for given_as in ("Ada  Lovelace\nKofi\n\nKofi", "Ada Lovelace, Kofi", ["Ada Lovelace", "Kofi", " "]):
        assert parse_choices({"context_bias": given_as})["context_bias"] == wanted


@pytest.mark.parametrize(
    ("raw", "error"),
    [
        ({"model": "gpt-7"}, ModelUnknownError),
        ({"language": "english"}, LanguageUnknownError),
        ({"language": "de"}, LanguageUnknownError),
        ({"diarize": "perhaps"}, OptionInvalidError),
        ({"speaker_count": "0"}, OptionInvalidError),
        ({"speaker_count": "٣x"}, OptionInvalidError),
        ({"temperature": "warm"}, OptionInvalidError),
        ({"temperature": "9"}, OptionInvalidError),
        ({"context_bias": "Kofi"}, OptionInvalidError),
    ],
)
def test_bad_choices_get_a_sentence(raw: dict[str, Any], error: type[OptionInvalidError]) -> None:
    with pytest.raises(error) as caught:
        parse_choices(raw)
    assert caught.value.message.endswith(".")
    assert type(caught.value) is error


@given(
    st.dictionaries(
        st.sampled_from(["model", "language", "diarize", "speaker_count", "context_bias", "temperature"]),
        st.one_of(st.none(), st.text(max_size=40), st.integers(), st.lists(st.text(max_size=5), max_size=3)),
    )
)
def test_whatever_comes_in_is_read_or_refused(raw: dict[str, Any]) -> None:
    try:
        choices = parse_choices(raw)
    except OptionInvalidError:
        return
    assert choices["model"] == "voxweb-engine"
