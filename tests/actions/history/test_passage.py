"""One passage through time."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import F

from tests.actions.history.written_history import rewrite, text_of, write
from transcripts.actions.edit.read import pack
from transcripts.actions.history.passage import PAGE_TEXTS, last_change, passage_history
from transcripts.document.content import DocSegment, DocVoice, build_document
from transcripts.models import DocSnapshot, StepBatch, Transcript, TranscriptDoc, User


def long_ago(transcript: Transcript) -> None:
    """Move everything so far an hour into the past."""
    batches = StepBatch.objects.filter(doc__transcript=transcript)
    batches.update(created_at=F("created_at") - timedelta(hours=1))


def test_it_works(transcript: Transcript, owner: User, editor: User) -> None:
    rewrite(transcript, editor, "line1", "And then a bell rang?")
    long_ago(transcript)
    voices, segments = text_of(transcript)
    write(transcript, owner, segments, [DocVoice("speaker_1"), DocVoice("speaker_2", "Béa")])
    rewrite(transcript, owner, "line1", "And a bell rang?")
    found = passage_history(transcript, "line1")
    texts = [text.passage.text for text in found.texts if text.passage]
    assert texts == ["And a bell rang?", "And then a bell rang?", "And then the bell rang?"]
    assert [text.speaker for text in found.texts] == ["Béa", "Speaker 2", "Speaker 2"]
    assert [edit.text for edit in found.texts[0].edits if edit.kind == "removed"] == ["then "]
    assert (found.before_version, found.first) == (None, None)
    last = last_change(transcript, "line1")
    assert last is not None and last.who == owner
    assert last_change(transcript, "unknown") is None
    assert voices[1].name == ""


def test_the_text_from_before_every_change_can_be_had_again(owner: User) -> None:
    item = Transcript.objects.create(title="Of earlier days", owner=owner)
    doc = TranscriptDoc.objects.create(transcript=item)
    document = build_document([], [DocSegment("a", "", 0, 900, "As it was.")])
    DocSnapshot.objects.create(doc=doc, version=0, data=pack(document))
    assert passage_history(item, "a").texts == []
    rewrite(item, owner, "a", "As it is.")
    found = passage_history(item, "a")
    assert len(found.texts) == 1 and found.first is not None
    assert (found.first.version, found.first.passage.text) == (0, "As it was.")


def test_pages(transcript: Transcript, owner: User) -> None:
    for number in range(PAGE_TEXTS + 3):
        long_ago(transcript)
        rewrite(transcript, owner, "line1", f"Text {number}")
    first = passage_history(transcript, "line1")
    assert len(first.texts) == PAGE_TEXTS
    rest = passage_history(transcript, "line1", first.before_version)
    texts = [text.passage.text for text in (*first.texts, *rest.texts) if text.passage]
    wanted = [f"Text {number}" for number in reversed(range(PAGE_TEXTS + 3))]
    assert texts == [*wanted, "And then the bell rang?"]
    assert rest.before_version is None


def test_a_change_of_others_is_none_of_this_passage(transcript: Transcript, owner: User) -> None:
    rewrite(transcript, owner, "line0", "Elsewhere")
    assert len(passage_history(transcript, "line1").texts) == 1
