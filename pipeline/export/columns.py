"""The columns of the dataset's tables, as formats want them: name, type, whether a value may be missing, what it says.

    columns_of("deadlines")[4]  →  Column("start", "date", optional=True, about="first day, inclusive")

They are read from the annotations of `pipeline.dataset.rows`, so that no format keeps a list of its own.
"""

from __future__ import annotations

import types
from datetime import date
from functools import cache
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin, get_type_hints

from pipeline.dataset.rows import TABLES

Kind = Literal["string", "integer", "number", "boolean", "date", "list", "grid"]


class Column(NamedTuple):
    """One column; a `list` holds strings, a `grid` lists of strings."""

    name: str
    kind: Kind
    optional: bool
    about: str


class Reference(NamedTuple):
    """Columns that hold the key of another table."""

    columns: tuple[str, ...]
    table: str
    keys: tuple[str, ...]


@cache
def columns_of(table: str) -> tuple[Column, ...]:
    """The columns of *table* in their order."""
    row = TABLES[table]
    hints = get_type_hints(row, include_extras=True)
    return tuple(_column(name, hints[name]) for name in row._fields)  # type: ignore[attr-defined]


@cache
def about(table: str) -> str:
    """What one row of *table* is."""
    return (TABLES[table].__doc__ or "").strip().split("\n")[0]


def keys_of(table: str) -> tuple[str, ...]:
    """The columns that tell the rows of *table* apart."""
    return KEYS[table]


def references_of(table: str) -> tuple[Reference, ...]:
    """Where the columns of *table* lead: each to the table whose key they hold, the whole key within a document.

    A key of two columns of which one may be missing (`section_id`) is none: validators take half a key for a wrong one.
    """
    sure = {column.name for column in columns_of(table) if not column.optional}
    names = {column.name for column in columns_of(table)}
    found = [
        Reference(keys, other, keys)
        for other, keys in KEYS.items()
        if other != table and len(keys) <= 2 and set(keys) <= (sure if len(keys) > 1 else names)
    ]
    found += [Reference((name,), *leads) for name, leads in LEADS.items() if name in names]
    return tuple(found)


def _column(name: str, hint: Any) -> Column:
    kind, text = _stripped(hint)
    optional = False
    if get_origin(kind) in (Union, types.UnionType):
        members = [member for member in get_args(kind) if member is not type(None)]
        optional = len(members) < len(get_args(kind))
        kind = members[0]
    return Column(name, KINDS[kind], optional, text)


def _stripped(hint: Any) -> tuple[Any, str]:
    """The type of an annotation and its description; `Annotated` may stand within `Annotated`."""
    if get_origin(hint) is Annotated:
        inner, *texts = get_args(hint)
        return inner, str(texts[-1])
    return hint, ""


KINDS: dict[Any, Kind] = {
    str: "string",
    int: "integer",
    float: "number",
    bool: "boolean",
    date: "date",
    list[str]: "list",
    list[list[str]]: "grid",
}
# Columns that hold another table's key under a name of their own.
LEADS: dict[str, tuple[str, tuple[str, ...]]] = {
    "issuer_id": ("agencies", ("agency_id",)),
    "cited_document_id": ("documents", ("document_id",)),
}
KEYS: dict[str, tuple[str, ...]] = {
    "documents": ("document_id",),
    "sections": ("document_id", "section_id"),
    "tasks": ("document_id", "task_id"),
    "task_agencies": ("document_id", "task_id", "role", "position"),
    "deadlines": ("document_id", "deadline_id"),
    "task_deadlines": ("document_id", "task_id", "deadline_id"),
    "targets": ("document_id", "target_id"),
    "measures": ("document_id", "target_id", "position"),
    "budgets": ("document_id", "budget_id"),
    "budget_lines": ("document_id", "budget_id", "position"),
    "tables": ("document_id", "table_id"),
    "citations": ("document_id", "citation_id"),
    "agencies": ("agency_id",),
    "repairs": ("document_id", "repair_id"),
    "diagnostics": ("document_id", "diagnostic_id"),
}
