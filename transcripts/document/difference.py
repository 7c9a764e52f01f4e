"""The steps that turn one document into another, as few and as small as is sensible."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from prosemirror.model import Fragment, Node, Slice
from prosemirror.transform import AttrStep, ReplaceStep, Transform

from ..timing.word_diff import matching_pairs
from .attributes import step_all
from .content import (
    GROUP_SEGMENTS,
    DocSegment,
    DocVoice,
    id_of,
    segment_node,
    segment_places,
    voice_node,
    voices_of,
)
from .schema import SCHEMA

_PIECES = re.compile(r"\s+|\S+")


class Hunk(NamedTuple):
    """``old[old_from:old_to]`` gives way to ``new[new_from:new_to]``; with ``old_to`` -1 a pair stays."""

    old_from: int
    old_to: int
    new_from: int
    new_to: int

    @property
    def stays(self) -> bool:
        return self.old_to < 0


def steps_towards(tr: Transform, voices: Sequence[DocVoice], segments: Sequence[DocSegment]) -> None:
    """Add steps to ``tr`` until its document holds exactly these voices and segments.

    Segments that keep their id keep their place in the document and are changed in the words that differ;
    how segments are grouped is left as it is.
    """
    _change_segments(tr, segments)
    _change_voices(tr, voices)


def change_text(tr: Transform, position: int, before: str, after: str) -> None:
    """Replace the words that differ in the text block that begins at ``position`` (before its node)."""
    old, new = _PIECES.findall(before), _PIECES.findall(after)
    for hunk in _hunks_from_the_end(old, new):
        if hunk.stays:
            continue
        start = position + 1 + _units("".join(old[: hunk.old_from]))
        end = start + _units("".join(old[hunk.old_from : hunk.old_to]))
        text = "".join(new[hunk.new_from : hunk.new_to])
        content = Fragment.from_(SCHEMA.text(text)) if text else Fragment.empty
        tr.step(ReplaceStep(start, end, Slice(content, 0, 0)))


def change_attrs(tr: Transform, position: int, node: Node, attrs: Mapping[str, object]) -> None:
    """Set those of ``attrs`` that differ on the node behind ``position``."""
    step_all(tr, _attr_steps(position, node, attrs))


def _attr_steps(position: int, node: Node, attrs: Mapping[str, object]) -> list[AttrStep]:
    return [
        AttrStep(position, name, value)  # type: ignore[arg-type] # JSON by our own types
        for name, value in attrs.items()
        if node.attrs[name] != value
    ]


# -- segments ------------------------------------------------------------------------------------


def _change_segments(tr: Transform, segments: Sequence[DocSegment]) -> None:
    document = tr.doc
    places = list(segment_places(document))
    ids = [id_of(node) for _, node in places]
    hunks = list(_hunks_from_the_end(ids, [segment.id for segment in segments]))
    stay = [(places[hunk.old_from], segments[hunk.new_from]) for hunk in hunks if hunk.stays]
    step_all(tr, [step for place, target in stay for step in _attr_steps(*place, target.attrs)])
    for hunk in hunks:
        if hunk.stays:
            position, node = places[hunk.old_from]
            change_text(tr, position, node.text_content, segments[hunk.new_from].text)
            continue
        _delete(tr, document, hunk.old_from, hunk.old_to)
        _insert(tr, places, hunk.old_from, segments[hunk.new_from : hunk.new_to])


def _delete(tr: Transform, document: Node, first: int, last: int) -> None:
    """Delete segments by number; groups that lose all of theirs go with them."""
    for start, end in reversed(list(_stretches(document, first, last))):
        tr.step(ReplaceStep(start, end, Slice.empty))


def _stretches(document: Node, first: int, last: int) -> Iterator[tuple[int, int]]:
    position, number = document.child(0).node_size, 0
    for group in document.children[1:]:
        low, high = max(first - number, 0), min(last - number, group.child_count)
        if low < high and high - low == group.child_count:
            yield position, position + group.node_size
        elif low < high:
            start = position + 1 + sum(node.node_size for node in group.children[:low])
            yield start, start + sum(node.node_size for node in group.children[low:high])
        position, number = position + group.node_size, number + group.child_count
        if number >= last:
            return


def _insert(
    tr: Transform, places: Sequence[tuple[int, Node]], number: int, segments: Sequence[DocSegment]
) -> None:
    """Insert behind the segment before ``number``, into its group; at the front as groups of their own."""
    if not segments:
        return
    nodes = [segment_node(segment) for segment in segments]
    if number:
        position, before = places[number - 1]
        place = position + before.node_size
    else:
        place = tr.doc.child(0).node_size
        nodes = groups_of(nodes)
    tr.step(ReplaceStep(place, place, Slice(Fragment.from_(nodes), 0, 0)))


def groups_of(nodes: Sequence[Node]) -> list[Node]:
    """Segments in groups of the usual size."""
    firsts = range(0, len(nodes), GROUP_SEGMENTS)
    return [SCHEMA.node("group", None, list(nodes[first : first + GROUP_SEGMENTS])) for first in firsts]


# -- voices --------------------------------------------------------------------------------------


def _change_voices(tr: Transform, voices: Sequence[DocVoice]) -> None:
    old = voices_of(tr.doc)
    nodes = list(tr.doc.child(0).children)
    hunks = _hunks_from_the_end([voice.id for voice in old], [voice.id for voice in voices])
    for hunk in hunks:
        if hunk.stays:
            target = voices[hunk.new_from]
            attrs: dict[str, object] = {"name": target.name, "hue": target.hue}
            change_attrs(tr, 1 + hunk.old_from, nodes[hunk.old_from], attrs)
            continue
        new = [voice_node(voice) for voice in voices[hunk.new_from : hunk.new_to]]
        tr.step(ReplaceStep(1 + hunk.old_from, 1 + hunk.old_to, Slice(Fragment.from_(new), 0, 0)))


# -- both ----------------------------------------------------------------------------------------


def _hunks_from_the_end(old: Sequence[str], new: Sequence[str]) -> Iterator[Hunk]:
    """From the last to the first, so that positions before a hunk are still those of the old document."""
    old_end, new_end = len(old), len(new)
    for old_index, new_index in reversed(matching_pairs(old, new)):
        if old_index + 1 < old_end or new_index + 1 < new_end:
            yield Hunk(old_index + 1, old_end, new_index + 1, new_end)
        yield Hunk(old_index, -1, new_index, -1)
        old_end, new_end = old_index, new_index
    if old_end or new_end:
        yield Hunk(0, old_end, 0, new_end)


def _units(text: str) -> int:
    """Length in UTF-16 units, in which positions are counted."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
