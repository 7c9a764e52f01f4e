"""The request as the endpoints see it: somebody has signed in."""

from __future__ import annotations

from django.http import HttpRequest

from ..models import User


class ApiRequest(HttpRequest):
    """``auth`` is the person, whether a token or a session says so."""

    auth: User
