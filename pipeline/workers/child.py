"""How a worker process of a pool is started: `forked` from a process that has loaded everything, or `apart`.

Forking is faster and shares memory. A worker of dask may not have multiprocessing's children (it is a daemon), and
what it was started as is not ours to import again; there a fresh interpreter is started, as for readers.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from multiprocessing.connection import Connection
from typing import Protocol

from pipeline.workers.isolation import fresh_processes
from pipeline.workers.worker import Job, serve


class Child(Protocol):
    """A process that can be ended."""

    @property
    def pid(self) -> int | None: ...

    def kill(self) -> None: ...

    def join(self, timeout: float | None = None) -> None:
        """Wait until it has ended, or *timeout* seconds."""


class Start(Protocol):
    """Starts a process that does *job* at the other end of *ours*, which is *theirs*."""

    def __call__(self, ours: Connection, theirs: Connection, job: Job) -> Child: ...


def forked(ours: Connection, theirs: Connection, job: Job) -> Child:
    """A fork of a server process that has everything loaded."""
    context = fresh_processes()
    context.set_forkserver_preload(["pipeline.workers.batch"])  # loaded once, not by each worker
    started = context.Process(target=serve, args=(theirs, job), daemon=False)
    started.start()
    return started


def apart(ours: Connection, theirs: Connection, job: Job) -> Child:
    """A fresh interpreter, which knows nothing of the caller's main module, threads and open files."""
    code = f"from pipeline.workers.child import serve_at; serve_at({theirs.fileno()})"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    started = _Program(
        [sys.executable, "-c", code], stdin=subprocess.DEVNULL, pass_fds=[theirs.fileno()], env=environment
    )
    with contextlib.suppress(OSError):  # it has died, which is heard
        ours.send(job)
    return started


def serve_at(descriptor: int) -> None:
    """What such an interpreter runs: the job comes first through *descriptor*, then the inputs."""
    connection: Connection = Connection(descriptor)
    with contextlib.suppress(EOFError, OSError):
        serve(connection, connection.recv())


class _Program(subprocess.Popen[bytes]):
    def join(self, timeout: float | None = None) -> None:
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.wait(timeout)
