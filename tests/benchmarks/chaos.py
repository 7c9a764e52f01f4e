"""Kill web, worker and engine with -9 at random while ten recordings are transcribed; nothing may be lost.

``python -m tests.benchmarks.chaos [kills of each kind] [seed]``: the ten files run undisturbed, then again
under fire on a fresh data folder. Afterwards every transcript must be ready with exactly the text of the
undisturbed run, and the speech service must have been asked at most once more per part and kill.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import httpx

from tests.stack import Stack, running_stack

from .process_memory import child_named

FILES = 10
PAUSE_SECONDS = (2.0, 5.0)
KINDS = {"web": "voxweb.server", "worker": "manage.py worker", "engine": "transcripts.engine"}
SENTENCES = (
    "The harbour was quiet when the first boats came in, and nobody on the pier said a word.",
    "We counted the baskets twice, then wrote the numbers down in the old green book.",
    "Later that evening the wind turned to the north and the lamps along the water went out.",
    "My grandmother carried the scales and I carried the salt, as we did every single morning.",
)


def speak(path: Path, number: int) -> None:
    """Write about a minute of synthetic speech that no other file has."""
    text = " ".join(f"Part {number} of the story. {SENTENCES[(number + n) % 4]}" for n in range(9))
    subprocess.run(["espeak-ng", "-v", "en-us", "-s", "150", "-w", str(path), text], check=True)


def recordings(folder: Path) -> list[Path]:
    paths = [folder / f"story-{number}.wav" for number in range(FILES)]
    for number, path in enumerate(paths):
        speak(path, number)
    return paths


def kill_at_random(stack: Stack, kills: int, seed: int) -> int:
    """Kill each kind ``kills`` times in random order; returns how many signals were sent."""
    dice = random.Random(seed)
    order = [kind for kind in KINDS for _ in range(kills)]
    dice.shuffle(order)
    sent = 0
    for kind in order:
        time.sleep(dice.uniform(*PAUSE_SECONDS))
        pid = child_named(stack.process.pid, KINDS[kind])
        for _ in range(400):
            if pid is not None:
                break
            time.sleep(0.1)
            pid = child_named(stack.process.pid, KINDS[kind])
        if pid is not None:
            os.kill(pid, signal.SIGKILL)
            sent += 1
    return sent


def patiently(stack: Stack, method: str, url: str, **arguments: Any) -> httpx.Response:
    """A caller who tries again while the web process is being replaced."""
    for _ in range(200):
        try:
            answer = stack.client.request(method, url, **arguments)
            if answer.status_code < 500:
                return answer
        except httpx.HTTPError:
            pass
        time.sleep(0.2)
    raise TimeoutError(url)


def start_all(stack: Stack, paths: list[Path]) -> list[str]:
    return [str(stack.upload(path)["code"]) for path in paths]


def outcome(stack: Stack, code: str, seconds: float = 1200.0) -> dict[str, Any]:
    give_up = time.monotonic() + seconds
    while time.monotonic() < give_up:
        item = patiently(stack, "GET", f"transcripts/{code}").json()
        if item["state"] in {"ready", "failed"}:
            return dict(item)
        time.sleep(0.5)
    raise TimeoutError(code)


def text_of(item: dict[str, Any]) -> list[tuple[int, int, str]]:
    return [(segment["start_ms"], segment["end_ms"], segment["text"]) for segment in item["segments"]]


def run(paths: list[Path], kills: int, seed: int) -> tuple[list[dict[str, Any]], int, float]:
    started = time.monotonic()
    with running_stack(
        VOXWEB_CHUNK_SECONDS="20", VOXWEB_LEASE_SECONDS="10", VOXWEB_REAP_SECONDS="1"
    ) as stack:
        codes = start_all(stack, paths)
        sent = kill_at_random(stack, kills, seed) if kills else 0
        items = [outcome(stack, code) for code in codes]
    return items, sent, time.monotonic() - started


def main(arguments: list[str]) -> int:
    kills = int(arguments[0]) if arguments else 20
    seed = int(arguments[1]) if len(arguments) > 1 else 1
    with tempfile.TemporaryDirectory() as folder:
        paths = recordings(Path(folder))
        calm, _, calm_seconds = run(paths, 0, seed)
        wild, sent, wild_seconds = run(paths, kills, seed)
    ready = sum(item["state"] == "ready" for item in wild)
    equal = sum(text_of(one) == text_of(other) for one, other in zip(calm, wild, strict=True))
    calls = sum(item["job"]["usage"].get("calls", 0) for item in wild)
    needed = sum(item["job"]["usage"].get("calls", 0) for item in calm)
    print(f"undisturbed: {FILES} files in {calm_seconds:.0f} s, {needed} calls")
    print(f"under fire:  {sent} kills in {wild_seconds:.0f} s, {ready}/{FILES} ready, {equal}/{FILES} equal")
    print(f"calls repeated: {calls - needed} ({(calls - needed) / max(sent, 1):.2f} per kill)")
    return 0 if ready == equal == FILES else 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
