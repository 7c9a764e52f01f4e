"""What every template may know."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from voxweb import __version__


def site(request: HttpRequest) -> dict[str, Any]:
    return {
        "version": __version__,
        "signup_open": settings.SIGNUP_OPEN,
        "uses_engine": settings.USES_ENGINE,
    }
