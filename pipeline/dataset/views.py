"""The views over the Parquet files: one for each table, and those that follow links from document to document.

`kehoach.duckdb` names the files relative to the results directory, so that the whole directory can be moved. DuckDB
looks for such files from where it runs: `cd output && duckdb kehoach.duckdb`, or `SET file_search_path = '/…/output'`.
"""

from __future__ import annotations

import contextlib
import hashlib
import re
from pathlib import Path
from typing import NamedTuple

import duckdb

from pipeline.dataset.layout import DATABASE, DATASET
from pipeline.dataset.rows import TABLES


class View(NamedTuple):
    """A view beyond the tables: what a row is, its columns, its SQL."""

    about: str
    columns: dict[str, str]
    sql: str


class Macro(NamedTuple):
    """A function for SQL: what it gives, and its SQL."""

    about: str
    sql: str


def view_statements(directory: str) -> list[str]:
    """The statements that make the views over the tables in *directory*, and the macros."""
    tables = [
        f"CREATE VIEW {table} AS SELECT * FROM read_parquet({quoted(f'{literal_path(directory)}/{table}/*.parquet')})"
        for table in TABLES
    ]
    views = [f"CREATE VIEW {name} AS {view.sql}" for name, view in VIEWS.items()]
    return [*tables, *views, *(f"CREATE MACRO {name} AS {macro.sql}" for name, macro in MACROS.items())]


def write_views(out: Path) -> bool:
    """Write `kehoach.duckdb` unless the one that is there has these views; returns whether it was written.

    DuckDB gives every database an identifier by chance, so that two of them never have the same bytes.
    """
    statements = view_statements(DATASET)
    version = hashlib.sha256("\n".join(statements).encode()).hexdigest()
    if _stored_version(out / DATABASE) == version:
        return False
    part = out / f".{DATABASE}.part"
    part.unlink(missing_ok=True)
    with contextlib.closing(duckdb.connect(str(part))) as connection:
        connection.execute(f"SET file_search_path = {quoted(str(out.resolve()))}")
        for statement in statements:
            connection.execute(statement)
        for name, about in descriptions().items():
            connection.execute(f"COMMENT ON VIEW {name} IS {quoted(about)}")
        connection.execute(f"CREATE VIEW kehoach_views AS SELECT {quoted(version)} AS version")
    part.replace(out / DATABASE)
    return True


def descriptions() -> dict[str, str]:
    """What a row of each table and view is."""
    tables = {table: " ".join((row.__doc__ or "").split()) for table, row in TABLES.items()}
    return tables | {name: view.about for name, view in VIEWS.items()}


def quoted(text: str) -> str:
    """*text* as a string of SQL.

    >>> quoted("it's")
    "'it''s'"
    """
    return "'" + text.replace("'", "''") + "'"


def literal_path(path: str) -> str:
    """A path as a pattern that matches nothing else.

    >>> literal_path("/a/b[1]")
    '/a/b[[]1]'
    """
    return re.sub(r"[\[*?]", r"[\g<0>]", path)


def _stored_version(file: Path) -> str | None:
    try:
        with contextlib.closing(duckdb.connect(str(file), read_only=True)) as connection:
            found = connection.execute("SELECT version FROM kehoach_views").fetchone()
            return found[0] if found else None
    except duckdb.Error:  # missing, of another version of DuckDB, or spoiled: it is written anew
        return None


VIEWS = {
    "genealogy": View(
        "One document that a document implements, directly (depth 1) or through one that it implements (depth 2, …).",
        {
            "document_id": "the document: `documents.document_id`",
            "depth": "1 for what it implements itself, 2 for what that implements, …",
            "via_document_id": "the document that cites: the document itself at depth 1",
            "citation_id": "the citation there: `citations.citation_id`",
            "doc_type": "type of the implemented document",
            "number": "its number and symbol",
            "issued_on": "its date as cited",
            "issuer": "its issuer as cited",
            "title": "its title as cited",
            "implemented_document_id": "the implemented document, where it is in the dataset",
        },
        """
WITH RECURSIVE implements AS (
    SELECT document_id, citation_id, doc_type, number, issued_on, issuer, title, cited_document_id
    FROM citations
    WHERE is_implemented
), chain AS (
    SELECT document_id, 1 AS depth, document_id AS via_document_id, citation_id, doc_type, number, issued_on, issuer,
        title, cited_document_id AS implemented_document_id, [document_id] AS seen
    FROM implements
    UNION ALL
    SELECT chain.document_id, chain.depth + 1, implements.document_id, implements.citation_id, implements.doc_type,
        implements.number, implements.issued_on, implements.issuer, implements.title, implements.cited_document_id,
        list_append(chain.seen, implements.document_id)
    FROM chain
    JOIN implements ON implements.document_id = chain.implemented_document_id
    WHERE NOT list_contains(chain.seen, implements.document_id)
)
SELECT * EXCLUDE (seen) FROM chain""",
    ),
    "replacements": View(
        "One document that a document replaces or repeals.",
        {
            "document_id": "the newer document: `documents.document_id`",
            "citation_id": "the citation in it: `citations.citation_id`",
            "doc_type": "type of the replaced document",
            "number": "its number and symbol",
            "issued_on": "its date as cited",
            "replaced_document_id": "the replaced document, where it is in the dataset",
        },
        """
SELECT document_id, citation_id, doc_type, number, issued_on, cited_document_id AS replaced_document_id
FROM citations
WHERE is_replaced""",
    ),
}

MACROS = {
    "place_of(path, line, page, element)": Macro(
        "where to look in an input: `plans/kh-1242.txt, line 12`, `scan.pdf, page 3`, `plan.docx, /w:body/w:p[7]`",
        "path || coalesce(', page ' || page, ', line ' || line, ', ' || element, '')",
    ),
    "fold(words)": Macro(
        "lower case without diacritics, `đ` as `d`, so that `fold(text) LIKE '%phoi hop%'` finds `phối hợp`",
        "replace(strip_accents(lower(words)), 'đ', 'd')",
    ),
}
