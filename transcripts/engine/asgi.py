"""The ASGI application of one engine."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import django
from django.conf import settings
from django.core.asgi import get_asgi_application

from transcripts.engine.api_errors import ApiError
from transcripts.engine.engine import Engine
from transcripts.engine.gate import Gate, Scope
from transcripts.engine.realtime_consumer import RealtimeConsumer
from transcripts.engine.settings import engine_settings

Receive = Callable[[], Awaitable[Mapping[str, Any]]]
Send = Callable[[Mapping[str, Any]], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

REALTIME_PATH = "/v1/audio/transcriptions/realtime"


def build_application(engine: Engine) -> EngineApplication:
    """Configures Django for the engine, which can be done once per process, and builds the application."""
    settings.configure(**engine_settings(engine.spool))
    django.setup()
    return EngineApplication(engine, get_asgi_application(), RealtimeConsumer.as_asgi())


class EngineApplication:
    """Lets in, puts the engine into the scope and routes."""

    def __init__(self, engine: Engine, http: Application, realtime: Application) -> None:
        self._engine = engine
        self._gate = Gate(engine)
        self._http = http
        self._realtime = realtime

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One connection."""
        if scope["type"] not in ("http", "websocket"):
            return
        try:
            token_model = self._gate.admit(scope)
        except ApiError as error:
            await _refuse(scope, send, error)
            return
        inside = {**scope, "engine": self._engine, "token_model": token_model}
        if scope["type"] == "http":
            await self._http(inside, receive, send)
        elif scope["path"].rstrip("/") == REALTIME_PATH:
            await self._realtime(inside, receive, send)
        else:
            await send({"type": "websocket.close"})


async def _refuse(scope: Scope, send: Send, error: ApiError) -> None:
    """A socket that is closed before it was accepted is answered with 403 by the server."""
    if scope["type"] == "websocket":
        await send({"type": "websocket.close"})
        return
    headers = [(b"content-type", b"application/json")]
    if error.status == 401:
        headers.append((b"www-authenticate", b"Bearer"))
    body = json.dumps(error.body()).encode()
    await send({"type": "http.response.start", "status": error.status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
