"""The documents of a results directory: what a person has corrected (`reviewed/`) goes before what the machine read.

    for result in read_results(Path("output")): result.name, result.reviewed, result.document

Documents come one at a time in the order of their names, so that a hundred thousand of them need no more memory than
one. Two inputs with the same bytes give two files with one id; they are one document, under its first name.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from pipeline.errors import UsageError
from pipeline.store import DOCUMENTS, REVIEWED, read_document
from schemas import PlanDocument


class Result(NamedTuple):
    """One document; `name` is its file below `documents/` or `reviewed/`."""

    name: str
    document: PlanDocument
    reviewed: bool = False

    @property
    def stem(self) -> str:
        """The name without `.json`, for the files of an export that has one for each document."""
        return self.name.removesuffix(".json")


def read_results(out: Path) -> Iterator[Result]:
    """Every document of the results directory *out*.

    Raises `UsageError` when there are none, `StoreError` when a file is no document.
    """
    if not out.is_dir():
        raise UsageError(f"There is no directory {out}. Give the results directory of a run.")
    files = {**_files(out / DOCUMENTS), **_files(out / REVIEWED)}
    if not files:
        raise UsageError(f"There are no documents below {out}. Make them with: kehoach run DIRECTORY --out {out}")
    seen: set[str] = set()
    for name in sorted(files):
        document = read_document(files[name])
        if document.id not in seen:
            seen.add(document.id)
            yield Result(name, document, files[name].is_relative_to(out / REVIEWED))


def _files(directory: Path) -> dict[str, Path]:
    return {file.relative_to(directory).as_posix(): file for file in directory.rglob("*.json") if file.is_file()}
