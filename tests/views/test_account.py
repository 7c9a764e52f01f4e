"""One's own account."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.contrib.messages import get_messages
from django.test import Client

from tests.conftest import PASSWORD
from transcripts.models import ApiToken, User
from transcripts.views.account import MOST_TOKENS

SignIn = Callable[[User], Client]
PATHS = ["/account", "/account/tokens", "/account/tokens/1/delete", "/account/sign-out-everywhere"]


def test_it_works(client_of: SignIn, owner: User) -> None:
    client = client_of(owner)
    answer = client.post("/account", {"name": " Olga L. "}, follow=True)
    assert b"Your name is saved." in answer.content
    owner.refresh_from_db()
    assert owner.name == "Olga L."


@pytest.mark.parametrize("path", PATHS)
def test_anonymous_people_are_sent_to_sign_in(owner: User, path: str) -> None:
    assert Client().post(path)["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("path", PATHS[1:])
def test_changes_are_not_made_by_links(client_of: SignIn, owner: User, path: str) -> None:
    assert client_of(owner).get(path).status_code == 405


def test_a_name_that_is_too_long_is_refused(client_of: SignIn, owner: User) -> None:
    answer = client_of(owner).post("/account", {"name": "x" * 151})
    assert answer.status_code == 200
    assert b"at most 150" in answer.content


def test_a_new_token_is_shown_once(client_of: SignIn, owner: User) -> None:
    client = client_of(owner)
    answer = client.post("/account/tokens")
    token = re.search(r'value="(vx_[^"]+)"', answer.content.decode())
    assert token is not None
    assert ApiToken.owner_of(token[1]) == owner
    assert answer["Cache-Control"].startswith("max-age=0")
    assert token[1] not in client.get("/account").content.decode()


def test_nobody_deletes_the_token_of_somebody_else(client_of: SignIn, owner: User, stranger: User) -> None:
    ApiToken.issue(owner)
    path = f"/account/tokens/{ApiToken.objects.get().pk}/delete"
    assert client_of(stranger).post(path).status_code == 404
    assert client_of(owner).post(path).status_code == 302
    assert ApiToken.objects.count() == 0


def test_there_is_a_most(client_of: SignIn, owner: User) -> None:
    for _ in range(MOST_TOKENS):
        ApiToken.issue(owner)
    answer = client_of(owner).post("/account/tokens")
    assert "Delete one first" in str(next(iter(get_messages(answer.wsgi_request))))
    assert ApiToken.objects.count() == MOST_TOKENS


def test_signing_out_everywhere_ends_every_session(client_of: SignIn, owner: User) -> None:
    here, there = client_of(owner), client_of(owner)
    assert here.post("/account/sign-out-everywhere")["Location"] == "/accounts/login/"
    assert there.get("/account").status_code == 302
    assert there.login(email=owner.email, password=PASSWORD)
