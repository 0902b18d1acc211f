"""The work of a run over a pool of processes, each of which can be killed alone when its document takes too long.

    with WorkerPool(out, workers=2) as pool:
        for outcome in pool.outcomes(inputs): ...

A worker gets inputs ahead of time and tells of each when it is done, so the one at the head of its queue is the one it
works on. If it dies there, or is killed there for its time, that input is tried once more alone, when all others are
done, and then quarantined; what stood behind it goes back to the others. `concurrent.futures` cannot do that: it ends
all workers when one dies.
"""

from __future__ import annotations

import contextlib
import os
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from multiprocessing.connection import Connection, Pipe, wait
from pathlib import Path
from typing import Protocol

from pipeline.errors import KehoachError
from pipeline.file_names import printable
from pipeline.runs.inputs import Input
from pipeline.runs.outputs import Output, output_at
from pipeline.workers.batch import Outcome, process
from pipeline.workers.child import Child, Start, forked
from pipeline.workers.limits import Limits
from pipeline.workers.worker import Alive, Job

CHUNK_BYTES = 1 << 18
CHUNK_FILES = 16


class PoolError(KehoachError):
    """Workers cannot be started."""


class Pool(Protocol):
    """What does the work of a run: here, or on other machines."""

    def __enter__(self) -> Pool: ...

    def __exit__(self, *_: object) -> None: ...

    def outcomes(self, inputs: Sequence[Input]) -> Iterator[Outcome]:
        """Do every input; the outcomes come as they are done, in no fixed order."""


@dataclass(slots=True)
class Worker:
    """One process; `queue` is what it has been given, the first being what it works on since `since` (a clock of no
    meaning, None until it has started up)."""

    process: Child
    connection: Connection
    queue: deque[Input] = field(default_factory=deque)
    since: float | None = None


