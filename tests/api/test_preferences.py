"""Keys are kept per person, and only keys are."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from transcripts.actions.preferences import LARGEST_BYTES
from transcripts.models import Preference, User

URL = "/api/v1/preferences/keys"
NEVER_CHOSEN = {"set": "voxweb", "changes": {}}

pytestmark = pytest.mark.django_db


def put(client: Client, body: Any) -> Any:
    return client.put(URL, json.dumps(body), content_type="application/json")


def test_it_works(client: Client) -> None:
    assert client.get(URL).json() == NEVER_CHOSEN
    chosen = {
        "set": "otranscribe",
        "changes": {"toggle": ["Mod-Space", "F13"], "mark": [], "redo": ["Alt--", "?"]},
    }
    assert put(client, chosen).json() == chosen
    assert client.get(URL).json() == chosen
    assert put(client, {}).json() == NEVER_CHOSEN
    assert Preference.objects.count() == 1


def test_everybody_has_their_own(client: Client, api_of: Callable[[User], Client], editor: User) -> None:
    put(client, {"set": "descript"})
    assert api_of(editor).get(URL).json() == NEVER_CHOSEN


@pytest.mark.parametrize(
    "body",
    [
        [],
        {"set": "emacs"},
        {"set": 5},
        {"keys": {}},
        {"changes": []},
        {"changes": {"toggle": "Tab"}},
        {"changes": {"toggle": ["two words"]}},
        {"changes": {"toggle": ["Hyper-x"]}},
        {"changes": {"toggle": [""]}},
        {"changes": {"toggle": ["a\nb"]}},
        {"changes": {"toggle": ["a"] * 7}},
        {"changes": {"__proto__": ["a"]}},
        {"changes": {"x" * 41: ["a"]}},
        {"changes": {f"command{number}": ["a"] for number in range(301)}},
    ],
)
def test_rubbish_is_refused(client: Client, body: Any) -> None:
    refused = put(client, body)
    assert (refused.status_code, refused.json()["error"]["code"]) == (422, "invalid_request")
    assert not Preference.objects.exists()


def test_there_is_a_largest_size(client: Client) -> None:
    keys = ["Ctrl-Alt-Shift-Meta-" + "F" + "1" * 20] * 6
    refused = put(client, {"changes": {f"command{number}": keys for number in range(LARGEST_BYTES // 240)}})
    assert (refused.status_code, refused.json()["error"]["code"]) == (413, "preference_too_large")
    assert not Preference.objects.exists()
