"""Begin a take, find it again, and end it. What was said is in the library from the first moment."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.conf import settings
from django.db import IntegrityError, transaction
from django.http import Http404
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from ... import conf
from ...errors import VoxwebError
from ...models import Job, Recording, Take, Transcript, User
from ...relay.limits import BYTES_PER_MS
from ..file_name import plain_line
from ..jobs import OPEN_STATES, cancel_job, start_job
from ..options import parse_choices
from ..take_files import raw_path
from .options import parse_live_options

TOKEN_LENGTH = 40
CLIENT_KEY = re.compile(r"[A-Za-z0-9-]{8,64}")
PASS_CHOICES = ("model", "language", "diarize", "speaker_count", "context_bias", "temperature")
LONGEST_TITLE = 300
STATE_FIELDS = ["state", "total_bytes", "is_paused", "ended_at", "seen_at"]


class TakeStartInvalidError(VoxwebError):
    code: ClassVar[str] = "take_start_invalid"
    message = (
        "The recording could not be started: its request is not complete. Reload the page and try again."
    )


def start_take(user: User, client_key: str, title: str, source: str, raw_options: Mapping[str, Any]) -> Take:
    """Make a transcript with an open take, or find the one that this ``client_key`` has begun already.

    Raises TakeStartInvalidError and the errors of ``parse_choices`` and ``parse_live_options``.
    """
    if not CLIENT_KEY.fullmatch(client_key) or source not in Take.Source.values:
        raise TakeStartInvalidError
    known = _known(user, client_key)
    if known is not None:
        return known
    options = parse_live_options(raw_options)
    choices = parse_choices(_pass_choices(raw_options))
    try:
        return _create(user, client_key, plain_line(title, LONGEST_TITLE), source, options, choices)
    except IntegrityError:
        again = _known(user, client_key)
        if again is None:
            raise
        return again


def _pass_choices(raw: Mapping[str, Any]) -> dict[str, Any]:
    """The pass after the stop gets the same wishes; a vocabulary only where its model takes one."""
    choices = {name: raw[name] for name in PASS_CHOICES if name in raw}
    model = str(choices.get("model") or settings.SPEECH_MODEL)
    if conf.model_capabilities(model).bias == "none":
        choices.pop("context_bias", None)
    return choices


def _known(user: User, client_key: str) -> Take | None:
    rows = Take.objects.select_related("transcript__owner")
    return rows.filter(client_key=_key_of(user, client_key)).first()


def _key_of(user: User, client_key: str) -> str:
    return f"{user.pk}:{client_key}"


def _create(
    user: User, client_key: str, title: str, source: str, options: dict[str, Any], choices: dict[str, Any]
) -> Take:
    now = timezone.localtime()
    title = title or f"Recording of {now.day} {now:%B %Y, %H:%M}"
    with transaction.atomic():
        transcript = Transcript.objects.create(
            title=title, owner=user, state=Transcript.State.RECORDING, origin=Transcript.Origin.LIVE
        )
        Recording.objects.create(transcript=transcript, original_name=f"{title[:250]}.flac")
        return Take.objects.create(
            transcript=transcript,
            client_key=_key_of(user, client_key),
            source=source,
            options=options,
            choices=choices,
        )


def client_key_of(take: Take) -> str:
    """The recorder's own name of the take."""
    return take.client_key.partition(":")[2]


def token_of(take: Take) -> str:
    """What continues a take, together with being its owner: a guessed or leaked code alone is not enough."""
    value = f"{take.pk}:{take.transcript.code}:{take.transcript.owner_id}"
    return salted_hmac("transcripts.take", value, algorithm="sha256").hexdigest()[:TOKEN_LENGTH]


def take_with_token(user: User, code: str, token: str) -> Take:
    """The take of ``user`` with this token. Raises Http404 for everybody and everything else."""
    rows = Take.objects.select_related("transcript__owner")
    take = rows.filter(transcript__code=code, transcript__owner=user).first()
    if take is None or not constant_time_compare(token, token_of(take)):
        raise Http404("No such recording.")
    return take


def reopen_take(take: Take) -> None:
    """An ended take goes on. What the pass after the stop was doing is done again after the next one."""
    with transaction.atomic():
        _cancel_open_jobs(take.transcript)
        Take.objects.filter(pk=take.pk).update(
            state=Take.State.OPEN, ended_at=None, seen_at=timezone.now(), is_paused=False
        )
        take.transcript.move_to_state(Transcript.State.RECORDING)
    take.refresh_from_db(fields=STATE_FIELDS)


def _cancel_open_jobs(transcript: Transcript) -> None:
    for job in Job.objects.filter(transcript=transcript, state__in=OPEN_STATES):
        cancel_job(job)


def end_take(take: Take, *, unseen_since: datetime | None = None) -> bool:
    """End the take and queue the pass over all of it. Safe to repeat; returns whether it was open.

    With ``unseen_since`` only where no recorder has been there since then.
    """
    path = raw_path(take.transcript.code)
    size = path.stat().st_size if path.exists() else 0
    with transaction.atomic():
        rows = Take.objects.filter(pk=take.pk, state=Take.State.OPEN)
        ended = (rows.filter(seen_at__lt=unseen_since) if unseen_since else rows).update(
            state=Take.State.ENDED, ended_at=timezone.now(), total_bytes=size - size % 2, is_paused=False
        )
        if ended:
            _cancel_open_jobs(take.transcript)
            start_job(take.transcript, take.choices)
    take.refresh_from_db(fields=STATE_FIELDS)
    return bool(ended)


def note_pause(take: Take, paused: bool, offset: int) -> None:
    """The recorder paused at this byte, or goes on."""
    row = Take.objects.get(pk=take.pk)
    at_ms = offset // BYTES_PER_MS
    if paused and at_ms not in row.pauses:
        row.pauses.append(at_ms)
    row.is_paused = paused
    row.save(update_fields=["pauses", "is_paused"])


def end_abandoned_takes() -> int:
    """End what has had no recorder for VOXWEB_TAKE_IDLE_MINUTES; returns how many.

    Nothing is lost by it: a recorder that comes back later opens its take again.
    """
    before = timezone.now() - timedelta(minutes=settings.TAKE_IDLE_MINUTES)
    rows = Take.objects.filter(state=Take.State.OPEN, seen_at__lt=before).select_related("transcript")
    return sum(end_take(take, unseen_since=before) for take in rows)
