"""Put steps behind others that came first, where the two touch different places.

Everything else is left to the page that made the steps: only it knows what its author saw. Here a step is
moved by whole numbers and otherwise stays what it is, so the page comes to the very same step by itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from prosemirror.transform import AttrStep, ReplaceStep, Step, StepMap
from prosemirror.transform import Mapping as PositionMapping

from ...document.schema import SCHEMA

Json = Mapping[str, Any]

MOST_STEPS = 200
"""Of those that came first, and of those to move: beyond that it is no race of people who type."""


class _Touched(NamedTuple):
    """A stretch of the document that both sides began with, and by how much it grew."""

    first: int
    last: int
    growth: int


def moved_steps(steps: Sequence[Json], behind: Sequence[Json]) -> list[dict[str, Any]] | None:
    """``steps`` as they are on top of ``behind``; None where they touch the same place, or may do so.

    Raises what the library raises for steps that are none.
    """
    if len(steps) > MOST_STEPS or len(behind) > MOST_STEPS:
        return None
    mine, theirs = _touched(steps), _touched(behind)
    if mine is None or theirs is None or _meet(mine, theirs):
        return None
    return [
        _shifted(step, sum(other.growth for other in theirs if other.last < touched.first))
        for step, touched in zip(steps, mine, strict=True)
    ]


def _touched(steps: Sequence[Json]) -> list[_Touched] | None:
    """What each step touches, in positions before the first of them; None for steps of other kinds."""
    back: list[StepMap] = []
    found: list[_Touched] = []
    for json in steps:
        step = Step.from_json(SCHEMA, dict(json))
        if isinstance(step, ReplaceStep):
            first, last, growth = step.from_, step.to, step.slice.size - (step.to - step.from_)
        elif isinstance(step, AttrStep):
            first, last, growth = step.pos, step.pos + 1, 0
        else:
            return None
        before = PositionMapping(back[::-1])
        found.append(_Touched(before.map(first, -1), before.map(last, 1), growth))
        back.append(step.get_map().invert())
    return found


def _meet(mine: Sequence[_Touched], theirs: Sequence[_Touched]) -> bool:
    """Whether any stretches overlap or lie next to each other."""
    return any(one.first <= other.last and other.first <= one.last for one in mine for other in theirs)


def _shifted(step: Json, by: int) -> dict[str, Any]:
    return {name: value + by if name in {"from", "to", "pos"} else value for name, value in step.items()}
