"""The inputs of a run: which files of a directory are read, under which names, and where their results go.

Two inputs that differ only in their suffix (`a.txt`, `a.md`) would meet in one result; the second keeps its suffix
(`a.md.json`).
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from pipeline.errors import UsageError
from pipeline.read.formats import SUFFIXES

KNOWN_SUFFIXES = f"it reads {', '.join(SUFFIXES)}"


@dataclass(frozen=True, slots=True)
class Input:
    """One file to read: `name` relative to the input directory, `result` relative to the documents of the results."""

    file: Path
    name: str
    result: str
    size: int


@dataclass(frozen=True, slots=True)
class Inputs:
    """What the directory *root* holds: the files to read in a fixed order, and how many others of which suffix or
    kind."""

    files: tuple[Input, ...]
    ignored: dict[str, int]
    root: Path = Path()


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
    taken: set[str] = set()
    for file, kind in _walk(root):
        if kind in SUFFIXES:
            files.append(Input(file, file.relative_to(root).as_posix(), "", file.stat().st_size))
        else:
            ignored[kind] += 1
    named: list[Input] = []
    order = {suffix: place for place, suffix in enumerate(SUFFIXES)}
    for item in sorted(files, key=lambda item: (order[item.file.suffix.lower()], item.name)):
        result = str(PurePosixPath(item.name).with_suffix(".json"))
        if result in taken:
            result = item.name + ".json"
        taken.add(result)
        named.append(Input(item.file, item.name, result, item.size))
    return Inputs(tuple(sorted(named, key=lambda item: item.name)), dict(sorted(ignored.items())), root)


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
