"""What a person can change from a transcript page, as plain forms that work without a script."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from ..access import transcript_to_edit, transcript_to_own
from ..actions.jobs import cancel_job, retry_job
from ..actions.rename_speaker import rename_speaker
from ..actions.share import change_role, share_with, stop_sharing
from ..models import Job, Membership, Speaker, StepBatch
from .page_errors import tells_refusals
from .reader import reader


@require_POST
@login_required
@tells_refusals
def name_speaker(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    transcript = transcript_to_edit(request.user, code)
    speaker = get_object_or_404(Speaker, transcript=transcript, pk=pk)
    rename_speaker(speaker, request.POST.get("name", ""), reader(request), kind=StepBatch.Kind.EDIT)
    return redirect("transcript", code)


@require_POST
@login_required
@tells_refusals
def add_person(request: HttpRequest, code: str) -> HttpResponse:
    transcript = transcript_to_own(request.user, code)
    member = share_with(transcript, request.POST.get("email", ""), request.POST.get("role", ""))
    messages.success(request, f"{member.user.display_name} can open this transcript now.")
    return redirect("transcript", code)


@require_POST
@login_required
@tells_refusals
def change_person(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Give a person another role, or with the field ``remove`` take the access away."""
    transcript = transcript_to_own(request.user, code)
    member = get_object_or_404(Membership.objects.select_related("user"), transcript=transcript, pk=pk)
    if "remove" in request.POST:
        stop_sharing(member)
        messages.success(request, f"{member.user.display_name} can no longer open this transcript.")
    else:
        change_role(member, request.POST.get("role", ""))
    return redirect("transcript", code)


@require_POST
@login_required
@tells_refusals
def cancel(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    cancel_job(_job_to_edit(request, code, pk))
    return redirect("transcript", code)


@require_POST
@login_required
@tells_refusals
def retry(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    retry_job(_job_to_edit(request, code, pk))
    return redirect("transcript", code)


def _job_to_edit(request: HttpRequest, code: str, pk: int) -> Job:
    transcript = transcript_to_edit(request.user, code)
    job = Job.objects.select_related("transcript").filter(transcript=transcript, pk=pk).first()
    if job is None:
        raise Http404("No such job.")
    return job
