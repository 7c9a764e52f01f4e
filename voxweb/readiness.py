"""Probes that tell whether a process already answers."""

from __future__ import annotations

import http.client
from collections.abc import Callable
from urllib.parse import urlsplit


def http_probe(url: str, timeout_seconds: float = 1.0) -> Callable[[], bool]:
    """A probe that asks for an ``http`` address and is content with any answer below 500."""
    parts = urlsplit(url)

    def answers() -> bool:
        connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=timeout_seconds)
        try:
            connection.request("GET", parts.path or "/")
            return connection.getresponse().status < 500
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    return answers
