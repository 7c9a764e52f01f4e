"""The upload page and what it tells its script."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.conf import LazySettings
from django.test import Client

from transcripts.models import User
from transcripts.speech.capabilities import KNOWN_MODELS, find
from transcripts.views.upload_page import abilities, languages

SignIn = Callable[[User], Client]


@pytest.fixture(autouse=True)
def with_engine(settings: LazySettings) -> None:
    settings.USES_ENGINE = True


def test_it_works(client_of: SignIn, owner: User) -> None:
    page = client_of(owner).get("/upload").content.decode()
    assert 'value="voxweb-engine"' in page and "Built-in engine</option>" in page
    assert 'id="model-abilities" type="application/json"' in page
    assert "English only, and rough" in page


def test_anonymous_people_are_sent_to_sign_in(owner: User) -> None:
    assert Client().get("/upload")["Location"] == "/accounts/login/?next=/upload"


def test_files_go_elsewhere(client_of: SignIn, owner: User) -> None:
    assert client_of(owner).post("/upload").status_code == 405


def test_abilities_are_those_of_the_table() -> None:
    engine = find("voxweb-engine")
    assert engine is not None
    told = abilities(engine)
    assert (told["languages"], told["bias"], told["speaker_count_hint"]) == (["en"], "none", True)


def test_only_languages_that_some_model_knows() -> None:
    closed = [model for model in KNOWN_MODELS if model.languages]
    assert ("en", "English") in languages(closed)
    assert ("zh", "Chinese") in languages(closed)
    assert "sv" not in dict(languages(closed))
    assert "sv" in dict(languages([replace(closed[0], languages=())]))


def test_nobody_is_offered_a_language_where_none_can_be_set() -> None:
    silent = replace(KNOWN_MODELS[0], language=False, languages=())
    assert languages([silent]) == []
