"""Batches grouped into changes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from transcripts.actions.history.change_words import title_of
from transcripts.actions.history.changes import BatchRow, Change, Page, read_page

BEGIN = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
ADA, BOB = 1, 2


def batch(
    v: int, seconds: float, user: int | None = ADA, kind: str = "edit", *keys: str, n: int = 1
) -> BatchRow:
    return BatchRow(v, n, user, kind, list(keys or ("a",)), BEGIN + timedelta(seconds=seconds))


def read(*batches: BatchRow, most_changes: int = 30, most_batches: int = 1000) -> Page:
    return read_page(reversed(batches), most_changes, most_batches)


def spans(page: Page) -> list[tuple[int | None, int, int]]:
    return [(change.user_id, change.from_version, change.to_version) for change in page.changes]


def test_it_works() -> None:
    page = read(batch(0, 0), batch(1, 50, ADA, "edit", "b"), batch(2, 400), batch(3, 405, BOB))
    assert spans(page) == [(BOB, 3, 4), (ADA, 2, 3), (ADA, 0, 2)]
    assert list(page.changes[2].keys) == ["b", "a"]
    assert page.before_version is None
    assert page.changes[2].ended_at - page.changes[2].began_at == timedelta(seconds=50)


def test_no_change_is_longer_than_ten_minutes() -> None:
    page = read(*(batch(v, v * 60) for v in range(30)))
    assert [change.ended_at - change.began_at for change in page.changes] == [
        timedelta(minutes=10), timedelta(minutes=10), timedelta(minutes=7),
    ]  # fmt: skip


def test_no_change_reaches_across_a_version_with_a_name() -> None:
    batches = [batch(v, v) for v in range(6)]
    assert spans(read_page(reversed(batches), 30, 1000, [2, 5])) == [(ADA, 5, 6), (ADA, 2, 5), (ADA, 0, 2)]
    assert spans(read_page(reversed(batches), 30, 1000, [0, 6])) == [(ADA, 0, 6)], "at its edges it may stand"


def test_two_people_at_the_same_time_are_two_changes() -> None:
    page = read(*(batch(v, v, ADA if v % 2 else BOB) for v in range(20)))
    assert spans(page) == [(ADA, 1, 20), (BOB, 0, 19)]


def test_kinds_are_kept_apart() -> None:
    page = read(batch(0, 0, None, "asr"), batch(1, 1, None, "live"), batch(2, 2, ADA, "restore"))
    assert [change.kind for change in page.changes] == ["restore", "live", "asr"]


def test_what_the_program_put_right_belongs_to_the_change_before_it() -> None:
    page = read(batch(0, 0, n=2), batch(2, 0, None, "server"), batch(3, 0, None, "server"), batch(4, 900))
    assert spans(page) == [(ADA, 4, 5), (ADA, 0, 4)]


def test_pages_follow_each_other_without_gap() -> None:
    batches = [batch(v, v * 130) for v in range(100)]
    seen: list[tuple[int | None, int, int]] = []
    before: int | None = 100
    while before is not None:
        page = read(*(row for row in batches if row.v < before), most_changes=7)
        assert len(page.changes) <= 7
        seen += spans(page)
        before = page.before_version
    assert seen == [(ADA, v, v + 1) for v in reversed(range(100))]


def test_a_page_reads_a_bounded_number_of_batches() -> None:
    batches = [batch(v, v * 0.01) for v in range(5000)]
    page = read(*batches, most_batches=1000)
    assert spans(page) == [(ADA, 3999, 5000)]
    assert page.before_version == 3999
    crowd = read(*(batch(v, v, v % 100) for v in range(100)), most_changes=5)
    assert (len(crowd.changes), crowd.before_version) == (10, 90)


def test_a_page_ends_where_nobody_is_at_work() -> None:
    late = [batch(v, v, BOB if v % 2 else ADA) for v in range(4)]
    page = read(batch(0, -500), *[row._replace(v=row.v + 1) for row in late], most_changes=1)
    assert spans(page) == [(BOB, 2, 5), (ADA, 1, 4)]
    assert page.before_version == 1


def change(kind: str, *keys: str) -> Change:
    return Change(ADA, kind, 4, 9, BEGIN, BEGIN, dict.fromkeys(keys))


def test_changes_in_words() -> None:
    told = {
        ("edit", ("a",)): "Ada corrected 1 passage",
        ("edit", ("a", "b", "c")): "Ada corrected 3 passages",
        ("edit", ()): "Ada changed the speakers",
        ("api", ("a",)): "Ada changed 1 passage through the API",
        ("api", ()): "Ada changed the speakers through the API",
        ("restore", ("a",)): "Ada restored Draft",
        ("asr", ("a",)): "New transcription",
        ("live", ("a",)): "Recorded live",
        ("speakers", ()): "Ada changed the speakers",
        ("merge", ("a", "b")): "Ada chose another reading in 2 passages",
    }
    for (kind, keys), title in told.items():
        assert title_of(change(kind, *keys), "Ada", {4: "Draft"}) == title
    assert title_of(change("restore", "a"), "Ada", {}) == "Ada restored an earlier version"
    assert title_of(change("edit", "a"), "", {}) == "Somebody who has left corrected 1 passage"
    assert title_of(change("merge", "a"), "", {}) == "New transcription, corrections kept"
    assert title_of(change("speakers"), "", {}) == "Voices told apart"
