from __future__ import annotations

import numpy as np

from transcripts.engine.link import ChunkVoices, LocalTurn, link_speakers
from transcripts.engine.pcm import Pcm

RATE = 16_000


def voice(hertz: float, seconds: float, seed: int) -> Pcm:
    """A buzzing source through two resonances: crude, but as different from another as two people are."""
    noise = np.random.default_rng(seed)
    time = np.arange(int(seconds * RATE)) / RATE
    wobble = hertz * (1 + 0.03 * np.sin(2 * np.pi * 3 * time + seed))
    source = np.sign(np.sin(2 * np.pi * np.cumsum(wobble) / RATE)) + 0.3 * noise.standard_normal(len(time))
    swing = 0.6 + 0.4 * np.sin(2 * np.pi * 2.5 * time + seed)
    shaped = np.convolve(source, np.hanning(int(RATE / hertz / 6)), "same") * swing
    loud: Pcm = (shaped / np.abs(shaped).max() * 9000).astype(np.int16)
    return loud


LOW, HIGH = 95.0, 240.0


def chunk(*pieces: tuple[float, str], seed: int) -> ChunkVoices:
    sounds = [voice(hertz, 6, seed + n) for n, (hertz, _) in enumerate(pieces)]
    turns: list[LocalTurn] = [(n * 6000, n * 6000 + 6000, label) for n, (_, label) in enumerate(pieces)]
    return ChunkVoices(lambda: np.concatenate(sounds), turns)


def test_it_works() -> None:
    """The same two people with their labels swapped in the second chunk."""
    chunks = [chunk((LOW, "a"), (HIGH, "b"), seed=1), chunk((HIGH, "a"), (LOW, "b"), seed=20)]
    assert link_speakers(chunks) == {(0, "a"): 0, (0, "b"): 1, (1, "a"): 1, (1, "b"): 0}


def test_two_voices_of_one_chunk_stay_two_people() -> None:
    linked = link_speakers([chunk((LOW, "a"), (LOW, "b"), seed=1), chunk((LOW, "a"), seed=9)])
    assert linked[0, "a"] != linked[0, "b"]


def test_a_count_joins_what_it_can() -> None:
    chunks = [chunk((LOW, "a"), seed=1), chunk((HIGH, "a"), seed=5)]
    assert len(set(link_speakers(chunks).values())) == 2
    assert len(set(link_speakers(chunks, speaker_count=1).values())) == 1


def test_silence_and_blinks_are_no_trouble() -> None:
    blink = ChunkVoices(lambda: np.zeros(RATE, np.int16), [(0, 100, "a")])
    assert link_speakers([blink, ChunkVoices(lambda: np.zeros(0, np.int16), [])]) == {(0, "a"): 0}
    assert link_speakers([]) == {}
