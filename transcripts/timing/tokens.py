"""Text to word tokens and back, exactly.

Tokens are what a word table holds. Scripts with spaces give one token a word; scripts written without spaces
(Chinese, Japanese, Thai, ...) give one token a character, with the marks and punctuation that belong to it.
``join_tokens(tokenise(text)) == text`` holds for every text that ``normalise_text`` returns:

* between two tokens stands a space, unless one of the two characters that meet is of an unspaced script;
* a token that itself begins with a space has one in any case.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from transcripts.timing.characters import (
    folded,
    has_unspaced,
    is_clinging,
    is_unspaced,
    weight_of,
    without_silent,
)

_DROPPED = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ufeff]")
_SURROGATES = re.compile("[\ud800-\udfff]")
# All white space except the no-break spaces, which hold a word and its punctuation together on purpose.
_SPACES = re.compile("[\t-\r\x1c-\x20\x85\u1680\u2000-\u2006\u2008-\u200a\u2028\u2029\u205f\u3000]+")
_JOINER = "\u200d"
_NEVER_FIRST = frozenset(
    "、。，．！？：；）】」』〉》〕］｝・ー々〜…‥,.!?:;)]}%’”\"'ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮะาำๅๆฯ"
    + _JOINER
)
_NEVER_LAST = frozenset("（【「『〈《〔［｛([{“‘เแโใไ" + _JOINER)


def normalise_text(text: str) -> str:
    """``text`` on one line: white space collapsed, control characters gone, lone surrogates replaced."""
    text = _SURROGATES.sub("\ufffd", _DROPPED.sub("", text))
    return _SPACES.sub(" ", text).strip(" ")


def tokenise(text: str) -> list[str]:
    """The tokens of ``text``, which is normalised first."""
    tokens: list[str] = []
    for chunk in filter(None, normalise_text(text).split(" ")):
        for position, token in enumerate(_split_unspaced(chunk)):
            hidden = position == 0 and tokens and not spaced(tokens[-1], token)
            tokens.append(" " + token if hidden else token)
    return tokens


def join_tokens(tokens: Iterable[str]) -> str:
    """The text that ``tokens`` were made of."""
    parts: list[str] = []
    for token in tokens:
        if parts and spaced(parts[-1], token):
            parts.append(" ")
        parts.append(token)
    return "".join(parts).strip(" ")


def spaced(before: str, after: str) -> bool:
    """Whether ``join_tokens`` puts a space of its own between these two tokens."""
    if not before or not after or after.startswith(" "):
        return False
    return not (is_unspaced(before[-1]) or is_unspaced(after[0]))


@lru_cache(maxsize=20_000)
def comparison_key(token: str) -> str:
    """What makes two tokens the same word: letters and digits without case; punctuation as it stands."""
    return folded(without_silent(token)) or token.strip(" ")


@lru_cache(maxsize=20_000)
def spoken_weight(token: str) -> int:
    """About how long ``token`` takes to say, in letters: a digit counts as three, an ideograph as two."""
    return max(1, sum(map(weight_of, token)))


def _split_unspaced(chunk: str) -> Sequence[str]:
    if not has_unspaced(chunk):
        return (chunk,)
    cuts = [0, *_cuts(chunk), len(chunk)]
    return [chunk[start:end] for start, end in pairwise(cuts)]


def _cuts(chunk: str) -> Iterator[int]:
    for index in range(1, len(chunk)):
        if not spaced(chunk[index - 1], chunk[index]) and _may_split(chunk, index):
            yield index


def _may_split(text: str, index: int) -> bool:
    """Whether a cut before ``text[index]`` leaves characters, marks and brackets whole."""
    before, after = text[index - 1], text[index]
    if after in _NEVER_FIRST or before in _NEVER_LAST:
        return False
    return not is_clinging(after)


def is_attached(char: str) -> bool:
    """Whether ``char`` only modifies the one before it: combining mark, variation selector, skin tone."""
    return unicodedata.category(char)[0] == "M" or char == _JOINER or "\U0001f3fb" <= char <= "\U0001f3ff"
