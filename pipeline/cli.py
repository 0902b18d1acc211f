"""The `kehoach` command.

Each command imports what it needs when it runs, so that `--help` answers at once. Exit status: 0 all read, 2 wrong
usage, 3 finished but some inputs quarantined, 1 anything else. A pipe, a device or a socket is refused: reading one may
never end.
"""

from __future__ import annotations

import os
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Literal

import typer

from pipeline.errors import KehoachError, UnreadableInputError, UsageError

OK, FAILED, WRONG_USAGE, QUARANTINED = 0, 1, 2, 3
WORDS_HELP = (
    "Add to each task its words as full-text search wants them (search_text). Off by default: it takes about as long as"
    " all the rest."
)
RESULTS_HELP = "The results directory of kehoach run."
SEARCH_HELP = "All of them must be there; those in quotes must stand together."
FILE_HELP = "A text, web page, PDF, Word file or scan; its suffix tells which."
INTERRUPTED = 130  # what typer makes of Ctrl-C
STOPPED = "Stopped. The documents written so far are whole; the same command begins anew."
COMMANDS = (
    "run",
    "extract",
    "read",
    "show",
    "dataset",
    "query",
    "search",
    "register",
    "report",
    "export",
    "diff",
    "score",
    "schema",
    "profile",
)


def _print_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"kehoach {version('kehoach')}")
        raise typer.Exit


app = typer.Typer(
    name="kehoach",
    help="Turn Vietnamese legal and administrative texts into structured plans.",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
)


def main() -> None:
    """Run the command line; every error is told in one sentence on standard error."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run the command with *arguments* and return its exit status."""
    from typer.exceptions import Abort, TyperException

    if not arguments:
        arguments = ["--help"]
    try:
        status = app(arguments, standalone_mode=False)
        sys.stdout.flush()
    except UsageError as error:
        return _fail(str(error), WRONG_USAGE)
    except UnreadableInputError as error:
        return _fail(f"{error} [{error.code}]", QUARANTINED)
    except KehoachError as error:
        return _fail(str(error), FAILED)
    except TyperException as error:
        command = ["kehoach", *(name for name in arguments[:1] if name in COMMANDS)]
        return _fail(f"{error.format_message().rstrip('.')}. Try: {' '.join(command)} --help", WRONG_USAGE)
    except (Abort, KeyboardInterrupt):
        return _fail(STOPPED, FAILED)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except SystemExit:  # rich's answer to a broken pipe, as in `kehoach show … | head`
        return OK
    except OSError as error:
        if os.environ.get("KEHOACH_DEBUG"):
            raise
        return _fail(f"Cannot go on: {error.strerror or error}.", FAILED)
    except Exception as error:
        if os.environ.get("KEHOACH_DEBUG"):
            raise
        name = type(error).__name__
        return _fail(f"A fault of kehoach: {name}: {error}. Please report it; KEHOACH_DEBUG=1 shows where.", FAILED)
    if status == INTERRUPTED:
        return _fail(STOPPED, FAILED)
    return status if isinstance(status, int) else OK


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version and exit.", callback=_print_version, is_eager=True)
    ] = False,
) -> None:
    """Turn Vietnamese legal and administrative texts into structured plans."""


@app.command("run", epilog="Example:  kehoach run corpus/ --out output/")
def run_command(
    directory: Annotated[
        Path,
        typer.Argument(
            metavar="DIRECTORY",
            help="The directory of texts, web pages, PDFs, Word files and scans, with its subdirectories.",
        ),
    ],
    out: Annotated[Path, typer.Option("--out", help="The results directory.")] = Path("output"),
    workers: Annotated[int | None, typer.Option(min=1, help="Worker processes; by default one for each core.")] = None,
    words: Annotated[bool, typer.Option("--words", help=WORDS_HELP)] = False,
    dataset: Annotated[
        bool, typer.Option("--dataset/--no-dataset", help="Bring the dataset over all documents up to date afterwards.")
    ] = True,
) -> int:
    """Read every document below a directory and write one JSON document for each."""
    from pipeline.terminal import run_with_progress

    report = run_with_progress(directory, out, workers=workers, words=words, dataset=dataset)
    return QUARANTINED if report.quarantined else OK


