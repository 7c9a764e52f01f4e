"""Groups short pieces of speech by voice, bottom up.

Neighbouring pieces are joined first (criterion weight 1), then any pair (weight 2), then what the
criterion alone would keep apart although it sounds alike: its penalty grows with the logarithm of the
length only, so long stretches of one person look like two. The numbers were measured on the samples.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from transcripts.engine.voices import Numbers, VoiceStatistics, VoiceTable

_NEIGHBOUR_WEIGHT = 1.0
_WEIGHT = 2.0
_ALIKE_DIVERGENCE = 2.2
_LARGEST_SURVIVING = 16

_GoesOn = Callable[[int, float], bool]
"""Takes how many voices are left and the lowest criterion; says whether to join that pair."""


def join_neighbours(voices: Sequence[VoiceStatistics], touches: Sequence[bool]) -> list[list[int]]:
    """Runs of piece indexes that are one voice; ``touches[i]`` says that piece i follows i - 1 at once."""
    runs = [[0]]
    current = voices[0]
    for index in range(1, len(voices)):
        pair = VoiceTable([current, voices[index]])
        if touches[index] and pair.criteria(0, np.array([1]), _NEIGHBOUR_WEIGHT)[0] < 0:
            runs[-1].append(index)
            current = current + voices[index]
        else:
            runs.append([index])
            current = voices[index]
    return runs


def reduce_voices(voices: Sequence[VoiceStatistics]) -> list[list[int]]:
    """Groups while the criterion says so, and anyway down to 16 groups; for one window of a long file."""
    table = VoiceTable(voices)
    _join_closest(table, lambda left, lowest: lowest <= 0 or left > _LARGEST_SURVIVING)
    return _groups(table)


def group_voices(voices: Sequence[VoiceStatistics], speaker_count: int | None = None) -> list[list[int]]:
    """Indexes of ``voices`` grouped by person; exactly ``speaker_count`` groups if that many exist."""
    table = VoiceTable(voices)
    if speaker_count is not None:
        _join_closest(table, lambda left, _lowest: left > speaker_count)
        return _groups(table)
    _join_closest(table, lambda left, lowest: lowest <= 0 or left > _LARGEST_SURVIVING)
    _join_alike(table)
    return _groups(table)


def _join_closest(table: VoiceTable, goes_on: _GoesOn) -> None:
    distances = _all_criteria(table)
    left = len(distances)
    while left > 1:
        first, second = sorted(divmod(int(distances.argmin()), len(distances)))
        if not goes_on(left, float(distances[first, second])):
            return
        table.join(first, second)
        left -= 1
        distances[second, :] = distances[:, second] = np.inf
        others = np.setdiff1d(table.survivors(), [first])
        distances[first, others] = distances[others, first] = table.criteria(first, others, _WEIGHT)


def _all_criteria(table: VoiceTable) -> Numbers:
    count = len(table.counts)
    distances = np.full((count, count), np.inf)
    for one in range(count - 1):
        others = np.arange(one + 1, count)
        distances[one, others] = distances[others, one] = table.criteria(one, others, _WEIGHT)
    return distances


def _join_alike(table: VoiceTable) -> None:
    while len(table.survivors()) > 1:
        score, first, second = min(_scored_pairs(table))
        if score >= 0:
            return
        table.join(first, second)


def _scored_pairs(table: VoiceTable) -> list[tuple[float, int, int]]:
    """Every pair with its score: below 0 means one voice, the lower the surer."""
    alive = table.survivors()
    pairs: list[tuple[float, int, int]] = []
    for position, one in enumerate(alive[:-1]):
        others = alive[position + 1 :]
        criteria, divergences = table.criteria(int(one), others, _WEIGHT), table.divergences(int(one), others)
        alike = np.where(divergences < _ALIKE_DIVERGENCE, -1 / (1 + divergences), criteria)
        scores = np.where(criteria < 0, criteria, alike)
        pairs += [(float(score), int(one), int(two)) for score, two in zip(scores, others, strict=True)]
    return pairs


def _groups(table: VoiceTable) -> list[list[int]]:
    return [table.members[index] for index in table.survivors()]
