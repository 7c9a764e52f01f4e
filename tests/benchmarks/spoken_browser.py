"""A real Chromium records real speech: is the archive what was played, and how late is the text on the page.

``python -m tests.benchmarks.spoken_browser [name ...]``: recordings of the samples folder are the microphone.
The sound that the page captured, the sound that went over the socket and the decoded archive must be the same
bytes; the archive must be the played sound without a missing or inserted sample. Delays are
those of ``caption_delay``, from the page's socket to the page's text.
"""

from __future__ import annotations

import re
import sys
import tempfile
import time
import wave
from pathlib import Path

import numpy as np
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.find_chromium import chromium
from transcripts.audio.pcm import SAMPLE_RATE_HZ, Pcm, read_pcm

from .added_delay import Delays
from .engine_rig import MeasuredStack, load_average, measured_stack
from .live_rig import session_key
from .original_sound import archived_pcm
from .page_taps import PageTaps
from .samples import NOTHING_MEASURED, samples_folder
from .sound_match import detects, matched

FILES = ("jfk.flac", "two_cities.wav", "libri_mf.flac")
MOST_SECONDS = 60
LEAD_SECONDS, TAIL_SECONDS = 8, 3
"""The fake microphone begins to play when the page begins to listen, which is before the recording."""

LOSSES = (1600, 160)
CHOICES = "localStorage.setItem('voxweb:record', JSON.stringify({autoGainControl: false, language: 'en'}))"
STOPPED_MS = 60_000


def write_wav(path: Path, pcm: Pcm) -> None:
    with wave.open(str(path), "wb") as out:
        out.setparams((1, 2, SAMPLE_RATE_HZ, 0, "NONE", "not compressed"))
        out.writeframes(pcm.astype("<i2").tobytes())


def played_sound(path: Path) -> Pcm:
    """With silence before it, in which the recording begins."""
    speech = read_pcm(path)[: MOST_SECONDS * SAMPLE_RATE_HZ]
    return np.concatenate((np.zeros(LEAD_SECONDS * SAMPLE_RATE_HZ, np.int16), speech))


def record(page: Page, taps: PageTaps, seconds: float) -> str:
    """Record with the keyboard until the microphone has played so much; returns the transcript's code."""
    page.goto("/record")
    taps.set_clock(page)
    expect(page.locator("vox-record")).to_have_attribute("data-state", "arming")
    started = time.monotonic()
    page.keyboard.press("r")
    expect(page.locator("[data-part=badge]")).to_have_text("Recording")
    page.wait_for_timeout(1000 * (seconds + TAIL_SECONDS - (time.monotonic() - started)))
    page.keyboard.press("Shift+S")
    expect(page).to_have_url(re.compile("/t/"), timeout=STOPPED_MS)
    return page.url.rsplit("/", 1)[-1]


def tapped_take(browser: Browser, rig: MeasuredStack, seconds: float) -> tuple[str, PageTaps]:
    taps = PageTaps()
    context = browser.new_context(base_url=rig.stack.url)
    context.add_cookies([{"name": "sessionid", "value": session_key(rig.stack), "url": rig.stack.url}])
    context.add_init_script(CHOICES)
    page = context.new_page()
    taps.open(page)
    code = record(page, taps, seconds)
    context.close()
    return code, taps


def microphone(wav: Path) -> list[str]:
    """Flags of a Chromium that hears this file once and asks nobody."""
    return [
        "--no-sandbox",
        "--use-fake-device-for-media-stream",
        "--use-fake-ui-for-media-stream",
        f"--use-file-for-fake-audio-capture={wav}%noloop",
    ]


def is_same_everywhere(taps: PageTaps, archive: bytes) -> bool:
    """What was captured, what was sent by offset, and the archive."""
    same = bytes(taps.captured) == bytes(taps.sent) == archive
    told = "the same bytes" if same else "NOT THE SAME BYTES"
    print(
        f"  captured {len(taps.captured)}, socket {len(taps.sent)} ({taps.resent_bytes} sent again), "
        f"archive {len(archive)} bytes: {told}"
    )
    return same


def is_what_was_played(played: Pcm, recorded: Pcm) -> bool:
    match = matched(played, recorded)
    print(f"  {match}")
    found = {loss: detects(played, recorded, loss) for loss in LOSSES}
    print(
        "  "
        + ", ".join(
            f"a loss of {loss} samples is {'' if seen else 'NOT '}found" for loss, seen in found.items()
        )
    )
    return not match.jumps and all(found.values())


def measure(browser: Browser, rig: MeasuredStack, name: str, played: Pcm) -> bool:
    known = len(rig.sessions())
    code, taps = tapped_take(browser, rig, len(played) / SAMPLE_RATE_HZ)
    transcript = rig.stack.wait(code)
    archive = archived_pcm(rig.stack, code)
    print(
        f"{name}: {len(archive) / 2 / SAMPLE_RATE_HZ:.1f} s recorded, transcript {transcript['state']} with "
        f"{len(transcript['segments'])} segments; {load_average()}"
    )
    is_same = is_same_everywhere(taps, archive)
    is_played = is_what_was_played(played, np.frombuffer(archive, "<i2"))
    fresh = rig.sessions()[known:]
    if len(fresh) == 1:
        delays = Delays()
        delays.add(taps.recorded, fresh[0])
        print(f"{delays}\n  (the page's clock is known to {taps.clock_error_ms:.1f} ms)", flush=True)
    else:
        print(f"  {len(fresh)} sessions: delays cannot be told", flush=True)
    return is_same and is_played and transcript["state"] == "ready"


def main(names: list[str]) -> int:
    folder = samples_folder()
    if not folder.is_dir() or chromium() is None:
        print(
            NOTHING_MEASURED.format(folder) if chromium() else "There is no Chromium. Nothing was measured."
        )
        return 0
    results = []
    with measured_stack() as rig, sync_playwright() as playwright, tempfile.TemporaryDirectory() as work:
        for name in names or FILES:
            played, wav = played_sound(folder / name), Path(work) / "microphone.wav"
            write_wav(wav, played)
            browser = playwright.chromium.launch(executable_path=chromium(), args=microphone(wav))
            results.append(measure(browser, rig, name, played))
            browser.close()
    return 0 if all(results) else 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
