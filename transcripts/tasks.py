"""Celery: claim what is due, call one action, apply the retry rule."""

from __future__ import annotations

import logging
import time

from celery import shared_task
from django.conf import settings
from django.db import close_old_connections

from .actions.clean_up import remove_leftovers
from .actions.doorbell import ring
from .actions.due_work import claim_next, count_due
from .actions.failure import MAX_ATTEMPTS, UnexpectedError, WorkerLostError, settle_failure
from .actions.finish_job import finish_job, settle_job_failure
from .actions.ingest_recording import ingest_recording
from .actions.jobs import close_finished_parts
from .actions.live.takes import end_abandoned_takes
from .actions.transcribe_part import transcribe_part
from .actions.worker_stop import is_stopping
from .errors import VoxwebError
from .models import Job, JobPart, LeaseLostError

logger = logging.getLogger(__name__)

SLICE_SECONDS = 600.0
"""A task hands over to a fresh one after this long, well inside the broker's visibility timeout."""


@shared_task
def work() -> None:
    """Do what is due, one row after the other, until nothing is left."""
    started = time.monotonic()
    while not is_stopping():
        close_old_connections()
        row = claim_next()
        if row is None:
            return
        do(row)
        if time.monotonic() - started > SLICE_SECONDS:
            ring()
            return


def do(row: Job | JobPart) -> None:
    """Run the stage that this claimed row is in; whatever happens, it ends in a state a person can read."""
    try:
        if row.attempt > MAX_ATTEMPTS:
            raise WorkerLostError
        run_stage(row)
    except LeaseLostError:
        logger.info("%s was cancelled or went to another worker", row)
    except VoxwebError as error:
        settle(row, error)
    except Exception:
        logger.exception("unexpected failure in %s", row)
        settle(row, UnexpectedError())
    close_finished_parts()


def run_stage(row: Job | JobPart) -> None:
    if isinstance(row, JobPart):
        transcribe_part(row)
    elif row.stage == Job.Stage.INGEST:
        ingest_recording(row)
    else:
        finish_job(row)


def settle(row: Job | JobPart, error: VoxwebError) -> None:
    try:
        if isinstance(row, Job):
            settle_job_failure(row, error)
        else:
            settle_failure(row, error)
    except LeaseLostError:
        logger.info("%s was cancelled or went to another worker", row)


@shared_task
def ring_due_jobs() -> None:
    """Wake idle slots for whatever is due: lost messages, retries whose time has come, dead workers."""
    for _ in range(min(count_due(), settings.WORKER_SLOTS)):
        ring()


@shared_task
def end_takes() -> None:
    """Finish recordings whose recorder has not come back for VOXWEB_TAKE_IDLE_MINUTES."""
    end_abandoned_takes()


@shared_task
def clean_up() -> None:
    """Delete what nobody can reach any more: old uploads and trash past its time."""
    remove_leftovers()
