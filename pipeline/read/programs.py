"""Run a program from outside over bytes or a directory, within limits: `run_program(["antiword", "-"], stdin=data)`.

It gets a bare environment, a process group of its own that is killed whole when the time is up (LibreOffice leaves the
work to a child that would live on), a bound on memory, and where the system allows it no network (a namespace of its
own, into which no interface leads).
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import shutil
import signal
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

from pipeline.errors import KehoachError


class ProgramError(KehoachError):
    """A program could not be started, ran out of time, or failed; the message says which and how."""


class ProgramMissingError(ProgramError):
    """The program is not installed."""


class ProgramTimeoutError(ProgramError):
    """The program did not end in time."""


def run_program(
    command: Sequence[str],
    *,
    stdin: bytes = b"",
    seconds: float = 60,
    memory_bytes: int = 2 << 30,
    output_bytes: int = 1 << 28,
    cwd: Path | None = None,
) -> bytes:
    """What *command* writes to its standard output; raise a `ProgramError` when it fails.

    *seconds* bounds the wall clock, *memory_bytes* the address space of each of its processes, *output_bytes* each file
    that it writes.
    """
    path = shutil.which(command[0])
    if path is None:
        raise ProgramMissingError(f"{command[0]} is not installed")
    limits = (
        (resource.RLIMIT_AS, memory_bytes),
        (resource.RLIMIT_FSIZE, output_bytes),
        (resource.RLIMIT_CORE, 0),
        # The last word if this process is killed and nobody watches the clock any more.
        (resource.RLIMIT_CPU, int(seconds * CORES) + 1),
    )
    process = subprocess.Popen(
        [path, *command[1:]],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=cwd,
        env=_environment(cwd),
        start_new_session=True,
        preexec_fn=lambda: _limit(limits),
    )
    try:
        output, errors = process.communicate(stdin, timeout=seconds)
    except subprocess.TimeoutExpired as error:
        raise ProgramTimeoutError(f"{command[0]} did not end within {seconds:g} seconds") from error
    finally:
        _end(process)
    if process.returncode:
        last = errors.decode(errors="replace").strip().splitlines()[-1:]
        raise ProgramError(f"{command[0]} failed with code {process.returncode}" + "".join(f": {it}" for it in last))
    return output


def _environment(cwd: Path | None) -> dict[str, str]:
    """No more than a program needs to start: nothing of the caller's own settings, secrets or display."""
    home = str(cwd) if cwd else "/nonexistent"
    kept = {name: os.environ[name] for name in ("PATH", "TMPDIR", "TESSDATA_PREFIX") if name in os.environ}
    return {"HOME": home, "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "OMP_THREAD_LIMIT": "1", **kept}


def _limit(limits: Sequence[tuple[int, int]]) -> None:
    _prctl(_DIE_WITH_PARENT, signal.SIGKILL)
    if _unshare(_NEW_NETWORK):
        _unshare(_NEW_USER | _NEW_NETWORK)  # for who is not root
    for what, most in limits:
        _, hard = resource.getrlimit(what)
        bound = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (bound, bound))


def _end(process: subprocess.Popen[bytes]) -> None:
    """Kill what is left of the process group, and close its pipes."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


def _find_unshare() -> Callable[[int], int]:
    """The system call, or where there is none (macOS) a function that says that it failed."""
    function = getattr(ctypes.CDLL(None), "unshare", None)
    return function if function is not None else lambda flags: -1


def _find_prctl() -> Callable[[int, int], int]:
    """The system call, or where there is none a function that does nothing."""
    function = getattr(ctypes.CDLL(None), "prctl", None)
    return function if function is not None else lambda option, value: -1


CORES = 4  # that a program keeps busy at most
_unshare, _prctl = _find_unshare(), _find_prctl()
_DIE_WITH_PARENT = 1
_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000
