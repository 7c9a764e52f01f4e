"""What kind of change it was, in words."""

from __future__ import annotations

from collections.abc import Mapping

from .changes import Change

BEFORE_RESTORING = "Before restoring "
"""Begins the automatic name of the version before a restore; the rest says what was restored."""

SOMEBODY = "Somebody who has left"

_MACHINE = {
    "asr": "New transcription",
    "merge": "New transcription, corrections kept",
    "live": "Recorded live",
    "speakers": "Voices told apart",
}


def title_of(change: Change, who: str, restored: Mapping[int, str]) -> str:
    """One line, such as "Ada corrected 3 passages".

    ``restored`` has the names of versions by the version that was there before they came back.
    """
    name = who or SOMEBODY
    passages = _passages(len(change.keys))
    if change.kind == "restore":
        return f"{name} restored {restored.get(change.from_version, 'an earlier version')}"
    if change.kind == "api":
        return f"{name} changed {passages or 'the speakers'} through the API"
    if change.kind == "merge" and who:
        return f"{name} chose another reading in {passages}"
    if change.kind in _MACHINE and not (change.kind == "speakers" and who):
        return _MACHINE[change.kind]
    return f"{name} corrected {passages}" if passages else f"{name} changed the speakers"


def _passages(count: int) -> str:
    return "" if not count else "1 passage" if count == 1 else f"{count:,} passages"
