"""The work of a run over the workers of a dask scheduler, on this machine or on many.

    pool = DaskPool(out)
    with pool.connected(client):
        for outcome in pool.outcomes(inputs): ...

A task of dask is a chunk of inputs, of which only names go out and only outcomes come back: workers read and write
the documents themselves. At most a few chunks for each worker are with the scheduler at a time, so that it holds no
more for a million inputs than for a thousand, and a run that is given up leaves nothing behind.
"""

from __future__ import annotations

import contextlib
import threading
import time
import uuid
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from pipeline.errors import KehoachError, UsageError
from pipeline.file_names import printable
from pipeline.runs.inputs import Input
from pipeline.runs.lock import RUN_LOCK
from pipeline.runs.made_by import needs_programs, programs_version, rules_version
from pipeline.runs.outputs import DirectoryOutput, Output, output_at
from pipeline.workers.batch import Outcome, process
from pipeline.workers.dask_task import DaskJob, OtherRulesError, check_rules, do_chunk, end_pools
from pipeline.workers.limits import Limits
from pipeline.workers.pool import AHEAD, PoolError, chunks_of

WAIT_FOR_WORKERS = 120.0  # seconds
COUNTED_EVERY = 2.0  # seconds


class DaskPool:
    """A pool whose processes are those of a dask scheduler; it works while it is `connected`.

    *out* must be the same place for all workers: a URL, or a directory that all of them see under this path. `patience`
    is how many seconds it waits for a worker when all have gone.
    """

    def __init__(
        self,
        out: Path | Output,
        *,
        words: bool = False,
        limits: Limits | None = None,
        work: Callable[..., Outcome] = process,
    ) -> None:
        self.output = output_at(out)
        self.words = words
        self.limits = limits or Limits.from_environment()
        self._work = work
        self._client: Any = None
        self._run = uuid.uuid4().hex
        self._threads = 1
        self._counted = 0.0
        self._deserted = False
        self.patience = WAIT_FOR_WORKERS

    def __enter__(self) -> DaskPool:
        return self

    def __exit__(self, *_: object) -> None:
        """What was connected is disconnected by then."""

    @contextlib.contextmanager
    def connected(self, client: Any, inputs: Sequence[Input]) -> Iterator[None]:
        """Use *client* for *inputs*. Raises `PoolError` when there are no workers, and `UsageError` when some of them
        would make other documents or see other files than this machine."""
        try:
            client.wait_for_workers(1, timeout=WAIT_FOR_WORKERS)
        except TimeoutError as error:
            raise PoolError("The dask scheduler has no workers. Start some with: dask worker ADDRESS") from error
        self._client = client
        self._job = self._job_for(inputs)
        _check(client.run(_fault, self._job, _sight(self._job.output, inputs[0]) if inputs else None, inputs[:1]))
        try:
            yield
        finally:
            self._client = None
            with contextlib.suppress(Exception):  # the scheduler may be gone
                client.run(end_pools)

    def outcomes(self, inputs: Sequence[Input]) -> Iterator[Outcome]:
        """Do every input; the outcomes come as chunks are done. Raises `StoreError` when results cannot be written,
        `PoolError` when the scheduler is lost."""
        import distributed

        waiting = chunks_of(inputs)
        alone: deque[list[Input]] = deque()
        under_way: dict[Any, list[Input]] = {}
        done: Any = vars(distributed)["as_completed"](loop=self._client.loop)
        self._fill(done, under_way, alone, waiting)
        try:
            with self._watched(under_way):
                for future in done:
                    yield from self._result(future, under_way.pop(future), alone)
                    self._fill(done, under_way, alone, waiting)
        finally:
            with contextlib.suppress(Exception):
                self._client.cancel([*under_way])

    def _fill(
        self, done: Any, under_way: dict[Any, list[Input]], alone: deque[list[Input]], waiting: Iterator[list[Input]]
    ) -> None:
        while len(under_way) < AHEAD * self._slots():
            chunk = alone.popleft() if alone else next(waiting, None)
            if chunk is None:
                return
            future = self._client.submit(do_chunk, chunk, self._job, pure=False)
            under_way[future] = chunk
            done.add(future)

    @contextlib.contextmanager
    def _watched(self, under_way: dict[Any, list[Input]]) -> Iterator[None]:
        """Give up what is *under_way* when there has been no worker for a while: dask itself waits for ever."""
        over = threading.Event()

        def watch() -> None:
            last_seen = time.monotonic()
            while not over.wait(COUNTED_EVERY):
                with contextlib.suppress(Exception):  # a lost scheduler ends the futures by itself
                    if self._client.nthreads():
                        last_seen = time.monotonic()
                    elif time.monotonic() - last_seen > self.patience:
                        self._deserted = True
                        self._client.cancel([*under_way])
                        return

        threading.Thread(target=watch, daemon=True).start()
        try:
            yield
        finally:
            over.set()

    def _slots(self) -> int:
        """How many chunks the workers do at once; they come and go."""
        if time.monotonic() - self._counted > COUNTED_EVERY:
            self._threads = max(1, sum(self._client.nthreads().values()))
            self._counted = time.monotonic()
        return self._threads

    def _result(self, future: Any, chunk: list[Input], alone: deque[list[Input]]) -> Sequence[Outcome]:
        """What became of *chunk*; one whose workers died again and again is done anew, each input by itself."""
        from distributed import KilledWorker
        from distributed.client import FutureCancelledError

        try:
            found: list[Outcome] = future.result()
            return found
        except KilledWorker:
            if len(chunk) > 1:
                alone.extend([item] for item in chunk)
                return []
            return [_died(chunk[0])]
        except FutureCancelledError as error:
            raise PoolError(DESERTED if self._deserted else LOST) from error
        except OtherRulesError as error:
            raise PoolError(f"A worker that has joined {error}{SAME}") from error
        except KehoachError:
            raise
        except Exception as error:
            raise PoolError(f"A worker of dask failed ({type(error).__name__}: {error}). Run again.") from error

    def _job_for(self, inputs: Sequence[Input]) -> DaskJob:
        programs = programs_version() if any(needs_programs(item) for item in inputs) else None
        return DaskJob(self._run, self.output, self.words, self.limits, rules_version(), programs, self._work)


