"""The inputs below a URL: `find_objects("s3://plans/inbox")`, the same as `find_inputs` of a directory.

Whoever may write to a bucket chooses its keys, and a key may be `../../etc/passwd`. Only those are read that could be
the name of a file below a directory; what is left out is counted.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from pipeline.errors import UnreadableInputError, UsageError
from pipeline.read.formats import SUFFIXES
from pipeline.remote.urls import checked, opened, reason, stamp_of_info, told
from pipeline.runs.inputs import ATTEMPTS, CHANGING, Content, Input, Inputs, with_results


@dataclass(frozen=True, slots=True)
class ObjectFile:
    """One object: the directory's URL, and its name below it. Any process on any machine can open it."""

    url: str
    name: str

    def read_whole(self, *, limit: int | None = None) -> Content:
        """The bytes as they were at one moment, as `pipeline.runs.inputs.read_whole` gives those of a file."""
        try:
            return self._read(limit)
        except UnreadableInputError:
            raise
        except Exception as error:
            raise UnreadableInputError("cannot-open", f"cannot be read: {reason(error)}") from error

    def sha256(self) -> str:
        """The hash of what stands there, empty when it cannot be read."""
        try:
            return hashlib.sha256(self.read_whole().data).hexdigest()
        except UnreadableInputError:
            return ""

    def _read(self, limit: int | None) -> Content:
        filesystem, root = opened(self.url)
        path = f"{root}/{self.name}"
        for _ in range(ATTEMPTS):
            before = filesystem.info(path)
            size = int(before["size"])
            too_long = limit is not None and size > limit
            # What is said of a size is no promise: not a byte more is taken. An empty object knows no range.
            data = b"" if too_long or not size else bytes(filesystem.cat_file(path, start=0, end=size))
            after = before if too_long else filesystem.info(path)
            if stamp_of_info(before) == stamp_of_info(after) and (too_long or len(data) == size):
                return Content(data, size, stamp_of_info(after))
        raise UnreadableInputError("changing", CHANGING)


def find_objects(url: str) -> Inputs:
    """Every object of a known format below *url*, sorted by name; names with a dot first are hidden.

    Raises `UsageError` when there is nothing below *url*, `StoreError` when it cannot be listed.
    """
    url = checked(url)
    filesystem, root = opened(url)
    with told("list", url):
        filesystem.invalidate_cache()
        listed = filesystem.find(root, detail=True)
    if not listed:
        raise UsageError(f"There is nothing below {url}. Give the directory that holds the texts.")
    files: list[Input] = []
    ignored: Counter[str] = Counter()
    for path, info in listed.items():
        name = str(path)[len(root) :].removeprefix("/")
        if hidden(name):
            continue
        kind = "unsafe name" if not safe(name) else PurePosixPath(name).suffix.lower() or "no suffix"
        if kind in SUFFIXES:
            files.append(_input(url, name, info))
        else:
            ignored[kind] += 1
    return Inputs(with_results(files), dict(sorted(ignored.items())), url)


def safe(name: str) -> bool:
    r"""Whether *name* can stand below a directory and nowhere else.

    >>> [safe(name) for name in ("kế hoạch/a.txt", "../a.txt", "a//b.txt", "/etc/a.txt", "a\\..\\b.txt", "a\n.txt")]
    [True, False, False, False, False, False]
    """
    parts = name.split("/")
    return all(part not in ("", ".", "..") and not _CONTROLS.search(part) for part in parts)


def hidden(name: str) -> bool:
    """Whether one of its parts begins with a dot; what goes up does too, but is told."""
    return any(part.startswith(".") and part.strip(".") for part in name.split("/")) or not name


def _input(url: str, name: str, info: dict[str, Any]) -> Input:
    return Input(ObjectFile(url, name), name, "", int(info.get("size") or 0), stamp_of_info(info))


_CONTROLS = re.compile(r"[\x00-\x1f\x7f\\]")
