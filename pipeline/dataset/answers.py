"""Answers as people and programs want them: a table in the terminal, CSV, JSON, Parquet.

Text from documents goes into spreadsheets here: a cell that begins like a formula (`=cmd|…`) gets an apostrophe before
it in CSV, by which a spreadsheet takes it for text.
"""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal, get_args

import orjson
import polars as pl
from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from pipeline.cell_text import as_cell
from pipeline.dataset.connect import Answer
from pipeline.dataset.frames import write_frame
from pipeline.errors import UsageError
from pipeline.store import write_whole

Format = Literal["table", "csv", "json", "parquet"]
FORMATS = get_args(Format)
LONGEST_CELL = 60
LONGEST_SHOWN = 400
WIDTH_IN_FILE = 120


def check_form(form: str, to: Path | None) -> None:
    """Raises `UsageError` when there is no such format, or when it needs a file and there is none."""
    if form not in FORMATS:
        raise UsageError(f"There is no format {form}. Choose among: {', '.join(FORMATS)}.")
    if form == "parquet" and to is None:
        raise UsageError("Parquet is not for the terminal. Say where to write it: --to answer.parquet")
    if to is not None and not to.absolute().parent.is_dir():
        raise UsageError(f"There is no directory {to.parent} to write {to.name} into.")


def deliver(answer: Answer, form: str, to: Path | None) -> None:
    """Print the answer in the format *form*, or write it to the file *to*."""
    if form == "parquet" and to is not None:
        write_parquet(answer, to)
    elif form == "table" and to is None:
        console = Console(highlight=False)
        console.print(render_answer(answer, width=console.width))
        return
    else:
        content = ENCODERS[form](answer)
        if to is None:
            sys.stdout.buffer.write(content)
            return
        write_whole(to, content)
    print(f"Wrote {len(answer.rows)} rows to {to}", file=sys.stderr)


def encode_table(answer: Answer) -> bytes:
    """The table as text without colours, for a file."""
    text = io.StringIO()
    Console(file=text, width=WIDTH_IN_FILE, highlight=False).print(render_answer(answer, width=WIDTH_IN_FILE))
    return "".join(f"{line.rstrip()}\n" for line in text.getvalue().splitlines()).encode("utf-8", "replace")


def encode_csv(answer: Answer) -> bytes:
    """UTF-8 CSV with a head; lists are joined by `; `."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(map(as_cell, answer.columns))
    writer.writerows([_cell(value) for value in row] for row in answer.rows)
    return text.getvalue().encode("utf-8", "replace")


def encode_json(answer: Answer) -> bytes:
    """A list of objects, one a row; dates are ISO 8601."""
    rows = [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]
    return orjson.dumps(rows, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE, default=_plain)


def write_parquet(answer: Answer, file: Path) -> None:
    """Write the answer with its types to *file*."""
    columns = [*zip(*answer.rows, strict=True)] or [()] * len(answer.columns)
    names = _distinct(answer.columns)
    frame = pl.DataFrame(
        [
            pl.Series(name, values, dtype=_type(kind), strict=False)
            for name, kind, values in zip(names, answer.types, columns, strict=True)
        ]
    )
    write_frame(frame, file)


def render_answer(answer: Answer, *, width: int) -> RenderableType:
    """A table where it fits into *width*, else row by row: the name of each column and its value."""
    if not answer.rows:
        return Text("no rows", style="dim")
    cells = [[in_words(value) for value in row] for row in answer.rows]
    longest = [
        max(len(name), *map(len, column)) for name, column in zip(answer.columns, zip(*cells, strict=True), strict=True)
    ]
    if sum(longest) + 3 * len(longest) <= width and max(longest) <= LONGEST_CELL:
        return _grid(answer, cells)
    return Group(*(_entry(answer.columns, row) for row in cells))


def in_words(value: object) -> str:
    """A value in one line of text; null is empty.

    >>> in_words(["a", "b"]), in_words(None), in_words(1.0)
    ('a; b', '', '1')
    """
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return "; ".join(map(in_words, value))
    if isinstance(value, float):
        return f"{value:.15g}"
    flat = " ".join(str(value).split())
    return flat if flat.isprintable() else "".join(char for char in flat if char.isprintable())


def _grid(answer: Answer, cells: Sequence[Sequence[str]]) -> Table:
    grid = Table(box=None, pad_edge=False, header_style="bold")
    for name, kind in zip(answer.columns, answer.types, strict=True):
        grid.add_column(Text(name), justify="right" if kind in NUMBERS else "left", no_wrap=True)
    for row in cells:
        grid.add_row(*map(Text, row))
    return grid


def _entry(columns: Sequence[str], row: Sequence[str]) -> Group:
    grid = Table.grid(padding=(0, 1))
    grid.add_column(style="cyan", no_wrap=True)
    grid.add_column(overflow="fold")
    for name, value in zip(columns, row, strict=True):
        if value:
            grid.add_row(name, Text(value if len(value) <= LONGEST_SHOWN else value[:LONGEST_SHOWN] + "…"))
    return Group(grid, Text())


def _cell(value: object) -> str:
    return in_words(value) if isinstance(value, int | float | Decimal) else as_cell(in_words(value))


def _plain(value: Any) -> object:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return str(value)


def _distinct(names: Sequence[str]) -> list[str]:
    """Names of columns of which none comes twice, as Parquet wants them."""
    found: list[str] = []
    for name in names:
        number, wanted = 1, name
        while wanted in found:
            number += 1
            wanted = f"{name}_{number}"
        found.append(wanted)
    return found


def _type(kind: str) -> pl.DataType | None:
    """The type of a column; None leaves it to the values."""
    if kind.endswith("[]"):
        inner = _type(kind[:-2])
        return pl.List(inner) if inner is not None else None
    return TYPES.get(kind)


NUMBERS = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UBIGINT", "DOUBLE", "FLOAT")
TYPES: dict[str, pl.DataType] = {
    **dict.fromkeys(("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT"), pl.Int64()),
    "DOUBLE": pl.Float64(),
    "FLOAT": pl.Float64(),
    "VARCHAR": pl.String(),
    "BOOLEAN": pl.Boolean(),
    "DATE": pl.Date(),
}
ENCODERS: dict[str, Callable[[Answer], bytes]] = {"table": encode_table, "csv": encode_csv, "json": encode_json}
