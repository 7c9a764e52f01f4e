"""Machine text finds its place."""

from __future__ import annotations

from prosemirror.transform import Transform

from transcripts.document.content import DocSegment, build_document, segments_of, voices_of
from transcripts.document.insert import append_segments, ensure_voice, insert_by_time, voice_id_of


def lines(*starts_ms: int) -> list[DocSegment]:
    return [DocSegment(f"at{start_ms}", "", start_ms, start_ms + 1, "x") for start_ms in starts_ms]


def ids(tr: Transform) -> list[str]:
    return [segment.id for segment in segments_of(tr.doc)]


def test_it_works() -> None:
    tr = Transform(build_document([], lines(0, 100, 500)))
    insert_by_time(tr, lines(200, 300))
    insert_by_time(tr, lines(900, 950))
    tr.doc.check()
    assert ids(tr) == ["at0", "at100", "at200", "at300", "at500", "at900", "at950"]


def test_the_first_part_may_come_last() -> None:
    tr = Transform(build_document([], []))
    insert_by_time(tr, lines(500, 600))
    insert_by_time(tr, lines(0, 100))
    insert_by_time(tr, [])
    tr.doc.check()
    assert ids(tr) == ["at0", "at100", "at500", "at600"]


def test_captions_fill_groups_of_the_usual_size() -> None:
    tr = Transform(build_document([], []))
    for start_ms in range(130):
        append_segments(tr, lines(start_ms))
    tr.doc.check()
    assert [group.child_count for group in tr.doc.children[1:]] == [40, 40, 40, 10]


def test_a_voice_is_added_once() -> None:
    tr = Transform(build_document([], []))
    for name in ("a", "b", "a"):
        ensure_voice(tr, name)
    assert [voice.id for voice in voices_of(tr.doc)] == ["a", "b"]


def test_what_services_call_a_voice_becomes_a_plain_id() -> None:
    assert voice_id_of("speaker_1") == "speaker_1"
    assert voice_id_of("Sprecher Nr. 1 <x>") == "Sprecher_Nr._1__x_"
    assert len(voice_id_of("x" * 500)) == 80
