from __future__ import annotations

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcripts.fetch.errors import UrlInvalidError
from transcripts.fetch.web_address import file_name_in, host_of, port_of, web_address, without_query


def test_it_works() -> None:
    url = web_address("https://Example.org/talks/A%20talk.mp3?key=1#t=10")
    assert str(url) == "https://example.org/talks/A%20talk.mp3?key=1"
    assert (host_of(url), port_of(url), file_name_in(url)) == ("example.org", 443, "A talk.mp3")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "example.org/talk.mp3",
        "/talk.mp3",
        "//example.org/talk.mp3",
        "ftp://example.org/talk.mp3",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "data:audio/wav;base64,AAAA",
        "https://",
        "https:///talk.mp3",
        "https://:443/talk.mp3",
        "https://user@example.org/",
        "https://user:secret@example.org/",
        "https://:secret@example.org/",
        "https://example.org:0/",
        "https://example.org:65536/",
        "https://example.org:port/",
        "https://exam ple.org/",
        "https://example.org/a b",
        "https://example.org\\@127.0.0.1/",
        "https://example.org/\r\nHost: other",
        "https://example.org/\x00",
        "https://example.org/\ud800",
        "https://a..b/",
        "https://a%20b/",
        "https://a$b/",
        "https://" + "a" * 64 + ".org/",
        "https://[::1/",
        "https://[not-an-address]/",
        "https://example.org/" + "a" * 2064,
    ],
)
def test_what_is_no_web_address_is_refused(text: str) -> None:
    with pytest.raises(UrlInvalidError) as refused:
        web_address(text)
    assert refused.value.code == "url_invalid"
    assert not refused.value.retryable


@pytest.mark.parametrize(
    ("text", "host"),
    [
        ("http://127.0.0.1:8000/a", "127.0.0.1"),
        ("http://[::1]:8000/a", "::1"),
        ("https://bücher.example/a", "xn--bcher-kva.example"),
        ("https://example.org./a", "example.org"),
        ("HTTPS://EXAMPLE.ORG", "example.org"),
        ("https://example.org/" + "a" * 2063, "example.org"),
    ],
)
def test_hosts_as_they_go_over_the_wire(text: str, host: str) -> None:
    assert host_of(web_address(text)) == host


@given(st.text() | st.text().map(lambda text: "https://" + text))
def test_any_text_is_an_address_or_refused(text: str) -> None:
    try:
        url = web_address(text)
    except UrlInvalidError:
        return
    assert url.scheme in {"http", "https"}
    assert host_of(url) and not url.userinfo
    assert web_address(str(httpx.URL(str(url)))) == url, "what is sent on means the same"


@pytest.mark.parametrize("text", ["https://a.org/b?key=s", "https://a.org/b#s", "https://a.org/b#?s"])
def test_keys_are_cut_off(text: str) -> None:
    assert without_query(text) == "https://a.org/b"
