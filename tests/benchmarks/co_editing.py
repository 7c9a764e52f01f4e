"""Five people in one transcript through real sockets and two web processes that are killed again and again.

``python -m tests.benchmarks.co_editing [operations each] [seed] [pace in ms]`` needs PostgreSQL and Redis
(``DATABASE_URL``, ``REDIS_URL``); 10,000 operations at a pace of 120 ms take half an hour. The people use the
page's own code in Node; lines delay, double and reorder messages, devices go offline, pages die. In the end
all texts and the rows must be equal, and nothing may be lost that nobody deleted. Propagation is from a
change to its arrival at each of the others; "undisturbed" leaves out what met a kill, a break or an
artificial delay.
"""

from __future__ import annotations

import json
import math
import os
import random
import secrets
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import httpx
import psycopg

from tests.stack import ROOT, free_port

PEOPLE = 5
SEGMENTS = 120
WEBS = 2
KILLS = 60
"""In a long run; in a short one a process is killed every few seconds."""
LEAST_KILL_SECONDS = 5.0
READY_SECONDS = 180.0
POSTGRES = "postgres://postgres@127.0.0.1:5432/postgres"
REDIS = "redis://127.0.0.1:6379/7"

PREPARE = """
import json
from tests.written import write_text
from transcripts.document.content import DocSegment, DocVoice
from transcripts.models import ApiToken, Membership, Transcript, User
people = [User.objects.create_user(f"p{n}@example.org", name=f"Person {n}") for n in range(%(people)d)]
transcript = Transcript.objects.create(owner=people[0], title="Together", state=Transcript.State.READY)
for person in people[1:]:
    Membership.objects.create(transcript=transcript, user=person, role=Membership.Role.EDITOR)
starts = range(0, %(segments)d * 1000, 1000)
lines = [DocSegment(f"s{start}", "speaker_1", start, start + 900, "hello there") for start in starts]
write_text(transcript, lines, [DocVoice("speaker_1", "Ana", 1)])
tokens = [{"user": str(person.pk), "token": ApiToken.issue(person)} for person in people]
print(json.dumps({"code": transcript.code, "people": tokens}))
"""

CHECK = """
import json
from transcripts.actions.edit.read import document_of
from transcripts.document.content import doc_segment
from transcripts.models import Segment, Transcript
transcript = Transcript.objects.get()
version, document = document_of(transcript)
lines = [doc_segment(line) for group in document.content.content[1:] for line in group.content.content]
wanted = [[line.id, line.text, line.start_ms, line.end_ms] for line in lines]
rows = Segment.objects.filter(transcript=transcript).order_by("order")
found = [[row.key, row.text, row.start_ms, row.end_ms] for row in rows]
print(json.dumps({"version": version, "doc": document.to_json(), "rows_equal": wanted == found}))
"""


@dataclass
class Webs:
    """Web processes on fixed ports; whichever dies is started again."""

    environment: Mapping[str, str]
    ports: list[int] = field(default_factory=lambda: [free_port() for _ in range(WEBS)])
    running: dict[int, subprocess.Popen[bytes]] = field(default_factory=dict)
    kills: int = 0

    def start(self, port: int) -> None:
        command = [sys.executable, "-m", "voxweb.server", "--port", str(port), "voxweb.asgi:application"]
        self.running[port] = subprocess.Popen(
            command, cwd=ROOT, env=self.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )

    def begin(self) -> None:
        for port in self.ports:
            self.start(port)
        for port in self.ports:
            self.wait(port)

    def wait(self, port: int) -> None:
        give_up = time.monotonic() + READY_SECONDS
        while time.monotonic() < give_up:
            try:
                if httpx.get(f"{self.address(port)}/healthz", timeout=5).status_code < 500:
                    return
            except httpx.HTTPError:
                time.sleep(0.2)
        raise TimeoutError("a web process does not answer")

    def kill(self, port: int) -> None:
        """At once, whatever it is doing; another one takes its place."""
        self.running[port].send_signal(signal.SIGKILL)
        self.running[port].wait()
        self.kills += 1
        self.start(port)
        self.wait(port)

    def stop(self) -> None:
        for process in self.running.values():
            process.kill()
            process.wait()

    @staticmethod
    def address(port: int) -> str:
        return f"http://127.0.0.1:{port}"


@contextmanager
def own_database() -> Iterator[str]:
    server = os.environ.get("DATABASE_URL", POSTGRES)
    name = f"voxweb_editing_{secrets.token_hex(4)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"'.encode())
    try:
        yield urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())


def managed(environment: Mapping[str, str], *arguments: str) -> str:
    command = [sys.executable, "manage.py", *arguments]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    return done.stdout


def told(environment: Mapping[str, str], program: str) -> dict[str, Any]:
    """Run a few lines inside the project; the last line that they print is the answer."""
    output = managed(environment, "shell", "--verbosity", "0", "-c", program)
    return dict(json.loads(output.strip().splitlines()[-1]))


