"""Take a recording from an address on the web."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from ..errors import VoxwebError
from ..models import User
from .receive_recording import Outcome


class UrlNotSupportedError(VoxwebError):
    code: ClassVar[str] = "url_not_supported"
    message = "This server does not fetch recordings from addresses. Download the file and upload it here."


def receive_url(user: User, url: str, options: Mapping[str, Any]) -> Outcome:
    """Raises UrlNotSupportedError."""
    raise UrlNotSupportedError
