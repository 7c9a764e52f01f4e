"""The record page, what it tells its script, and the ways to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.conf import LazySettings
from django.test import Client

from transcripts.actions.live.options import NO_CAPTIONS
from transcripts.models import Transcript, User
from transcripts.speech.capabilities import DelayRange, find
from transcripts.views.record import delays, live_abilities

SignIn = Callable[[User], Client]


@pytest.fixture(autouse=True)
def with_engine(settings: LazySettings) -> None:
    settings.USES_ENGINE = True


def test_it_works(client_of: SignIn, owner: User) -> None:
    answer = client_of(owner).get("/record")
    page = answer.content.decode()
    assert '<vox-record class="stage"' in page
    assert 'data-socket="/ws/live"' in page
    assert "js/mixed_sound.js" in page and "js/track_reader.js" in page
    assert "Built-in engine</option>" in page and "English only, and rough" in page
    assert f'value="{NO_CAPTIONS}"' in page
    assert "microphone=(self)" in answer["Permissions-Policy"]


def test_anonymous_people_are_sent_to_sign_in(owner: User) -> None:
    assert Client().get("/record")["Location"] == "/accounts/login/?next=/record"


def test_the_page_is_only_read(client_of: SignIn, owner: User) -> None:
    assert client_of(owner).post("/record").status_code == 405


def test_without_a_script_it_says_so(client_of: SignIn, owner: User) -> None:
    page = client_of(owner).get("/record").content.decode()
    note = page.partition("<noscript>")[2].partition("</noscript>")[0]
    assert "needs JavaScript" in note and 'href="/upload"' in note


def test_the_service_s_models_are_offered(client_of: SignIn, owner: User, settings: LazySettings) -> None:
    settings.USES_ENGINE = False
    settings.SPEECH_URL = "http://127.0.0.1:9"
    context = client_of(owner).get("/record").context
    told = {model["id"]: model for model in context["abilities"]["live"]}
    assert told["voxtral-mini-transcribe-realtime-3-0"]["turn_detection"] is True
    assert {model["id"] for model in context["abilities"]["later"]}.isdisjoint(told)
    assert (480, "0.48 s") in context["delays"]


def test_delays_are_those_the_model_takes() -> None:
    model = find("voxtral-mini-transcribe-realtime-3-0")
    assert model is not None
    assert live_abilities(model)["delays_ms"] == [80, 160, 240, 480, 960, 1200, 2400]
    narrow = replace(model, streaming_delays_ms=(DelayRange(200, 500),))
    assert delays([narrow]) == [(240, "0.24 s"), (480, "0.48 s")]
    assert delays([]) == []


def test_an_empty_library_begins_with_recording(client_of: SignIn, owner: User) -> None:
    page = client_of(owner).get("/").content.decode()
    assert page.count('href="/record"') == 2


def test_the_lists_lead_to_it(client_of: SignIn, owner: User, transcript: Transcript) -> None:
    page = client_of(owner).get("/").content.decode()
    assert 'class="btn record hide-s" href="/record"' in page


def test_every_page_looks_for_unfinished_takes(
    client_of: SignIn, owner: User, transcript: Transcript
) -> None:
    client = client_of(owner)
    for path in ("/", "/upload", "/record", f"/t/{transcript.code}"):
        page = client.get(path).content.decode()
        assert page.count("<vox-unfinished-takes") == 1, path
        assert f'data-person="{owner.pk}"' in page


def test_nobody_s_takes_are_looked_for_before_signing_in(owner: User) -> None:
    assert b"<vox-unfinished-takes" not in Client().get("/accounts/login/").content
