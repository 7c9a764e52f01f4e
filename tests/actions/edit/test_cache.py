"""Which documents a process keeps."""

from __future__ import annotations

from prosemirror.model import Node

from transcripts.actions.edit.cache import LEAST_POSITIONS, DocumentCache, Held
from transcripts.document.content import DocSegment, build_document


def document(characters: int) -> Node:
    return build_document([], [DocSegment("a", "", 0, 1_000, "x" * characters)])


def test_it_works() -> None:
    cache = DocumentCache()
    held = Held(3, document(10))
    cache.put("one", held)
    assert cache.get("one") is held
    assert cache.get("two") is None


def test_an_older_version_never_takes_the_place_of_a_newer_one() -> None:
    cache = DocumentCache()
    cache.put("one", Held(3, document(10)))
    cache.put("one", Held(2, document(20)))
    held = cache.get("one")
    assert held is not None and held.version == 3


def test_many_short_documents_stay_and_of_long_ones_the_least_recently_used_go() -> None:
    cache = DocumentCache(20 * LEAST_POSITIONS)
    for number in range(20):
        cache.put(f"short {number}", Held(1, document(10)))
    assert all(cache.get(f"short {number}") for number in range(20))
    cache.put("long", Held(1, document(9 * LEAST_POSITIONS)))
    kept = [number for number in range(20) if cache.get(f"short {number}")]
    assert kept == list(range(10, 20))
    assert cache.get("long")


def test_a_document_that_grows_counts_once() -> None:
    cache = DocumentCache(4 * LEAST_POSITIONS)
    cache.put("other", Held(1, document(10)))
    for version in range(10):
        cache.put("one", Held(version, document(10 + version)))
    assert cache.get("other")


def test_one_document_stays_however_long_it_is() -> None:
    cache = DocumentCache(LEAST_POSITIONS)
    cache.put("one", Held(1, document(3 * LEAST_POSITIONS)))
    assert cache.get("one")
