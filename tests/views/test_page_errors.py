"""Refusals and faults as pages."""

from __future__ import annotations

import pytest
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.test import Client, RequestFactory

from transcripts.access import NotAllowedError
from transcripts.actions.jobs import JobNotOpenError
from transcripts.models import User
from transcripts.views.page_errors import tells_refusals


def refusing(error: Exception) -> HttpResponse:
    @tells_refusals
    def view(_request: HttpRequest) -> HttpResponse:
        raise error

    request = RequestFactory().get("/")
    request.user = User(email="a@example.org")
    return view(request)


def test_it_works() -> None:
    answer = refusing(NotAllowedError("Only the owner can do that."))
    assert answer.status_code == 403
    assert b"Only the owner can do that." in answer.content


def test_other_expected_failures_are_told_too() -> None:
    answer = refusing(JobNotOpenError())
    assert answer.status_code == 400
    assert b"nothing to cancel" in answer.content


def test_faults_are_not_hidden() -> None:
    with pytest.raises(ZeroDivisionError):
        refusing(ZeroDivisionError())


def test_a_missing_page(owner: User) -> None:
    answer = Client().get("/nothing/here")
    assert answer.status_code == 404
    assert b"There is nothing here" in answer.content


@pytest.mark.parametrize("status", [413, 500])
def test_pages_without_a_request(status: int) -> None:
    assert "Go to the" in render_to_string(f"{status}.html")
