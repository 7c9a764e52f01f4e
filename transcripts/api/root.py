"""The one JSON surface of the product, mounted at /api/v1."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI

from . import (
    document,
    doubts,
    exports,
    history,
    jobs,
    marks,
    media,
    members,
    models,
    preferences,
    readings,
    recordings,
    segments,
    speakers,
    takes,
    transcripts,
    uploads,
)
from .auth import WAYS_IN
from .errors import answer_errors, on_not_found
from .reference import Reference

DESCRIPTION = (
    "Send recordings, read transcripts with the moment of every word, export subtitles. "
    "Programs send `Authorization: Bearer <token>`; `manage.py api_token EMAIL --create` prints one."
)

api = NinjaAPI(
    title="voxweb",
    version="1",
    description=DESCRIPTION,
    urls_namespace="api",
    auth=WAYS_IN,
    docs=Reference(),
)
answer_errors(api)
PARTS = (
    history,
    recordings, uploads, takes, models, transcripts, document, segments, readings, marks, speakers, members,
    media, exports, jobs, doubts, preferences,
)  # fmt: skip
for part in PARTS:
    api.add_router("", part.router)


def nothing_here(request: HttpRequest) -> HttpResponse:
    """Unknown addresses below /api/ answer like everything else there."""
    return on_not_found(request, LookupError())
