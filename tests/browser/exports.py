"""The Export menu, and what other people's programs read in its files."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path

from playwright.sync_api import Download, Page

from tests.browser.track import by_chromium
from tests.subtitles.readers import by_ffmpeg, by_srt, by_webvtt, voices


def download(page: Page, entry: str) -> Download:
    """Choose an entry of the Export menu."""
    page.locator("summary", has_text="Export").click()
    with page.expect_download() as begun:
        page.get_by_role("link", name=entry).click()
    return begun.value


def texts(parts: Iterable[str]) -> str:
    """Text as it is read aloud: without line ends and doubled spaces."""
    return " ".join(" ".join(parts).split())


def read_every_export(page: Page, code: str, title: str, speaker: str) -> None:
    """Download each file and read it with every reader at hand: the same words at the same times."""
    files = {entry: download(page, entry) for entry in ("SRT", "VTT", "TXT", "JSON")}
    names = {entry: file.suggested_filename for entry, file in files.items()}
    assert names == {entry: f"{title}.{entry.lower()}" for entry in files}
    content = {entry: Path(file.path()).read_bytes() for entry, file in files.items()}
    data = json.loads(content["JSON"])
    spoken_text = texts(segment["text"] for segment in data["segments"])
    read_srt(content["SRT"], Path(files["SRT"].path()).parent, spoken_text, speaker)
    read_vtt(page, code, content["VTT"], Path(files["VTT"].path()).parent, spoken_text, speaker)
    assert speaker in {speaker["name"] for speaker in data["speakers"]}
    assert f"] {speaker}\n" in content["TXT"].decode()
    for segment in data["segments"]:
        assert segment["text"] in content["TXT"].decode()
        assert segment["text"] == " ".join(text for _, _, text in segment["words"])


def read_srt(content: bytes, folder: Path, spoken_text: str, speaker: str) -> None:
    cues = by_srt(content)
    assert cues == by_ffmpeg(content, folder, "srt")
    plain = re.sub(rf"(?m)^(Speaker \d|{re.escape(speaker)}): ", "", "\n".join(cue.text for cue in cues))
    assert texts([plain]) == spoken_text


def read_vtt(page: Page, code: str, content: bytes, folder: Path, spoken_text: str, speaker: str) -> None:
    cues = by_webvtt(content)
    assert texts(cue.text for cue in cues) == spoken_text
    assert cues == by_ffmpeg(content, folder, "vtt")
    track = by_chromium(page, f"/api/v1/transcripts/{code}/export/vtt")
    assert (track.cues, track.voices) == (cues, voices(content))
    assert speaker in track.voices
