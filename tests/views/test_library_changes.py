"""Rename, trash and restore as plain forms."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from transcripts.models import Transcript, User

SignIn = Callable[[User], Client]


def test_it_works(client_of: SignIn, owner: User, transcript: Transcript) -> None:
    client = client_of(owner)
    answer = client.post(f"/t/{transcript.code}/trash", follow=True)
    page = answer.content.decode()
    assert "“Harbour interview” is in the trash." in page
    assert f'action="/t/{transcript.code}/restore"' in page
    answer = client.post(f"/t/{transcript.code}/restore", follow=True)
    assert "is back in your library" in answer.content.decode()
    assert Transcript.objects.in_library().count() == 1


@pytest.mark.parametrize(("change", "needs_owner"), [("rename", False), ("trash", True), ("restore", True)])
def test_rights(
    client_of: SignIn, owner: User, editor: User, viewer: User, stranger: User, transcript: Transcript,
    change: str, needs_owner: bool,
) -> None:  # fmt: skip
    path = f"/t/{transcript.code}/{change}"
    assert Client().post(path)["Location"].startswith("/accounts/login/")
    assert client_of(stranger).post(path).status_code == 404
    assert client_of(viewer).post(path).status_code == 403
    assert client_of(editor).post(path).status_code == (403 if needs_owner else 302)
    assert client_of(owner).post(path).status_code == 302
    assert client_of(owner).get(path).status_code == 405


def test_the_refusal_is_a_sentence(client_of: SignIn, editor: User, transcript: Transcript) -> None:
    page = client_of(editor).post(f"/t/{transcript.code}/trash").content.decode()
    assert "Only the owner of this transcript can do that." in page


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("  New name ", "New name"),
        ("", "Harbour interview"),
        ("   ", "Harbour interview"),
        ("x" * 999, "x" * 300),
    ],
)
def test_renaming(client_of: SignIn, owner: User, transcript: Transcript, given: str, kept: str) -> None:
    client_of(owner).post(f"/t/{transcript.code}/rename", {"title": given})
    transcript.refresh_from_db()
    assert transcript.title == kept


@pytest.mark.parametrize("wanted", ["https://evil.example/", "//evil.example", "javascript:alert(1)", ""])
def test_it_never_leads_off_this_site(
    client_of: SignIn, owner: User, transcript: Transcript, wanted: str
) -> None:
    answer = client_of(owner).post(f"/t/{transcript.code}/rename", {"title": "x", "next": wanted})
    assert answer["Location"] == "/"


def test_it_goes_back_to_where_it_was(client_of: SignIn, owner: User, transcript: Transcript) -> None:
    answer = client_of(owner).post(f"/t/{transcript.code}/rename", {"title": "x", "next": "/shared"})
    assert answer["Location"] == "/shared"


def test_forms_need_their_token(owner: User, transcript: Transcript) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(owner, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.post(f"/t/{transcript.code}/trash")
    assert answer.status_code == 403
    assert b"open for too long" in answer.content


def test_renaming_without_a_script(client_of: SignIn, owner: User, transcript: Transcript) -> None:
    page = client_of(owner).get(f"/?rename={transcript.code}").content.decode()
    assert "autofocus" in page
