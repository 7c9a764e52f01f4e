"""Documents from plain values, and plain values from documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from prosemirror.model import Node

from .schema import SCHEMA

GROUP_SEGMENTS = 40
"""Measured: with groups of 40 the cost of typing and of a step does not grow with the length of the text."""

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class DocVoice:
    """Somebody who speaks; ``id`` is the label of the Speaker row, ``hue`` 0 lets its place decide."""

    id: str
    name: str = ""
    hue: int = 0


@dataclass(frozen=True, slots=True)
class DocSegment:
    """A segment of the document; ``speaker`` is the id of a voice or "", ``held`` times were set by hand."""

    id: str
    speaker: str
    start_ms: int
    end_ms: int
    text: str
    held: bool = False

    @property
    def attrs(self) -> Json:
        """What its node carries."""
        return {
            "id": self.id,
            "speaker": self.speaker,
            "start_ms": self.start_ms,
            "end_ms": self.end_ms,
            "held": self.held,
        }


def document_json(voices: Iterable[DocVoice], segments: Sequence[DocSegment]) -> Json:
    """The document as JSON, in groups of ``GROUP_SEGMENTS``."""
    cast: Json = {"type": "cast"}
    if content := [{"type": "voice", "attrs": asdict(voice)} for voice in voices]:
        cast["content"] = content
    nodes = [_segment_json(segment) for segment in segments]
    groups = [
        {"type": "group", "content": nodes[first : first + GROUP_SEGMENTS]}
        for first in range(0, len(nodes), GROUP_SEGMENTS)
    ]
    return {"type": "doc", "content": [cast, *groups]}


def build_document(voices: Iterable[DocVoice], segments: Sequence[DocSegment]) -> Node:
    """Raises ValueError for values that the schema refuses."""
    return Node.from_json(SCHEMA, document_json(voices, segments))


def segment_node(segment: DocSegment) -> Node:
    return SCHEMA.node("segment", segment.attrs, [SCHEMA.text(segment.text)] if segment.text else [])


def voice_node(voice: DocVoice) -> Node:
    return SCHEMA.node("voice", asdict(voice))


def voices_of(document: Node) -> list[DocVoice]:
    return [doc_voice(node) for node in document.child(0).children]


def segment_nodes(document: Node) -> Iterator[Node]:
    """The nodes of the segments in reading order."""
    for group in document.children[1:]:
        yield from group.children


def segments_of(document: Node) -> list[DocSegment]:
    return [doc_segment(node) for node in segment_nodes(document)]


def doc_segment(node: Node) -> DocSegment:
    attrs: Any = node.attrs
    return DocSegment(**attrs, text=node.text_content)


def doc_voice(node: Node) -> DocVoice:
    attrs: Any = node.attrs
    return DocVoice(**attrs)


def id_of(node: Node) -> str:
    """The id of a segment or a voice."""
    return str(node.attrs["id"])


def segment_places(document: Node) -> Iterator[tuple[int, Node]]:
    """Each segment with the position before it, in reading order."""
    position = document.child(0).node_size
    for group in document.children[1:]:
        inside = position + 1
        for node in group.children:
            yield inside, node
            inside += node.node_size
        position += group.node_size


def segment_place(document: Node, segment_id: str) -> tuple[int, Node] | None:
    """The segment with this id and the position before it, or None."""
    return next((place for place in segment_places(document) if id_of(place[1]) == segment_id), None)


def voice_places(document: Node) -> Iterator[tuple[int, Node]]:
    """Each voice with the position before it."""
    for index, node in enumerate(document.child(0).children):
        yield 1 + index, node


def _segment_json(segment: DocSegment) -> Json:
    node: Json = {"type": "segment", "attrs": segment.attrs}
    if segment.text:
        node["content"] = [{"type": "text", "text": segment.text}]
    return node
