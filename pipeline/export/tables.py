"""The dataset's tables as an export takes them: for each name its rows, to be read once and in order.

    tables["deadlines"]  →  DeadlineRow("kh-0f3a", "deadline-4", …), …

Rows come one by one, so that a table of millions never stands in memory.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias

from pipeline.dataset.rows import TABLES
from pipeline.errors import UsageError

Row: TypeAlias = tuple[Any, ...]
Tables: TypeAlias = Mapping[str, Iterable[Row]]


def chosen_tables(wanted: Sequence[str]) -> tuple[str, ...]:
    """The *wanted* tables in their order, all when none is; raises `UsageError` for one that there is not."""
    unknown = [name for name in wanted if name not in TABLES]
    if unknown:
        raise UsageError(f"There is no table {unknown[0]}. Choose among: {', '.join(TABLES)}.")
    return tuple(name for name in TABLES if not wanted or name in wanted)
