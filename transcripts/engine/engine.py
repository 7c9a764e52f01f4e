"""What the endpoints share: the recognisers, the file store, the signer and the place for work in hand."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from django.http import HttpRequest

from transcripts.engine.admission import Admission
from transcripts.engine.file_store import FileStore
from transcripts.engine.recogniser import RecogniserPool
from transcripts.engine.signing import Signer


@dataclass(frozen=True)
class EngineOptions:
    """``api_key`` None accepts everybody; ``live_idle_seconds`` is how long a live session may be silent."""

    data_dir: Path
    api_key: str | None = None
    processes: int = 2
    live_sessions: int = 8
    live_idle_seconds: float = 30.0
    longest_seconds: float = 4 * 3600.0
    loopback_only: bool = True


class Engine:
    """One running engine; hand it to every request through the ASGI scope."""

    def __init__(self, options: EngineOptions) -> None:
        self.options = options
        options.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.spool = options.data_dir / "spool"
        # What an earlier run left behind belongs to nobody.
        shutil.rmtree(self.spool, ignore_errors=True)
        self.spool.mkdir(mode=0o700)
        self.files = FileStore(options.data_dir / "files")
        self.signer = Signer.from_file(options.data_dir / "signing.key")
        self.pool = RecogniserPool(options.processes, options.live_sessions)
        self.admission = Admission(active=2 * options.processes, waiting=64)


def engine_of(request: HttpRequest) -> Engine:
    """The engine that serves this request."""
    engine = request.scope["engine"]  # type: ignore[attr-defined]
    if not isinstance(engine, Engine):
        raise TypeError("the request did not come through the engine's application")
    return engine
