"""Reading the error bodies of speech services: three families, gateways and HTML pages."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

LONGEST_MESSAGE_CHARACTERS = 300


@dataclass(frozen=True, slots=True)
class Complaint:
    """What a service said. ``kind`` is its ``type``, ``code`` its own code as text, ``status`` the HTTP
    status it names itself, ``places`` the request fields it points at (``param`` and ``loc``)."""

    message: str = ""
    kind: str = ""
    code: str = ""
    status: int | None = None
    places: tuple[str, ...] = ()

    def mentions(self, *words: str) -> bool:
        """Whether every word occurs in the message or in the fields pointed at (spaces equal underscores)."""
        said = " ".join((self.message, self.kind, *self.places)).lower().replace(" ", "_")
        return all(word.lower().replace(" ", "_") in said for word in words)


def read_complaint(body: bytes) -> Complaint:
    """Parse the body of a 4xx or 5xx answer; never fails, an unreadable body gives an empty complaint."""
    text = body.decode("utf-8", errors="replace")
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return Complaint(message=_shortened(_without_markup(text)))
    return complaint_from(value)


def complaint_from(value: object) -> Complaint:
    """The complaint inside an already parsed error body or error event."""
    if isinstance(value, str):
        return Complaint(message=_shortened(value))
    if not isinstance(value, Mapping):
        return Complaint()
    envelope = _envelope(value)
    return Complaint(
        message=_shortened("; ".join(_sentences(envelope))),
        kind=_word(envelope.get("type")),
        code=_word(envelope.get("code")),
        status=_status(envelope.get("raw_status_code")),
        places=tuple(_places(envelope)),
    )


def _envelope(value: Mapping[str, Any]) -> dict[str, Any]:
    """The flat platform envelope is itself; ``{"error": {...}}`` and ``{"error": "..."}`` are flattened."""
    inner = value.get("error")
    if isinstance(inner, Mapping):
        return {**value, **inner}
    if isinstance(inner, str):
        return {"message": inner, **value}
    return dict(value)


def _sentences(envelope: Mapping[str, Any]) -> Iterator[str]:
    message, detail = envelope.get("message"), envelope.get("detail")
    if isinstance(message, str):
        yield message
    elif isinstance(message, Mapping):
        detail = message.get("detail", detail)
    if isinstance(detail, str):
        yield detail
    for item in _items(detail):
        yield ": ".join(part for part in (".".join(_location(item)), _word(item.get("msg"))) if part)


def _places(envelope: Mapping[str, Any]) -> Iterator[str]:
    message = envelope.get("message")
    detail = message.get("detail") if isinstance(message, Mapping) else envelope.get("detail")
    if isinstance(envelope.get("param"), str):
        yield envelope["param"]
    for item in _items(detail):
        yield from _location(item)


def _items(detail: object) -> Iterator[Mapping[str, Any]]:
    if isinstance(detail, list):
        yield from (item for item in detail if isinstance(item, Mapping))


def _location(item: Mapping[str, Any]) -> list[str]:
    location = item.get("loc")
    return [str(step) for step in location] if isinstance(location, list) else []


def _word(value: object) -> str:
    return str(value)[:LONGEST_MESSAGE_CHARACTERS] if isinstance(value, str | int) else ""


def _status(value: object) -> int | None:
    return value if isinstance(value, int) and 400 <= value <= 599 else None


def _without_markup(text: str) -> str:
    title = re.search(r"<title[^>]*>(.*?)</title>", text, re.IGNORECASE | re.DOTALL)
    return title.group(1) if title else re.sub(r"<[^>]*>", " ", text)


def _shortened(text: str) -> str:
    words = " ".join(text.split())
    if len(words) <= LONGEST_MESSAGE_CHARACTERS:
        return words
    return words[: LONGEST_MESSAGE_CHARACTERS - 1] + "…"
