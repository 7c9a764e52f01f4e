"""Who may come in: decided from the headers, before a body is read or a socket accepted."""

from __future__ import annotations

import hmac
import re
from typing import Any
from urllib.parse import urlsplit

from transcripts.engine.api_errors import ApiError, unauthorized
from transcripts.engine.engine import Engine

Scope = dict[str, Any]

_SIGNED = re.compile(r"/v1/files/[^/]+/signed")
_LOOPBACK = ("127.0.0.1", "localhost", "::1")


class Gate:
    """Keys, tokens and, for an engine on loopback, the names it may be called by."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def admit(self, scope: Scope) -> str | None:
        """Raises the refusal; returns the model a browser's token is bound to, None without a token."""
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        host = headers.get("host", "")
        if self._engine.options.loopback_only and _host_name(host) not in _LOOPBACK:
            raise ApiError(400, "The engine answers only to its loopback name.", "invalid_host")
        token = next((name for name in scope.get("subprotocols", []) if name.startswith("rt_")), None)
        if token is not None:
            return self._token_model(token)
        if not (scope["type"] == "http" and _SIGNED.fullmatch(scope["path"])):
            self._check_key(headers, host)
        return None

    def _token_model(self, token: str) -> str:
        model = self._engine.signer.token_model(token)
        if model is None:
            raise unauthorized()
        return model

    def _check_key(self, headers: dict[str, str], host: str) -> None:
        key = self._engine.options.api_key
        if key is None:
            # Without a key a foreign web page could use the engine of whoever visits it.
            origin = headers.get("origin")
            if origin is not None and urlsplit(origin).netloc != host:
                raise ApiError(403, "Pages of other sites may not use this engine.", "forbidden")
            return
        kind, _, bearer = headers.get("authorization", "").partition(" ")
        given = bearer.strip() if kind.lower() == "bearer" else headers.get("x-api-key", "")
        if not hmac.compare_digest(given.encode(), key.encode()):
            raise unauthorized()


def _host_name(host: str) -> str | None:
    try:
        return urlsplit(f"//{host}").hostname
    except ValueError:
        return None
