"""The documents that an export takes: those of `documents/`, and the reviewed ones of `reviewed/` where there are any.

    read_documents(Path("output"))  →  Exported(name="a/kh-1242.json", document=…, reviewed=True), …

Two inputs with the same bytes give two files with one id; they are one document, exported once under its first name.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import UsageError
from pipeline.store import DOCUMENTS, read_document
from schemas import PlanDocument

REVIEWED = "reviewed"


@dataclass(frozen=True, slots=True)
class Exported:
    """One document: its file's *name* relative to `documents/`, and whether a person has reviewed it."""

    name: str
    document: PlanDocument
    reviewed: bool = False

    @property
    def stem(self) -> str:
        """The name without `.json`, for the files of an export that has one for each document."""
        return self.name.removesuffix(".json")


def read_documents(output: Path) -> Iterator[Exported]:
    """Every document of the results directory *output*, in the order of their names.

    Raises `UsageError` when there is none, `StoreError` when one cannot be read.
    """
    found = _files(output)
    seen: set[str] = set()
    for name, (file, reviewed) in sorted(found.items()):
        document = read_document(file)
        if document.id not in seen:
            seen.add(document.id)
            yield Exported(name, document, reviewed)


def _files(output: Path) -> dict[str, tuple[Path, bool]]:
    """Each document's file by its name; the reviewed one wins."""
    if not output.is_dir():
        raise UsageError(f"There is no directory {output}. Give the results directory of a run.")
    found = {
        file.relative_to(root).as_posix(): (file, root.name == REVIEWED)
        for root in (output / DOCUMENTS, output / REVIEWED)
        for file in root.rglob("*.json")
        if file.is_file()
    }
    if not found:
        raise UsageError(f"There are no documents below {output}. Make some with: kehoach run TEXTS --out {output}")
    return found
