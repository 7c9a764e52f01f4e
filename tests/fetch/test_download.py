"""Whole downloads over real sockets: broken lines, liars, redirects, limits."""

from __future__ import annotations

import hashlib
import random
import threading
from pathlib import Path

import pytest

from tests.fakes.file_site import Caller, FileSite, Page, body, file, hang, in_turn, redirect, status
from tests.fetch.conftest import Fetch
from transcripts.fetch.errors import FetchCancelledError, FetchError, UrlTimeoutError, UrlUnendingError
from transcripts.fetch.line import Network
from transcripts.fetch.public_address import is_any_host

CONTENT = random.Random(7).randbytes(600_000)
OTHER = random.Random(8).randbytes(500_000)


def fails(fetch: Fetch, page: Page, **limits: object) -> FetchError:
    with FileSite({"/a.wav": page}) as site, pytest.raises(FetchError) as failed:
        fetch(site.url("/a.wav"), **limits)
    return failed.value


def test_it_works(fetch: Fetch, target: Path) -> None:
    seen: list[tuple[int, int | None]] = []
    with FileSite({"/talks/a.wav": file(CONTENT)}) as site:
        fetched = fetch(
            site.url("/talks/a.wav?key=secret"), on_progress=lambda done, total: seen.append((done, total))
        )
    assert target.read_bytes() == CONTENT
    assert (fetched.size_bytes, fetched.sha256) == (600_000, hashlib.sha256(CONTENT).hexdigest())
    assert (fetched.media_type, fetched.url.path) == ("audio/wav", "/talks/a.wav")
    assert seen[-1] == (600_000, 600_000)
    assert site.asked[0].path == "/talks/a.wav?key=secret"
    assert site.asked[0].headers["accept-encoding"] == "identity"
    assert "range" not in site.asked[0].headers


def test_a_broken_line_is_taken_up_where_it_broke(fetch: Fetch, target: Path) -> None:
    page = in_turn(*[file(CONTENT, breaks_after=150_000)] * 3, file(CONTENT))
    with FileSite({"/a.wav": page}) as site:
        fetched = fetch(site.url("/a.wav"))
    assert target.read_bytes() == CONTENT
    assert fetched.sha256 == hashlib.sha256(CONTENT).hexdigest()
    resumed = [request.headers for request in site.asked if "range" in request.headers]
    assert resumed
    assert all(headers["if-range"].startswith('"') for headers in resumed)


def test_a_file_that_changed_in_between_is_fetched_anew(fetch: Fetch, target: Path) -> None:
    page = in_turn(body(CONTENT[:9000], {"Content-Length": "600000", "ETag": '"v1"'}), file(OTHER))
    with FileSite({"/a.wav": page}) as site:
        fetched = fetch(site.url("/a.wav"))
    assert site.asked[1].headers["range"] == "bytes=9000-"
    assert target.read_bytes() == OTHER
    assert fetched.sha256 == hashlib.sha256(OTHER).hexdigest()


@pytest.mark.parametrize(
    "misfit",
    [
        {"Content-Range": "bytes 0-9/600000", "ETag": '"v1"'},
        {"Content-Range": "bytes 9000-9009/700000", "ETag": '"v1"'},
        {"Content-Range": "bytes 9000-9009/600000", "ETag": '"v2"'},
        {"ETag": '"v1"'},
    ],
)
def test_a_part_that_does_not_fit_is_never_glued_on(
    fetch: Fetch, target: Path, misfit: dict[str, str]
) -> None:
    begun = body(CONTENT[:9000], {"Content-Length": "600000", "ETag": '"v1"'})
    wrong = body(b"wrongbytes", {"Content-Length": "10", **misfit}, code=206)
    with FileSite({"/a.wav": in_turn(begun, wrong, file(OTHER))}) as site:
        fetch(site.url("/a.wav"))
    assert target.read_bytes() == OTHER
    assert "range" not in site.asked[2].headers


def test_without_a_validator_it_starts_over(fetch: Fetch, target: Path) -> None:
    page = in_turn(file(CONTENT, breaks_after=9000, tag=None), file(OTHER, tag=None))
    with FileSite({"/a.wav": page}) as site:
        fetch(site.url("/a.wav"))
    assert "range" not in site.asked[1].headers
    assert target.read_bytes() == OTHER


def test_a_server_that_is_busy_in_between_keeps_what_has_arrived(fetch: Fetch, target: Path) -> None:
    begun = body(CONTENT[:9000], {"Content-Length": "600000", "ETag": '"v1"'})
    with FileSite({"/a.wav": in_turn(begun, status(503), file(CONTENT, tag='"v1"'))}) as site:
        fetch(site.url("/a.wav"))
    assert [request.headers.get("range") for request in site.asked] == [None, *["bytes=9000-"] * 2]
    assert target.read_bytes() == CONTENT


def test_a_server_that_always_breaks_off_is_given_up_for_now(fetch: Fetch) -> None:
    with FileSite({"/a.wav": file(CONTENT, breaks_after=0)}) as site, pytest.raises(FetchError) as failed:
        fetch(site.url("/a.wav"), max_resumes=3)
    assert (failed.value.code, failed.value.retryable) == ("url_unreachable", True)
    assert len(site.asked) == 4


