"""Rights of many people at once, as open sockets need them."""

from __future__ import annotations

import pytest
from django.http import Http404
from pytest_django import DjangoAssertNumQueries

from transcripts.access import still_readable, transcript_to_read
from transcripts.models import Membership, Transcript, User


@pytest.fixture
def people(owner: User, editor: User, viewer: User, stranger: User) -> list[User]:
    return [owner, editor, viewer, stranger]


def readers_one_by_one(people: list[User], code: str) -> set[User]:
    found = set()
    for person in people:
        try:
            transcript_to_read(person, code)
            found.add(person)
        except Http404:
            continue
    return found


def readers_together(people: list[User], code: str) -> set[User]:
    return {person for person, _code in still_readable({(person, code) for person in people})}


def test_it_says_the_same_as_one_question_for_each(transcript: Transcript, people: list[User]) -> None:
    assert readers_together(people, transcript.code) == set(people[:3])
    assert readers_one_by_one(people, transcript.code) == set(people[:3])


def test_in_the_trash(transcript: Transcript, people: list[User]) -> None:
    transcript.move_to_trash()

    assert readers_together(people, transcript.code) == {people[0]}
    assert readers_one_by_one(people, transcript.code) == {people[0]}


def test_a_member_of_one_transcript_reads_no_other(transcript: Transcript, owner: User, viewer: User) -> None:
    other = Transcript.objects.create(title="Other", owner=owner)
    pairs = {(viewer, transcript.code), (viewer, other.code), (owner, other.code), (owner, "gone")}

    assert still_readable(pairs) == {(viewer, transcript.code), (owner, other.code)}


def test_two_queries_for_all(
    transcript: Transcript, people: list[User], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    Membership.objects.create(transcript=transcript, user=people[3])
    with django_assert_num_queries(2):
        assert len(still_readable({(person, transcript.code) for person in people})) == 4
    assert still_readable(set()) == set()


def test_an_account_that_was_closed_reads_nothing(transcript: Transcript, owner: User) -> None:
    owner.is_active = False

    assert still_readable({(owner, transcript.code)}) == set()
