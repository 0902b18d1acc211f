"""Starts runs for tests within milliseconds: a process that has loaded all modules once, and forks for each run.

Its fork server has read a document already; a run forked here uses that one instead of starting its own, and nothing
else is different from `python -m tests.fault_driver`: workers are processes of their own with the same pipes, locks and
limits.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
from multiprocessing import forkserver, get_context
from typing import IO

from tests.conftest import ROOT


class Nursery:
    """The process; a context manager."""

    def __enter__(self) -> Nursery:
        self._ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        command = [sys.executable, "-m", "tests.fault_nursery", str(theirs.fileno())]
        self._process = subprocess.Popen(command, cwd=ROOT, pass_fds=[theirs.fileno()])
        theirs.close()
        assert self._ours.recv(100) == b"ready"
        return self

    def __exit__(self, *_: object) -> None:
        self._ours.close()
        self._process.wait(timeout=60)

    def start(self, arguments: list[str]) -> WarmRun:
        """A new run with the arguments of `tests.fault_driver`."""
        pipes = [os.pipe() for _ in range(3)]
        told = json.dumps([arguments, {name: os.environ[name] for name in os.environ if name.startswith("KEHOACH")}])
        socket.send_fds(self._ours, [told.encode()], [write for _, write in pipes])
        for _, write in pipes:
            os.close(write)
        return WarmRun(int(self._ours.recv(100)), [os.fdopen(read, encoding="utf-8") for read, _ in pipes])


class WarmRun:
    """What the tests use of `subprocess.Popen`, for a run that is no child of theirs."""

    def __init__(self, pid: int, streams: list[IO[str]]) -> None:
        self.pid = pid
        self.stdout, self.stderr, self._status = streams
        self.returncode: int | None = None

    def __enter__(self) -> WarmRun:
        return self

    def __exit__(self, *_: object) -> None:
        self.wait()
        for stream in (self.stdout, self.stderr, self._status):
            stream.close()

    def wait(self, timeout: float | None = None) -> int:
        """The exit status, once the run has ended."""
        if self.returncode is None:
            status = self._status.read()
            self.returncode = int(status) if status else -signal.SIGKILL
        return self.returncode

    def communicate(self, timeout: float | None = None) -> tuple[str, str]:
        """The rest of what it tells."""
        told = self.stdout.read(), self.stderr.read()
        self.wait()
        return told

    def send_signal(self, number: int) -> None:
        if self.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)


def serve(descriptor: int) -> None:
    """Fork a run for each request, until nobody asks any more."""
    import pipeline.dataset.store  # noqa: F401
    import tests.fault_warm  # noqa: F401
    from tests.fault_driver import main

    forkserver.set_forkserver_preload(["tests.fault_warm"])
    forkserver.ensure_running()
    runs: set[int] = set()
    asked = socket.socket(fileno=descriptor)
    asked.send(b"ready")
    while True:
        told, descriptors, _, _ = socket.recv_fds(asked, 1 << 16, 3)
        if not told:
            return
        runs -= {run for run in runs if os.waitpid(run, os.WNOHANG)[0]}
        while not _fork_server_lives():  # it dies with a run that is killed while it asks for a worker
            forkserver.ensure_running()
        if child := os.fork():
            runs.add(child)
            asked.send(str(child).encode())
            for each in descriptors:
                os.close(each)
            continue
        forkserver._forkserver.ensure_running = lambda: None  # it is no child of a run
        asked.close()
        arguments, environment = json.loads(told)
        os.environ.update(environment)
        os.dup2(descriptors[0], 1)
        os.dup2(descriptors[1], 2)
        os.close(descriptors[0])
        os.close(descriptors[1])
        sys.argv[1:] = arguments
        try:
            status = main(*[each for each in arguments if not each.startswith("--")])
        except BaseException:
            import traceback

            traceback.print_exc()
            status = 70
        sys.stdout.flush()
        sys.stderr.flush()
        os.write(descriptors[2], str(status).encode())
        os._exit(status)


def _fork_server_lives() -> bool:
    """Whether the fork server does what it is asked for, after all that it was asked before."""
    try:
        asked = get_context("forkserver").Process(target=int)
        asked.start()
        asked.join()
    except (OSError, EOFError):
        return False
    return asked.exitcode == 0


if __name__ == "__main__":
    serve(int(sys.argv[1]))
