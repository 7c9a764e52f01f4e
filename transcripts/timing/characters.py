"""What the word tables have to know about characters, spelled out.

The page asks the same questions (``static/src/js/timing/characters.js``) in whatever browser it runs in, and
every release of Python or a browser knows another version of Unicode. So none of them is asked: both sides
hold these ranges, and a character that is not in them counts as a letter.
"""

from __future__ import annotations

import re

_SILENT = re.compile(
    "["
    # Latin, modifiers, Greek, Cyrillic, Armenian
    "\\x00-/:-@\\[-`{-\xa9\xab-\xb1\xb4\xb6-\xb8\xbb\xbf\xd7\xf7\u02c2-\u02c5\u02d2-\u02df\u02e5-\u02eb\u02ed"
    "\u02ef-\u02ff\u0375\u037e\u0384\u0385\u0387\u03f6\u0482\u055a-\u055f\u0589-\u058f"
    # Hebrew and Arabic with their vowel points, Syriac, N'Ko
    "\u0591-\u05c7\u05f3-\u061f\u064b-\u065f\u066a-\u066d\u0670\u06d4\u06d6-\u06e4\u06e7-\u06ed\u06fd\u06fe"
    "\u0700-\u070f\u07f6-\u07f9\u07fe\u07ff"
    # India, Thai, Lao, Tibetan, Burmese, Georgian, Ethiopic, Khmer, Mongolian
    "\u0964\u0965\u0970\u09f2\u09f3\u09fa\u09fb\u09fd\u0a76\u0af0\u0af1\u0b70\u0bf3-\u0bfa\u0c77\u0c7f\u0c84"
    "\u0d4f\u0d79\u0df4\u0e3f\u0e4f\u0e5a\u0e5b\u0f01-\u0f17\u0f1a-\u0f1f\u0f34\u0f36\u0f38\u0f3a-\u0f3d\u0f85"
    "\u104a-\u104f\u109e\u109f\u10fb\u1360-\u1368\u1680\u17d4-\u17d6\u17d8-\u17db\u1800-\u180a\u180e"
    # polytonic Greek, punctuation, money, letter-like signs, arrows, shapes
    "\u1fbd\u1fbf-\u1fc1\u1fcd-\u1fcf\u1fdd-\u1fdf\u1fed-\u1fef\u1ffd-\u206f\u207a-\u207e\u208a-\u208e\u20a0-\u20cf"
    "\u2100-\u214f\u218a-\u245f\u249c-\u24e9\u2500-\u2775\u2794-\u2bff\u2e00-\u2e2e\u2e30-\u2fff"
    # Chinese, Japanese, Korean, Yi, tone letters
    "\u3000-\u3004\u3008-\u3020\u3030\u3036\u3037\u303d-\u303f\u309b\u309c\u30a0\u30fb\u3190\u3191\u3196-\u319f"
    "\u31c0-\u31ef\u3200-\u33ff\u4dc0-\u4dff\ua490-\ua4cf\ua700-\ua721\ua789\ua78a"
    # surrogates, private use, variation selectors, presentation forms, music, pictures, tags
    "\ud800-\uf8ff\ufb29\ufbb2-\ufbc2\ufd3e-\ufd4f\ufdcf\ufdfc-\ufe19\ufe30-\ufe6f\ufeff-\uff0f\uff1a-\uff20"
    "\uff3b-\uff40\uff5b-\uff65\uffe0-\uffff\U0001d100-\U0001d1ff\U0001f000-\U0001fbff\U000e0000-\U0010ffff"
    "]+"
)
_DIGITS = re.compile(
    "[0-9\u0660-\u0669\u06f0-\u06f9\u07c0-\u07c9\u0966-\u096f\u09e6-\u09ef\u0a66-\u0a6f\u0ae6-\u0aef\u0b66-\u0b6f"
    "\u0be6-\u0bef\u0c66-\u0c6f\u0ce6-\u0cef\u0d66-\u0d6f\u0e50-\u0e59\u0ed0-\u0ed9\u0f20-\u0f29\u1040-\u1049"
    "\u17e0-\u17e9\u1810-\u1819\uff10-\uff19]"
)
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u2fdf\u3000-\u312f\u31a0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]"
)
# The marks of the unspaced scripts, those that go with any script, and skin tones.
_CLINGING = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u200d\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f\U0001f3fb-\U0001f3ff"
    "\U000e0100-\U000e01ef\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece\u102b-\u103e\u1056-\u1059"
    "\u105e-\u1060\u1062-\u1064\u1067-\u106d\u1071-\u1074\u1082-\u108d\u108f\u109a-\u109d\u17b4-\u17d3\u17dd"
    "\u302a-\u302f\u3099\u309a]"
)
# Where upper case exists and Unicode has settled: Latin, Greek, Cyrillic, Armenian, Georgian, full width.
_CASED = re.compile("[A-Z\xc0-\u0587\u10a0-\u10ff\u1c90-\u1cbf\u1e00-\u1fff\uff21-\uff3a]")
_FOLDED = {
    "ß": "ss", "ς": "σ", "ſ": "s", "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl",
    "ﬅ": "st", "ﬆ": "st",
}  # fmt: skip


def without_silent(text: str) -> str:
    """``text`` without punctuation, symbols, spaces and what cannot be seen."""
    return _SILENT.sub("", text)


def folded(text: str) -> str:
    """``text`` without case. Each character by itself: no rule looks at its neighbours."""
    return text.lower() if text.isascii() else "".join(map(_fold, text))


def _fold(char: str) -> str:
    small = char.lower() if _CASED.match(char) else char
    return _FOLDED.get(small, small)


def is_unspaced(char: str) -> bool:
    """Whether ``char`` is of a script without spaces."""
    return _UNSPACED.match(char) is not None


def has_unspaced(text: str) -> bool:
    """Whether any of ``text`` is of a script without spaces."""
    return _UNSPACED.search(text) is not None


def is_clinging(char: str) -> bool:
    """Whether ``char`` modifies the one before it."""
    return _CLINGING.match(char) is not None


def weight_of(char: str) -> int:
    """About how long one character takes to say, in letters."""
    if _DIGITS.match(char):
        return 3
    if _SILENT.match(char) or _CLINGING.match(char):
        return 0
    return 2 if is_unspaced(char) else 1
