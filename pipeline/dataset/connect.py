"""Ask the dataset: a locked DuckDB connection, and a check that foreign SQL does nothing but read.

    ask(connect(Path("output")), "SELECT count(*) FROM tasks").rows

DuckDB can be kept inside a directory but not from writing there, and its parser takes `WITH x AS (COPY …) SELECT …` for
a SELECT. It refuses such things in a subquery, so `ask` lets it plan the SQL as one first.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import duckdb

from pipeline.dataset.layout import DATASET, FORMER
from pipeline.dataset.rows import TABLES
from pipeline.dataset.views import VIEWS, literal_path, quoted, view_statements
from pipeline.errors import UsageError

LONGEST_SWAP = 1.0  # seconds


class Answer(NamedTuple):
    """What a query gives: the names of its columns, their SQL types (`DATE`, `VARCHAR[]`), its rows."""

    columns: list[str]
    types: list[str]
    rows: list[tuple[Any, ...]]


def connect(out: Path) -> duckdb.DuckDBPyConnection:
    """A connection in memory with the tables and views of the dataset below *out*, which can reach no other file.

    Only for SQL of our own: what others have written goes through `ask`. Raises `UsageError` when there is no dataset.
    """
    dataset = _complete(out)
    connection = duckdb.connect(config=CONFIGURATION)
    try:
        for statement in view_statements(str(dataset)):
            connection.execute(statement)
        # DuckDB compares the pattern of a view too, before it looks for files.
        allowed = ", ".join(map(quoted, (str(dataset), literal_path(str(dataset)))))
        connection.execute(f"SET allowed_directories = [{allowed}]")
        connection.execute("SET enable_external_access = false")
        connection.execute("SET lock_configuration = true")
    except duckdb.Error as error:
        connection.close()
        raise UsageError(
            f"The dataset in {out} cannot be read ({_first_line(error)}). Make it anew: {_make(out)}"
        ) from error
    return connection


def ask(connection: duckdb.DuckDBPyConnection, sql: str, parameters: Mapping[str, object] | None = None) -> Answer:
    """Run one SELECT and fetch its rows.

    *parameters* stand in the SQL as `$name`. Raises `UsageError` with what is wrong with the SQL.
    """
    values = dict(parameters or {})
    try:
        statements = connection.extract_statements(sql)
        if len(statements) != 1 or statements[0].type not in READING:
            raise UsageError("Only one SELECT can be asked at a time; the tables are written by kehoach dataset alone.")
        query = statements[0].query.strip().rstrip(";")
        connection.execute(f"EXPLAIN SELECT * FROM (\n{query}\n)", values)
        found = connection.execute(query, values)
        columns = [(str(column[0]), str(column[1])) for column in found.description or ()]
        return Answer([name for name, _ in columns], [kind for _, kind in columns], found.fetchall())
    except duckdb.PermissionException as error:
        raise UsageError("SQL can read the tables of the dataset and no other files.") from error
    except duckdb.CatalogException as error:
        raise UsageError(f"{_first_line(error)}. There are: {', '.join((*TABLES, *VIEWS))}.") from error
    except (duckdb.Error, RuntimeError) as error:
        raise UsageError(f"{_first_line(error)}.") from error


def _complete(out: Path) -> Path:
    """The directory of the tables; waits a moment for a build that is just exchanging it."""
    dataset = out / DATASET
    until = time.monotonic() + LONGEST_SWAP
    while not all((dataset / table).is_dir() for table in TABLES):
        if time.monotonic() > until or not (out / FORMER).exists():
            if not out.is_dir():
                raise UsageError(f"There is no directory {out}. Make it first: kehoach run DIRECTORY --out {out}")
            raise UsageError(f"There is no dataset in {out}. Make it first: {_make(out)}")
        time.sleep(0.01)
    return dataset.resolve()


def _make(out: Path) -> str:
    return f"kehoach dataset {out}"


def _first_line(error: Exception) -> str:
    return str(error).strip().split("\n")[0].rstrip(".")


CONFIGURATION: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "temp_directory": "",  # else it would spill into the directory where the command runs
}
# PIVOT is taken apart into several statements, of which the last is a SELECT.
READING = (duckdb.StatementType.SELECT, duckdb.StatementType.MULTI)
