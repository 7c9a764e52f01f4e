"""Keys can be looked up and changed, and a foot pedal plays."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.editor.writing import caret, opened
from tests.browser.look import look_at
from tests.browser.transcript.playback import MEDIA, Open
from transcripts.models import Preference, Transcript, User

PLAYING = f"() => !{MEDIA}.paused"
PAUSED = f"() => {MEDIA}.paused"

FAKE_PEDAL = """
class Device extends EventTarget {
  vendorId = 0x05f3; productId = 0x00ff; productName = 'VEC USB Footpedal'; opened = false;
  async open() { this.opened = true; }
  async close() { this.opened = false; }
  press(bits) {
    const data = new DataView(Uint8Array.from([bits, 0]).buffer);
    this.dispatchEvent(Object.assign(new Event('inputreport'), { data }));
  }
}
window.pedal = new Device();
class Hid extends EventTarget {
  async getDevices() { return localStorage.getItem('granted') ? [window.pedal] : []; }
  async requestDevice({ filters }) {
    localStorage.setItem('granted', filters.some((one) => one.vendorId === 0x05f3) ? '1' : '');
    return [window.pedal];
  }
}
Object.defineProperty(navigator, 'hid', { value: new Hid() });
"""


def test_it_works(reading: Open, interview: Transcript, owner: User) -> None:
    """Another key for playing: given by pressing it, kept with the account, there after a reload."""
    page = opened(reading, interview)
    caret(page, 0, "We")
    page.keyboard.press("Control+/")
    sheet = page.get_by_role("dialog", name="Keys")
    look_at(page, "keys")
    page.get_by_label("Find a key or what it does").fill("play or pause")
    sheet.get_by_role("button", name="Another key for “Play or pause”").click()
    page.keyboard.press("Control+f")
    expect(sheet.get_by_role("status").first).to_have_text(
        "Ctrl F is “Play or pause”. It was “Find” until now."
    )
    look_at(page, "keys-changed")
    page.wait_for_function("() => !localStorage.getItem('voxweb:keys-unsent')")
    assert Preference.objects.get(user=owner).value["changes"]["find"] == []
    page.keyboard.press("Escape")
    page.reload()
    page = opened(reading, interview)
    caret(page, 0, "We")
    page.keyboard.press("Control+f")
    page.wait_for_function(PLAYING)
    page.keyboard.press("Escape")
    page.wait_for_function(PAUSED)
    page.keyboard.press("Control+/")
    sheet.get_by_role("button", name="All as they were").click()
    page.keyboard.press("Escape")
    page.keyboard.press("Control+f")
    expect(page.locator("vox-find")).to_be_visible()


def test_a_key_of_the_browser_is_refused(reading: Open, interview: Transcript) -> None:
    page = opened(reading, interview)
    page.keyboard.press("?")
    sheet = page.get_by_role("dialog", name="Keys")
    page.get_by_label("Find a key or what it does").fill("mark this")
    sheet.get_by_role("button", name="Another key for “Mark this moment”").click()
    page.keyboard.press("Control+c")
    expect(sheet.get_by_role("status").first).to_contain_text("copies, cuts, pastes")
    sheet.get_by_label("Keys as in").select_option("oTranscribe")
    page.get_by_label("Find a key or what it does").fill("ctrl 1")
    expect(sheet.get_by_text("Back 3 seconds")).to_be_visible()


def test_a_pedal_plays_while_it_is_held(page: Page, reading: Open, interview: Transcript) -> None:
    page.add_init_script(FAKE_PEDAL)
    opened(reading, interview)
    page.keyboard.press("?")
    page.get_by_role("button", name="Connect a pedal").click()
    expect(page.get_by_text("Infinity IN-USB-2 is connected.")).to_be_visible()
    page.keyboard.press("Escape")
    page.reload()
    page = opened(reading, interview)
    page.evaluate(f"{MEDIA}.currentTime = 8")
    page.evaluate("pedal.press(2)")
    page.wait_for_function(f"() => !{MEDIA}.paused && {MEDIA}.currentTime > 8.4")
    at = page.evaluate(f"(() => {{ const at = {MEDIA}.currentTime; pedal.press(0); return at; }})()")
    page.wait_for_function(PAUSED)
    assert page.evaluate(f"{MEDIA}.currentTime") < at - 0.2
    at = page.evaluate(f"{MEDIA}.currentTime")
    page.evaluate("pedal.press(1)")
    page.wait_for_function(f"at => {MEDIA}.currentTime < at - 1.5", arg=at)
    page.evaluate("pedal.press(0)")
