"""Sound and waveform over HTTP ranges, and hostile files that must stay harmless."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client

from transcripts.models import Recording, Transcript, User

from .streamed import body_of, leave

ApiOf = Callable[[User], Client]


@pytest.fixture
def url(transcript: Transcript) -> str:
    return f"/api/v1/transcripts/{transcript.code}/media"


@pytest.fixture
def sound(transcript: Transcript, media_folder: Path) -> bytes:
    path = media_folder / transcript.recording.playback_file
    path.write_bytes(bytes(range(256)) * 4000)
    return path.read_bytes()


def times_open(path: Path) -> int:
    return sum(os.path.realpath(file) == str(path) for file in Path("/proc/self/fd").iterdir())


def test_it_works(
    api_of: ApiOf, owner: User, url: str, sound: bytes, transcript: Transcript, media_folder: Path
) -> None:
    client, path = api_of(owner), media_folder / transcript.recording.playback_file
    answer = client.get(url)
    assert times_open(path) == 1
    assert answer.status_code == 200
    assert answer["Content-Type"] == "audio/wav"
    assert answer["Accept-Ranges"] == "bytes"
    assert answer["Content-Length"] == str(len(sound))
    assert answer["Cache-Control"].startswith("private")
    assert body_of(answer) == sound
    leave(client.get(url))
    assert times_open(path) == 0


@pytest.mark.parametrize(
    ("asked", "start", "end"),
    [
        ("bytes=0-0", 0, 1),
        ("bytes=100-299", 100, 300),
        ("bytes=1000000-", 1_000_000, 1_024_000),
        ("bytes=-500", 1_023_500, 1_024_000),
        ("bytes=-99999999", 0, 1_024_000),
        ("bytes=1023999-99999999", 1_023_999, 1_024_000),
        ("BYTES=5-9", 5, 10),
    ],
)
def test_a_range_gives_exactly_those_bytes(
    api_of: ApiOf, owner: User, url: str, sound: bytes, asked: str, start: int, end: int
) -> None:
    answer = api_of(owner).get(url, headers={"Range": asked, "Accept-Encoding": "gzip"})
    assert answer.status_code == 206
    assert answer["Content-Range"] == f"bytes {start}-{end - 1}/{len(sound)}"
    assert answer["Content-Length"] == str(end - start)
    assert body_of(answer) == sound[start:end]


@pytest.mark.parametrize(
    "asked",
    ["bytes=5-2", "bytes=-", "bytes=a-b", "items=0-1", "bytes=0-1,4-5", "bytes", "bytes=١-٢", "bytes=--5"],
)
def test_what_is_no_single_range_gives_the_whole(
    api_of: ApiOf, owner: User, url: str, sound: bytes, asked: str
) -> None:
    answer = api_of(owner).get(url, headers={"Range": asked})
    assert answer.status_code == 200
    assert body_of(answer) == sound


@pytest.mark.parametrize("asked", ["bytes=1024000-", "bytes=9999999-99999999", "bytes=-0"])
def test_a_range_behind_the_end_is_416(
    api_of: ApiOf, owner: User, url: str, sound: bytes, asked: str
) -> None:
    answer = api_of(owner).get(url, headers={"Range": asked})
    assert answer.status_code == 416
    assert answer["Content-Range"] == f"bytes */{len(sound)}"
    assert answer.json()["error"]["code"] == "range_not_satisfiable"


def test_head_describes_without_a_body(api_of: ApiOf, owner: User, url: str, sound: bytes) -> None:
    client = api_of(owner)
    whole = client.head(url)
    assert (whole.status_code, whole.content, whole["Content-Length"]) == (200, b"", str(len(sound)))
    part = client.head(url, headers={"Range": "bytes=0-9"})
    assert (part.status_code, part["Content-Length"]) == (206, "10")


def test_validators_answer_304_and_guard_ranges(
    api_of: ApiOf, owner: User, url: str, sound: bytes, transcript: Transcript, media_folder: Path
) -> None:
    client = api_of(owner)
    first = client.head(url)
    etag, modified = first["ETag"], first["Last-Modified"]
    assert client.get(url, headers={"If-None-Match": etag}).status_code == 304

    def with_if_range(value: str) -> int:
        return client.get(url, headers={"Range": "bytes=0-9", "If-Range": value}).status_code

    assert with_if_range(etag) == with_if_range(modified) == 206
    assert with_if_range(f"W/{etag}") == with_if_range('"other"') == with_if_range("nonsense") == 200
    os.utime(media_folder / transcript.recording.playback_file, (1, 1))
    assert with_if_range(etag) == 200
    assert client.get(url, headers={"If-None-Match": etag}).status_code == 200


def test_the_original_is_a_download_under_its_own_name(
    api_of: ApiOf, owner: User, url: str, sound: bytes, transcript: Transcript
) -> None:
    Recording.objects.filter(transcript=transcript).update(original_name='bad"\u202e\r\nX: y/../größe 🎤.wav')
    answer = api_of(owner).get(url + "?original=1")
    disposition = answer["Content-Disposition"]
    assert disposition.startswith("attachment; filename")
    assert "\n" not in disposition
    assert "gr%C3%B6%C3%9Fe" in disposition
    assert answer["Content-Type"] == "audio/wav"
    assert body_of(answer) == sound


@pytest.mark.parametrize("kind", ["html", "svg", "js", "xhtml", "mp4"])
def test_a_hostile_upload_is_never_a_page(
    api_of: ApiOf, owner: User, url: str, transcript: Transcript, media_folder: Path, kind: str
) -> None:
    name = f"{transcript.code}/original.{kind}"
    (media_folder / name).write_bytes(b"<script>alert(1)</script>")
    Recording.objects.filter(transcript=transcript).update(
        original_file=name, playback_file=name, playback_type="text/html", original_name=f"x.{kind}"
    )
    for address in (url, url + "?original=1"):
        answer = api_of(owner).get(address)
        assert answer["Content-Type"] in {"application/octet-stream", "video/mp4"}
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Security-Policy"].startswith("sandbox")
        body_of(answer)
    assert api_of(owner).head(url)["Content-Type"] == "application/octet-stream"


def test_peaks_come_in_two_zooms(
    api_of: ApiOf, owner: User, url: str, transcript: Transcript, media_folder: Path
) -> None:
    client, peaks = api_of(owner), url.replace("/media", "/peaks")
    early = client.get(peaks)
    assert (early.status_code, early.json()["error"]["code"]) == (404, "media_not_ready")
    for field, zoom in (("peaks_file", "10"), ("peaks_fine_file", "50")):
        name = f"{transcript.code}/peaks-{zoom}.dat"
        (media_folder / name).write_bytes(zoom.encode() * 500)
        Recording.objects.filter(transcript=transcript).update(**{field: name})
    assert body_of(client.get(peaks)) == b"10" * 500
    assert body_of(client.get(peaks + "?fine=1", headers={"Range": "bytes=0-3"})) == b"5050"


def test_pauses_are_told_in_the_order_of_time(
    api_of: ApiOf, owner: User, url: str, transcript: Transcript
) -> None:
    client, address = api_of(owner), url.replace("/media", "/pauses")
    Recording.objects.filter(transcript=transcript).update(pauses=[[500, 900], [2000, 2600]])
    assert client.get(address).json() == {"pauses": [[500, 900], [2000, 2600]]}
    Recording.objects.filter(transcript=transcript).delete()
    assert client.get(address).json() == {"pauses": []}


def test_a_recording_that_is_still_being_read_is_not_ready(
    api_of: ApiOf, owner: User, url: str, transcript: Transcript
) -> None:
    Recording.objects.filter(transcript=transcript).update(playback_file="")
    assert api_of(owner).get(url).json()["error"]["code"] == "media_not_ready"
    Recording.objects.filter(transcript=transcript).update(playback_file=f"{transcript.code}/gone.wav")
    assert api_of(owner).get(url).json()["error"]["code"] == "media_not_ready"
    Recording.objects.filter(transcript=transcript).delete()
    assert api_of(owner).get(url).json()["error"]["code"] == "media_not_ready"


def test_a_proxy_sends_the_file_where_one_is_configured(
    api_of: ApiOf, owner: User, url: str, transcript: Transcript, settings: LazySettings
) -> None:
    settings.MEDIA_ACCEL_PREFIX = "/protected/"
    answer = api_of(owner).get(url)
    assert answer["X-Accel-Redirect"] == f"/protected/{transcript.code}/original.wav"
    assert answer["Content-Type"] == "audio/wav"
    assert answer.content == b""
