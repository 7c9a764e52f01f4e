"""Marks are set once however often they are sent, and can always be brought back."""

from __future__ import annotations

from typing import Any

import pytest

from transcripts.actions import marks
from transcripts.actions.marks import (
    LATEST_MS,
    LONGEST_NOTE,
    MarkInvalidError,
    MarkNoteTooLongError,
    TooManyMarksError,
    note_mark,
    remove_mark,
    set_mark,
)
from transcripts.models import Mark, Transcript, User


def version(transcript: Transcript) -> int:
    return Transcript.objects.get(pk=transcript.pk).version


def test_it_works(transcript: Transcript, owner: User) -> None:
    mark = set_mark(transcript, owner, "a1-b2", 1500, " Important\r\nhere ")
    assert (mark.at_ms, mark.note, mark.author) == (1500, "Important\nhere", owner)
    assert list(transcript.marks.all()) == [mark]
    assert version(transcript) == 4


def test_the_same_key_is_the_same_mark(transcript: Transcript, owner: User, editor: User) -> None:
    first = set_mark(transcript, owner, "key", 1500)
    again = set_mark(transcript, owner, "key", 1500)
    assert (again.pk, version(transcript)) == (first.pk, 4)
    noted = set_mark(transcript, editor, "key", 9999, "Later")
    assert (noted.pk, noted.at_ms, noted.note, noted.author) == (first.pk, 1500, "Later", owner)
    assert Mark.objects.count() == 1
    other = Transcript.objects.create(title="Other", owner=owner)
    assert set_mark(other, owner, "key", 0).pk != first.pk


def test_a_removed_mark_comes_back(transcript: Transcript, owner: User) -> None:
    mark = set_mark(transcript, owner, "key", 1500, "Here")
    remove_mark(mark)
    removed_at = mark.removed_at
    remove_mark(mark)
    assert removed_at is not None and mark.removed_at == removed_at
    assert version(transcript) == 5
    back = set_mark(transcript, owner, "key", 1500, "Here")
    assert (back.pk, back.removed_at) == (mark.pk, None)


def test_a_note_can_be_written_and_taken_away(transcript: Transcript, owner: User) -> None:
    mark = set_mark(transcript, owner, "key", 0)
    note_mark(mark, "Money\u202e\x00")
    assert Mark.objects.get().note == "Money"
    note_mark(mark, "")
    assert Mark.objects.get().note == ""


@pytest.mark.parametrize(
    ("key", "at_ms"),
    [
        ("", 0),
        ("a b", 0),
        ("x" * 41, 0),
        ("ключ", 0),
        ("k", -1),
        ("k", LATEST_MS + 1),
        ("k", 1.5),
        ("k", "1"),
        ("k", True),
    ],
)
def test_rubbish_is_refused_with_a_sentence(
    transcript: Transcript, owner: User, key: str, at_ms: Any
) -> None:
    with pytest.raises(MarkInvalidError) as caught:
        set_mark(transcript, owner, key, at_ms)
    assert caught.value.message.endswith(".")
    assert version(transcript) == 3


def test_a_note_too_long_changes_nothing(transcript: Transcript, owner: User) -> None:
    mark = set_mark(transcript, owner, "key", 0, "x" * LONGEST_NOTE)
    for attempt in (
        lambda: note_mark(mark, "y" * 4001),
        lambda: set_mark(transcript, owner, "key", 0, "y" * 4001),
    ):
        with pytest.raises(MarkNoteTooLongError):
            attempt()
    assert Mark.objects.get().note == "x" * LONGEST_NOTE


def test_marks_are_bounded(transcript: Transcript, owner: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(marks, "MOST_MARKS", 2)
    for number in range(2):
        set_mark(transcript, owner, f"k{number}", number)
    with pytest.raises(TooManyMarksError):
        set_mark(transcript, owner, "k2", 2)
    remove_mark(Mark.objects.get(key="k0"))
    set_mark(transcript, owner, "k2", 2)
