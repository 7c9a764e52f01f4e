"""Rows of a comparison as pages show them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..actions.history.compare import Comparison
from ..actions.history.side_by_side import Row
from ..actions.history.voice_names import VoiceNames
from ..actions.history.word_changes import Edit, Stretch, marked, told
from ..document.content import DocSegment


@dataclass(frozen=True, slots=True)
class ShownPassage:
    key: str
    start_ms: int
    name: str
    hue: int
    stretches: Sequence[Stretch]


@dataclass(frozen=True, slots=True)
class ShownRow:
    """``notes`` says in words what changed besides words."""

    state: str
    key: str
    start_ms: int
    notes: Sequence[str]
    left: Sequence[ShownPassage]
    right: Sequence[ShownPassage]
    edits: Sequence[Edit]


def shown_rows(found: Comparison, rows: Iterable[Row]) -> list[ShownRow]:
    return [_shown(row, found.left_names, found.right_names) for row in rows]


def _shown(row: Row, left_names: VoiceNames, right_names: VoiceNames) -> ShownRow:
    old, new = [part.text for part in row.left], [part.text for part in row.right]
    left, right = marked(old, new)
    return ShownRow(
        state=row.state,
        key=(row.right or row.left)[0].id,
        start_ms=row.start_ms,
        notes=list(_notes(row, left_names, right_names)),
        left=_passages(row.left, left, left_names),
        right=_passages(row.right, right, right_names),
        edits=told(old, new),
    )


def _passages(
    segments: Sequence[DocSegment], sides: Sequence[Sequence[Stretch]], names: VoiceNames
) -> list[ShownPassage]:
    return [
        ShownPassage(part.id, part.start_ms, names.name(part.speaker), names.hue(part.speaker), stretches)
        for part, stretches in zip(segments, sides, strict=True)
    ]


def _notes(row: Row, left_names: VoiceNames, right_names: VoiceNames) -> Iterable[str]:
    if row.state in {"removed", "added"}:
        yield row.state.capitalize()
    elif len(row.left) == len(row.right) == 1:
        yield from _pair_notes(row.left[0], row.right[0], left_names, right_names)
    elif row.state == "changed":
        yield _cut_note(len(row.left), len(row.right))


def _cut_note(before: int, after: int) -> str:
    if before == 1:
        return f"Split into {after}"
    if after == 1:
        return f"{before} joined"
    return "Divided differently"


def _pair_notes(
    left: DocSegment, right: DocSegment, left_names: VoiceNames, right_names: VoiceNames
) -> Iterable[str]:
    if left.speaker != right.speaker:
        yield f"{left_names.name(left.speaker)} → {right_names.name(right.speaker)}"
    if (left.start_ms, left.end_ms) != (right.start_ms, right.end_ms):
        yield "Times changed"
    elif left.held != right.held:
        yield "Times held" if right.held else "Times no longer held"
