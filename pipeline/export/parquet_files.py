"""Parquet: each table as one file, for pandas, R, Spark and others that want no partitions.

    polars.read_parquet("tasks.parquet")

The types are those of the dataset: dates as dates, money as 64-bit integers, lists as lists.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from pathlib import Path
from typing import Any

import polars as pl

from pipeline.export.account import Account
from pipeline.export.columns import Kind, columns_of
from pipeline.export.options import Options
from pipeline.export.tables import Tables, chosen_tables

AT_ONCE = 50_000  # rows as Python values; the frames that they become take a tenth of the memory


def write(tables: Tables, directory: Path, options: Options, account: Account) -> None:
    """Write `TABLE.parquet` for each chosen table."""
    for name in chosen_tables(options.tables):
        schema = {column.name: TYPES[column.kind] for column in columns_of(name)}
        rows = iter(tables[name])
        frames = [pl.DataFrame(schema=schema)]
        while part := list(islice(rows, AT_ONCE)):
            frames.append(pl.DataFrame(part, schema=schema, orient="row"))
        frame = pl.concat(frames)
        frame.write_parquet(directory / f"{name}.parquet", compression="zstd")
        account.wrote(f"rows of {name}", frame.height)


TYPES: Mapping[Kind, Any] = {
    "string": pl.String,
    "integer": pl.Int64,
    "number": pl.Float64,
    "boolean": pl.Boolean,
    "date": pl.Date,
    "list": pl.List(pl.String),
    "grid": pl.List(pl.List(pl.String)),
}
