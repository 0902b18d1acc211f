"""The documents of a results directory: what a person has corrected (`reviewed/`) goes before what the machine read.

    for result in read_results(Path("output")): result.name, result.reviewed, result.document

Documents come one at a time in the order of their names, so that a hundred thousand of them need no more memory than
one.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from pipeline.errors import UsageError
from pipeline.store import DOCUMENTS, read_document
from schemas import PlanDocument

REVIEWED = "reviewed"


class Result(NamedTuple):
    """One document; `name` is its file below `documents/` or `reviewed/`."""

    name: str
    document: PlanDocument
    reviewed: bool


def read_results(out: Path) -> Iterator[Result]:
    """Every document of the results directory *out*.

    Raises `UsageError` when there are none, `StoreError` when a file is no document.
    """
    files = {**_files(out / DOCUMENTS), **_files(out / REVIEWED)}
    if not files:
        raise UsageError(f"There are no documents below {out}. Make them with: kehoach run DIRECTORY --out {out}")
    for name in sorted(files):
        yield Result(name, read_document(files[name]), files[name].is_relative_to(out / REVIEWED))


def _files(directory: Path) -> dict[str, Path]:
    return {file.relative_to(directory).as_posix(): file for file in directory.rglob("*.json") if file.is_file()}
