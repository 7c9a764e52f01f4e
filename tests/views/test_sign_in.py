"""The pages of django-allauth in our frame: signing in, signing up, a forgotten password."""

from __future__ import annotations

import re

import pytest
from django.conf import LazySettings
from django.core import mail
from django.core.cache import cache
from django.test import Client

from tests.conftest import PASSWORD
from transcripts.models import User

NEW_PASSWORD = "another horse battery"
MORE_THAN_ALLOWED = 6


@pytest.fixture(autouse=True)
def fresh_limits() -> None:
    """The throttle counts in the cache, which outlives a test."""
    cache.clear()


def test_it_works(owner: User) -> None:
    client = Client()
    answer = client.post("/accounts/login/", {"login": owner.email.upper(), "password": PASSWORD})
    assert answer["Location"] == "/"
    assert client.get("/account").status_code == 200


def test_a_wrong_password_is_refused(owner: User) -> None:
    answer = Client().post("/accounts/login/", {"login": owner.email, "password": "wrong"})
    assert answer.status_code == 200
    assert b'class="errors"' in answer.content


def test_signing_in_is_throttled(owner: User) -> None:
    client = Client()
    wrong = {"login": owner.email, "password": "wrong"}
    for _ in range(MORE_THAN_ALLOWED):
        client.post("/accounts/login/", wrong)
    answer = client.post("/accounts/login/", {"login": owner.email, "password": PASSWORD})
    assert b"Too many failed" in answer.content


def test_strangers_cannot_sign_up_unless_it_is_open(owner: User, settings: LazySettings) -> None:
    assert b"Accounts are by invitation" in Client().get("/accounts/signup/").content
    assert b"Create an account" not in Client().get("/accounts/login/").content
    settings.SIGNUP_OPEN = True
    given = {"email": "new@example.org", "password1": PASSWORD, "password2": PASSWORD}
    assert b"Create the account" in Client().get("/accounts/signup/").content
    assert Client().post("/accounts/signup/", given)["Location"] == "/"
    assert not User.objects.get(email="new@example.org").is_staff


def test_a_forgotten_password(owner: User) -> None:
    client = Client()
    sent = client.post("/accounts/password/reset/", {"email": owner.email}, follow=True)
    assert b"Look into your email" in sent.content
    link = re.search(r"http://testserver(/\S+)", str(mail.outbox[0].body))
    assert link is not None
    form = client.get(link[1], follow=True)
    assert b"Choose a new password" in form.content
    new = {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    done = client.post(form.redirect_chain[-1][0], new, follow=True)
    assert b"Your password is changed" in done.content
    owner.refresh_from_db()
    assert owner.check_password(NEW_PASSWORD)
    assert b"This link no longer works" in Client().get(link[1], follow=True).content


def test_the_answer_does_not_tell_who_has_an_account(owner: User) -> None:
    answers = [
        Client().post("/accounts/password/reset/", {"email": email}, follow=True).content
        for email in (owner.email, "nobody@example.org")
    ]
    assert [b"Look into your email" in answer for answer in answers] == [True, True]
