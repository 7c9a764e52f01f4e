"""A plan meets people who typed on while it was made."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ...document.content import DocSegment
from .passage import merge_passage
from .texts import Conflict, Passage, Plan, Written


def catch_up(plan: Plan, changes: Iterable[tuple[DocSegment, Written]]) -> Plan | None:
    """The plan with these segments merged again: each as it was when the plan was made, and as it is now.

    Returns None where more than the text changed, or in a segment that was the machine's until then: that may
    change what belongs to the segments around it.
    """
    planned = {one.id: one for one in plan.segments}
    again: dict[str, Written] = {}
    conflicts: list[Conflict] = []
    for old, now in changes:
        passage = plan.passages.get(now.id)
        if passage is None or replace(old, text="") != replace(now.segment, text=""):
            return None
        again[now.id], asked = _merged(passage, now, planned[now.id].segment.speaker)
        conflicts += asked
    return replace(
        plan,
        segments=[again.get(one.id, one) for one in plan.segments],
        conflicts=[*(one for one in plan.conflicts if one.key not in again), *conflicts],
    )


def _merged(passage: Passage, now: Written, speaker: str) -> tuple[Written, list[Conflict]]:
    now = replace(now, segment=replace(now.segment, speaker=speaker))
    method = passage.timing_method if passage.theirs else now.timing_method
    return merge_passage(now, passage.base, passage.theirs, method)
