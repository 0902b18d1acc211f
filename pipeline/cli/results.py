"""Commands that use the results of a run: status, dataset, query, search, register, report, export."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.app import OK, app
from pipeline.cli.arguments import RESULTS_HELP, SEARCH_HELP, day, language_of, regular, results


@app.command(epilog="Example:  kehoach status output/")
def status(
    out: Annotated[str, typer.Argument(metavar="OUTPUT", help="The results directory of kehoach run, or its URL.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print it as JSON, with all that is quarantined.")] = False,
) -> int:
    """Tell what became of every input, what the next run would do, and what was slow or large."""
    import orjson
    from rich.console import Console

    from pipeline.remote.urls import is_url, local_path
    from pipeline.runs import status as of_results

    found = of_results.status_of(out if is_url(out) else results(local_path(out)))
    if as_json:
        options = orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE
        sys.stdout.buffer.write(orjson.dumps(of_results.as_json(found), option=options))
        return OK
    console = Console(highlight=False)
    for part in of_results.render(found, out):
        console.print(part, soft_wrap=isinstance(part, str))
    return OK


@app.command(epilog="Example:  kehoach dataset output/")
def dataset(
    out: Annotated[Path, typer.Argument(metavar="OUTPUT", help=RESULTS_HELP)],
    workers: Annotated[int | None, typer.Option(min=1, help="Worker processes; by default one for each core.")] = None,
) -> int:
    """Bring the tables, views and full-text index over all documents of a results directory up to date."""
    from pipeline.dataset.terminal import build_with_progress

    build_with_progress(results(out), workers=workers)
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
    text = regular(file, "give a file of SQL").read_text(encoding="utf-8") if file else None
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
        str | None, typer.Option("--due-before", metavar="DAY", help="Only what is due before this day, as 2016-12-31.")
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
        due_before=day(due_before, "--due-before") if due_before else None,
        limit=limit,
    )
    if as_json:
        sys.stdout.buffer.write(encode_hits(hits))
        return OK
    console = Console(highlight=False)
    for part in render_hits(hits) if hits else [_nothing_found(filtered=any((agency, province, due_before, kind)))]:
        console.print(part)
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
    count = write_register(out, to, as_of=day(as_of, "--as-of"), choice=choice, language=language_of(language))
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


def _nothing_found(*, filtered: bool) -> str:
    if filtered:
        return "Nothing found. Try fewer words, or leave out --agency, --province, --kind or --due-before."
    return "Nothing found. Try fewer words, or leave out the diacritics."
