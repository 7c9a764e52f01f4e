"""Tell open pages that there is something to pull. A hint only: they also ask by themselves."""

from __future__ import annotations

import logging

from asgiref.sync import async_to_sync

from ...broadcast import tell_pages

logger = logging.getLogger(__name__)


def tell_version(code: str, version: int) -> None:
    """Never fails: a layer that is away costs a second's delay, not the change."""
    try:
        async_to_sync(tell_pages)(code, {"type": "version", "v": version})
    except Exception as error:  # whatever the layer raises
        logger.warning("could not tell open pages of version %d: %s", version, type(error).__name__)
