"""Subtitles as Chromium's <track> reads them."""

from __future__ import annotations

from typing import NamedTuple

from playwright.sync_api import Page

from tests.subtitles.readers import Seen

READ = """async (address) => {
  const video = document.createElement('video');
  const element = Object.assign(document.createElement('track'), {kind: 'subtitles', src: address});
  const loaded = new Promise((good, bad) => {
    element.onload = good;
    element.onerror = () => bad(new Error('Chromium refuses the subtitles'));
  });
  video.append(element);
  document.body.append(video);
  element.track.mode = 'hidden';
  await loaded;
  const cues = [...element.track.cues].map(cue => {
    const shown = cue.getCueAsHTML();
    const voice = shown.querySelector('span[title]');
    return {start: cue.startTime, end: cue.endTime, text: shown.textContent, voice: voice && voice.title};
  });
  video.remove();
  return cues;
}"""


class TrackCues(NamedTuple):
    cues: list[Seen]
    voices: list[str | None]


def by_chromium(page: Page, address: str) -> TrackCues:
    """Cues of a WebVTT file of this server, read on a page of this server."""
    found = page.evaluate(READ, address)
    cues = [Seen(round(cue["start"] * 1000), round(cue["end"] * 1000), cue["text"]) for cue in found]
    return TrackCues(cues, [cue["voice"] for cue in found])
