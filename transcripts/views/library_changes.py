"""Rename, trash and restore as plain forms: the library works without a script."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from ..access import transcript_to_edit, transcript_to_own
from .page_errors import tells_refusals


@require_POST
@login_required
@tells_refusals
def rename(request: HttpRequest, code: str) -> HttpResponse:
    transcript = transcript_to_edit(request.user, code)
    transcript.rename(request.POST.get("title", ""))
    return redirect(next_page(request))


@require_POST
@login_required
@tells_refusals
def move_to_trash(request: HttpRequest, code: str) -> HttpResponse:
    """The message carries the code as its extra tag: the page then offers to bring the transcript back."""
    transcript = transcript_to_own(request.user, code)
    transcript.move_to_trash()
    messages.success(request, f"“{transcript.title}” is in the trash.", extra_tags=transcript.code)
    return redirect("library")


@require_POST
@login_required
@tells_refusals
def restore(request: HttpRequest, code: str) -> HttpResponse:
    transcript = transcript_to_own(request.user, code)
    transcript.restore_from_trash()
    messages.success(request, f"“{transcript.title}” is back in your library.")
    return redirect(next_page(request))


def next_page(request: HttpRequest) -> str:
    """Where the form said to go, if that is on this site; else the library."""
    wanted = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if ours else "/"