def import_dask() -> None:
    """Raises `UsageError` with what to install when something for `--engine dask` is missing."""
    try:
        import distributed  # noqa: F401
    except ImportError as error:
        raise UsageError(MISSING) from error


def _fault(job: DaskJob, seen: object, inputs: Sequence[Input]) -> str:
    """Asked of each worker: why it cannot take part, nothing when it can."""
    try:
        check_rules(job)
    except OtherRulesError as error:
        return str(error)
    return "" if not inputs or _sight(job.output, inputs[0]) == seen else "sees other files"


def _sight(output: Output, item: Input) -> object:
    """What tells that a machine sees the same directories: the lock of this run, and the first input's size.

    Of a URL nothing is asked here; who cannot reach it says so with the first document.
    """
    seen: list[object] = []
    with contextlib.suppress(OSError):
        if isinstance(item.file, Path):
            seen.append(item.file.stat().st_size)
        if isinstance(output, DirectoryOutput):
            seen.append((output.path / RUN_LOCK).read_bytes())
    return seen


def _check(faults: dict[str, Any]) -> None:
    for address, fault in sorted(faults.items()):
        if fault:
            raise UsageError(f"The worker at {address} {fault}{SAME}")


def _died(item: Input) -> Outcome:
    return Outcome(printable(item.name), item.size, cause="worker-died", message=DIED, stamp=item.stamp, attempts=2)


LOST = "The dask scheduler was lost. See whether it is there, then run again."
DESERTED = "The dask scheduler has lost all its workers. Start some with: dask worker ADDRESS, then run again."
SAME = (
    " than this machine. Give all machines the same installation, and URLs or directories that all see under one path."
)
MISSING = '--engine dask needs packages that are not installed. Install them: pip install "kehoach[dask]"'
DIED = "the machines that worked on it ended again and again; run again, or read it alone to see why"
