"""The tables as typed frames: dates are dates, money is a 64-bit integer, and no type is ever guessed from the values.

The types come from the annotations in `pipeline.dataset.rows`, so that a column is described once.
"""

from __future__ import annotations

import os
import types
from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, Union, get_args, get_origin, get_type_hints

import polars as pl

from pipeline.dataset.rows import TABLES

ROW_GROUP = 50_000


@cache
def schema_of(table: str) -> dict[str, pl.DataType]:
    """The columns of *table* with their types, in order.

    >>> schema_of("measures")["end"], schema_of("tasks")["leads"]
    (Date, List(String))
    """
    return {name: _type_of(hint) for name, hint in get_type_hints(TABLES[table]).items()}


def frame_of(table: str, rows: Sequence[NamedTuple]) -> pl.DataFrame:
    """The *rows* of *table* in columns; a value of another type is an error."""
    columns: Sequence[Sequence[Any]] = list(zip(*rows, strict=True)) or [()] * len(schema_of(table))
    return pl.DataFrame(
        [
            pl.Series(name, values, dtype=dtype, strict=True)
            for (name, dtype), values in zip(schema_of(table).items(), columns, strict=True)
        ]
    )


def write_frame(frame: pl.DataFrame, file: Path) -> None:
    """Write *frame* to *file*, whole or not at all; the same frame gives the same bytes."""
    part = file.with_name(f".{file.name}.part")
    frame.write_parquet(part, compression="zstd", compression_level=3, statistics=True, row_group_size=ROW_GROUP)
    with part.open("rb") as written:
        os.fsync(written.fileno())
    part.replace(file)


def _type_of(hint: Any) -> pl.DataType:
    if get_origin(hint) in (Union, types.UnionType):
        (hint,) = (part for part in get_args(hint) if part is not type(None))
    if get_origin(hint) is list:
        return pl.List(_type_of(get_args(hint)[0]))
    return TYPES[hint]


TYPES: dict[type, pl.DataType] = {
    str: pl.String(),
    int: pl.Int64(),
    float: pl.Float64(),
    bool: pl.Boolean(),
    date: pl.Date(),
}
