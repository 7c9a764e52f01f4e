"""What a person likes, kept with their account so that it is the same on every device."""

from __future__ import annotations

import json
from typing import Any, ClassVar

from ..errors import VoxwebError
from ..models import Preference, User

LARGEST_BYTES = 16_384


class PreferenceTooLargeError(VoxwebError):
    code: ClassVar[str] = "preference_too_large"
    message = "These settings are larger than anybody needs. Nothing was changed; take some of them away."


def preference_of(user: User, name: str) -> Any:
    """The value, or None where this person never set it."""
    return Preference.objects.filter(user=user, name=name).values_list("value", flat=True).first()


def keep_preference(user: User, name: str, value: Any) -> None:
    """Set the value; the last one that is sent holds. Raises PreferenceTooLargeError."""
    if len(json.dumps(value).encode()) > LARGEST_BYTES:
        raise PreferenceTooLargeError
    Preference.objects.update_or_create(user=user, name=name, defaults={"value": value})
