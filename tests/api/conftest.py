"""For every test of the REST surface."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.conf import LazySettings
from django.test import Client

from transcripts.models import User


@pytest.fixture(autouse=True)
def cheap_passwords(settings: LazySettings) -> None:
    """Four people per test: the real hash would be most of the run."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def client(api_of: Callable[[User], Client], owner: User) -> Client:
    """The owner's program; shadows pytest-django's anonymous client."""
    return api_of(owner)
