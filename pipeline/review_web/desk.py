"""Documents on the desk: the machine's reading, its log, and what the two make, read again only when a file changed.

    opened = Desk(Path("output")).open("plans/kh-1242.json")
    opened.review.document, opened.version, opened.reading

`reading` names the machine's reading by its size and time: a page that was made from another one must be loaded again
before it may decide, since its places may mean other words now.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import TypeVar

from pipeline.errors import KehoachError
from pipeline.review.decisions import Decision, check_name
from pipeline.review.log import DecisionLog
from pipeline.review.replay import ReviewedDocument, reviewed
from pipeline.store import DOCUMENTS, document_file, read_document
from schemas import PlanDocument

KEPT = 8  # documents
Value = TypeVar("Value")


class NoSuchDocumentError(KehoachError):
    """No document of this name is in the results directory."""


@dataclass(frozen=True, slots=True)
class Opened:
    """One document as it stands now."""

    name: str
    reading: str
    machine: PlanDocument
    decisions: tuple[Decision, ...]
    version: int
    damaged: tuple[str, ...]
    review: ReviewedDocument

    def with_decisions(self, added: list[Decision]) -> Opened:
        """The document as it will stand once *added* are in the log."""
        decisions = (*self.decisions, *added)
        review = reviewed(self.machine, decisions)
        version = self.version + len(added)
        return Opened(self.name, self.reading, self.machine, decisions, version, self.damaged, review)


class Desk:
    """The documents of the results directory *out*; safe to use from several threads."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self._machine: OrderedDict[str, tuple[str, PlanDocument]] = OrderedDict()
        self._opened: OrderedDict[str, Opened] = OrderedDict()
        self._turn = Lock()

    def open(self, name: str) -> Opened:
        """The document *name*; raises `NoSuchDocumentError`, or `StoreError` when a file cannot be read."""
        reading, machine = self._read(name)
        log = self.log(name).read()
        with self._turn:
            known = self._opened.get(name)
        if known and (known.reading, known.version, len(known.decisions)) == (reading, log.version, len(log.decisions)):
            return known
        review = reviewed(machine, log.decisions)
        opened = Opened(name, reading, machine, log.decisions, log.version, log.damaged, review)
        self.keep(opened)
        return opened

    def keep(self, opened: Opened) -> None:
        """Remember *opened*, so that the next request need not make it again."""
        with self._turn:
            _keep(self._opened, opened.name, opened)

    def log(self, name: str) -> DecisionLog:
        """The log of the document *name*."""
        return DecisionLog(self.out, name)

    def file(self, name: str) -> Path:
        """Where the document *name* is; raises `NoSuchDocumentError` for a name that leads out of the directory."""
        try:
            file = document_file(self.out, check_name(name))
        except ValueError as error:
            raise NoSuchDocumentError("There is no such document.") from error
        inside = file.resolve().is_relative_to((self.out / DOCUMENTS).resolve())
        if not inside or not file.is_file():
            raise NoSuchDocumentError("There is no such document.")
        return file

    def _read(self, name: str) -> tuple[str, PlanDocument]:
        file = self.file(name)
        about = file.stat()
        reading = f"{about.st_mtime_ns:x}-{about.st_size:x}"
        with self._turn:
            known = self._machine.get(name)
        if known and known[0] == reading:
            return known
        found = reading, read_document(file)
        with self._turn:
            _keep(self._machine, name, found)
        return found


def _keep(kept: OrderedDict[str, Value], name: str, value: Value) -> None:
    kept[name] = value
    kept.move_to_end(name)
    while len(kept) > KEPT:
        kept.popitem(last=False)
