"""The product, to which a test can say what a running take would say.

``python -m voxweb.server --port 0 tests.told:application``; ``POST /tell/<code>`` passes a JSON list of
messages on to the open pages. Rights are looked at more often.
"""

from __future__ import annotations

import json
from typing import Any

from voxweb.asgi import application as product

TELL = "/tell/"

# Only now are Django's apps loaded.
from transcripts.broadcast import tell_pages  # noqa: E402
from transcripts.consumers import watch_guard  # noqa: E402

watch_guard.EVERY_SECONDS = 0.3


async def application(scope: dict[str, Any], receive: Any, send: Any) -> None:
    if scope["type"] == "http" and scope["path"].startswith(TELL):
        await _tell(scope["path"].removeprefix(TELL), receive, send)
    else:
        await product(scope, receive, send)


async def _tell(code: str, receive: Any, send: Any) -> None:
    body, more = b"", True
    while more:
        message = await receive()
        body, more = body + message["body"], message["more_body"]
    for said in json.loads(body):
        await tell_pages(code, said)
    await send({"type": "http.response.start", "status": 204, "headers": [(b"content-length", b"0")]})
    await send({"type": "http.response.body", "body": b""})
