"""The description of the surface, its page, and addresses that lead nowhere."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client

from transcripts.api.root import api
from transcripts.models import User

pytestmark = pytest.mark.django_db
ApiOf = Callable[[User], Client]


def test_it_works() -> None:
    client = Client()
    described = client.get("/api/v1/openapi.json").json()
    assert described["info"]["title"] == "voxweb"
    recordings = described["paths"]["/api/v1/recordings"]["post"]
    assert set(recordings["requestBody"]["content"]) == {"multipart/form-data", "application/json"}
    names = [operation["operationId"] for path in described["paths"].values() for operation in path.values()]
    assert len(names) == len(set(names))


def test_every_reference_in_the_description_leads_somewhere() -> None:
    client = Client()
    text = client.get("/api/v1/openapi.json").content.decode()
    shapes = client.get("/api/v1/openapi.json").json()["components"]["schemas"]
    assert set(re.findall(r'"#/components/schemas/([^"]+)"', text)) <= set(shapes)


def test_the_reference_page_runs_without_scripts_and_strangers() -> None:
    client = Client()
    answer = client.get("/api/v1/docs")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "script-src 'self'" in answer["Content-Security-Policy"]
    assert "<script" not in page
    assert "style=" not in page
    assert not re.findall(r'(?:src|href)="(?:https?:)?//', page)
    for path, operations in api.get_openapi_schema()["paths"].items():
        for method in operations:
            assert f"{method.upper()} {path}" in page


@pytest.mark.parametrize("address", ["v1/nope", "", "v2/transcripts", "v1/transcripts/a/b"])
def test_an_unknown_address_answers_in_the_same_shape(address: str) -> None:
    answer = Client().get(f"/api/{address}")
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "not_found")


def test_an_unknown_method_is_405(api_of: ApiOf, owner: User) -> None:
    answer = api_of(owner).put("/api/v1/transcripts")
    assert answer.status_code == 405
    assert answer["Allow"] == "GET"
