"""Names to choose from."""

from __future__ import annotations

from transcripts.actions.offered_names import MOST_NAMES, offered_names
from transcripts.models import Speaker, Transcript, User


def named(owner: User, *names: str) -> Transcript:
    item = Transcript.objects.create(title="Talk", owner=owner)
    for order, name in enumerate(names):
        Speaker.objects.create(transcript=item, label=f"speaker_{order}", name=name, order=order)
    return item


def test_it_works(owner: User) -> None:
    named(owner, "Ada Lovelace", "", "Grace Hopper")
    named(owner, "Ada Lovelace", "Mary Somerville")
    assert offered_names(Transcript.objects.visible_to(owner), "") == [
        "Ada Lovelace", "Mary Somerville", "Grace Hopper",
    ]  # fmt: skip
    assert offered_names(Transcript.objects.visible_to(owner), " LOVE ") == ["Ada Lovelace"]
    assert offered_names(Transcript.objects.visible_to(owner), "%") == []


def test_neither_the_trash_nor_others_give_names(owner: User, stranger: User) -> None:
    named(owner, "Ada").move_to_trash()
    named(stranger, "Grace")
    assert offered_names(Transcript.objects.visible_to(owner), "") == []


def test_there_are_never_many(owner: User) -> None:
    named(owner, *(f"Name {number}" for number in range(50)))
    assert len(offered_names(Transcript.objects.visible_to(owner), "name")) == MOST_NAMES
