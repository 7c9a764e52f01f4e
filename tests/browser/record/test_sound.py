"""What is heard is what is kept, whichever way the browser gives it out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Browser, Page, Playwright, expect

from tests.benchmarks.sound_match import Match, matched
from tests.browser.conftest import Server, SignIn
from tests.browser.find_chromium import chromium
from tests.browser.look import look_at
from tests.browser.record.conftest import WITHOUT_CAPTIONS, HearsYou
from tests.browser.record.test_take import start, stop, wait_for_clock
from transcripts.actions.take_files import raw_path
from transcripts.audio.pcm import SAMPLE_RATE_HZ, Pcm, read_pcm
from transcripts.models import Take, User

RECORDED_SECONDS = 4
WITHOUT_READER = "delete globalThis.MediaStreamTrackProcessor"
TAB = "The tab that sounds"
TONE_HERTZ = 440
SOUNDING = f"""<title>{TAB}</title><button>Sound</button><script>
document.querySelector('button').addEventListener('click', () => {{
  const context = new AudioContext();
  const tone = new OscillatorNode(context, {{frequency: {TONE_HERTZ}}});
  tone.connect(new GainNode(context, {{gain: 0.2}})).connect(context.destination);
  tone.start();
}});
</script>"""


def recorded(page: Page) -> Pcm:
    """Record for some seconds; returns what the server has on its disk afterwards."""
    start(page)
    wait_for_clock(page, RECORDED_SECONDS)
    transcript = stop(page)
    pcm = np.frombuffer(raw_path(transcript.code).read_bytes(), "<i2")
    assert 2 * len(pcm) == Take.objects.get(transcript=transcript).total_bytes
    return pcm


def heard(voice: Path, pcm: Pcm) -> Match:
    """The voice says its lines again and again."""
    return matched(np.tile(read_pcm(voice), 2), pcm)


def share_of_tone(pcm: Pcm) -> float:
    """How much of the sound is the tone of the tab, from 0 to 1."""
    strength = np.abs(np.fft.rfft(pcm.astype(float))) ** 2
    hertz = np.fft.rfftfreq(len(pcm), 1 / SAMPLE_RATE_HZ)
    return float(strength[np.abs(hertz - TONE_HERTZ) < 10].sum() / strength.sum())


def test_it_works(recorder: HearsYou, voice: Path) -> None:
    """Every sample of the microphone is there once, and at its time."""
    page = recorder()
    match = heard(voice, recorded(page))
    assert len(match.blocks) >= 2 * RECORDED_SECONDS - 4
    assert match.jumps == []
    assert min(block.likeness for block in match.blocks) > 0.9


def test_a_browser_that_gives_no_tracks_to_read(page: Page, recorder: HearsYou, voice: Path) -> None:
    page.add_init_script(WITHOUT_READER)
    match = heard(voice, recorded(recorder()))
    assert len(match.blocks) >= 2 * RECORDED_SECONDS - 4
    assert sorted(block.likeness for block in match.blocks)[len(match.blocks) // 2] > 0.9


def test_a_reader_that_cannot_be_loaded(page: Page, sign_in: SignIn, owner: User) -> None:
    sign_in(page, owner)
    page.route("**/track_reader*.js", lambda route: route.abort())
    page.goto("/record")
    expect(page.locator("[data-part=level-words]")).to_contain_text("The recorder could not be loaded.")
    page.unroute("**/track_reader*.js")
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_text("We hear you.")).to_be_visible()


def test_a_reader_that_breaks(recorder: HearsYou) -> None:
    """What was heard before is kept, and one press goes on."""
    page = recorder().context.new_page()
    page.add_init_script(WITHOUT_CAPTIONS)
    page.goto("/record")
    expect(page.get_by_text("We hear you.")).to_be_visible()
    start(page)
    wait_for_clock(page, 1)
    page.workers[0].evaluate("() => { setTimeout(() => { throw new Error('broken'); }); }")
    expect(page.get_by_text("The browser has stopped listening.")).to_be_visible()
    expect(page.locator("[data-part=badge]")).to_have_text("Paused")
    look_at(page, "record-broke")
    page.locator("vox-record-notices").get_by_role("button", name="Go on recording").click()
    expect(page.locator("[data-part=badge]")).to_have_text("Recording")
    expect(page.get_by_text("The browser has stopped listening.")).to_be_hidden()
    wait_for_clock(page, 3)
    transcript = stop(page)
    assert Take.objects.get(transcript=transcript).total_bytes >= 3 * 2 * SAMPLE_RATE_HZ


@pytest.fixture(scope="module")
def sharing_browser(playwright: Playwright) -> Iterator[Browser]:
    """Shares the sound of the tab with the known title without asking."""
    flags = ["--no-sandbox", f"--auto-select-tab-capture-source-by-title={TAB}"]
    started = playwright.chromium.launch(
        executable_path=chromium(), args=flags, ignore_default_args=["--mute-audio"]
    )
    yield started
    started.close()


@pytest.fixture
def sharing(sharing_browser: Browser, server: Server, sign_in: SignIn, owner: User) -> Iterator[Page]:
    """The owner's record page, beside a tab that sounds."""
    context = sharing_browser.new_context(base_url=server.url)
    sounding = context.new_page()
    sounding.set_content(SOUNDING)
    sounding.get_by_role("button").click()
    page = context.new_page()
    sign_in(page, owner)
    page.add_init_script(WITHOUT_CAPTIONS)
    page.goto("/record")
    yield page
    context.close()


def test_the_sound_of_a_tab(sharing: Page) -> None:
    sharing.get_by_text("Sound of a tab").click()
    sharing.get_by_role("button", name="Choose the tab").click()
    expect(sharing.get_by_text("We hear you.")).to_be_visible()
    assert share_of_tone(recorded(sharing)) > 0.99


def test_two_sources_become_one(recorder: HearsYou, page: Page, voice: Path) -> None:
    """The other source is a tone of the page itself: a Chromium with a false microphone shares no tabs."""
    page.add_init_script(
        f"""navigator.mediaDevices.getDisplayMedia = async () => {{
          const context = new AudioContext();
          const tone = new OscillatorNode(context, {{frequency: {TONE_HERTZ}}});
          const end = new MediaStreamAudioDestinationNode(context);
          tone.connect(new GainNode(context, {{gain: 0.2}})).connect(end);
          tone.start();
          return end.stream;
        }}"""
    )
    page.goto("/record")
    page.get_by_text("Both").click()
    page.get_by_role("button", name="Choose the tab").click()
    expect(page.get_by_text("We hear you.")).to_be_visible()
    pcm = recorded(page)
    assert 0.05 < share_of_tone(pcm) < 0.95
    likeness = sorted(block.likeness for block in heard(voice, pcm).blocks)
    assert likeness[len(likeness) // 2] > 0.3
