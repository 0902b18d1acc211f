"""The inputs of a run: which files of a directory are read, under which names, and where their results go.

    find_inputs(Path("inbox")).files[0].name, read_whole(file)

Two inputs that differ only in their suffix (`a.txt`, `a.md`) would meet in one result; the second keeps its suffix
(`a.md.json`). A file that changes while it is read would give a text that never was: its stamp before and after tells,
and it is read again.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import NamedTuple, Protocol

from pipeline.errors import UnreadableInputError, UsageError
from pipeline.read.formats import SUFFIXES

KNOWN_SUFFIXES = f"it reads {', '.join(SUFFIXES)}"


class FileElsewhere(Protocol):
    """A file that is not on this machine, and how to do with it what the functions here do with a `Path`."""

    def read_whole(self, *, limit: int | None = None) -> Content: ...

    def sha256(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Input:
    """One file to read, here or behind a URL.

    `name` is relative to the input directory, `result` to the documents of the results.

    `stamp` tells without reading whether it may have changed; empty when nobody has looked.
    """

    file: Path | FileElsewhere
    name: str
    result: str
    size: int
    stamp: str = ""


class Content(NamedTuple):
    """The bytes of a file, its size and stamp when they were read."""

    data: bytes
    size: int
    stamp: str


@dataclass(frozen=True, slots=True)
class Inputs:
    """What the directory *root* holds: the files to read in a fixed order, and how many others of which suffix or
    kind."""

    files: tuple[Input, ...]
    ignored: dict[str, int]
    root: str = ""


def find_inputs(root: Path) -> Inputs:
    """Every file of a known format below *root*, sorted by name; links are not followed, names with a dot first hidden.

    Raises `UsageError` when *root* is missing or no directory.
    """
    if not root.exists():
        raise UsageError(f"There is no directory {root}. Give the directory that holds the texts.")
    if not root.is_dir():
        raise UsageError(f"{root} is a file. Give its directory, or read it alone with: kehoach extract {root}")
    files: list[Input] = []
    ignored: Counter[str] = Counter()
    for file, kind in _walk(root):
        if kind in SUFFIXES:
            state = file.stat()
            files.append(Input(file, file.relative_to(root).as_posix(), "", state.st_size, stamp_of(state)))
        else:
            ignored[kind] += 1
    return Inputs(with_results(files), dict(sorted(ignored.items())), str(root.resolve()))


def with_results(files: Iterable[Input]) -> tuple[Input, ...]:
    """The inputs in the order of their names, each with the name of its result."""
    named: list[Input] = []
    taken: set[str] = set()
    order = {suffix: place for place, suffix in enumerate(SUFFIXES)}
    for item in sorted(files, key=lambda item: (order[PurePosixPath(item.name).suffix.lower()], item.name)):
        result = str(PurePosixPath(item.name).with_suffix(".json"))
        if result in taken:
            result = item.name + ".json"
        taken.add(result)
        named.append(replace(item, result=result))
    return tuple(sorted(named, key=lambda item: item.name))


def stamp_of(state: os.stat_result) -> str:
    """Size, times and number of a file in one word: as long as it is the same, so is the file.

    The time of change of the entry is in it, since a program may set the other one back.
    """
    return f"{state.st_size}-{state.st_mtime_ns}-{state.st_ctime_ns}-{state.st_ino}"


def file_stamp(file: Path) -> str:
    """The stamp of *file* now, empty when there is none."""
    try:
        return stamp_of(file.stat())
    except OSError:
        return ""


def read_whole(file: Path | FileElsewhere, *, limit: int | None = None) -> Content:
    """The bytes of *file* as they were at one moment; of one that is larger than *limit* bytes, none.

    The stamp is empty when the file is so new that another change might leave it the same. Raises
    `UnreadableInputError` with `changing` when it changed each time it was read, `OSError` when it cannot be.
    """
    if not isinstance(file, Path):
        return file.read_whole(limit=limit)
    for _ in range(ATTEMPTS):
        before = file.stat()
        too_long = limit is not None and before.st_size > limit
        data = b"" if too_long else file.read_bytes()
        if stamp_of(before) == file_stamp(file) and (too_long or len(data) == before.st_size):
            settled = time.time_ns() - before.st_ctime_ns > TICK_NS
            return Content(data, before.st_size, stamp_of(before) if settled else "")
    raise UnreadableInputError("changing", CHANGING)


def sha256_of(file: Path | FileElsewhere) -> str:
    """The hash of what stands in *file*, empty when it cannot be read or changes meanwhile."""
    if not isinstance(file, Path):
        return file.sha256()
    try:
        before = stamp_of(file.stat())
        with file.open("rb") as opened:
            found = hashlib.file_digest(opened, "sha256").hexdigest()
    except OSError:
        return ""
    return found if file_stamp(file) == before else ""


def _walk(root: Path) -> Iterator[tuple[Path, str]]:
    """What stands below *root*: each file with its suffix, or with what keeps it from being read."""
    unreadable: list[OSError] = []
    for directory, names, files in os.walk(root, onerror=unreadable.append):
        names[:] = sorted(name for name in names if not name.startswith("."))
        for name in names + files:
            file = Path(directory) / name
            if file.is_symlink():
                yield file, "link"
            elif name in files and not name.startswith("."):
                yield file, (file.suffix.lower() or "no suffix") if file.is_file() else "special file"
    for error in unreadable:
        yield Path(error.filename), "unreadable directory"


ATTEMPTS = 3
CHANGING = "is being written: it changed each time it was read; run again when it is whole"
TICK_NS = 100_000_000  # coarser than any clock of a file system on which runs are made
