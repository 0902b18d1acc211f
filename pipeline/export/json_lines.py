"""JSON lines: one file for each table, one row a line, dates in ISO 8601, lists as lists.

    {"document_id": "kh-0f3a", "deadline_id": "deadline-4", "surface": "trước ngày 30/6/2022", "kind": "by", …}

The only tabular format that changes nothing: every character of the dataset is in it.
"""

from __future__ import annotations

from pathlib import Path

import orjson

from pipeline.export.account import Account
from pipeline.export.columns import columns_of
from pipeline.export.options import Options
from pipeline.export.tables import Tables, chosen_tables


def write(tables: Tables, directory: Path, options: Options, account: Account) -> None:
    """Write `TABLE.jsonl` for each chosen table."""
    for name in chosen_tables(options.tables):
        names = [column.name for column in columns_of(name)]
        with (directory / f"{name}.jsonl").open("wb") as file:
            rows = 0
            for row in tables[name]:
                file.write(orjson.dumps(dict(zip(names, row, strict=True)), option=orjson.OPT_APPEND_NEWLINE))
                rows += 1
        account.wrote(f"rows of {name}", rows)
