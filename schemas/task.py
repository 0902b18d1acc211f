"""Tasks: one directive to do something, at the finest block that the document sets apart."""

from __future__ import annotations

from schemas.agency import Agency
from schemas.record import Record


class Task(Record):
    """Who must do what by when; `deadline_ids` point into the document's deadlines."""

    text: str
    section_id: str | None
    leads: tuple[Agency, ...] = ()
    partners: tuple[Agency, ...] = ()
    deadline_ids: tuple[str, ...] = ()
    condition: str | None = None
    search_text: str | None = None
