"""Word times that came with a text, fitted onto that text's own words: spelling and cutting may differ."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise

from transcripts.timing.realign import realign
from transcripts.timing.tokens import comparison_key, normalise_text, tokenise
from transcripts.timing.word_diff import matching_pairs
from transcripts.timing.words import Span, Word, monotone

LEAST_SHARED = 0.5
"""Below this share of recognised words the times belong to another text."""


def fit_words(words: Sequence[Word], text: str, start_ms: int, end_ms: int) -> list[Word] | None:
    """``words``' times on exactly the tokens of ``text``; None when the two have too little in common."""
    tokens = tokenise(text)
    if not words or not tokens:
        return None if tokens else []
    ordered = monotone([word._replace(text=normalise_text(word.text)) for word in words], start_ms, end_ms)
    if [word.text for word in ordered] == tokens:
        return ordered
    return _cut_anew(ordered, tokens) or _by_diff(ordered, tokens, text, start_ms, end_ms)


def _by_diff(
    words: Sequence[Word], tokens: Sequence[str], text: str, start_ms: int, end_ms: int
) -> list[Word] | None:
    old_keys = [comparison_key(word.text) for word in words]
    shared = len(matching_pairs(old_keys, [comparison_key(token) for token in tokens]))
    return realign(words, text, start_ms, end_ms) if shared >= LEAST_SHARED * len(tokens) else None


def _cut_anew(words: Sequence[Word], tokens: Sequence[str]) -> list[Word] | None:
    """The same letters cut into other words (subwords, ideographs, hyphens): times go by letter position."""
    letters = [_letters(word.text) for word in words]
    wanted = [_letters(token) for token in tokens]
    if not any(wanted) or "".join(letters) != "".join(wanted):
        return None
    moments = _letter_moments(words, letters)
    edges = [0, *accumulate(map(len, wanted))]
    return [
        Word(*_covering(moments, first, last), token)
        for first, last, token in zip(edges, edges[1:], tokens, strict=False)
    ]


def _letters(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())


def _letter_moments(words: Sequence[Word], letters: Sequence[str]) -> list[Span]:
    moments: list[Span] = []
    for word, spelled in zip(words, letters, strict=True):
        length = word.end_ms - word.start_ms
        edges = [word.start_ms + length * index // max(len(spelled), 1) for index in range(len(spelled) + 1)]
        moments += pairwise(edges)
    return moments


def _covering(moments: Sequence[Span], first: int, last: int) -> Span:
    """From letter ``first`` up to letter ``last``; no length at all for a token without letters."""
    if first < last:
        return moments[first][0], moments[last - 1][1]
    moment_ms = moments[first - 1][1] if first else moments[0][0]
    return moment_ms, moment_ms
