"""The first message of a socket: where the transcript stands and what this person may do."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders

from ..access import role_of
from ..actions.edit.read import version_of
from ..document.schema import SCHEMA_VERSION
from ..models import Transcript, User

HUES = 8


def hello_of(user: User, code: str) -> dict[str, Any] | None:
    """None where the transcript has gone. ``build`` differs after a deploy."""
    transcript = Transcript.objects.filter(code=code).select_related("take").first()
    if transcript is None:
        return None
    is_live = transcript.state == Transcript.State.RECORDING
    take = getattr(transcript, "take", None)
    role = role_of(user, transcript)
    return {
        "version": transcript.version,
        "live": is_live,
        "paused": is_live and take is not None and take.is_paused,
        "v": version_of(transcript),
        "role": "viewer" if transcript.trashed_at else role,
        "me": describe_person(user),
        "schema": SCHEMA_VERSION,
        "build": _build(),
    }


@cache
def _build() -> str:
    """What the page's script says it is: the same in every process that serves the same files."""
    script = finders.find("js/transcript.js")
    return hashlib.blake2b(Path(script).read_bytes(), digest_size=8).hexdigest() if script else ""


def describe_person(user: User) -> dict[str, Any]:
    """How a person shows to others who have the same transcript open."""
    return {"user": str(user.pk), "name": user.display_name, "hue": user.pk % HUES + 1}
