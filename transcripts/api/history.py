"""Who changed what and when; versions with names; comparing and restoring."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

from django.http import Http404, HttpResponse
from ninja import Field, Router, Status

from ..access import transcript_to_edit, transcript_to_read
from ..actions.edit.read import document_at, version_of
from ..actions.history.compare import compare
from ..actions.history.passage import passage_history
from ..actions.history.restore import restore_passage, restore_version
from ..actions.history.side_by_side import Row
from ..actions.history.timeline import Entry, timeline
from ..actions.history.versions import checked, name_version, remove_name, rename_version, versions_of
from ..document.content import DocSegment
from ..document.schema import SCHEMA_VERSION
from ..models import Revision, User
from .history_schemas import (
    ComparisonOut,
    DocumentOut,
    HistoryPage,
    PassagePage,
    RestoreIn,
    RestoreOut,
    VersionChange,
    VersionIn,
    VersionOut,
)
from .json_answer import answer_json, unchanged, weak_tag
from .request import ApiRequest
from .schemas import Error

router = Router(tags=["history"])

PAGE_ROWS = 200
Version = Annotated[int, Field(ge=0, lt=2**53)]
Key = Annotated[str, Field(max_length=80)]


@router.get("/transcripts/{code}/history", response={200: HistoryPage, 404: Error})
def read_history(
    request: ApiRequest,
    code: str,
    cursor: Version | None = None,
    person: Version | None = None,
    segment: Key = "",
) -> dict[str, Any]:
    """Changes, newest first: of one person and of one passage where wanted."""
    transcript = transcript_to_read(request.auth, code)
    page = timeline(transcript, before=cursor, person=person, segment=segment)
    return {
        "changes": [describe_change(entry) for entry in page.entries],
        "next_cursor": page.before_version,
    }


@router.get("/transcripts/{code}/history/segments/{key}", response={200: PassagePage, 404: Error})
def read_passage(request: ApiRequest, code: str, key: str, cursor: Version | None = None) -> dict[str, Any]:
    """The earlier texts of one passage, newest first."""
    page = passage_history(transcript_to_read(request.auth, code), key, cursor)
    texts = [
        {
            "version": text.version,
            "title": text.entry.title,
            "person": describe_person(text.entry.who),
            "ended_at": text.entry.change.ended_at,
            "segment": asdict(text.passage) if text.passage else None,
        }
        for text in page.texts
    ]
    return {"texts": texts, "next_cursor": page.before_version}


@router.post(
    "/transcripts/{code}/history/restore", response={200: RestoreOut, 403: Error, 404: Error, 409: Error}
)
def restore(request: ApiRequest, code: str, wanted: RestoreIn) -> dict[str, Any]:
    """Bring back a whole version, or one passage of it. The version before gets an automatic name."""
    transcript = transcript_to_edit(request.auth, code)
    before = version_of(transcript)
    if wanted.segment is None:
        version = restore_version(transcript, wanted.version, request.auth, wanted.only_at)
    else:
        version = restore_passage(transcript, wanted.version, wanted.segment, request.auth)
    return {"version": version, "before": before}


@router.get("/transcripts/{code}/versions", response={200: list[VersionOut], 404: Error})
def list_versions(request: ApiRequest, code: str) -> list[dict[str, Any]]:
    """Versions with a name, newest first."""
    return [describe_version(point) for point in versions_of(transcript_to_read(request.auth, code))]


@router.post("/transcripts/{code}/versions", response={200: VersionOut, 403: Error, 404: Error, 422: Error})
def add_version(request: ApiRequest, code: str, wanted: VersionIn) -> dict[str, Any]:
    """Give a version a name. Sent twice it is one; a removed name comes back."""
    transcript = transcript_to_edit(request.auth, code)
    return describe_version(name_version(transcript, request.auth, wanted.name, wanted.version))


@router.patch(
    "/transcripts/{code}/versions/{int:id}", response={200: VersionOut, 403: Error, 404: Error, 422: Error}
)
def change_version(request: ApiRequest, code: str, id: int, change: VersionChange) -> dict[str, Any]:
    """Give it another name."""
    point = version_to_change(request, code, id)
    rename_version(point, change.name)
    return describe_version(point)


@router.delete("/transcripts/{code}/versions/{int:id}", response={204: None, 403: Error, 404: Error})
def delete_version(request: ApiRequest, code: str, id: int) -> Status[None]:
    """Take the name away; the version itself stays, and can be named again."""
    remove_name(version_to_change(request, code, id))
    return Status(204, None)


@router.get("/transcripts/{code}/versions/{int:version}/document", response={200: DocumentOut, 404: Error})
def read_version(request: ApiRequest, code: str, version: int) -> HttpResponse:
    """The document as it was."""
    transcript = transcript_to_read(request.auth, code)
    version = checked(transcript, version)
    etag = weak_tag(code, version, "document")
    same = unchanged(request, etag)
    if same is not None:
        return same
    document = document_at(transcript, version).to_json()
    return answer_json({"version": version, "schema": SCHEMA_VERSION, "doc": document}, etag)


@router.get("/transcripts/{code}/compare", response={200: ComparisonOut, 404: Error})
def read_comparison(
    request: ApiRequest,
    code: str,
    a: Version,
    b: Version | None = None,
    everything: bool = False,
    cursor: Annotated[int, Field(ge=0, lt=2**31)] = 0,
) -> dict[str, Any]:
    """Version ``a`` beside ``b`` (without it the present one): rows that differ, or every row."""
    found = compare(transcript_to_read(request.auth, code), a, b, everything=everything)
    rows = found.rows[cursor : cursor + PAGE_ROWS]
    behind = cursor + PAGE_ROWS
    return {
        "a": found.left_version,
        "b": found.right_version,
        "changed": found.changed,
        "voices": found.voices,
        "rows": [describe_row(row) for row in rows],
        "next_cursor": behind if behind < len(found.rows) else None,
    }


def version_to_change(request: ApiRequest, code: str, pk: int) -> Revision:
    transcript = transcript_to_edit(request.auth, code)
    rows = Revision.objects.filter(transcript=transcript, removed_at=None).select_related("author")
    point = rows.filter(pk=pk).first()
    if point is None:
        raise Http404
    return point


def describe_change(entry: Entry) -> dict[str, Any]:
    change = entry.change
    return {
        "from_version": change.from_version,
        "to_version": change.to_version,
        "kind": change.kind,
        "title": entry.title,
        "person": describe_person(entry.who),
        "began_at": change.began_at,
        "ended_at": change.ended_at,
        "segments": list(change.keys),
    }


def describe_person(user: User | None) -> dict[str, Any] | None:
    return {"id": user.pk, "name": user.display_name} if user else None


def describe_version(point: Revision) -> dict[str, Any]:
    return {
        "id": point.pk,
        "version": point.version,
        "name": point.name,
        "author": describe_person(point.author),
        "automatic": point.is_automatic,
        "created_at": point.created_at,
    }


def describe_row(row: Row) -> dict[str, Any]:
    def sides(passages: list[DocSegment]) -> list[dict[str, Any]]:
        return [asdict(passage) for passage in passages]

    return {"state": row.state, "left": sides(row.left), "right": sides(row.right)}
