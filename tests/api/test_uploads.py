"""tus 1.0 as a client sees it."""

from __future__ import annotations

import base64
import fcntl
import hashlib
import os
import resource
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from transcripts.models import Job, Recording, Transcript, Upload, User

ApiOf = Callable[[User], Client]
PIECE = "application/offset+octet-stream"
TUS = {"Tus-Resumable": "1.0.0"}


def coded(**metadata: str) -> str:
    return ",".join(f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in metadata.items())


def begin(client: Client, size: int, piece: bytes = b"", /, **metadata: str) -> Any:
    headers = {
        **TUS,
        "Upload-Length": str(size),
        "Upload-Metadata": coded(**{"filename": "a.wav", **metadata}),
    }
    kind = PIECE if piece else "text/plain"
    return client.post("/api/v1/uploads", piece, content_type=kind, headers=headers)


def send(client: Client, location: str, offset: int, piece: bytes, **headers: str) -> Any:
    extra = {name.replace("_", "-"): value for name, value in headers.items()}
    headers = {**TUS, "Upload-Offset": str(offset), **extra}
    return client.patch(location, piece, headers=headers, CONTENT_TYPE=PIECE)


def offset_of(client: Client, location: str) -> int:
    return int(client.head(location, headers=TUS)["Upload-Offset"])


@pytest.fixture
def client(api_of: ApiOf, owner: User) -> Client:
    return api_of(owner)


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


def test_a_damaged_piece_is_460_and_left_out(client: Client, media_folder: Path) -> None:
    location = begin(client, 10, b"12345")["Location"]

    def checksum(piece: bytes, algorithm: str = "sha1") -> str:
        return f"{algorithm} {base64.b64encode(hashlib.new(algorithm, piece).digest()).decode()}"

    damaged = send(client, location, 5, b"67x90", Upload_Checksum=checksum(b"67890"))
    assert (damaged.status_code, damaged.json()["error"]["code"]) == (460, "checksum_mismatch")
    for unknown in ("crc32 AAAA", "sha1", "sha1 !!!", "nonsense"):
        assert send(client, location, 5, b"67890", Upload_Checksum=unknown).status_code in {400, 460}
    assert offset_of(client, location) == 5
    assert send(client, location, 5, b"678", Upload_Checksum=checksum(b"678", "sha256")).status_code == 204
    assert send(client, location, 8, b"90", Upload_Checksum=checksum(b"90", "md5")).status_code == 204
    assert Transcript.objects.count() == 1


def test_a_second_writer_is_423(client: Client, media_folder: Path) -> None:
    location = begin(client, 10)["Location"]
    folder = os.open(media_folder / "uploads" / location.rpartition("/")[2], os.O_RDONLY)
    fcntl.flock(folder, fcntl.LOCK_EX)
    for answer in (send(client, location, 0, b"x"), client.delete(location, headers=TUS)):
        assert (answer.status_code, answer.json()["error"]["code"]) == (423, "upload_busy")
    os.close(folder)
    assert send(client, location, 0, b"x").status_code == 204


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


@pytest.mark.parametrize(
    ("name", "title", "extension"),
    [
        ("../../etc/passwd.mp3", "passwd", ".mp3"),
        ("C:\\fakepath\\talk.WAV", "talk", ".wav"),
        ("a\x00b\r\nc\x1b[31m.mp3", "abc[31m", ".mp3"),
        ("evil\u202e3pm.exe", "evil3pm", ".exe"),
        ("x" * 500 + ".mp3", "x" * 196, ".mp3"),
        ("…/.mp3", "mp3", ""),
        ("", "recording", ""),
        ("..", "recording", ""),
        ("noext", "noext", ""),
        ("a.tar/b.<svg onload=1>", "b", ""),
        ("日本語 🎤.opus", "日本語 🎤", ".opus"),
    ],
)
def test_hostile_names_are_only_shown_never_used(
    client: Client, media_folder: Path, name: str, title: str, extension: str
) -> None:
    code = begin(client, 5, b"hello", filename=name)["Voxweb-Transcript"]
    transcript = Transcript.objects.get(code=code)
    assert transcript.title == title
    assert transcript.recording.original_file == f"{code}/original{extension}"
    assert [file.name for file in (media_folder / code).iterdir()] == [f"original{extension}"]


@contextmanager
def room_for(size: int) -> Iterator[None]:
    """Let no file grow beyond ``size``: the operating system then refuses as a full disk does."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_full_disk_is_507_and_what_arrived_stays(client: Client, media_folder: Path) -> None:
    content = os.urandom(12_000_000)
    location = begin(client, len(content), content[:100])["Location"]
    with room_for(9_000_000):
        answer = send(client, location, 100, content[100:])
    assert (answer.status_code, answer.json()["error"]["code"]) == (507, "disk_full")
    offset = offset_of(client, location)
    assert offset >= 8_000_000
    code = send(client, location, offset, content[offset:])["Voxweb-Transcript"]
    kept = media_folder / Transcript.objects.get(code=code).recording.original_file
    assert kept.read_bytes() == content


def test_a_file_that_cannot_fit_is_refused_at_once(client: Client, settings: LazySettings) -> None:
    settings.MAX_UPLOAD_BYTES = 10**17
    answer = begin(client, 10**16)
    assert (answer.status_code, answer.json()["error"]["code"]) == (507, "disk_full")


Step = tuple[str, float]
STEPS = st.lists(
    st.tuples(st.sampled_from(["piece", "repeat", "abort", "ahead", "damaged", "ask"]), st.floats(0, 1)),
    max_size=12,
)


@hypothesis_settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(content=st.binary(min_size=1, max_size=3000), steps=STEPS)
def test_any_order_of_pieces_repeats_and_aborts_gives_the_same_bytes(
    client: Client, media_folder: Path, content: bytes, steps: list[Step]
) -> None:
    location = begin(client, len(content), force="1")["Location"]
    partial = media_folder / "uploads" / location.rpartition("/")[2] / "file"
    have = 0
    for kind, share in steps:
        if have == len(content):
            break
        length = int(share * (len(content) - have))
        piece = content[have : have + length]
        if kind == "piece":
            have = int(send(client, location, have, piece)["Upload-Offset"])
        elif kind == "repeat" and have:
            assert send(client, location, 0, content[:have]).status_code == 409
        elif kind == "abort" and have + length < len(content):
            with partial.open("ab") as cut_off_in_the_middle:
                cut_off_in_the_middle.write(piece)
            have = offset_of(client, location)
        elif kind == "ahead":
            assert send(client, location, have + 1 + length, piece).status_code == 409
        elif kind == "damaged":
            wrong = "sha1 " + base64.b64encode(b"0" * 20).decode()
            assert send(client, location, have, piece, Upload_Checksum=wrong).status_code == 460
        assert offset_of(client, location) == have
    answer = send(client, location, have, content[have:])
    assert int(answer["Upload-Offset"]) == len(content)
    recording = Recording.objects.get(transcript__code=answer["Voxweb-Transcript"])
    assert (media_folder / recording.original_file).read_bytes() == content
