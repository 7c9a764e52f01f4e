"""Hints to everybody who has a page of a running take open."""

from __future__ import annotations

import logging

from redis.exceptions import RedisError

from ...broadcast import tell_pages
from .messages import Message

logger = logging.getLogger(__name__)


async def tell_watchers(code: str, message: Message) -> None:
    """A layer that is away costs the hint and nothing else: pages ask for what they missed."""
    try:
        await tell_pages(code, message)
    except (OSError, RedisError) as error:
        logger.warning("could not tell the watchers: %s", type(error).__name__)
