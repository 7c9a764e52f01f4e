"""How bad it is to break after a word, for the end of a cue and the end of a line alike."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from transcripts.subtitles.function_words import CONJUNCTIONS, LEANING
from transcripts.subtitles.pieces import Piece
from transcripts.timing.tokens import comparison_key, spaced

INSIDE_WORD = 80
AFTER_LEANING_WORD = 30
ANYWHERE = 18
BEFORE_CONJUNCTION = 8
AFTER_CLAUSE = 3
SENTENCE_END = 0

_PAUSE_COUNTS_FROM_MS = 250
_CLOSING = "\"'”’»)]」』）"


def ends_sentence(text: str) -> bool:
    """Whether a sentence ends with this word, closing quotes and brackets aside."""
    return text.rstrip(_CLOSING).endswith((".", "?", "!", "…", "。", "？", "！", "؟", "।"))


def ends_clause(text: str) -> bool:
    """Whether a part of a sentence ends with this word."""
    return text.rstrip(_CLOSING).endswith((",", ";", ":", "–", "—", "、", "，", "；", "：", "،"))


def break_cost(before: Piece, after: Piece, language: str | None) -> int:
    """From 0, the end of a sentence, to ``INSIDE_WORD``; a pause in speech makes any break better."""
    cost = _grammar_cost(before, after, (language or "").casefold()[:2])
    pause_ms = after.start_ms - before.end_ms
    return max(0, cost - pause_ms // 100) if pause_ms >= _PAUSE_COUNTS_FROM_MS else cost


def break_costs(pieces: Sequence[Piece], language: str | None) -> list[int]:
    """The cost of a break after each piece; free after the last one."""
    costs = [break_cost(before, after, language) for before, after in pairwise(pieces)]
    return [*costs, 0]


def _grammar_cost(before: Piece, after: Piece, language: str) -> int:
    if ends_sentence(before.text):
        return SENTENCE_END
    if ends_clause(before.text):
        return AFTER_CLAUSE
    if not after.spaced and spaced(before.text, after.text):
        return INSIDE_WORD
    if comparison_key(after.text) in CONJUNCTIONS.get(language, ()):
        return BEFORE_CONJUNCTION
    return AFTER_LEANING_WORD if comparison_key(before.text) in LEANING.get(language, ()) else ANYWHERE
