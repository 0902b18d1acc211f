"""Run a parser of foreign bytes in a process of its own, with a time and a memory that really end it.

A C parser may ignore signals and take all memory, so the only safe limit is another process that can be killed. The
process stays for the next input, since starting one costs more than reading most files; after a limit or a crash it is
gone, and the next call starts a new one.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import Connection, Pipe
from multiprocessing.context import ForkServerContext, SpawnContext
from pathlib import Path
from threading import Lock, Thread
from typing import Any, ParamSpec, TypeVar

from pipeline.errors import UnreadableInputError

P = ParamSpec("P")
T = TypeVar("T")


class Isolation:
    """A process that runs one function after another under a limit of *memory_mb*; a context manager.

    Only functions that can be imported, and values that can be pickled, go in and out.
    """

    def __init__(self, *, memory_mb: int) -> None:
        self.memory_mb = memory_mb
        self._process: subprocess.Popen[bytes] | None = None
        self._connection: Connection | None = None
        self._turn = Lock()

    def __enter__(self) -> Isolation:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def call(self, seconds: float, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What `function(*args, **kwargs)` returns within *seconds*, or what it raises.

        Raises `UnreadableInputError` with `too-slow`, `too-much-memory` or `reader-crashed` when it has to be ended.
        """
        with self._turn:  # one after the other, from whichever thread
            return self._call(seconds, function, args, kwargs)

    def _call(self, seconds: float, function: Callable[..., T], args: tuple[Any, ...], kwargs: dict[str, Any]) -> T:
        connection = self._running()
        try:
            connection.send((function, args, kwargs))
            if not connection.poll(seconds):
                raise UnreadableInputError("too-slow", f"took more than {seconds:,.0f} seconds to read: {_RAISE_TIME}")
            kind, value = connection.recv()
        except (EOFError, OSError) as error:
            raise self._death() from error
        except UnreadableInputError:
            self.close()
            raise
        if kind == "done":
            return value  # type: ignore[no-any-return]
        if kind == "memory":
            self.close()
            raise self._too_much_memory()
        raise value

    def peak_megabytes(self) -> float:
        """The most memory that the process has held at once; 0 where the system does not tell, or there is none."""
        return peak_megabytes(str(self._process.pid)) if self._process else 0.0

    def forget_peak(self) -> None:
        """Count the peak anew from now on, where the system can."""
        if self._process is not None:
            forget_peak(str(self._process.pid))

    def close(self) -> None:
        """End the process; a later call starts another one."""
        if self._connection is not None:
            self._connection.close()
        if self._process is not None:
            self._process.kill()
            self._process.wait()
        self._process = self._connection = None

    def _running(self) -> Connection:
        if self._connection is None or self._process is None or self._process.poll() is not None:
            self.close()
            ours, theirs = Pipe()
            with theirs:
                self._process = _start(theirs.fileno(), self.memory_mb)
            self._connection = ours
        return self._connection

    def _death(self) -> UnreadableInputError:
        """Why the process died. A C library that gets no more memory may abort; its size then tells."""
        process, self._process = self._process, None
        self.close()
        if process is None:
            return UnreadableInputError("reader-crashed", f"crashed the program that reads it: {_ALONE}")
        with contextlib.suppress(ProcessLookupError):
            os.kill(process.pid, signal.SIGKILL)  # nobody hears it any more; what died of itself keeps its cause
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode == -signal.SIGABRT and usage.ru_maxrss >> 10 > self.memory_mb // 2:
            return self._too_much_memory()
        died_of = f" ({signal.Signals(-process.returncode).name})" if process.returncode < 0 else ""
        return UnreadableInputError("reader-crashed", f"crashed the program that reads it{died_of}: {_ALONE}")

    def _too_much_memory(self) -> UnreadableInputError:
        message = f"needs more than {self.memory_mb:,} MB to be read: {_RAISE_MEMORY}"
        return UnreadableInputError("too-much-memory", message)


