"""What goes in and out, as OpenAPI shows it. Times are integer milliseconds of media time."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from ninja import Field, Schema
from pydantic import ConfigDict

State = Literal["queued", "running", "ready", "failed", "recording"]
Role = Literal["owner", "editor", "viewer"]
Word = tuple[int, int, str]
"""start_ms, end_ms, text"""


class ErrorBody(Schema):
    code: str = Field(description="Stable, for programs.")
    message: str = Field(description="A sentence for people: what happened and what to do.")
    detail: dict[str, Any]


class Error(Schema):
    error: ErrorBody


class Strict(Schema):
    """Input: a misspelt field is refused instead of being ignored."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class Reason(Schema):
    code: str
    message: str


class JobOut(Schema):
    id: int
    state: Literal["queued", "running", "parts", "done", "failed", "cancelled"]
    stage: Literal["ingest", "parts", "finish"]
    stage_label: str
    done_ms: int = Field(description="Audio done in the current stage.")
    total_ms: int
    percent: int
    error: Reason | None
    next_try_at: datetime | None
    notices: list[dict[str, Any]]
    usage: dict[str, Any]
    can_cancel: bool
    can_retry: bool


class PartialText(Schema):
    part: int
    start_ms: int
    text: str


class Progress(Schema):
    version: int
    state: State
    job: JobOut | None
    partial: list[PartialText] = Field(description="Text that is arriving from parts still running.")


class PausesOut(Schema):
    pauses: list[tuple[int, int]] = Field(description="start_ms and end_ms of each.")


class TranscriptSummary(Schema):
    code: str
    title: str
    state: State
    origin: Literal["upload", "url", "live", "import"]
    language: str
    duration_ms: int | None
    version: int
    role: Role = Field(description="What the asking person is here.")
    owner: str
    created_at: datetime
    updated_at: datetime
    trashed_at: datetime | None


class TranscriptPage(Schema):
    transcripts: list[TranscriptSummary]
    next_cursor: str | None


class SpeakerOut(Schema):
    id: int
    label: str = Field(description="What the machine called the voice.")
    name: str = Field(description="What people call the person; empty until somebody gives a name.")
    display_name: str
    colour: int = Field(description="Number of the hue, 1 to 8.")


class OtherReadingOut(Schema):
    """What a later machine pass heard in the place of words that somebody had changed."""

    id: int
    start_ms: int
    end_ms: int
    text: str
    mine: str = Field(description="The words of the segment that it was heard in place of.")
    offset: int = Field(description="Where they stood, in UTF-16 units from its start.")


class SegmentOut(Schema):
    id: str
    rev: int
    start_ms: int
    end_ms: int
    speaker: int | None
    text: str
    timing_method: Literal["api", "acoustic", "interpolated"]
    edited: bool = Field(description="Whether a person changed it; new transcriptions keep that.")
    held: bool = Field(description="Whether its times were set by hand; they are kept then.")
    other_readings: list[OtherReadingOut]
    words: list[Word] | None = Field(
        default=None, description="Only with ?words=1: [start_ms, end_ms, text]."
    )


class ReadingChoice(Strict):
    action: Literal["use", "both", "hide", "show"] = Field(
        description="Swap it with the words, put it behind them, hide it, or show it again."
    )


class MarkOut(Schema):
    """A moment somebody marked."""

    key: str
    at_ms: int
    note: str
    author: str
    created_at: datetime


class MarkIn(Strict):
    at_ms: int = Field(ge=0, strict=True)
    note: str = ""
    key: str | None = Field(
        default=None, description="Made by whoever sets the mark: sent twice, it is one mark."
    )


class MarkChange(Strict):
    note: str


class RecordingOut(Schema):
    original_name: str
    original_bytes: int
    source_url: str = Field(description="Where it was fetched from, without the query of the address.")
    sha256: str
    has_video: bool
    playback_type: str
    playable: bool
    container: str
    audio_codec: str
    sample_rate: int | None
    channels: int | None
    unreadable: Reason | None = Field(description="Set where only a part of the file could be read.")


class TranscriptDetail(TranscriptSummary):
    speakers: list[SpeakerOut]
    segments: list[SegmentOut]
    marks: list[MarkOut]
    recording: RecordingOut | None
    job: JobOut | None


class TranscriptChange(Strict):
    title: str = Field(min_length=1, max_length=300)


class WordTables(Schema):
    segments: dict[str, list[tuple[int, int, str]]] = Field(
        description="Per segment id: [dt_ms, duration_ms, text]; dt runs from the start of the segment "
        "for its first word, then from the start of the word before."
    )
    starts: dict[str, int] = Field(description="Per segment id: its start, in milliseconds.")


class MemberIn(Strict):
    email: str = Field(min_length=3, max_length=254)
    role: Literal["viewer", "editor"] = "viewer"


class MemberChange(Strict):
    role: Literal["viewer", "editor"]


class MemberOut(Schema):
    id: int
    email: str
    name: str
    role: Literal["viewer", "editor"]
    added_at: datetime


class RecordingIn(Strict):
    upload: str | None = Field(default=None, description="Code of a complete upload.")
    url: str | None = Field(
        default=None,
        description="http(s) address of an audio or video file, without user name and password, at most "
        "2083 characters. The job fetches it; whether that works shows in the job's state.",
    )
    title: str = Field(default="", max_length=300)
    force: bool = Field(default=False, description="Transcribe even if the same file is here already.")
    model: str | None = None
    language: str | None = None
    diarize: bool | None = None
    speaker_count: int | None = None
    context_bias: str | list[str] | None = Field(
        default=None, description="Names and terms; a list, or text separated by commas or new lines."
    )
    temperature: float | None = None


class TakeOut(Schema):
    """A recording that is being made, or that its recorder has not come back to yet."""

    recording: str = Field(description="Code of the transcript.")
    token: str = Field(description="With it, /ws/live goes on with the recording.")
    id: str = Field(description="What its recorder called it.")
    title: str
    offset: int = Field(description="Bytes that are here: s16le, 16 kHz, mono.")
    started_at: datetime
    seen_at: datetime
    connected: bool = Field(description="Whether something records into it right now.")
    url: str


class CopyOut(Schema):
    bytes: int = Field(description="How much of the copy is here.")
