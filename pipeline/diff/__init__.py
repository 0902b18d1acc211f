"""What two runs read differently: records gained, lost and changed, each with its text.

    diff_directories(Path("before"), Path("after")) -> Diff(changes, counts)

    ~ tasks  kh-12.json  Tổ chức tập huấn cho cán bộ xã
        leads: - → Sở Nội vụ tỉnh Phú Thọ

A record is the same when it says the same (`pipeline.diff.records`), whatever its id, its place and its rule.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path

import orjson

from pipeline.diff.records import KINDS, NONE, Document, Row
from pipeline.errors import UsageError
from pipeline.score.comparable import likeness, words

__all__ = ["KINDS", "Change", "Diff", "diff_directories", "diff_documents"]

ALIKE = 0.6


@dataclass(frozen=True, slots=True)
class Change:
    """One record gained (`+`), lost (`-`) or changed (`~`); `fields` are `(name, before, after)`."""

    sign: str
    kind: str
    document: str
    text: str
    fields: tuple[tuple[str, str, str], ...] = ()


@dataclass(slots=True)
class Diff:
    """The changes in the order of documents and kinds, and for each kind how many records have each sign (`=` same)."""

    changes: list[Change] = field(default_factory=list)
    counts: dict[str, Counter[str]] = field(default_factory=dict)

    def add(self, change: Change) -> None:
        """Note one change."""
        self.changes.append(change)
        self.count(change.kind, change.sign)

    def count(self, kind: str, sign: str) -> None:
        """Count one record of *kind*."""
        self.counts.setdefault(kind, Counter())[sign] += 1


def diff_directories(old: Path, new: Path) -> Diff:
    """Compare all documents below two results directories; raises `UsageError` when one holds none."""
    before, after = _documents(old), _documents(new)
    found = Diff()
    for name in sorted(before.keys() | after.keys()):
        if name not in after or name not in before:
            there = before.get(name) or after[name]
            sign = "-" if name in before else "+"
            found.add(Change(sign, "documents", name, str(_read(there).get("metadata", {}).get("title") or "")))
        elif (first := before[name].read_bytes()) != (second := after[name].read_bytes()):
            found.count("documents", "~")
            diff_documents(name, _parse(first, before[name]), _parse(second, after[name]), into=found)
        else:
            found.count("documents", "=")
            document = _parse(first, before[name])
            for kind, rows in KINDS.items():
                for _ in rows(document):
                    found.count(kind, "=")
    return found


def diff_documents(name: str, old: Document, new: Document, *, into: Diff) -> None:
    """Add to *into* what two readings of the document *name* say differently."""
    for kind, rows in KINDS.items():
        lost, gained = list(rows(old)), list(rows(new))
        for before, after in _paired(lost, gained):
            if before is None or after is None:
                there = after or before
                if there is not None:
                    into.add(Change("-" if after is None else "+", kind, name, there.text, _only(there)))
            elif differing := _differing(before, after):
                into.add(Change("~", kind, name, after.text, differing))
            else:
                into.count(kind, "=")


def _only(row: Row) -> tuple[tuple[str, str, str], ...]:
    return tuple((name, value, value) for name, value in row.says.items() if value != NONE and value != row.text)


def _differing(before: Row, after: Row) -> tuple[tuple[str, str, str], ...]:
    names = {**before.says, **after.says}
    values = ((name, before.says.get(name, NONE), after.says.get(name, NONE)) for name in names)
    return tuple((name, first, second) for name, first, second in values if first != second)


def _paired(old: Sequence[Row], new: Sequence[Row]) -> Iterator[tuple[Row | None, Row | None]]:
    """The rows side by side: first those with one key in one order, then moved ones, then those that are alike."""
    lost: list[Row] = []
    gained: list[Row] = []
    matcher = SequenceMatcher(None, [row.key for row in old], [row.key for row in new], autojunk=False)
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag == "equal":
            yield from zip(old[i:j], new[k:m], strict=True)
        else:
            lost += old[i:j]
            gained += new[k:m]
    for before in lost:
        position = _counterpart(before, gained)
        yield before, gained.pop(position) if position is not None else None
    for after in gained:
        yield None, after


def _counterpart(row: Row, among: Sequence[Row]) -> int | None:
    """Which of *among* is *row* said otherwise: the same key, or else the likest text."""
    for position, other in enumerate(among):
        if other.key == row.key:
            return position
    own = words(row.text)
    best = max(((likeness(own, words(other.text)), -n) for n, other in enumerate(among)), default=(0.0, 0))
    return -best[1] if best[0] >= ALIKE else None


def _documents(directory: Path) -> dict[str, Path]:
    """The documents of a results directory by their names, with or without `documents/` above them."""
    root = directory / "documents" if (directory / "documents").is_dir() else directory
    found = {file.relative_to(root).as_posix(): file for file in sorted(root.rglob("*.json"))}
    found.pop("run.json", None)
    if not found:
        raise UsageError(
            f"There are no documents below {directory}. Make some with: kehoach run TEXTS --out {directory}"
        )
    return found


def _read(file: Path) -> Document:
    return _parse(file.read_bytes(), file)


def _parse(content: bytes, file: Path) -> Document:
    try:
        document = orjson.loads(content)
    except orjson.JSONDecodeError as error:
        raise UsageError(f"{file} is not a document of kehoach: {error}.") from error
    if not isinstance(document, dict) or "metadata" not in document:
        raise UsageError(f"{file} is not a document of kehoach.")
    return document
