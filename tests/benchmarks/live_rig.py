"""What measurements of live takes share: a cheap service, the server beside it, a load, and their cost."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from tests.stack import ROOT, Stack, running_stack

from .process_memory import child_named, memory_bytes

TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")


@dataclass
class Service:
    """The raw upstream."""

    port: int
    pid: int

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def stats(self) -> dict[str, Any]:
        """What arrived since the last time; times in ms."""
        return dict(httpx.get(f"{self.url}/stats", timeout=30).json())

    def stall(self) -> None:
        httpx.post(f"{self.url}/stall", timeout=30).raise_for_status()


@contextmanager
def module_running(module: str, *arguments: str) -> Iterator[tuple[int, int]]:
    """Run one of our helper programs until the block ends; gives its port and pid."""
    command = [sys.executable, "-m", f"tests.benchmarks.{module}", *arguments]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None
            yield int(process.stdout.readline()), process.pid
        finally:
            process.kill()


@contextmanager
def raw_service() -> Iterator[Service]:
    with module_running("raw_upstream") as (port, pid):
        yield Service(port, pid)


@contextmanager
def live_stack(service: Service, **extra: str) -> Iterator[Stack]:
    """A whole voxweb whose captions come from ``service``."""
    settings = {"MISTRAL_API_KEY": "benchmark", "VOXWEB_SPEECH_URL": service.url, "VOXWEB_MAX_TAKES": "1000"}
    with quiet_stack(**settings, **extra) as stack:
        yield stack


@contextmanager
def quiet_stack(**settings: str) -> Iterator[Stack]:
    """A stack whose output does not block it: thousands of lines of access log would fill the pipe."""
    with running_stack(account=True, **settings) as stack:
        output = stack.process.stdout
        threading.Thread(target=lambda: output.read() if output else None, daemon=True).start()
        yield stack


def web_of(stack: Stack) -> int:
    pid = child_named(stack.process.pid, "voxweb.server")
    if pid is None:
        raise RuntimeError("there is no web process")
    return pid


SIGN_IN = """
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from transcripts.models import User
user = User.objects.get()
session = SessionStore()
session[SESSION_KEY] = str(user.pk)
session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
session[HASH_SESSION_KEY] = user.get_session_auth_hash()
session.save()
print(session.session_key)
"""


def session_key(stack: Stack) -> str:
    """Of a signed-in browser of the stack's only person."""
    command = [sys.executable, "manage.py", "shell", "--verbosity", "0", "-c", SIGN_IN]
    done = subprocess.run(
        command, cwd=ROOT, env=stack.environment, capture_output=True, text=True, check=True
    )
    return done.stdout.strip().splitlines()[-1]


def socket_url(stack: Stack) -> str:
    return stack.url.replace("http://", "ws://") + "/ws/live"


def token_of(stack: Stack) -> str:
    return str(stack.client.headers["Authorization"]).split()[1]


def cpu_seconds(pid: int) -> float:
    """Of all threads of a process so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS_PER_SECOND


def age_seconds(pid: int) -> float:
    """Since the process was started."""
    started = int(Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[19]) / TICKS_PER_SECOND
    return time.clock_gettime(time.CLOCK_BOOTTIME) - started


def pin(pid: int, cores: set[int]) -> None:
    """Keep all threads of a process on these cores."""
    for thread in Path(f"/proc/{pid}/task").iterdir():
        os.sched_setaffinity(int(thread.name), cores)


@dataclass
class Load:
    """Recorders that run in a process of their own until ``finish``."""

    takes: int
    process: subprocess.Popen[str]
    counts: dict[str, int] = field(default_factory=dict)

    def finish(self) -> dict[str, int]:
        assert self.process.stdout is not None
        self.counts = json.loads(self.process.stdout.readline())
        self.process.wait(30)
        return self.counts


@contextmanager
def load(url: str, takes: int, seconds: float, *, token: str = "", speed: float = 1.0) -> Iterator[Load]:
    """Start so many takes; gives control when all of them send."""
    options = {"url": url, "token": token, "takes": takes, "seconds": seconds, "speed": speed}
    arguments = [f"--{name}={value}" for name, value in options.items() if value != ""]
    command = [sys.executable, "-m", "tests.benchmarks.live_load", *arguments]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            if process.stdout.readline().strip() != "streaming":
                raise RuntimeError("the load did not start")
            yield Load(takes, process)
        finally:
            process.kill()


@dataclass(frozen=True)
class Cost:
    """``cpu_ms`` per second of sound, ``memory_kib`` per session."""

    cpu_ms: float
    memory_kib: float
    stats: Mapping[str, Any]
    counts: Mapping[str, int]


def cost_of(
    pid: int, service: Service, url: str, *, takes: int, token: str = "", warm: float = 4.0, seconds: float
) -> Cost:
    """Run a load against the process ``pid`` and measure it while it is steady."""
    memory_before = memory_bytes(pid)
    with load(url, takes, warm + seconds + 1.0, token=token) as running:
        time.sleep(warm)
        service.stats()
        before, started = cpu_seconds(pid), time.monotonic()
        time.sleep(seconds)
        used, lasted = cpu_seconds(pid) - before, time.monotonic() - started
        stats = service.stats()
        memory = memory_bytes(pid) - memory_before
        counts = running.finish()
    return Cost(used * 1000 / (lasted * takes), memory / 1024 / takes, stats, counts)
