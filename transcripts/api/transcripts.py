"""The library: list, read, rename, trash and restore transcripts."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.db.models import OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from ninja import Field, Router

from ..access import OWNER, role_of, transcript_to_edit, transcript_to_own, transcript_to_read
from ..actions.edit.read import version_of
from ..actions.jobs import latest_job
from ..actions.progress import describe_job, progress_of
from ..models import Membership, Segment, Transcript, User
from ..models.transcript import TranscriptQuerySet
from .cursor import cursor_after, rows_behind
from .json_answer import answer_json, unchanged, weak_tag
from .request import ApiRequest
from .schemas import (
    Error,
    Progress,
    State,
    TranscriptChange,
    TranscriptDetail,
    TranscriptPage,
    TranscriptSummary,
    WordTables,
)
from .transcript_json import (
    describe_marks,
    describe_recording,
    describe_segments,
    describe_speaker,
    describe_summary,
    word_tables,
)

router = Router(tags=["transcripts"])

PAGE_ROWS = 50
Scope = Literal["mine", "shared", "trash"]
Milliseconds = Annotated[int, Field(ge=0, lt=2**53)]


def rows_in(scope: Scope, user: User) -> TranscriptQuerySet:
    if scope == "trash":
        return Transcript.objects.owned_by(user).in_trash()
    rows = Transcript.objects.owned_by(user) if scope == "mine" else Transcript.objects.shared_with(user)
    return rows.in_library()


@router.get("/transcripts", response={200: TranscriptPage, 422: Error}, operation_id="list_transcripts")
def list_transcripts(
    request: ApiRequest,
    q: Annotated[str, Field(max_length=300, description="Words that the title contains.")] = "",
    state: State | None = None,
    scope: Scope = "mine",
    cursor: Annotated[str, Field(max_length=200, description="next_cursor of the page before.")] = "",
    limit: Annotated[int, Field(ge=1, le=200)] = PAGE_ROWS,
) -> dict[str, Any]:
    """Newest first, page by page."""
    rows = rows_in(scope, request.auth).titled(q).select_related("owner", "recording")
    rows = rows.filter(state=state) if state else rows
    rows = rows_behind(rows, cursor) if cursor else rows
    own_role = Membership.objects.filter(transcript=OuterRef("pk"), user=request.auth).values("role")[:1]
    found = list(rows.annotate(member_role=Subquery(own_role)).order_by("-created_at", "-pk")[: limit + 1])
    return {
        "transcripts": [
            describe_summary(row, getattr(row, "member_role", None) or OWNER) for row in found[:limit]
        ],
        "next_cursor": cursor_after(found[limit - 1]) if len(found) > limit else None,
    }


def answer_detail(
    request: HttpRequest, user: User, transcript: Transcript, *, words: bool = False, status: int = 200
) -> HttpResponse:
    """The whole transcript as JSON, or a 304 where the asker's copy is still right."""
    role = role_of(user, transcript) or ""
    job = latest_job(transcript)
    described_job = describe_job(job) if job else None
    state = (transcript.version, version_of(transcript), transcript.trashed_at)
    etag = weak_tag(transcript.code, *state, role, words, described_job)
    same = unchanged(request, etag) if status == 200 else None
    if same is not None:
        return same
    body = describe_summary(transcript, role) | {
        "speakers": [describe_speaker(speaker) for speaker in transcript.speakers.all()],
        "segments": describe_segments(transcript, words=words),
        "marks": describe_marks(transcript),
        "recording": describe_recording(getattr(transcript, "recording", None)),
        "job": described_job,
    }
    return answer_json(body, etag, status)


@router.get(
    "/transcripts/{code}", response={200: TranscriptDetail, 404: Error}, operation_id="read_transcript"
)
def read_transcript(request: ApiRequest, code: str, words: bool = False) -> HttpResponse:
    """Everything about one transcript; ``words=1`` adds the moment of every word."""
    return answer_detail(request, request.auth, transcript_to_read(request.auth, code), words=words)


@router.patch("/transcripts/{code}", response={200: TranscriptSummary, 403: Error, 404: Error})
def change_transcript(request: ApiRequest, code: str, change: TranscriptChange) -> dict[str, Any]:
    """Give it another title."""
    transcript_to_edit(request.auth, code).rename(change.title)
    return summary_of(request.auth, code)


@router.delete("/transcripts/{code}", response={200: TranscriptSummary, 403: Error, 404: Error})
def trash_transcript(request: ApiRequest, code: str) -> dict[str, Any]:
    """Move it to the trash; restore brings it back."""
    transcript = transcript_to_own(request.auth, code)
    if transcript.trashed_at is None:
        transcript.move_to_trash()
    return summary_of(request.auth, code)


@router.post("/transcripts/{code}/restore", response={200: TranscriptSummary, 403: Error, 404: Error})
def restore_transcript(request: ApiRequest, code: str) -> dict[str, Any]:
    """Bring it back from the trash."""
    transcript_to_own(request.auth, code).restore_from_trash()
    return summary_of(request.auth, code)


def summary_of(user: User, code: str) -> dict[str, Any]:
    transcript = transcript_to_read(user, code)
    return describe_summary(transcript, role_of(user, transcript) or "")


@router.get("/transcripts/{code}/progress", response={200: Progress, 404: Error})
def read_progress(request: ApiRequest, code: str) -> HttpResponse:
    """What a page asks for while the recording is being worked on; cheap, with ETag."""
    progress = progress_of(transcript_to_read(request.auth, code))
    etag = weak_tag(code, progress)
    return unchanged(request, etag) or answer_json(progress, etag)


@router.get("/transcripts/{code}/words", response={200: WordTables, 404: Error})
def read_words(
    request: ApiRequest, code: str, from_ms: Milliseconds = 0, to_ms: Milliseconds | None = None
) -> HttpResponse:
    """Word tables of the segments that touch the given stretch, in their compact stored form."""
    transcript = transcript_to_read(request.auth, code)
    etag = weak_tag(code, transcript.version, version_of(transcript), "words", from_ms, to_ms)
    return unchanged(request, etag) or answer_json(_words_between(transcript, from_ms, to_ms), etag)


def _words_between(transcript: Transcript, from_ms: int, to_ms: int | None) -> str:
    rows = Segment.objects.filter(transcript=transcript, end_ms__gte=from_ms)
    if to_ms is not None:
        rows = rows.filter(start_ms__lte=to_ms)
    return word_tables(rows.values_list("key", "start_ms", "words"))
