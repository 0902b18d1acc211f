"""Commands for reviewers: review, review-apply, review-gold, review-agreement."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.app import OK, app
from pipeline.cli.arguments import RESULTS_HELP, results


@app.command("review", epilog="Example:  kehoach review output/")
def review(
    out: Annotated[Path, typer.Argument(metavar="OUTPUT", help=RESULTS_HELP)],
    port: Annotated[
        int | None, typer.Option("--port", min=0, max=65535, help="By default the first free one from 8765 on.")
    ] = None,
    open_browser: Annotated[bool, typer.Option("--open/--no-open", help="Open the browser.")] = True,
    reviewer: Annotated[
        str | None, typer.Option("--reviewer", metavar="NAME", help="Who decides; by default the user's name.")
    ] = None,
    originals: Annotated[
        Path | None,
        typer.Option("--originals", metavar="DIR", help="Where the inputs are, when they have moved since the run."),
    ] = None,
    host: Annotated[str, typer.Option("--host", help="Serve others too; needs --password-file.")] = "127.0.0.1",
    name: Annotated[
        list[str] | None,
        typer.Option("--name", metavar="HOST", help="A name under which a browser may ask, such as that of a proxy."),
    ] = None,
    password_file: Annotated[
        Path | None, typer.Option("--password-file", metavar="FILE", help="Ask for the password in its first line.")
    ] = None,
) -> int:
    """Open the results in the browser, for a person to check and correct them."""
    from pipeline.review_web.serve import serve_review

    serve_review(
        results(out),
        host=host,
        port=port,
        reviewer=reviewer,
        password_file=password_file,
        originals=originals,
        names=tuple(name or ()),
        open_browser=open_browser,
    )
    return OK


@app.command("review-apply", epilog="Example:  kehoach review-apply output/")
def review_apply(
    out: Annotated[Path, typer.Argument(metavar="OUTPUT", help=RESULTS_HELP)],
) -> int:
    """Apply the decisions of reviewers to the machine's readings and say which no longer fit."""
    from pipeline.file_names import printable
    from pipeline.review.results import write_reviewed
    from pipeline.review.shown import applied_in_words

    for line in applied_in_words(write_reviewed(results(out))):
        typer.echo(printable(line))
    return OK


@app.command("review-gold", epilog="Example:  kehoach review-gold output/ --to gold/")
def review_gold(
    out: Annotated[Path, typer.Argument(metavar="OUTPUT", help=RESULTS_HELP)],
    to: Annotated[Path, typer.Option("--to", metavar="DIR", help="The directory to write.")] = Path("gold"),
) -> int:
    """Write reviewed documents as gold files for kehoach score, and their corrected tasks as rows of cases."""
    from pipeline.file_names import check_directory
    from pipeline.review.gold import export_gold

    check_directory(to)
    count = len(export_gold(results(out), to))
    typer.echo(f"Wrote the gold of {count} {'document' if count == 1 else 'documents'} to {to}")
    return OK


@app.command("review-agreement", epilog="Example:  kehoach review-agreement output/ --first An --second Bình")
def review_agreement(
    out: Annotated[Path, typer.Argument(metavar="OUTPUT", help=RESULTS_HELP)],
    first: Annotated[str, typer.Option("--first", metavar="NAME", help="One reviewer, as the decisions name them.")],
    second: Annotated[str, typer.Option("--second", metavar="NAME", help="The other reviewer.")],
) -> int:
    """Print how far two reviewers agree on the documents that both reviewed: F1 and Cohen's kappa of each field."""
    from pipeline.review.both import reviews_of_both
    from pipeline.review.shown import agreement_in_words

    for line in agreement_in_words(reviews_of_both(results(out), first, second)):
        typer.echo(line)
    return OK
