"""Commands that read inputs and show what was read: run, extract, read, show."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.app import OK, QUARANTINED, app
from pipeline.cli.arguments import FILE_HELP, WORDS_HELP, regular


@app.command("run", epilog="Example:  kehoach run corpus/ --out output/")
def run_command(
    directory: Annotated[
        str,
        typer.Argument(
            metavar="DIRECTORY",
            help="The directory of texts, web pages, PDFs, Word files and scans, with its subdirectories; or a URL, as"
            " s3://bucket/inbox.",
        ),
    ],
    out: Annotated[str, typer.Option("--out", help="The results directory, or a URL.")] = "output",
    workers: Annotated[int | None, typer.Option(min=1, help="Worker processes; by default one for each core.")] = None,
    engine: Annotated[
        str, typer.Option("--engine", help="What does the work: processes of this machine, or dask.")
    ] = "processes",
    scheduler: Annotated[
        str | None,
        typer.Option(
            "--scheduler",
            metavar="ADDRESS",
            help="With --engine dask, a running scheduler (tcp://host:8786); by default one is started here.",
        ),
    ] = None,
    words: Annotated[bool, typer.Option("--words", help=WORDS_HELP)] = False,
    dataset: Annotated[
        bool, typer.Option("--dataset/--no-dataset", help="Bring the dataset over all documents up to date afterwards.")
    ] = True,
    force: Annotated[bool, typer.Option("--force", help="Read all inputs, also those that are done.")] = False,
    only_failed: Annotated[
        bool, typer.Option("--only-failed", help="Read only what an earlier run quarantined or did not finish.")
    ] = False,
    prune: Annotated[bool, typer.Option("--prune", help="Remove the documents of inputs that are gone.")] = False,
) -> int:
    """Read every document below a directory and write one JSON document for each; what is done already stays."""
    from pipeline.cli.engine import dask_of, everywhere
    from pipeline.runs.todo import choice_of
    from pipeline.terminal import run_with_progress

    choice = choice_of(force=force, only_failed=only_failed)
    dask = dask_of(engine, scheduler, workers)
    if dask:
        directory, out = everywhere(directory), everywhere(out)
    report = run_with_progress(
        directory, out, workers=workers, words=words, dataset=dataset, choice=choice, prune=prune, dask=dask
    )
    return QUARANTINED if report.quarantined else OK


@app.command("watch", epilog="Example:  kehoach watch inbox/ --out output/ --every 300")
def watch_command(
    directory: Annotated[str, typer.Argument(metavar="DIRECTORY", help="The directory of inputs, or its URL.")],
    out: Annotated[str, typer.Option("--out", help="The results directory, or a URL.")] = "output",
    every: Annotated[int | None, typer.Option(min=10, metavar="SECONDS", help="Run so often.")] = None,
    cron: Annotated[
        str | None, typer.Option("--cron", metavar="TIMES", help="Run at these times, as cron says.")
    ] = None,
    workers: Annotated[int | None, typer.Option(min=1, help="Worker processes; by default one for each core.")] = None,
    words: Annotated[bool, typer.Option("--words", help=WORDS_HELP)] = False,
    dataset: Annotated[bool, typer.Option("--dataset/--no-dataset", help="Bring the dataset up to date too.")] = True,
) -> int:
    """Run again and again as a deployment of a Prefect server (PREFECT_API_URL), until stopped."""
    from pipeline.cli.engine import check_watch, everywhere

    check_watch(every, cron)
    from pipeline.deployment import watch

    options = {"workers": workers, "words": words, "dataset": dataset}
    watch(every=every, cron=cron, parameters={"directory": everywhere(directory), "out": everywhere(out), **options})
    return OK


@app.command(epilog="Example:  kehoach extract corpus/plan.txt > plan.json")
def extract(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=FILE_HELP)],
    words: Annotated[bool, typer.Option("--words", help=WORDS_HELP)] = False,
) -> int:
    """Print the JSON document of one input."""
    from pipeline.cli.one_input import read_with_progress
    from pipeline.extract import extract_source
    from pipeline.file_names import printable
    from pipeline.store import encode
    from pipeline.workers.garbage import collect_seldom

    regular(file, "read it with: kehoach run {file} --out output/")
    collect_seldom()
    document = extract_source(read_with_progress(file), path=printable(file.name))
    if words:
        from pipeline.search_text import with_search_text

        document = with_search_text(document)
    sys.stdout.buffer.write(encode(document))
    return OK


@app.command("read", epilog="Example:  kehoach read plan.pdf")
def read_command(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=FILE_HELP)],
    text: Annotated[
        bool, typer.Option("--text", help="Print the text alone, as the offsets of source_spans count it.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print text, places and tables as JSON.")] = False,
) -> int:
    """Print what the reader of a format saw, for finding faults: text with places, tables as grids."""
    from rich.console import Console

    from pipeline.cli.one_input import read_with_progress
    from pipeline.show_source import encode_source, render_source

    source = read_with_progress(regular(file, "give one of its files"))
    if text:
        sys.stdout.buffer.write(source.decoded.encode("utf-8", "replace"))
    elif as_json:
        sys.stdout.buffer.write(encode_source(source))
    else:
        console = Console(highlight=False)
        for part in render_source(source):
            console.print(part)
    return OK


@app.command(epilog="Example:  kehoach show output/documents/plan.json")
def show(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A document written by run or extract.")],
    doubtful: Annotated[
        bool, typer.Option("--doubtful", help="Print the tasks alone, the least certain first, for checking.")
    ] = False,
) -> int:
    """Print one document for a person: outline, tasks, targets, budgets, diagnostics."""
    from rich.console import Console

    from pipeline.show import render, render_doubtful
    from pipeline.store import read_document

    document = read_document(regular(file, "give one of its .json files"))
    console = Console(highlight=False)
    for part in render_doubtful(document) if doubtful else render(document, width=console.width):
        console.print(part)
    return OK
