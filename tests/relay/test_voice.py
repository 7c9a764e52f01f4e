"""Voice, silence and the floor between them."""

from __future__ import annotations

import numpy as np

from transcripts.relay.voice import VoiceActivity

RNG = np.random.default_rng(7)


def noise(level: float, length_ms: int = 100) -> bytes:
    return bytes((RNG.standard_normal(length_ms * 16) * level).astype("<i2"))


def test_it_works() -> None:
    voice = VoiceActivity(1_000)
    assert not voice.hear(noise(5), 100)
    assert voice.hear(noise(2_000), 100)
    assert (voice.position_ms, voice.last_voice_ms, voice.silent_ms) == (1_200, 1_200, 0)
    voice.hear(noise(5), 100)
    assert voice.silent_ms == 100


def test_pauses_are_remembered() -> None:
    voice = VoiceActivity(0)
    for level in (2_000, 5, 5, 2_000, 5):
        voice.hear(noise(level), 100)
    assert voice.pauses(0, 500) == [(100, 300), (400, 500)]
    assert voice.pauses(0, 100) == []


def test_a_fan_becomes_silence_and_speech_above_it_does_not() -> None:
    voice = VoiceActivity(0)
    for _ in range(400):
        voice.hear(noise(300), 100)
    assert not voice.hear(noise(300), 100)
    assert voice.hear(noise(3_000), 100)


def test_nothing_is_no_voice() -> None:
    voice = VoiceActivity(0)
    assert not voice.hear(b"", 0)
    assert not voice.hear(bytes(3_200), 100)
