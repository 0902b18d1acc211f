"""What `--engine` and `--scheduler` ask for."""

from __future__ import annotations

from pipeline.dask_pool import import_dask
from pipeline.errors import UsageError
from pipeline.flow import Dask
from pipeline.remote.urls import is_url, local_path


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
