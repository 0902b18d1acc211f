"""Write the corrected documents: `review/` and `documents/` give `reviewed/`, the same bytes for the same two.

    for each in write_reviewed(Path("output")): each.name, each.applied, each.unfit

A document whose decisions are all undone is no longer reviewed, and its file goes. One without a machine's reading
(its input is gone) keeps the file that it has, and is told.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import KehoachError
from pipeline.review.decisions import live
from pipeline.review.log import REVIEW, DecisionLog, logged_documents
from pipeline.review.replay import Unfit, reviewed
from pipeline.store import REVIEWED, StoreError, document_file, encode, read_document, write_whole


@dataclass(frozen=True, slots=True)
class Applied:
    """What came of one document's log: how many decisions were applied, those that do not fit, damaged lines of the
    log, and why the document could not be corrected at all."""

    name: str
    applied: int = 0
    unfit: tuple[Unfit, ...] = ()
    damaged: tuple[str, ...] = ()
    problem: str | None = None


def has_decisions(out: Path) -> bool:
    """Whether anything below *out* has been reviewed."""
    return (out / REVIEW).is_dir()


def write_reviewed(out: Path) -> list[Applied]:
    """Write `reviewed/<name>` for every document with decisions, in the order of the names.

    One document that cannot be read does not stop the others; raises `StoreError` when the disk refuses.
    """
    return [_write_one(out, name) for name in logged_documents(out)]


def _write_one(out: Path, name: str) -> Applied:
    try:
        reading = DecisionLog(out, name).read()
        if not document_file(out, name).is_file():
            return Applied(name, damaged=reading.damaged, problem="the machine's reading is gone; read its input again")
        machine = read_document(document_file(out, name))
    except KehoachError as error:
        return Applied(name, problem=str(error))
    result = reviewed(machine, reading.decisions)
    target = out / REVIEWED / name
    if live(reading.decisions):
        _write_changed(target, encode(result.document))
    else:
        _remove(target)
    return Applied(name, len(result.applied), result.unfit, reading.damaged)


def _write_changed(target: Path, content: bytes) -> None:
    """Leave a file alone that is the same, so that nothing built from it is built again."""
    if not target.is_file() or target.read_bytes() != content:
        write_whole(target, content)


def _remove(target: Path) -> None:
    try:
        target.unlink(missing_ok=True)
    except OSError as error:
        raise StoreError(f"Cannot remove {target}: {error.strerror}. Its decisions are undone; remove it.") from error
