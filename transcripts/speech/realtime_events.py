"""What a realtime service says, one message at a time, in our terms."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from transcripts.speech.normal_form import milliseconds, normalised_piece, normalised_text
from transcripts.speech.reading import read_segment, read_usage, speaker_label
from transcripts.speech.wire import Usage, Word

TurnKind = Literal["start", "eager_end", "resume", "end"]

_LONGEST_KIND_CHARACTERS = 80
_TURNS: dict[str, TurnKind] = {
    "turn.start": "start",
    "turn.eager_end": "eager_end",
    "turn.resume": "resume",
    "turn.end": "end",
}


@dataclass(frozen=True, slots=True)
class Created:
    """The greeting; ``settings`` is the wire's object. A second one means that the service began anew."""

    request_id: str = ""
    settings: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Updated:
    """The settings that are in force now, as the wire's object."""

    settings: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TextDelta:
    """The next piece of text, never empty; outer spaces stay, since pieces are joined."""

    text: str
    speaker: str | None = None


@dataclass(frozen=True, slots=True)
class SegmentDone:
    """A stretch of final text, which pieces have said before. Times are ms from the start of the session.

    ``words`` is filled by the built-in engine; other services leave it empty.
    """

    start_ms: int
    end_ms: int
    text: str
    speaker: str | None = None
    words: tuple[Word, ...] = ()


@dataclass(frozen=True, slots=True)
class Language:
    """The spoken language as an ISO 639-1 code."""

    code: str


@dataclass(frozen=True, slots=True)
class Turn:
    """A speaker began or stopped; ``at_ms`` from the start of the session. Has no text of its own."""

    kind: TurnKind
    at_ms: int


@dataclass(frozen=True, slots=True)
class Done:
    """The text of the session or, for some services, since the last flush; repeats what was said before.

    ``final`` only for the last one after our end; others are partial.
    """

    text: str = ""
    language: str | None = None
    usage: Usage = field(default_factory=Usage)
    final: bool = False


@dataclass(frozen=True, slots=True)
class Unknown:
    """Anything else: a new kind of event, one without its content, or no event at all (empty ``kind``)."""

    kind: str = ""


@dataclass(frozen=True, slots=True)
class Failure:
    """An ``error`` event; ``body`` is the whole message."""

    body: Mapping[str, Any]


RealtimeEvent = Created | Updated | TextDelta | SegmentDone | Language | Turn | Done | Unknown


def read_event(message: str | bytes) -> RealtimeEvent | Failure:
    """One message, text or binary. Never fails: what cannot be read is `Unknown`."""
    try:
        data = json.loads(message)
    except (ValueError, RecursionError):
        return Unknown()
    kind = data.get("type") if isinstance(data, dict) else None
    if not isinstance(kind, str):
        return Unknown()
    read = _READERS.get(kind)
    event = read(data) if read is not None else None
    return Unknown(kind[:_LONGEST_KIND_CHARACTERS]) if event is None else event


def _delta(data: dict[str, Any]) -> TextDelta | None:
    text = data.get("text")
    if not isinstance(text, str):
        return None
    # Nearly every piece is plain letters, which have their final form already.
    piece = text if text.isascii() and text.isprintable() else normalised_piece(text)
    label = data.get("speaker_id", data.get("speaker"))
    return TextDelta(piece, None if label is None else speaker_label(label)) if piece else None


def _segment(data: dict[str, Any]) -> SegmentDone | None:
    """One without times is passed over: its text has come in pieces too."""
    read = read_segment(data)
    if read is None or not read.text or read.start_ms is None or read.end_ms is None:
        return None
    return SegmentDone(read.start_ms, read.end_ms, read.text, read.speaker, read.words)


def _done(data: dict[str, Any]) -> Done:
    return Done(_text(data.get("text")), _text(data.get("language")) or None, read_usage(data.get("usage")))


def _language(data: dict[str, Any]) -> Language | None:
    code = _text(data.get("audio_language"))
    return Language(code) if code else None


def _turn(data: dict[str, Any]) -> Turn | None:
    at_ms = milliseconds(data.get("time_s"))
    return None if at_ms is None else Turn(_TURNS[data["type"]], at_ms)


def _created(data: dict[str, Any]) -> Created:
    settings = _object(data.get("session"))
    return Created(_text(settings.get("request_id"))[:200], settings)


def _updated(data: dict[str, Any]) -> Updated:
    return Updated(_object(data.get("session")))


def _text(value: object) -> str:
    return normalised_text(value) if isinstance(value, str) else ""


def _object(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


_READERS: dict[str, Callable[[dict[str, Any]], RealtimeEvent | Failure | None]] = {
    "transcription.text.delta": _delta,
    "transcription.segment": _segment,
    "transcription.done": _done,
    "transcription.language": _language,
    "session.created": _created,
    "session.updated": _updated,
    "error": Failure,
    **dict.fromkeys(_TURNS, _turn),
}