def forget_peak(pid: str = "self") -> None:
    """Let the system count the peak memory of a process anew; where it cannot, it stays that since its start."""
    with contextlib.suppress(OSError):
        Path(f"/proc/{pid}/clear_refs").write_text("5", encoding="ascii")


def peak_megabytes(pid: str = "self") -> float:
    """The most memory that a process has held at once; 0 where the system does not tell, or there is none."""
    with contextlib.suppress(OSError):
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
        return next((int(line.split()[1]) / 1024 for line in status.splitlines() if "VmHWM" in line), 0.0)
    return 0.0


def fresh_processes() -> ForkServerContext | SpawnContext:
    """How processes are started: a fork of a process with threads (Prefect has many) may hang."""
    return get_context("forkserver") if hasattr(os, "fork") else get_context("spawn")


def _start(descriptor: int, memory_mb: int) -> subprocess.Popen[bytes]:
    """A fresh interpreter: it knows nothing of the caller's main module, threads and open files."""
    code = f"from pipeline.workers.isolation import serve; serve({descriptor}, {memory_mb})"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    command = [sys.executable, "-c", code]
    # In a group of its own, since Ctrl-C goes to all of the terminal's group.
    return subprocess.Popen(command, stdin=subprocess.DEVNULL, pass_fds=[descriptor], env=environment, process_group=0)


def serve(descriptor: int, memory_mb: int) -> None:
    """The loop of the process: runs what comes through *descriptor*, until nobody is at the other end."""
    connection: Connection = Connection(descriptor)
    Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    sys.addaudithook(_stay_inside)
    bound_memory(memory_mb)
    while True:
        try:
            function, args, kwargs = connection.recv()
        except (EOFError, OSError):
            return
        outcome = _outcome(function, args, kwargs)
        del function, args, kwargs
        try:
            connection.send(outcome)
        except MemoryError:
            connection.send(("memory", None))
        except OSError:  # who asked is gone
            return


def _outcome(function: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> tuple[str, Any]:
    try:
        return "done", function(*args, **kwargs)
    except MemoryError:
        return "memory", None
    except RecursionError:
        return "failed", UnreadableInputError("too-complex", "is nested too deeply to be read: simplify it")
    except UnreadableInputError as error:
        return "failed", error
    except Exception as error:
        message = f"cannot be read ({type(error).__name__}: {str(error)[:200]}): it may be damaged; save it anew"
        return "failed", UnreadableInputError("damaged", message)


def _end_with(parent: int) -> None:
    """End this process when *parent* is gone, also in the middle of a file that takes for ever."""
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)


def _stay_inside(event: str, _: tuple[object, ...]) -> None:
    """No reader has a reason to reach out, whatever the bytes that it reads may have made of it."""
    if event in _OUTSIDE:
        raise PermissionError(f"a reader may not use {event}")


def bound_memory(memory_mb: int) -> None:
    """Let the process take *memory_mb* beyond what it has now; where the system knows no such limit, let it be."""
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        wanted = _size_now() + (memory_mb << 20)
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        limit = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _size_now() -> int:
    """The address space of this process in bytes; 0 where it cannot be told."""
    with contextlib.suppress(OSError, ValueError):
        return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * os.sysconf("SC_PAGE_SIZE")
    return 0


_NETWORK = ("socket.connect", "socket.bind", "socket.getaddrinfo", "socket.sendto", "urllib.Request")
_PROGRAMS = ("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.fork", "os.forkpty", "os.startfile")
_OUTSIDE = frozenset((*_NETWORK, *_PROGRAMS))
_RAISE_TIME = "split it, or raise KEHOACH_LIMIT_SECONDS"
_RAISE_MEMORY = "split it, or raise KEHOACH_LIMIT_MEMORY_MB"
_ALONE = "it may be damaged; open it in a viewer and save it anew"
