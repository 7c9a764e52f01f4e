"""What a later pass heard in place of corrected words: take it, or keep what is there."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from ..access import transcript_to_edit
from ..actions.other_readings import hide_reading, use_reading
from ..models import OtherReading
from .page_errors import tells_refusals
from .reader import reader


@require_POST
@login_required
@tells_refusals
def choose_reading(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The field ``action`` is ``use``, ``both`` or ``hide``. The question is answered then, and goes away."""
    transcript = transcript_to_edit(request.user, code)
    reading = get_object_or_404(OtherReading, transcript=transcript, pk=pk)
    if request.POST.get("action") in {"use", "both"}:
        use_reading(reading, reader(request), both=request.POST["action"] == "both")
        messages.success(request, "The line has what the new pass heard. The words before it are kept.")
    hide_reading(reading)
    return redirect(f"{reverse('transcript', args=[code])}#s-{reading.key}")
