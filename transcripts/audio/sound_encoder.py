"""Encode a sound track as AAC, with the silence of its gaps, for players that could not play the original."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import numpy.typing as npt
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.container import OutputContainer
from av.packet import Packet

from .converter import PcmFormat
from .decoder import PcmDecoder
from .timeline import Timeline

AAC_RATES_HZ = frozenset({8000, 11025, 12000, 16000, 22050, 24000, 32000, 44100, 48000})
OTHER_RATE_HZ = 48_000
BITS_PER_SECOND_AND_CHANNEL = 64_000


class SoundEncoder:
    """Takes packets of any track and writes AAC at its own rate where AAC has it, in mono or stereo."""

    def __init__(
        self, source: AudioStream, target: OutputContainer, origin_seconds: float, max_seconds: float
    ) -> None:
        rate = source.codec_context.sample_rate
        self._rate_hz = rate if rate in AAC_RATES_HZ else OTHER_RATE_HZ
        self._layout = "mono" if source.codec_context.channels == 1 else "stereo"
        self._channels = 1 if self._layout == "mono" else 2
        self._target = target
        self._stream: AudioStream = target.add_stream("aac", rate=self._rate_hz, layout=self._layout)
        self._stream.bit_rate = BITS_PER_SECOND_AND_CHANNEL * self._channels
        self._decoder = PcmDecoder(
            PcmFormat(self._rate_hz, self._layout),
            Timeline(origin_seconds),
            block_samples=self._rate_hz,
            max_seconds=max_seconds,
        )
        self._samples = 0

    def feed(self, packet: Packet[Any]) -> None:
        for block in self._decoder.feed(packet):
            self._encode(block)

    def finish(self) -> None:
        for block in self._decoder.finish():
            self._encode(block)
        self._target.mux(self._stream.encode(None))

    def _encode(self, block: npt.NDArray[np.int16]) -> None:
        frame = AudioFrame.from_ndarray(block.reshape(1, -1), format="s16", layout=self._layout)
        frame.sample_rate, frame.time_base = self._rate_hz, Fraction(1, self._rate_hz)
        frame.pts = self._samples
        self._samples += frame.samples
        self._target.mux(self._stream.encode(frame))
