"""Transcription jobs: look, cancel, try again."""

from __future__ import annotations

from typing import Any

from ninja import Router

from ..access import job_to_edit, job_to_read
from ..actions.jobs import cancel_job, retry_job
from ..actions.progress import describe_job
from .request import ApiRequest
from .schemas import Error, JobOut

router = Router(tags=["jobs"])


@router.get("/jobs/{int:id}", response={200: JobOut, 404: Error})
def read_job(request: ApiRequest, id: int) -> dict[str, Any]:
    return describe_job(job_to_read(request.auth, id))


@router.post("/jobs/{int:id}/cancel", response={200: JobOut, 403: Error, 404: Error, 409: Error})
def cancel(request: ApiRequest, id: int) -> dict[str, Any]:
    """Stop it; the recording and the text so far are kept."""
    job = job_to_edit(request.auth, id)
    cancel_job(job)
    return describe_job(job)


@router.post("/jobs/{int:id}/retry", response={200: JobOut, 403: Error, 404: Error, 409: Error})
def retry(request: ApiRequest, id: int) -> dict[str, Any]:
    """Try again what failed; finished parts are not repeated."""
    job = job_to_edit(request.auth, id)
    retry_job(job)
    return describe_job(job)
