"""A transcription job and its parts."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils import timezone

from .leased import Leased
from .transcript import Transcript


class Job(Leased):
    """One pass over a recording: ingest, then the parts in parallel, then finish.

    ``options`` are the person's choices (model, language, diarize, speaker_count, context_bias,
    temperature). ``done_ms`` of ``total_ms`` is progress in audio time of the current stage.
    ``usage`` holds audio_seconds, tokens and cost_usd, ``notices`` what the service or we changed.
    While the parts run the state is PARTS and nobody holds the job itself.
    """

    class Stage(models.TextChoices):
        INGEST = "ingest", "Reading the file"
        PARTS = "parts", "Transcribing"
        FINISH = "finish", "Putting it together"

    transcript = models.ForeignKey(Transcript, on_delete=models.CASCADE, related_name="jobs")
    stage = models.CharField(max_length=8, choices=Stage.choices, default=Stage.INGEST)
    options: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    done_ms = models.BigIntegerField(default=0)
    total_ms = models.BigIntegerField(default=0)
    notices: models.JSONField[list[dict[str, str]], list[dict[str, str]]] = models.JSONField(default=list)
    usage: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager[Job]] = models.Manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["state", "next_try_at"], name="job_due")]

    def __str__(self) -> str:
        return f"{self.transcript} ({self.state})"

    @property
    def is_open(self) -> bool:
        return self.state in {self.State.QUEUED, self.State.RUNNING, self.State.PARTS}


class JobPart(Leased):
    """A chunk of the recording and its checkpoint.

    ``start_ms``/``end_ms`` place the chunk in the recording; ``file`` is its FLAC, relative to the media
    folder. ``partial`` is what a running stream has given so far, ``result`` the finished answer (times
    local to the chunk), ``calls`` how often the speech service was asked.
    """

    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="parts")
    index = models.PositiveIntegerField()
    start_ms = models.BigIntegerField()
    end_ms = models.BigIntegerField()
    file = models.CharField(max_length=255)
    partial: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    result: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    calls = models.PositiveIntegerField(default=0)
    request_id = models.CharField(max_length=120, blank=True)

    objects: ClassVar[models.Manager[JobPart]] = models.Manager()

    class Meta:
        ordering = ["job", "index"]
        indexes = [models.Index(fields=["state", "next_try_at"], name="job_part_due")]
        constraints = [models.UniqueConstraint(fields=["job", "index"], name="job_part_once")]

    def __str__(self) -> str:
        return f"part {self.index} of job {self.job_id}"
