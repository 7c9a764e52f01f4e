"""Copy encoded packets into another container, without decoding them."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from av.container import OutputContainer
from av.packet import Packet
from av.stream import Stream

MOST_WAITING_PACKETS = 64
"""More frames than any codec reorders."""


class StreamCopier:
    """Copies the packets of one stream so that ``origin_seconds`` becomes zero.

    Timestamps that run backwards, which no container takes, are moved to the next tick. Packets whose
    position in the file is in ``skipped`` (they do not decode) are left out. Matroska does not say when its
    first pictures are decoded: they wait for the first that does.
    """

    def __init__(
        self,
        source: Stream,
        target: OutputContainer,
        origin_seconds: float,
        skipped: frozenset[int] = frozenset(),
    ) -> None:
        self._target = target
        self._stream = target.add_stream_from_template(source, opaque=True)
        self._reorders = source.type == "video"
        self._origin_ticks = round(origin_seconds / (source.time_base or Fraction(1, 1000)))
        self._skipped = skipped
        self._waiting: list[Packet[Any]] = []
        self._last_ticks: int | None = None

    def feed(self, packet: Packet[Any]) -> None:
        """Copy one packet. Raises ValueError where no packet says when it is decoded, and FFmpeg's errors."""
        if packet.size == 0 or packet.pos in self._skipped or (packet.pts is None and packet.dts is None):
            return
        if packet.dts is None and self._reorders and self._last_ticks is None:
            self._wait(packet)
            return
        ticks = packet.pts if packet.dts is None else packet.dts
        self._release((ticks or 0) - self._origin_ticks)
        self._write(packet, (ticks or 0) - self._origin_ticks)

    def finish(self) -> None:
        """Write pictures that still wait, in a film of a few frames."""
        self._release(min((packet.pts or 0 for packet in self._waiting), default=0) - self._origin_ticks)

    def _wait(self, packet: Packet[Any]) -> None:
        self._waiting.append(packet)
        if len(self._waiting) > MOST_WAITING_PACKETS:
            raise ValueError("The pictures do not say when they are decoded.")

    def _release(self, before_ticks: int) -> None:
        """Write the waiting pictures one tick apart, just before the first known time."""
        waiting, self._waiting = self._waiting, []
        for place, packet in enumerate(waiting):
            self._write(packet, before_ticks - len(waiting) + place)

    def _write(self, packet: Packet[Any], ticks: int) -> None:
        if self._last_ticks is not None and ticks <= self._last_ticks:
            ticks = self._last_ticks + 1
        shown = ticks if packet.pts is None else packet.pts - self._origin_ticks
        self._last_ticks = packet.dts = ticks
        packet.pts = max(shown, ticks)
        packet.stream = self._stream
        self._target.mux(packet)
