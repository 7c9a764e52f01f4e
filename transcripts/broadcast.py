"""Typed messages to open pages of a transcript: hints only, the database is the truth.

A channel layer may drop any of them, so every page can also ask for what it missed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from channels.layers import get_channel_layer

PAGE_MESSAGE = "page.message"
"""The Channels type of what is sent: consumers get it in ``page_message`` as ``event["body"]``."""


def group_of(code: str) -> str:
    """The group of everybody who has a page of this transcript open."""
    return f"transcript.{code}"


async def tell_pages(code: str, body: Mapping[str, Any]) -> None:
    """Send ``body`` (JSON with a ``type``) to every open page of the transcript, in any process."""
    layer = get_channel_layer()
    await layer.group_send(group_of(code), {"type": PAGE_MESSAGE, "body": dict(body)})
