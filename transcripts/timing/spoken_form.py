"""How an English token is said: numbers, signs, abbreviations as plain lower-case words."""

from __future__ import annotations

import re
import unicodedata

_ONES = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
]  # fmt: skip
_TENS = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_SCALES = ((10**9, "billion"), (10**6, "million"), (1000, "thousand"), (100, "hundred"))
_SIGNS = {
    "&": "and",
    "%": "percent",
    "+": "plus",
    "=": "equals",
    "@": "at",
    "$": "dollars",
    "£": "pounds",
    "€": "euros",
}
_SHORT = {"mr": "mister", "mrs": "missus", "dr": "doctor", "vs": "versus", "etc": "etcetera", "ok": "okay"}
_ORDINAL_ENDS = {
    "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth",
    "twelve": "twelfth",
}  # fmt: skip
_PARTS = re.compile(
    r"(?P<ordinal>\d+)(?:st|nd|rd|th)\b|(?P<number>\d+(?:,\d{3})*(?:\.\d+)?)|(?P<word>[a-z']+)|(?P<sign>\S)"
)
_LONGEST_NUMBER = 12


def spoken_words(token: str) -> list[str]:
    """The words one says for ``token``; none for mere punctuation or for letters that are not Latin."""
    plain = unicodedata.normalize("NFKD", token.replace("’", "'")).casefold()
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    amount_first = re.sub(r"([$£€])(\d[\d,.]*\d|\d)", r"\2\1", plain)
    words: list[str] = []
    for part in _PARTS.finditer(amount_first):
        words += _said(part)
    return words


def _said(part: re.Match[str]) -> list[str]:
    text = part.group()
    if part["ordinal"]:
        return _ordinal(part["ordinal"])
    if part["number"]:
        return _number(text)
    if part["word"]:
        word = text.strip("'") if text.strip("'") else ""
        return [_SHORT.get(word, word)] if word else []
    return [_SIGNS[text]] if text in _SIGNS else []


def _number(digits: str) -> list[str]:
    whole, _, decimals = digits.partition(".")
    words = _year(int(whole)) if len(whole) == 4 and not decimals else _whole(whole.replace(",", ""))
    return [*words, "point", *_digit_by_digit(decimals)] if decimals else words


def _whole(digits: str) -> list[str]:
    if len(digits) > _LONGEST_NUMBER or (len(digits) > 1 and digits.startswith("0")):
        return _digit_by_digit(digits)
    return cardinal(int(digits))


def _digit_by_digit(digits: str) -> list[str]:
    return [_ONES[int(digit)] for digit in digits]


def _year(number: int) -> list[str]:
    """Four digits are mostly years: nineteen eighty four, but two thousand six."""
    if number < 1100 or number % 1000 < 10:
        return cardinal(number)
    century, rest = divmod(number, 100)
    if rest == 0:
        return [*cardinal(century), "hundred"]
    return [*cardinal(century), *(["oh"] if rest < 10 else []), *cardinal(rest)]


def cardinal(number: int) -> list[str]:
    """``number`` (below 10**12) in words, as an American says it, without "and"."""
    if number < 20:
        return [_ONES[number]]
    if number < 100:
        return [_TENS[number // 10], *(cardinal(number % 10) if number % 10 else [])]
    scale, name = next((scale, name) for scale, name in _SCALES if number >= scale)
    return [*cardinal(number // scale), name, *(cardinal(number % scale) if number % scale else [])]


def _ordinal(digits: str) -> list[str]:
    *words, last = _whole(digits)
    if last in _ORDINAL_ENDS:
        return [*words, _ORDINAL_ENDS[last]]
    return [*words, (last[:-1] + "ie" if last.endswith("y") else last) + "th"]
