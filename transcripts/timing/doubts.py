"""Which words of a machine's text may be wrong, so that a person can listen to those first.

Three signs: the recogniser itself is unsure, the words come faster or slower than anybody speaks, or a phrase
is said again and again (machines do that where they hear nothing).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import NamedTuple

from transcripts.timing.tokens import comparison_key, spoken_weight
from transcripts.timing.words import Word

UNSURE, PACE, REPEATED = "unsure", "pace", "repeated"

UNSURE_BELOW = 0.1
"""Measured with the built-in engine on 1,123 words of read and acted speech: one word in five is below, and
five of six of those are wrong; below 0.5 is every second word, and a third of them is right."""
FASTEST_LETTERS_PER_SECOND = 32
"""Ordinary speech is 12 to 15; auctioneers reach 25."""
SLOWEST_MS_PER_LETTER = 700
SLOW_WORD_MS = 2500
_PACE_WORDS = 5
_LONGEST_PHRASE = 12
_FEWEST_TIMES = 3
_FEWEST_TIMES_OF_ONE_WORD = 4
"""People do say "no, no, no"."""


class Doubt(NamedTuple):
    """One word that may be wrong; as JSON ``[start_ms, end_ms, reason]``."""

    start_ms: int
    end_ms: int
    reason: str


def find_doubts(
    segments: Sequence[Sequence[Word]], scores: Sequence[Sequence[float | None]] = ()
) -> list[list[Doubt]]:
    """For each of ``segments``, which follow each other, its doubtful words in order, each with one reason.

    ``scores`` are the recogniser's, 0 to 1, one a word; None where it gave none, empty where it never does.
    """
    repeated = _repeated([word for words in segments for word in words])
    found: list[list[Doubt]] = []
    passed = 0
    for words, sure in zip_longest(segments, scores, fillvalue=()):
        reasons = dict.fromkeys(_unsure(sure), UNSURE) | dict.fromkeys(_out_of_pace(words), PACE)
        reasons |= {index: REPEATED for index in range(len(words)) if passed + index in repeated}
        found.append([Doubt(*words[index][:2], reasons[index]) for index in sorted(reasons)])
        passed += len(words)
    return found


def _unsure(scores: Sequence[float | None]) -> list[int]:
    return [index for index, score in enumerate(scores) if score is not None and score < UNSURE_BELOW]


def _out_of_pace(words: Sequence[Word]) -> Iterator[int]:
    """Words that nobody can have said in their time; a single short one proves nothing."""
    weights = [spoken_weight(word.text) for word in words]
    for first in range(len(words) - _PACE_WORDS + 1):
        run = range(first, first + _PACE_WORDS)
        span_ms = words[run[-1]].end_ms - words[first].start_ms
        if sum(weights[index] for index in run) * 1000 > FASTEST_LETTERS_PER_SECOND * span_ms:
            yield from run
    for index, (word, weight) in enumerate(zip(words, weights, strict=True)):
        if word.end_ms - word.start_ms > max(SLOW_WORD_MS, weight * SLOWEST_MS_PER_LETTER):
            yield index


def _repeated(words: Sequence[Word]) -> set[int]:
    """Words of a phrase that follows itself at once, and again; the first time counts as said."""
    keys = [comparison_key(word.text) for word in words]
    found: set[int] = set()
    for length in range(1, min(_LONGEST_PHRASE, len(keys) // 2) + 1):
        fewest = _FEWEST_TIMES_OF_ONE_WORD if length == 1 else _FEWEST_TIMES
        for first, last in _same_as_before(keys, length):
            if last - first >= length * (fewest - 1):
                found.update(range(first, last))
    return found


def _same_as_before(keys: Sequence[str], length: int) -> Iterator[tuple[int, int]]:
    """Stretches (first, last) in which every word is the one ``length`` words before it."""
    first = length
    for index in range(length, len(keys) + 1):
        if index < len(keys) and keys[index] == keys[index - length]:
            continue
        if index > first:
            yield first, index
        first = index + 1
