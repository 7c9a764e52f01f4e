"""The transcription models known to this program (state of 2026-11-20).

Figures without an official source are chosen on the safe side: the window of the third generation is 65,536
tokens for audio and bias; at 12.5 tokens a second (measured on the second) that would be 87 minutes, so a
file may last 60. Second generation: about 3 hours. Users saw calls above 2 hours time out, hence chunks of 30
minutes.
Prices are list prices per minute of audio, those of the third-generation file models from resellers.
"""

from __future__ import annotations

from decimal import Decimal

from transcripts.speech.model_capabilities import DelayRange, ModelCapabilities

ENGINE_MODEL = "voxweb-engine"

_SECOND_GENERATION_LANGUAGES = (
    "en", "zh", "hi", "es", "ar", "fr", "pt", "ru", "de", "ja", "ko", "it", "nl",
)  # fmt: skip

_MINI_3 = ModelCapabilities(
    id="voxtral-mini-transcribe-3-0",
    aliases=("voxtral-mini-transcribe-3", "voxtral-mini-transcribe-latest"),
    label="Voxtral Mini Transcribe 3",
    modes=("offline",),
    speaker_references=True,
    max_audio_seconds=3600,
    price_usd_per_minute=Decimal("0.0035"),
    note="50 languages, fast.",
)

_SMALL_3 = ModelCapabilities(
    id="voxtral-small-transcribe-3-0",
    aliases=("voxtral-small-transcribe-3", "voxtral-small-transcribe-latest"),
    label="Voxtral Small Transcribe 3",
    modes=("offline",),
    speaker_references=True,
    max_audio_seconds=3600,
    price_usd_per_minute=Decimal("0.004"),
    note="50 languages, best quality.",
)

_REALTIME_3 = ModelCapabilities(
    id="voxtral-mini-transcribe-realtime-3-0",
    aliases=("voxtral-mini-transcribe-realtime-3", "voxtral-mini-transcribe-realtime-latest"),
    label="Voxtral Realtime 3",
    modes=("realtime",),
    speaker_references=True,
    timestamp_granularities=(),
    temperature=False,
    turn_detection=True,
    realtime_settings=True,
    streaming_delays_ms=(DelayRange(80, 1200), DelayRange(2400, 2400)),
    price_usd_per_minute=Decimal("0.008"),
    note="Live captions with speakers, 45 languages and dialects.",
)

_MINI_2 = ModelCapabilities(
    id="voxtral-mini-2602",
    aliases=("voxtral-mini-latest",),
    label="Voxtral Mini Transcribe 2",
    modes=("offline",),
    timestamp_granularities=("segment", "word"),
    languages=_SECOND_GENERATION_LANGUAGES,
    language_with_timestamps=False,
    bias="single_words",
    max_bias_items=100,
    max_audio_seconds=10_800,
    price_usd_per_minute=Decimal("0.003"),
    note="Previous generation, 13 languages. A language and word or segment times exclude each other.",
)

_REALTIME_2 = ModelCapabilities(
    id="voxtral-mini-transcribe-realtime-2602",
    label="Voxtral Realtime 2",
    modes=("realtime",),
    diarize=False,
    timestamp_granularities=(),
    language=False,
    bias="none",
    temperature=False,
    streaming_delays_ms=(DelayRange(240, 2400),),
    price_usd_per_minute=Decimal("0.006"),
    note="Previous generation: live captions without speakers.",
)

_ENGINE = ModelCapabilities(
    id=ENGINE_MODEL,
    aliases=("voxweb-engine-1",),
    label="Built-in engine",
    modes=("offline", "realtime"),
    speaker_count_hint=True,
    timestamp_granularities=("segment", "word"),
    languages=("en",),
    bias="none",
    temperature=False,
    streaming_delays_ms=(DelayRange(80, 1200), DelayRange(2400, 2400)),
    chunk_seconds=600,
    price_usd_per_minute=Decimal(0),
    note="Built-in engine: English only, rough, free, nothing leaves this machine. Add an API key for more.",
)

KNOWN_MODELS: tuple[ModelCapabilities, ...] = (_MINI_3, _SMALL_3, _REALTIME_3, _MINI_2, _REALTIME_2, _ENGINE)
