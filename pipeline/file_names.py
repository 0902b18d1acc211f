r"""File names that cannot be said or written: `b"k\xff.txt"` is no UTF-8, 255 bytes leave no room for `.json`.

Such an input is read all the same where that can be; its name is then given with the bytes spelt out (`k\xff.txt`).
"""

from __future__ import annotations

import os
from pathlib import Path

from pipeline.errors import UsageError

LONGEST_NAME = 255  # bytes, on the file systems in common use
ROOM_FOR_PART = 24  # a result is written under a temporary name first, which adds the process id to it


def printable(name: str) -> str:
    r"""The *name* with what is no Unicode spelt out, so that it can be printed and put into JSON.

    >>> printable("kế hoạch.txt"), printable(b"k\xff.txt".decode(errors="surrogateescape"))
    ('kế hoạch.txt', 'k\\xff.txt')
    """
    return os.fsencode(name).decode(errors="backslashreplace")


def too_long(target: Path) -> bool:
    """Whether the file system has no room for a result's name."""
    return len(os.fsencode(target.name)) + ROOM_FOR_PART > LONGEST_NAME


def check_directory(out: Path) -> None:
    """Raises `UsageError` when a file stands where the results directory *out* shall be."""
    nearest = next(path for path in (out, *out.absolute().parents) if path.exists())
    if not nearest.is_dir():
        raise UsageError(f"{nearest} is a file, so that no results can be written to {out}. Choose another --out.")
