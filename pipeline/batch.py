"""The work of a run, over a pool of processes: each worker reads its inputs, extracts them and writes the results.

Only a small `Outcome` comes back for each input, and no more work is handed out than the workers can hold, so that
memory does not grow with the number of documents. An input that takes its worker down is tried once more alone and
then quarantined; the others of its chunk are done again.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.errors import UnreadableInputError
from pipeline.extract import extract_source
from pipeline.file_names import printable, too_long
from pipeline.garbage import collect_seldom
from pipeline.inputs import Input
from pipeline.isolation import fresh_processes
from pipeline.read.source import SourceDocument
from pipeline.readers import Readers, too_large
from pipeline.search_text import with_search_text
from pipeline.store import document_file, encode, write_whole
from schemas import PlanDocument

CHUNK_BYTES = 1 << 18
CHUNK_FILES = 16


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one input: `counts` of its records by kind, or the `cause` and `message` of its quarantine."""

    name: str
    size: int
    counts: dict[str, int] = field(default_factory=dict)
    cause: str | None = None
    message: str | None = None


class WorkerPool:
    """A process pool that survives the death of a worker.

    Use as a context manager; `outcomes` may be called several times on one pool.
    """

    def __init__(self, out: Path, *, workers: int | None = None, words: bool = False) -> None:
        self.out = out
        self.workers = workers or available_cores()
        self.words = words
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> WorkerPool:
        return self

    def __exit__(self, *_: object) -> None:
        self._drop(cancel=True)

    def outcomes(self, inputs: Sequence[Input]) -> Iterator[Outcome]:
        """Read every input and write its document; the outcomes come as they are done, in no fixed order."""
        waiting = _chunks(inputs)
        running: dict[Future[list[Outcome]], list[Input]] = {}
        broken: list[Input] = []
        exhausted = False
        while running or not exhausted:
            while not exhausted and len(running) < 2 * self.workers:
                chunk = next(waiting, None)
                if chunk is None:
                    exhausted = True
                else:
                    running[self._submit(chunk)] = chunk
            done, _ = wait(running, return_when=FIRST_COMPLETED) if running else (set(), None)
            for future in done:
                chunk = running.pop(future)
                try:
                    yield from future.result()
                except BrokenProcessPool:
                    broken += chunk
                    self._drop(cancel=False)
        for item in broken:
            yield self._alone(item)

    def _submit(self, chunk: list[Input]) -> Future[list[Outcome]]:
        for _ in range(3):
            try:
                return self._running().submit(process_chunk, chunk, self.out, words=self.words)
            except BrokenProcessPool:
                self._drop(cancel=False)
        return self._running().submit(process_chunk, chunk, self.out, words=self.words)

    def _alone(self, item: Input) -> Outcome:
        """Do again, in a worker of its own, an input whose worker died with others beside it."""
        with self._pool_of(1) as pool:
            try:
                return pool.submit(process_chunk, [item], self.out, words=self.words).result()[0]
            except BrokenProcessPool:
                message = "its worker process died while reading it (out of memory or killed); read it alone to see why"
                return Outcome(printable(item.name), item.size, cause="worker-died", message=message)

    def _running(self) -> ProcessPoolExecutor:
        if self._pool is None:
            self._pool = self._pool_of(self.workers)
        return self._pool

    def _pool_of(self, workers: int) -> ProcessPoolExecutor:
        jobs = max(1, available_cores() // workers)
        return ProcessPoolExecutor(workers, mp_context=fresh_processes(), initializer=_start_worker, initargs=(jobs,))

    def _drop(self, *, cancel: bool) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=cancel, cancel_futures=cancel)
            self._pool = None


def available_cores() -> int:
    """The processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def process_chunk(chunk: Iterable[Input], out: Path, *, words: bool = False) -> list[Outcome]:
    """Read each input of *chunk* and write its document below *out*; runs in a worker."""
    return [process(item, out, words=words) for item in chunk]


def process(item: Input, out: Path, *, words: bool = False) -> Outcome:
    """Read one input and write its document, with *words* also their `search_text`; what fails is quarantined.

    A `StoreError` is let through: when the results cannot be written, going on makes no sense.
    """
    target = document_file(out, item.result)
    name = printable(item.name)
    if too_long(target):
        return Outcome(name, item.size, cause="name-too-long", message="its name leaves no room for .json: shorten it")
    try:
        document = extract_source(_read(item), path=name)
        content = encode(with_search_text(document) if words else document)
    except UnreadableInputError as error:
        failure = Outcome(name, item.size, cause=error.code, message=str(error))
    except OSError as error:
        failure = Outcome(name, item.size, cause="cannot-open", message=error.strerror or str(error))
    except (MemoryError, RecursionError) as error:
        message = f"reading it failed ({type(error).__name__})"
        failure = Outcome(name, item.size, cause="too-complex", message=message)
    except Exception as error:
        message = f"a fault of kehoach ({type(error).__name__}: {error}); please report it with this text"
        failure = Outcome(name, item.size, cause="internal-error", message=message)
    else:
        write_whole(target, content)
        return Outcome(name, item.size, count_records(document))
    target.unlink(missing_ok=True)
    return failure


def _read(item: Input) -> SourceDocument:
    """What the input holds; one above the limit is not even loaded."""
    readers = _worker_readers()
    if item.size > readers.limits.file_mb << 20:
        raise too_large(item.size, readers.limits)
    return readers.read(item.file.read_bytes(), name=item.name)


def _worker_readers() -> Readers:
    """The readers of this process, which keep what they start from one input to the next."""
    global _readers
    if _readers is None:
        _readers = Readers()
    return _readers


def count_records(document: PlanDocument) -> dict[str, int]:
    """How many records of each kind the document holds."""
    return {kind: len(getattr(document, kind)) for kind in COUNTED}


def _chunks(inputs: Sequence[Input]) -> Iterator[list[Input]]:
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


def _start_worker(jobs: int) -> None:
    """Ctrl-C reaches the workers too; they finish what they write, and the pool then ends them."""
    global _readers
    _readers = Readers(jobs=jobs)
    collect_seldom()
    signal.signal(signal.SIGINT, signal.SIG_IGN)


_readers: Readers | None = None
COUNTED = ("sections", "tasks", "targets", "deadlines", "budgets", "tables", "citations", "repairs", "diagnostics")
