"""Exports over REST."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from tests.written import write_text
from transcripts.models import Transcript, User

ApiOf = Callable[[User], Client]


@pytest.fixture
def url(transcript: Transcript) -> str:
    return f"/api/v1/transcripts/{transcript.code}/export"


def test_it_works(api_of: ApiOf, viewer: User, url: str, transcript: Transcript) -> None:
    transcript.rename('Größe "1": é/ü')
    answer = api_of(viewer).get(f"{url}/vtt")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/vtt; charset=utf-8"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert (
        answer["Content-Disposition"]
        == "attachment; filename*=utf-8''Gr%C3%B6%C3%9Fe%20%221%22%3A%20%C3%A9-%C3%BC.vtt"
    )
    assert answer.content.startswith(b"WEBVTT")


@pytest.mark.parametrize(
    ("format", "kind"),
    [
        ("srt", "application/x-subrip"),
        ("vtt", "text/vtt"),
        ("txt", "text/plain"),
        ("json", "application/json"),
    ],
)
def test_every_format_has_its_media_type(
    api_of: ApiOf, owner: User, url: str, format: str, kind: str
) -> None:
    answer = api_of(owner).get(f"{url}/{format}")
    assert answer["Content-Type"].split(";")[0] == kind
    assert "harbour was quiet" in answer.content.decode().replace("\n", " ")


def test_names_can_be_left_out(api_of: ApiOf, owner: User, url: str) -> None:
    client = api_of(owner)
    assert b"Speaker 1" in client.get(f"{url}/vtt").content
    assert b"Speaker 1" not in client.get(f"{url}/vtt?speakers=0").content


def test_an_unchanged_export_is_304(api_of: ApiOf, owner: User, url: str, transcript: Transcript) -> None:
    client = api_of(owner)
    etag = client.get(f"{url}/srt")["ETag"]
    assert client.get(f"{url}/srt", headers={"If-None-Match": etag}).status_code == 304
    assert client.get(f"{url}/vtt", headers={"If-None-Match": etag}).status_code == 200
    transcript.touch()
    assert client.get(f"{url}/srt", headers={"If-None-Match": etag}).status_code == 200


def test_what_cannot_be_exported_is_told(
    api_of: ApiOf, owner: User, url: str, transcript: Transcript
) -> None:
    client = api_of(owner)
    unknown, profile = client.get(f"{url}/exe"), client.get(f"{url}/srt?profile=nope")
    assert (unknown.status_code, unknown.json()["error"]["code"]) == (404, "export_format_unknown")
    assert (profile.status_code, profile.json()["error"]["code"]) == (422, "subtitle_profile_unknown")
    write_text(transcript, [])
    transcript.move_to_state(Transcript.State.QUEUED)
    early = client.get(f"{url}/srt")
    assert (early.status_code, early.json()["error"]["code"]) == (409, "nothing_to_export")