@pytest.mark.parametrize(
    ("page", "code"),
    [
        (status(404), "url_not_found"),
        (status(410), "url_not_found"),
        (status(401), "url_forbidden"),
        (status(403), "url_forbidden"),
        (status(503), "url_unreachable"),
        (status(206), "url_answer_invalid"),
        (status(416), "url_answer_invalid"),
        (body(b"<html>", {"Content-Type": "text/html; charset=utf-8"}), "url_is_a_page"),
        (body(b"x", {"Content-Length": "10000001"}), "url_too_large"),
        (body(b"x" * 10_000_001, {}), "url_too_large"),
        (body(b"x" * 50, {"Content-Encoding": "gzip"}), "url_answer_invalid"),
        (redirect(""), "url_answer_invalid"),
        (redirect("/a.wav"), "url_answer_invalid"),
        (redirect("http://127.0.0.2:1/"), "url_refused"),
        (redirect("http://10.0.0.1/"), "url_refused"),
        (redirect("http://169.254.169.254/latest/meta-data/"), "url_refused"),
        (redirect("http://[::ffff:127.0.0.1]/"), "url_refused"),
        (redirect("file:///etc/passwd"), "url_refused"),
        (redirect("http://user:secret@example.org/"), "url_refused"),
        (redirect("http://a b/"), "url_refused"),
    ],
)
def test_each_failure_is_told_at_once(fetch: Fetch, page: Page, code: str) -> None:
    assert fails(fetch, page).code == code


def test_five_redirects_are_followed_and_a_sixth_is_not(fetch: Fetch, target: Path) -> None:
    hops: dict[str, Page] = {f"/{n}": redirect(f"/{n + 1}", 301 + n % 2) for n in range(6)}
    with FileSite({**hops, "/6": file(CONTENT)}) as site:
        fetched = fetch(site.url("/1"))
        assert fetched.url.path == "/6"
        with pytest.raises(FetchError) as failed:
            fetch(site.url("/0"))
    assert failed.value.code == "url_answer_invalid"


def test_a_length_without_an_end_counts_as_broken(fetch: Fetch) -> None:
    page = body(CONTENT, {"Content-Length": "700000"})
    assert fails(fetch, page, max_resumes=2).code == "url_unreachable"


def test_only_as_much_as_was_announced_is_taken(fetch: Fetch, target: Path) -> None:
    with FileSite({"/a.wav": body(CONTENT, {"Content-Length": "1000", "Connection": "close"})}) as site:
        assert fetch(site.url("/a.wav")).size_bytes == 1000
    assert target.read_bytes() == CONTENT[:1000]


def test_a_file_of_unknown_length_ends_with_the_connection(fetch: Fetch, target: Path) -> None:
    with FileSite({"/a.wav": body(CONTENT, {})}) as site:
        assert fetch(site.url("/a.wav")).size_bytes == 600_000
    assert target.read_bytes() == CONTENT


def test_a_full_disk_is_told_before_anything_is_written(fetch: Fetch, target: Path) -> None:
    assert fails(fetch, file(CONTENT), spare_bytes=2**60).code == "disk_full"
    assert target.read_bytes() == b""


@pytest.mark.parametrize("limits", [{"read_seconds": 0.1}, {"head_seconds": 0.1}])
def test_silence_before_the_answer_has_an_end(fetch: Fetch, limits: dict[str, float]) -> None:
    error = fails(fetch, hang, **limits)
    assert isinstance(error, UrlTimeoutError)
    assert error.retryable


def then_silence(content: bytes) -> Page:
    """The beginning of a file, after which nothing comes and nothing ends."""
    begin = body(content, {"Content-Length": "600000"})

    def page(caller: Caller) -> None:
        begin(caller)
        hang(caller)

    return page


def test_what_never_ends_is_ended(fetch: Fetch) -> None:
    error = fails(fetch, then_silence(CONTENT[:5000]), whole_seconds=0.3)
    assert isinstance(error, UrlUnendingError)
    assert not error.retryable


def test_a_stop_ends_a_silent_wait(fetch: Fetch) -> None:
    wanted = threading.Event()
    with FileSite({"/a.wav": then_silence(CONTENT[:5000])}) as site:
        with pytest.raises(FetchCancelledError):
            fetch(
                site.url("/a.wav"),
                should_stop=wanted.is_set,
                on_progress=lambda *_: wanted.set(),
                read_seconds=60.0,
            )
        assert site.hung_up.wait(10), "the connection is closed, not left to itself"


def test_a_stop_is_seen_before_anything_is_asked(fetch: Fetch) -> None:
    with FileSite({"/a.wav": file(CONTENT)}, is_asked=False) as site, pytest.raises(FetchCancelledError):
        fetch(site.url("/a.wav"), should_stop=lambda: True)


def test_a_name_nobody_has(fetch: Fetch) -> None:
    with pytest.raises(FetchError) as failed:
        fetch("http://name.invalid/a.wav", network=Network(is_any_host))
    assert failed.value.code == "url_unreachable"


def test_private_addresses_are_refused_unless_allowed(fetch: Fetch) -> None:
    with FileSite({"/a.wav": file(CONTENT)}, is_asked=False) as site, pytest.raises(FetchError) as failed:
        fetch(site.url("/a.wav"), network=Network())
    assert failed.value.code == "url_refused"


def test_the_environment_cannot_lead_elsewhere(
    fetch: Fetch, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.3:1")
    with FileSite({"/a.wav": file(CONTENT)}) as site:
        fetch(site.url("/a.wav"))
    assert target.read_bytes() == CONTENT
