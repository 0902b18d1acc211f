"""Sections: labelled units of a document (phần, chương, mục, điều, khoản, điểm, phụ lục, bare labels of plans)."""

from __future__ import annotations

from schemas.record import Record


class Section(Record):
    """One labelled unit; `path` holds the labels from the root, `level` starts at 1."""

    label: str
    path: tuple[str, ...]
    title: str | None
    level: int
    parent_id: str | None
