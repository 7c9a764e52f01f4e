"""Sound and text together: words, seeking, following, video."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import SignIn
from tests.browser.editor.writing import wait_for_text
from tests.browser.spoken import SpokenRecording, spoken_transcript
from tests.browser.transcript.playback import MEDIA, Open, click_word, now, wait_for_word, words_of
from transcripts.models import Membership, Transcript, User


def test_it_works(reading: Open, interview: Transcript) -> None:
    """The painted word is the one that sounds, at several moments of real playback."""
    page = reading(interview)
    page.get_by_role("button", name="Play", exact=True).click()
    wait_for_word(page)
    seen = set()
    for _ in range(8):
        page.wait_for_timeout(300)
        found = now(page)
        table = words_of(interview, found["key"])
        heard = [text for start, end, text in table if start - 60 <= found["ms"] <= end + 460]
        assert found["word"] in heard or not found["word"]
        seen.add(found["word"])
    assert len(seen) >= 4
    expect(page.get_by_role("button", name="Pause")).to_be_visible()


def test_a_click_on_a_word_plays_it_for_readers(
    page: Page, sign_in: SignIn, viewer: User, interview: Transcript
) -> None:
    Membership.objects.create(transcript=interview, user=viewer, role=Membership.Role.VIEWER)
    sign_in(page, viewer)
    page.goto(f"/t/{interview.code}")
    wait_for_text(page)
    segment = interview.segments.all()[3]
    table = words_of(interview, segment.key)
    start_ms, _, text = next(word for word in table if word[2] == "bridge")
    click_word(page, f"s-{segment.key}", segment.text.index(text), len(text))
    wait_for_word(page)
    found = now(page)
    assert found["key"] == segment.key
    assert start_ms - 5 <= found["ms"] < start_ms + 3000
    assert not page.evaluate(f"{MEDIA}.paused")


def test_a_click_beside_the_text_does_not_play(reading: Open, interview: Transcript) -> None:
    page = reading(interview)
    wait_for_text(page)
    last = page.locator(".seg p").last.bounding_box()
    assert last is not None
    page.mouse.click(last["x"] + last["width"] - 20, last["y"] + 12)
    page.wait_for_timeout(300)
    assert page.evaluate(f"{MEDIA}.paused")


def test_following_stops_when_the_person_scrolls(reading: Open, interview: Transcript) -> None:
    page = reading(interview)
    page.set_viewport_size({"width": 1280, "height": 360})
    page.keyboard.press("k")
    wait_for_word(page)
    back = page.get_by_role("button", name="Back to the spoken word")
    expect(back).to_be_hidden()
    page.mouse.move(400, 150)
    page.mouse.wheel(0, 400)
    expect(back).to_be_visible()
    page.wait_for_function("document.querySelector('.doc').scrollTop > 0")
    page.wait_for_timeout(300)
    scrolled = page.evaluate("document.querySelector('.doc').scrollTop")
    page.wait_for_timeout(700)
    assert page.evaluate("document.querySelector('.doc').scrollTop") == scrolled
    back.click()
    expect(back).to_be_hidden()
    page.wait_for_function("() => document.querySelector('.doc').scrollTop < 100")


def test_the_text_follows_the_voice(reading: Open, interview: Transcript) -> None:
    page = reading(interview)
    page.set_viewport_size({"width": 1280, "height": 360})
    last = interview.segments.all()[6]
    page.get_by_role("slider", name="Position").focus()
    page.keyboard.press("End")
    expect(page.locator(".seg.now")).to_be_in_viewport()
    page.keyboard.press("Home")
    page.keyboard.press("PageUp")
    page.wait_for_function("id => !!document.getElementById(id)", arg=f"s-{last.key}")
    expect(page.locator(".seg.now")).to_be_in_viewport()


def test_page_down_scrolls_before_anything_has_the_focus(
    page: Page, reading: Open, interview: Transcript
) -> None:
    page.set_viewport_size({"width": 1280, "height": 360})
    reading(interview)
    page.keyboard.press("PageDown")
    page.wait_for_function("() => document.querySelector('.doc').scrollTop > 50")


def test_a_recording_that_cannot_be_played_says_so(
    reading: Open, interview: Transcript, media_folder: Path
) -> None:
    (media_folder / interview.recording.playback_file).write_bytes(b"this is no sound at all")
    page = reading(interview)
    expect(page.get_by_text("Cannot be played here")).to_be_visible()
    expect(page.get_by_text("We walked to the harbour")).to_be_visible()


def test_keys_alone(reading: Open, interview: Transcript) -> None:
    page = reading(interview)
    page.keyboard.press("ArrowRight")
    page.wait_for_function(f"() => Math.abs({MEDIA}.currentTime - 5) < 0.2")
    page.keyboard.press("l")
    page.wait_for_function(f"() => Math.abs({MEDIA}.currentTime - 15) < 0.2")
    page.keyboard.press("j")
    page.keyboard.press(">")
    page.wait_for_function(f"() => {MEDIA}.playbackRate === 1.1 && {MEDIA}.preservesPitch")
    page.keyboard.press(" ")
    page.wait_for_function(f"() => !{MEDIA}.paused")
    page.keyboard.press("k")
    page.wait_for_function(f"() => {MEDIA}.paused")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    page.keyboard.press("Escape")
    page.locator("a.time").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator(".seg.now")).to_have_id(f"s-{interview.segments.all()[2].key}")


def test_keys_stay_with_the_field_that_is_typed_in(reading: Open, interview: Transcript) -> None:
    page = reading(interview)
    page.get_by_role("textbox", name="Title").fill("")
    page.get_by_role("textbox", name="Title").press_sequentially("jolly ?")
    expect(page.get_by_role("textbox", name="Title")).to_have_value("jolly ?")
    assert page.evaluate("document.querySelector('[data-part=media]').currentTime") == 0


def test_the_waveform_seeks_and_speaks(reading: Open, interview: Transcript) -> None:
    page = reading(interview)
    slider = page.get_by_role("slider", name="Position")
    box = slider.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] * 0.25, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.5, box["y"] + 20, steps=4)
    page.mouse.up()
    half = (interview.recording.duration_ms or 0) / 2000
    page.wait_for_function(
        "half => Math.abs(document.querySelector('[data-part=media]').currentTime - half) < 0.3", arg=half
    )
    expect(slider).to_have_attribute("aria-valuenow", str(round(half)))
    slider.press("+")
    expect(page.locator(".wave-map")).to_be_visible()
    painted = page.evaluate(
        """() => { const c = document.querySelector('.wave-main canvas');
        return c.getContext('2d').getImageData(0, 0, c.width, c.height).data.some(value => value > 0) }"""
    )
    assert painted


def test_the_position_is_remembered_and_a_link_wins(reading: Open, interview: Transcript) -> None:
    page = reading(interview)
    page.keyboard.press("l")
    page.wait_for_function("() => document.querySelector('[data-part=clock]').textContent === '00:00:10'")
    page.reload()
    expect(page.locator('[data-part="clock"]')).to_have_text("00:00:10")
    page.goto("about:blank")
    reading(interview, "#t=20500")
    expect(page.locator('[data-part="clock"]')).to_have_text("00:00:20")


def test_video_plays_beside_the_text(
    reading: Open, owner: User, media_folder: Path, filmed: SpokenRecording
) -> None:
    page = reading(spoken_transcript(owner, media_folder, filmed))
    page.locator("video").click()
    wait_for_word(page)
    assert page.evaluate("document.querySelector('video').videoWidth") == 320
    wide = page.locator("video").bounding_box()
    page.get_by_role("separator", name="Width of the panel").focus()
    for _ in range(4):
        page.keyboard.press("ArrowLeft")
    wider = page.locator("video").bounding_box()
    assert wide is not None and wider is not None
    assert wider["width"] > wide["width"] + 50
