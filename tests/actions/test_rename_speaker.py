"""A name for a voice."""

from __future__ import annotations

import pytest

from transcripts.actions.rename_speaker import rename_speaker
from transcripts.models import Transcript


def test_it_works(transcript: Transcript) -> None:
    speaker = transcript.speakers.all()[1]
    rename_speaker(speaker, "Grace Hopper")
    transcript.refresh_from_db()
    assert transcript.speakers.all()[1].display_name == "Grace Hopper"
    assert transcript.segments.get(order=1).speaker == speaker
    assert transcript.version == 4


@pytest.mark.parametrize(
    ("given", "shown"),
    [("", "Speaker 2"), (" \u202e\n", "Speaker 2"), ("a\x00b\u2028c", "a b c"), ("x" * 300, "x" * 120)],
)
def test_names_are_cleaned(transcript: Transcript, given: str, shown: str) -> None:
    speaker = transcript.speakers.all()[1]
    rename_speaker(speaker, given)
    assert speaker.display_name == shown
