"""Transcribing a recording once more."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client

from transcripts.models import Job, Transcript, User

SignIn = Callable[[User], Client]


def test_it_works(client_of: SignIn, editor: User, transcript: Transcript) -> None:
    client = client_of(editor)
    url = f"/t/{transcript.code}/again"
    assert "Tell speakers apart" in client.get(url).content.decode()
    answer = client.post(url, {"model": "voxweb-engine", "diarize": "on", "speaker_count": "2"})
    assert answer["Location"] == f"/t/{transcript.code}"
    job = Job.objects.get(transcript=transcript)
    assert (job.options["speaker_count"], job.options["diarize"]) == (2, True)
    assert transcript.segments.count() == 3, "the text stays until the new one is complete"


def test_a_viewer_may_not(client_of: SignIn, viewer: User, transcript: Transcript) -> None:
    assert client_of(viewer).post(f"/t/{transcript.code}/again").status_code == 403
    assert not Job.objects.exists()


def test_a_wrong_option_keeps_what_was_typed(client_of: SignIn, owner: User, transcript: Transcript) -> None:
    answer = client_of(owner).post(f"/t/{transcript.code}/again", {"speaker_count": "99"})
    assert answer.status_code == 400
    page = answer.content.decode()
    assert "must be a whole number" in page
    assert 'value="99"' in page
    assert not Job.objects.exists()


def test_an_unticked_box_means_no(client_of: SignIn, owner: User, transcript: Transcript) -> None:
    client_of(owner).post(f"/t/{transcript.code}/again", {"model": "voxweb-engine"})
    assert Job.objects.get(transcript=transcript).options["diarize"] is False


def test_the_last_choices_are_offered(client_of: SignIn, owner: User, transcript: Transcript) -> None:
    options = {"model": "voxweb-engine", "diarize": True, "speaker_count": 3, "context_bias": ["Okafor"]}
    Job.objects.create(transcript=transcript, state=Job.State.DONE, options=options)
    page = client_of(owner).get(f"/t/{transcript.code}/again").content.decode()
    assert 'value="3"' in page
    assert "Okafor</textarea>" in page


def test_one_at_a_time(client_of: SignIn, owner: User, transcript: Transcript) -> None:
    Job.objects.create(transcript=transcript, state=Job.State.QUEUED, options={"model": "voxweb-engine"})
    answer = client_of(owner).post(f"/t/{transcript.code}/again", {"model": "voxweb-engine"})
    assert answer.status_code == 400
    assert Job.objects.filter(transcript=transcript).count() == 1
