"""The lists: library, shared with me, trash."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.db.models import Count, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ..access import transcript_to_read
from ..models import Transcript
from ..models.transcript import TranscriptQuerySet
from .library_rows import Row, address, page_of, with_details
from .page_errors import tells_refusals
from .reader import reader

LONGEST_QUERY = 200


@require_safe
@login_required
def library(request: HttpRequest) -> HttpResponse:
    mine = Transcript.objects.in_library().owned_by(reader(request))
    return render_list(request, "library", mine, totals=mine)


@require_safe
@login_required
def shared(request: HttpRequest) -> HttpResponse:
    others = Transcript.objects.in_library().shared_with(reader(request))
    return render_list(request, "shared", others)


@require_safe
@login_required
def trash(request: HttpRequest) -> HttpResponse:
    thrown = Transcript.objects.in_trash().owned_by(reader(request))
    return render_list(request, "trash", thrown, newest_by="trashed_at")


@require_safe
@login_required
@tells_refusals
def transcript_row(request: HttpRequest, code: str) -> HttpResponse:
    """One row, for a page whose job has just ended."""
    pk = transcript_to_read(request.user, code).pk
    row = Row(with_details(Transcript.objects.filter(pk=pk)).get())
    here = "library" if row.transcript.owner_id == reader(request).pk else "shared"
    return render(request, "transcripts/_row.html", {"row": row, "here": here})


def render_list(
    request: HttpRequest,
    name: str,
    found: TranscriptQuerySet,
    *,
    totals: TranscriptQuerySet | None = None,
    newest_by: str = "created_at",
) -> HttpResponse:
    query = request.GET.get("q", "").strip()[:LONGEST_QUERY]
    page = page_of(found.titled(query), request.GET.get("cursor", ""), newest_by=newest_by)
    context: dict[str, Any] = {
        "here": name,
        "rows": page.rows,
        "query": query,
        "renaming": request.GET.get("rename", ""),
        "more_url": address(name, q=query, cursor=page.next_cursor) if page.next_cursor else "",
        "trash_days": settings.TRASH_DAYS,
    }
    if totals is not None:
        context |= totals.aggregate(total=Count("pk"), total_ms=Sum("recording__duration_ms"))
    return render(request, f"transcripts/{name}.html", context)
