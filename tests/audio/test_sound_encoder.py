from __future__ import annotations

from pathlib import Path

import av
import numpy as np
import pytest

from transcripts.audio.decoder import read_packets
from transcripts.audio.opening import open_media
from transcripts.audio.pcm import read_pcm
from transcripts.audio.probe import probe
from transcripts.audio.sound_encoder import SoundEncoder

from .recordings import dominant_hz, tone, wav_bytes, write_media


def encode(source: Path, target: Path) -> None:
    with open_media(source) as container, av.open(str(target), "w", format="mp4") as output:
        encoder = SoundEncoder(container.streams.audio[0], output, 0.0, 3600)
        for packet in read_packets(container, container.streams.audio[0]):
            encoder.feed(packet)
        encoder.finish()


def test_it_works(tmp_path: Path) -> None:
    (tmp_path / "a.wav").write_bytes(wav_bytes(np.repeat(tone(3, 44_100), 2), rate=44_100, channels=2))
    encode(tmp_path / "a.wav", tmp_path / "a.m4a")
    media = probe(tmp_path / "a.m4a")
    assert (media.audio_codec, media.sample_rate, media.channels) == ("aac", 44_100, 2)
    pcm = read_pcm(tmp_path / "a.m4a")
    assert len(pcm) / 16_000 == pytest.approx(3, abs=0.1)
    assert dominant_hz(pcm) == pytest.approx(440, abs=2)


@pytest.mark.parametrize(("rate", "encoded"), [(8_000, 8_000), (96_000, 48_000), (5_000, 48_000)])
def test_rates_aac_does_not_have_become_48_khz(tmp_path: Path, rate: int, encoded: int) -> None:
    (tmp_path / "a.wav").write_bytes(wav_bytes(tone(1, rate), rate=rate))
    encode(tmp_path / "a.wav", tmp_path / "a.m4a")
    assert probe(tmp_path / "a.m4a").sample_rate == encoded


def test_gaps_are_in_the_copy(tmp_path: Path) -> None:
    source = write_media(
        tmp_path / "a.webm",
        tone(2, 48_000),
        "libopus",
        rate=48_000,
        shift=lambda seconds: seconds + (4 if seconds >= 1 else 0),
    )
    encode(source, tmp_path / "a.m4a")
    pcm = read_pcm(tmp_path / "a.m4a")
    assert len(pcm) / 16_000 == pytest.approx(6, abs=0.1)
    assert np.abs(pcm[16_000 * 2 : 16_000 * 4]).max() < 50
