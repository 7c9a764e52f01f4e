"""Put many new segments into a document in few steps, around those that stay.

A step in a ten-hour document costs most of a millisecond, so changing all of it word by word takes too long
while everybody waits. Segments that people touched stay where they are; the machine's give way in runs.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from prosemirror.model import Fragment, Node, Slice
from prosemirror.transform import ReplaceStep, Transform

from ...document.content import DocSegment, doc_segment, id_of, segment_node
from ...timing.words import longest_ordered


@dataclass(frozen=True, slots=True)
class _Spot:
    """A segment of the old document: its group, the position before it, and what it is."""

    group: int
    position: int
    node: Node

    @property
    def end(self) -> int:
        return self.position + self.node.node_size


def replace_runs(tr: Transform, segments: Sequence[DocSegment], touched: Collection[str]) -> None:
    """Replace what stands between the ``touched`` segments, where it differs; those are left as they are."""
    spots = list(_spots(tr.doc))
    sizes = [group.child_count for group in tr.doc.children[1:]]
    pins = [(-1, -1), *_pins(spots, segments, touched), (len(spots), len(segments))]
    for before, after in reversed(list(pairwise(pins))):
        old, new = spots[before[0] + 1 : after[0]], segments[before[1] + 1 : after[1]]
        if old:
            _replace(tr, old, [segment_node(segment) for segment in new], sizes)


def _spots(document: Node) -> Iterator[_Spot]:
    position = document.child(0).node_size
    for number, group in enumerate(document.children[1:]):
        inside = position + 1
        for node in group.children:
            yield _Spot(number, inside, node)
            inside += node.node_size
        position += group.node_size


def _pins(
    spots: Sequence[_Spot], segments: Sequence[DocSegment], touched: Collection[str]
) -> list[tuple[int, int]]:
    """Pairs of places, old and new, of segments that stay: touched ones and those that are equal."""
    wanted = {segment.id: number for number, segment in enumerate(segments)}
    pairs = [
        (old, wanted[key])
        for old, spot in enumerate(spots)
        if (key := id_of(spot.node)) in wanted
        and (key in touched or doc_segment(spot.node) == segments[wanted[key]])
    ]
    return [pairs[index] for index in longest_ordered([new for _, new in pairs])]


def _replace(tr: Transform, old: Sequence[_Spot], new: Sequence[Node], sizes: Sequence[int]) -> None:
    """The new segments take the places of the old ones group by group, in proportion."""
    done_old, done_new = len(old), len(new)
    groups = [list(run) for _, run in groupby(old, lambda spot: spot.group)]
    for run in reversed(groups):
        done_old -= len(run)
        first = round(len(new) * done_old / len(old))
        nodes, done_new = new[first:done_new], first
        start, end = run[0].position, run[-1].end
        if not nodes and len(run) == sizes[run[0].group]:
            start, end = start - 1, end + 1
        tr.step(ReplaceStep(start, end, Slice(Fragment.from_(list(nodes)), 0, 0)))
