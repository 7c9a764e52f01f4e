"""Files that are honest, damaged or hostile."""

from __future__ import annotations

import io
import os
from pathlib import Path

import numpy as np
import pytest

from tests.engine.spoken import voice_like, write_wav
from transcripts.engine.decode import Decoded, decode_to_pcm
from transcripts.engine.errors import AudioEmpty, AudioTooLong, AudioUnreadable, EngineError


def decoded(path: Path, longest_seconds: float = 60) -> tuple[Decoded, bytes]:
    target = io.BytesIO()
    return decode_to_pcm(path, target, longest_seconds), target.getvalue()


def test_it_works(tmp_path: Path) -> None:
    pcm = voice_like(2, 120)
    facts, raw = decoded(write_wav(tmp_path / "a.wav", pcm))
    assert facts == Decoded(len(pcm), 0) and raw == pcm.tobytes()


@pytest.mark.parametrize("rate_hz", [8000, 22_050, 48_000])
def test_other_rates_become_16_khz(tmp_path: Path, rate_hz: int) -> None:
    facts, _ = decoded(write_wav(tmp_path / "a.wav", np.zeros(2 * rate_hz, np.int16), rate_hz))
    assert abs(facts.samples - 32_000) < 40


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", AudioEmpty),
        (b"text", AudioUnreadable),
        (b"<html></html>", AudioUnreadable),
        (b"PK\x03\x04" + bytes(100), AudioUnreadable),
        (b"ffconcat version 1.0\nfile 'other.wav'\n", AudioUnreadable),
        (b"#EXTM3U\nother.wav\n", AudioUnreadable),
        (b"v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nm=audio 9 RTP/AVP 0\n", AudioUnreadable),
    ],
)
@pytest.mark.parametrize("name", ["a.mp3", "a.wav", "a"])
def test_what_is_no_sound_is_refused(
    tmp_path: Path, content: bytes, refusal: type[EngineError], name: str
) -> None:
    write_wav(tmp_path / "other.wav", voice_like(1, 120))
    (tmp_path / name).write_bytes(content)
    with pytest.raises(refusal):
        decoded(tmp_path / name)


def test_random_bytes_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.mp3"
    path.write_bytes(os.urandom(20_000))
    with pytest.raises(EngineError):
        decoded(path)


def test_a_lying_rate_is_refused(tmp_path: Path) -> None:
    with pytest.raises(AudioUnreadable):
        decoded(write_wav(tmp_path / "a.wav", np.zeros(1000, np.int16), 1))


def test_a_long_file_is_stopped(tmp_path: Path) -> None:
    with pytest.raises(AudioTooLong):
        decoded(write_wav(tmp_path / "a.wav", np.zeros(32_000, np.int16)), longest_seconds=1)


def test_a_truncated_file_gives_what_it_has(tmp_path: Path) -> None:
    path = write_wav(tmp_path / "a.wav", voice_like(4, 120))
    path.write_bytes(path.read_bytes()[:64_000])
    assert decoded(path)[0].samples > 30_000
