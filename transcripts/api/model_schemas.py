"""Models as OpenAPI shows them."""

from __future__ import annotations

from typing import Literal

from ninja import Field, Schema


class DelayOut(Schema):
    """Delays of live text that can be asked for, both ends included."""

    min_ms: int
    max_ms: int


class ModelOut(Schema):
    """One model that recordings can be transcribed or captioned with, and what it can do."""

    id: str
    aliases: list[str]
    label: str
    is_default: bool
    diarize: bool
    speaker_count_hint: bool
    timestamp_granularities: list[str]
    language: bool
    languages: list[str]
    language_with_timestamps: bool
    bias: Literal["phrases", "single_words", "none"]
    max_bias_items: int | None
    temperature: bool
    turn_detection: bool = Field(description="Whether it says when a speaker begins and ends (live only).")
    delays_ms: list[DelayOut]
    max_audio_seconds: int | None
    price_usd_per_minute: float | None
    note: str
