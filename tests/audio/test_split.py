from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from transcripts.audio.pcm import Pcm
from transcripts.audio.split import ChunkSplitter, best_cut

from .recordings import noise, silence, tone


class Collected:
    def __init__(self, chunks: list[list[Pcm]]) -> None:
        self.blocks: list[Pcm] = []
        self.closed = False
        chunks.append(self.blocks)

    def write(self, pcm: Pcm) -> None:
        assert not self.closed
        self.blocks.append(pcm)

    def close(self) -> None:
        self.closed = True


def split(
    blocks: list[Pcm], max_samples: int, search_samples: int | None = None
) -> tuple[list[Pcm], list[tuple[int, int]]]:
    chunks: list[list[Pcm]] = []
    splitter = ChunkSplitter(max_samples, lambda index: Collected(chunks), search_samples)
    for block in blocks:
        splitter.feed(block)
    splitter.finish()
    return [np.concatenate(parts) for parts in chunks], splitter.bounds


def test_it_works() -> None:
    sentence = np.concatenate([tone(7), silence(1)])
    chunks, bounds = split([np.tile(sentence, 4)], max_samples=16_000 * 20)
    assert len(chunks) == 2
    assert abs(bounds[0][1] / 16_000 - 15.5) < 0.05
    assert np.array_equal(np.concatenate(chunks), np.tile(sentence, 4))


def test_a_short_recording_stays_whole() -> None:
    assert split([tone(3)], max_samples=16_000 * 3)[1] == [(0, 48_000)]
    assert split([], max_samples=16_000)[1] == []


def test_no_tail_is_too_short_to_recognise() -> None:
    _, bounds = split([noise(10.2)], max_samples=160_000)
    assert bounds[-1][1] - bounds[-1][0] >= 2 * 16_000


def test_the_longest_pause_wins_over_the_latest() -> None:
    pcm = np.concatenate([tone(5), silence(1.5), tone(5), silence(0.3), tone(2)])
    assert abs(best_cut(pcm, 0) / 16_000 - 5.75) < 0.05


def test_without_a_pause_the_quietest_moment_is_taken() -> None:
    pcm = noise(4)
    pcm[32_000:32_480] //= 10
    assert 32_000 - 480 <= best_cut(pcm, 0) <= 32_480 + 480


def test_memory_holds_the_search_window_only() -> None:
    longest = 0

    class Counting(Collected):
        def write(self, pcm: Pcm) -> None:
            nonlocal longest
            longest = max(longest, len(pcm))

    splitter = ChunkSplitter(16_000 * 600, lambda index: Counting([]))
    for _ in range(300):
        splitter.feed(silence(4))
    splitter.finish()
    assert longest <= 16_000 * 64
    assert splitter.bounds[-1][1] == 16_000 * 1200


@settings(deadline=None)
@given(
    arrays(np.int16, st.integers(0, 20_000), elements=st.integers(-3, 3)),
    st.lists(st.integers(0, 20_000), max_size=6),
    st.integers(1, 9000),
)
def test_nothing_is_lost_or_doubled(pcm: Pcm, cuts: list[int], max_samples: int) -> None:
    blocks = list(np.split(pcm, sorted(min(cut, len(pcm)) for cut in cuts)))
    chunks, bounds = split(blocks, max_samples)
    assert np.array_equal(np.concatenate([*chunks, pcm[:0]]), pcm)
    assert [len(chunk) for chunk in chunks] == [end - start for start, end in bounds]
    assert [start for start, _ in bounds] == [0, *(end for _, end in bounds)][: len(bounds)]
    assert all(0 < end - start <= max_samples for start, end in bounds)
