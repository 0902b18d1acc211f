"""The run as a Prefect flow: few tasks, each over a large batch of inputs, with a process pool of ours under them.

A Prefect task costs milliseconds and more under load, so a run has at most `MAX_BATCHES` (`pipeline.runs.run`) of them.
Without a server the flow starts Prefect's temporary one in memory: no account, no network, no history. With
`PREFECT_API_URL` set it takes the server that this names, which saves the start-up. All work is beneath it, in
`pipeline.runs.run`; this is the only module that imports Prefect.
"""

from __future__ import annotations

import contextlib
import contextvars
import logging
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.errors import KehoachError
from pipeline.runs.inputs import Input, Inputs
from pipeline.runs.outputs import DirectoryOutput, Output
from pipeline.runs.report import RunReport
from pipeline.runs.run import Run
from pipeline.runs.todo import Choice
from pipeline.workers.batch import Outcome
from pipeline.workers.dask_pool import DaskPool
from pipeline.workers.pool import available_cores

if TYPE_CHECKING:
    from pipeline.dataset.store import Built

QUIET = {
    "DO_NOT_TRACK": "1",
    "PREFECT_LOGGING_LEVEL": "CRITICAL",
    "PREFECT_LOGGING_TO_API_ENABLED": "false",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
    "PREFECT_SERVER_LOGGING_LEVEL": "CRITICAL",
}
# With a file database 11 of 26 short runs stalled for seconds; in memory none did.
IN_MEMORY = {"PREFECT_SERVER_DATABASE_CONNECTION_URL": "sqlite+aiosqlite:///:memory:"}


WATCH = """
import os, sys
sys.stdin.read()
try:
    with open(f"/proc/{sys.argv[1]}/cmdline", "rb") as file:
        if b"prefect" in file.read():
            os.kill(int(sys.argv[1]), 9)
except OSError:
    pass  # it has ended by itself
"""
_watched: dict[int, subprocess.Popen[bytes]] = {}


class FlowError(KehoachError):
    """Prefect itself could not start or finish."""


@dataclass(frozen=True, slots=True)
class Dask:
    """Work by dask: of the *scheduler* at this address, or by *workers* processes started for the run."""

    scheduler: str | None = None
    workers: int | None = None


@dataclass(frozen=True, slots=True)
class Watcher:
    """What is called as a run goes on: *started* once it begins to read, *advanced* for each input that is done,
    *correcting* when all are written, *building* when the dataset begins."""

    started: Callable[[Run], None] = lambda _: None
    advanced: Callable[[Outcome], None] = lambda _: None
    correcting: Callable[[], None] = lambda: None
    building: Callable[[], None] = lambda: None


class Steps:
    """The steps of a run, one after the other; `Prefect` makes tasks of them."""

    def __init__(self, run: Run, watcher: Watcher, *, workers: int | None, dataset: bool) -> None:
        self.run = run
        self.watcher = watcher
        self.workers = workers
        self.dataset = dataset
        self.built: Built | None = None

    def extract_batch(self, batch: Sequence[Input]) -> None:
        for outcome in self.run.read(batch):
            self.watcher.advanced(outcome)

    def write_report(self) -> None:
        self.run.write_report()

    def write_dataset(self) -> None:
        """Only over a directory: DuckDB and SQLite need one."""
        from pipeline.dataset.store import build_dataset

        out = self.run.out
        if self.dataset and self.run.report.documents and isinstance(out, DirectoryOutput):
            self.watcher.building()
            self.built = build_dataset(out.path, workers=self.workers)

    def all(self) -> None:
        """Do all of them, without Prefect."""
        self.watcher.started(self.run)
        for batch in self.run.batches():
            self.extract_batch(batch)
        self.write_report()
        self.watcher.correcting()
        self.write_dataset()


def run_directory(
    inputs: Inputs,
    out: Path | Output,
    *,
    workers: int | None = None,
    words: bool = False,
    dataset: bool = True,
    choice: Choice = "needed",
    prune: bool = False,
    dask: Dask | None = None,
    watcher: Watcher | None = None,
) -> tuple[RunReport, Built | None]:
    """Read those of *inputs* that *choice* says and write their documents, with *words* also their `search_text`, and
    `run.json` below *out*, then bring the *dataset* up to date; with *prune* the documents of deleted inputs go.
    The work is done by processes of this machine, or by *dask*.

    Raises `StoreError` when results cannot be written, `BusyError` when another run is at work there, and `FlowError`
    when Prefect cannot start. A run that has nothing to read does not start Prefect's temporary server.
    """
    pool = DaskPool(out, words=words) if dask else None
    with Run(inputs, out, workers=workers, words=words, choice=choice, prune=prune, pool=pool) as run:
        steps = Steps(run, watcher or Watcher(), workers=workers, dataset=dataset)
        if run.todo.work or "PREFECT_API_URL" in os.environ:
            _in_prefect(steps, dask, pool)
        else:
            steps.all()
    return run.report, steps.built


