"""A small ASGI application behind the real server, started by the tests as a process of its own.

``python served_app.py '{"body_bytes": 1000, ...}' [folder]`` prints the port it listens on. The arguments are
``ServerLimits``; applications note what happened to them in ``folder``.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import sys
import time
from pathlib import Path
from typing import Any

from voxweb.server import ServerLimits, serve

NOTES = Path(sys.argv[2] if len(sys.argv) > 2 else ".")
PIECE = bytes(64 * 1024)


async def application(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """Send each path to the function that is named like it."""
    kind = "websocket" if scope["type"] == "websocket" else "page"
    await globals()[f"{kind}_{scope['path'].strip('/').partition('/')[0]}"](scope, receive, send)


async def page_hello(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """What the application saw of the request."""
    seen = {key: scope[key] for key in ("root_path", "client", "scheme", "path")}
    await answer(send, json.dumps(seen).encode())


async def page_digest(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """Read the whole body; note that this application was reached at all."""
    (NOTES / "reached").touch()
    digest, size, pieces, more = hashlib.sha256(), 0, 0, True
    while more:
        message = await receive()
        digest.update(message["body"])
        size, pieces, more = size + len(message["body"]), pieces + 1, message["more_body"]
    await answer(send, json.dumps({"size": size, "pieces": pieces, "sha256": digest.hexdigest()}).encode())


async def page_stream(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """As many bytes as the path says, and a note of how many the server has taken so far."""
    left = int(scope["path"].rpartition("/")[2])
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"%d" % left)]})
    sent = 0
    while left:
        piece = PIECE[:left]
        left -= len(piece)
        await send({"type": "http.response.body", "body": piece, "more_body": left > 0})
        sent += len(piece)
        (NOTES / "sent").write_text(str(sent))
    (NOTES / "stream-done").touch()


async def page_slow(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """Answer after the seconds in the path; note a cancellation."""
    (NOTES / "slow-started").touch()
    try:
        await asyncio.sleep(float(scope["path"].rpartition("/")[2]))
        await answer(send, b"done")
    finally:
        (NOTES / "slow-ended").touch()


async def page_fails(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """A fault of the application."""
    raise LookupError("on purpose")


async def websocket_echo(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """Send everything back; note that the clean-up ran and with which code the socket closed."""
    await receive()
    await send({"type": "websocket.accept"})
    try:
        while (message := await receive())["type"] == "websocket.receive":
            await send({"type": "websocket.send", "text": message.get("text"), "bytes": message.get("bytes")})
        (NOTES / "close-code").write_text(str(message["code"]))
    finally:
        (NOTES / "cleaned-up").touch()


async def websocket_diverted(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """Binary messages go to a plain function; a text message is answered with how much that got."""
    got: list[bytes] = []
    scope["extensions"]["voxweb.take_binary"](got.append)
    await receive()
    await send({"type": "websocket.accept"})
    while (await receive())["type"] == "websocket.receive":
        await send({"type": "websocket.send", "text": f"{sum(map(len, got))} bytes"})


async def websocket_blocked(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """Accept, then take nothing until the file ``go-on`` appears; then count what arrives."""
    await receive()
    await send({"type": "websocket.accept"})
    await asyncio.to_thread(wait_for_permission)
    size = 0
    while (message := await receive())["type"] == "websocket.receive" and message.get("text") != "end":
        size += len(message["bytes"])
    await send({"type": "websocket.send", "text": str(size)})


async def websocket_flood(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """Send without end to a client that may not read."""
    await receive()
    await send({"type": "websocket.accept"})
    for count in range(10_000):
        await send({"type": "websocket.send", "bytes": PIECE})
        (NOTES / "sent").write_text(str(count * len(PIECE)))


async def websocket_never(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """Never answer the handshake."""
    await asyncio.sleep(60)


async def websocket_refused(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """Answer the handshake with a refusal."""
    await receive()
    await send({"type": "websocket.close"})


def wait_for_permission() -> None:
    """Return when the test has made the file ``go-on``."""
    while not (NOTES / "go-on").exists():
        time.sleep(0.02)


async def answer(send: Any, body: bytes) -> None:
    """A complete response."""
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/plain")]})
    await send({"type": "http.response.body", "body": body})


def announce(port: int) -> None:
    """Tell the test where to connect."""
    sys.stdout.write(f"{port}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    given = json.loads(sys.argv[1])
    limits = ServerLimits(**given)
    serve(
        application,
        host="127.0.0.1",
        port=0,
        max_body_bytes=limits.body_bytes,
        drain_seconds=limits.drain_seconds,
        behind_proxy=(NOTES / "behind-proxy").exists(),
        limits=limits,
        on_listening=announce,
    )
