"""What the machine heard beside a person's words: take it, take both, take that back, or put it away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from django.db import models, transaction
from django.utils import timezone
from prosemirror.transform import Transform

from ..document.content import segment_place
from ..document.difference import change_text
from ..errors import VoxwebError
from ..models import OtherReading, Segment, StepBatch, Transcript, User
from ..timing.tokens import normalise_text
from .edit.server_edit import edit
from .merge.find_again import find_again
from .segment_to_change import SegmentGoneError, segment_now


class ReadingPlaceGoneError(VoxwebError):
    code: ClassVar[str] = "reading_place_gone"
    message = (
        "The words that this was heard in place of have changed, so it cannot be put in by itself. "
        "Copy it and paste it where it belongs."
    )


@dataclass(frozen=True)
class _Swap:
    """The text of the segment before and after, and what stands in the place of the reading then."""

    before: str
    after: str
    put_in: str


def use_reading(reading: OtherReading, user: User, *, both: bool = False) -> Segment:
    """Put what was heard in the place of the words it was heard for, or with ``both`` behind them.

    The reading then holds the words from before, exactly as they were, so that doing it again takes it back.
    Raises SegmentGoneError and ReadingPlaceGoneError.
    """
    with transaction.atomic():
        transcript = Transcript.objects.select_for_update().get(pk=reading.transcript_id)
        reading.refresh_from_db()
        swap = _swap(reading, segment_now(transcript, reading.key).text, both=both)

        def change(tr: Transform) -> None:
            place = segment_place(tr.doc, reading.key)
            if place is None:
                raise SegmentGoneError
            change_text(tr, place[0], swap.before, swap.after)

        edit(transcript, StepBatch.Kind.MERGE, user, change)
        reading.mine, reading.text, reading.hidden_at = swap.put_in, reading.mine, None
        reading.save(update_fields=["mine", "text", "hidden_at"])
    return segment_now(transcript, reading.key)


def _swap(reading: OtherReading, text: str, *, both: bool) -> _Swap:
    place = find_again(text, reading.mine, reading.offset)
    if place is None:
        raise ReadingPlaceGoneError
    put_in = f"{reading.mine} {reading.text}".strip() if both else reading.text
    start, end = place
    after = text[:start] + put_in + text[end:]
    return _Swap(text, after if put_in else normalise_text(after), put_in)


def hide_reading(reading: OtherReading) -> None:
    """Stop showing it; it is kept. Hidden twice is hidden once."""
    _write_hidden(reading, OtherReading.objects.filter(pk=reading.pk, hidden_at=None), timezone.now())


def show_reading(reading: OtherReading) -> None:
    """Ask again: the choice has been taken back."""
    _write_hidden(reading, OtherReading.objects.filter(pk=reading.pk).exclude(hidden_at=None), None)


def _write_hidden(reading: OtherReading, rows: models.QuerySet[OtherReading], at: datetime | None) -> None:
    with transaction.atomic():
        if rows.update(hidden_at=at):
            reading.transcript.touch()
    reading.refresh_from_db()
