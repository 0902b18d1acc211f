"""A row's values as text of CSV cells.

    ["Sở Y tế", "Sở Tài chính"]  →  "Sở Y tế; Sở Tài chính"

A text that a spreadsheet would run as a formula begins with an apostrophe; JSON lines and Parquet have it without.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import orjson

from pipeline.cell_text import as_cell
from pipeline.export.columns import Column

BETWEEN = "; "


def in_words(value: Any, column: Column) -> str:
    """The text of one cell; nothing for a missing value, JSON for a table within a cell.

    >>> in_words(True, Column("reviewed", "boolean", False, ""))
    'true'
    """
    if value is None:
        return ""
    match column.kind:
        case "boolean":
            return "true" if value else "false"
        case "date":
            return value.isoformat() if isinstance(value, date) else str(value)
        case "integer" | "number":
            return repr(value)
        case "list":
            return joined(value)
        case "grid":
            return as_cell(orjson.dumps(value).decode())
    return as_cell(value)


def joined(values: Sequence[str]) -> str:
    """A list in one cell."""
    return as_cell(BETWEEN.join(values))
