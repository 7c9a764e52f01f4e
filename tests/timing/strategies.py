"""Free-form input: any text with its usual troublemakers, and tables of words in any state."""

from __future__ import annotations

from hypothesis import strategies as st

from transcripts.timing.words import Word

TROUBLE = [
    "\x00",
    "\r",
    "\u2028",
    "\ufeff",
    "\u00a0",
    "\u3000",
    "\u200d",
    "👩‍👩‍👧",
    "שלום",
    "。",
    "葛󠄀",
    "นี้",
    "-->",
    "<i>",
]
pieces = st.one_of(
    st.text(max_size=8),
    st.sampled_from(TROUBLE),
    st.text(alphabet="abc ,.", max_size=9),
    st.text(alphabet="漢字かなア。", max_size=5),
)
texts = st.lists(pieces, max_size=12).map("".join)
moments = st.integers(-1_000, 50_000)
wild_words = st.lists(st.builds(Word, moments, moments, st.text("abc .,", max_size=4)), max_size=15)
plain_texts = st.lists(
    st.sampled_from(["we", "have", "about", "twelve", "people", "on", "it", "and", "a", "an"]), max_size=12
).map(" ".join)
