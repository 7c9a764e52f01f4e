"""One line per answered request. Query strings are left out: they may hold tokens and search words."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

HEALTH = "/healthz"
"""Asked several times a minute by machines; only a failure is worth a line."""
_logger = logging.getLogger("voxweb.access")


def log_action(protocol: str, action: str, details: Mapping[str, Any]) -> None:
    """Write ``details`` of a daphne action (``http`` complete; ``websocket`` connected, ...) to the log."""
    path = str(details["path"]).partition("?")[0]
    client = str(details["client"] or "-").rpartition(":")[0] or "-"
    if path == HEALTH and details.get("status") == 200:
        return
    if protocol == "http":
        milliseconds = details["time_taken"] * 1000
        _logger.info(
            "%s %s %s %s %d bytes %.0f ms",
            client, details["method"], path, details["status"], details["size"], milliseconds,
        )  # fmt: skip
    elif action != "connecting":
        _logger.info("%s websocket %s %s", client, action, path)
