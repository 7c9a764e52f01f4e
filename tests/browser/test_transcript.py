"""The transcript page in a real browser: sound, words, names, keys."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal, Protocol

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import SignIn, grave_findings
from tests.browser.spoken import NAMES, SpokenRecording, make_recording, spoken_transcript
from transcripts.models import Job, JobPart, Membership, Segment, Speaker, Transcript, User
from transcripts.timing.words import decode

SPOKEN = "CSS.highlights.get('spoken')"
MEDIA = "document.querySelector('[data-part=media]')"
CURRENT_WORD = f"""() => {{
  const range = {SPOKEN} ? [...{SPOKEN}][0] : null;
  const line = document.querySelector('.seg.now');
  const ms = {MEDIA}.currentTime * 1000;
  return {{ms, word: range ? range.toString() : '', key: line?.id.slice(2) ?? ''}};
}}"""


class Open(Protocol):
    def __call__(self, transcript: Transcript, fragment: str = "") -> Page: ...


@pytest.fixture(scope="session")
def spoken(tmp_path_factory: pytest.TempPathFactory) -> SpokenRecording:
    return make_recording(tmp_path_factory.mktemp("spoken"))


@pytest.fixture(scope="session")
def filmed(tmp_path_factory: pytest.TempPathFactory) -> SpokenRecording:
    return make_recording(tmp_path_factory.mktemp("filmed"), video=True)


@pytest.fixture
def interview(owner: User, media_folder: Path, spoken: SpokenRecording) -> Transcript:
    return spoken_transcript(owner, media_folder, spoken)


@pytest.fixture
def reading(page: Page, sign_in: SignIn, owner: User) -> Open:
    """Return ``reading(transcript, fragment)``: the owner's page of it, ready to play."""
    sign_in(page, owner)

    def reading(transcript: Transcript, fragment: str = "") -> Page:
        page.goto(f"/t/{transcript.code}{fragment}")
        expect(page.locator("vox-dock")).to_be_visible()
        return page

    return reading


def now(page: Page) -> dict[str, Any]:
    return dict(page.evaluate(CURRENT_WORD))


def wait_for_word(page: Page) -> None:
    page.wait_for_function(f"() => {SPOKEN}?.size === 1")


def words_of(transcript: Transcript, key: str) -> list[tuple[int, int, str]]:
    segment = Segment.objects.get(transcript=transcript, key=key)
    return [(word.start_ms, word.end_ms, word.text) for word in decode(segment.words, segment.start_ms)]


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


def test_a_click_on_a_word_plays_it(reading: Open, interview: Transcript) -> None:
    page = reading(interview)
    segment = interview.segments.get(order=3)
    table = words_of(interview, segment.key)
    start_ms, _, text = next(word for word in table if word[2] == "bridge")
    box = page.evaluate(
        """([id, word]) => {
          const text = document.getElementById(id).querySelector('p').firstChild;
          const range = document.createRange();
          const at = text.data.indexOf(word);
          range.setStart(text, at); range.setEnd(text, at + word.length);
          const {x, y, width, height} = range.getBoundingClientRect();
          return {x: x + width / 2, y: y + height / 2};
        }""",
        [f"s-{segment.key}", text],
    )
    page.mouse.click(box["x"], box["y"])
    wait_for_word(page)
    found = now(page)
    assert found["key"] == segment.key
    assert start_ms - 5 <= found["ms"] < start_ms + 3000
    assert not page.evaluate(f"{MEDIA}.paused")


def test_a_click_beside_the_text_does_nothing(reading: Open, interview: Transcript) -> None:
    page = reading(interview)
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
    scrolled = page.evaluate("document.querySelector('.doc').scrollTop")
    page.wait_for_timeout(700)
    assert page.evaluate("document.querySelector('.doc').scrollTop") == scrolled
    back.click()
    expect(back).to_be_hidden()
    page.wait_for_function("() => document.querySelector('.doc').scrollTop < 100")


def test_the_text_follows_the_voice(reading: Open, interview: Transcript) -> None:
    page = reading(interview)
    page.set_viewport_size({"width": 1280, "height": 360})
    last = interview.segments.get(order=6)
    page.locator('[role="slider"]').focus()
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


def test_a_name_changes_everywhere(reading: Open, interview: Transcript) -> None:
    page = reading(interview)
    field = page.get_by_label(f"Name of {NAMES[0]}")
    field.fill("Amara O.")
    field.press("Enter")
    names = page.locator(".seg .name", has_text="Amara O.")
    expect(names).to_have_count(4)
    expect(page.locator(".seg .name", has_text=NAMES[0])).to_have_count(0)
    assert Speaker.objects.filter(transcript=interview, name="Amara O.").count() == 1
    names.first.click()
    page.get_by_label("Name of this speaker").fill("Amara Okafor, captain")
    page.get_by_role("button", name="Rename everywhere").click()
    expect(page.locator(".seg .name", has_text="captain")).to_have_count(4)
    expect(page.get_by_label("Name of Amara Okafor, captain")).to_have_value("Amara Okafor, captain")


