"""Word times without recognition: words spread by length over the parts of a segment where someone speaks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import accumulate, pairwise

from transcripts.timing.tokens import spoken_weight
from transcripts.timing.words import Span, Word

SHORTEST_PAUSE_MS = 150
"""Shorter silences are stops inside a word (t, k, p), not pauses between words."""

_SENTENCE_BONUS_MS = 600
_CLAUSE_BONUS_MS = 300


def interpolate(tokens: Sequence[str], start_ms: int, end_ms: int, pauses: Iterable[Span] = ()) -> list[Word]:
    """One word a token, from ``start_ms`` to ``end_ms``, none of them across one of ``pauses``.

    ``pauses`` are silences in the same clock, in any order; those outside the segment do not matter.
    """
    end_ms = max(start_ms, end_ms)
    spans = voiced_spans(start_ms, end_ms, pauses)
    bounds = [0, *_pause_positions(tokens, spans), len(tokens)]
    words: list[Word] = []
    for (first, last), span in zip(pairwise(bounds), spans, strict=True):
        words += _spread(tokens[first:last], span)
    return words


def voiced_spans(start_ms: int, end_ms: int, pauses: Iterable[Span]) -> list[Span]:
    """What is left of the segment without its pauses; the whole segment when nothing would be left."""
    spans: list[Span] = []
    reached = start_ms
    for pause_start, pause_end in sorted(pauses):
        if pause_end - pause_start < SHORTEST_PAUSE_MS or pause_end <= start_ms or pause_start >= end_ms:
            continue
        spans.append((reached, pause_start))
        reached = max(reached, pause_end)
    spans.append((reached, end_ms))
    return [span for span in spans if span[1] > span[0]] or [(start_ms, end_ms)]


def _pause_positions(tokens: Sequence[str], spans: Sequence[Span]) -> list[int]:
    """For each pause between two voiced spans, the number of tokens before it."""
    weights = [0, *accumulate(spoken_weight(token) for token in tokens)]
    voiced = list(accumulate(end - start for start, end in spans))
    places_ms = [weight * voiced[-1] / max(weights[-1], 1) for weight in weights]
    bonuses = [0, *map(_pause_bonus, tokens[:-1]), 0][: len(weights)]
    positions: list[int] = []
    for spoken_ms in voiced[:-1]:
        earliest = positions[-1] if positions else 0
        costs = [abs(place - spoken_ms) - bonus for place, bonus in zip(places_ms, bonuses, strict=True)]
        positions.append(min(range(earliest, len(tokens) + 1), key=costs.__getitem__))
    return positions


def _pause_bonus(token: str) -> int:
    """How far a pause may lie from where length alone would put it, to fall after this token."""
    if token.endswith((".", "?", "!", "…", "。", "？", "！")):
        return _SENTENCE_BONUS_MS
    return _CLAUSE_BONUS_MS if token.endswith((",", ";", ":", "、", "，", "–", "—")) else 0


def _spread(tokens: Sequence[str], span: Span) -> list[Word]:
    weights = [0, *accumulate(spoken_weight(token) for token in tokens)]
    length = span[1] - span[0]
    edges = [span[0] + length * weight // max(weights[-1], 1) for weight in weights]
    return [Word(start, end, token) for (start, end), token in zip(pairwise(edges), tokens, strict=True)]
