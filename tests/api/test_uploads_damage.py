"""What may go wrong on the way up: damage, crowds, full disks, hostile names, any order of pieces."""

from __future__ import annotations

import base64
import fcntl
import hashlib
import os
import resource
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from transcripts.models import Recording, Transcript, User

from .tus_client import TUS, begin, offset_of, send

ApiOf = Callable[[User], Client]


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
