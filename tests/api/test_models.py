"""What can be chosen, over REST."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import LazySettings
from django.test import Client

from transcripts.models import User

ApiOf = Callable[[User], Client]


def test_it_works(api_of: ApiOf, owner: User, settings: LazySettings) -> None:
    offered = api_of(owner).get("/api/v1/models").json()
    assert [model["id"] for model in offered if model["is_default"]] == [settings.SPEECH_MODEL]
    assert offered[0]["bias"] in {"phrases", "single_words", "none"}
    assert isinstance(offered[0]["languages"], list)


def test_models_of_live_captions_say_what_they_do(api_of: ApiOf, owner: User, settings: LazySettings) -> None:
    settings.USES_ENGINE = False
    settings.SPEECH_URL = "http://127.0.0.1:9"
    settings.LIVE_MODEL = "voxtral-mini-transcribe-realtime-3"
    offered = api_of(owner).get("/api/v1/models?live=1").json()
    assert [model["is_default"] for model in offered] == [True, False]
    assert offered[0]["delays_ms"] == [{"min_ms": 80, "max_ms": 1200}, {"min_ms": 2400, "max_ms": 2400}]
    assert (offered[0]["turn_detection"], offered[1]["turn_detection"]) == (True, False)
    assert (offered[0]["diarize"], offered[1]["bias"]) == (True, "none")
