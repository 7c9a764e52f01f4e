"""What a browser or a program sends when it opens a WebSocket."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.test import Client

from transcripts.models import User

HOST = "localhost:8000"
OURS = f"http://{HOST}"


def session_of(user: User) -> str:
    """Sign in and return the key of the session."""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def cookie_of(key: str) -> str:
    """The cookie header of a browser that has some more of them."""
    return f"csrftoken=abc; {settings.SESSION_COOKIE_NAME}={key}; theme=dark"


def scope_of(*, scheme: str = "ws", host: str = HOST, **headers: str) -> dict[str, Any]:
    """An ASGI scope with these headers."""
    given = {"host": host, **headers}
    pairs = [(name.encode(), value.encode()) for name, value in given.items()]
    return {"type": "websocket", "scheme": scheme, "headers": pairs}


def page_scope(key: str, origin: str = OURS, **more: str) -> dict[str, Any]:
    """The scope of a page with a session."""
    return scope_of(cookie=cookie_of(key), origin=origin, **more)
