"""Two voices that are one person."""

from __future__ import annotations

import pytest

from transcripts.actions.correct_segment import SpeakerUnknownError
from transcripts.actions.edit.read import document_of
from transcripts.actions.merge_speakers import MergeIntoItselfError, merge_speakers
from transcripts.actions.rename_speaker import add_speaker, rename_speaker
from transcripts.document.content import segments_of, voices_of
from transcripts.models import Speaker, Transcript, User


def test_it_works(transcript: Transcript, editor: User) -> None:
    first, second = transcript.speakers.all()
    version, _ = document_of(transcript)
    assert merge_speakers(transcript, first, second, editor) == second
    assert set(transcript.segments.values_list("speaker", flat=True)) == {second.pk}
    assert list(transcript.speakers.all()) == [second]
    after, document = document_of(transcript)
    assert {segment.speaker for segment in segments_of(document)} == {"speaker_2"}
    assert after > version
    assert Speaker.objects.get().display_name == "Speaker 1"


def test_colours_stay(transcript: Transcript, editor: User) -> None:
    third = add_speaker(transcript, "Mary", editor)
    first, second, _ = transcript.speakers.all()
    rename_speaker(third, None, editor, hue=7)
    merge_speakers(transcript, first, third, editor)
    assert [speaker.colour for speaker in transcript.speakers.all()] == [second.colour, 7]


def test_a_speaker_cannot_be_merged_into_itself(transcript: Transcript, editor: User) -> None:
    first = transcript.speakers.all()[0]
    with pytest.raises(MergeIntoItselfError):
        merge_speakers(transcript, first, first, editor)


def test_one_that_is_gone_already_changes_nothing(transcript: Transcript, editor: User) -> None:
    third = add_speaker(transcript, "Mary", editor)
    first, second, _ = transcript.speakers.all()
    merge_speakers(transcript, first, second, editor)
    voices = voices_of(document_of(transcript)[1])
    for one, other in ((first, third), (third, first)):
        with pytest.raises(SpeakerUnknownError):
            merge_speakers(transcript, one, other, editor)
    with pytest.raises(SpeakerUnknownError):
        rename_speaker(first, "Ada", editor)
    assert voices_of(document_of(transcript)[1]) == voices
