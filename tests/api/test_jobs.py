"""Jobs over REST."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client

from transcripts.api.schemas import JobOut
from transcripts.models import Job, Transcript, User

ApiOf = Callable[[User], Client]


def test_it_works(api_of: ApiOf, owner: User, transcript: Transcript) -> None:
    job = Job.objects.create(transcript=transcript, state=Job.State.RUNNING, done_ms=250, total_ms=1000)
    client, url = api_of(owner), f"/api/v1/jobs/{job.pk}"
    body = client.get(url).json()
    JobOut.model_validate(body)
    assert (body["state"], body["percent"], body["can_cancel"]) == ("running", 25, True)
    assert client.post(url + "/cancel").json()["state"] == "cancelled"
    assert client.post(url + "/retry").json()["state"] == "queued"


def test_what_cannot_be_done_now_is_409(api_of: ApiOf, owner: User, transcript: Transcript) -> None:
    job = Job.objects.create(transcript=transcript, state=Job.State.DONE)
    client, url = api_of(owner), f"/api/v1/jobs/{job.pk}"
    cancel, retry = client.post(url + "/cancel"), client.post(url + "/retry")
    assert (cancel.status_code, cancel.json()["error"]["code"]) == (409, "job_not_open")
    assert (retry.status_code, retry.json()["error"]["code"]) == (409, "job_not_retryable")


def test_a_job_that_does_not_exist_is_404(api_of: ApiOf, owner: User) -> None:
    client = api_of(owner)
    assert client.get("/api/v1/jobs/999999").status_code == 404
    assert client.get("/api/v1/jobs/99999999999999999999999").status_code == 404
    assert client.get("/api/v1/jobs/x").status_code == 404
