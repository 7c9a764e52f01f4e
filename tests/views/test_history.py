"""The history on pages: what the fragments hold, and for whom."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db.models import F
from django.test import Client

from tests.actions.history.written_history import rewrite, text_of, write
from transcripts.actions.edit.read import version_of
from transcripts.actions.history.versions import mark_point, name_version
from transcripts.document.content import DocVoice
from transcripts.models import StepBatch, Transcript, User

ClientOf = Callable[[User], Client]


def read(client: Client, transcript: Transcript, path: str, status: int = 200) -> str:
    answer = client.get(f"/t/{transcript.code}/{path}")
    assert answer.status_code == status
    return answer.content.decode()


def test_it_works(client_of: ClientOf, transcript: Transcript, owner: User, editor: User) -> None:
    client = client_of(owner)
    begin = version_of(transcript)
    name_version(transcript, owner, "As heard <b>")
    rewrite(transcript, editor, "line1", "And then a bell rang?")
    page = read(client, transcript, "history")
    for shown in (
        "Edgar Editor corrected 1 passage",
        "New transcription",
        "As heard &lt;b&gt;",
        "Save a version",
    ):
        assert shown in page
    change = read(
        client, transcript, f"history/change?from={begin}&to={begin + 1}&kind=edit&person={editor.pk}"
    )
    assert "removed: </span>the</del> " in change
    assert "added: </span>a</ins> " in change
    passage = read(client, transcript, "history/passages/line1")
    assert "Edgar Editor corrected 1 passage" in passage
    assert f'data-restore="{begin}"' in passage
    assert "Edgar Editor" in read(client, transcript, "history/passages/line1?last")
    assert "Nobody has changed" in read(client, transcript, "history/passages/none?last")
    compared = read(client, transcript, f"compare?a={begin}")
    assert "1 passage differs." in compared
    assert "The harbour was quiet" not in compared
    assert "The harbour was quiet" in read(client, transcript, f"compare?a={begin}&all=on")
    assert "<!DOCTYPE" not in read(client, transcript, f"compare?a={begin}&rows")


def test_who_may_only_read_restores_nothing(
    client_of: ClientOf, transcript: Transcript, editor: User, viewer: User
) -> None:
    begin = version_of(transcript)
    mark_point(transcript, "Before a new transcription")
    rewrite(transcript, editor, "line1", "Other words")
    client = client_of(viewer)
    for path in ("history", f"compare?a={begin}", "history/passages/line1"):
        page = read(client, transcript, path)
        assert "data-restore" not in page
        assert "Save a version" not in page


@pytest.mark.parametrize(
    "path", ["history", "history/change?from=0&to=1&kind=edit", "history/passages/line1", "compare"]
)
def test_strangers_see_nothing(
    client_of: ClientOf, transcript: Transcript, stranger: User, path: str
) -> None:
    read(client_of(stranger), transcript, path, 404)
    assert Client().get(f"/t/{transcript.code}/{path}").status_code == 302


@pytest.mark.parametrize(
    "path",
    [
        "history?before=x", "history?person=-1", "history?before=9999999999999999",
        "history/change", "history/change?from=1&to=0&kind=edit", "history/change?from=0&to=99999&kind=edit",
        "history/change?from=0&to=1&kind=nonsense", "compare?a=99999", "compare?a=0&b=99999", "compare?a=x",
        "compare?a=0&from=x", "history/passages/line1?before=x",
    ],
)  # fmt: skip
def test_rubbish_is_not_found(client_of: ClientOf, transcript: Transcript, owner: User, path: str) -> None:
    read(client_of(owner), transcript, path, 404)


def test_what_changed_besides_words(client_of: ClientOf, transcript: Transcript, owner: User) -> None:
    begin, (voices, segments) = version_of(transcript), text_of(transcript)
    one, two, three = segments
    changed = [
        replace(one, speaker="speaker_2"),
        replace(two, text="And then", end_ms=3000),
        replace(two, id="new", text="the bell rang?", start_ms=3000),
        replace(three, held=True),
        replace(three, id="late", start_ms=9000, end_ms=9500, text="Bye."),
    ]
    write(transcript, owner, changed, [*voices[:1], replace(voices[1], name="Béa"), DocVoice("third")])
    page = read(client_of(owner), transcript, f"compare?a={begin}")
    for note in (
        "Speaker 1 → Béa",
        "Split into 2",
        "Times held",
        "Added",
        "Speaker 2 → Béa",
        "New voice: Speaker 3",
    ):
        assert note in page, note
    back = read(client_of(owner), transcript, f"compare?a={version_of(transcript)}&b={begin}")
    for note in ("2 joined", "Removed", "Voice removed: Speaker 3"):
        assert note in back, note


def test_earlier_changes_come_page_by_page(client_of: ClientOf, transcript: Transcript, owner: User) -> None:
    for number in range(40):
        StepBatch.objects.update(created_at=F("created_at") - timedelta(hours=1))
        rewrite(transcript, owner, "line1", f"Text {number}")
    client = client_of(owner)
    first = read(client, transcript, "history")
    assert first.count("corrected 1 passage") == 30
    found = re.search(r'/t/[^"]+/(history\?before=\d+)"', first)
    assert found is not None
    rest = read(client, transcript, found[1])
    assert (rest.count("corrected 1 passage"), rest.count("New transcription")) == (10, 1)
    assert "before=" not in rest
    assert "Versions" not in rest


def test_a_long_comparison_comes_in_pieces(client_of: ClientOf, transcript: Transcript, owner: User) -> None:
    begin, (voices, segments) = version_of(transcript), text_of(transcript)
    many = [
        replace(segments[0], id=f"p{number}", start_ms=10_000 + number * 1000, end_ms=10_900 + number * 1000)
        for number in range(250)
    ]
    write(transcript, owner, [*segments, *many], voices)
    client, found, path = client_of(owner), 0, f"compare?a={begin}"
    for expected in (100, 100, 50):
        page = read(client, transcript, path)
        assert page.count('class="cmp added"') == expected
        found += expected
        assert (f"from={found}" in page) == (found < 250)
        path = f"compare?a={begin}&rows&from={found}"