@app.command(epilog="Example:  kehoach extract corpus/plan.txt > plan.json")
def extract(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=FILE_HELP)],
    words: Annotated[bool, typer.Option("--words", help=WORDS_HELP)] = False,
) -> int:
    """Print the JSON document of one input."""
    from pipeline.extract import extract_source
    from pipeline.file_names import printable
    from pipeline.store import encode
    from pipeline.terminal import read_with_progress

    _regular(file, "read it with: kehoach run {file} --out output/")
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

    from pipeline.show_source import encode_source, render_source
    from pipeline.terminal import read_with_progress

    source = read_with_progress(_regular(file, "give one of its files"))
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

    document = read_document(_regular(file, "give one of its .json files"))
    console = Console(highlight=False)
    for part in render_doubtful(document) if doubtful else render(document, width=console.width):
        console.print(part)
    return OK


@app.command(epilog="Example:  kehoach dataset output/")
def dataset(
    out: Annotated[Path, typer.Argument(metavar="OUTPUT", help=RESULTS_HELP)],
    workers: Annotated[int | None, typer.Option(min=1, help="Worker processes; by default one for each core.")] = None,
) -> int:
    """Bring the tables, views and full-text index over all documents of a results directory up to date."""
    from pipeline.dataset.terminal import build_with_progress

    build_with_progress(_results(out), workers=workers)
    return OK


@app.command(epilog="Example:  kehoach query output/ --example overdue --set as_of=2016-12-01")
def query(
    out: Annotated[Path, typer.Argument(metavar="OUTPUT", help=RESULTS_HELP)],
    sql: Annotated[
        str | None, typer.Argument(metavar="[SQL]", help="One SELECT over the tables of the dataset.")
    ] = None,
    file: Annotated[Path | None, typer.Option("--file", help="Read the SELECT from this file.")] = None,
    example: Annotated[str | None, typer.Option("--example", metavar="NAME", help="Ask this ready question.")] = None,
    examples: Annotated[bool, typer.Option("--examples", help="List the ready questions.")] = False,
    values: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="NAME=VALUE", help="The value of $NAME in the SQL; may be given more than once."),
    ] = None,
    form: Annotated[str, typer.Option("--format", help="table, csv, json or parquet.")] = "table",
    to: Annotated[Path | None, typer.Option("--to", metavar="FILE", help="Write the answer to this file.")] = None,
) -> int:
    """Ask the dataset with SQL (DuckDB), which can read its tables and nothing else, or with a ready question."""
    from contextlib import closing

    from rich.console import Console

    from pipeline.dataset.questions import chosen_sql, questions

    if examples:
        from pipeline.dataset.shown import render_questions

        Console(highlight=False, soft_wrap=True).print(*render_questions([*questions().values()]), sep="\n")
        return OK
    from pipeline.dataset.answers import check_form, deliver
    from pipeline.dataset.connect import ask, connect

    check_form(form, to)
    text = _regular(file, "give a file of SQL").read_text(encoding="utf-8") if file else None
    chosen, parameters = chosen_sql(sql, text, example, values or [])
    with closing(connect(out)) as connection:
        answer = ask(connection, chosen, parameters)
    deliver(answer, form, to)
    return OK


