from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler

from transcripts.audio.converter import PcmConverter, PcmFormat
from transcripts.audio.pcm import RECOGNITION

from .recordings import dominant_hz, tone, write_media


def frame(seconds: float, rate: int, pitch_hz: float = 440.0) -> AudioFrame:
    made = AudioFrame.from_ndarray(tone(seconds, rate, pitch_hz).reshape(1, -1), format="s16", layout="mono")
    made.sample_rate, made.time_base = rate, Fraction(1, rate)
    return made


def test_it_works(tmp_path: Path) -> None:
    path = write_media(tmp_path / "a.mp3", tone(7, 44_100), "libmp3lame", rate=44_100)
    converter, resampler = PcmConverter(RECOGNITION, 32_000), AudioResampler("s16", "mono", 16_000)
    blocks, expected = [], []
    with av.open(str(path)) as container:
        for decoded in container.decode(container.streams.audio[0]):
            blocks += list(converter.push(decoded))
            expected += resampler.resample(decoded)
    blocks += list(converter.finish())
    expected += resampler.resample(None)
    assert [len(block) for block in blocks[:-1]] == [32_000] * (len(blocks) - 1)
    assert np.array_equal(np.concatenate(blocks), np.concatenate([made.to_ndarray()[0] for made in expected]))


def test_the_input_may_change_its_rate() -> None:
    converter = PcmConverter(RECOGNITION, 16_000)
    blocks = [*converter.push(frame(1, 48_000)), *converter.push(frame(1, 8_000, 880)), *converter.finish()]
    pcm = np.concatenate(blocks)
    assert len(pcm) == 32_000
    assert dominant_hz(pcm[:16_000]) == pytest.approx(440, abs=2)
    assert dominant_hz(pcm[16_000:]) == pytest.approx(880, abs=2)


@pytest.mark.parametrize("sample_format", ["u8", "s16", "fltp", "dblp"])
def test_silence_is_silent_in_every_sample_format(sample_format: str) -> None:
    like = AudioFrame(format=sample_format, layout="stereo", samples=10)
    like.sample_rate, like.time_base = 8_000, Fraction(1, 8_000)
    converter = PcmConverter(PcmFormat(16_000, "stereo"), 16_000)
    blocks = [*converter.push_silence(2.5, like), *converter.finish()]
    pcm = np.concatenate(blocks)
    assert len(pcm) == 2 * 40_000
    assert not pcm.any()


def test_nothing_gives_nothing() -> None:
    assert list(PcmConverter(RECOGNITION, 16_000).finish()) == []
