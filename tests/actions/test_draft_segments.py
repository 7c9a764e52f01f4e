"""A service's answer becomes drafts, with what may be wrong in them."""

from __future__ import annotations

import pytest

from transcripts.actions.draft_segments import draft_segments
from transcripts.models import Job, JobPart, Transcript
from transcripts.speech.wire import SpeechSegment, Transcription, Word

pytestmark = pytest.mark.django_db


def answer(*texts: str, scores: tuple[float | None, ...] = ()) -> Transcription:
    """A second for every text, its words spread over it."""
    segments = []
    for number, text in enumerate(texts):
        tokens = text.split()
        step = 1000 // len(tokens)
        words = tuple(
            Word(number * 1000 + n * step, number * 1000 + (n + 1) * step, token, (*scores, *[None] * 99)[n])
            for n, token in enumerate(tokens)
        )
        segments.append(SpeechSegment(text, number * 1000, number * 1000 + 1000, words=words))
    return Transcription("voxweb-engine", " ".join(texts), "en", tuple(segments))


def part_of(transcript: Transcript, start_ms: int = 0) -> JobPart:
    job = Job.objects.create(transcript=transcript)
    return JobPart.objects.create(
        job=job, index=0, start_ms=start_ms, end_ms=start_ms + 10_000, file="unread.flac"
    )


def test_it_works(transcript: Transcript) -> None:
    part = part_of(transcript, start_ms=60_000)
    [draft] = draft_segments(answer("We walked home", scores=(1.0, 0.01, 0.9)), part, part.job)
    assert [word.text for word in draft.words] == ["We", "walked", "home"]
    assert [tuple(doubt) for doubt in draft.doubts] == [(60_333, 60_666, "unsure")]


def test_without_scores_only_what_nobody_says_is_doubtful(transcript: Transcript) -> None:
    part = part_of(transcript)
    drafts = draft_segments(answer("We walked home", *["Thanks for watching"] * 3), part, part.job)
    assert [len(draft.doubts) for draft in drafts] == [0, 0, 3, 3]
    assert {doubt[2] for draft in drafts for doubt in draft.doubts} == {"repeated"}
