"""``/v1/audio/transcriptions/realtime``: the WebSocket of one live session."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs

from channels.generic.websocket import AsyncWebsocketConsumer

from transcripts.engine.api_errors import ApiError
from transcripts.engine.engine import Engine
from transcripts.engine.errors import EngineError, RecogniserBusy
from transcripts.engine.live_session import INVALID_REQUEST, Events, LiveSession, SessionRefusal
from transcripts.engine.model_card import checked_model

_log = logging.getLogger(__name__)

INVALID_MODEL, BUSY, IDLE, INTERNAL = 1500, 3505, 3804, 3000
# Applications may close with 1000 and 4000 to 4999 only; 44xx and 45xx read like HTTP's statuses.
CLOSE_REFUSED, CLOSE_IDLE, CLOSE_BUSY, CLOSE_FAILED = 4400, 4408, 4429, 4500
_SUBPROTOCOL = "realtime"
_PLACE_SECONDS = 1.0
"""Who comes back at once finds its own place only just being left."""
_PLACE_AGAIN_SECONDS = 0.05


class RealtimeConsumer(AsyncWebsocketConsumer):
    """Speaks for one ``LiveSession``; what the client does wrong is answered with an error event."""

    channel_layer_alias = None
    _session: LiveSession | None = None
    _idle_timer: asyncio.TimerHandle | None = None
    _idle_closing: asyncio.Task[None] | None = None

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Frees the recogniser however the connection ends, cancellation included."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._stop_idle_timer()
            if self._session is not None:
                self._session.close()

    async def connect(self) -> None:
        """Greets at once, or says why not."""
        await self.accept(_SUBPROTOCOL if _SUBPROTOCOL in self.scope["subprotocols"] else None)
        engine: Engine = self.scope["engine"]
        try:
            self._session = await _free_session(_wanted_model(self.scope), engine)
        except ApiError as error:
            return await self._fail(error.message, INVALID_MODEL, CLOSE_REFUSED)
        except RecogniserBusy as error:
            return await self._fail(error.message, BUSY, CLOSE_BUSY)
        await self._send_events([self._session.created()])
        self._start_idle_timer()
        return None

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        """One message of the client; JSON may also come as a binary frame."""
        if self._session is None:
            return None
        self._stop_idle_timer()
        try:
            await self._obey(self._session, _message(text_data if bytes_data is None else bytes_data))
        except SessionRefusal as refusal:
            await self._send_events([_error(refusal.message, refusal.number)])
        except EngineError as error:
            return await self._fail(error.message, INTERNAL, CLOSE_FAILED)
        except Exception:
            _log.exception("live session failed")
            return await self._fail("The engine failed.", INTERNAL, CLOSE_FAILED)
        if self._session is not None:
            self._start_idle_timer()
        return None

    async def _obey(self, session: LiveSession, message: dict[str, Any]) -> None:
        actions: dict[str, Callable[[], Events]] = {
            "session.update": lambda: session.update(message.get("session")),
            "input_audio.append": lambda: session.append(message.get("audio")),
            "input_audio.flush": session.flush,
            "input_audio.end": session.end,
        }
        kind = str(message.get("type"))
        if kind not in actions:
            raise SessionRefusal(f"Unknown message type: {kind[:80]}")
        await self._send_events(await asyncio.to_thread(actions[kind]))
        if kind == "input_audio.end":
            await self._finish(1000)

    async def _send_events(self, events: Events) -> None:
        for event in events:
            await self.send(text_data=json.dumps(event, ensure_ascii=False, separators=(",", ":")))

    async def _fail(self, message: str, number: int, close_code: int) -> None:
        await self._send_events([_error(message, number)])
        await self._finish(close_code)

    async def _finish(self, close_code: int) -> None:
        session, self._session = self._session, None
        if session is not None:
            await asyncio.to_thread(session.close)
        await self.close(close_code)

    def _start_idle_timer(self) -> None:
        seconds = self.scope["engine"].options.live_idle_seconds
        self._idle_timer = asyncio.get_running_loop().call_later(seconds, self._on_idle)

    def _stop_idle_timer(self) -> None:
        if self._idle_timer is not None:
            self._idle_timer.cancel()
            self._idle_timer = None

    def _on_idle(self) -> None:
        message = "Timeout waiting for response from streaming transcription."
        self._idle_closing = asyncio.ensure_future(self._fail(message, IDLE, CLOSE_IDLE))


async def _free_session(model: str, engine: Engine) -> LiveSession:
    """Raises RecogniserBusy when no place becomes free for a moment."""
    loop = asyncio.get_running_loop()
    give_up = loop.time() + _PLACE_SECONDS
    while True:
        try:
            return LiveSession(model, engine.pool)
        except RecogniserBusy:
            if loop.time() > give_up:
                raise
        await asyncio.sleep(_PLACE_AGAIN_SECONDS)


def _wanted_model(scope: dict[str, Any]) -> str:
    model = parse_qs(scope["query_string"].decode("utf-8", "replace")).get("model", [""])[0]
    checked_model(model)
    token_model = scope.get("token_model")
    if token_model is not None and token_model != model:
        raise ApiError(403, "The token is not for this model.", "invalid_model", "1500", "model")
    return str(model)


def _message(raw: str | bytes | None) -> dict[str, Any]:
    try:
        message = json.loads(raw or "")
    except (ValueError, RecursionError) as error:
        raise SessionRefusal("A message must be a JSON object") from error
    if not isinstance(message, dict):
        raise SessionRefusal("A message must be a JSON object")
    return message


def _error(message: str, number: int = INVALID_REQUEST) -> dict[str, Any]:
    return {"type": "error", "error": {"message": message, "code": number}}
