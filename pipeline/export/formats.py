"""The formats of `kehoach export`: one line for each, which names the module that writes it.

A module is imported only when its format is asked for: spaCy alone takes longer to import than a small export.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib import import_module
from pathlib import Path
from typing import NamedTuple, TypeAlias, cast

from pipeline.errors import UsageError
from pipeline.export.account import Account
from pipeline.export.options import Options
from pipeline.export.tables import Tables
from pipeline.results import Result

WriteDocuments: TypeAlias = Callable[[Iterable[Result], Path, Options, Account], None]
WriteTables: TypeAlias = Callable[[Tables, Path, Options, Account], None]


class Format(NamedTuple):
    """A format: the module below `pipeline.export` with its `write`, what it is, and which options it heeds.

    `alone` is the name of its file where it writes but one, which `--out` may then name itself.
    """

    module: str
    about: str
    heeds: tuple[str, ...] = ()
    of_tables: bool = False
    alone: str | None = None

    def write_documents(self) -> WriteDocuments:
        """The function that writes documents in this format into a directory."""
        return cast(WriteDocuments, import_module(f"pipeline.export.{self.module}").write)

    def write_tables(self) -> WriteTables:
        """The function that writes the dataset's tables in this format into a directory."""
        return cast(WriteTables, import_module(f"pipeline.export.{self.module}").write)


def find_format(name: str) -> Format:
    """The format called *name*; raises `UsageError` with the list of all."""
    if name not in FORMATS:
        listed = "; ".join(f"{each} ({found.about})" for each, found in FORMATS.items())
        raise UsageError(f"There is no format {name}. Choose among: {listed}.")
    return FORMATS[name]


FORMATS: dict[str, Format] = {
    "ics": Format("calendar_feeds", "iCalendar feeds, one for each lead agency", heeds=("agency",)),
    "akn": Format("akoma_ntoso", "Akoma Ntoso 3.0 XML, one file for each document"),
    "label-studio": Format("label_studio", "tasks for Label Studio, already annotated"),
    "docbin": Format("doc_bin", "spaCy DocBin with span groups"),
    "annotations": Format("web_annotations", "W3C Web Annotations, JSON-LD"),
    "jsonl": Format("json_lines", "JSON lines, one file for each table", heeds=("tables",), of_tables=True),
    "csv": Format("csv_files", "CSV, one file for each table", heeds=("tables", "bom"), of_tables=True),
    "xlsx": Format("workbook", "an Excel workbook", heeds=("tables",), of_tables=True, alone="kehoach.xlsx"),
    "parquet": Format("parquet_files", "Parquet, one file for each table", heeds=("tables",), of_tables=True),
    "package": Format(
        "package",
        "CSV with Frictionless datapackage.json and RO-Crate metadata",
        heeds=("tables", "bom", "title", "license", "creator", "published"),
        of_tables=True,
    ),
}
