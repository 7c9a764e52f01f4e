"""The signed-in person of a request."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from ..models import User


def reader(request: HttpRequest) -> User:
    """Return the person behind ``login_required``; refuses where that was forgotten."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user
