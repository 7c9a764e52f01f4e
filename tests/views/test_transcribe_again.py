"""Transcribing a recording once more."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client

from tests.written import write_text
from transcripts.actions.edit.read import document_of, version_of
from transcripts.actions.options import offered_models
from transcripts.actions.put_back import NEW_TEXT
from transcripts.document.content import DocSegment, segments_of
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


def test_model_language_vocabulary_and_number_of_speakers_are_honoured(
    client_of: SignIn, owner: User, transcript: Transcript
) -> None:
    model = offered_models()[0]
    choices = {"model": model.id, "language": "en", "speaker_count": "3", "diarize": "on"}
    if model.bias != "none":
        choices["context_bias"] = "Okafor\nMensah"
    assert client_of(owner).post(f"/t/{transcript.code}/again", choices).status_code == 302
    options = Job.objects.get().options
    assert (options["model"], options["language"], options["speaker_count"]) == (model.id, "en", 3)
    assert options["context_bias"] == (["Okafor", "Mensah"] if model.bias != "none" else [])


def test_the_old_text_is_put_back_once(
    client_of: SignIn, editor: User, viewer: User, transcript: Transcript
) -> None:
    version = version_of(transcript)
    before = segments_of(document_of(transcript)[1])
    write_text(transcript, [DocSegment("new", "", 0, 900, "Another text")])
    notice = {"code": NEW_TEXT, "message": "This is the new transcription.", "version": str(version)}
    job = Job.objects.create(transcript=transcript, state=Job.State.DONE, notices=[notice])
    address = f"/t/{transcript.code}/jobs/{job.pk}/put-back"
    assert "Put the old text back" in client_of(editor).get(f"/t/{transcript.code}").content.decode()
    assert "Put the old text back" not in client_of(viewer).get(f"/t/{transcript.code}").content.decode()
    assert client_of(viewer).post(address).status_code == 403
    assert client_of(editor).get(address).status_code == 405
    assert client_of(editor).post(address).status_code == 302
    assert segments_of(document_of(transcript)[1]) == before
    assert client_of(editor).post(address).status_code == 400
    assert "Put the old text back" not in client_of(editor).get(f"/t/{transcript.code}").content.decode()
