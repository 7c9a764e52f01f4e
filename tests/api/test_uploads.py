"""tus 1.0 as a client sees it."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client

from transcripts.models import Job, Recording, Transcript, Upload, User

from .tus_client import PIECE, TUS, begin, offset_of, send

ApiOf = Callable[[User], Client]


def test_it_works(client: Client, owner: User, media_folder: Path) -> None:
    content = os.urandom(100_000)
    created = begin(client, len(content), filename="Tuesday talk.MP3", language="en", title="")
    location = created["Location"]
    assert (created.status_code, created["Upload-Offset"], created["Tus-Resumable"]) == (201, "0", "1.0.0")
    assert "Upload-Expires" in created
    first = send(client, location, 0, content[:60_000])
    assert (first.status_code, first["Upload-Offset"]) == (204, "60000")
    assert "Voxweb-Transcript" not in first
    last = send(client, location, 60_000, content[60_000:])
    transcript = Transcript.objects.get(code=last["Voxweb-Transcript"])
    assert (last.status_code, last["Upload-Offset"]) == (204, "100000")
    assert (transcript.title, transcript.owner, transcript.state) == ("Tuesday talk", owner, "queued")
    recording = transcript.recording
    assert recording.original_file == f"{transcript.code}/original.mp3"
    assert (media_folder / recording.original_file).read_bytes() == content
    assert recording.sha256 == hashlib.sha256(content).hexdigest()
    job = Job.objects.get(transcript=transcript)
    assert job.options["language"] == "en"
    assert list((media_folder / "uploads").iterdir()) == []


def test_a_restart_goes_on_at_the_exact_byte(
    api_of: ApiOf, client: Client, owner: User, media_folder: Path
) -> None:
    location = begin(client, 1000, b"x" * 333)["Location"]
    code = location.rpartition("/")[2]
    with (media_folder / "uploads" / code / "file").open("ab") as killed_in_a_write:
        killed_in_a_write.write(b"y" * 100)
    restarted = api_of(owner)
    assert offset_of(restarted, location) == 433
    answer = send(restarted, location, 433, b"z" * 567)
    kept = media_folder / Recording.objects.get(transcript__code=answer["Voxweb-Transcript"]).original_file
    assert kept.read_bytes() == b"x" * 333 + b"y" * 100 + b"z" * 567


def test_everything_may_come_with_the_first_request(client: Client) -> None:
    created = begin(client, 5, b"hello")
    assert (created.status_code, created["Upload-Offset"]) == (201, "5")
    assert Transcript.objects.filter(code=created["Voxweb-Transcript"]).exists()


def test_what_the_server_can_do_is_told(client: Client, settings: LazySettings) -> None:
    answer = client.options("/api/v1/uploads")
    assert answer.status_code == 204
    assert set(answer["Tus-Extension"].split(",")) == {
        "creation", "creation-with-upload", "termination", "checksum", "expiration"
    }  # fmt: skip
    assert answer["Tus-Max-Size"] == str(settings.MAX_UPLOAD_BYTES)
    assert answer["Tus-Checksum-Algorithm"] == "sha1,sha256,md5"


def test_another_offset_is_409_and_tells_the_right_one(client: Client) -> None:
    location = begin(client, 100, b"x" * 40)["Location"]
    for wrong in (0, 39, 41, 100, 10**17):
        answer = send(client, location, wrong, b"y" * 10)
        assert (answer.status_code, answer["Upload-Offset"]) == (409, "40")
        assert answer.json()["error"]["code"] == "upload_offset_mismatch"
    assert offset_of(client, location) == 40


def test_the_answer_that_got_lost_can_be_asked_for_again(client: Client) -> None:
    location = begin(client, 10, b"x" * 10)["Location"]
    again = send(client, location, 10, b"")
    head = client.head(location, headers=TUS)
    assert again["Voxweb-Transcript"] == head["Voxweb-Transcript"]
    assert (head["Upload-Offset"], head["Upload-Length"]) == ("10", "10")
    assert Transcript.objects.count() == Job.objects.count() == 1


@pytest.mark.parametrize("version", ["", "0.2.2", "1.0"])
def test_another_protocol_version_is_412(client: Client, version: str) -> None:
    location = begin(client, 10)["Location"]
    for answer in (
        client.post("/api/v1/uploads", headers={"Tus-Resumable": version, "Upload-Length": "5"}),
        client.head(location, headers={"Tus-Resumable": version}),
        client.delete(location, headers={"Tus-Resumable": version}),
        client.patch(location, b"x", content_type=PIECE, headers={"Tus-Resumable": version}),
    ):
        assert answer.status_code == 412
        assert answer["Tus-Version"] == "1.0.0"


def test_another_content_type_is_415(client: Client) -> None:
    location = begin(client, 10)["Location"]
    headers = {**TUS, "Upload-Offset": "0"}
    answer = client.patch(location, b"x", content_type="application/octet-stream", headers=headers)
    assert (answer.status_code, answer.json()["error"]["code"]) == (415, "piece_type")


@pytest.mark.parametrize("length", ["", "-1", "1.5", "x", "1e3", "٣", "9" * 30])
def test_an_unreadable_length_is_refused(client: Client, length: str) -> None:
    answer = client.post("/api/v1/uploads", headers={**TUS, "Upload-Length": length})
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "invalid_request")


@pytest.mark.parametrize("metadata", ["filename !!!", "filename /w==", "filename a"])
def test_unreadable_metadata_is_refused(client: Client, metadata: str) -> None:
    headers = {**TUS, "Upload-Length": "5", "Upload-Metadata": metadata}
    assert client.post("/api/v1/uploads", headers=headers).status_code == 422


def test_wrong_options_are_refused_before_a_byte_is_sent(client: Client) -> None:
    for option in ({"language": "xx-wrong-"}, {"model": "nope"}, {"speaker_count": "many"}):
        answer = begin(client, 100, **option)
        assert answer.status_code == 422
        assert answer.json()["error"]["message"]
    assert not Upload.objects.exists()


def test_an_empty_file_is_refused(client: Client) -> None:
    answer = begin(client, 0)
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "empty_file")


def test_a_file_over_the_limit_is_413(client: Client, settings: LazySettings) -> None:
    settings.MAX_UPLOAD_BYTES = 1000
    answer = begin(client, 1001)
    assert (answer.status_code, answer.json()["error"]["code"]) == (413, "upload_too_large")
    assert answer.json()["error"]["detail"] == {"max_bytes": 1000}
    assert begin(client, 1000).status_code == 201


def test_more_bytes_than_announced_are_left_out(client: Client) -> None:
    location = begin(client, 10, b"12345")["Location"]
    answer = send(client, location, 5, b"678901")
    assert (answer.status_code, answer.json()["error"]["code"]) == (413, "upload_overrun")
    assert offset_of(client, location) == 5
    assert send(client, location, 5, b"67890").status_code == 204


def test_a_cancelled_upload_is_gone(client: Client, media_folder: Path) -> None:
    location = begin(client, 10, b"12345")["Location"]
    assert client.delete(location, headers=TUS).status_code == 204
    assert client.head(location, headers=TUS).status_code == 404
    assert list((media_folder / "uploads").iterdir()) == []


def test_deleting_a_finished_upload_keeps_its_transcript(client: Client, media_folder: Path) -> None:
    created = begin(client, 5, b"hello")
    assert client.delete(created["Location"], headers=TUS).status_code == 204
    recording = Recording.objects.get(transcript__code=created["Voxweb-Transcript"])
    assert (media_folder / recording.original_file).read_bytes() == b"hello"


def test_networks_that_pass_only_post_are_served(client: Client) -> None:
    location = begin(client, 5)["Location"]
    headers = {**TUS, "X-HTTP-Method-Override": "PATCH", "Upload-Offset": "0"}
    assert client.post(location, b"hel", content_type=PIECE, headers=headers).status_code == 204
    assert client.post(location, b"hel", content_type=PIECE, headers=TUS).status_code == 422
    headers = {**TUS, "X-HTTP-Method-Override": "DELETE"}
    assert client.post(location, headers=headers).status_code == 204


def test_an_upload_belongs_to_who_began_it(api_of: ApiOf, client: Client, editor: User) -> None:
    location = begin(client, 5)["Location"]
    other = api_of(editor)
    assert other.head(location, headers=TUS).status_code == 404
    assert send(other, location, 0, b"x").status_code == 404
    assert other.delete(location, headers=TUS).status_code == 404
