"""Words and phrases that a model should expect, in the form that the model accepts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from transcripts.speech.model_capabilities import ModelCapabilities
from transcripts.speech.normal_form import normalised_text
from transcripts.speech.wire import Notice

_NOT_IN_A_SINGLE_WORD = re.compile(r"[\s,]+")


def prepare_bias(
    capabilities: ModelCapabilities, items: Sequence[str]
) -> tuple[tuple[str, ...], tuple[Notice, ...]]:
    """The items to send and what a person should know about those left out.

    Trimmed, without empty and repeated ones (case does not count), at most ``max_bias_items``. Models of the
    rule "single_words" refuse the whole request for one item with a space or comma: those become underscores.
    """
    cleaned = _without_repeats([_cleaned(item) for item in items])
    if capabilities.bias == "none":
        return (), (_ignored(capabilities),) if cleaned else ()
    if capabilities.bias == "single_words":
        cleaned = _without_repeats([_single_word(item) for item in cleaned])
    limit = capabilities.max_bias_items
    if limit is None or len(cleaned) <= limit:
        return tuple(cleaned), ()
    return tuple(cleaned[:limit]), (_shortened(capabilities, len(cleaned), limit),)


def restore_bias_phrases(text: str, items: Sequence[str]) -> str:
    """The text with ``Alder_Creek`` written as the person wrote it in ``items`` (``Alder Creek``)."""
    phrases = _phrases_by_single_word(items)
    if "_" not in text or not phrases:
        return text
    longest_first = sorted(phrases, key=len, reverse=True)
    pattern = r"(?<!\w)(?:" + "|".join(re.escape(word) for word in longest_first) + r")(?!\w)"
    return re.sub(pattern, lambda found: _written(found.group(), phrases), text, flags=re.IGNORECASE)


def _written(found: str, phrases: dict[str, str]) -> str:
    """Case folding knows pairs that lower case does not (ſ and s): such a find stays as it is."""
    return phrases.get(found.lower(), found)


def _phrases_by_single_word(items: Sequence[str]) -> dict[str, str]:
    """Only items that were changed; a word that someone really writes with an underscore stays so."""
    cleaned = [_cleaned(item) for item in items]
    meant = {item.lower() for item in cleaned}
    changed = {_single_word(item).lower(): item for item in reversed(cleaned)}
    return {word: item for word, item in changed.items() if "_" in word and word not in meant}


def _cleaned(item: str) -> str:
    return " ".join(normalised_text(item).split())


def _single_word(item: str) -> str:
    return _NOT_IN_A_SINGLE_WORD.sub("_", item).strip("_")


def _without_repeats(items: Sequence[str]) -> list[str]:
    first_of_each: dict[str, str] = {}
    for item in items:
        first_of_each.setdefault(item.casefold(), item)
    return [item for item in first_of_each.values() if item]


def _ignored(capabilities: ModelCapabilities) -> Notice:
    return Notice(
        "context_bias_ignored",
        f"{capabilities.label} cannot be given expected words, so the list was not used.",
    )


def _shortened(capabilities: ModelCapabilities, given: int, limit: int) -> Notice:
    return Notice(
        "context_bias_shortened",
        f"{capabilities.label} takes {limit} expected words; the first {limit} of {given} were used.",
    )
