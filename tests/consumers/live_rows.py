"""What a take has left behind: its sound on the disk, its rows."""

from __future__ import annotations

from asgiref.sync import sync_to_async

from tests.consumers.live_server import LiveServer
from tests.fakes.realtime_echo import numbered_pcm
from transcripts.models import Job, Segment, Take

FIRST = 400
PCM = numbered_pcm(20, FIRST)
"""Two seconds in which the echoing service hears ``w400`` and the 19 words after it."""


def take_pcm(server: LiveServer, code: str) -> bytes:
    return (server.media / code / "take.pcm").read_bytes()


@sync_to_async
def texts(code: str) -> list[str]:
    rows = Segment.objects.filter(transcript__code=code).order_by("order")
    return list(rows.values_list("text", flat=True))


@sync_to_async
def take_of(code: str) -> Take:
    return Take.objects.select_related("transcript").get(transcript__code=code)


@sync_to_async
def jobs_of(code: str) -> int:
    return Job.objects.filter(transcript__code=code).count()
