"""Two threads, as two processes would be, push into one document at the same time."""

from __future__ import annotations

import threading

import pytest
from django.db import OperationalError, connection

from tests.actions.edit.test_push import typing
from transcripts.actions.edit.push import Push, Stale, push
from transcripts.actions.edit.read import document_of, steps_since
from transcripts.actions.edit.rows import rows_equal_document
from transcripts.models import Transcript, User

pytestmark = pytest.mark.django_db(transaction=True)

EACH = 15


def write(transcript: Transcript, user: User, letter: str, refused: list[int]) -> None:
    done = 0
    while done < EACH:
        version, _ = document_of(transcript)
        try:
            answer = push(transcript, Push(version, letter, typing(transcript, "line0", 0, letter), user))
        except OperationalError:  # SQLite under a heavy load: the page would send it again
            continue
        if isinstance(answer, Stale):
            refused.append(answer.version)
        else:
            done += 1
    connection.close()


def test_it_works(transcript: Transcript, owner: User, editor: User) -> None:
    first, _ = document_of(transcript)
    refused: list[int] = []
    people = [(owner, "a"), (editor, "b")]
    threads = [
        threading.Thread(target=write, args=(transcript, user, name, refused)) for user, name in people
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    text = transcript.segments.all()[0].text
    assert (text.count("a", 0, 2 * EACH), text.count("b", 0, 2 * EACH)) == (EACH, EACH)
    assert document_of(transcript)[0] == first + 2 * EACH
    assert sorted(steps_since(transcript, first).clients) == ["a"] * EACH + ["b"] * EACH
    assert rows_equal_document(transcript)
