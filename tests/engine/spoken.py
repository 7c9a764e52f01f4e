"""Speech for tests, made by espeak-ng, and sounds made by arithmetic."""

from __future__ import annotations

import subprocess
import wave
from pathlib import Path

import numpy as np

from transcripts.engine.pcm import SAMPLE_RATE_HZ, Pcm

GREETING = "Hello world."


def speak(folder: Path, text: str = GREETING, voice: str = "en-us", speed: int = 140) -> Path:
    """A WAV file (22.05 kHz) in which ``text`` is read out."""
    path = folder / f"{voice}-{speed}-{abs(hash(text))}.wav"
    subprocess.run(
        ["espeak-ng", "-v", voice, "-s", str(speed), "-w", str(path), text], check=True, timeout=30
    )
    return path


def speak_pcm(folder: Path, text: str = GREETING, voice: str = "en-us") -> Pcm:
    """The same at 16 kHz with half a second of quiet on both sides."""
    with wave.open(str(speak(folder, text, voice))) as file:
        rate, raw = file.getframerate(), file.readframes(file.getnframes())
    sound = np.frombuffer(raw, np.int16)
    positions = np.arange(0, len(sound) - 1, rate / SAMPLE_RATE_HZ)
    quiet = np.zeros(SAMPLE_RATE_HZ // 2)
    spoken = np.interp(positions, np.arange(len(sound)), sound)
    return np.concatenate([quiet, spoken, quiet]).astype(np.int16)


def write_wav(path: Path, pcm: Pcm, rate_hz: int = SAMPLE_RATE_HZ) -> Path:
    """A mono 16-bit WAV file."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate_hz)
        file.writeframes(pcm.tobytes())
    return path


def voice_like(seconds: float, pitch_hz: float, seed: int = 0) -> Pcm:
    """Buzzing with moving formants: speech to a voice detector, and one person to the diarizer."""
    times = np.arange(int(seconds * SAMPLE_RATE_HZ)) / SAMPLE_RATE_HZ
    random = np.random.default_rng(seed)
    sound = np.zeros(len(times))
    for harmonic in range(1, int(4000 / pitch_hz)):
        loud = np.exp(-((harmonic * pitch_hz - 500 - pitch_hz) ** 2) / (2 * 400**2)) + 0.2
        sound += loud * np.sin(2 * np.pi * harmonic * pitch_hz * times) / harmonic**0.3
    syllables = 0.6 + 0.4 * np.sin(2 * np.pi * 4 * times + random.uniform(0, 6))
    noise = random.normal(0, 0.02, len(times))
    voice: Pcm = ((sound / np.abs(sound).max() * syllables + noise) * 9000).astype(np.int16)
    return voice
