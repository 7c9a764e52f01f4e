"""Final captions of many takes become rows together, whatever happens to one of them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest
from asgiref.sync import sync_to_async
from django.db import connections

from transcripts.actions.live import database
from transcripts.actions.live.scribe import Scribe
from transcripts.actions.live.write_live_text import LiveLine, reached_ms, write_finals
from transcripts.models import HeardSegment, Segment, Speaker, Transcript, User
from transcripts.relay.captions import Final
from transcripts.timing.words import Word


def final(number: int, speaker: str = "") -> Final:
    start_ms = 1_000 * number
    words = (Word(start_ms, start_ms + 400, "word"), Word(start_ms + 400, start_ms + 900, str(number)))
    return Final(start_ms, start_ms + 900, f"word {number}", words, "api", speaker)


def made(owner: User, title: str) -> Transcript:
    return Transcript.objects.create(title=title, owner=owner, state=Transcript.State.RECORDING)


def test_it_works(owner: User) -> None:
    one, other = made(owner, "one"), made(owner, "other")
    lines = write_finals([(one, final(1)), (other, final(1)), (one, final(2))])
    assert [line.text for line in lines if line] == ["word 1", "word 1", "word 2"]
    write_finals([(one, final(3))])
    rows = Segment.objects.filter(transcript=one).values_list("text", "timing_method")
    assert list(rows) == [(f"word {n + 1}", "api") for n in range(3)]
    heard = HeardSegment.objects.filter(hearing__transcript=one, hearing__kind="live")
    assert list(heard.values_list("text", flat=True)) == ["word 1", "word 2", "word 3"]
    assert [row.words for row in heard] == [row.words for row in one.segments.all()]
    assert (reached_ms(one), reached_ms(other)) == (3_900, 1_900)
    one.refresh_from_db()
    assert one.version == 2


def test_speakers_are_made_when_they_are_first_heard(owner: User) -> None:
    talk = made(owner, "talk")
    lines = write_finals(
        [(talk, final(1, "speaker_7")), (talk, final(2, "speaker_3")), (talk, final(3, "speaker_7"))]
    )
    assert [(line.speaker, line.hue) for line in lines if line] == [
        ("Speaker 1", 1),
        ("Speaker 2", 2),
        ("Speaker 1", 1),
    ]
    assert list(Speaker.objects.values_list("label", flat=True)) == ["speaker_7", "speaker_3"]


def test_text_of_a_deleted_transcript_does_not_stop_the_others(owner: User) -> None:
    gone, here = made(owner, "gone"), made(owner, "here")
    Transcript.objects.filter(pk=gone.pk).delete()
    lines = write_finals([(gone, final(1)), (here, final(1))])
    assert lines[0] is None
    assert lines[1] is not None
    assert here.segments.count() == 1


@asynccontextmanager
async def running(scribe: Scribe) -> AsyncIterator[None]:
    task = asyncio.ensure_future(scribe.run())
    yield
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    await database.steadily_in_database(connections.close_all)
    await database.steadily_in_database(connections.close_all)


@pytest.mark.django_db(transaction=True)
async def test_what_is_given_is_written_and_told(owner: User) -> None:
    talk = await sync_to_async(made)(owner, "talk")
    told: list[LiveLine | None] = []
    scribe = Scribe()
    async with running(scribe), asyncio.timeout(20):
        for number in range(5):
            scribe.write(talk, final(number), told.append)
        await scribe.caught_up()
    assert [line and line.text for line in told] == [f"word {number}" for number in range(5)]


@pytest.mark.django_db(transaction=True)
async def test_text_that_no_document_takes_does_not_keep_the_others_back(owner: User) -> None:
    talk, flood = await sync_to_async(made)(owner, "talk"), await sync_to_async(made)(owner, "flood")
    told: list[LiveLine | None] = []
    scribe = Scribe()
    async with running(scribe), asyncio.timeout(20):
        scribe.write(talk, final(1), told.append)
        scribe.write(flood, replace(final(1), text="x" * 30_000), told.append)
        scribe.write(talk, final(2), told.append)
        await scribe.caught_up()
        scribe.write(flood, final(3), told.append)
        await scribe.caught_up()
    assert [line and line.text for line in told] == ["word 1", None, "word 2", "word 3"]
