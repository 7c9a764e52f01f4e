"""``/v1/audio/transcriptions/realtime``: sound goes up, text comes down while a person speaks."""

from __future__ import annotations

import asyncio
import json
from collections import deque
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

from transcripts.speech.api_key import ApiKey
from transcripts.speech.capabilities import ModelCapabilities, assumed, find
from transcripts.speech.errors import SpeechRequestRejected, SpeechTimeout
from transcripts.speech.realtime_events import Created, Failure, RealtimeEvent, Updated, read_event
from transcripts.speech.realtime_failure import error_in
from transcripts.speech.realtime_line import LiveTimeouts, RealtimeLine, open_line
from transcripts.speech.realtime_options import LiveOptions, ignored_by_service, session_settings
from transcripts.speech.realtime_session import LARGEST_APPEND_BYTES, RealtimeSession
from transcripts.speech.wire import Notice

__all__ = ["LARGEST_APPEND_BYTES", "LiveOptions", "LiveTimeouts", "RealtimeSession", "open_session"]

AUDIO_FORMAT = {"encoding": "pcm_s16le", "sample_rate": 16_000}
_MOST_EARLY_EVENTS = 100


@asynccontextmanager
async def open_session(
    base_url: str,
    api_key: str,
    options: LiveOptions,
    *,
    timeouts: LiveTimeouts | None = None,
    capabilities: ModelCapabilities | None = None,
) -> AsyncIterator[RealtimeSession]:
    """A session that was greeted and has its settings; leaving the block closes it.

    ``base_url`` with or without ``/v1``; ``api_key`` may be empty for a server of one's own.
    ``capabilities`` (default: the table's) say what the model takes; what it does not take is left out with
    a notice. Nothing is repeated here. Raises the errors of `transcripts.speech.errors` only; none of them,
    no log and no ``repr`` holds the key. `SpeechRequestRejected` for refused settings: a session with the
    model alone may still work.
    """
    model = capabilities or find(options.model) or assumed(options.model)
    settings, notices = session_settings(options, model)
    times = timeouts or LiveTimeouts()
    line = await open_line(base_url, ApiKey(api_key), options.model, times)
    try:
        yield await _Opening(line, times).session(settings, notices)
    finally:
        await line.close()


class _Opening:
    """From the handshake to the first sound. What the service says in between is kept for later."""

    def __init__(self, line: RealtimeLine, timeouts: LiveTimeouts) -> None:
        self._line = line
        self._timeouts = timeouts
        self._early: deque[RealtimeEvent] = deque(maxlen=_MOST_EARLY_EVENTS)

    async def session(self, wanted: Mapping[str, Any], notices: tuple[Notice, ...]) -> RealtimeSession:
        created = await self._greeting()
        asked = {**wanted, **_format_to_ask_for(created.settings)}
        answered = await self._settings_in_force(asked) if asked else {}
        in_force = {**created.settings, **answered}
        _check_format(in_force)
        return RealtimeSession(
            self._line,
            self._timeouts,
            request_id=created.request_id or self._line.request_id,
            settings=in_force,
            notices=(*notices, *ignored_by_service(asked, answered)),
            asked=asked,
            early=self._early,
        )

    async def _greeting(self) -> Created:
        try:
            async with asyncio.timeout(self._timeouts.greeting_seconds):
                while not isinstance(event := await self._next({}), Created):
                    self._early.append(event)
                return event
        except TimeoutError:
            pass
        raise SpeechTimeout(request_id=self._line.request_id)

    async def _settings_in_force(self, asked: Mapping[str, Any]) -> Mapping[str, Any]:
        """Services freeze settings with the first sound, so the answer is worth a moment, but no more."""
        await self._line.send(_update(asked))
        try:
            async with asyncio.timeout(self._timeouts.update_seconds):
                while not isinstance(event := await self._next(asked), Updated):
                    self._early.append(event)
                return event.settings
        except TimeoutError:
            return {}

    async def _next(self, asked: Mapping[str, Any]) -> RealtimeEvent:
        event = read_event(await self._line.receive())
        if isinstance(event, Failure):
            raise error_in(event, self._line, asked, is_answer=bool(asked))
        return event


def _update(settings: Mapping[str, Any]) -> bytes:
    return json.dumps({"session": settings, "type": "session.update"}, separators=(",", ":")).encode()


def _format_to_ask_for(settings: Mapping[str, Any]) -> dict[str, Any]:
    """Ours is every service's default; it is asked for only where the greeting says otherwise."""
    return {} if _is_ours(settings.get("audio_format")) else {"audio_format": AUDIO_FORMAT}


def _check_format(settings: Mapping[str, Any]) -> None:
    if not _is_ours(settings.get("audio_format")):
        raise SpeechRequestRejected(
            "The speech service does not take live sound in the form that is recorded here.",
            detail={"parameter": "audio_format"},
        )


def _is_ours(audio_format: object) -> bool:
    if not isinstance(audio_format, Mapping):
        return True
    return all(audio_format.get(name, value) == value for name, value in AUDIO_FORMAT.items())
