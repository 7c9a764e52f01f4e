"""Create the administrator of a new server, once."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.contenttypes.models import ContentType
from django.db import transaction

from ..errors import VoxwebError
from ..models import User


class FirstAccountExistsError(VoxwebError):
    code: ClassVar[str] = "first_account_exists"
    message = "This server has an administrator already. Sign in, or ask them for an account."


def create_first_account(email: str, password: str, name: str = "") -> User:
    """Return the new administrator. Of two people who ask at the same moment only one succeeds.

    The row lock makes PostgreSQL serve one at a time; SQLite's IMMEDIATE transactions do so anyway.
    Raises FirstAccountExistsError.
    """
    with transaction.atomic():
        ContentType.objects.select_for_update().get(app_label="transcripts", model="user")
        if User.objects.exists():
            raise FirstAccountExistsError
        return User.objects.create_superuser(email, password, name=name)
