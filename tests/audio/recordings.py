"""Small recordings made for tests: tones, noise and speech in any container, honest or broken on purpose."""

from __future__ import annotations

import os
import random
import struct
import subprocess
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import numpy.typing as npt
import pytest
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.container import OutputContainer
from av.packet import Packet
from av.stream import Stream
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from transcripts.audio.ingest import IngestLimits, IngestResult, ingest

Samples = npt.NDArray[np.int16]
Shift = Callable[[float], float]


def tone(seconds: float, rate: int = 16_000, pitch_hz: float = 440.0, level: float = 0.3) -> Samples:
    times = np.arange(int(seconds * rate)) / rate
    return (np.sin(2 * np.pi * pitch_hz * times) * level * 32767).astype(np.int16)


def noise(seconds: float, rate: int = 16_000, level: float = 0.1, seed: int = 1) -> Samples:
    generator = np.random.default_rng(seed)
    return (
        (generator.standard_normal(int(seconds * rate)) * level * 32767).clip(-32768, 32767).astype(np.int16)
    )


def silence(seconds: float, rate: int = 16_000) -> Samples:
    return np.zeros(int(seconds * rate), np.int16)


def speech(text: str, folder: Path) -> Samples:
    """Speak with espeak-ng; 22,050 Hz."""
    path = folder / "speech.wav"
    subprocess.run(["espeak-ng", "-w", str(path), text], check=True, timeout=30)
    return np.frombuffer(path.read_bytes()[44:], np.int16)


def write_media(
    path: Path,
    pcm: Samples,
    codec: str,
    *,
    rate: int = 16_000,
    container: str | None = None,
    options: dict[str, str] | None = None,
    muxer_options: dict[str, str] | None = None,
    shift: Shift = lambda seconds: seconds,
    picture: str | None = None,
    picture_seconds: float = 0.0,
) -> Path:
    """Encode ``pcm``; ``shift`` maps each packet's time to another, ``picture`` names a video codec."""
    with av.open(str(path), "w", format=container, container_options=muxer_options or {}) as output:
        video = _add_picture(output, picture) if picture else None
        audio = output.add_stream(codec, rate=rate, layout="mono", options=options or {})
        assert isinstance(audio, AudioStream)
        audio.bit_rate = 64_000
        if video is not None:
            _draw(output, video, picture_seconds or len(pcm) / rate)
        for start in range(0, len(pcm), rate // 4):
            _mux(output, audio.encode(_frame(pcm[start : start + rate // 4], rate, start)), shift)
        _mux(output, audio.encode(None), shift)
    return path


def _frame(pcm: Samples, rate: int, position: int) -> AudioFrame:
    frame = AudioFrame.from_ndarray(pcm.reshape(1, -1), format="s16", layout="mono")
    frame.sample_rate, frame.time_base, frame.pts = rate, Fraction(1, rate), position
    return frame


def _mux(output: OutputContainer, packets: list[Packet[Any]], shift: Shift) -> None:
    for packet in packets:
        if packet.pts is not None:
            packet.pts = round(shift(float(packet.pts * packet.time_base)) / packet.time_base)
            packet.dts = packet.pts
        output.mux(packet)


def _add_picture(output: OutputContainer, codec: str) -> VideoStream:
    video = output.add_stream(codec, rate=10)
    assert isinstance(video, VideoStream)
    video.width, video.height, video.pix_fmt = 64, 48, "yuv420p"
    return video


def _draw(output: OutputContainer, video: VideoStream, seconds: float) -> None:
    for index in range(int(seconds * 10)):
        frame = VideoFrame.from_ndarray(np.full((48, 64, 3), index % 255, np.uint8), format="rgb24")
        frame.pts, frame.time_base = index, Fraction(1, 10)
        output.mux(video.encode(frame))
    output.mux(video.encode(None))


def write_silent_film(path: Path) -> Path:
    with av.open(str(path), "w") as output:
        _draw(output, _add_picture(output, "libx264"), 2.0)
    return path


def wav_bytes(pcm: Samples, *, rate: int = 16_000, channels: int = 1, data_bytes: int | None = None) -> bytes:
    """A WAV file whose header may lie."""
    data = pcm.tobytes()
    claimed = len(data) if data_bytes is None else data_bytes
    byte_rate, align = (rate * channels * 2) & 0xFFFFFFFF, (channels * 2) & 0xFFFF
    header = struct.pack("<IHHIIHH", 16, 1, channels, rate, byte_rate, align, 16)
    return (
        b"RIFF"
        + struct.pack("<I", 36 + len(data))
        + b"WAVEfmt "
        + header
        + b"data"
        + struct.pack("<I", claimed)
        + data
    )


def damaged(content: bytes, start: float, length: int) -> bytes:
    """Replace ``length`` bytes at the given share of the file by random ones."""
    position = int(len(content) * start)
    return content[:position] + random.Random(7).randbytes(length) + content[position + length :]


def dominant_hz(pcm: Samples, rate: int = 16_000) -> float:
    """The strongest frequency, 0 for silence."""
    if not np.abs(pcm).max(initial=0) > 100:
        return 0.0
    spectrum = np.abs(np.fft.rfft(pcm * np.hanning(len(pcm)), 1 << 16))
    return float(spectrum.argmax() * rate / (1 << 16))


def packets_of(path: Path, kind: str = "audio") -> list[Packet[Any]]:
    with av.open(str(path)) as container:
        stream: Stream = getattr(container.streams, kind)[0]
        return [packet for packet in container.demux(stream) if packet.size]


def run(source: Path, folder: Path, *, chunk_seconds: float = 600.0, **limits: Any) -> IngestResult:
    """Ingest with nothing watching."""
    return ingest(
        source,
        folder,
        limits=IngestLimits(**limits),
        chunk_seconds=chunk_seconds,
        on_progress=lambda decoded_ms: None,
        should_stop=lambda: False,
    )


def samples_folder() -> Path:
    """The folder of real recordings, which are not part of the repository; skips where it is absent."""
    beside = Path(__file__).parents[3] / "shared" / "samples"
    folder = Path(os.environ.get("VOXWEB_SAMPLES", beside))
    if not folder.is_dir():
        pytest.skip("the sample recordings are absent; VOXWEB_SAMPLES names their folder")
    return folder
