"""Any sound or video file to 16 kHz mono PCM on disk, in one streaming pass, without trusting the file.

The whitelists keep FFmpeg from following a playlist into somebody else's files. Bad packets are skipped.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import av
import av.error
from av.audio.stream import AudioStream
from av.container import InputContainer

from transcripts.audio.opening import OPTIONS
from transcripts.engine.errors import AudioEmpty, AudioTooLong, AudioTrackMissing, AudioUnreadable
from transcripts.engine.pcm import BYTES_PER_SAMPLE, SAMPLE_RATE_HZ, seconds_to_samples

_LOWEST_RATE_HZ, _HIGHEST_RATE_HZ = 4000, 384_000
_MOST_CHANNELS = 16


@dataclass(frozen=True)
class Decoded:
    """How much sound there was, and how many packets could not be read."""

    samples: int
    bad_packets: int


def decode_to_pcm(source: Path, target: BinaryIO, longest_seconds: float) -> Decoded:
    """Writes s16le mono 16 kHz to ``target``. What can be read of a damaged file is written.

    Raises AudioEmpty, AudioUnreadable, AudioTrackMissing or AudioTooLong.
    """
    if source.stat().st_size == 0:
        raise AudioEmpty()
    try:
        with av.open(str(source), options=OPTIONS, metadata_errors="ignore") as container:
            return _decode(container, _checked_stream(container, longest_seconds), target, longest_seconds)
    except (av.error.FFmpegError, ValueError, OverflowError) as error:
        raise AudioUnreadable() from error


def _checked_stream(container: InputContainer, longest_seconds: float) -> AudioStream:
    if not container.streams.audio:
        raise AudioTrackMissing()
    stream = container.streams.audio[0]
    if not _LOWEST_RATE_HZ <= stream.rate <= _HIGHEST_RATE_HZ or not 1 <= stream.channels <= _MOST_CHANNELS:
        raise AudioUnreadable("The audio has an unusual sample rate or number of channels and was refused.")
    if container.duration and container.duration / 1_000_000 > longest_seconds * 4:
        raise AudioTooLong()
    return stream


def _decode(
    container: InputContainer, stream: AudioStream, target: BinaryIO, longest_seconds: float
) -> Decoded:
    longest, samples = seconds_to_samples(longest_seconds), 0
    resampler = av.AudioResampler(format="s16", layout="mono", rate=SAMPLE_RATE_HZ)
    frames = _Frames(container, stream)
    for frame in frames:
        with suppress(av.error.FFmpegError):
            for resampled in resampler.resample(frame):
                target.write(resampled.to_ndarray().reshape(-1).tobytes())
                samples = target.tell() // BYTES_PER_SAMPLE
        if samples > longest:
            raise AudioTooLong()
    if not samples:
        raise AudioUnreadable() if frames.bad_packets else AudioEmpty()
    return Decoded(samples, frames.bad_packets)


class _Frames:
    """Decoded frames, ending with None for the resampler; counts packets that could not be decoded."""

    def __init__(self, container: InputContainer, stream: AudioStream) -> None:
        self._container = container
        self._stream = stream
        self.bad_packets = 0

    def __iter__(self) -> Iterator[av.AudioFrame | None]:
        try:
            for packet in self._container.demux(self._stream):
                try:
                    yield from self._stream.decode(packet)
                except av.error.FFmpegError:
                    self.bad_packets += 1
        except av.error.FFmpegError:
            self.bad_packets += 1
        yield None
