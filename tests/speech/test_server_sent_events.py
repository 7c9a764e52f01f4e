from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcripts.speech.server_sent_events import EventTooLarge, ServerSentEvent, read_events

LINE_ENDS = st.sampled_from(["\n", "\r", "\r\n"])
LINES = st.text(st.characters(exclude_characters="\r\n", exclude_categories=["Cs"]), max_size=12)


def events_of(*chunks: bytes) -> list[tuple[str, str]]:
    return [(event.name, event.data) for event in read_events(chunks)]


def cut(data: bytes, points: list[int]) -> list[bytes]:
    marks = sorted({point % (len(data) + 1) for point in points})
    return [data[start:end] for start, end in zip([0, *marks], [*marks, len(data)], strict=True)]


def test_it_works() -> None:
    chunks = [b"event: a\ndata: one\n\n", b"data: two\n\n"]
    assert list(read_events(chunks)) == [ServerSentEvent("a", "one"), ServerSentEvent("", "two")]


def test_an_event_larger_than_the_limit_is_refused() -> None:
    with pytest.raises(EventTooLarge):
        events_of_limited = list(read_events([b"data: " + b"x" * 50] * 3, largest_event_bytes=100))
        assert events_of_limited == []


def test_many_data_lines_count_together() -> None:
    with pytest.raises(EventTooLarge):
        list(read_events([b"data: 0123456789\n"] * 20, largest_event_bytes=100))


def test_many_small_events_are_no_large_one() -> None:
    assert len(list(read_events([b"data: 0123456789\n\n" * 50], largest_event_bytes=100))) == 50


def test_comments_and_unknown_fields_are_ignored() -> None:
    assert events_of(b": ping\nid: 7\nretry: 10\nnonsense\ndata: x\n\n: bye\n\n") == [("", "x")]


def test_an_event_without_data_is_none() -> None:
    assert events_of(b"event: ping\n\ndata: x\n\n") == [("", "x")]


def test_only_one_space_after_the_colon_goes() -> None:
    assert events_of(b"data:  two spaces\ndata:none\n\n") == [("", " two spaces\nnone")]


def test_a_line_end_split_between_chunks_is_one() -> None:
    assert events_of(b"data: x\r", b"\ndata: y\r", b"\n\r", b"\n") == [("", "x\ny")]


def test_the_last_event_may_lack_its_blank_line() -> None:
    assert list(read_events([b"data: x"])) == [ServerSentEvent("", "x", is_terminated=False)]


def test_a_byte_order_mark_is_no_text() -> None:
    assert events_of(b"\xef", b"\xbb\xbfdata: x\n\n") == [("", "x")]
    assert events_of(b"\xef\xbb") == []


@given(
    st.lists(st.tuples(LINES, st.lists(LINES, min_size=1, max_size=3)), max_size=4),
    LINE_ENDS,
    st.lists(st.integers(0, 10_000), max_size=20),
)
def test_chunk_boundaries_never_matter(
    events: list[tuple[str, list[str]]], line_end: str, points: list[int]
) -> None:
    lines = ["\ufeff: a comment"]
    for name, data in events:
        lines += [f"event: {name}", *(f"data: {line}" for line in data), ""]
    wire = line_end.join([*lines, ""]).encode()
    expected = [(name, "\n".join(data)) for name, data in events]
    assert events_of(*cut(wire, points)) == expected
    assert events_of(*(wire[at : at + 1] for at in range(len(wire)))) == expected


@given(st.lists(st.binary(max_size=30), max_size=10))
def test_no_bytes_break_it(chunks: list[bytes]) -> None:
    assert events_of(*chunks) == events_of(b"".join(chunks))
