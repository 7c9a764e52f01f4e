"""From an uploaded file to chunks that wait, and what becomes of files that cannot be read."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from django.conf import LazySettings

from tests.written import write_text
from transcripts import conf
from transcripts.actions.due_work import claim_next
from transcripts.actions.jobs import start_job
from transcripts.models import Job, Transcript
from transcripts.tasks import do

pytestmark = pytest.mark.django_db(transaction=True)
CHOICES = {"model": "voxweb-engine", "diarize": True}


def ingest(transcript: Transcript) -> Job:
    job = start_job(transcript, CHOICES)
    claimed = claim_next()
    assert claimed == job
    assert claimed is not None
    do(claimed)
    job.refresh_from_db()
    transcript.refresh_from_db()
    transcript.recording.refresh_from_db()
    return job


def original(transcript: Transcript) -> Path:
    return conf.media_path(transcript.recording.original_file)


def test_it_works(transcript: Transcript) -> None:
    job = ingest(transcript)
    assert (job.state, job.stage, job.total_ms) == (Job.State.PARTS, Job.Stage.PARTS, 7000)
    part = job.parts.get()
    assert (part.index, part.start_ms, part.end_ms) == (0, 0, 7000)
    assert conf.media_path(part.file).stat().st_size > 1000
    recording = transcript.recording
    assert (recording.duration_ms, recording.sample_rate, recording.channels) == (7000, 16_000, 1)
    assert (
        conf.media_path(recording.peaks_file).exists() and conf.media_path(recording.peaks_fine_file).exists()
    )
    assert recording.playback_file == recording.original_file, "browsers can seek a WAV"
    assert transcript.state == Transcript.State.RUNNING


def test_a_long_file_is_split_without_gaps(transcript: Transcript, settings: LazySettings) -> None:
    settings.CHUNK_SECONDS = 20
    from_tone = original(transcript)
    header, samples = from_tone.read_bytes()[:44], from_tone.read_bytes()[44:] * 7
    sizes = (len(samples) + 36).to_bytes(4, "little"), len(samples).to_bytes(4, "little")
    from_tone.write_bytes(header[:4] + sizes[0] + header[8:40] + sizes[1] + samples)
    job = ingest(transcript)
    edges = [(part.start_ms, part.end_ms) for part in job.parts.all()]
    assert len(edges) >= 3
    assert edges[0][0] == 0 and edges[-1][1] == 49_000
    assert all(left[1] == right[0] for left, right in itertools.pairwise(edges))


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_file"),
        (b"These are my shopping notes.\n" * 40, "not_media"),
        (b"ffconcat version 1.0\nfile 'other.wav'\n", "playlist_refused"),
        (b"#EXTM3U\n#EXTINF:9,\nother.ts\n", "playlist_refused"),
    ],
)
def test_rubbish_fails_with_a_reason_and_keeps_the_file(
    transcript: Transcript, content: bytes, code: str
) -> None:
    write_text(transcript, [])
    original(transcript).write_bytes(content)
    job = ingest(transcript)
    assert (job.state, job.error_code) == (Job.State.FAILED, code)
    assert transcript.state == Transcript.State.FAILED
    assert original(transcript).read_bytes() == content
    assert claim_next() is None, "no job is left hanging"


def test_a_failed_new_pass_keeps_the_text_that_was_there(transcript: Transcript) -> None:
    original(transcript).write_bytes(b"")
    ingest(transcript)
    assert transcript.state == Transcript.State.READY
    assert transcript.segments.count() == 3


def test_a_missing_file_is_told(transcript: Transcript) -> None:
    original(transcript).unlink()
    assert ingest(transcript).error_code == "source_missing"
