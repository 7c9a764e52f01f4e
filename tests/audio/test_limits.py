from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def run_python(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )


def test_it_works() -> None:
    code = """
import resource
from transcripts.audio.limits import IngestLimits, enforce
enforce(IngestLimits(cpu_seconds=7, memory_bytes=10**9, file_bytes=12345))
print(resource.getrlimit(resource.RLIMIT_CPU), resource.getrlimit(resource.RLIMIT_AS)[0])
print(resource.getrlimit(resource.RLIMIT_FSIZE)[0], resource.getrlimit(resource.RLIMIT_CORE)[0])
"""
    assert run_python(code).stdout.split() == ["(7,", "12)", "1000000000", "12345", "0"]


@pytest.mark.parametrize(
    ("limits", "work", "status"),
    [
        ("cpu_seconds=1", "while True: pass", -signal.SIGXCPU),
        ("memory_bytes=3 * 10**8", "bytearray(10**9)", 1),
        ("file_bytes=1000", "import tempfile; tempfile.TemporaryFile().write(b'x' * 99999)", 1),
    ],
)
def test_limits_bind(limits: str, work: str, status: int) -> None:
    code = f"from transcripts.audio.limits import *\nenforce(IngestLimits({limits}))\n{work}"
    assert run_python(code).returncode == status


def test_a_lower_limit_of_the_machine_is_kept() -> None:
    code = """
import resource
from transcripts.audio.limits import IngestLimits, enforce
resource.setrlimit(resource.RLIMIT_CPU, (5, 5))
enforce(IngestLimits(cpu_seconds=600))
print(resource.getrlimit(resource.RLIMIT_CPU))
"""
    assert run_python(code).stdout.strip() == "(5, 5)"


def test_an_orphan_ends_at_once() -> None:
    wrong = os.getpid()
    code = (
        f"from transcripts.audio.limits import die_with_parent\ndie_with_parent({wrong} + 1)\nprint('alive')"
    )
    assert run_python(code).stdout == ""
    right = f"import os\n{code.replace(f'{wrong} + 1', 'os.getppid()')}"
    assert run_python(right).stdout == "alive\n"
