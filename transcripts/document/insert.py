"""Put new segments and voices into a document."""

from __future__ import annotations

import re
from collections.abc import Sequence

from prosemirror.model import Fragment, Slice
from prosemirror.transform import ReplaceStep, Transform

from .content import (
    GROUP_SEGMENTS,
    DocSegment,
    DocVoice,
    doc_segment,
    segment_node,
    segment_places,
    voice_node,
    voices_of,
)
from .difference import groups_of

_NOT_IN_IDS = re.compile(r"[^A-Za-z0-9_.:-]")
LONGEST_VOICE_ID = 80


def append_segments(tr: Transform, segments: Sequence[DocSegment]) -> None:
    """Add segments at the end, to the last group as long as it has room."""
    nodes = [segment_node(segment) for segment in segments]
    groups = tr.doc.children[1:]
    end = tr.doc.content.size
    if groups and groups[-1].child_count + len(nodes) <= GROUP_SEGMENTS:
        tr.step(ReplaceStep(end - 1, end - 1, Slice(Fragment.from_(nodes), 0, 0)))
    elif nodes:
        tr.step(ReplaceStep(end, end, Slice(Fragment.from_(groups_of(nodes)), 0, 0)))


def insert_by_time(tr: Transform, segments: Sequence[DocSegment]) -> None:
    """Add segments, in order themselves, behind the last one that begins before them."""
    if not segments:
        return
    first_ms = segments[0].start_ms
    place = tr.doc.child(0).node_size
    is_first = True
    for position, node in segment_places(tr.doc):
        if doc_segment(node).start_ms <= first_ms:
            place, is_first = position + node.node_size, False
    if not is_first and place == tr.doc.content.size - 1:
        append_segments(tr, segments)
        return
    nodes = [segment_node(segment) for segment in segments]
    content = groups_of(nodes) if is_first else nodes
    tr.step(ReplaceStep(place, place, Slice(Fragment.from_(content), 0, 0)))


def ensure_voice(tr: Transform, voice_id: str, name: str = "") -> None:
    """Add a voice with this id at the end of the cast, unless there is one."""
    if any(voice.id == voice_id for voice in voices_of(tr.doc)):
        return
    end = tr.doc.child(0).node_size - 1
    node = voice_node(DocVoice(voice_id, name))
    tr.step(ReplaceStep(end, end, Slice(Fragment.from_(node), 0, 0)))


def voice_id_of(label: str) -> str:
    """The id of a voice from what a service calls it."""
    return _NOT_IN_IDS.sub("_", label)[:LONGEST_VOICE_ID]
