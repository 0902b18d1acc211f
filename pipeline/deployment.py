"""A directory read again and again, as a deployment of a Prefect server.

    kehoach watch inbox/ --out output/ --every 300

Each time is a run like any other: it reads what is new, changed or failed, and a run that is still going on is not
joined by a second one. The server starts each in a process of its own, which imports `kehoach_watch` from here; so this
module imports Prefect when it is imported, and `pipeline.cli` imports it late.
"""

from __future__ import annotations

from typing import Any

from prefect import flow, get_run_logger
from prefect.types.entrypoint import EntrypointType

from pipeline.flow import run_directory
from pipeline.runs.outputs import inputs_at, output_at

NAME = "watch"


@flow(name="kehoach-watch", retries=0)
def kehoach_watch(directory: str, out: str, workers: int | None, words: bool, dataset: bool) -> dict[str, int]:
    """One run; what it returns and logs is how many inputs were read, left alone and quarantined."""
    output = output_at(out)
    output.check()
    report, _ = run_directory(inputs_at(directory), output, workers=workers, words=words, dataset=dataset)
    told = {"read": report.read, "unchanged": report.unchanged, "quarantined": len(report.quarantined)}
    logger: Any = get_run_logger()
    logger.info("%(read)d read, %(unchanged)d unchanged, %(quarantined)d quarantined", told)
    for outcome in report.quarantined:
        logger.warning("quarantined %r: %s [%s]", outcome.name, outcome.message, outcome.cause)
    return told


def watch(*, every: int | None, cron: str | None, parameters: dict[str, Any]) -> None:
    """Serve until stopped: run with *parameters* *every* so many seconds, or when *cron* says."""
    kehoach_watch.serve(
        name=NAME,
        interval=every,
        cron=cron,
        parameters=parameters,
        limit=1,
        entrypoint_type=EntrypointType.MODULE_PATH,
    )
