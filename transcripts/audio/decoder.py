"""Decode a damaged or honest audio track as far as it goes, on the clock of a player."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import av.error
import numpy as np
import numpy.typing as npt
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.packet import Packet
from av.stream import Discard, Stream

from .converter import PcmConverter, PcmFormat
from .errors import AudioTooLongError, DecodeMemoryError, NothingDecodedError
from .probe import HIGHEST_RATE_HZ, LOWEST_RATE_HZ, MOST_CHANNELS
from .timeline import TOLERANCE_SECONDS, Timeline

MOST_READ_ERRORS = 20
MOST_PADDING_BYTES = 1
MOST_BAD_SHARE = 0.001
AFTER_DAMAGE_TOLERANCE_SECONDS = 0.005
MOST_BAD_POSITIONS = 10_000
NOISE_RATIO = 4
NOISE_SECONDS = 1.0


@dataclass(slots=True)
class DecodeFacts:
    """Counts of one pass: packets that decoded or did not, seconds of sound they gave, their sizes in bytes.

    ``bad_positions`` are the file offsets of the first 10,000 bad packets.
    """

    good_packets: int = 0
    bad_packets: int = 0
    readable_seconds: float = 0.0
    smallest_packet: int = 0
    largest_packet: int = 0
    out_of_memory: bool = False
    bad_positions: set[int] = field(default_factory=set)

    @property
    def is_damaged(self) -> bool:
        """Whether more than one packet in a thousand did not decode."""
        return self.bad_packets > MOST_BAD_SHARE * self.good_packets

    @property
    def constant_bit_rate(self) -> bool:
        """Whether all packets are of one size but for the padding byte of MP3."""
        return self.largest_packet - self.smallest_packet <= MOST_PADDING_BYTES


def read_packets(container: InputContainer, *streams: Stream) -> Iterator[Packet[Any]]:
    """Yield the packets of ``streams`` past read errors, and a flush packet for each at the end of the file.

    A read error ends FFmpeg's iteration but not the file: reading goes on, at most 20 times.
    """
    for other in container.streams:
        other.discard = Discard.default if other in streams else Discard.all
    for _ in range(MOST_READ_ERRORS):
        try:
            yield from container.demux(*streams)
        except av.error.FFmpegError:
            continue
        return


class PcmDecoder:
    """Feed it the packets of one audio track; it gives blocks of 16-bit samples in ``target`` format.

    Broken packets are skipped and counted in ``facts``; where timestamps leave a gap, silence fills it.
    """

    def __init__(
        self,
        target: PcmFormat,
        timeline: Timeline,
        *,
        block_samples: int,
        max_seconds: float,
    ) -> None:
        self.facts = DecodeFacts()
        self.timeline = timeline
        self.max_seconds = max_seconds
        self._converter = PcmConverter(target, block_samples)
        self._tolerance_seconds = TOLERANCE_SECONDS

    def feed(self, packet: Packet[AudioStream]) -> Iterator[npt.NDArray[np.int16]]:
        """Decode one packet. Raises AudioTooLongError as soon as the decoded sound is too long."""
        try:
            frames = packet.decode()
        except (av.error.FFmpegError, ValueError) as error:
            self._skip(packet, error)
            return
        self._note_size(packet.size)
        for frame in frames:
            yield from self._accept(frame)

    def finish(self) -> Iterator[npt.NDArray[np.int16]]:
        """Yield the rest.

        Raises NothingDecodedError, or DecodeMemoryError, where there was no sound at all.
        """
        yield from self._converter.finish()
        if self.facts.readable_seconds and not self._is_noise():
            return
        raise DecodeMemoryError if self.facts.out_of_memory else NothingDecodedError

    def _skip(self, packet: Packet[Any], error: Exception) -> None:
        self.facts.bad_packets += 1
        self.facts.out_of_memory |= isinstance(error, MemoryError)
        self._tolerance_seconds = AFTER_DAMAGE_TOLERANCE_SECONDS
        if packet.pos is not None and len(self.facts.bad_positions) < MOST_BAD_POSITIONS:
            self.facts.bad_positions.add(packet.pos)

    def _is_noise(self) -> bool:
        """Random bytes hold a few valid MP3 frames by chance."""
        facts = self.facts
        return facts.bad_packets > NOISE_RATIO * facts.good_packets and facts.readable_seconds < NOISE_SECONDS

    def _note_size(self, size: int) -> None:
        facts = self.facts
        if size:
            facts.good_packets += 1
            facts.largest_packet = max(size, facts.largest_packet)
            facts.smallest_packet = min(size, facts.smallest_packet or size)

    def _accept(self, frame: AudioFrame) -> Iterator[npt.NDArray[np.int16]]:
        rate = frame.sample_rate
        if not LOWEST_RATE_HZ <= rate <= HIGHEST_RATE_HZ or frame.layout.nb_channels > MOST_CHANNELS:
            self.facts.bad_packets += 1
            return
        seconds = frame.samples / rate
        self.facts.readable_seconds += seconds
        gap_seconds = self.timeline.place(frame.time, seconds, self._tolerance_seconds)
        self._tolerance_seconds = TOLERANCE_SECONDS
        if self.timeline.clock_seconds > self.max_seconds:
            raise AudioTooLongError(detail={"max_seconds": self.max_seconds})
        if gap_seconds:
            yield from self._converter.push_silence(gap_seconds, frame)
        yield from self._converter.push(frame)


def decode_track(
    container: InputContainer, stream: AudioStream, decoder: PcmDecoder
) -> Iterator[npt.NDArray[np.int16]]:
    """Yield all blocks of one track."""
    for packet in read_packets(container, stream):
        yield from decoder.feed(packet)
    yield from decoder.finish()