def _in_prefect(steps: Steps, dask: Dask | None, pool: DaskPool | None) -> None:
    with _quiet_prefect():
        from prefect import flow, task
        from prefect.artifacts import create_markdown_artifact, create_table_artifact
        from prefect.cache_policies import NO_CACHE

        def run() -> None:
            steps.watcher.started(steps.run)
            batch_task = task(name="extract-batch", persist_result=False, cache_policy=NO_CACHE)(steps.extract_batch)
            with _connected(pool, steps.run.todo.work) if pool else contextlib.nullcontext():
                for batch in steps.run.batches():
                    batch_task(batch)
            task(name="write-report", retries=2, retry_delay_seconds=1)(steps.write_report)()
            steps.watcher.correcting()
            task(name="write-dataset", persist_result=False, cache_policy=NO_CACHE)(steps.write_dataset)()
            report = steps.run.report
            create_markdown_artifact(key="kehoach-run", markdown=report.as_markdown())
            create_table_artifact(
                key="kehoach-quarantine",
                table=[
                    {"path": outcome.name, "cause": outcome.cause, "message": outcome.message}
                    for outcome in report.quarantined
                ],
            )

        try:
            if "PREFECT_API_URL" not in os.environ:
                _start_server()
            runner = {"task_runner": _dask_runner(dask)} if dask else {}
            flow(name="kehoach-run", validate_parameters=False, persist_result=False, **runner)(run)()
        except (KehoachError, KeyboardInterrupt):
            raise
        except Exception as error:
            raise FlowError(
                f"The run stopped in Prefect ({type(error).__name__}: {error}). Run it again; if PREFECT_API_URL"
                " is set, see whether that server answers."
            ) from error


def _dask_runner(dask: Dask) -> Any:
    """Prefect's runner, which knows the scheduler, or starts one for this run that listens to this machine alone.

    Its workers may die ten times under one chunk before that is taken for the chunk's fault: documents cannot kill
    them, so it is not.
    """
    import dask.config as settings
    import prefect_dask.task_runners

    if dask.scheduler:
        return prefect_dask.task_runners.DaskTaskRunner(address=dask.scheduler)
    settings.set({"distributed.scheduler.allowed-failures": 10, "distributed.worker.use-file-locking": False})
    return prefect_dask.task_runners.DaskTaskRunner(
        cluster_kwargs={
            "n_workers": dask.workers or available_cores(),
            "threads_per_worker": 1,
            "host": "127.0.0.1",
            "dashboard_address": None,
            "memory_limit": 0,  # documents are bounded in their own processes
            "silence_logs": logging.CRITICAL,
        }
    )


@contextlib.contextmanager
def _connected(pool: DaskPool, inputs: Sequence[Input]) -> Iterator[None]:
    """Let *pool* work on the workers of the flow's own runner."""
    import prefect.context
    import prefect_dask.utils

    context: Any = prefect.context.FlowRunContext.get()
    try:
        context.task_runner.client  # noqa: B018 -- starts the cluster or reaches it
    except OSError as error:
        raise FlowError(
            "The dask scheduler does not answer. See whether --scheduler names it, then run again."
        ) from error
    with prefect_dask.utils.get_dask_client() as client, pool.connected(client, inputs):
        yield


def _start_server() -> None:
    """Start Prefect's temporary server out of the reach of Ctrl-C, so that it still hears how the run ended.

    Ctrl-C goes to all processes of the terminal, and Prefect asks a dead server for a minute. A process inherits the
    blocked signals of the thread that starts it, and this thread waits where Ctrl-C does reach it.
    """
    from prefect.client.orchestration import get_client

    failures: list[Exception] = []

    def start() -> None:
        if hasattr(signal, "pthread_sigmask"):
            signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            with get_client(sync_client=True) as client:
                client.hello()
        except Exception as error:
            failures.append(error)

    thread = threading.Thread(target=contextvars.copy_context().run, args=(start,), daemon=True)
    thread.start()
    while thread.is_alive():
        thread.join(0.1)
        _let_server_end_with_us()
    if failures:
        raise failures[0]


def _let_server_end_with_us() -> None:
    """Have the temporary server ended also when this process is killed, and cannot do it itself.

    A process beside it waits for the end of its input, which comes when nobody holds the other end any more.
    """
    from prefect.server.api.server import SubprocessASGIServer

    for server in list(SubprocessASGIServer._instances.values()):
        process = getattr(server, "server_process", None)
        if process is not None and process.pid not in _watched:
            command = [sys.executable, "-I", "-S", "-c", WATCH, str(process.pid)]
            _watched[process.pid] = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )


@contextlib.contextmanager
def _quiet_prefect() -> Iterator[None]:
    """Prefect's settings, which it reads when it is imported; what the user has set wins."""
    for name, value in QUIET.items():
        os.environ.setdefault(name, value)
    with contextlib.ExitStack() as stack:
        if "PREFECT_API_URL" not in os.environ:
            for name, value in IN_MEMORY.items():
                os.environ.setdefault(name, value)
        if "PREFECT_HOME" not in os.environ:
            os.environ["PREFECT_HOME"] = stack.enter_context(_new_home())
        yield


def _new_home() -> tempfile.TemporaryDirectory[str]:
    """A home for Prefect; a server that is stopped in its start may still write there while it is cleared."""
    return tempfile.TemporaryDirectory(prefix="kehoach-prefect-", ignore_cleanup_errors=True)
