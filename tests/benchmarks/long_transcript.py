"""A long transcript with silent sound, written into a running stack."""

from __future__ import annotations

import subprocess
import sys

from tests.stack import ROOT, Stack

WRITE = """
import random, sys, wave
from django.conf import settings
from pathlib import Path
from tests.written import write_heard
from transcripts.document.content import DocSegment, DocVoice
from transcripts.models import Recording, Transcript, User
count, segment_ms = {count}, {segment_ms}
words = {words!r}.split()
chance = random.Random(4)
owner = User.objects.get()
item = Transcript.objects.create(title="{count} passages", owner=owner, state="ready", language="en")
sound = Path(settings.MEDIA_ROOT) / item.code / "original.wav"
sound.parent.mkdir(parents=True)
seconds = count * segment_ms // 1000
with wave.open(str(sound), "wb") as out:
    out.setparams((1, 2, 8000, 0, "NONE", "not compressed"))
    second = bytes(16000)
    for _ in range(seconds):
        out.writeframesraw(second)
Recording.objects.create(
    transcript=item, original_name="original.wav", original_file=f"{{item.code}}/original.wav",
    original_bytes=sound.stat().st_size, playback_file=f"{{item.code}}/original.wav",
    playback_type="audio/wav", duration_ms=seconds * 1000, container="wav", audio_codec="pcm_s16le",
    sample_rate=8000, channels=1,
)
segments = [
    DocSegment(
        f"s{{n}}", f"speaker_{{n // 3 % 4 + 1}}", n * segment_ms, n * segment_ms + segment_ms - 200,
        " ".join(chance.choices(words, k=chance.randint(6, 18))) + ".",
    )
    for n in range(count)
]
names = enumerate(("Amara", "Jonas", "", ""))
write_heard(item, segments, [DocVoice(f"speaker_{{n + 1}}", name) for n, name in names])
print(item.code)
"""

WORDS = (
    "we walked to the harbour every morning before the boats came in and neither of us said a word until the "
    "first basket was weighed my grandmother carried the scales I carried the salt that was before the "
    "bridge was built did your family stay through the flood the whole street slept there eleven nights"
)


def write_long(stack: Stack, count: int, segment_ms: int = 4320) -> str:
    """Write ``count`` segments of 12 words on average; returns the code. 2,500 are 3 h, 8,333 are 10 h."""
    script = WRITE.format(count=count, segment_ms=segment_ms, words=WORDS)
    command = [sys.executable, "manage.py", "shell", "--verbosity", "0", "-c", script]
    environment = dict(stack.environment)
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    return done.stdout.strip().splitlines()[-1]
