from __future__ import annotations

from pathlib import Path

import av.error
import pytest

from transcripts.audio.playback import Method, PlaybackPlan
from transcripts.audio.playback_copy import write_copy
from transcripts.audio.probe import probe

from .recordings import packets_of, tone, write_media

VIDEO = PlaybackPlan(Method.COPY, "video/mp4", "mp4", with_picture=True)
VIDEO_NEW_SOUND = PlaybackPlan(Method.ENCODE, "video/mp4", "mp4", with_picture=True)


def copy(source: Path, target: Path, plan: PlaybackPlan) -> None:
    write_copy(source, target, plan, origin_seconds=0.0, skipped=frozenset(), max_seconds=3600)


@pytest.mark.parametrize(("plan", "codec"), [(VIDEO, "aac"), (VIDEO_NEW_SOUND, "ac3")])
def test_it_works(tmp_path: Path, plan: PlaybackPlan, codec: str) -> None:
    source = write_media(
        tmp_path / "a.mkv", tone(3, 48_000), codec, rate=48_000, container="matroska", picture="libx264"
    )
    copy(source, tmp_path / "copy.mp4", plan)
    media = probe(tmp_path / "copy.mp4")
    assert (media.container, media.video_codec, media.audio_codec) == ("mp4", "h264", "aac")
    assert len(packets_of(tmp_path / "copy.mp4", "video")) == len(packets_of(source, "video"))
    content = (tmp_path / "copy.mp4").read_bytes()
    assert content.index(b"moov") < content.index(b"mdat")


@pytest.mark.parametrize("extension", ["webm", "m4a"])
def test_a_second_run_gives_the_same_bytes(tmp_path: Path, extension: str) -> None:
    source = write_media(
        tmp_path / "a.webm", tone(2, 48_000), "libopus", rate=48_000, muxer_options={"live": "1"}
    )
    method = Method.COPY if extension == "webm" else Method.ENCODE
    for name in ("one", "two"):
        copy(source, tmp_path / f"{name}.{extension}", PlaybackPlan(method, "", extension))
    assert (tmp_path / f"one.{extension}").read_bytes() == (tmp_path / f"two.{extension}").read_bytes()


def test_what_does_not_fit_the_container_is_an_error(tmp_path: Path) -> None:
    source = write_media(tmp_path / "a.wav", tone(1), "pcm_s16le")
    with pytest.raises((av.error.FFmpegError, ValueError)):
        copy(source, tmp_path / "copy.webm", PlaybackPlan(Method.COPY, "audio/webm", "webm"))
