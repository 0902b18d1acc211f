"""Where a run writes: a directory here, or a URL; both keep the same promises in their own ways.

    output = output_at("s3://plans/output")
    output.write("a/kh-1.json", content)  →  the stamp of what now stands there

The ledger and the lock of this machine lie in `state`, which for a directory is itself: SQLite and flock need a real
file system. What counts in both is the documents.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, Protocol

from pipeline.file_names import check_directory, printable, too_long
from pipeline.remote.urls import is_url, local_path
from pipeline.runs.inputs import Inputs, file_stamp, find_inputs, sha256_of
from pipeline.runs.lock import run_lock, worker_lock
from pipeline.store import (
    DOCUMENTS,
    RUN_REPORT,
    StoreError,
    clear_parts,
    document_file,
    remove,
    write_whole,
)


class Kept(NamedTuple):
    """A document that stands in an output: below `documents/`, its stamp, and when it was written (nanoseconds)."""

    name: str
    stamp: str
    written: int


class Output(Protocol):
    """What a run needs of the place that it writes to. Each name is below `documents/`, with `/` separators.

    All raise `StoreError` when the place refuses.
    """

    @property
    def state(self) -> Path:
        """The directory of the ledger and of this machine's lock."""

    def check(self) -> None:
        """Make the place; raises when nothing can be written there."""

    def run_lock(self) -> AbstractContextManager[None]:
        """Hold the place alone; raises `BusyError` when another run does."""

    def worker_lock(self) -> AbstractContextManager[None]:
        """Hold the place together with the other workers of the same run."""

    def assure(self) -> None:
        """Raises `BusyError` when the lock has been lost to another run."""

    def fetch_ledger(self) -> None:
        """Bring the ledger that another machine may have left to `state`."""

    def keep_ledger(self, copy: Callable[[Path], None]) -> None:
        """Leave the ledger for other machines; *copy* writes it to a file."""

    def clear(self) -> None:
        """Remove what killed writers have left half-written."""

    def fits(self, name: str) -> bool:
        """Whether the place has room for a document's name."""

    def write(self, name: str, content: bytes) -> str:
        """Write a document whole or not at all, and return its stamp."""

    def read(self, name: str) -> bytes:
        """A document; raises `StoreError` when it cannot be read."""

    def remove(self, name: str) -> None:
        """Take a document away, if it is there."""

    def sha256(self, name: str) -> str:
        """The hash of a document, empty when it cannot be read."""

    def stamps(self) -> Callable[[str], str]:
        """What tells the stamp of a document as it is now, empty when there is none."""

    def documents(self) -> Iterator[Kept]:
        """All documents that stand there."""

    def way_to(self, root: str) -> str:
        """How a program that looks at the results here finds the inputs again, empty when it cannot."""

    def write_report(self, content: bytes) -> None:
        """Write `run.json`."""

    def report(self) -> tuple[bytes, int] | None:
        """`run.json` and when it was written (nanoseconds), None when there is none."""


@dataclass(frozen=True, slots=True)
class DirectoryOutput:
    """A results directory of this machine, or of a file system that several share."""

    path: Path

    def __str__(self) -> str:
        return str(self.path)

    @property
    def state(self) -> Path:
        return self.path

    def check(self) -> None:
        check_directory(self.path)
        probe = self.path / ".kehoach.part"
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            probe.write_bytes(b"")
            probe.unlink(missing_ok=True)  # a run that begins at the same moment may have removed it
        except OSError as error:
            raise StoreError(
                f"Cannot write to {self.path}: {error.strerror}. Choose another --out directory."
            ) from error

    def run_lock(self) -> AbstractContextManager[None]:
        return run_lock(self.path)

    def worker_lock(self) -> AbstractContextManager[None]:
        return worker_lock(self.path)

    def assure(self) -> None:
        """The lock falls with the process only."""

    def fetch_ledger(self) -> None:
        """It is where it is used."""

    def keep_ledger(self, copy: Callable[[Path], None]) -> None:
        """It is where it is used."""

    def clear(self) -> None:
        clear_parts(self.path)

    def fits(self, name: str) -> bool:
        return not too_long(document_file(self.path, name))

    def write(self, name: str, content: bytes) -> str:
        target = document_file(self.path, name)
        write_whole(target, content)
        return file_stamp(target)

    def read(self, name: str) -> bytes:
        file = document_file(self.path, name)
        try:
            return file.read_bytes()
        except OSError as error:
            raise StoreError(f"Cannot read {file}: {error.strerror or error}.") from error

    def remove(self, name: str) -> None:
        remove(document_file(self.path, name))

    def sha256(self, name: str) -> str:
        return sha256_of(document_file(self.path, name))

    def stamps(self) -> Callable[[str], str]:
        return lambda name: file_stamp(document_file(self.path, name))

    def documents(self) -> Iterator[Kept]:
        root = self.path / DOCUMENTS
        for file in sorted(root.rglob("*.json")):
            with contextlib.suppress(OSError):
                yield Kept(file.relative_to(root).as_posix(), file_stamp(file), file.stat().st_mtime_ns)

    def way_to(self, root: str) -> str:
        return printable(os.path.relpath(root, self.path)) if root and not is_url(root) else ""

    def write_report(self, content: bytes) -> None:
        write_whole(self.path / RUN_REPORT, content)

    def report(self) -> tuple[bytes, int] | None:
        file = self.path / RUN_REPORT
        try:
            return file.read_bytes(), file.stat().st_mtime_ns
        except OSError:
            return None


def output_at(said: str | Path | Output) -> Output:
    """The output that *said* names: a path, a URL, or an output itself.

    Raises `UsageError` for a URL that no results can be written to.
    """
    if isinstance(said, Path):
        return DirectoryOutput(said)
    if not isinstance(said, str):
        return said
    if is_url(said):
        from pipeline.remote.output import ObjectOutput

        return ObjectOutput.at(said)
    return DirectoryOutput(local_path(said))


def inputs_at(said: str | Path) -> Inputs:
    """The inputs below the directory or URL that *said* names.

    Raises `UsageError` when there is no such place, `StoreError` when a URL cannot be listed.
    """
    if isinstance(said, str) and is_url(said):
        from pipeline.remote.inputs import find_objects

        return find_objects(said)
    return find_inputs(local_path(str(said)))
