"""Sound while somebody corrects: edges on the waveform, repeating, stepping back, slowing down, video."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.conftest import SignIn
from tests.browser.look import look_at
from tests.browser.spoken import SpokenRecording, spoken_transcript
from tests.browser.transcript.playback import MEDIA, Open
from tests.written import nth
from transcripts.models import Membership, Segment, Transcript, User

READY = "() => Boolean(document.querySelector('vox-editor')?.view)"
DRAWN = """() => {
  window.drawn = 0;
  const { clearRect } = CanvasRenderingContext2D.prototype;
  CanvasRenderingContext2D.prototype.clearRect = function (...box) {
    window.drawn += 1;
    return clearRect.apply(this, box);
  };
}"""


def correct(page: Page) -> Page:
    page.wait_for_function(READY)
    return page


def put_caret(page: Page, key: str) -> None:
    """Into the end of the passage, without moving the sound."""
    page.evaluate(
        """key => {
          const editor = document.querySelector('vox-editor');
          const pos = editor.posOf(key);
          editor.select(pos + 1 + editor.doc.nodeAt(pos).content.size);
          editor.view.focus();
        }""",
        key,
    )
    page.wait_for_function("key => document.querySelector('vox-wave').edges.key === key", arg=key)


def place_of(page: Page, ms: float) -> tuple[float, float]:
    box = page.locator(".wave-main").bounding_box()
    assert box is not None
    at = page.evaluate("ms => document.querySelector('vox-wave').window.fractionOf(ms)", ms)
    return box["x"] + at * box["width"], box["y"] + 8


def drag(page: Page, from_ms: float, to_ms: float, *, let_go: bool = True) -> None:
    page.mouse.move(*place_of(page, from_ms))
    page.mouse.down()
    page.mouse.move(*place_of(page, to_ms), steps=6)
    if let_go:
        page.mouse.up()


def times_on_page(page: Page, key: str) -> list[int]:
    found: Any = page.evaluate(
        """key => {
          const line = document.querySelector('vox-editor').lines.ofKey(key);
          return [line.startMs, line.endMs, Number(line.held)];
        }""",
        key,
    )
    return list(found)


def wait_until_written(page: Page, key: str, start_ms: int, end_ms: int) -> None:
    """In the rows that exports and searches read, too."""
    for _ in range(50):
        row = Segment.objects.get(key=key)
        if (row.start_ms, row.end_ms) == (start_ms, end_ms):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"{(row.start_ms, row.end_ms)} instead of {(start_ms, end_ms)}")


def test_it_works(reading: Open, interview: Transcript) -> None:
    """An edge is dragged: the time changes at once, in the rows, and for whoever opens the page later."""
    page = correct(reading(interview))
    segment = nth(interview, 3)
    put_caret(page, segment.key)
    page.keyboard.down("Alt")
    drag(page, segment.start_ms, segment.start_ms - 250)
    page.keyboard.up("Alt")
    start_ms, end_ms, held = times_on_page(page, segment.key)
    assert abs(start_ms - (segment.start_ms - 250)) < 40
    assert (end_ms, held) == (segment.end_ms, 1)
    wait_until_written(page, segment.key, start_ms, end_ms)
    page.reload()
    correct(page)
    assert times_on_page(page, segment.key) == [start_ms, end_ms, 1]
    page.locator(".writing").focus()
    page.keyboard.press("ControlOrMeta+z")
    assert times_on_page(page, segment.key)[:2] == [segment.start_ms, segment.end_ms]


def test_an_edge_snaps_to_a_pause(reading: Open, interview: Transcript) -> None:
    segment = nth(interview, 3)
    interview.recording.pauses = [[segment.start_ms - 400, segment.start_ms - 180]]
    interview.recording.save()
    page = correct(reading(interview))
    put_caret(page, segment.key)
    page.mouse.move(*place_of(page, segment.start_ms + 800))
    page.wait_for_timeout(400)
    drag(page, segment.start_ms, segment.start_ms - 230, let_go=False)
    expect(page.locator('.wave [data-part="hover"]')).to_contain_text("pause")
    page.mouse.up()
    assert times_on_page(page, segment.key)[0] == segment.start_ms - 180


def test_a_drag_that_is_given_up_changes_nothing(reading: Open, interview: Transcript) -> None:
    page = correct(reading(interview))
    segment = nth(interview, 3)
    put_caret(page, segment.key)
    drag(page, segment.start_ms, segment.start_ms - 250, let_go=False)
    page.keyboard.press("Escape")
    page.mouse.up()
    assert times_on_page(page, segment.key)[0] == segment.start_ms
    assert page.evaluate(f"{MEDIA}.paused")


def test_a_click_on_an_edge_goes_there(reading: Open, interview: Transcript) -> None:
    page = correct(reading(interview))
    segment = nth(interview, 3)
    put_caret(page, segment.key)
    page.mouse.click(*place_of(page, segment.start_ms))
    page.wait_for_function(f"ms => Math.abs({MEDIA}.currentTime * 1000 - ms) < 100", arg=segment.start_ms)
    assert times_on_page(page, segment.key) == [segment.start_ms, segment.end_ms, 0]


def test_edges_by_keys_alone(reading: Open, interview: Transcript) -> None:
    page = correct(reading(interview))
    segment = nth(interview, 3)
    put_caret(page, segment.key)
    handle = page.get_by_role("slider", name="Start of the passage")
    handle.press("ArrowLeft")
    handle.press("Shift+ArrowRight")
    assert times_on_page(page, segment.key)[0] == segment.start_ms - 40
    expect(handle).to_have_attribute("aria-valuenow", str(segment.start_ms - 40))
    page.locator(".writing").focus()
    page.evaluate("ms => document.querySelector('vox-editor').player.place(ms)", segment.end_ms - 300)
    page.keyboard.press("Alt+o")
    assert times_on_page(page, segment.key)[1] == segment.end_ms - 300


def test_times_are_set_where_the_caret_is_from_the_player_too(reading: Open, interview: Transcript) -> None:
    page = correct(reading(interview))
    segment = nth(interview, 3)
    put_caret(page, segment.key)
    page.evaluate("ms => document.querySelector('vox-editor').player.place(ms)", segment.start_ms + 400)
    page.get_by_role("button", name="Choices for playback").click()
    page.get_by_role("button", name="Starts here").click()
    assert times_on_page(page, segment.key)[0] == segment.start_ms + 400
    page.keyboard.press("Escape")
    page.keyboard.type("!")
    expect(page.locator(f"#s-{segment.key} p")).to_contain_text("flood.!")


def test_who_may_only_read_moves_nothing(
    page: Page, sign_in: SignIn, viewer: User, interview: Transcript
) -> None:
    Membership.objects.create(transcript=interview, user=viewer, role=Membership.Role.VIEWER)
    sign_in(page, viewer)
    page.goto(f"/t/{interview.code}")
    correct(page)
    segment = nth(interview, 3)
    drag(page, segment.start_ms, segment.start_ms - 250)
    assert times_on_page(page, segment.key)[0] == segment.start_ms
    expect(page.locator(".wave-edge:visible")).to_have_count(0)


def test_the_passage_is_repeated(reading: Open, interview: Transcript) -> None:
    page = correct(reading(interview))
    segment = nth(interview, 2)
    put_caret(page, segment.key)
    page.get_by_role("button", name="Repeat this passage").click()
    page.evaluate(
        f"""() => {{
          window.jumps = 0;
          let last = {MEDIA}.currentTime;
          setInterval(() => {{
            if ({MEDIA}.currentTime < last - 0.5) window.jumps += 1;
            last = {MEDIA}.currentTime;
          }}, 20);
          {MEDIA}.playbackRate = 3;
        }}"""
    )
    page.keyboard.type(" still typing")
    page.wait_for_function("() => window.jumps >= 2")
    ms = page.evaluate(f"{MEDIA}.currentTime * 1000")
    assert segment.start_ms - 50 <= ms <= segment.end_ms + 250
    expect(page.locator(f"#s-{segment.key} p")).to_contain_text("still typing")
    expect(page.get_by_role("button", name="Repeat this passage")).to_have_attribute("aria-pressed", "true")


def test_playing_again_steps_back(reading: Open, interview: Transcript) -> None:
    page = correct(reading(interview))
    page.evaluate("document.querySelector('vox-editor').player.place(8000)")
    put_caret(page, nth(interview, 1).key)
    page.keyboard.press("Alt+k")
    page.wait_for_function(f"() => {MEDIA}.currentTime > 9.5")
    page.keyboard.press("Alt+k")
    page.wait_for_function(f"() => {MEDIA}.paused")
    paused = page.evaluate(f"{MEDIA}.currentTime")
    page.evaluate(
        f"{MEDIA}.addEventListener('play', () => {{ window.resumed = {MEDIA}.currentTime; }}, {{once: true}})"
    )
    page.keyboard.press("Alt+k")
    page.wait_for_function("() => window.resumed !== undefined")
    assert abs(page.evaluate("window.resumed") - (paused - 1)) < 0.2


def test_the_sound_slows_down_while_somebody_types(reading: Open, interview: Transcript) -> None:
    page = correct(reading(interview))
    page.get_by_role("button", name="Choices for playback").click()
    page.get_by_label("Slow down while I type").check()
    page.keyboard.press("Escape")
    put_caret(page, nth(interview, 1).key)
    page.keyboard.press("Alt+k")
    page.wait_for_function(f"() => !{MEDIA}.paused")
    page.keyboard.type("a b c")
    assert page.evaluate(f"{MEDIA}.playbackRate") == 0.7
    page.wait_for_function(f"() => {MEDIA}.playbackRate === 1")
    page.reload()
    correct(page)
    expect(page.locator('[data-part="slows-for-typing"]')).to_be_checked()


def test_typing_does_not_draw_the_waveform(reading: Open, interview: Transcript) -> None:
    page = correct(reading(interview))
    segment = nth(interview, 3)
    put_caret(page, segment.key)
    wait_for_the_picture(page)
    page.evaluate(DRAWN)
    page.keyboard.type("ten letters")
    page.wait_for_timeout(700)
    assert page.evaluate("window.drawn") == 0
    page.get_by_role("slider", name="End of the passage").press("ArrowLeft")
    page.wait_for_function("() => window.drawn > 0")
    page.wait_for_timeout(300)
    assert page.evaluate("window.drawn") == 1


def wait_for_the_picture(page: Page) -> None:
    """Until the fine peaks have come, which may take long, and everything was drawn."""
    page.wait_for_function(
        """() => {
          const wave = document.querySelector('vox-wave');
          const { fromMs, toMs } = wave.window;
          const { width } = wave.querySelector('[data-part="canvas"]');
          return wave.source.overview && !wave.source.needsFine(fromMs, toMs, width);
        }"""
    )
    page.wait_for_timeout(600)


def test_it_looks_as_if_paid_for(reading: Open, interview: Transcript) -> None:
    page = correct(reading(interview))
    put_caret(page, nth(interview, 3).key)
    look_at(page, "editor-sound")
    page.get_by_role("button", name="Choices for playback").click()
    expect(page.get_by_role("button", name="Starts here")).to_be_visible()
    look_at(page, "editor-playback")


def test_video_stays_beside_the_text(
    reading: Open, owner: User, media_folder: Any, filmed: SpokenRecording
) -> None:
    transcript = spoken_transcript(owner, media_folder, filmed)
    page = correct(reading(transcript))
    put_caret(page, nth(transcript, 1).key)
    page.keyboard.type(" more")
    before = page.locator("video").bounding_box()
    for _ in range(4):
        page.get_by_role("separator", name="Height of the video").press("ArrowDown")
    after = page.locator("video").bounding_box()
    assert before is not None and after is not None
    assert after["height"] > before["height"] + 60
    assert after["width"] > before["width"] + 60
    look_at(page, "editor-video")
    page.get_by_role("button", name="Hide the video").click()
    expect(page.locator("video")).to_be_hidden()
    page.reload()
    expect(page.locator("video")).to_be_hidden()
    page.get_by_role("button", name="Show the video").click()
    expect(page.locator("video")).to_be_visible()
