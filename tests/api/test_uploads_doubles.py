"""The same recording sent twice."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from django.test import Client

from transcripts.models import Job, Recording, Transcript, User

from .tus_client import begin

ApiOf = Callable[[User], Client]


def test_the_same_file_again_offers_what_is_there(
    api_of: ApiOf, client: Client, owner: User, stranger: User
) -> None:
    first = begin(client, 5, b"hello")["Voxweb-Transcript"]
    again = begin(client, 5, b"hello")
    assert (again["Voxweb-Transcript"], again["Voxweb-Duplicate"]) == (first, "1")
    assert Job.objects.count() == 1
    forced = begin(client, 5, b"hello", force="1")
    assert forced["Voxweb-Transcript"] != first
    assert "Voxweb-Duplicate" not in forced
    other = begin(api_of(stranger), 5, b"hello")
    assert "Voxweb-Duplicate" not in other


def test_a_duplicate_can_still_be_transcribed_without_sending_it_again(
    client: Client, media_folder: Path
) -> None:
    first = begin(client, 5, b"hello")["Voxweb-Transcript"]
    location = begin(client, 5, b"hello")["Location"]
    code = location.rpartition("/")[2]
    body = {"upload": code, "force": True, "title": "Again"}
    answer = client.post("/api/v1/recordings", body, content_type="application/json")
    assert answer.status_code == 201
    assert (answer.json()["code"], answer.json()["title"]) == (code, "Again")
    files = [media_folder / row.original_file for row in Recording.objects.all()]
    assert [file.read_bytes() for file in files] == [b"hello"] * 2
    assert files[0].samefile(files[1])
    assert first != code


def test_trash_is_not_offered_as_a_duplicate(client: Client) -> None:
    first = begin(client, 5, b"hello")["Voxweb-Transcript"]
    Transcript.objects.get(code=first).move_to_trash()
    assert "Voxweb-Duplicate" not in begin(client, 5, b"hello")
