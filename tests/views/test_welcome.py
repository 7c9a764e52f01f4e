"""The first visit to a new server."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.conftest import PASSWORD
from transcripts.models import User

pytestmark = pytest.mark.django_db
GIVEN = {
    "name": "Olga",
    "email": "Olga@Example.org",
    "password": PASSWORD,
    "password_again": PASSWORD,
}


def test_it_works() -> None:
    client = Client()
    assert client.get("/")["Location"] == "/welcome"
    assert client.post("/welcome", GIVEN)["Location"] == "/"
    user = User.objects.get()
    assert (user.email, user.name, user.is_superuser, user.is_staff) == (
        "olga@example.org",
        "Olga",
        True,
        True,
    )
    assert client.get("/account").status_code == 200


@pytest.mark.parametrize("method", ["get", "post"])
def test_it_closes_behind_the_first_account(stranger: User, method: str) -> None:
    answer = getattr(Client(), method)("/welcome", GIVEN)
    assert answer["Location"] == "/"
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"password_again": "other"}, "The two passwords are not the same."),
        ({"password": "short", "password_again": "short"}, "too short"),
        ({"password": "password1234", "password_again": "password1234"}, "too common"),
        ({"email": "olga"}, "valid email"),
        ({"name": ""}, "This field is required."),
    ],
)
def test_refusals(change: dict[str, str], sentence: str) -> None:
    answer = Client().post("/welcome", {**GIVEN, **change})
    assert sentence in answer.content.decode()
    assert not User.objects.exists()
    assert PASSWORD not in answer.content.decode()
