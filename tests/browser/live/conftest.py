"""A take that runs, without anybody speaking: tests say what was said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from tests.browser.conftest import Server
from tests.written import add_segments, nth, write_text
from transcripts.document.content import DocSegment, DocVoice
from transcripts.models import Membership, Recording, Speaker, StepBatch, Take, Transcript, User

LINE_MS = 4_000
SAID = (
    (0, "Good morning everybody, and thank you for coming."),
    (0, "We have one question today: what happens to the harbour."),
    (1, "May I begin with the fishermen?"),
    (0, "Please do."),
)


@dataclass
class RunningTake:
    """What the recorder and the relay of a take would do."""

    transcript: Transcript
    server: Server
    speakers: list[Speaker]

    def tell(self, *messages: dict[str, Any]) -> None:
        """Say this to the open pages, in order."""
        url = f"{self.server.url}/tell/{self.transcript.code}"
        httpx.post(url, json=list(messages), trust_env=False).raise_for_status()

    def write(self, text: str, who: int = 0) -> dict[str, Any]:
        """Make a line of final text; returns the message that goes with it."""
        number = self.transcript.segments.count()
        speaker = self.speakers[who]
        start_ms = number * LINE_MS
        said = DocSegment(f"said{number}", speaker.label, start_ms, start_ms + 3500, text)
        add_segments(self.transcript, [said], kind=StepBatch.Kind.LIVE)
        self.transcript.touch()
        row = nth(self.transcript, number)
        return {
            "type": "final", "key": row.key, "start_ms": row.start_ms, "end_ms": row.end_ms, "text": text,
            "speaker": speaker.display_name, "hue": speaker.colour,
        }  # fmt: skip

    def say(self, text: str, who: int = 0) -> None:
        """A line is final: written, and told to the open pages."""
        self.tell(self.write(text, who))

    def caption(self, text: str) -> None:
        """The provisional text."""
        number = self.transcript.segments.count()
        self.tell({"type": "caption", "start_ms": number * LINE_MS, "text": text, "speaker": ""})

    def move_to(self, state: Transcript.State) -> None:
        """The take has ended, or goes on; pages are told."""
        is_open = state == Transcript.State.RECORDING
        Take.objects.update(state=Take.State.OPEN if is_open else Take.State.ENDED)
        self.transcript.move_to_state(state)
        version = Transcript.objects.get(pk=self.transcript.pk).version
        self.tell({"type": "changed", "version": version, "state": state.value})


@pytest.fixture
def take(owner: User, viewer: User, editor: User, server: Server) -> RunningTake:
    """A take of ``owner`` in which four lines were said; ``viewer`` and ``editor`` have it too."""
    transcript = Transcript.objects.create(
        title="Harbour council", owner=owner, state=Transcript.State.RECORDING, origin=Transcript.Origin.LIVE
    )
    Recording.objects.create(transcript=transcript, original_name="Harbour council.flac")
    Take.objects.create(transcript=transcript, client_key=f"{owner.pk}:abcdefgh")
    Membership.objects.create(transcript=transcript, user=viewer, role=Membership.Role.VIEWER)
    Membership.objects.create(transcript=transcript, user=editor, role=Membership.Role.EDITOR)
    names = ["Amara Okafor", "Jonas Weber"]
    write_text(transcript, [], [DocVoice(f"speaker_{n}", name) for n, name in enumerate(names)])
    made = RunningTake(transcript, server, list(transcript.speakers.all()))
    for who, text in SAID:
        made.write(text, who)
    return made
