"""A package to publish: CSV files with their schema (Frictionless), their description (RO-Crate) and checksums.

    datapackage.json  ro-crate-metadata.json  SHA256SUMS  documents.csv  tasks.csv  …

`datePublished` is the `--published` that was given, else the date of the newest document, never the day of the export:
the same documents give the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import orjson

from pipeline.export.account import Account
from pipeline.export.columns import Column, about, columns_of, keys_of, references_of
from pipeline.export.crate import crate_metadata
from pipeline.export.csv_files import write_csv
from pipeline.export.digests import digest
from pipeline.export.options import Options
from pipeline.export.tables import Row, Tables, chosen_tables

TITLE = "Vietnamese plans, read by kehoach"
CHECKSUMS = "SHA256SUMS"
DATA_PACKAGE = "datapackage.json"
RO_CRATE = "ro-crate-metadata.json"


def write(tables: Tables, directory: Path, options: Options, account: Account) -> None:
    """Write the chosen tables as CSV, then what describes them."""
    chosen = chosen_tables(options.tables)
    newest: list[date] = []
    for name in chosen:
        rows = _dated(tables[name], newest) if name == "documents" else tables[name]
        account.wrote(f"rows of {name}", write_csv(directory / f"{name}.csv", name, rows, bom=options.bom))
    if "documents" not in chosen:
        for _ in _dated(tables["documents"], newest):
            pass
    published = options.published or max(newest, default=date(1970, 1, 1))
    _write_json(directory / DATA_PACKAGE, data_package(chosen, directory, options))
    _write_json(directory / RO_CRATE, crate_metadata(_described(chosen, directory), options, published=published))
    _write_checksums(directory)


def data_package(tables: tuple[str, ...], directory: Path, options: Options) -> dict[str, Any]:
    """The descriptor of Frictionless Data: a resource for each table, with types, keys and where they lead."""
    content: dict[str, Any] = {
        "profile": "tabular-data-package",
        "name": "kehoach",
        "title": options.title or TITLE,
        "resources": [_resource(name, tables, directory, options) for name in tables],
    }
    if options.license:
        kind = "path" if options.license.startswith(("http://", "https://")) else "name"
        content["licenses"] = [{kind: options.license}]
    if options.creator:
        content["contributors"] = [{"title": options.creator, "role": "author"}]
    return content


def _resource(name: str, tables: tuple[str, ...], directory: Path, options: Options) -> dict[str, Any]:
    file = directory / f"{name}.csv"
    return {
        "profile": "tabular-data-resource",
        "name": name,
        "path": file.name,
        "description": about(name),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8-sig" if options.bom else "utf-8",
        "bytes": file.stat().st_size,
        "hash": f"sha256:{digest(file)}",
        "schema": {
            "fields": [_field(column, name) for column in columns_of(name)],
            "primaryKey": list(keys_of(name)),
            "foreignKeys": [
                {"fields": list(found.columns), "reference": {"resource": found.table, "fields": list(found.keys)}}
                for found in references_of(name)
                if found.table in tables
            ],
            "missingValues": [""],
        },
    }


def _field(column: Column, table: str) -> dict[str, Any]:
    field: dict[str, Any] = {
        "name": column.name,
        "type": "string" if column.kind in {"list", "grid"} else column.kind,
        "description": column.about + NOTES.get(column.kind, ""),
    }
    if column.name in keys_of(table):
        field["constraints"] = {"required": True}
    return field


def _dated(rows: Iterable[Row], dates: list[date]) -> Iterator[Row]:
    """The rows of documents, noting the newest date of issue."""
    place = [column.name for column in columns_of("documents")].index("issued_on")
    for row in rows:
        if row[place] and row[place] > max(dates, default=date.min):
            dates[:] = [row[place]]
        yield row


def _described(tables: Iterable[str], directory: Path) -> Iterator[tuple[Path, str, str]]:
    """Each file of the package with its media type and what it is."""
    for name in tables:
        yield directory / f"{name}.csv", "text/csv", about(name)
    yield directory / DATA_PACKAGE, "application/json", "Schema of the tables (Frictionless Data Package)"


def _write_json(file: Path, content: dict[str, Any]) -> None:
    file.write_bytes(orjson.dumps(content, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))


def _write_checksums(directory: Path) -> None:
    """Write what `sha256sum --check SHA256SUMS` reads."""
    lines = [f"{digest(file)}  {file.name}\n" for file in sorted(directory.iterdir())]
    (directory / CHECKSUMS).write_text("".join(lines), encoding="utf-8")


NOTES = {"list": " (a list, joined with `; `)", "grid": " (JSON: a list of rows)"}
