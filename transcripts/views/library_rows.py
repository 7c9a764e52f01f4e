"""One page of a list of transcripts, read in a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any

from django.db.models import Prefetch, Q
from django.urls import reverse

from ..actions.jobs import ENDED_BADLY, OPEN_STATES
from ..actions.progress import describe_job
from ..models import Job, JobPart, Recording, Speaker, Transcript
from ..models.transcript import TranscriptQuerySet
from ..templatetags.clocks import length_of

ROWS_PER_PAGE = 50
NAMED_SPEAKERS = 2
LARGEST_PK = 2**63 - 1
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Row:
    """A transcript as the library shows it."""

    transcript: Transcript

    @property
    def recording(self) -> Recording | None:
        return getattr(self.transcript, "recording", None)

    @property
    def duration_ms(self) -> int | None:
        return self.recording.duration_ms if self.recording else None

    @cached_property
    def job(self) -> Job | None:
        return next(iter(self.transcript.jobs.all()), None)

    @cached_property
    def progress(self) -> dict[str, Any] | None:
        """What ``describe_job`` says of a job that is still open, else None."""
        if self.is_live or self.job is None or not self.job.is_open:
            return None
        return describe_job(self.job, list(self.job.parts.all()))

    @property
    def is_live(self) -> bool:
        """It is being recorded: jobs of an earlier end of it say nothing about now."""
        return self.transcript.state == Transcript.State.RECORDING

    @property
    def icon(self) -> str:
        if self.transcript.origin == Transcript.Origin.LIVE:
            return "mic"
        return "film" if self.recording and self.recording.has_video else "file-audio"

    @property
    def kind(self) -> str:
        return {"mic": "Live recording", "film": "Video", "file-audio": "Audio"}[self.icon]

    @property
    def chip(self) -> tuple[str, str]:
        """Tone and words of the state."""
        if self.is_live:
            return "live", "Live"
        if self.progress:
            return "busy", "Waiting" if self.progress["state"] == Job.State.QUEUED else "Transcribing"
        if self.transcript.state == Transcript.State.READY:
            return ("warn", "Partial") if self.trouble else ("ok", "Ready")
        if self.job and self.job.state == Job.State.CANCELLED:
            return "", "Stopped"
        tone = "bad" if self.transcript.state == Transcript.State.FAILED else "busy"
        return tone, self.transcript.get_state_display()

    @property
    def trouble(self) -> str:
        """Why there is no text, or not all of it."""
        if self.is_live:
            return ""
        if self.job and self.job.error_message and not self.job.is_open:
            return self.job.error_message
        return self.recording.unreadable_message if self.recording else ""

    @property
    def progress_text(self) -> str:
        """The same sentence as static/src/js/lib/progress_text.js."""
        if self.progress is None:
            return ""
        if self.progress["error"]:
            return str(self.progress["error"]["message"])
        if self.progress["state"] == Job.State.QUEUED and not self.progress["done_ms"]:
            return "Waiting for its turn"
        label, done, total = (self.progress[key] for key in ("stage_label", "done_ms", "total_ms"))
        return f"{label}: {length_of(done, total)}" if total else label

    @property
    def job_action(self) -> dict[str, str] | None:
        """Stop what runs, or try again what ended badly: form and REST address, words, icon."""
        if self.is_live:
            return None
        if self.job and self.job.is_open:
            return job_action(self.job, "cancel", "Stop transcribing", "x")
        if self.job and self.job.state in ENDED_BADLY:
            return job_action(self.job, "retry", "Try again", "rotate-ccw")
        return None

    @property
    def voices(self) -> str:
        """Speaker names: one, two, or two and a number of others."""
        names = [speaker.display_name for speaker in self.transcript.speakers.all()]
        if len(names) <= NAMED_SPEAKERS:
            return " and ".join(names)
        others = len(names) - NAMED_SPEAKERS
        return f"{', '.join(names[:NAMED_SPEAKERS])} and {others} other{'' if others == 1 else 's'}"


def job_action(job: Job, verb: str, label: str, icon: str) -> dict[str, str]:
    page = reverse(f"{verb}_job", args=[job.transcript.code, job.pk])
    return {"url": page, "api": f"/api/v1/jobs/{job.pk}/{verb}", "label": label, "icon": icon}


@dataclass(frozen=True)
class Page:
    rows: list[Row]
    next_cursor: str


def page_of(found: TranscriptQuerySet, cursor: str = "", *, newest_by: str = "created_at") -> Page:
    """Read the rows after ``cursor``, newest first; an unreadable cursor begins at the top."""
    after = read_cursor(cursor)
    if after:
        when, pk = after
        found = found.filter(Q(**{f"{newest_by}__lt": when}) | Q(**{newest_by: when, "pk__lt": pk}))
    items = list(with_details(found).order_by(f"-{newest_by}", "-pk")[: ROWS_PER_PAGE + 1])
    more = items[ROWS_PER_PAGE - 1] if len(items) > ROWS_PER_PAGE else None
    next_cursor = write_cursor(getattr(more, newest_by), more.pk) if more else ""
    return Page([Row(item) for item in items[:ROWS_PER_PAGE]], next_cursor)


def with_details(found: TranscriptQuerySet) -> TranscriptQuerySet:
    open_parts = JobPart.objects.filter(state__in=OPEN_STATES).defer("result").order_by("index")
    jobs = Job.objects.order_by("-pk").prefetch_related(Prefetch("parts", queryset=open_parts))
    return found.select_related("owner", "recording").prefetch_related(
        Prefetch("speakers", queryset=Speaker.objects.order_by("order", "pk")),
        Prefetch("jobs", queryset=jobs),
    )


def write_cursor(when: datetime, pk: int) -> str:
    return f"{(when - EPOCH) // timedelta(microseconds=1)}-{pk}"


def read_cursor(cursor: str) -> tuple[datetime, int] | None:
    try:
        microseconds, pk = (int(number) for number in cursor.split("-"))
        when = EPOCH + timedelta(microseconds=microseconds)
    except (ValueError, OverflowError):
        return None
    return (when, pk) if pk <= LARGEST_PK else None


def address(name: str, **query: str) -> str:
    """The path of a named page with those query parameters that are not empty."""
    given = {key: value for key, value in query.items() if value}
    return reverse(name, query=given) if given else reverse(name)
