"""What `--engine` and `--scheduler` ask for, and what has to be there for `kehoach watch`."""

from __future__ import annotations

import os

from pipeline.errors import UsageError
from pipeline.flow import Dask
from pipeline.remote.urls import is_url, local_path
from pipeline.workers.dask_pool import import_dask


def dask_of(engine: str, scheduler: str | None, workers: int | None) -> Dask | None:
    """The dask that the options name, None for the processes of this machine; raises `UsageError`."""
    if engine not in ("processes", "dask"):
        raise UsageError(f"There is no engine {engine}. Choose --engine processes or --engine dask.")
    if scheduler is not None and engine != "dask":
        raise UsageError("--scheduler is for dask: add --engine dask.")
    if scheduler is not None and workers is not None:
        raise UsageError("--workers is for workers started here; those of --scheduler are as many as have joined it.")
    if engine != "dask":
        return None
    import_dask()
    return Dask(scheduler, workers)


def everywhere(said: str) -> str:
    """A path so that it means the same in every process, or the URL as it is."""
    return said if is_url(said) else str(local_path(said).resolve())


def check_watch(every: int | None, cron: str | None) -> None:
    """Raises `UsageError` when no server is named or no time is said; lets Prefect log what it does."""
    if (every is None) == (cron is None):
        raise UsageError('Say when: --every SECONDS, or --cron "0 2 * * *" for two in the morning.')
    if "PREFECT_API_URL" not in os.environ:
        raise UsageError(
            "kehoach watch needs a Prefect server. Start one (prefect server start), and name it:"
            " PREFECT_API_URL=http://127.0.0.1:4200/api"
        )
    for name, value in LOGS.items():
        os.environ.setdefault(name, value)


LOGS = {"DO_NOT_TRACK": "1", "PREFECT_LOGGING_LEVEL": "INFO", "PREFECT_LOGGING_TO_API_ENABLED": "true"}
