"""Copy encoded packets into another container, without decoding them."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from av.container import OutputContainer
from av.packet import Packet
from av.stream import Stream


class StreamCopier:
    """Copies the packets of one stream so that ``origin_seconds`` becomes zero.

    Timestamps that run backwards, which no container takes, are moved to the next tick. Packets whose
    position in the file is in ``skipped`` (they do not decode) are left out.
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
        time_base = source.time_base or Fraction(1, 1000)
        self._origin_ticks = round(origin_seconds / time_base)
        self._skipped = skipped
        self._last_ticks: int | None = None

    def feed(self, packet: Packet[Any]) -> None:
        if packet.dts is None or packet.size == 0 or packet.pos in self._skipped:
            return
        shown = packet.dts if packet.pts is None else packet.pts
        ticks = packet.dts - self._origin_ticks
        if self._last_ticks is not None and ticks <= self._last_ticks:
            ticks = self._last_ticks + 1
        self._last_ticks = packet.dts = ticks
        packet.pts = max(shown - self._origin_ticks, ticks)
        packet.stream = self._stream
        self._target.mux(packet)

    def finish(self) -> None:
        """Nothing is held back."""