@dataclass
class Crowd:
    """The people, in one Node process."""

    task: dict[str, Any]
    lines: list[str] = field(default_factory=list)
    is_resting: bool = False

    def run(self, webs: Webs, dice: random.Random) -> dict[str, Any]:
        command = [
            "node",
            *os.environ.get("NODE_ARGS", "--no-warnings").split(),
            "--experimental-websocket",
            "--no-warnings",
            "co_editing_client.mjs",
        ]
        with subprocess.Popen(
            command, cwd=Path(__file__).parent, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as process:
            self._say(process, json.dumps(self.task))
            reader = threading.Thread(target=self._read, args=(process,))
            reader.start()
            seconds = self.task["operations"] * self.task["pace_ms"] / 1000
            pause = max(LEAST_KILL_SECONDS, seconds / KILLS)
            while self._work_for(pause * dice.uniform(0.5, 1.5)):
                self._say(process, "killed")
                webs.kill(dice.choice(webs.ports))
                self._say(process, "whole")
            reader.join()
        return dict(json.loads(self.lines[-1]))

    def _work_for(self, seconds: float) -> bool:
        """Let them work so long; False as soon as they rest."""
        over = math.inf
        while not self.is_resting and time.monotonic() < over:
            if over == math.inf and "ready" in self.lines:
                over = time.monotonic() + seconds
            time.sleep(0.1)
        return not self.is_resting

    @staticmethod
    def _say(process: subprocess.Popen[str], line: str) -> None:
        """Past the buffer: they may have finished meanwhile, and then it does not matter."""
        assert process.stdin is not None
        with suppress(BrokenPipeError):
            os.write(process.stdin.fileno(), f"{line}\n".encode())

    def _read(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout is not None
        for line in process.stdout:
            self.lines.append(line.strip())
            self.is_resting |= line.strip() == "resting"
        self.is_resting = True


def differences(ours: Any, theirs: Any, place: str = "doc") -> Iterator[str]:
    """Where two documents differ."""
    if type(ours) is not type(theirs) or not isinstance(ours, dict | list):
        if ours != theirs:
            yield f"{place}: {ours!r} here, {theirs!r} on the server"
        return
    if len(ours) != len(theirs):
        yield f"{place}: {len(ours)} parts here, {len(theirs)} on the server"
    keys = (
        sorted(ours.keys() & theirs.keys()) if isinstance(ours, dict) else range(min(len(ours), len(theirs)))
    )
    for key in keys:
        yield from differences(ours[key], theirs[key], f"{place}/{key}")


def show(result: dict[str, Any], checked: dict[str, Any], kills: int) -> bool:
    different = list(differences(result.pop("doc"), checked["doc"]))
    for line in different[:20]:
        print(f"  {line}")
    is_document = not different and result["version"] == checked["version"]
    print(f"  load of this machine: {os.getloadavg()[1]:.1f} on {os.cpu_count()} cores")
    for name, value in result.items():
        print(f"  {name.replace('_', ' ')}: {value}")
    print(f"  web processes killed: {kills}; the server is at version {checked['version']}")
    print(f"  server's document equal: {is_document}; rows equal: {checked['rows_equal']}")
    is_whole = result["settled"] and result["equal"] and result["ids_unique"] and is_document
    return bool(is_whole and checked["rows_equal"] and not result["lost"] and not result["undo_meddled"])


def main(arguments: list[str]) -> int:
    operations, seed, pace_ms = (
        int(arguments[n]) if len(arguments) > n else default for n, default in enumerate((300, 1, 60))
    )
    try:
        with own_database() as database:
            result, checked, kills = together(database, operations, seed, pace_ms)
    except psycopg.OperationalError as error:
        print(f"co-editing was not measured, it needs PostgreSQL and Redis: {error}")
        return 0
    print(f"{PEOPLE} people, {operations} operations each, seed {seed}, on {WEBS} web processes:")
    return 0 if show(result, checked, kills) else 1


def together(
    database: str, operations: int, seed: int, pace_ms: int
) -> tuple[dict[str, Any], dict[str, Any], int]:
    """What the people ended with, what the server has, and how many processes were killed."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "voxweb.settings",
            "DATABASE_URL": database,
            "REDIS_URL": os.environ.get("REDIS_URL", REDIS),
            "VOXWEB_DATA_DIR": folder,
            "VOXWEB_SECRET_KEY": secrets.token_urlsafe(50),
        }
        managed(environment, "migrate", "--verbosity", "0")
        task = told(environment, PREPARE % {"people": PEOPLE, "segments": SEGMENTS})
        webs = Webs(environment)
        try:
            webs.begin()
            addresses = [webs.address(port) for port in webs.ports]
            task |= {"addresses": addresses, "operations": operations, "seed": seed, "pace_ms": pace_ms}
            result = Crowd(task).run(webs, random.Random(seed))
        finally:
            webs.stop()
        return result, told(environment, CHECK), webs.kills


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
