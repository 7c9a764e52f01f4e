"""How much a client may send, hold back or keep waiting before the server lets go of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote_to_bytes

_KIB = 1024
_MIB = 1024 * _KIB


@dataclass(frozen=True)
class ServerLimits:
    """Bounds of one server process; sizes in bytes, times in seconds.

    ``body_bytes_by_path`` maps path prefixes to their own body limit; the longest prefix wins.
    ``stall_seconds`` is how long a client may take nothing of what it is sent. A body must arrive with at
    least ``upload_bytes_per_second``, looked at every ``upload_window_seconds``. A WebSocket is read no
    further with ``websocket_unread_bytes`` waiting for the application: 256 KiB are eight seconds of speech.
    """

    body_bytes: int = 16 * _MIB
    body_bytes_by_path: Mapping[str, int] = field(default_factory=dict)
    header_seconds: float = 20.0
    idle_seconds: float = 75.0
    upload_bytes_per_second: int = _KIB
    upload_window_seconds: float = 30.0
    stall_seconds: float = 60.0
    linger_seconds: float = 3.0
    drain_seconds: float = 8.0
    cancel_seconds: float = 2.0
    websocket_message_bytes: int = _MIB
    websocket_unread_bytes: int = 256 * _KIB
    websocket_unread_messages: int = 64

    def body_limit_bytes(self, target: bytes) -> int:
        """The body limit of a request target such as ``b"/api/v1/uploads/x?y=z"``."""
        path = unquote_to_bytes(target.split(b"?", 1)[0]).decode("utf-8", "replace")
        matches = [prefix for prefix in self.body_bytes_by_path if path.startswith(prefix)]
        return self.body_bytes_by_path[max(matches, key=len)] if matches else self.body_bytes