@app.command(epilog='Example:  kehoach search output/ "chữ ký số" --due-before 2017-01-01 --agency "Sở Y tế"')
def search(
    out: Annotated[Path, typer.Argument(metavar="OUTPUT", help=RESULTS_HELP)],
    words: Annotated[str, typer.Argument(metavar="WORDS", help=SEARCH_HELP)],
    kind: Annotated[str | None, typer.Option("--kind", help="tasks or targets; by default both.")] = None,
    agency: Annotated[str | None, typer.Option("--agency", help="Part of the name of a lead or partner.")] = None,
    province: Annotated[str | None, typer.Option("--province", help="Province of the issuer, then or now.")] = None,
    due_before: Annotated[
        datetime | None, typer.Option("--due-before", formats=["%Y-%m-%d"], help="Only what is due before this day.")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="How many hits at most.")] = 20,
    as_json: Annotated[bool, typer.Option("--json", help="Print the hits as JSON.")] = False,
) -> int:
    """Find tasks and targets by their words, with or without diacritics, the best hits first."""
    from rich.console import Console

    from pipeline.dataset.search import kind_of, search
    from pipeline.dataset.shown import encode_hits, render_hits

    hits = search(
        out,
        words,
        kind=kind_of(kind),
        agency=agency,
        province=province,
        due_before=due_before.date() if due_before else None,
        limit=limit,
    )
    if as_json:
        sys.stdout.buffer.write(encode_hits(hits))
        return OK
    console = Console(highlight=False)
    for part in render_hits(hits) if hits else ["Nothing found. Try fewer words, or leave out the diacritics."]:
        console.print(part)
    return OK


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

    kinds = _known(kind, ("documents", *KINDS))
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

    kinds, floors = _known(errors, KINDS), read_floors(floor or ())
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
    return _fail(told(failed), FAILED) if failed else OK


@app.command("export", epilog="Example:  kehoach export output/ --to ics")
def export_command(
    output: Annotated[Path, typer.Argument(metavar="OUTPUT", help="The results directory of a run.")],
    to: Annotated[
        str,
        typer.Option(
            "--to",
            metavar="FORMAT",
            help="ics, akn, label-studio, docbin, annotations, jsonl, csv, xlsx, parquet or package.",
        ),
    ],
    out: Annotated[
        Path | None, typer.Option("--out", help="The directory to write, by default OUTPUT/export/FORMAT.")
    ] = None,
    agency: Annotated[
        str | None, typer.Option("--agency", metavar="NAME", help="ics: only lead agencies whose name contains this.")
    ] = None,
    table: Annotated[
        list[str] | None, typer.Option("--table", help="Only this table; may be given more than once.")
    ] = None,
    bom: Annotated[
        bool, typer.Option("--bom", help="csv, package: begin files so that Excel reads Vietnamese.")
    ] = False,
    title: Annotated[str | None, typer.Option("--title", help="package: its title.")] = None,
    license_: Annotated[
        str | None, typer.Option("--license", help="package: the licence, as an SPDX name or an address.")
    ] = None,
    creator: Annotated[str | None, typer.Option("--creator", metavar="NAME", help="package: who publishes it.")] = None,
    published: Annotated[
        datetime | None, typer.Option("--published", formats=["%Y-%m-%d"], help="package: its date of publication.")
    ] = None,
) -> int:
    """Write documents or tables in the format of another tool: calendar, spreadsheet, XML, annotation."""
    from pipeline.export.options import Options
    from pipeline.export.run import check_export, export_documents, export_tables
    from pipeline.export.shown import report_in_words

    options = Options(
        agency=agency,
        tables=tuple(table or ()),
        bom=bom,
        title=title,
        license=license_,
        creator=creator,
        published=published.date() if published else None,
    )
    if check_export(to, options).of_tables:
        from pipeline.export.tables import dataset_tables

        report = export_tables(dataset_tables(output), output, to=to, out=out, options=options)
    else:
        report = export_documents(output, to=to, out=out, options=options)
    for line in report_in_words(report):
        typer.echo(line)
    return OK


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
    from pipeline.inputs import find_inputs
    from pipeline.profile import propose_profile
    from pipeline.read.formats import TEXT_SUFFIXES
    from pipeline.read.text import read_text

    files = [item for item in find_inputs(directory).files if item.file.suffix.lower() in TEXT_SUFFIXES]
    if not files:
        raise UsageError(f"There are no .txt or .md files below {directory}.")

    def texts() -> list[tuple[str, str]]:
        found = []
        for item in files:
            try:
                found.append((item.name, read_text(item.file.read_bytes()).text.text))
            except (UnreadableInputError, OSError) as error:
                typer.echo(f"left out: {item.name} {error}", err=True)
        return found

    typer.echo(propose_profile(texts(), least_share=least), nl=False)
    return OK


