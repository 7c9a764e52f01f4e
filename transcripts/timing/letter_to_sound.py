"""A pronunciation for an English word that is in no dictionary, good enough to align names and new words.

Longest spelling first, in ARPAbet phones of the CMU dictionary. Alignment needs about the right number of
sounds of about the right kind, not the right accent.
"""

from __future__ import annotations

_SPELLINGS = {
    "tion": "SH AH N", "sion": "ZH AH N", "ough": "AO", "augh": "AO", "eigh": "EY", "igh": "AY", "tch": "CH",
    "sch": "SH", "dge": "JH", "ck": "K", "ch": "CH", "sh": "SH", "th": "TH", "ph": "F", "wh": "W", "gh": "G",
    "kn": "N", "wr": "R", "qu": "K W", "ng": "NG", "nk": "NG K", "ts": "T S", "zz": "Z", "ll": "L", "ss": "S",
    "tt": "T", "ff": "F", "nn": "N", "mm": "M", "pp": "P", "rr": "R", "bb": "B", "dd": "D", "gg": "G",
    "ee": "IY", "ea": "IY", "ie": "IY", "ei": "EY", "ai": "EY", "ay": "EY", "oa": "OW", "oo": "UW",
    "ou": "AW", "ow": "OW", "oy": "OY", "oi": "OY", "au": "AO", "aw": "AO", "ew": "Y UW", "eu": "Y UW",
    "ue": "UW",
    "ar": "AA R", "er": "ER", "ir": "ER", "or": "AO R", "ur": "ER", "ce": "S EH", "ci": "S IH", "cy": "S IY",
    "a": "AE", "b": "B", "c": "K", "d": "D", "e": "EH", "f": "F", "g": "G", "h": "HH", "i": "IH", "j": "JH",
    "k": "K", "l": "L", "m": "M", "n": "N", "o": "AA", "p": "P", "q": "K", "r": "R", "s": "S", "t": "T",
    "u": "AH", "v": "V", "w": "W", "x": "K S", "y": "IY", "z": "Z",
}  # fmt: skip
_LETTER_NAMES = {
    "a": "EY", "b": "B IY", "c": "S IY", "d": "D IY", "e": "IY", "f": "EH F", "g": "JH IY", "h": "EY CH",
    "i": "AY", "j": "JH EY", "k": "K EY", "l": "EH L", "m": "EH M", "n": "EH N", "o": "OW", "p": "P IY",
    "q": "K Y UW", "r": "AA R", "s": "EH S", "t": "T IY", "u": "Y UW", "v": "V IY", "w": "D AH B AH L Y UW",
    "x": "EH K S", "y": "W AY", "z": "Z IY",
}  # fmt: skip
_VOWELS = frozenset("aeiouy")
_LONGEST_SPELLING = 4


def phones(word: str) -> str:
    """ARPAbet phones of ``word`` (lower-case letters and apostrophes), separated by spaces.

    A word that cannot be said as one, for want of a vowel, is spelled out. Empty when there is no letter.
    """
    letters = word.replace("'", "")
    if not _VOWELS & set(letters):
        return " ".join(_LETTER_NAMES[letter] for letter in letters if letter in _LETTER_NAMES)
    if len(letters) > 3 and letters.endswith("e") and letters[-2] not in _VOWELS:
        letters = letters[:-1]
    return " ".join(_sounds(letters))


def _sounds(letters: str) -> list[str]:
    sounds: list[str] = []
    while letters:
        spelling = next(
            (letters[:size] for size in range(_LONGEST_SPELLING, 0, -1) if letters[:size] in _SPELLINGS), ""
        )
        if spelling:
            sounds.append(_SPELLINGS[spelling])
        letters = letters[len(spelling) or 1 :]
    return sounds
