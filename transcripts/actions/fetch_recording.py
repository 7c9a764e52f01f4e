"""Take a recording from an address on the web: a transcript now, the file as the first step of its job."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import transaction

from .. import conf
from ..fetch.download import FetchedFile, download
from ..fetch.growing_file import full_disk_told
from ..fetch.web_address import host_of, web_address
from ..models import Job, Recording, Transcript, User
from ..models.codes import random_code
from .fetched_name import first_name, first_title, media_extension, name_with
from .jobs import start_job
from .lease import Lease
from .receive_recording import Outcome
from .recording_options import read_recording_options
from .upload_folder import settle
from .worker_stop import is_stopping

logger = logging.getLogger(__name__)

PROGRESS_SECONDS = 1.0
UNFINISHED = "fetch-*.part"


def receive_url(user: User, url: str, options: Mapping[str, Any]) -> Outcome:
    """Queue the transcription of what lies at ``url``, which is asked for by the job and not now.

    Raises UrlInvalidError and the errors of the options.
    """
    read = read_recording_options(options)
    address = web_address(url)
    with transaction.atomic():
        transcript = Transcript.objects.create(
            title=read["title"] or first_title(address), owner=user, origin=Transcript.Origin.URL
        )
        Recording.objects.create(transcript=transcript, original_name=first_name(address), source_url=url)
        start_job(transcript, read["choices"])
    return Outcome(transcript, duplicate=False)


def fetch_if_missing(job: Job, recording: Recording, lease: Lease) -> None:
    """Bring the file of a claimed job here, unless it is here or came another way.

    Until the file is complete it has a name of its own, so a worker that dies leaves nothing half done.
    Raises the errors of ``transcripts.fetch`` and LeaseLostError; the unfinished file is removed then.
    """
    if recording.original_file or not recording.source_url:
        return
    with _unfinished_file(job) as path:
        fetched = download(
            recording.source_url,
            path,
            limits=conf.fetch_limits(),
            network=conf.fetch_network(),
            on_progress=_Progress(job),
            should_stop=lambda: lease.lost() or is_stopping(),
        )
        _keep(job, recording, path, fetched)
    logger.info("fetched %d bytes from %s", fetched.size_bytes, host_of(fetched.url))


@contextmanager
def _unfinished_file(job: Job) -> Iterator[Path]:
    """A fresh name beside the file's last place; what workers left that died there is removed."""
    folder = conf.transcript_folder(job.transcript.code)
    with full_disk_told():
        folder.mkdir(parents=True, exist_ok=True)
    for left in folder.glob(UNFINISHED):
        left.unlink(missing_ok=True)
    path = folder / UNFINISHED.replace("*", random_code())
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)


def _keep(job: Job, recording: Recording, path: Path, fetched: FetchedFile) -> None:
    """Checkpoint, under the fence: the claim stays locked while the file moves to its last name."""
    extension = media_extension(fetched.url, fetched.media_type)
    recording.original_file = f"{job.transcript.code}/original{extension}"
    recording.original_name = name_with(extension, recording.original_name)
    recording.original_bytes, recording.sha256 = fetched.size_bytes, fetched.sha256
    target = conf.media_path(recording.original_file)
    with transaction.atomic():
        job.write(usage={})
        path.replace(target)
        settle(target.parent)
        recording.save(update_fields=["original_file", "original_name", "original_bytes", "sha256"])


class _Progress:
    """Write how many bytes are here to the job, at most once a second."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.written_at = 0.0

    def __call__(self, done_bytes: int, total_bytes: int | None) -> None:
        now = time.monotonic()
        if now - self.written_at >= PROGRESS_SECONDS:
            self.written_at = now
            self.job.write(usage={"fetched_bytes": done_bytes, "total_bytes": total_bytes})
