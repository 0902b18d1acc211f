"""CSV (RFC 4180, UTF-8): one file for each table, lists joined with "; ", dates in ISO 8601.

    document_id,deadline_id,surface,kind,start,end,…
    kh-0f3a,deadline-4,trước ngày 30/6/2022,by,,2022-06-29,…

Excel takes UTF-8 for an old code page unless the file begins with a byte order mark; other programs show the mark as a
letter, so that it is an option.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

from pipeline.export.account import Account
from pipeline.export.cells import in_words
from pipeline.export.columns import columns_of
from pipeline.export.options import Options
from pipeline.export.tables import Row, Tables, chosen_tables


def write(tables: Tables, directory: Path, options: Options, account: Account) -> None:
    """Write `TABLE.csv` for each chosen table."""
    for name in chosen_tables(options.tables):
        account.wrote(f"rows of {name}", write_csv(directory / f"{name}.csv", name, tables[name], bom=options.bom))


def write_csv(file: Path, table: str, rows: Iterable[Row], *, bom: bool = False) -> int:
    """Write the *rows* of *table* and return how many there were."""
    columns = columns_of(table)
    count = 0
    with file.open("w", encoding="utf-8-sig" if bom else "utf-8", errors="replace", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(column.name for column in columns)
        for row in rows:
            writer.writerow([in_words(value, column) for value, column in zip(row, columns, strict=True)])
            count += 1
    return count
