"""The history on pages: the timeline of the panel, a passage through time, two versions side by side."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ..access import EDITOR, OWNER, role_of, transcript_to_read
from ..actions.edit.read import version_of
from ..actions.history.compare import Comparison, compare, compare_change
from ..actions.history.passage import last_change, passage_history
from ..actions.history.timeline import people_of, timeline
from ..actions.history.versions import VersionUnknownError, checked, label_of, versions_of
from ..models import Revision, StepBatch, Transcript
from .history_rows import shown_rows

MOST_SHOWN = 50
"""Passages of one change in the panel; the rest stands side by side."""
PAGE_ROWS = 100
NOW = "now"


@require_safe
@login_required
@never_cache
def history(request: HttpRequest, code: str) -> HttpResponse:
    """A page of the timeline; the first one with the versions that have names and the people."""
    item = transcript_to_read(request.user, code)
    before, person = _number(request, "before"), _number(request, "person")
    context = _context(request, item) | {
        "page": timeline(item, before=before, person=person),
        "person": person,
    }
    if before is not None:
        return render(request, "transcripts/_history_changes.html", context)
    named = [point for point in versions_of(item) if not point.is_automatic]
    context |= {"people": people_of(item), "versions": named}
    return render(request, "transcripts/_history_page.html", context)


@require_safe
@login_required
@never_cache
def history_change(request: HttpRequest, code: str) -> HttpResponse:
    """What one change did, with the words before and after."""
    item = transcript_to_read(request.user, code)
    left, right = _number(request, "from"), _number(request, "to")
    kind = request.GET.get("kind", "")
    if left is None or right is None or left > right or kind not in StepBatch.Kind.values:
        raise Http404
    try:
        found = compare_change(item, left, right, _number(request, "person"), kind)
    except VersionUnknownError as error:
        raise Http404 from error
    context = _context(request, item) | {
        "found": found,
        "rows": shown_rows(found, found.rows[:MOST_SHOWN]),
        "more": max(0, found.changed - MOST_SHOWN),
    }
    return render(request, "transcripts/_history_change.html", context)


@require_safe
@login_required
@never_cache
def history_passage(request: HttpRequest, code: str, key: str) -> HttpResponse:
    """One passage: who changed it last (``?last``), or its earlier texts."""
    item = transcript_to_read(request.user, code)
    context = _context(request, item) | {"key": key}
    if "last" in request.GET:
        return render(request, "transcripts/_blame.html", context | {"entry": last_change(item, key)})
    page = passage_history(item, key, _number(request, "before"))
    return render(request, "transcripts/_passage_history.html", context | {"page": page})


@require_safe
@login_required
@never_cache
def compare_versions(request: HttpRequest, code: str) -> HttpResponse:
    """Two versions beside each other; with ``rows`` only more of the rows."""
    item = transcript_to_read(request.user, code)
    left, right = _number(request, "a"), _number(request, "b")
    everything = "all" in request.GET
    try:
        found = compare(item, checked(item, left) if left is not None else 0, right, everything=everything)
    except VersionUnknownError as error:
        raise Http404 from error
    first = min(_number(request, "from") or 0, len(found.rows))
    context = _context(request, item) | _compared(item, found, first) | {"everything": everything}
    context["right_is_now"] = right is None or found.right_version == version_of(item)
    template = "_compare_rows.html" if "rows" in request.GET else "history_compare.html"
    return render(request, f"transcripts/{template}", context)


def _compared(item: Transcript, found: Comparison, first: int) -> dict[str, Any]:
    behind = first + PAGE_ROWS
    return {
        "found": found,
        "rows": shown_rows(found, found.rows[first:behind]),
        "next_row": behind if behind < len(found.rows) else None,
        "choices": _choices(item, found),
        "left_label": label_of(item, found.left_version),
        "right_label": label_of(item, found.right_version),
    }


def _choices(item: Transcript, found: Comparison) -> list[tuple[int, str]]:
    """Versions to choose from, newest first: those with names, and the two that are shown."""
    points: list[Revision] = versions_of(item)
    labels = {point.version: point.name for point in reversed(points)}
    for version in (found.left_version, found.right_version, 0):
        if version not in labels:
            label = label_of(item, version)
            labels[version] = label[0].upper() + label[1:]
    labels[version_of(item)] = "Now"
    return sorted(labels.items(), reverse=True)


def _context(request: HttpRequest, item: Transcript) -> dict[str, Any]:
    return {
        "transcript": item,
        "api": f"/api/v1/transcripts/{item.code}",
        "can_edit": role_of(request.user, item) in {OWNER, EDITOR} and not item.trashed_at,
    }


def _number(request: HttpRequest, name: str) -> int | None:
    """A number of the query, None where it is missing or "now". Raises Http404 for anything else."""
    given = request.GET.get(name, "")
    if given in {"", NOW}:
        return None
    if not given.isdecimal() or len(given) > 15:
        raise Http404
    return int(given)
