"""Names that were given to speakers of other transcripts, to choose from."""

from __future__ import annotations

from django.db.models import Count, Max

from ..models import Speaker
from ..models.transcript import TranscriptQuerySet
from .file_name import plain_line

MOST_NAMES = 20


def offered_names(transcripts: TranscriptQuerySet, typed: str) -> list[str]:
    """Names in ``transcripts`` that contain ``typed``, in any case: those used most and last first."""
    speakers = Speaker.objects.filter(transcript__in=transcripts.in_library().order_by()).exclude(name="")
    if wanted := plain_line(typed, 120):
        speakers = speakers.filter(name__icontains=wanted)
    rows = speakers.order_by().values("name").annotate(times=Count("pk"), last=Max("transcript__updated_at"))
    found = rows.order_by("-times", "-last", "name").values_list("name", flat=True)
    return list(found[:MOST_NAMES])
