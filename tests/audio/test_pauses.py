from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from transcripts.audio.levels import LevelMeter
from transcripts.audio.pauses import PauseFinder
from transcripts.audio.pcm import Pcm

from .recordings import noise, silence, tone


def pauses_of(pcm: Pcm, block: int = 64_000) -> tuple[tuple[int, int], ...]:
    finder, meter = PauseFinder(), LevelMeter()
    for start in range(0, len(pcm), block):
        finder.feed(meter.feed(pcm[start : start + block]))
    for levels in meter.finish():
        finder.feed(levels)
    return finder.finish(len(pcm) // 16)


def test_it_works() -> None:
    pcm = np.concatenate([tone(3), silence(1), tone(2), silence(0.1), tone(3), silence(0.5)])
    assert pauses_of(pcm) == ((3000, 4000), (9100, 9600))


def test_room_noise_is_a_pause_beside_speech() -> None:
    room = noise(14, level=0.003)
    room[16_000 * 2 : 16_000 * 5] += tone(3)
    room[16_000 * 6 : 16_000 * 13] += tone(7)
    assert pauses_of(room) == ((0, 2000), (5000, 6000), (13_000, 14_000))


def test_a_steady_sound_has_no_pause_and_silence_is_one() -> None:
    assert pauses_of(noise(12)) == ()
    assert pauses_of(silence(25)) == ((0, 25_000),)


def test_a_pause_may_span_windows() -> None:
    pcm = np.concatenate([tone(9), silence(3), tone(9)])
    assert pauses_of(pcm) == ((9000, 12_000),)


def test_nothing_has_no_pauses() -> None:
    assert PauseFinder().finish(0) == ()


@given(st.lists(st.tuples(st.floats(0.05, 3), st.floats(0, 0.5)), max_size=12))
def test_pauses_are_ordered_and_inside(parts: list[tuple[float, float]]) -> None:
    blocks = [tone(seconds, level=level) for seconds, level in parts]
    pcm = np.concatenate([*blocks, silence(0.01)])
    found = pauses_of(pcm, 5000)
    edges = [edge for pause in found for edge in pause]
    assert edges == sorted(edges)
    assert all(0 <= start < end <= len(pcm) // 16 for start, end in found)
