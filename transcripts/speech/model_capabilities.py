"""What one transcription model can do, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Mode = Literal["offline", "realtime"]
Granularity = Literal["segment", "word"]
BiasRule = Literal["phrases", "single_words", "none"]


@dataclass(frozen=True, slots=True)
class DelayRange:
    """Allowed ``target_streaming_delay_ms``, both ends included."""

    min_ms: int
    max_ms: int


@dataclass(frozen=True, slots=True)
class ModelCapabilities:
    """One model. The words are the wire's: ``modes`` "offline" (files) and "realtime".

    ``languages`` is empty when the list is not known; ``language`` says whether one can be set at all, and
    ``language_with_timestamps`` whether together with timestamps. ``max_bias_items``, ``max_audio_seconds``
    and ``price_usd_per_minute`` are ``None`` where no figure is known. ``chunk_seconds`` is the length that
    long files are split into. ``speaker_count_hint``: takes the number of speakers (embedded engine).
    ``realtime_settings``: live sessions know speakers and turns.
    """

    id: str
    label: str
    modes: tuple[Mode, ...]
    aliases: tuple[str, ...] = ()
    diarize: bool = True
    speaker_references: bool = False
    speaker_count_hint: bool = False
    timestamp_granularities: tuple[Granularity, ...] = ("segment",)
    language: bool = True
    languages: tuple[str, ...] = ()
    language_with_timestamps: bool = True
    bias: BiasRule = "phrases"
    max_bias_items: int | None = None
    temperature: bool = True
    turn_detection: bool = False
    realtime_settings: bool = False
    streaming_delays_ms: tuple[DelayRange, ...] = ()
    max_audio_seconds: int | None = None
    chunk_seconds: int = 1800
    price_usd_per_minute: Decimal | None = None
    note: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """The id and every alias."""
        return (self.id, *self.aliases)
