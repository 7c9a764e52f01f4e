from __future__ import annotations

import pytest

from transcripts.actions.fetched_name import first_name, first_title, media_extension, name_with
from transcripts.fetch.web_address import web_address


def test_it_works() -> None:
    url = web_address("https://example.org/talks/Harbour%20talk.MP3?key=1")
    assert (first_name(url), first_title(url)) == ("Harbour talk.MP3", "Harbour talk")
    assert media_extension(url, "video/mp4") == ".mp3", "the path comes first"
    assert name_with(".mp3", first_name(url)) == "Harbour talk.MP3"


@pytest.mark.parametrize("text", ["https://www.example.org", "https://www.example.org/talks/?v=5"])
def test_an_address_without_a_name_is_called_after_its_host(text: str) -> None:
    url = web_address(text)
    assert (first_name(url), first_title(url)) == ("recording", "www.example.org")


@pytest.mark.parametrize(
    ("path", "media_type", "extension"),
    [
        ("/download.php", "audio/mpeg", ".mp3"),
        ("/episode", "audio/x-m4a", ".m4a"),
        ("/talk.exe", "", ""),
        ("/talk.html", "application/octet-stream", ""),
        ("/talk", "text/html", ""),
        ("/talk.opus", "application/octet-stream", ".opus"),
    ],
)
def test_only_known_extensions_reach_the_disk(path: str, media_type: str, extension: str) -> None:
    assert media_extension(web_address("https://example.org" + path), media_type) == extension


def test_hostile_names_are_made_harmless() -> None:
    url = web_address("https://example.org/..%2F..%2Fetc%2Fpasswd%00%E2%80%AE")
    assert first_name(url) == "passwd"
    assert name_with(".wav", first_name(url)) == "passwd.wav"
    assert len(name_with(".wav", "a" * 200)) == 200
    assert name_with(".wav", "a" * 200).endswith(".wav")
