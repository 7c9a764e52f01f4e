"""A name, a colour, one more voice."""

from __future__ import annotations

import pytest

from tests.written import nth
from transcripts.actions.edit.read import document_of
from transcripts.actions.rename_speaker import add_speaker, rename_speaker
from transcripts.document.content import DocVoice, voices_of
from transcripts.models import StepBatch, Transcript, User


def test_it_works(transcript: Transcript, editor: User) -> None:
    speaker = transcript.speakers.all()[1]
    rename_speaker(speaker, "Grace Hopper", editor, hue=5)
    transcript.refresh_from_db()
    assert transcript.speakers.all()[1].display_name == "Grace Hopper"
    assert speaker.colour == 5
    assert nth(transcript, 1).speaker == speaker
    assert transcript.version == 4
    assert voices_of(document_of(transcript)[1])[1] == DocVoice("speaker_2", "Grace Hopper", 5)
    batch = StepBatch.objects.filter(doc__transcript=transcript).order_by("v").reverse()[0]
    assert (batch.user, batch.kind, batch.n) == (editor, StepBatch.Kind.API, 2)


@pytest.mark.parametrize(
    ("given", "shown"),
    [("", "Speaker 2"), (" \u202e\n", "Speaker 2"), ("a\x00b\u2028c", "a b c"), ("x" * 300, "x" * 120),
     ("a\u00a0\U000e0080b", "a b")],
)  # fmt: skip
def test_names_are_cleaned(transcript: Transcript, given: str, shown: str) -> None:
    speaker = transcript.speakers.all()[1]
    rename_speaker(speaker, given)
    assert speaker.display_name == shown


def test_the_same_name_is_no_change(transcript: Transcript, editor: User) -> None:
    speaker = transcript.speakers.all()[1]
    version, _ = document_of(transcript)
    rename_speaker(speaker, "", editor)
    rename_speaker(speaker, None, editor)
    assert document_of(transcript)[0] == version


def test_a_new_voice_stands_behind_the_others(transcript: Transcript, editor: User) -> None:
    added = [add_speaker(transcript, name, editor) for name in (" Mary\n", "")]
    assert [speaker.display_name for speaker in transcript.speakers.all()] == [
        "Speaker 1", "Speaker 2", "Mary", "Speaker 4",
    ]  # fmt: skip
    assert added[0].label != added[1].label
