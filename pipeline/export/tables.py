"""The dataset's tables as an export takes them: for each name its rows, to be read once and in order.

    tables["deadlines"]  →  DeadlineRow("kh-0f3a", "deadline-4", …), …

Rows come one by one from `dataset/TABLE/*.parquet`, so that a table of millions never stands in memory.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

import polars as pl

from pipeline.dataset.rows import TABLES
from pipeline.errors import KehoachError, UsageError

Row: TypeAlias = tuple[Any, ...]
Tables: TypeAlias = Mapping[str, Iterable[Row]]


def chosen_tables(wanted: Sequence[str]) -> tuple[str, ...]:
    """The *wanted* tables in their order, all when none is; raises `UsageError` for one that there is not."""
    unknown = [name for name in wanted if name not in TABLES]
    if unknown:
        raise UsageError(f"There is no table {unknown[0]}. Choose among: {', '.join(TABLES)}.")
    return tuple(name for name in TABLES if not wanted or name in wanted)


def dataset_tables(output: Path) -> Tables:
    """All tables of the dataset below the results directory *output*; raises `UsageError` when there is none."""
    directories = {name: output / DATASET / name for name in TABLES}
    if not all(directory.is_dir() for directory in directories.values()):
        raise UsageError(f"There is no dataset in {output}. Make it first: kehoach dataset {output}")
    return {name: _rows(name, directory) for name, directory in directories.items()}


def _rows(name: str, directory: Path) -> Iterator[Row]:
    """The rows of the Parquet files of one table, file by file in the order of their names."""
    make = TABLES[name]
    for file in sorted(directory.glob("*.parquet")):
        try:
            frame = pl.read_parquet(file, columns=list(make.__annotations__))
        except (OSError, pl.exceptions.PolarsError) as error:
            raise KehoachError(f"Cannot read {file}: {error}. Make the dataset again: kehoach dataset") from error
        yield from map(make._make, frame.iter_rows())  # type: ignore[attr-defined]


DATASET = "dataset"
