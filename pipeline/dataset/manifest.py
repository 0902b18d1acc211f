"""Which JSON files the dataset was made from: name, size, time and hash of each, kept beside the tables.

A file whose size and time have not changed is not read again. What stands here decides what is written, never what is
in it: two runs over the same documents give the same tables under different manifests, since their times differ.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import orjson

from pipeline.store import DOCUMENTS, REVIEWED, StoreError

MANIFEST = "manifest.json"
HEAD = 1 << 14  # bytes in which id and path of a document stand
LARGEST_BUCKET = 2000  # documents


@dataclass(frozen=True, slots=True)
class Source:
    """One JSON file. `document_id` is None for a file that is no document; `path` is that of its input."""

    result: str
    reviewed: bool
    size: int
    mtime_ns: int
    sha256: str
    document_id: str | None
    path: str

    @property
    def file(self) -> str:
        """Its path below the results directory."""
        return f"{REVIEWED if self.reviewed else DOCUMENTS}/{self.result}"


@dataclass(frozen=True, slots=True)
class Entry:
    """One document of the dataset: the file that it is read from, and the inputs that have the same bytes."""

    source: Source
    other_paths: tuple[str, ...] = ()

    @property
    def signature(self) -> tuple[Any, ...]:
        """What the rows depend on."""
        return (self.source.document_id, self.source.file, self.source.sha256, self.other_paths)


@dataclass(slots=True)
class Manifest:
    """All sources of a dataset, its number of buckets, the `version` of the code and data that made its rows."""

    version: str = ""
    sources: list[Source] = field(default_factory=list)
    buckets: int = 0

    def leave_out(self, broken: Iterable[str]) -> None:
        """Remember that the files *broken* began like documents and are none."""
        names = {*broken}
        self.sources = [replace(each, document_id=None) if each.file in names else each for each in self.sources]

    def entries(self) -> list[Entry]:
        """The documents, each once, by id."""
        same: dict[str, list[Source]] = defaultdict(list)
        for source in self.sources:
            if source.document_id is not None:
                same[source.document_id].append(source)
        return [_entry(same[name]) for name in sorted(same)]

    def encode(self) -> bytes:
        """The content of the file; not by orjson, since a file name may be no Unicode."""
        value = {
            "version": self.version,
            "buckets": self.buckets,
            "sources": [asdict(source) for source in self.sources],
        }
        return json.dumps(value, indent=1).encode()


def read_manifest(dataset: Path) -> Manifest:
    """The manifest of *dataset*; an empty one when there is none or it cannot be read, so that all is made anew."""
    try:
        value = json.loads((dataset / MANIFEST).read_bytes())
        return Manifest(value["version"], [Source(**source) for source in value["sources"]], value["buckets"])
    except (OSError, ValueError, KeyError, TypeError):
        return Manifest()


def scan(out: Path, known: Manifest) -> list[Source]:
    """The JSON files below *out* as they are now, a reviewed one in place of the machine's reading; by name."""
    old = {source.file: source for source in known.sources}
    found: dict[str, Source] = {}
    for reviewed in (False, True):
        for result, file in _json_files(out / (REVIEWED if reviewed else DOCUMENTS)):
            found[result] = _source(result, file, old, reviewed=reviewed)
    return [found[name] for name in sorted(found)]


def buckets_for(documents: int) -> int:
    """How many files each table has: a power of two, so that a bucket holds some 2,000 documents at most.

    >>> [buckets_for(count) for count in (0, 2000, 2001, 100_000)]
    [1, 1, 2, 64]
    """
    buckets = 1
    while buckets * LARGEST_BUCKET < documents:
        buckets *= 2
    return buckets


def bucket_of(document_id: str, buckets: int) -> int:
    """The bucket of a document; it depends on nothing but its id."""
    return int.from_bytes(hashlib.sha256(document_id.encode()).digest()[:8], "big") % buckets


def bucketed(entries: Iterable[Entry], buckets: int) -> list[list[Entry]]:
    """The entries of each bucket, in order."""
    found: list[list[Entry]] = [[] for _ in range(buckets)]
    for entry in entries:
        found[bucket_of(str(entry.source.document_id), buckets)].append(entry)
    return found


def _entry(same: list[Source]) -> Entry:
    """Of several inputs with the same bytes the first by path, a reviewed one before others."""
    first, *others = sorted(same, key=lambda source: (not source.reviewed, source.path, source.result))
    return Entry(first, tuple(sorted({source.path for source in others} - {first.path})))


def _source(result: str, file: Path, old: dict[str, Source], *, reviewed: bool) -> Source:
    try:
        state = file.stat()
        known = old.get(f"{REVIEWED if reviewed else DOCUMENTS}/{result}")
        if known and (known.size, known.mtime_ns) == (state.st_size, state.st_mtime_ns):
            return known
        content = file.read_bytes()
    except OSError as error:
        raise StoreError(f"Cannot read {file}: {error.strerror or error}.") from error
    document_id, path = _head(content)
    sha256 = hashlib.sha256(content).hexdigest()
    return Source(result, reviewed, len(content), state.st_mtime_ns, sha256, document_id, path)


def _head(content: bytes) -> tuple[str | None, str]:
    """Id and input path from the beginning of a document, without reading all of it."""
    found = _ID_AND_PATH.search(content[:HEAD])
    try:
        if found:
            return orjson.loads(found["id"]), orjson.loads(found["path"])
        value = orjson.loads(content)
        return str(value["id"]), str(value["source"]["path"])
    except (ValueError, KeyError, TypeError):
        return None, ""


def _json_files(directory: Path) -> Iterator[tuple[str, Path]]:
    """The files with their names below *directory*; hidden ones are half-written or not ours."""
    for folder, folders, names in os.walk(directory):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in names:
            if name.endswith(".json") and not name.startswith("."):
                file = Path(folder, name)
                yield file.relative_to(directory).as_posix(), file


_ID_AND_PATH = re.compile(
    rb'\A\{\s*"schema_version":\s*"[^"]*",\s*"id":\s*(?P<id>"[^"\\]*"),\s*"source":\s*\{\s*"path":\s*(?P<path>"(?:[^"\\]|\\.)*")'
)
