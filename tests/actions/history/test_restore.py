"""Back to earlier versions."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from tests.actions.history.written_history import Text, random_change, rewrite, text_of, write
from transcripts.actions.edit.read import document_at, version_of
from transcripts.actions.history.restore import PassageUnknownError, restore_passage, restore_version
from transcripts.actions.history.versions import VersionUnknownError
from transcripts.document.content import DocSegment, DocVoice, segments_of, voices_of
from transcripts.models import Revision, Segment, StepBatch, Transcript, User
from transcripts.timing.words import decode

VERSIONS, RESTORED = 200, 40


def test_it_works(transcript: Transcript, editor: User) -> None:
    version, before = version_of(transcript), text_of(transcript)
    words = list(Segment.objects.filter(transcript=transcript).values_list("words", flat=True))
    write(transcript, editor, [], [DocVoice("speaker_9", "Nobody")])
    changed = version_of(transcript)
    after = restore_version(transcript, version, editor)
    assert text_of(transcript) == before
    batch = StepBatch.objects.get(v=changed)
    assert (batch.kind, batch.user, batch.v + batch.n) == ("restore", editor, after)
    point = Revision.objects.get()
    assert (point.version, point.is_automatic, point.author) == (changed, True, editor)
    assert point.name.startswith("Before restoring the text of ")
    rows = Segment.objects.filter(transcript=transcript)
    assert [row.text for row in rows] == [part.text for part in before[1]]
    assert [len(decode(row.words, row.start_ms)) for row in rows] == [len(decode(w, 0)) for w in words]
    restore_version(transcript, changed, editor)
    assert text_of(transcript) == ([DocVoice("speaker_9", "Nobody")], [])


def test_restoring_what_is_there_changes_nothing(transcript: Transcript, editor: User) -> None:
    version = version_of(transcript)
    assert restore_version(transcript, version, editor) == version
    assert restore_passage(transcript, version, "line1", editor) == version
    assert not Revision.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_random_versions_come_back_exactly(transcript: Transcript, editor: User) -> None:
    rng = random.Random(4)
    kept: dict[int, Text] = {}
    while len(kept) < VERSIONS:
        voices, segments = random_change(text_of(transcript), rng)
        write(transcript, editor, segments, voices)
        kept[version_of(transcript)] = text_of(transcript)
    for version, (voices, segments) in kept.items():
        then = document_at(transcript, version)
        assert (voices_of(then), segments_of(then)) == (voices, segments)
    for version in rng.sample(sorted(kept), RESTORED):
        restore_version(transcript, version, editor)
        assert text_of(transcript) == kept[version]
    document = document_at(transcript, version_of(transcript))
    rows = Segment.objects.filter(transcript=transcript).select_related("speaker")
    assert [
        DocSegment(
            row.key, row.speaker.label if row.speaker else "", row.start_ms, row.end_ms, row.text, row.is_held
        )
        for row in rows
    ] == segments_of(document)


def test_only_one_passage_comes_back(transcript: Transcript, editor: User) -> None:
    version, (voices, segments) = version_of(transcript), text_of(transcript)
    rewrite(transcript, editor, "line1", "Something else")
    rewrite(transcript, editor, "line2", "And more")
    restore_passage(transcript, version, "line1", editor)
    now = text_of(transcript)
    assert now == (voices, [*segments[:2], replace(segments[2], text="And more")])
    assert Revision.objects.get().name.startswith("Before restoring a passage of ")


def test_a_deleted_passage_comes_back_in_its_place(transcript: Transcript, editor: User) -> None:
    version, (voices, segments) = version_of(transcript), text_of(transcript)
    write(transcript, editor, [segments[0], segments[2]])
    restore_passage(transcript, version, "line1", editor)
    assert text_of(transcript) == (voices, segments)


def test_a_split_passage_comes_back_whole(transcript: Transcript, editor: User) -> None:
    version, (voices, segments) = version_of(transcript), text_of(transcript)
    old = segments[1]
    halves = [
        replace(old, text="And then", end_ms=3400),
        replace(old, id="new", text="the bell", start_ms=3400),
    ]
    write(transcript, editor, [segments[0], *halves, segments[2]])
    restore_passage(transcript, version, "line1", editor)
    assert text_of(transcript) == (voices, segments)


def test_a_joined_passage_comes_back_with_the_one_it_was_joined_to(
    transcript: Transcript, editor: User
) -> None:
    version, (voices, segments) = version_of(transcript), text_of(transcript)
    one, two, three = segments
    write(transcript, editor, [replace(one, text=f"{one.text} {two.text}", end_ms=two.end_ms), three])
    restore_passage(transcript, version, "line1", editor)
    assert text_of(transcript) == (voices, segments)


def test_a_passage_brings_its_voice_along(transcript: Transcript, editor: User) -> None:
    version, (voices, segments) = version_of(transcript), text_of(transcript)
    write(transcript, editor, [replace(part, speaker="") for part in segments], voices[:1])
    restore_passage(transcript, version, "line1", editor)
    now = text_of(transcript)
    assert now[0] == voices
    assert [part.speaker for part in now[1]] == ["", "speaker_2", ""]


def test_a_passage_of_an_older_transcription_takes_the_place_of_the_new_one(
    transcript: Transcript, editor: User
) -> None:
    version, (_, segments) = version_of(transcript), text_of(transcript)
    anew = [replace(part, id=f"x{place}", text="new words") for place, part in enumerate(segments)]
    write(transcript, None, anew, kind="asr")
    restore_passage(transcript, version, "line1", editor)
    assert text_of(transcript)[1] == [anew[0], segments[1], anew[2]]


def test_what_never_was_is_refused(transcript: Transcript, editor: User) -> None:
    version = version_of(transcript)
    for never in (-1, version + 1, 2**60):
        with pytest.raises(VersionUnknownError):
            restore_version(transcript, never, editor)
    with pytest.raises(PassageUnknownError):
        restore_passage(transcript, version, "nothing", editor)
    assert (version_of(transcript), Revision.objects.count()) == (version, 0)


def test_what_the_program_put_right_belongs_to_the_version(transcript: Transcript, editor: User) -> None:
    _, segments = text_of(transcript)
    version = version_of(transcript)
    write(transcript, editor, [*segments, replace(segments[0], id="line1", start_ms=7000, end_ms=8000)])
    put_right = StepBatch.objects.get(kind="server", v__gt=version)
    right = text_of(transcript)
    write(transcript, editor, [])
    restore_version(transcript, put_right.v, editor)
    assert text_of(transcript) == right
    document = document_at(transcript, put_right.v + put_right.n)
    assert (voices_of(document), segments_of(document)) == right
