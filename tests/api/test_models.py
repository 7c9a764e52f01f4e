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
