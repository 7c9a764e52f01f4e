"""The one place where text and times from a speech service get their final form."""

from __future__ import annotations

import math
import re
import unicodedata

# 24.8 days: the largest value of a 32-bit column, far beyond any recording.
LATEST_MS = 2**31 - 1

_CONTROL_CHARACTERS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_LONE_SURROGATES = re.compile(r"[\ud800-\udfff]")


def normalised_piece(text: str) -> str:
    """Text in NFC without NUL and control characters; outer spaces stay, since pieces are joined."""
    return unicodedata.normalize("NFC", _LONE_SURROGATES.sub("\ufffd", _CONTROL_CHARACTERS.sub("", text)))


def normalised_text(text: str) -> str:
    """A whole text: as `normalised_piece`, without outer white space."""
    return normalised_piece(text).strip()


def milliseconds(seconds: object) -> int | None:
    """Seconds (JSON number) as whole milliseconds in 0..`LATEST_MS`; anything else is unknown (``None``)."""
    if isinstance(seconds, bool) or not isinstance(seconds, int | float):
        return None
    if isinstance(seconds, float) and math.isnan(seconds):
        return None
    return round(min(max(seconds, 0), LATEST_MS / 1000) * 1000)


def span_ms(start: object, end: object) -> tuple[int | None, int | None]:
    """Start and end in milliseconds with ``end >= start`` where both are known."""
    start_ms, end_ms = milliseconds(start), milliseconds(end)
    if start_ms is None or end_ms is None:
        return start_ms, end_ms
    return start_ms, max(start_ms, end_ms)
