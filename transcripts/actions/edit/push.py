"""Steps of a page, accepted in order or not at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction
from prosemirror.model import Node

from ...document.apply import apply_steps
from ...models import StepBatch, Transcript, TranscriptDoc, User
from .move_steps import MOST_STEPS as MOST_MOVED
from .move_steps import moved_steps
from .read import current, doc_of, steps_since
from .store import Batch, store


@dataclass(frozen=True)
class Push:
    """``version`` is the one that the steps were made on, ``client`` the page that made them."""

    version: int
    client: str
    steps: Sequence[Mapping[str, Any]]
    user: User
    kind: str = StepBatch.Kind.EDIT
    may_move: bool = False
    """The page finds its own steps behind those of others."""


@dataclass(frozen=True)
class Stale:
    """Somebody was faster: pull up to ``version``, rebase, send again."""

    version: int


@dataclass(frozen=True)
class Moved(Stale):
    """Somebody was faster at another place: the steps stand behind theirs. Pull, and send nothing again."""


def push(transcript: Transcript, push: Push) -> int | Stale:
    """Append the steps and return the new version.

    Whoever calls has checked that the person may edit, and tells open pages of the new version.

    Raises StepsRejectedError and Transcript.DoesNotExist; nothing is changed then. Sent twice, the second
    time is stale, and the page finds its own steps among those it pulls.
    """
    with transaction.atomic():
        Transcript.objects.select_for_update().get(pk=transcript.pk)
        doc = doc_of(transcript)
        if push.version == doc.version:
            if not push.steps:
                return doc.version
            before = current(doc, transcript.code)
            return _stored(transcript, doc, push, before, apply_steps(before, push.steps))
        behind = _put_behind(transcript, doc, push)
        if behind is None:
            return Stale(doc.version)
        return Moved(_stored(transcript, doc, *behind))


def _stored(transcript: Transcript, doc: TranscriptDoc, push: Push, before: Node, after: Node) -> int:
    batch = Batch(push.kind, push.user, push.client, [dict(step) for step in push.steps], quiet=True)
    return store(transcript, doc, before, after, batch)


def _put_behind(transcript: Transcript, doc: TranscriptDoc, push: Push) -> tuple[Push, Node, Node] | None:
    """The push as it is now, the document, and what it becomes.

    None where only the page itself can do it, or did: what it sent is never taken twice.
    """
    if not push.may_move or not push.steps or not 0 < doc.version - push.version <= MOST_MOVED:
        return None
    first = steps_since(transcript, push.version)
    if push.client in first.clients:
        return None
    before = current(doc, transcript.code)
    try:
        steps = moved_steps(push.steps, first.steps)
        if steps is not None:
            return replace(push, version=doc.version, steps=steps), before, apply_steps(before, steps)
    except Exception:  # whatever a hostile step makes the library raise: it is told when they are sent again
        return None
    return None
