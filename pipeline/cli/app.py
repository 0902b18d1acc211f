"""The application that commands join, its exit statuses, and `--version`."""

from __future__ import annotations

from typing import Annotated

import typer

OK, FAILED, WRONG_USAGE, QUARANTINED = 0, 1, 2, 3

app = typer.Typer(
    name="kehoach",
    help="Turn Vietnamese legal and administrative texts into structured plans.",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version and exit.", callback=_print_version, is_eager=True)
    ] = False,
) -> None:
    """Turn Vietnamese legal and administrative texts into structured plans."""


def _print_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"kehoach {version('kehoach')}")
        raise typer.Exit
