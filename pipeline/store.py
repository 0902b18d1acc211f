"""Results on disk: one JSON file a document, written whole or not at all.

A file is first written beside its place under a temporary name and then renamed over it, so that nobody ever sees half
of it; a crash leaves at most a `.part` file, which the next run clears away.
"""

from __future__ import annotations

import contextlib
import errno
import os
from pathlib import Path, PurePosixPath

import orjson
from pydantic import ValidationError

from pipeline.errors import KehoachError
from schemas import PlanDocument

DOCUMENTS = "documents"
REVIEWED = "reviewed"
RUN_REPORT = "run.json"
PART = ".part"


class StoreError(KehoachError):
    """A result cannot be written or read."""


def encode(document: PlanDocument) -> bytes:
    """UTF-8 JSON in the order of the contract, ending in a newline; the same document gives the same bytes."""
    return orjson.dumps(document.model_dump(mode="json"), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def document_file(out: Path, name: str) -> Path:
    """Where the document of the input *name* (relative, `/` separators) goes below the results directory *out*."""
    return out / DOCUMENTS / PurePosixPath(name)


def write_whole(target: Path, content: bytes) -> None:
    """Write *content* to *target* so that it is either all there or not there; make its directories.

    Raises `StoreError` when the disk refuses.
    """
    part = target.with_name(f".{target.name}.{os.getpid()}{PART}")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with part.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
    except OSError as error:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
        raise StoreError(f"Cannot write {target}: {error.strerror or error}. {what_to_do(error)}") from error


def remove(target: Path) -> None:
    """Take the file *target* away, if it is there; raises `StoreError` when the disk refuses."""
    try:
        target.unlink(missing_ok=True)
    except OSError as error:
        if error.errno not in (errno.ENOTDIR, errno.ENAMETOOLONG):  # then it cannot be there
            raise StoreError(f"Cannot remove {target}: {error.strerror or error}. {what_to_do(error)}") from error


def clear_parts(out: Path) -> None:
    """Remove what writers that were killed have left in *out* and below its documents."""
    for file in out.glob(f".*{PART}"):
        if file.is_file():  # a half-built dataset is a directory, and the next build's business
            remove(file)
    for directory, _, names in os.walk(out / DOCUMENTS):
        for name in names:
            if name.startswith(".") and name.endswith(PART):
                remove(Path(directory) / name)


def what_to_do(error: OSError) -> str:
    """The advice for a disk that refuses to be written.

    >>> what_to_do(OSError(errno.ENOSPC, "No space left on device"))
    'Free space, then run again.'
    """
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "Free space, then run again."
    return "Choose another --out directory, or ask for the right to write there."


def read_document(file: Path) -> PlanDocument:
    """The document in *file*, checked against the contract; raises `StoreError` with what to do when it is none."""
    try:
        return PlanDocument.model_validate_json(file.read_bytes())
    except OSError as error:
        raise StoreError(f"Cannot read {file}: {error.strerror or error}.") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "the whole file"
        raise StoreError(
            f"{file} is not a document of kehoach ({where}: {first['msg']}). Give a file from documents/ of a results"
            " directory."
        ) from error
