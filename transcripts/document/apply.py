"""Apply steps that came over the wire: all of them or none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from prosemirror.model import Node
from prosemirror.transform import Step

from .attributes import apply_all
from .content import DocSegment, doc_segment, id_of, segment_nodes
from .errors import BadTextError, SegmentTextTooLongError, StepsRejectedError, TooManyStepsError
from .schema import SCHEMA, UNFIT

LONGEST_TEXT = 20_000
"""Characters of one segment."""
MOST_STEPS = 50_000
MOST_NEW_CHARACTERS = 8_000_000

KNOWN_STEPS = frozenset({"replace", "replaceAround", "attr"})

Json = Mapping[str, Any]


@dataclass(frozen=True)
class Changed:
    """What differs between two documents: segments that are new in ``after`` and those no longer there.

    A segment whose text or attributes changed is in both. ``is_cast`` tells whether voices changed.
    ``around`` are ids of the changed stretch of ``after`` in reading order, with a neighbour on each side.
    """

    added: Sequence[Node]
    removed: Sequence[Node]
    is_cast: bool
    around: Sequence[str] = ()

    @property
    def keys(self) -> list[str]:
        """Ids of the segments it touches, each once."""
        return list(dict.fromkeys(id_of(node) for node in (*self.removed, *self.added)))

    @property
    def segments(self) -> list[DocSegment]:
        """What was added, as values."""
        return [doc_segment(node) for node in self.added]


def apply_stored(document: Node, steps: Iterable[Json]) -> Node:
    """Apply steps that were accepted before."""
    result = apply_all(document, (Step.from_json(SCHEMA, dict(step)) for step in steps))
    if result.doc is None:
        raise ValueError(f"A stored step does not fit: {result.failed}")
    return result.doc


def apply_steps(document: Node, steps: Sequence[Json]) -> Node:
    """Return the document after ``steps``. Raises StepsRejectedError; steps are never trusted."""
    if len(steps) > MOST_STEPS:
        raise TooManyStepsError
    try:
        result = apply_all(document, (_step(step) for step in steps))
        if result.doc is None:
            raise StepsRejectedError(detail={"reason": (result.failed or "")[:200]})
        check_changed(changed(document, result.doc), result.doc)
    except StepsRejectedError:
        raise
    except Exception as error:  # whatever a hostile step makes the library raise
        raise StepsRejectedError(detail={"reason": type(error).__name__}) from error
    return result.doc


def _step(step: Json) -> Step:
    if step.get("stepType") not in KNOWN_STEPS:
        raise StepsRejectedError(detail={"step": str(step.get("stepType"))[:40]})
    return Step.from_json(SCHEMA, dict(step))


def check_changed(change: Changed, after: Node) -> None:
    """Raise StepsRejectedError or ValueError unless what is new fits the schema and its text can be kept."""
    if after.child_count == 0 or after.child(0).type.name != "cast":
        raise StepsRejectedError
    if change.is_cast:
        after.child(0).check()
    for node in change.added:
        node.check()
        _check_text(node.text_content)


def _check_text(text: str) -> None:
    if len(text) > LONGEST_TEXT:
        raise SegmentTextTooLongError
    if UNFIT.search(text):
        raise BadTextError


def changed(before: Node, after: Node) -> Changed:
    """Compare by identity, which documents made from each other share wherever nothing changed."""
    old, new = before.children[1:], after.children[1:]
    head = _common_head(old, new)
    tail = _common_head(old[head:][::-1], new[head:][::-1])
    removed = [node for group in old[head : len(old) - tail] for node in group.children]
    added = [node for group in new[head : len(new) - tail] for node in group.children]
    old_ids, new_ids = {id(node) for node in removed}, {id(node) for node in added}
    return Changed(
        [node for node in added if id(node) not in old_ids],
        [node for node in removed if id(node) not in new_ids],
        before.child(0) is not after.child(0),
        _around(new, head, len(new) - tail),
    )


def whole(document: Node) -> Changed:
    """Everything, as if there had been nothing before."""
    nodes = list(segment_nodes(document))
    return Changed(nodes, [], is_cast=True, around=[id_of(node) for node in nodes])


def _around(groups: Sequence[Node], first: int, last: int) -> list[str]:
    inside = [id_of(node) for group in groups[first:last] for node in group.children]
    before = [id_of(groups[first - 1].children[-1])] if first else []
    after = [id_of(groups[last].children[0])] if last < len(groups) else []
    return [*before, *inside, *after]


def _common_head(one: Sequence[Node], other: Sequence[Node]) -> int:
    count = 0
    while count < len(one) and count < len(other) and one[count] is other[count]:
        count += 1
    return count
