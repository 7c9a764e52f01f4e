"""Changes from the transcript page as plain forms, without a script."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from transcripts.models import Job, Membership, Transcript, User

SignIn = Callable[[User], Client]
NOT_MINE = 404
NOT_ALLOWED = 403


def speaker_path(transcript: Transcript) -> str:
    return f"/t/{transcript.code}/speakers/{transcript.speakers.all()[0].pk}"


def job_of(transcript: Transcript, state: str) -> Job:
    return Job.objects.create(transcript=transcript, state=state, options={"model": "voxweb-engine"})


def test_it_works(client_of: SignIn, editor: User, transcript: Transcript) -> None:
    answer = client_of(editor).post(speaker_path(transcript), {"name": " Amara Okafor "})
    assert answer.status_code == 302
    assert answer["Location"] == f"/t/{transcript.code}"
    assert transcript.speakers.all()[0].name == "Amara Okafor"


@pytest.mark.parametrize(
    ("path", "needs_owner"),
    [("speakers/{speaker}", False), ("jobs/{job}/cancel", False), ("jobs/{job}/retry", False),
     ("people", True), ("people/{member}", True)],
)  # fmt: skip
def test_rights(
    client_of: SignIn, editor: User, viewer: User, stranger: User, transcript: Transcript,
    path: str, needs_owner: bool,
) -> None:  # fmt: skip
    ids = {
        "speaker": transcript.speakers.all()[0].pk,
        "job": job_of(transcript, Job.State.QUEUED).pk,
        "member": transcript.memberships.all()[0].pk,
    }
    url = f"/t/{transcript.code}/{path.format(**ids)}"
    assert Client().post(url)["Location"].startswith("/accounts/login/")
    assert client_of(stranger).post(url).status_code == NOT_MINE
    assert client_of(viewer).post(url).status_code == NOT_ALLOWED
    assert (client_of(editor).post(url).status_code == NOT_ALLOWED) == needs_owner
    assert client_of(editor).get(url).status_code == 405


def test_a_speaker_of_another_transcript_is_not_found(
    client_of: SignIn, owner: User, transcript: Transcript
) -> None:
    other = Transcript.objects.create(title="Other", owner=owner)
    path = f"/t/{other.code}/speakers/{transcript.speakers.all()[0].pk}"
    assert client_of(owner).post(path, {"name": "x"}).status_code == NOT_MINE


def test_add_change_and_remove_a_person(
    client_of: SignIn, owner: User, stranger: User, transcript: Transcript
) -> None:
    client = client_of(owner)
    people = f"/t/{transcript.code}/people"
    client.post(people, {"email": "STEN@example.org", "role": "viewer"})
    member = Membership.objects.get(transcript=transcript, user=stranger)
    client.post(f"{people}/{member.pk}", {"role": "editor"})
    member.refresh_from_db()
    assert member.role == "editor"
    client.post(f"{people}/{member.pk}", {"role": "editor", "remove": "1"})
    assert not Membership.objects.filter(pk=member.pk).exists()
    assert client_of(stranger).get(f"/t/{transcript.code}").status_code == NOT_MINE


def test_an_unknown_person_is_explained(client_of: SignIn, owner: User, transcript: Transcript) -> None:
    people = f"/t/{transcript.code}/people"
    answer = client_of(owner).post(people, {"email": "nobody@example.org", "role": "viewer"})
    assert answer.status_code == 400
    assert "Nobody has an account" in answer.content.decode()


def test_cancel_and_retry(client_of: SignIn, editor: User, transcript: Transcript) -> None:
    job = job_of(transcript, Job.State.QUEUED)
    client = client_of(editor)
    client.post(f"/t/{transcript.code}/jobs/{job.pk}/cancel")
    job.refresh_from_db()
    assert job.state == Job.State.CANCELLED
    client.post(f"/t/{transcript.code}/jobs/{job.pk}/retry")
    job.refresh_from_db()
    assert job.state == Job.State.QUEUED


def test_what_has_ended_cannot_be_cancelled(client_of: SignIn, owner: User, transcript: Transcript) -> None:
    job = job_of(transcript, Job.State.DONE)
    answer = client_of(owner).post(f"/t/{transcript.code}/jobs/{job.pk}/cancel")
    assert answer.status_code == 400


def test_a_job_of_another_transcript_is_not_found(
    client_of: SignIn, owner: User, transcript: Transcript
) -> None:
    other = Transcript.objects.create(title="Other", owner=owner)
    job = job_of(other, Job.State.QUEUED)
    answer = client_of(owner).post(f"/t/{transcript.code}/jobs/{job.pk}/cancel")
    assert answer.status_code == NOT_MINE
