"""Tables that are neither targets nor budgets are kept too, rebuilt as a header and rows of equal length."""

from __future__ import annotations

from schemas.record import Record


class Table(Record):
    """A rebuilt table: a cell that spans rows is repeated in each, a full-width group row stands in the first cell."""

    caption: str | None
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    section_id: str | None = None
