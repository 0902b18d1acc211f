"""What a worker of dask does: `do_chunk(inputs, job)` has a pool of one process do them, and tells the outcomes.

The worker itself reads nothing. Whatever a document does to its process, by time, memory or a crash, ends there, is
tried again there and ends in quarantine; a worker of dask dies only with its machine, and then the chunk is another
worker's. So no document can kill one worker after another.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.errors import KehoachError
from pipeline.runs.inputs import Input
from pipeline.runs.made_by import programs_version, rules_version
from pipeline.runs.outputs import Output
from pipeline.workers.batch import Outcome, process
from pipeline.workers.child import apart
from pipeline.workers.limits import Limits
from pipeline.workers.pool import WorkerPool

IDLE = 10.0  # seconds after which a process ends; it holds the lock of the results until then


@dataclass(frozen=True, slots=True)
class DaskJob:
    """What all chunks of one run have in common; `programs` is None when no input needs any.

    `run` tells runs apart: a process of another run is not used again.
    """

    run: str
    output: Output
    words: bool
    limits: Limits
    rules: str
    programs: str | None
    work: Callable[..., Outcome] = process


class OtherRulesError(KehoachError):
    """A worker would make other documents than this machine."""


def do_chunk(inputs: Sequence[Input], job: DaskJob) -> list[Outcome]:
    """The outcomes of *inputs*. Raises `StoreError` when results cannot be written, `OtherRulesError`."""
    check_rules(job)
    with _pool(job) as pool:
        return list(pool.outcomes(inputs))


def check_rules(job: DaskJob) -> None:
    """Raises `OtherRulesError` when kehoach, its libraries, or the programs that it calls, are others here."""
    if job.rules != rules_version():
        raise OtherRulesError("has another version of kehoach or of its libraries")
    if job.programs is not None and job.programs != programs_version():
        raise OtherRulesError("has other programs (tesseract, LibreOffice, antiword)")


def end_pools() -> None:
    """End the idle processes; called on each worker when a run has ended."""
    with _LOCK:
        idle = [each for pools in _IDLE.values() for each in pools]
        _IDLE.clear()
    for pool in idle:
        pool.end()


class _Idle:
    """A pool that waits for its next chunk, for a while."""

    def __init__(self, job: DaskJob, pool: WorkerPool) -> None:
        self.pool = pool
        self._timer = threading.Timer(IDLE, self._too_long, [job])
        self._timer.daemon = True
        self._timer.start()

    def end(self) -> None:
        self._timer.cancel()
        self.pool.close()

    def used(self) -> WorkerPool:
        self._timer.cancel()
        return self.pool

    def _too_long(self, job: DaskJob) -> None:
        with _LOCK:
            waiting = _IDLE.get(job, [])
            if self not in waiting:
                return
            waiting.remove(self)
        self.pool.close()


@contextlib.contextmanager
def _pool(job: DaskJob) -> Iterator[WorkerPool]:
    """A pool for one chunk; each thread of the worker has another. It is kept only when all went well."""
    with _LOCK:
        waiting = _IDLE.get(job)
        idle = waiting.pop() if waiting else None
    pool = (
        idle.used()
        if idle
        else WorkerPool(job.output, workers=1, words=job.words, limits=job.limits, work=job.work, jobs=1, start=apart)
    )
    try:
        yield pool
    except BaseException:
        pool.close()
        raise
    with _LOCK:
        _IDLE.setdefault(job, []).append(_Idle(job, pool))


_LOCK = threading.Lock()
_IDLE: dict[DaskJob, list[_Idle]] = {}
