"""One run at a time on one results directory: `with run_lock(out): ...`.

The locks are flock's, which fall with the process that holds them, however it ends: no lock of a dead run is ever in
the way. The run holds one alone; its workers hold another together, so that a new run does not begin while workers of
a killed one still write. The number of the process in the file is for the message only.
"""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Iterator
from pathlib import Path

from pipeline.errors import UsageError
from pipeline.store import StoreError, what_to_do

RUN_LOCK = ".run.lock"
WORKERS_LOCK = ".workers.lock"
PATIENCE = 30.0  # seconds for the workers of a killed run, which end by themselves


class BusyError(UsageError):
    """Another run is at work on the same results directory."""


@contextlib.contextmanager
def run_lock(out: Path) -> Iterator[None]:
    """Hold *out* alone; raises `BusyError` when another run does, `StoreError` when no lock can be made."""
    with _opened(out / RUN_LOCK) as opened:
        if not _taken(opened, shared=False):
            raise BusyError(
                f"Another run ({_told(opened)}) is writing to {out}. Wait until it ends, stop it, or choose another"
                " --out directory."
            )
        with contextlib.suppress(OSError):  # on a full disk the lock holds without a name too
            os.ftruncate(opened, 0)
            os.write(opened, f"process {os.getpid()}".encode())
        _wait_for_workers(out)
        yield


@contextlib.contextmanager
def worker_lock(out: Path) -> Iterator[None]:
    """Hold *out* together with the other workers of the same run."""
    try:
        opened = os.open(out / WORKERS_LOCK, _FLAGS, 0o644)
    except OSError:  # the results cannot be written either, which is told where one is
        yield
        return
    try:
        _flock(opened, shared=True, wait=True)
        yield
    finally:
        os.close(opened)


def holder(out: Path) -> str | None:
    """Who is at work on *out* now, None when nobody is."""
    try:
        opened = os.open(out / RUN_LOCK, os.O_RDONLY)
    except OSError:
        return None
    try:
        return None if _taken(opened, shared=True) else _told(opened)
    finally:
        os.close(opened)


def _wait_for_workers(out: Path) -> None:
    """Wait until the workers of a killed run have ended."""
    with _opened(out / WORKERS_LOCK) as opened:
        until = time.monotonic() + PATIENCE
        while not _taken(opened, shared=False):
            if time.monotonic() > until:
                raise BusyError(
                    f"Worker processes of a run that was killed are still writing to {out}. End them, or wait."
                )
            time.sleep(0.05)


@contextlib.contextmanager
def _opened(file: Path) -> Iterator[int]:
    try:
        opened = os.open(file, _FLAGS, 0o644)
    except OSError as error:
        raise StoreError(f"Cannot write {file}: {error.strerror or error}. {what_to_do(error)}") from error
    try:
        yield opened
    finally:
        os.close(opened)


def _taken(opened: int, *, shared: bool) -> bool:
    try:
        _flock(opened, shared=shared, wait=False)
    except BlockingIOError:
        return False
    return True


def _flock(opened: int, *, shared: bool, wait: bool) -> None:
    """Lock the open file; where the system or the file system knows no such locks, do without."""
    try:
        import fcntl
    except ImportError:
        return
    try:
        fcntl.flock(opened, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | (0 if wait else fcntl.LOCK_NB))
    except BlockingIOError:
        raise
    except OSError:
        return


def _told(opened: int) -> str:
    holder = os.pread(opened, 100, 0).decode(errors="replace")
    return holder or "just begun"


_FLAGS = os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0)
