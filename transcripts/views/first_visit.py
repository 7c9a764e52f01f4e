"""Until the first account exists, every page leads to creating it."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from ..models import User

OPEN_PREFIXES = ("/static/", "/api/", "/healthz")


class FirstVisit:
    """Redirect to the set-up page while there is no account; ask the database only until there is one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.somebody_exists = False

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if self.somebody_exists or request.path.startswith(OPEN_PREFIXES):
            return self.get_response(request)
        welcome = reverse("welcome")
        if User.objects.exists():
            self.somebody_exists = True
        elif request.path != welcome:
            return redirect(welcome)
        return self.get_response(request)