@app.command(epilog="Example:  kehoach register output/ --as-of 2016-12-01 --to register.xlsx")
def register(
    out: Annotated[Path, typer.Argument(metavar="OUTPUT", help="The results directory of a run.")],
    as_of: Annotated[str, typer.Option("--as-of", metavar="DAY", help="The day for which states hold, as 2016-12-01.")],
    to: Annotated[Path, typer.Option("--to", help="The file to write, .xlsx or .csv.")] = Path("register.xlsx"),
    agency: Annotated[str | None, typer.Option(help="Only tasks that an agency of this name leads.")] = None,
    province: Annotated[str | None, typer.Option(help="Only documents that this province issued.")] = None,
    language: Annotated[str, typer.Option(help="Headings in vi (Vietnamese) or en (English).")] = "vi",
) -> int:
    """Write the task register of Quyết định 42/2014/QĐ-TTg: who must do what by when, and what is late."""
    from pipeline.register import write_register
    from pipeline.register.choice import Choice

    choice = Choice(agency, province) if agency or province else None
    count = write_register(out, to, as_of=_day(as_of), choice=choice, language=_language(language))
    typer.echo(f"Wrote {count} tasks to {to}")
    return OK


@app.command(epilog="Example:  kehoach report output/ --to report.html")
def report(
    out: Annotated[Path, typer.Argument(metavar="OUTPUT", help="The results directory of a run.")],
    to: Annotated[Path, typer.Option("--to", help="The page to write.")] = Path("report.html"),
    document: Annotated[
        str | None, typer.Option(metavar="ID", help="Only this document: its id, or its name below documents/.")
    ] = None,
) -> int:
    """Write one web page with charts of all documents, each mark leading to its records; works offline."""
    from pipeline.pictures import write_report

    count = write_report(out, to, document=document)
    typer.echo(f"Wrote {to} ({count} {'document' if count == 1 else 'documents'})")
    return OK


def _day(said: str) -> date:
    try:
        return date.fromisoformat(said)
    except ValueError as error:
        raise UsageError(f"{said} is no day. Give --as-of as year-month-day, such as 2016-12-01.") from error


def _language(said: str) -> Literal["vi", "en"]:
    if said == "vi":
        return "vi"
    if said == "en":
        return "en"
    raise UsageError(f"There is no language {said}. Choose --language vi or en.")


def _results(out: Path) -> Path:
    """The results directory *out*, if it is a directory."""
    if not out.is_dir():
        raise UsageError(f"There is no directory {out}. Make it first: kehoach run DIRECTORY --out {out}")
    return out


def _known(chosen: list[str] | None, kinds: tuple[str, ...]) -> tuple[str, ...]:
    """The chosen kinds, all of them when none is chosen."""
    unknown = [kind for kind in chosen or () if kind not in kinds]
    if unknown:
        raise UsageError(f"There is no kind {unknown[0]}. Choose among: {', '.join(kinds)}.")
    return tuple(chosen) if chosen else kinds


def _regular(file: Path, instead: str) -> Path:
    """The *file*, if it is one that can be read to its end; *instead* is what to do with a directory."""
    try:
        if file.is_dir():
            raise UsageError(f"{file} is a directory; {instead.format(file=file)}.")
        if file.exists() and not file.is_file():
            raise UsageError(f"{file} is a pipe or a device, not a file. Save its content to a file first.")
        with file.open("rb"):
            return file
    except FileNotFoundError as error:
        raise UsageError(f"There is no file {file}.") from error
    except OSError as error:
        raise UsageError(f"Cannot read {file}: {error.strerror}.") from error


def _fail(message: str, status: int) -> int:
    print(f"kehoach: {message}", file=sys.stderr)
    return status
