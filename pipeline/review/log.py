"""The log of one document's decisions: `review/<document>l`, one JSON line each, only ever appended to.

    log = DecisionLog(Path("output"), "plans/kh-1242.json")      # output/review/plans/kh-1242.jsonl
    log.append(decision, expected_version=12)  →  13, once the line is on the disk

What `append` has returned for survives `kill -9` and a power cut: the line goes out in one write and is flushed to the
disk first. A line that was cut off was never acknowledged; the next append moves it to `….torn` beside the log rather
than delete it. The lock is on the log itself, which is never renamed, so that there is no second file to lose.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from uuid import UUID

from pipeline.errors import KehoachError
from pipeline.review.decisions import METADATA, Decision, DecisionError, check_name, encode_decision, parse_decision
from pipeline.store import StoreError

REVIEW = "review"


class ConflictError(KehoachError):
    """Somebody else has decided since; `meanwhile` is what, `version` the newest."""

    def __init__(self, message: str, *, version: int, meanwhile: tuple[Decision, ...]) -> None:
        super().__init__(message)
        self.version = version
        self.meanwhile = meanwhile


@dataclass(frozen=True, slots=True)
class Reading:
    """A log as it was read: `version` is the number of its whole lines, `damaged` names those that are no decisions,
    `torn` is a last line that was cut off."""

    decisions: tuple[Decision, ...]
    version: int
    damaged: tuple[str, ...] = ()
    torn: bytes = b""


class DecisionLog:
    """The decisions about the *document* (its name below `documents/`) of the results directory *out*."""

    def __init__(self, out: Path, document: str) -> None:
        """Raises `DecisionError` when *document* is no such name, or leads out of the directory by a link."""
        try:
            self.document = check_name(document)
        except ValueError as error:
            raise DecisionError(f"{error}.") from error
        self.out = out
        self.file = out / REVIEW / PurePosixPath(document + "l")
        if not self.file.resolve().is_relative_to((out / REVIEW).resolve()):
            raise DecisionError(f"{self.file} leads out of {out / REVIEW}. Remove the link.")

    def read(self) -> Reading:
        """All decisions so far; a log that is not there has none."""
        try:
            with self.file.open("rb") as file, _locked(file.fileno(), fcntl.LOCK_SH):
                return read_lines(file.read(), self.file)
        except FileNotFoundError:
            return Reading((), 0)
        except OSError as error:
            raise StoreError(f"Cannot read {self.file}: {error.strerror or error}.") from error

    def append(self, decision: Decision, *, expected_version: int) -> int:
        """Write *decision* to the disk and return the new version; one that is there already is not written again.

        Raises `ConflictError` when the log has grown beyond *expected_version*, `StoreError` when the disk refuses:
        then the decision is not there.
        """
        return self.append_all([decision], expected_version=expected_version)

    def append_all(self, decisions: Sequence[Decision], *, expected_version: int) -> int:
        """Write *decisions* that one act made, in one write, and return the new version; as `append` otherwise.

        A crash before it returns may leave the first of them.
        """
        for decision in decisions:
            if decision.document != self.document:
                raise DecisionError(f"The decision is about {decision.document}, this log about {self.document}.")
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            opened = os.open(self.file, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o644)
            try:
                with _locked(opened, fcntl.LOCK_EX):
                    return self._append(opened, decisions, expected_version)
            finally:
                os.close(opened)
        except OSError as error:
            reason = error.strerror or error
            raise StoreError(f"Cannot write {self.file}: {reason}. The decision is not saved; free space.") from error

    def _append(self, opened: int, decisions: Sequence[Decision], expected: int) -> int:
        content = _content(opened)
        reading = read_lines(content, self.file)
        known = {each.id for each in reading.decisions}
        decisions = [each for each in decisions if each.id not in known]
        if not decisions:
            os.fsync(opened)  # it may have been written by a process that died before it could flush
            return reading.version
        if reading.version != expected:
            raise ConflictError(
                _in_words(reading, expected), version=reading.version, meanwhile=_meanwhile(reading, expected)
            )
        size = len(content) - len(reading.torn)
        if reading.torn:
            self._keep_aside(reading.torn)
            os.ftruncate(opened, size)
        _write_or_not_at_all(opened, b"".join(map(encode_decision, decisions)), size)
        if size == 0:  # new, or made by a process that died before it came so far
            for directory in (self.file.parent, *self.file.parent.parents):
                _flush_directory(directory)
                if directory == self.out:
                    break
        return reading.version + len(decisions)

    def _keep_aside(self, torn: bytes) -> None:
        with self.file.with_name(self.file.name + ".torn").open("ab") as file:
            file.write(torn + b"\n")
            file.flush()
            os.fsync(file.fileno())
        _flush_directory(self.file.parent)


def logged_documents(out: Path) -> list[str]:
    """The names of the documents with a log below *out*, in order."""
    root = out / REVIEW
    return sorted(file.relative_to(root).as_posix()[:-1] for file in root.rglob("*.jsonl") if file.is_file())


def read_lines(content: bytes, file: Path) -> Reading:
    """What the bytes of the log *file* say; each decision counts once."""
    *lines, torn = content.split(b"\n")
    decisions: dict[UUID, Decision] = {}
    damaged = []
    for number, line in enumerate(lines, 1):
        try:
            decision = parse_decision(line)
            decisions.setdefault(decision.id, decision)
        except DecisionError as error:
            damaged.append(f"{file}, line {number}: {error}")
    return Reading(tuple(decisions.values()), len(lines), tuple(damaged), torn)


@contextmanager
def _locked(opened: int, mode: int) -> Iterator[None]:
    fcntl.flock(opened, mode)
    try:
        yield
    finally:
        fcntl.flock(opened, fcntl.LOCK_UN)


def _content(opened: int) -> bytes:
    os.lseek(opened, 0, os.SEEK_SET)
    parts = iter(lambda: os.read(opened, 1 << 20), b"")
    return b"".join(parts)


def _write_or_not_at_all(opened: int, line: bytes, size: int) -> None:
    """One write; when the disk takes only part of it, that part is taken back."""
    try:
        if os.write(opened, line) != len(line):
            raise OSError(28, "No space left on device")
        os.fsync(opened)
    except OSError:
        os.ftruncate(opened, size)
        raise


def _flush_directory(directory: Path) -> None:
    opened = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _meanwhile(reading: Reading, expected: int) -> tuple[Decision, ...]:
    """The decisions behind version *expected*; damaged lines are rare, so counting from the end is near enough."""
    return reading.decisions[expected - reading.version :] if expected < reading.version else ()


def _in_words(reading: Reading, expected: int) -> str:
    """What happened since, for the person whose decision has to wait."""
    if expected > reading.version:
        return "The log of this document is shorter than the page says. Load the page again."
    told = [in_words(each) for each in _meanwhile(reading, expected)]
    more = f" and {len(told) - TOLD} more" if len(told) > TOLD else ""
    return f"Meanwhile {', '.join(told[:TOLD])}{more}. Load the page again, then decide."


def in_words(decision: Decision) -> str:
    """Who did what, such as `An: edit task-3 (leads)`."""
    fields = ", ".join(change.field for change in decision.changes)
    whole = METADATA if decision.action in ("accept", "edit") else ""
    about = [decision.record.id if decision.record else whole, f"({fields})" if fields else ""]
    return " ".join(filter(None, (f"{decision.by}: {decision.action}", *about)))


def by_person(decisions: Sequence[Decision]) -> dict[str, list[Decision]]:
    """The decisions of each person, in order."""
    found: dict[str, list[Decision]] = {}
    for decision in decisions:
        found.setdefault(decision.by, []).append(decision)
    return found


TOLD = 5
