"""Transcripts that were written before there were documents are taken over as they are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from transcripts.actions.edit.read import document_of
from transcripts.actions.edit.rows import rows_equal_document
from transcripts.document.content import segments_of, voices_of
from transcripts.models import HeardSegment, OtherReading, Transcript

pytestmark = pytest.mark.django_db(transaction=True)

BEFORE, AFTER = ("transcripts", "0002_live"), ("transcripts", "0005_documents_only")


def migrate(target: tuple[str, str]) -> Any:
    executor = MigrationExecutor(connection)
    executor.migrate([target])
    return MigrationExecutor(connection).loader.project_state([target]).apps


@pytest.fixture
def old() -> Iterator[Any]:
    """The models as they were; the newest ones are back afterwards."""
    newest = MigrationExecutor(connection).loader.graph.leaf_nodes()
    yield migrate(BEFORE)
    MigrationExecutor(connection).migrate(newest)


def test_it_works(old: Any) -> None:
    user = old.get_model("transcripts", "User").objects.create(email="old@example.org")
    transcript = old.get_model("transcripts", "Transcript").objects.create(
        title="Old", owner=user, state="ready"
    )
    speakers = [
        old.get_model("transcripts", "Speaker").objects.create(
            transcript=transcript, label=label, name=name, order=order
        )
        for order, (label, name) in enumerate([("speaker_1", ""), ("Sprecher 2 <b>", "Ada")])
    ]
    segment_model = old.get_model("transcripts", "Segment")
    rows = [  # the second part was written first
        (1, 0, "third", 4000, speakers[1], None),
        (0, 0, "first", 0, speakers[0], None),
        (0, 1, "second", 2000, None, user),
    ]
    for part, order, text, start_ms, speaker, edited_by in rows:
        segment_model.objects.create(
            transcript=transcript, part=part, order=order, text=text, key=text, start_ms=start_ms,
            end_ms=start_ms + 900, speaker=speaker, edited_by=edited_by, rev=2 if edited_by else 1,
            words=f'[[0,900,"{text}"]]', timing_method="api",
        )  # fmt: skip
    changed = segment_model.objects.get(key="second")
    old.get_model("transcripts", "OtherReading").objects.create(
        segment=changed, start_ms=2000, end_ms=2900, text="heard"
    )

    migrate(AFTER)

    now = Transcript.objects.get()
    version, document = document_of(now)
    assert version == 0
    assert [(one.id, one.text, one.speaker) for one in segments_of(document)] == [
        ("first", "first", "speaker_1"),
        ("second", "second", ""),
        ("third", "third", "Sprecher_2__b_"),
    ]
    assert [voice.name for voice in voices_of(document)] == ["", "Ada"]
    assert rows_equal_document(now)
    assert now.segments.all()[0].words == '[[0,900,"first"]]'
    assert sorted(HeardSegment.objects.values_list("key", flat=True)) == ["first", "third"]
    reading = OtherReading.objects.get()
    assert (reading.transcript, reading.key, reading.mine) == (now, "second", "second")
