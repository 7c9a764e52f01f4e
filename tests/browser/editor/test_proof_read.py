"""A proof-read by the keyboard alone, in quick form; ``tests.benchmarks.proof_read`` is the real one."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import SignIn
from tests.browser.editor.proof_around import read_and_export
from tests.browser.editor.proof_read import ProofRead
from tests.browser.editor.proof_reader import Hands
from tests.browser.editor.proof_rows import write_machine_text, write_right_text
from tests.browser.editor.proof_text import proof_of, right_lines
from tests.browser.look import PICTURES
from tests.browser.spoken import SpokenRecording, make_recording, recorded_transcript
from transcripts.models import User

LINES = 24


@pytest.fixture
def recording(tmp_path: Path) -> SpokenRecording:
    return make_recording(tmp_path, list(right_lines(LINES)))


def test_it_works(
    page: Page, sign_in: SignIn, owner: User, media_folder: Path, recording: SpokenRecording
) -> None:
    proof = proof_of(recording.said)
    transcript, right = (recorded_transcript(owner, media_folder, recording) for _ in range(2))
    write_machine_text(transcript, proof)
    write_right_text(right, proof)
    transcript.title = "Heard by a machine"
    transcript.save()
    sign_in(page, owner)
    page.goto("/")
    work = ProofRead(Hands(page, Path(PICTURES) if PICTURES else None), proof)
    exported = read_and_export(work, transcript.title)
    assert work.faults_left() == []
    assert work.corrected.total() == len(proof.faults) + 2 + 5
    assert exported == page.request.get(f"/api/v1/transcripts/{right.code}/export/srt").body()
