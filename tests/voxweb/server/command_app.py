"""An ASGI application for the tests of the command line: it greets, and ``/stuck...`` blocks a thread."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path
from typing import Any


async def application(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """Answer with the path."""
    if scope["path"].startswith("/stuck"):
        await asyncio.to_thread(block, Path(scope["path"].removeprefix("/stuck")))
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": f"hello from {scope['path']}".encode()})


def block(note: Path) -> None:
    """Make the file ``note`` and sleep for longer than any test runs."""
    note.touch()
    time.sleep(120)