def test_the_title_saves_itself(reading: Open, interview: Transcript) -> None:
    page = reading(interview)
    title = page.get_by_label("Title")
    title.fill("Harbour, first tape")
    title.press("Enter")
    expect(page.get_by_text("Saved", exact=True)).to_be_visible()
    assert Transcript.objects.get(pk=interview.pk).title == "Harbour, first tape"
    title.fill("thrown away")
    title.press("Escape")
    expect(title).to_have_value("Harbour, first tape")


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
    expect(page.locator(".seg.now")).to_have_id(f"s-{interview.segments.get(order=2).key}")


def test_keys_stay_with_the_field_that_is_typed_in(reading: Open, interview: Transcript) -> None:
    page = reading(interview)
    page.get_by_label("Title").fill("")
    page.get_by_label("Title").press_sequentially("jolly ?")
    expect(page.get_by_label("Title")).to_have_value("jolly ?")
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


def test_text_arrives_without_a_reload(reading: Open, interview: Transcript) -> None:
    lines = list(interview.segments.all())
    Segment.objects.filter(pk__in=[line.pk for line in lines[4:]]).delete()
    job = Job.objects.create(
        transcript=interview, state=Job.State.PARTS, stage=Job.Stage.PARTS, total_ms=40_000,
        options={"model": "voxweb-engine"},
    )  # fmt: skip
    part = JobPart.objects.create(
        job=job,
        index=1,
        start_ms=18_000,
        end_ms=40_000,
        file="x",
        partial={"text": "You could", "heard_ms": 0},
    )
    page = reading(interview)
    expect(page.locator(".pending")).to_have_text("You could")
    JobPart.objects.filter(pk=part.pk).update(partial={"text": "You could still see", "heard_ms": 9000})
    expect(page.locator(".pending")).to_have_text("You could still see")
    first = page.locator(".seg").first
    first.evaluate("node => { node.dataset.witness = 'same node' }")
    JobPart.objects.filter(pk=part.pk).update(state=JobPart.State.DONE)
    Segment.objects.bulk_create(lines[4:])
    Job.objects.filter(pk=job.pk).update(state=Job.State.DONE)
    interview.touch()
    expect(page.locator(".lines .seg")).to_have_count(len(lines))
    expect(page.locator(".pending")).to_have_count(0)
    expect(page.locator(".job")).to_have_count(0)
    expect(first).to_have_attribute("data-witness", "same node")


def test_share_with_a_person(reading: Open, interview: Transcript, viewer: User) -> None:
    page = reading(interview)
    page.locator(".top").get_by_role("button", name="Share").click()
    page.get_by_label("E-mail address").fill("nobody@example.org")
    page.get_by_role("button", name="Add").click()
    expect(page.get_by_text("Nobody has an account")).to_be_visible()
    page.get_by_label("E-mail address").fill(viewer.email)
    page.get_by_role("button", name="Add").click()
    role = page.get_by_label("Role of Vera Viewer")
    expect(role).to_have_value("viewer")
    role.select_option("editor")
    page.wait_for_timeout(300)
    assert Membership.objects.get(transcript=interview, user=viewer).role == "editor"
    page.get_by_role("button", name="Remove Vera Viewer").click()
    expect(role).to_have_count(0)
    assert not interview.memberships.exists()


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


def test_on_a_phone_the_panel_is_a_sheet(page: Page, reading: Open, interview: Transcript) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    reading(interview)
    panel = page.locator("vox-panel")
    expect(panel).to_be_hidden()
    page.get_by_role("button", name="Speakers and details").click()
    expect(panel).to_be_visible()
    page.get_by_role("tab", name="Details").click()
    expect(page.get_by_text("harbour.wav")).to_be_visible()
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("state", [Job.State.DONE, Job.State.FAILED])
def test_axe_finds_nothing_serious(
    page: Page, reading: Open, interview: Transcript, scheme: Literal["light", "dark"], state: str
) -> None:
    Job.objects.create(
        transcript=interview, state=state, error_code="x", error_message="No answer.", options={"model": "m"}
    )
    page.emulate_media(color_scheme=scheme)
    reading(interview)
    page.keyboard.press("]")
    wait_for_word(page)
    assert grave_findings(page) == []
    page.locator(".top").get_by_role("button", name="Share").click()
    assert grave_findings(page) == []