class WorkerPool:
    """A process pool that survives the death of a worker, and ends a worker that does not come to an end.

    Use as a context manager; `outcomes` may be called several times on one pool. *work* is what is done with an input,
    *jobs* how many scanned pages a worker recognises at once, *start* how workers are started.
    """

    def __init__(
        self,
        out: Path | Output,
        *,
        workers: int | None = None,
        words: bool = False,
        limits: Limits | None = None,
        work: Callable[..., Outcome] = process,
        jobs: int | None = None,
        start: Start = forked,
    ) -> None:
        self.workers = workers or available_cores()
        self.limits = limits or Limits.from_environment()
        jobs = jobs or max(1, available_cores() // self.workers)
        self._job = Job(work, output_at(out), words, jobs, self.limits)
        self._start = start
        self._pool: list[Worker] = []
        self._failed_starts = 0

    def __enter__(self) -> WorkerPool:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def outcomes(self, inputs: Sequence[Input]) -> Iterator[Outcome]:
        """Read every input and write its document; the outcomes come as they are done, in no fixed order."""
        suspects: dict[str, Outcome] = {}
        by_name = {printable(item.name): item for item in inputs}
        for outcome in self._all(chunks_of(inputs), self.workers):
            if outcome.cause in TRIED_AGAIN:
                suspects[outcome.name] = outcome
            else:
                yield outcome
        for name in suspects:
            yield from self._alone(by_name[name])

    def _alone(self, item: Input) -> Iterator[Outcome]:
        """Do an input again with nothing beside it, so that only its own cost can be the reason if it fails again."""
        self.close()
        for outcome in self._all(iter([[item]]), 1):
            yield replace(outcome, attempts=2)
        self.close()

    def _all(self, waiting: Iterator[list[Input]], workers: int) -> Iterator[Outcome]:
        back: deque[Input] = deque()
        exhausted = False
        while True:
            while len(self._pool) < workers and not (exhausted and not back):
                self._pool.append(self._started())
            for worker in self._pool:
                while len(worker.queue) < AHEAD and not (exhausted and not back):
                    chunk = [back.popleft()] if back else next(waiting, None)
                    if chunk is None:
                        exhausted = True
                    else:
                        self._give(worker, chunk)
            if exhausted and not back and not any(worker.queue for worker in self._pool):
                return
            yield from self._heard(back)

    def _give(self, worker: Worker, chunk: Sequence[Input]) -> None:
        if not worker.queue and worker.since is not None:
            worker.since = time.monotonic()
        worker.queue.extend(chunk)
        with contextlib.suppress(OSError):  # it died: its end is heard next
            worker.connection.send(list(chunk))

    def _heard(self, back: deque[Input]) -> Iterator[Outcome]:
        """Wait until a worker tells something, dies, or has taken too long; what it leaves undone goes to *back*."""
        ready = wait([worker.connection for worker in self._pool], self._patience())
        now = time.monotonic()
        for worker in list(self._pool):
            if worker.connection in ready:
                yield from self._message(worker, back)
            elif worker.queue and worker.since is not None and now - worker.since > self.limits.document_seconds:
                worker.process.kill()
                yield self._lost(worker, back, TOO_SLOW.format(seconds=self.limits.document_seconds), "too-slow")

    def _message(self, worker: Worker, back: deque[Input]) -> Iterator[Outcome]:
        try:
            message = worker.connection.recv()
        except (EOFError, OSError):
            self._failed_starts += worker.since is None
            if self._failed_starts > STARTS:
                raise PoolError(CANNOT_START) from None
            if worker.since is None or not worker.queue:
                back.extend(worker.queue)
                self._drop(worker)
            else:
                yield self._lost(worker, back, DIED, "worker-died")
            return
        worker.since = time.monotonic()
        if isinstance(message, Alive):
            self._failed_starts = 0
        elif isinstance(message, BaseException):
            raise message
        else:
            worker.queue.popleft()
            if message.cause == "too-much-memory":  # its heap is in pieces
                back.extend(worker.queue)
                self._drop(worker)
            yield message

    def _lost(self, worker: Worker, back: deque[Input], message: str, cause: str) -> Outcome:
        """The outcome of the input on which *worker* ended; the others of its queue are given to others."""
        item = worker.queue.popleft()
        back.extend(worker.queue)
        seconds = round(time.monotonic() - (worker.since or time.monotonic()), 4)
        self._drop(worker)
        return Outcome(printable(item.name), item.size, cause=cause, message=message, stamp=item.stamp, seconds=seconds)

    def _patience(self) -> float | None:
        """Seconds until the first worker has taken too long."""
        limit = self.limits.document_seconds
        times = [worker.since + limit for worker in self._pool if worker.queue and worker.since is not None]
        return max(min(times) - time.monotonic(), 0) + 0.01 if times else None

    def _started(self) -> Worker:
        for _ in range(STARTS):
            ours, theirs = Pipe()
            with theirs, contextlib.suppress(OSError, EOFError):  # the server that forks them may have been killed
                return Worker(self._start(ours, theirs, self._job), ours)
            ours.close()
            time.sleep(0.1)
        raise PoolError(CANNOT_START)

    def _drop(self, worker: Worker) -> None:
        self._pool.remove(worker)
        worker.connection.close()
        worker.process.kill()
        worker.process.join()

    def close(self) -> None:
        """End all workers: the idle ones by themselves, those that are at work (the run is given up) at once."""
        idle = [worker for worker in self._pool if not worker.queue]
        for worker in idle:
            with contextlib.suppress(OSError):
                worker.connection.send(None)
        patient_until = time.monotonic() + LAST_SECONDS
        for worker in idle:
            worker.process.join(max(patient_until - time.monotonic(), 0))
        for worker in list(self._pool):
            self._drop(worker)


def available_cores() -> int:
    """The processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def chunks_of(inputs: Sequence[Input]) -> Iterator[list[Input]]:
    """Inputs in small chunks, the largest inputs first, so that progress shows and no worker ends long after others."""
    chunk: list[Input] = []
    size = 0
    for item in sorted(inputs, key=lambda item: (-item.size, item.name)):
        if chunk and (size + item.size > CHUNK_BYTES or len(chunk) >= CHUNK_FILES):
            yield chunk
            chunk, size = [], 0
        chunk.append(item)
        size += item.size
    if chunk:
        yield chunk


AHEAD = 2  # inputs that a worker has at least, so that it never waits
STARTS = 10
LAST_SECONDS = 5.0
# What the machine may have been too busy for; tried again alone.
TRIED_AGAIN = frozenset({"worker-died", "too-slow", "too-much-memory", "reader-crashed"})
TOO_SLOW = "took more than {seconds:,} seconds and was stopped: split it, or raise KEHOACH_LIMIT_DOCUMENT_SECONDS"
DIED = "its worker process died while reading it (out of memory or killed); read it alone to see why"
CANNOT_START = "Worker processes end as soon as they start. See whether memory is short, then run again."
