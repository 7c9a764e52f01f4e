"""Rows equal the document after whatever was done to it."""

from __future__ import annotations

import random

import pytest

from tests.written import write_heard, write_text
from transcripts.actions.edit.read import document_at, document_of
from transcripts.actions.edit.rows import rows_equal_document
from transcripts.document.content import DocSegment, DocVoice, segments_of
from transcripts.models import Segment, StepBatch, Transcript, User
from transcripts.timing.tokens import tokenise
from transcripts.timing.words import check, decode

WORDS = ["harbour", "bell", "water", "morning", "boat", "rope", "lamp", "tide", "quay", "gull"]


@pytest.fixture
def empty(owner: User) -> Transcript:
    return Transcript.objects.create(title="Empty", owner=owner)


def spoken(chance: random.Random) -> str:
    return " ".join(chance.choices(WORDS, k=6))


def changed_a_little(segments: list[DocSegment], chance: random.Random) -> list[DocSegment]:
    """What people do: words, splits, joins, removals, insertions, moves, times, speakers."""
    made = list(segments)
    for number in range(chance.randint(1, 6)):
        place = chance.randrange(len(made)) if made else 0
        kind = chance.choice(["words", "split", "join", "remove", "insert", "move", "time", "voice"])
        if not made or kind == "insert":
            key = f"n{chance.randrange(10**9)}{number}"
            made.insert(place, DocSegment(key, "", 100, 900, " ".join(chance.choices(WORDS, k=3))))
            continue
        old = made[place]
        words = old.text.split()
        if kind == "words":
            words[chance.randint(0, len(words)) :][:1] = [chance.choice(WORDS)]
            made[place] = replaced(old, text=" ".join([*words, chance.choice(WORDS)]))
        elif kind == "split" and len(words) > 1:
            made[place] = replaced(old, text=words[0])
            key = f"n{chance.randrange(10**9)}{number}"
            made.insert(place + 1, replaced(old, id=key, text=" ".join(words[1:])))
        elif kind == "join" and place + 1 < len(made):
            behind = made.pop(place + 1)
            made[place] = replaced(
                old, text=f"{old.text} {behind.text}", end_ms=max(old.end_ms, behind.end_ms)
            )
        elif kind == "remove":
            made.pop(place)
        elif kind == "move":
            made.insert(chance.randrange(len(made)), made.pop(place))
        elif kind == "time":
            made[place] = replaced(old, start_ms=old.start_ms + 10, end_ms=old.end_ms + 30, held=True)
        elif kind == "voice":
            made[place] = replaced(old, speaker=chance.choice(["", "speaker_1", "speaker_2"]))
    return made


def replaced(segment: DocSegment, **fields: object) -> DocSegment:
    values = {**segment.attrs, "text": segment.text, **fields}
    return DocSegment(**values)


@pytest.mark.parametrize("seed", range(6))
def test_rows_equal_the_document(empty: Transcript, seed: int) -> None:
    chance = random.Random(seed)
    segments = [
        DocSegment(
            f"s{n}", f"speaker_{n % 2 + 1}", n * 1000, n * 1000 + 900, " ".join(chance.choices(WORDS, k=6))
        )
        for n in range(50)
    ]
    voices = [DocVoice("speaker_1"), DocVoice("speaker_2", "Ada")]
    write_heard(empty, segments, voices)
    versions = [(document_of(empty)[0], segments)]
    for _ in range(25):
        segments = changed_a_little(segments, chance)
        versions.append((write_text(empty, segments, voices, kind=StepBatch.Kind.API), segments))
        assert rows_equal_document(empty)
        for row in Segment.objects.filter(transcript=empty):
            words = decode(row.words, row.start_ms)
            check(words, row.start_ms, row.end_ms)
            assert [word.text for word in words] == tokenise(row.text)
    for version, expected in versions:
        assert segments_of(document_at(empty, version)) == expected


def test_a_row_out_of_step_is_noticed(transcript: Transcript) -> None:
    assert rows_equal_document(transcript)
    Segment.objects.filter(transcript=transcript, key="line1").update(text="Somebody was here.")
    assert not rows_equal_document(transcript)


def test_order_is_numbered_again_where_there_is_no_room_left(empty: Transcript) -> None:
    segments = [DocSegment("a", "", 0, 1, "first"), DocSegment("z", "", 9, 10, "last")]
    write_text(empty, segments)
    for number in range(30):  # always at the same place: the gap is halved each time
        segments.insert(1, DocSegment(f"m{number}", "", 5, 6, str(number)))
        write_text(empty, segments)
    assert rows_equal_document(empty)


def test_speakers_follow_the_voices(empty: Transcript) -> None:
    line = [DocSegment("a", "x", 0, 1, "first")]
    write_text(empty, line, [DocVoice("x", "Ada", 3), DocVoice("y")])
    first = empty.speakers.get(label="x")
    assert (first.name, first.hue, first.order, first.colour) == ("Ada", 3, 0, 3)
    write_text(empty, line, [DocVoice("y"), DocVoice("x", "Ada L.")])
    again = empty.speakers.get(label="x")
    assert (again.pk, again.name, again.order) == (first.pk, "Ada L.", 1)
    write_text(empty, line, [DocVoice("y")])
    assert list(empty.speakers.values_list("label", flat=True)) == ["y"]
    assert empty.segments.get().speaker is None
