"""Documents of any kind: hostile text, times in any order, speakers of any name."""

from __future__ import annotations

from hypothesis import strategies as st

from transcripts.subtitles.document import Document, ExportSegment, ExportWord

HOSTILE = [
    "-->", "00:00:01,000 --> 00:00:02,000", "1\r\n00:00:01.000 - > 00:00:02.000", "&", "&amp;", "<inaudible>",
    "AT&T", "a < b & c > d", "{\\an8}", "{y:i}", "C:\\New", "<i>", "</i>", "<3", "\x00", "\r", "\u2028",
    "\u2029", "\x85", "\n\n", "1984", "NOTE x", "STYLE", "WEBVTT", "שלום עולם", "👩‍👩‍👧‍👦",
    "漢字かな交じり文。", "\u00a0", "\u200b", "\ufeff", "x" * 100, "👍🏽" * 30, "\ud800", "end\\", "{", "\\N",
]  # fmt: skip
moments = st.integers(-100, 40_000)
texts = st.lists(
    st.one_of(st.sampled_from(HOSTILE), st.text(max_size=9), st.just("word and, then.")), max_size=12
).map(" ".join)
words = st.builds(ExportWord, moments, moments, st.text("abc word", max_size=5))
speakers = st.one_of(
    st.none(),
    st.sampled_from(["", " ", "Anna", "B > c & <d>", "two\nlines", "a-->b", "n" * 70]),
    st.text(max_size=5),
)
segments = st.builds(ExportSegment, moments, moments, speakers, texts, st.lists(words, max_size=6).map(tuple))
documents = st.builds(
    Document,
    st.text(max_size=9),
    st.sampled_from([None, "en", "de", "xx", ""]),
    st.lists(segments, max_size=6).map(tuple),
)


def said(text: str) -> str:
    """What must survive of a text: everything but white space and what no format can hold."""
    kept = (
        char
        for char in text
        if not (char < " " or "\x7f" <= char <= "\x9f" or char.isspace() or char in "\ufeff\u2060")
    )
    return "".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in kept)
