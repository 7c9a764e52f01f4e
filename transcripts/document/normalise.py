"""What the authority puts right by itself after somebody's steps: ids, order of times, size of groups."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from prosemirror.model import Node
from prosemirror.transform import AttrStep, Transform

from .apply import Changed
from .content import GROUP_SEGMENTS, doc_segment, id_of, segment_places, voice_places

MOST_IN_GROUP = 2 * GROUP_SEGMENTS
LONGEST_ID = 16


def normalise(
    document: Node, change: Changed, taken: Collection[str], new_id: Callable[[], str]
) -> Transform:
    """Return the steps that put ``document`` right.

    ``change`` is what somebody's steps did, ``taken`` are ids of segments that were not changed.
    """
    tr = Transform(document)
    wrong = {id(node): node for node in _misnamed(change, taken)}
    backwards = {id(node) for node in change.added if _runs_backwards(node)}
    if wrong or backwards:
        for position, node in list(segment_places(document)):
            if id(node) in wrong:
                tr.step(AttrStep(position, "id", new_id()))
            if id(node) in backwards:
                tr.step(AttrStep(position, "end_ms", node.attrs["start_ms"]))
    if change.is_cast:
        _name_voices(tr)
    _split_groups(tr)
    return tr


def _runs_backwards(node: Node) -> bool:
    segment = doc_segment(node)
    return segment.end_ms < segment.start_ms


def _misnamed(change: Changed, taken: Collection[str]) -> Iterator[Node]:
    seen = set(taken)
    for node in change.added:
        key = id_of(node)
        if not key or len(key) > LONGEST_ID or key in seen:
            yield node
        seen.add(key)


def _name_voices(tr: Transform) -> None:
    """Every voice needs an id of its own; two people may have added the same one at the same time."""
    seen: set[str] = set()
    for position, node in list(voice_places(tr.doc)):
        key = id_of(node)
        if not key or key in seen:
            key = _free_voice_id(tr.doc, seen)
            tr.step(AttrStep(position, "id", key))
        seen.add(key)


def _free_voice_id(document: Node, seen: Collection[str]) -> str:
    known = {id_of(node) for _, node in voice_places(document)} | set(seen)
    return next(name for number in range(1, len(known) + 2) if (name := f"speaker_{number}") not in known)


def _split_groups(tr: Transform) -> None:
    """Large groups fall into groups of the usual size; from the end, so that positions stay right."""
    position = tr.doc.content.size
    for group in reversed(tr.doc.children[1:]):
        position -= group.node_size
        if group.child_count > MOST_IN_GROUP:
            _split(tr, position, group)


def _split(tr: Transform, position: int, group: Node) -> None:
    offsets, offset = [], position + 1
    for node in group.children:
        offsets.append(offset)
        offset += node.node_size
    for index in reversed(range(GROUP_SEGMENTS, group.child_count, GROUP_SEGMENTS)):
        tr.split(offsets[index])
