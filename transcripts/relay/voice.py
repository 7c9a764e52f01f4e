"""Is somebody speaking? A cheap, adaptive energy gate over the sound that goes to a service."""

from __future__ import annotations

import math
from collections import deque

from transcripts.timing.words import Span

QUIETEST_LEVEL = 75.0
"""Root mean square below which nothing is ever voice (about -53 dBFS)."""

ABOVE_FLOOR = 2.5
FLOOR_RISE = 1.01
"""The floor falls at once and rises by one per cent a piece: a fan becomes floor, speech does not."""

KEPT_PAUSES = 64


SAMPLE_STEP = 13
"""Prime, so that no tone is met at the same place of each wave; 123 samples of a tenth of a second."""


def _level(pcm: bytes) -> float:
    """Root mean square. Plain Python: between other work numpy takes twice the time to get going."""
    samples = memoryview(pcm).cast("h")[::SAMPLE_STEP].tolist()
    return math.hypot(*samples) / math.sqrt(len(samples)) if samples else 0.0


class VoiceActivity:
    """Positions are media time in ms; pieces must come in order."""

    def __init__(self, position_ms: int) -> None:
        self.position_ms = position_ms
        self.last_voice_ms = position_ms
        self.voiced_ms = 0
        self._floor = QUIETEST_LEVEL
        self._pauses: deque[Span] = deque(maxlen=KEPT_PAUSES)

    def hear(self, pcm: bytes, length_ms: int) -> bool:
        """Take the next piece (s16le); returns whether it holds voice."""
        level = _level(pcm)
        voiced = level > max(QUIETEST_LEVEL, ABOVE_FLOOR * self._floor)
        self._floor = min(max(level, 1.0), self._floor * FLOOR_RISE)
        start_ms, self.position_ms = self.position_ms, self.position_ms + length_ms
        if voiced:
            self._note_pause(start_ms)
            self.last_voice_ms = self.position_ms
            self.voiced_ms += length_ms
        return voiced

    @property
    def silent_ms(self) -> int:
        """How long nobody has spoken."""
        return self.position_ms - self.last_voice_ms

    def pauses(self, start_ms: int, end_ms: int) -> list[Span]:
        """Silences that touch this stretch."""
        running = [(self.last_voice_ms, self.position_ms)] if self.silent_ms else []
        return [pause for pause in [*self._pauses, *running] if pause[1] > start_ms and pause[0] < end_ms]

    def _note_pause(self, voice_ms: int) -> None:
        if voice_ms > self.last_voice_ms:
            self._pauses.append((self.last_voice_ms, voice_ms))
