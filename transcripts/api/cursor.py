"""Page through a list by position instead of by number, so that pages neither repeat nor skip rows."""

from __future__ import annotations

import base64
import binascii
from datetime import datetime

from django.db.models import Q

from ..models import Transcript
from ..models.transcript import TranscriptQuerySet
from .errors import InvalidRequestError


def cursor_after(row: Transcript) -> str:
    """Return an opaque mark of the place behind ``row`` in the order newest first."""
    return base64.urlsafe_b64encode(f"{row.created_at.isoformat()} {row.pk}".encode()).decode().rstrip("=")


def rows_behind(rows: TranscriptQuerySet, cursor: str) -> TranscriptQuerySet:
    """Return the rows behind the mark. Raises InvalidRequestError for a mark that is not ours."""
    created_at, pk = _read(cursor)
    return rows.filter(Q(created_at__lt=created_at) | Q(created_at=created_at, pk__lt=pk))


def _read(cursor: str) -> tuple[datetime, int]:
    try:
        raw = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True).decode()
        moment, _, pk = raw.partition(" ")
        created_at, number = datetime.fromisoformat(moment), int(pk)
    except (ValueError, binascii.Error) as error:
        raise InvalidRequestError("This cursor is not valid. Begin again with the first page.") from error
    if created_at.tzinfo is None or not 0 <= number < 2**63:
        raise InvalidRequestError("This cursor is not valid. Begin again with the first page.")
    return created_at, number
