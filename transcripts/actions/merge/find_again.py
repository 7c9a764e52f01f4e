"""Find the words of a conflict in a text that may have been edited since.

``static/src/js/editor/conflict_place.js`` is its twin.
"""

from __future__ import annotations

from collections.abc import Iterator


def find_again(text: str, words: str, offset: int) -> tuple[int, int] | None:
    """Where ``words`` stand as whole words, nearest to ``offset`` (UTF-16 units); None where they do not.

    No words at all have their place in an empty text only.
    """
    if not words:
        return None if text else (0, 0)
    wanted = len(text.encode("utf-16-le", "surrogatepass")[: 2 * offset].decode("utf-16-le", "replace"))
    found = min(_places(text, words), key=lambda start: abs(start - wanted), default=None)
    return None if found is None else (found, found + len(words))


def _places(text: str, words: str) -> Iterator[int]:
    start = text.find(words)
    while start >= 0:
        if _is_whole(text, start, start + len(words)):
            yield start
        start = text.find(words, start + 1)


def _is_whole(text: str, start: int, end: int) -> bool:
    """Not a part of a longer word; words of scripts without spaces touch each other."""
    inside_before = start > 0 and _one_word(text[start - 1], text[start])
    return not inside_before and not (end < len(text) and _one_word(text[end - 1], text[end]))


def _one_word(left: str, right: str) -> bool:
    return left.isalnum() and right.isalnum() and left < "\u0e00" and right < "\u0e00"
