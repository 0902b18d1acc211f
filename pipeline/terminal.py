"""The face of `kehoach run`: a progress bar while it reads, and a summary that says what to do next."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from pipeline.errors import UsageError
from pipeline.file_names import printable
from pipeline.progress import progress_bar
from pipeline.remote.urls import is_url
from pipeline.runs.inputs import KNOWN_SUFFIXES, Inputs
from pipeline.runs.outputs import DirectoryOutput, inputs_at, output_at
from pipeline.runs.report import RunReport
from pipeline.runs.todo import IN_WORDS, Choice
from pipeline.workers.batch import COUNTED, Outcome
from pipeline.workers.limits import Limits

if TYPE_CHECKING:
    from pipeline.flow import Dask

SHOWN_QUARANTINED = 20
LEAST_MEASURED = 1_000_000  # bytes; below it, the start of the workers is most of the time


def run_with_progress(
    directory: Path | str,
    out: Path | str,
    *,
    workers: int | None = None,
    words: bool = False,
    dataset: bool = True,
    choice: Choice = "needed",
    prune: bool = False,
    dask: Dask | None = None,
) -> RunReport:
    """Read *directory* into *out*, each a path or a URL, show how it goes, print the summary, and return the report.

    Progress goes to standard error, the summary to standard output; the bar counts bytes, since the largest inputs are
    read first. Raises what `run_directory` does, and `UsageError` when there is nothing to read.
    """
    # What only a run needs (polars, DuckDB) is loaded here, so that extract and read start at once.
    from pipeline.dataset.terminal import print_built
    from pipeline.flow import Watcher, run_directory
    from pipeline.review.results import Applied, has_decisions, write_reviewed
    from pipeline.review.shown import applied_in_words
    from pipeline.runs.run import Run

    Limits.from_environment()  # a wrong one is told before anything starts
    inputs = inputs_at(directory)
    if not inputs.files:
        raise UsageError(f"There are no files to read below {directory}{_others(inputs)}: {KNOWN_SUFFIXES}.")
    output = output_at(out)
    output.check()
    with progress_bar("{task.fields[done]}") as progress:
        bar = progress.add_task("Starting", total=None, done="")
        files = wanted = 0

        def started(run: Run) -> None:
            nonlocal wanted
            wanted = len(run.todo.work)
            progress.reset(bar, total=sum(item.size for item in run.todo.work), description="Reading")

        def advanced(outcome: Outcome) -> None:
            nonlocal files
            files += 1
            progress.update(bar, advance=outcome.size)
            task = progress.tasks[bar]
            speed = ""
            if task.elapsed and task.completed >= LEAST_MEASURED:
                speed = f", {task.completed / 1e6 / task.elapsed:.1f} MB/s"
            progress.update(bar, done=f"{files}/{wanted} files{speed}")

        corrected: list[Applied] = []

        def correcting() -> None:
            if isinstance(output, DirectoryOutput) and has_decisions(output.path):
                progress.update(bar, total=None, description="Applying decisions of reviewers", done="")
                corrected.extend(write_reviewed(output.path))

        def building() -> None:
            progress.update(bar, total=None, description="Building the dataset", done="")

        report, built = run_directory(
            inputs,
            output,
            workers=workers,
            words=words,
            dataset=dataset,
            choice=choice,
            prune=prune,
            dask=dask,
            watcher=Watcher(started, advanced, correcting, building),
        )
    print_summary(report, inputs)
    if corrected:
        for line in applied_in_words(corrected):
            Console(soft_wrap=True, highlight=False, markup=False).print(line)
    if built is not None and isinstance(output, DirectoryOutput):
        print_built(built, output.path)
    return report


def print_summary(report: RunReport, inputs: Inputs) -> None:
    """Print what was read, what was quarantined and why, the records, and the next step."""
    console = Console(soft_wrap=True, highlight=False)
    speed = f" ({report.megabytes_per_second:.1f} MB/s)" if report.read_bytes >= LEAST_MEASURED else ""
    unchanged = f", {report.unchanged} unchanged" if report.unchanged else ""
    console.print(
        f"[bold]{report.read}[/] documents read{unchanged}, [bold]{len(report.quarantined)}[/] quarantined"
        f" in {report.seconds:.1f} s{speed}{escape(_others(inputs))}"
    )
    for line in _of_earlier_runs(report):
        console.print(line)
    counts = Table(box=None, pad_edge=False)
    counts.add_column("records")
    counts.add_column("count", justify="right")
    for kind in COUNTED:
        counts.add_row(kind, f"{report.records[kind]:,}")
    console.print(counts)
    for outcome in sorted(report.quarantined, key=lambda item: item.name)[:SHOWN_QUARANTINED]:
        console.print(
            f"[yellow]quarantined[/] {escape(outcome.name)}: {escape(outcome.message or '')} \\[{outcome.cause}]"
        )
    if len(report.quarantined) > SHOWN_QUARANTINED:
        console.print(f"… and {len(report.quarantined) - SHOWN_QUARANTINED} more in {escape(report.out)}/run.json")
    console.print(f"Results: {escape(report.out)}/documents/, summary: {escape(report.out)}/run.json")
    if is_url(report.out):
        console.print("The dataset, search and review work on a directory: copy documents/ and run.json there, then")
        console.print("kehoach dataset DIRECTORY")
    elif report.documents:
        shown = shlex.quote(f"{report.out}/documents/{_first_result(report, inputs)}")
        console.print(f"Next: kehoach show {escape(shown)}")


def _of_earlier_runs(report: RunReport) -> list[str]:
    """What was done again and why, and what is left of inputs that are gone."""
    again = {reason: count for reason, count in report.reasons.items() if reason != "new"}
    lines = []
    if again and (report.unchanged or len(again) < len(report.reasons) or "forced" not in again):
        lines.append("Done again: " + ", ".join(f"{count} {IN_WORDS[reason]}" for reason, count in again.items()))
    if report.pruned:
        gone = "1 input that is" if report.pruned == 1 else f"{report.pruned} inputs that are"
        lines.append(f"Pruned: {gone} gone, with what was made of them")
    if report.deleted:
        shown = ", ".join(escape(name) for name in report.deleted[:SHOWN_DELETED])
        more = f" and {len(report.deleted) - SHOWN_DELETED} more" if len(report.deleted) > SHOWN_DELETED else ""
        lines.append(f"[yellow]gone[/] {shown}{more}: what was made of them is still there; --prune removes it")
    return lines


def _first_result(report: RunReport, inputs: Inputs) -> str:
    bad = {outcome.name for outcome in report.quarantined}
    return printable(next(item.result for item in inputs.files if printable(item.name) not in bad))


def _others(inputs: Inputs) -> str:
    if not inputs.ignored:
        return ""
    kinds = ", ".join(f"{count} {suffix}" for suffix, count in inputs.ignored.items())
    return f"; not read: {kinds}"


SHOWN_DELETED = 5
