"""Documents for property-based tests."""

from __future__ import annotations

from hypothesis import strategies as st

from transcripts.document.content import DocSegment, DocVoice

TEXT = st.text(alphabet="ab é😀👩‍👧שс中 ́.", max_size=12)
IDS = st.sampled_from([f"s{n}" for n in range(60)])


@st.composite
def segments(draw: st.DrawFn, most: int = 60) -> list[DocSegment]:
    """Segments with ids of their own, in any order."""
    ids = draw(st.lists(IDS, unique=True, max_size=most))
    made = []
    for key in ids:
        start_ms = draw(st.integers(0, 10_000))
        made.append(
            DocSegment(
                key,
                draw(st.sampled_from(["", "speaker_1", "speaker_2"])),
                start_ms,
                start_ms + draw(st.integers(0, 900)),
                draw(TEXT),
                draw(st.booleans()),
            )
        )
    return made


@st.composite
def voices(draw: st.DrawFn) -> list[DocVoice]:
    ids = draw(st.lists(st.sampled_from([f"speaker_{n}" for n in range(5)]), unique=True, max_size=5))
    return [
        DocVoice(key, draw(st.sampled_from(["", "Ada", "Jonas"])), draw(st.integers(0, 8))) for key in ids
    ]
