"""The run as a Prefect flow: few tasks, each over a large batch of inputs, with a process pool of ours under them.

A Prefect task costs milliseconds and more under load, so a run has at most `MAX_TASKS` of them. Without a server the
flow starts Prefect's temporary one in memory: no account, no network, no history. With `PREFECT_API_URL` set it takes
the server that this names, which saves the start-up. This is the only module that imports Prefect.
"""

from __future__ import annotations

import contextlib
import contextvars
import os
import signal
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import orjson

from pipeline.batch import Outcome, WorkerPool
from pipeline.errors import KehoachError
from pipeline.file_names import printable
from pipeline.inputs import Input, Inputs
from pipeline.report import RunReport
from pipeline.store import RUN_REPORT, StoreError, write_whole

if TYPE_CHECKING:
    from pipeline.dataset.store import Built

MAX_TASKS = 32
BATCH_BYTES = 8_000_000
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


class FlowError(KehoachError):
    """Prefect itself could not start or finish."""


def run_directory(
    inputs: Inputs,
    out: Path,
    *,
    workers: int | None = None,
    words: bool = False,
    dataset: bool = True,
    started: Callable[[], None] = lambda: None,
    advanced: Callable[[Outcome], None] = lambda _: None,
    correcting: Callable[[], None] = lambda: None,
    building: Callable[[], None] = lambda: None,
) -> tuple[RunReport, Built | None]:
    """Read all *inputs* and write their documents, with *words* also their `search_text`, and `run.json` below *out*,
    then bring the *dataset* up to date.

    *started* is called once Prefect is up, *advanced* for each input that is done, *correcting* when
    all are written, *building* when the dataset begins. Raises `StoreError` when results cannot be written and
    `FlowError` when Prefect cannot start.
    """
    with _quiet_prefect():
        from prefect import flow, task
        from prefect.artifacts import create_markdown_artifact, create_table_artifact
        from prefect.cache_policies import NO_CACHE

        origin = printable(os.path.relpath(inputs.root, out))
        report = RunReport(out=str(out), input=origin, ignored=inputs.ignored)
        built: list[Built] = []

        def extract_batch(batch: Sequence[Input], pool: WorkerPool) -> list[Outcome]:
            outcomes = []
            for outcome in pool.outcomes(batch):
                advanced(outcome)
                outcomes.append(outcome)
            return outcomes

        def write_report() -> None:
            write_whole(out / RUN_REPORT, orjson.dumps(report.as_json(), option=orjson.OPT_INDENT_2))

        def write_dataset() -> None:
            from pipeline.dataset.store import build_dataset

            building()
            built.append(build_dataset(out, workers=workers))

        def run() -> None:
            started()
            begun = time.perf_counter()
            batch_task = task(name="extract-batch", persist_result=False, cache_policy=NO_CACHE)(extract_batch)
            report_task = task(name="write-report", retries=2, retry_delay_seconds=1)(write_report)
            with WorkerPool(out, workers=workers, words=words) as pool:
                for batch in _batches(inputs.files):
                    report.add(batch_task(batch, pool))
            report.seconds = time.perf_counter() - begun
            report_task()
            correcting()
            if dataset and report.documents:
                task(name="write-dataset", persist_result=False, cache_policy=NO_CACHE)(write_dataset)()
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
            flow(name="kehoach-run", validate_parameters=False, persist_result=False)(run)()
        except (KehoachError, KeyboardInterrupt):
            raise
        except Exception as error:
            raise FlowError(
                f"The run stopped in Prefect ({type(error).__name__}: {error}). Run it again; if PREFECT_API_URL"
                " is set, see whether that server answers."
            ) from error
    return report, built[0] if built else None


def check_writable(out: Path) -> None:
    """Make the results directory; raises `StoreError` when nothing can be written there."""
    probe = out / f".kehoach-{os.getpid()}.part"
    try:
        out.mkdir(parents=True, exist_ok=True)
        probe.write_bytes(b"")
        probe.unlink()
    except OSError as error:
        raise StoreError(f"Cannot write to {out}: {error.strerror}. Choose another --out directory.") from error


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
    if failures:
        raise failures[0]


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


def _batches(files: Sequence[Input]) -> Iterator[list[Input]]:
    """At most `MAX_TASKS` batches of similar size, so that progress and retries stay fine-grained on large runs."""
    total = sum(item.size for item in files)
    wanted = max(1, min(MAX_TASKS, total // BATCH_BYTES))
    batch: list[Input] = []
    size = 0
    for item in files:
        batch.append(item)
        size += item.size
        if size >= total / wanted:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
