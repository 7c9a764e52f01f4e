from __future__ import annotations

from pathlib import Path

import pytest

from transcripts.audio.errors import NoAudioTrackError, TooManyChannelsError, UnsupportedSampleRateError
from transcripts.audio.probe import probe

from .recordings import noise, tone, wav_bytes, write_media, write_silent_film


def test_it_works(tmp_path: Path) -> None:
    (tmp_path / "a.wav").write_bytes(wav_bytes(tone(2)))
    media = probe(tmp_path / "a.wav")
    assert (media.container, media.audio_codec, media.sample_rate, media.channels) == (
        "wav",
        "pcm_s16le",
        16_000,
        1,
    )
    assert (media.claimed_ms, media.has_video, media.has_seek_index) == (2000, False, True)


def test_a_film_without_sound(tmp_path: Path) -> None:
    with pytest.raises(NoAudioTrackError):
        probe(write_silent_film(tmp_path / "film.mp4"))


@pytest.mark.parametrize("rate", [1, 3999, 384_001])
def test_impossible_rates(tmp_path: Path, rate: int) -> None:
    (tmp_path / "a.wav").write_bytes(wav_bytes(tone(1), rate=rate))
    with pytest.raises(UnsupportedSampleRateError):
        probe(tmp_path / "a.wav")


@pytest.mark.parametrize("channels", [0, 17, 65_535])
def test_impossible_channels(tmp_path: Path, channels: int) -> None:
    (tmp_path / "a.wav").write_bytes(wav_bytes(tone(1), channels=channels))
    with pytest.raises(TooManyChannelsError):
        probe(tmp_path / "a.wav")


def test_a_size_that_lies_is_no_claim(tmp_path: Path) -> None:
    (tmp_path / "a.wav").write_bytes(wav_bytes(tone(2), data_bytes=0xFFFFFFF0))
    assert probe(tmp_path / "a.wav").claimed_ms in {None, 2000}


def test_a_film_is_described(tmp_path: Path) -> None:
    media = probe(write_media(tmp_path / "a.mp4", tone(2), "aac", picture="libx264"))
    assert (media.has_video, media.video_codec, media.pixel_format, media.width) == (
        True,
        "h264",
        "yuv420p",
        64,
    )


def test_a_late_start_is_seen(tmp_path: Path) -> None:
    path = write_media(
        tmp_path / "a.mp4",
        tone(2),
        "aac",
        picture="libx264",
        picture_seconds=7,
        shift=lambda seconds: seconds + 5,
    )
    media = probe(path)
    assert media.start_ms == 0
    assert media.audio_start_ms == pytest.approx(5000, abs=70)
    assert media.claimed_ms == pytest.approx(2000, abs=70)


def test_live_webm_claims_nothing_and_cannot_be_sought(tmp_path: Path) -> None:
    path = write_media(
        tmp_path / "a.webm", noise(2, 48_000), "libopus", rate=48_000, muxer_options={"live": "1"}
    )
    media = probe(path)
    assert (media.container, media.claimed_ms, media.has_seek_index) == ("webm", None, False)


def test_raw_aac_only_estimates_its_length(tmp_path: Path) -> None:
    assert probe(write_media(tmp_path / "a.aac", tone(2), "aac", container="adts")).claimed_ms is None
