"""Ten minutes of an interview are proof-read by key events alone, while they play, in a real Chromium.

``python -m tests.benchmarks.proof_read [folder for pictures]``: espeak-ng says the interview, a script puts
into its text what machines get wrong, and keys correct all of it. Text, speakers, times and the exported
subtitles must be the right ones in the end, to the millisecond.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from tests.browser.editor.proof_around import read_and_export
from tests.browser.editor.proof_read import ProofRead
from tests.browser.editor.proof_reader import Hands, KeysFailed
from tests.browser.editor.proof_text import proof_of
from tests.browser.find_chromium import chromium
from tests.browser.said import Said
from tests.stack import ROOT, Stack

from .editor_speed import FLAGS
from .engine_rig import load_average
from .live_rig import quiet_stack, session_key

LINES = 138
"""Ten minutes."""
TITLE = "Heard by a machine"
BETWEEN_LETTERS_MS = 90
"""Somebody who types well."""
MADE_SECONDS = 300

WRITE = """
import json, tempfile
from pathlib import Path
from django.conf import settings
from tests.browser.editor.proof_rows import write_machine_text, write_right_text
from tests.browser.editor.proof_text import proof_of, right_lines
from tests.browser.spoken import make_recording, recorded_transcript
from transcripts.models import User
with tempfile.TemporaryDirectory() as work:
    recording = make_recording(Path(work), list(right_lines({lines})))
    owner = User.objects.get()
    wrong, right = (recorded_transcript(owner, Path(settings.MEDIA_ROOT), recording) for _ in range(2))
wrong.title = {title!r}
wrong.save()
proof = proof_of(recording.said)
write_machine_text(wrong, proof)
write_right_text(right, proof)
print(json.dumps({{"said": recording.said, "right": right.code}}))
"""


def write_interview(stack: Stack) -> dict[str, Any]:
    script = WRITE.format(lines=LINES, title=TITLE)
    command = [sys.executable, "manage.py", "shell", "--verbosity", "0", "-c", script]
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=stack.environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=MADE_SECONDS,
    )
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    return dict(json.loads(done.stdout.strip().splitlines()[-1]))


def measure(browser: Browser, stack: Stack, pictures: Path | None) -> bool:
    made = write_interview(stack)
    said = [Said(*line) for line in made["said"]]
    print(f"{len(said)} lines, {said[-1].end_ms / 60_000:.1f} minutes; {load_average()}", flush=True)
    context = browser.new_context(base_url=stack.url, viewport={"width": 1280, "height": 800})
    context.add_cookies([{"name": "sessionid", "value": session_key(stack), "url": stack.url}])
    page = context.new_page()
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.goto("/")
    work = ProofRead(Hands(page, pictures, pause_ms=BETWEEN_LETTERS_MS), proof_of(said), plays_along=True)
    started = time.monotonic()
    try:
        exported = read_and_export(work, TITLE)
    except KeysFailed as failed:
        work.hands.picture("failed")
        exported = b""
        troubles.append(str(failed))
    seconds = time.monotonic() - started
    right = page.request.get(f"/api/v1/transcripts/{made['right']}/export/srt").body()
    left = work.faults_left()
    context.close()
    return report(work, seconds, [*troubles, *left], is_same_srt=exported == right)


def report(work: ProofRead, seconds: float, left: Sequence[str], *, is_same_srt: bool) -> bool:
    print(f"  {work.hands.pressed:,} keys in {seconds:.0f} s")
    print(f"  {work.corrected.total()} corrected: ", end="")
    print(", ".join(f"{count} {kind}" for kind, count in work.corrected.most_common()))
    print(f"  {len(left)} left", *left, sep="\n    ")
    print(f"  subtitles are {'' if is_same_srt else 'NOT '}those of the right text, byte by byte")
    return not left and is_same_srt


def main(arguments: list[str]) -> int:
    pictures = Path(arguments[0]) if arguments else None
    with quiet_stack() as stack, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        is_right = measure(browser, stack, pictures)
        browser.close()
    return 0 if is_right else 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
