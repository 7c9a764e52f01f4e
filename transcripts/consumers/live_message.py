"""Text messages of ``/ws/live``, read strictly."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any, ClassVar

from ..errors import VoxwebError

KINDS = ("start", "pause", "resume", "mark", "stop")
LONGEST_MESSAGE_CHARACTERS = 16_384


class LiveMessageError(VoxwebError):
    code: ClassVar[str] = "live_message_invalid"
    message = "The server did not understand a message of this page. Reload it; what was recorded is kept."


@dataclass(frozen=True, slots=True)
class LiveRequest:
    """``bytes`` is how much was captured by then (pause, resume, stop), ``at_ms`` a mark's media time."""

    kind: str
    id: str = ""
    title: str = ""
    source: str = ""
    options: dict[str, Any] = field(default_factory=dict)
    key: str = ""
    at_ms: int = 0
    note: str = ""
    bytes: int = 0


def read_request(text: str) -> LiveRequest:
    """Raises LiveMessageError."""
    if len(text) > LONGEST_MESSAGE_CHARACTERS:
        raise LiveMessageError("A message to the server was too long.")
    try:
        raw = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise LiveMessageError from error
    if not isinstance(raw, dict) or raw.get("type") not in KINDS:
        raise LiveMessageError
    return LiveRequest(
        kind=raw["type"],
        id=_text(raw, "id"),
        title=_text(raw, "title"),
        source=_text(raw, "source"),
        options=_options(raw.get("options", {})),
        key=_text(raw, "key"),
        at_ms=_whole(raw, "at_ms"),
        note=_text(raw, "note"),
        bytes=_whole(raw, "bytes"),
    )


def _text(raw: dict[str, Any], name: str) -> str:
    value = raw.get(name, "")
    if not isinstance(value, str):
        raise LiveMessageError
    return value.replace("\0", "")


def _whole(raw: dict[str, Any], name: str) -> int:
    value = raw.get(name, 0)
    if type(value) is not int or not 0 <= value < 2**62:
        raise LiveMessageError
    return value


def _options(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise LiveMessageError
    return value
