"""Many attribute changes at once.

The library builds a whole document for each: half a millisecond in ten hours of text, and a speaker may have
thousands of segments. Attribute steps move nothing, so a run of them needs one new document only.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from prosemirror.model import Fragment, Node
from prosemirror.transform import AttrStep, Step, StepResult, Transform, TransformError
from prosemirror.utils import JSON

Changes = Mapping[int, Mapping[str, JSON]]
"""New values by the position before a node."""


def apply_all(document: Node, steps: Iterable[Step]) -> StepResult:
    """The same as each step applied to what the one before left, up to the first that fails."""
    result = StepResult.ok(document)
    for is_run, group in groupby(steps, lambda step: isinstance(step, AttrStep)):
        run = list(group)
        result = _apply_run(document, run) if is_run else _one_by_one(document, run)
        if result.doc is None:
            return result
        document = result.doc
    return result


def step_all(tr: Transform, steps: Sequence[AttrStep]) -> None:
    """Add ``steps`` to ``tr``, each for another place or attribute. Raises TransformError.

    The documents between them are not built: in ``tr.docs`` the one before all of them stands for each.
    """
    before = tr.doc
    after = _apply_run(before, steps)
    if after.doc is None:
        raise TransformError(after.failed)
    for step in steps:
        tr.add_step(step, before)
    tr.doc = after.doc


def _one_by_one(document: Node, steps: Iterable[Step]) -> StepResult:
    result = StepResult.ok(document)
    for step in steps:
        result = step.apply(document)
        if result.doc is None:
            return result
        document = result.doc
    return result


def _apply_run(document: Node, steps: Sequence[Step]) -> StepResult:
    """Where a step names no node, the library says what is wrong with it."""
    changes: dict[int, dict[str, JSON]] = {}
    for step in steps:
        if isinstance(step, AttrStep):
            changes.setdefault(step.pos, {})[step.attr] = step.value
    places = _Places(changes)
    after = places.changed(document, 0)
    return StepResult.ok(after) if places.are_all_found else _one_by_one(document, steps)


class _Places:
    """One walk over the part of a document in which nodes change."""

    def __init__(self, changes: Changes) -> None:
        self._changes, self._positions = changes, sorted(changes)
        self._found = 0

    @property
    def are_all_found(self) -> bool:
        return self._found == len(self._positions)

    def changed(self, node: Node, start: int) -> Node:
        """``node``, whose content begins at ``start``; children without a change are those of the old one."""
        children = list(node.children)
        end = start
        for index, child in enumerate(children):
            position, end = end, end + child.node_size
            first = bisect_left(self._positions, position)
            if first == len(self._positions):
                break
            if self._positions[first] < end and not child.is_text:
                children[index] = self._changed_child(child, position)
        return node.copy(Fragment(children, node.content.size))

    def _changed_child(self, child: Node, position: int) -> Node:
        if child.content.size:
            child = self.changed(child, position + 1)
        if position not in self._changes:
            return child
        self._found += 1
        return child.type.create({**child.attrs, **self._changes[position]}, child.content, child.marks)
