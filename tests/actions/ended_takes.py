"""An ended take with files of a test's own, and a worker for its first stage."""

from __future__ import annotations

from tests.audio.recordings import tone, write_media
from transcripts import conf
from transcripts.actions.due_work import claim_next
from transcripts.actions.jobs import start_job
from transcripts.actions.take_files import copy_path, raw_path
from transcripts.audio.pcm import Pcm
from transcripts.models import Job, Recording, Take, Transcript, User
from transcripts.tasks import do

CHOICES = {"model": "voxweb-engine", "diarize": True}


def ended_take(owner: User) -> Take:
    """An ended take whose files a test puts there."""
    transcript = Transcript.objects.create(
        title="Harbour / talk", owner=owner, state=Transcript.State.RECORDING, origin=Transcript.Origin.LIVE
    )
    Recording.objects.create(transcript=transcript, original_name="Harbour.flac")
    conf.transcript_folder(transcript.code).mkdir()
    return Take.objects.create(transcript=transcript, client_key="1:abcdefgh", state=Take.State.ENDED)


def record(take: Take, pcm: Pcm) -> None:
    raw_path(take.transcript.code).write_bytes(pcm.tobytes())


def send_copy(take: Take, seconds: float) -> None:
    path = write_media(
        copy_path(take.transcript.code).with_name("made.webm"), tone(seconds, 48_000), "libopus", rate=48_000
    )
    path.replace(copy_path(take.transcript.code))


def finish(take: Take) -> Job:
    """Run the ingest stage of a new job, as a worker would."""
    job = start_job(take.transcript, CHOICES)
    return run(job)


def run(job: Job) -> Job:
    Job.objects.filter(pk=job.pk).update(next_try_at=None)
    claimed = claim_next()
    assert claimed == job and claimed is not None
    do(claimed)
    job.refresh_from_db()
    return job


def recording_of(take: Take) -> Recording:
    return Recording.objects.select_related("transcript").get(transcript=take.transcript)


def files_of(take: Take) -> set[str]:
    return {path.name for path in conf.transcript_folder(take.transcript.code).iterdir() if path.is_file()}
