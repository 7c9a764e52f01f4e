"""Live text behind what is there: many documents at once, and whatever people did to them before."""

from __future__ import annotations

import random

import pytest
from django.db import transaction
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from tests.written import even_words, write_text
from transcripts.actions.edit.append import Addition, append_all
from transcripts.actions.edit.read import document_at, document_of
from transcripts.actions.edit.retime_rows import WordTable
from transcripts.actions.edit.rows import rows_equal_document
from transcripts.document.content import GROUP_SEGMENTS, DocSegment, segments_of, voices_of
from transcripts.document.errors import SegmentTextTooLongError
from transcripts.models import Segment, StepBatch, Transcript, User
from transcripts.models.codes import segment_key


def made(owner: User, count: int) -> list[Transcript]:
    return [Transcript.objects.create(title=f"Take {number}", owner=owner) for number in range(count)]


def said(number: int, speaker: str = "", text: str = "") -> DocSegment:
    start_ms = 1000 * number
    return DocSegment(segment_key(), speaker, start_ms, start_ms + 900, text or f"word {number}")


def append(*entries: tuple[Transcript, list[DocSegment]]) -> None:
    with transaction.atomic():
        append_all([addition(transcript, segments) for transcript, segments in entries])


def addition(transcript: Transcript, segments: list[DocSegment]) -> Addition:
    tables = {one.id: WordTable(even_words(one.start_ms, one.end_ms, one.text), "api") for one in segments}
    return Addition(transcript, segments, tables)


def texts(transcript: Transcript) -> list[str]:
    return [row.text for row in transcript.segments.all()]


def test_it_works(owner: User) -> None:
    one, other = made(owner, 2)
    append((one, [said(1)]), (other, [said(1), said(2)]))
    append((one, [said(2)]), (other, [said(3)]))
    assert (texts(one), texts(other)) == (["word 1", "word 2"], ["word 1", "word 2", "word 3"])
    assert rows_equal_document(one)
    assert rows_equal_document(other)
    batches = StepBatch.objects.filter(doc__transcript=other).order_by("v")
    assert [(batch.v, batch.n, batch.kind) for batch in batches] == [(0, 1, "live"), (1, 1, "live")]
    assert texts(other) == [segment.text for segment in segments_of(document_at(other, 2))]
    row = one.segments.all()[1]
    assert (row.rev, row.words, row.timing_method, row.edited_by) == (
        1,
        '[[0,450,"word"],[450,450,"2"]]',
        "api",
        None,
    )


@pytest.mark.parametrize("count", [1, 30])
def test_many_documents_take_as_many_statements_as_one(
    owner: User,
    count: int,
    django_assert_num_queries: DjangoAssertNumQueries,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    takes = made(owner, count)
    with django_capture_on_commit_callbacks(execute=True):
        append(*((take, [said(1, "speaker_1")]) for take in takes))
    entries = [(take, [said(2, "speaker_1")]) for take in takes]
    # A savepoint and its release; documents, orders, speakers; batches, segments, versions.
    with django_assert_num_queries(2 + 3 + 3):
        append(*entries)
    assert all(texts(take) == ["word 1", "word 2"] for take in takes)


@pytest.mark.parametrize("seed", range(4))
def test_people_write_in_between(owner: User, seed: int) -> None:
    chance = random.Random(seed)
    takes = made(owner, 3)
    for number in range(2 * GROUP_SEGMENTS):
        talking = chance.sample(takes, chance.randint(1, 3))
        spoken = [
            [said(number, chance.choice(["", "a", "b"])) for _ in range(chance.randint(1, 2))]
            for _ in talking
        ]
        append(*zip(talking, spoken, strict=True))
        edited = chance.choice(takes)
        _, document = document_of(edited)
        segments = segments_of(document)
        if segments and number % 3 == 0:  # mostly the last one, which the next text is put behind
            del segments[chance.choice([0, len(segments) - 1, len(segments) - 1])]
            write_text(edited, segments, voices_of(document), kind=StepBatch.Kind.API)
    for take in takes:
        assert rows_equal_document(take)
        version, document = document_of(take)
        assert document_at(take, version).eq(document)


def test_a_voice_is_made_when_it_is_first_heard(owner: User) -> None:
    (take,) = made(owner, 1)
    append((take, [said(1, "ada"), said(2, "bo"), said(3, "ada")]))
    assert [row.speaker.label for row in take.segments.all() if row.speaker] == ["ada", "bo", "ada"]
    assert rows_equal_document(take)


def test_times_that_run_backwards_are_put_right(owner: User) -> None:
    (take,) = made(owner, 1)
    append((take, [DocSegment(segment_key(), "", 900, 400, "backwards")]))
    row = take.segments.get()
    assert (row.start_ms, row.end_ms) == (900, 900)
    assert rows_equal_document(take)


def test_a_missing_row_before_it_does_not_stop_the_text(owner: User) -> None:
    (take,) = made(owner, 1)
    append((take, [said(1)]))
    Segment.objects.filter(transcript=take).delete()
    append((take, [said(2)]))
    assert texts(take) == ["word 2"]


def test_text_that_no_segment_holds_changes_nothing(owner: User) -> None:
    one, other = made(owner, 2)
    with pytest.raises(SegmentTextTooLongError):
        append((one, [said(1)]), (other, [said(1, text="x" * 20_001)]))
    assert not Segment.objects.exists()
    assert document_of(one)[0] == document_of(other)[0] == 0
