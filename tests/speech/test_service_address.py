from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcripts.speech.errors import SpeechAddressInvalid
from transcripts.speech.service_address import is_loopback, service_address


def test_it_works() -> None:
    assert service_address("https://api.mistral.ai") == "https://api.mistral.ai"


@pytest.mark.parametrize(
    "pasted",
    [
        "",
        "api.mistral.ai",
        "ftp://host",
        "https://",
        "http://user:pass@host",
        "http://[::1",
        "http://host:port",
        "http://ho st",
    ],
)
def test_what_is_no_address_is_refused(pasted: str) -> None:
    with pytest.raises(SpeechAddressInvalid):
        service_address(pasted)


@pytest.mark.parametrize(
    ("pasted", "address"),
    [
        ("https://api.mistral.ai/", "https://api.mistral.ai"),
        ("https://api.mistral.ai/v1", "https://api.mistral.ai"),
        (" https://api.mistral.ai/v1/ \n", "https://api.mistral.ai"),
        ("https://api.mistral.ai/v1/audio/transcriptions#stream", "https://api.mistral.ai"),
        ("wss://api.mistral.ai/v1/audio/transcriptions/realtime?model=m", "https://api.mistral.ai"),
        ("http://127.0.0.1:8080/voxtral/v1/files", "http://127.0.0.1:8080/voxtral"),
        ("http://[::1]:8080/v1", "http://[::1]:8080"),
        ("HTTPS://API.mistral.ai/v1", "https://API.mistral.ai"),
        ("http://host/v10", "http://host/v10"),
        (" http://host/voxtral /v1 #top", "http://host/voxtral"),
    ],
)
def test_what_people_paste_becomes_the_base(pasted: str, address: str) -> None:
    assert service_address(pasted) == address


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("http://127.0.0.1:1", True),
        ("http://127.8.8.8", True),
        ("http://[::1]:1", True),
        ("http://localhost", True),
        ("http://engine.localhost", True),
        ("http://10.0.0.1", False),
        ("https://api.mistral.ai", False),
        ("https://localhost.example.org", False),
    ],
)
def test_only_this_machine_is_loopback(address: str, expected: bool) -> None:
    assert is_loopback(address) is expected


@given(st.text(max_size=40))
def test_any_text_is_an_address_or_refused(pasted: str) -> None:
    try:
        address = service_address(f"http://{pasted}")
    except SpeechAddressInvalid:
        return
    assert service_address(address) == address
