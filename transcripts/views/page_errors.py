"""Refusals on pages: a sentence a person can act on, with the right status."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ..access import NotAllowedError
from ..errors import VoxwebError

View = Callable[..., HttpResponse]


def tells_refusals(view: View) -> View:
    """Answer an expected failure with its own sentence: 403 for a missing right, else 400."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except NotAllowedError as error:
            return render(request, "403.html", {"reason": error.message}, status=403)
        except VoxwebError as error:
            return render(request, "400.html", {"reason": error.message}, status=400)

    return guarded
