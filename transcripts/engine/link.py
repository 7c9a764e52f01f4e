"""The same person in several chunks of one recording: voices compared by sound.

Chunks are diarized apart, so their labels mean nothing to each other. Each voice of each chunk becomes one
Gaussian over its frames; the closest two are joined while they sound alike. Two voices of one chunk never
become one person: the diarization of that chunk heard them as different.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from transcripts.engine.features import FRAMES_PER_SECOND, HOP_SAMPLES, Features, cepstra
from transcripts.engine.pcm import Pcm
from transcripts.engine.voices import Numbers, VoiceStatistics, VoiceTable

LocalTurn = tuple[int, int, str]
"""Start and end in milliseconds of the chunk, and the speaker label inside it."""

_SAME_VOICE_DIVERGENCE = 4.0
"""Higher than in ``diarize``: parts are short, so one voice varies more. Measured on parts of the samples."""
_SHORT_VOICE_DIVERGENCE = 6.0
_SHORT_VOICE_FRAMES = 3 * FRAMES_PER_SECOND
_FEWEST_FRAMES = 30
_MS_PER_FRAME = 1000 // FRAMES_PER_SECOND


@dataclass(frozen=True)
class ChunkVoices:
    """One chunk: ``pcm`` loads its sound (16 kHz mono) when it is its turn, ``turns`` say who spoke when."""

    pcm: Callable[[], Pcm]
    turns: Sequence[LocalTurn]


def link_speakers(
    chunks: Sequence[ChunkVoices], speaker_count: int | None = None
) -> dict[tuple[int, str], int]:
    """Number the people: ``(position of the chunk, label)`` to a number from 0, in the order of the chunks.

    ``speaker_count`` is a hint: voices are joined until so many are left, as far as chunks allow. Memory is
    that of one chunk. A voice too short to compare is somebody of its own.
    """
    keys, voices = _voices(chunks)
    groups = _grouped(keys, _normalised(voices), speaker_count)
    numbers = {key: number for number, group in enumerate(groups) for key in group}
    labels = dict.fromkeys((n, label) for n, chunk in enumerate(chunks) for _, _, label in chunk.turns)
    order: dict[int | tuple[int, str], int] = {}
    return {key: order.setdefault(numbers.get(key, key), len(order)) for key in labels}


def _voices(chunks: Sequence[ChunkVoices]) -> tuple[list[tuple[int, str]], list[VoiceStatistics]]:
    found: dict[tuple[int, str], VoiceStatistics] = {}
    for position, chunk in enumerate(chunks):
        if chunk.turns:
            for label, voice in _chunk_voices(chunk).items():
                found[position, label] = voice
    return list(found), list(found.values())


def _chunk_voices(chunk: ChunkVoices) -> Mapping[str, VoiceStatistics]:
    pcm = chunk.pcm()
    voices: dict[str, VoiceStatistics] = {}
    for start_ms, end_ms, label in chunk.turns:
        features = _frames(pcm, start_ms, end_ms)
        if len(features) >= _FEWEST_FRAMES:
            voice = VoiceStatistics.of(features)
            voices[label] = voices[label] + voice if label in voices else voice
    return voices


def _frames(pcm: Pcm, start_ms: int, end_ms: int) -> Features:
    first, last = (edge_ms // _MS_PER_FRAME * HOP_SAMPLES for edge_ms in (start_ms, end_ms))
    return cepstra(pcm[first:last])


def _normalised(voices: Sequence[VoiceStatistics]) -> list[VoiceStatistics]:
    """All voices on one scale: zero mean and unit deviation over the whole recording."""
    if not voices:
        return []
    frames = sum(voice.frames for voice in voices)
    mean: Numbers = sum((voice.sums for voice in voices), np.zeros_like(voices[0].sums)) / frames
    spread = sum((np.diag(voice.squares) for voice in voices), np.zeros_like(mean)) / frames - mean**2
    deviation = np.sqrt(np.maximum(spread, 1e-12))
    return [voice.normalised(mean, deviation) for voice in voices]


def _grouped(
    keys: Sequence[tuple[int, str]], voices: Sequence[VoiceStatistics], speaker_count: int | None
) -> list[list[tuple[int, str]]]:
    if not voices:
        return []
    table = VoiceTable(voices)
    while pair := _closest(table, keys):
        divergence, one, other = pair
        if not _goes_on(table, divergence, (one, other), speaker_count):
            break
        table.join(one, other)
    return [[keys[index] for index in table.members[root]] for root in table.survivors()]


def _goes_on(table: VoiceTable, divergence: float, pair: tuple[int, int], speaker_count: int | None) -> bool:
    if speaker_count is not None:
        return len(table.survivors()) > speaker_count
    is_short = min(table.counts[index] for index in pair) < _SHORT_VOICE_FRAMES
    return divergence < (_SHORT_VOICE_DIVERGENCE if is_short else _SAME_VOICE_DIVERGENCE)


def _closest(table: VoiceTable, keys: Sequence[tuple[int, str]]) -> tuple[float, int, int] | None:
    """The two voices that sound most alike and were never heard side by side in one chunk."""
    alive = [int(index) for index in table.survivors()]
    chunks = {root: {keys[index][0] for index in table.members[root]} for root in alive}
    best: tuple[float, int, int] | None = None
    for place, one in enumerate(alive):
        others = [other for other in alive[place + 1 :] if not chunks[one] & chunks[other]]
        if others:
            divergences = table.divergences(one, np.array(others))
            nearest = int(divergences.argmin())
            found = (float(divergences[nearest]), one, others[nearest])
            best = min(best, found) if best else found
    return best
