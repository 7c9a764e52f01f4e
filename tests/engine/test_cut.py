"""Cuts in long stretches of speech."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engine.spoken import voice_like
from transcripts.engine.cut import best_cut, cap_regions
from transcripts.engine.pcm import SAMPLE_RATE_HZ

SPEECH = voice_like(50, 120)


def test_it_works() -> None:
    pcm = SPEECH.copy()
    pcm[12 * SAMPLE_RATE_HZ : 13 * SAMPLE_RATE_HZ] = 0
    spans = cap_regions(pcm, [(0, 20 * SAMPLE_RATE_HZ)])
    assert len(spans) == 2 and 12 < spans[0][1] / SAMPLE_RATE_HZ < 13


def test_short_regions_stay() -> None:
    assert cap_regions(SPEECH, [(10, 2000), (3000, 9000)]) == [(10, 2000), (3000, 9000)]


def test_without_a_pause_the_quietest_place_is_taken() -> None:
    pcm = SPEECH[: 5 * SAMPLE_RATE_HZ].copy()
    pcm[40_000:40_600] //= 50
    assert 39_500 < best_cut(pcm, SAMPLE_RATE_HZ) < 41_100


@given(st.integers(0, 20 * SAMPLE_RATE_HZ), st.integers(1, 30 * SAMPLE_RATE_HZ))
@settings(max_examples=25, deadline=None)
def test_nothing_is_lost_or_too_long(start: int, length: int) -> None:
    spans = cap_regions(SPEECH, [(start, start + length)])
    assert spans[0][0] == start and spans[-1][1] == start + length
    assert all(one[1] == two[0] for one, two in pairwise(spans))
    assert all(0 < end - begin <= 15 * SAMPLE_RATE_HZ for begin, end in spans)
    assert np.all(np.diff([begin for begin, _ in spans]) > 0)
