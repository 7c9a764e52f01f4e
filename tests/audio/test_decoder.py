from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from transcripts.audio.decoder import DecodeFacts, PcmDecoder, decode_track
from transcripts.audio.errors import AudioTooLongError, NothingDecodedError
from transcripts.audio.opening import open_media
from transcripts.audio.pcm import RECOGNITION, Pcm
from transcripts.audio.timeline import Timeline

from .recordings import damaged, dominant_hz, noise, silence, tone, wav_bytes, write_media


def decode(path: Path, max_seconds: float = 3600) -> tuple[Pcm, DecodeFacts, Timeline]:
    decoder = PcmDecoder(RECOGNITION, Timeline(), block_samples=16_000, max_seconds=max_seconds)
    with open_media(path) as container:
        blocks = list(decode_track(container, container.streams.audio[0], decoder))
    return np.concatenate(blocks), decoder.facts, decoder.timeline


def test_it_works(tmp_path: Path) -> None:
    pcm, facts, timeline = decode(write_media(tmp_path / "a.flac", noise(3), "flac"))
    assert np.array_equal(pcm, noise(3))
    assert facts.bad_packets == 0
    assert facts.readable_seconds == pytest.approx(3)
    assert timeline.clock_seconds == pytest.approx(3)


def test_the_limit_counts_decoded_sound(tmp_path: Path) -> None:
    path = write_media(tmp_path / "a.flac", silence(30), "flac")
    with pytest.raises(AudioTooLongError) as failure:
        decode(path, max_seconds=29)
    assert failure.value.detail == {"max_seconds": 29}


@pytest.mark.parametrize("seed", range(3))
def test_random_bytes_hold_no_sound(tmp_path: Path, seed: int) -> None:
    path = tmp_path / "random.mp3"
    path.write_bytes(np.random.default_rng(seed).bytes(200_000))
    with pytest.raises(NothingDecodedError):
        decode(path)


def test_a_header_alone_holds_no_sound(tmp_path: Path) -> None:
    (tmp_path / "a.wav").write_bytes(wav_bytes(silence(0)))
    with pytest.raises(NothingDecodedError):
        decode(tmp_path / "a.wav")


def test_a_corrupt_middle_is_skipped_and_what_follows_keeps_its_time(tmp_path: Path) -> None:
    whole = np.concatenate([tone(10), tone(10, pitch_hz=880)])
    path = write_media(tmp_path / "a.ogg", np.repeat(whole, 3), "libopus", rate=48_000)
    path.write_bytes(damaged(path.read_bytes(), 0.2, 6000))
    pcm, facts, timeline = decode(path)
    assert facts.readable_seconds < 19.8
    assert timeline.silence_seconds > 0.1
    assert dominant_hz(pcm[16_000 * 9 : int(16_000 * 9.9)]) == pytest.approx(440, abs=3)
    assert dominant_hz(pcm[int(16_000 * 10.1) : 16_000 * 11]) == pytest.approx(880, abs=3)


def test_a_broken_frame_of_aac_does_not_end_the_recording(tmp_path: Path) -> None:
    path = write_media(tmp_path / "a.m4a", tone(20), "aac", container="mp4")
    path.write_bytes(damaged(path.read_bytes(), 0.4, 3000))
    pcm, facts, _ = decode(path)
    assert facts.bad_packets
    assert len(pcm) / 16_000 == pytest.approx(20, abs=0.2)
    assert dominant_hz(pcm[16_000 * 18 : 16_000 * 19]) == pytest.approx(440, abs=3)


def test_a_gap_in_the_timestamps_becomes_silence(tmp_path: Path) -> None:
    path = write_media(
        tmp_path / "a.webm",
        np.concatenate([tone(2, 48_000), tone(2, 48_000, 880)]),
        "libopus",
        rate=48_000,
        shift=lambda seconds: seconds + (5 if seconds >= 2 else 0),
    )
    pcm, _, timeline = decode(path)
    assert timeline.silence_seconds == pytest.approx(5, abs=0.03)
    assert len(pcm) / 16_000 == pytest.approx(9, abs=0.03)
    assert not pcm[16_000 * 3 : 16_000 * 6].any()
    assert dominant_hz(pcm[int(16_000 * 7.1) : 16_000 * 8]) == pytest.approx(880, abs=3)


def test_two_recordings_glued_together_are_read_whole(tmp_path: Path) -> None:
    path = write_media(tmp_path / "a.webm", tone(3, 48_000), "libopus", rate=48_000)
    path.write_bytes(path.read_bytes() * 2)
    pcm, _, timeline = decode(path)
    assert len(pcm) / 16_000 == pytest.approx(6, abs=0.1)
    assert timeline.breaks == 1


def test_constant_and_variable_bit_rates_are_told_apart(tmp_path: Path) -> None:
    pcm = np.concatenate([silence(5), noise(5)])
    constant = write_media(tmp_path / "c.mp3", pcm, "libmp3lame")
    variable = write_media(
        tmp_path / "v.mp3", pcm, "libmp3lame", options={"flags": "+qscale", "global_quality": "472"}
    )
    assert decode(constant)[1].constant_bit_rate
    assert not decode(variable)[1].constant_bit_rate


@pytest.mark.parametrize("channels", [2, 3, 6, 12, 16])
def test_channels_are_mixed(tmp_path: Path, channels: int) -> None:
    (tmp_path / "a.wav").write_bytes(wav_bytes(np.repeat(tone(1), channels), channels=channels))
    pcm, _, _ = decode(tmp_path / "a.wav")
    assert len(pcm) == 16_000
    assert dominant_hz(pcm) == pytest.approx(440, abs=2)
