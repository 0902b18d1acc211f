"""Commands for those who work on kehoach: diff, score, schema, profile."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.app import FAILED, OK, app
from pipeline.cli.arguments import known
from pipeline.errors import UnreadableInputError, UsageError


@app.command(epilog="Example:  kehoach diff output-before/ output-after/ --kind tasks")
def diff(
    old: Annotated[Path, typer.Argument(metavar="OLD", help="The results directory of the earlier run.")],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="The results directory of the later run.")],
    kind: Annotated[
        list[str] | None, typer.Option("--kind", help="List only this kind of record; may be given more than once.")
    ] = None,
    limit: Annotated[int, typer.Option(min=0, help="The changes listed of each kind, 0 for all.")] = 20,
    as_json: Annotated[bool, typer.Option("--json", help="Print all changes as JSON.")] = False,
) -> int:
    """List the records that a later run gained, lost and changed, with their texts."""
    from rich.console import Console

    from pipeline.diff import KINDS, diff_directories
    from pipeline.diff.shown import encode_diff, render_diff

    kinds = known(kind, ("documents", *KINDS))
    found = diff_directories(old, new)
    if as_json:
        sys.stdout.buffer.write(encode_diff(found, kinds=kinds))
        return OK
    console = Console(highlight=False)
    for part in render_diff(found, kinds=kinds, limit=limit):
        console.print(part)
    return OK


@app.command(epilog="Example:  kehoach score gold/ output/ --corpus corpus/ --html scores.html")
def score(
    gold: Annotated[Path, typer.Argument(metavar="GOLD", help="The directory of gold files (*.json).")],
    out: Annotated[Path, typer.Argument(metavar="OUT", help="The results directory of the run to be measured.")],
    corpus: Annotated[
        Path | None, typer.Option("--corpus", help="The directory of the texts, to measure the cleaned text too.")
    ] = None,
    doc: Annotated[
        str | None, typer.Option("--doc", metavar="STEM", help="Only this document, named without .json.")
    ] = None,
    by_doc: Annotated[bool, typer.Option("--by-doc", help="Print the F1 of each document.")] = False,
    errors: Annotated[
        list[str] | None,
        typer.Option("--errors", metavar="KIND", help="List the errors of this kind; may be given more than once."),
    ] = None,
    confusions: Annotated[
        bool, typer.Option("--confusions", help="List which value was given in place of which.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print all of it as JSON.")] = False,
    html: Annotated[
        Path | None, typer.Option("--html", help="Write a page that shows all errors in their texts.")
    ] = None,
    floor: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME=F1", help="End with status 1 below this F1; may be given more than once."),
    ] = None,
) -> int:
    """Measure the documents of a run against gold files: precision, recall and F1 of each kind of record."""
    from rich.console import Console

    from pipeline.score import KINDS, score_directories, total
    from pipeline.score.floors import below, read_floors, told
    from pipeline.score.shown import encode_scores, render_scores

    kinds, floors = known(errors, KINDS), read_floors(floor or ())
    documents = score_directories(gold, out, corpus, doc=doc)
    tallies = total(documents.values())
    if html:
        from pipeline.score.page import write_page

        write_page(html, documents, gold=str(gold), out=str(out))
    if as_json:
        sys.stdout.buffer.write(encode_scores(documents, errors_of=kinds))
    else:
        console = Console(highlight=False)
        parts = render_scores(
            documents,
            floors=floors,
            by_doc=by_doc,
            confusions=confusions,
            errors_of=kinds if errors else (),
            width=console.width,
        )
        for part in parts:
            console.print(part)
    failed = below(tallies, floors)
    if failed:
        print(f"kehoach: {told(failed)}", file=sys.stderr)
    return FAILED if failed else OK


@app.command(epilog="Example:  kehoach schema --out schema/")
def schema(
    out: Annotated[
        Path | None, typer.Option("--out", help="Write one file for each record into this directory.")
    ] = None,
) -> int:
    """Print the JSON Schema (draft 2020-12) of a document with all its records, or write one file for each record."""
    import orjson

    from pipeline.file_names import check_directory
    from pipeline.json_schema import record_schemas
    from pipeline.store import write_whole

    found = record_schemas()
    if out is None:
        sys.stdout.buffer.write(
            orjson.dumps(found["PlanDocument"], option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
        )
        return OK
    check_directory(out)
    for name, content in found.items():
        write_whole(out / f"{name}.schema.json", orjson.dumps(content, option=orjson.OPT_INDENT_2))
    typer.echo(f"Wrote {len(found)} schemas to {out}")
    return OK


@app.command(epilog="Example:  kehoach profile texts/ > pipeline/clean/profiles/new-site.toml")
def profile(
    directory: Annotated[Path, typer.Argument(metavar="DIRECTORY", help="A directory of texts from one site.")],
    least: Annotated[float, typer.Option(min=0.05, max=1.0, help="The share of texts in which a line repeats.")] = 0.5,
) -> int:
    """Propose a site profile from lines that repeat across the texts of a directory."""
    from pipeline.profile import propose_profile
    from pipeline.read.formats import TEXT_SUFFIXES
    from pipeline.read.text import read_text
    from pipeline.runs.inputs import find_inputs

    files = [item for item in find_inputs(directory).files if Path(item.name).suffix.lower() in TEXT_SUFFIXES]
    if not files:
        raise UsageError(f"There are no .txt or .md files below {directory}.")

    def texts() -> list[tuple[str, str]]:
        found = []
        for item in files:
            try:
                found.append((item.name, read_text((directory / item.name).read_bytes()).text.text))
            except (UnreadableInputError, OSError) as error:
                typer.echo(f"left out: {item.name} {error}", err=True)
        return found

    typer.echo(propose_profile(texts(), least_share=least), nl=False)
    return OK
