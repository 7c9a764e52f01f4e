"""What is said to the page of a take and to those who watch it."""

from __future__ import annotations

from typing import Any

from ...conf import model_capabilities
from ...errors import VoxwebError
from ...models import Mark, Take, User
from ...relay.captions import Caption, Told, TurnTold
from .options import NO_CAPTIONS
from .takes import token_of
from .write_live_text import LiveLine

Message = dict[str, Any]

TAKEN_OVER = 4001
"""Close code: a newer socket records this take."""


def of(event: Caption | Told | TurnTold) -> Message:
    match event:
        case Caption():
            return {
                "type": "caption",
                "start_ms": event.start_ms,
                "text": event.text,
                "speaker": event.speaker,
            }
        case Told():
            return {"type": "notice", "code": event.code, "message": event.message, "tone": event.tone}
        case TurnTold():
            return {"type": "turn", "event": event.event, "at_ms": event.at_ms}


def final(line: LiveLine) -> Message:
    return {
        "type": "final",
        "key": line.key,
        "start_ms": line.start_ms,
        "end_ms": line.end_ms,
        "text": line.text,
        "speaker": line.speaker,
        "hue": line.hue,
    }


def changed(version: int, state: str) -> Message:
    """The transcript is in another state now: pages ask for the rest."""
    return {"type": "changed", "version": version, "state": state}


def trouble(error: VoxwebError) -> Message:
    return {"type": "notice", "code": error.code, "message": error.message, "tone": "warn"}


def hello(take: Take, offset: int) -> Message:
    """``offset`` is the byte to send next."""
    transcript = take.transcript
    return {
        "type": "hello",
        "recording": transcript.code,
        "token": token_of(take),
        "offset": offset,
        "epoch": take.epoch,
        "url": transcript.get_absolute_url(),
        "title": transcript.title,
        "captions": _captions_of(take),
    }


def _captions_of(take: Take) -> Message | None:
    model = take.options.get("live_model") or NO_CAPTIONS
    if model == NO_CAPTIONS:
        return None
    label = model_capabilities(model).label
    return {"model": model, "label": label, "language": take.options.get("language") or ""}


def stopped(take: Take) -> Message:
    transcript = take.transcript
    return {"type": "stopped", "transcript": transcript.code, "url": transcript.get_absolute_url()}


def mark(mark: Mark, author: User) -> Message:
    return {
        "type": "mark",
        "key": mark.key,
        "at_ms": mark.at_ms,
        "note": mark.note,
        "author": author.display_name,
    }
