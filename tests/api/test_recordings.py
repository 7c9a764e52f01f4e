"""One request from a recording to a transcript."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from transcripts.api.schemas import TranscriptDetail
from transcripts.models import Job, Transcript, Upload, User

URL = "/api/v1/recordings"


def small_file(content: bytes = b"RIFF not really", name: str = "Short talk.wav") -> io.BytesIO:
    file = io.BytesIO(content)
    file.name = name
    return file


def send(client: Client, **fields: Any) -> Any:
    return client.post(URL, fields)


def send_json(client: Client, body: object) -> Any:
    return client.post(URL, json.dumps(body), content_type="application/json")


def test_it_works(client: Client, owner: User, media_folder: Path) -> None:
    answer = send(client, file=small_file(), diarize="false", speaker_count="2", title="A title")
    body = answer.json()
    TranscriptDetail.model_validate(body)
    assert answer.status_code == 201
    assert (body["title"], body["state"], body["segments"]) == ("A title", "queued", [])
    assert answer["Voxweb-Transcript"] == body["code"]
    transcript = Transcript.objects.get(code=body["code"])
    assert transcript.owner == owner
    assert (media_folder / transcript.recording.original_file).read_bytes() == b"RIFF not really"
    options = Job.objects.get().options
    assert (options["diarize"], options["speaker_count"]) == (False, 2)
    assert body["job"]["state"] == "queued"
    assert list((media_folder / "uploads").iterdir()) == []


def test_the_same_file_answers_with_what_is_there(client: Client, media_folder: Path) -> None:
    first = send(client, file=small_file()).json()["code"]
    again = send(client, file=small_file(name="other.wav"))
    assert (again.status_code, again.json()["code"], again["Voxweb-Duplicate"]) == (200, first, "1")
    forced = send(client, file=small_file(), force="1")
    assert (forced.status_code, "Voxweb-Duplicate" in forced) == (201, False)
    assert Job.objects.count() == 2
    assert list((media_folder / "uploads").iterdir()) == []


def test_an_unfinished_upload_is_409(client: Client) -> None:
    headers = {"Tus-Resumable": "1.0.0", "Upload-Length": "10"}
    code = client.post("/api/v1/uploads", headers=headers)["Location"].rpartition("/")[2]
    answer = send_json(client, {"upload": code})
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "upload_unfinished")


def test_an_empty_file_is_refused_and_nothing_is_left(client: Client, media_folder: Path) -> None:
    answer = send(client, file=small_file(b""))
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "empty_file")
    assert not Transcript.objects.exists()
    assert not Upload.objects.exists()


@pytest.mark.parametrize(
    "fields",
    [
        {"language": "klingon"},
        {"model": "gpt"},
        {"diarize": "perhaps"},
        {"speaker_count": "0"},
        {"temperature": "hot"},
        {"titel": "misspelt"},
        {"upload": "x"},
    ],
    ids=lambda fields: next(iter(fields)),
)
def test_wrong_fields_are_refused_and_nothing_is_left(
    client: Client, media_folder: Path, fields: dict[str, str]
) -> None:
    answer = send(client, file=small_file(), **fields)
    assert answer.status_code == 422
    assert answer.json()["error"]["code"] in {
        "invalid_request", "model_unknown", "language_unknown", "option_invalid"
    }  # fmt: skip
    assert not Transcript.objects.exists()
    assert not (media_folder / "uploads").exists() or list((media_folder / "uploads").iterdir()) == []


@pytest.mark.parametrize(
    "body", ["{", "[]", '"x"', "{}", "null", '{"upload": 5}', '{"upload": "a", "url": "b"}']
)
def test_unreadable_json_is_422(client: Client, body: str) -> None:
    answer = client.post(URL, body, content_type="application/json")
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "invalid_request")


def test_a_broken_multipart_body_is_400(client: Client) -> None:
    answer = client.post(URL, b"--x\r\nbroken", content_type="multipart/form-data; boundary=")
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "invalid_request")


def test_a_huge_json_body_is_413(client: Client) -> None:
    answer = client.post(URL, b" " * 5_000_000, content_type="application/json")
    assert (answer.status_code, answer.json()["error"]["code"]) == (413, "body_too_large")


def test_empty_form_fields_count_as_not_sent(client: Client) -> None:
    answer = send(client, file=small_file(), language="", speaker_count="", context_bias="", title="", url="")
    assert answer.status_code == 201
    assert answer.json()["title"] == "Short talk"


def test_an_address_is_queued_and_asked_for_later(client: Client, media_folder: Path) -> None:
    url = "https://name.invalid/talks/Harbour.mp3?key=secret"
    answer = send_json(client, {"url": url, "language": "en", "diarize": True})
    body = answer.json()
    TranscriptDetail.model_validate(body)
    assert answer.status_code == 201
    assert (body["title"], body["origin"], body["state"]) == ("Harbour", "url", "queued")
    assert body["recording"]["original_name"] == "Harbour.mp3"
    assert body["recording"]["source_url"] == "https://name.invalid/talks/Harbour.mp3"
    assert Transcript.objects.get().recording.source_url == url
    assert Job.objects.get().options["language"] == "en"


def test_an_address_may_come_from_a_form_with_a_title(client: Client) -> None:
    answer = send(client, url="https://name.invalid/", title="A title")
    assert (answer.status_code, answer.json()["title"]) == (201, "A title")


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.org/a.mp3",
        "example.org/a.mp3",
        "https://me:secret@example.org/",
        "https://e.org/" + "a" * 2083,
    ],
    ids=["scheme", "no_scheme", "password", "length"],
)
def test_what_is_no_web_address_is_refused_and_nothing_is_left(client: Client, url: str) -> None:
    answer = send_json(client, {"url": url})
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "url_invalid")
    assert not Transcript.objects.exists()
