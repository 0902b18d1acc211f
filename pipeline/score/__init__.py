"""Compare exported documents with gold files: precision, recall and F1 of each kind of record.

    score_directories(gold, out, corpus) -> {"tasks": Tally, "leads": Tally, ...}

A gold file has the form of an exported document but is written by hand: no ids and no spans, `body` as line ranges of
the input, a task with its section's `path` and its deadlines inline; rows marked `optional` count neither way.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Iterable
from pathlib import Path
from typing import Any

from pipeline.errors import UsageError
from pipeline.score import comparable
from pipeline.score.comparable import Row, folded, likeness, words
from pipeline.score.gold import read_gold, read_json
from pipeline.score.tally import Figures, Miss, Pairing, Tally, pair_up

__all__ = ["KINDS", "Figures", "Miss", "Tally", "score_directories", "score_document"]

KINDS = (
    "text",
    "repairs",
    "metadata",
    "sections",
    "titles",
    "tasks",
    "leads",
    "partners",
    "task_deadlines",
    "conditions",
    "task_section",
    "deadlines",
    "targets",
    "measures",
    "budget_lines",
    "table_cells",
    "citations",
)
Tallies = dict[str, Tally]
SHOWN_TEXT = 60


def score_directories(gold: Path, out: Path, corpus: Path | None = None) -> dict[str, Tallies]:
    """The tallies of each document that has gold, by its stem.

    Exports and inputs are looked for by their stems below *out* and *corpus*; raises `UsageError` when one is missing.
    """
    exports = {file.stem: file for file in sorted(out.rglob("*.json"))}
    sources = {file.stem: file for file in sorted(corpus.rglob("*.txt"))} if corpus else {}
    found: dict[str, Tallies] = {}
    for file in sorted(gold.glob("*.json")):
        if file.stem not in exports:
            raise UsageError(
                f"There is no document {file.stem}.json below {out}. Run kehoach over the texts of the gold."
            )
        source = sources[file.stem].read_text(encoding="utf-8") if file.stem in sources else None
        gold_rows, export = read_gold(file, source), read_json(exports[file.stem])
        found[file.stem] = score_document(file.stem, gold_rows, export, source)
    if not found:
        raise UsageError(f"There are no gold files (*.json) in {gold}.")
    return found


def total(documents: Iterable[Tallies]) -> Tallies:
    """All documents together."""
    tallies: Tallies = {}
    for document in documents:
        for name, own in document.items():
            whole = tallies.setdefault(name, Tally())
            whole.hit += own.hit
            whole.extra += own.extra
            whole.missed += own.missed
            whole.misses += own.misses
    return {name: tallies[name] for name in KINDS if name in tallies}


def score_document(stem: str, gold: Row, export: Row, source: str | None = None) -> Tallies:
    """The tallies of one document; kinds that its gold does not speak of are left out."""
    return _Scorer(stem, gold, export, source).tallies()


class _Scorer:
    """Compares one document; `place` is the issuing province, which agencies' names leave out or add at will."""

    def __init__(self, stem: str, gold: Row, export: Row, source: str | None) -> None:
        self.stem, self.gold, self.export, self.source = stem, gold, export, source
        metadata = gold.get("metadata") or {}
        issuer = metadata.get("issuer") or ""
        named = re.search(r"(?:tỉnh|thành phố)\s+(.+)$", issuer if isinstance(issuer, str) else issuer.get("name", ""))
        self.place = named[1] if named else metadata.get("place") or ""
        self.by_id = {
            r["id"]: r for kind in ("sections", "deadlines", "citations") for r in export.get(kind, []) if "id" in r
        }
        self.found: Tallies = {}

    def tallies(self) -> Tallies:
        self._metadata()
        self._sections()
        self._tasks()
        self._targets()
        self._plain("deadlines", lambda rows: Counter(comparable.deadline(row) for row in rows))
        self._plain("budgets", comparable.budget_lines, name="budget_lines")
        self._plain("tables", comparable.cells, name="table_cells")
        self._plain("citations", comparable.citations)
        self._plain("repairs", comparable.repairs)
        self._text()
        return self.found

    def _count(self, name: str, gold: Iterable[Hashable], found: Iterable[Hashable], *, where: str = "") -> None:
        self.found.setdefault(name, Tally()).compare(self.stem, Counter(gold), Counter(found), where)

    def _plain(self, kind: str, key: Any, *, name: str | None = None) -> None:
        if self.gold.get(kind) is not None:
            found = self.found.setdefault(name or kind, Tally())
            found.compare(self.stem, key(self.gold[kind]), key(self.export.get(kind, [])))

    def _metadata(self) -> None:
        found = self.export.get("metadata") or {}
        for field, want in (self.gold.get("metadata") or {}).items():
            got = found.get(field)
            if field == "signers":
                self._count(
                    "metadata", *([folded(_name(row)) for row in rows or []] for rows in (want, got)), where=field
                )
            elif field == "issuer":
                self._count("metadata", *([comparable.agency(v, "")] if v else [] for v in (want, got)), where=field)
            elif field in {"title", "annexed_title"}:
                same = likeness(words(want), words(got)) >= 0.9
                kept = [folded(want if same else got)] if got or want is None else []
                self._count("metadata", [folded(want)], kept, where=field)
            elif field in {"doc_type", "number", "place", "issued_on", "effective_on"}:
                self._count("metadata", *([folded(v)] if v else [] for v in (want, got)), where=field)

    def _sections(self) -> None:
        if self.gold.get("sections") is None:
            return
        exported = self.export.get("sections", [])
        self._count("sections", (tuple(s["path"]) for s in self.gold["sections"]), (tuple(s["path"]) for s in exported))
        titles = {tuple(s["path"]): words(s.get("title")) for s in exported}
        for section in self.gold["sections"]:
            if title := section.get("title"):
                right = likeness(words(title), titles.get(tuple(section["path"]), Counter())) >= 0.85
                self._count("titles", [title], [title] if right else [])

    def _tasks(self) -> None:
        if self.gold.get("tasks") is None:
            return
        for want, got in self._rows("tasks", least=0.75):
            where = (want or got).get("text", "")[:SHOWN_TEXT]
            for role in ("leads", "partners"):
                named = ((comparable.agency(a, self.place) for a in row.get(role, [])) for row in (want, got))
                self._count(role, *named, where=where)
            bound = (self.by_id[i] for i in got.get("deadline_ids", []) if i in self.by_id)
            self._count(
                "task_deadlines",
                (comparable.deadline(row) for row in want.get("deadlines", [])),
                (comparable.deadline(row) for row in bound),
                where=where,
            )
            self._condition(want.get("condition"), got.get("condition"), where)
            if want and got and want.get("path") is not None:
                self._count("task_section", [tuple(want["path"])], [self._path(got)], where=where)

    def _condition(self, want: str | None, got: str | None, where: str) -> None:
        if want or got:
            same = likeness(words(want), words(got)) >= 0.65
            self._count(
                "conditions",
                [folded(want)] if want else [],
                [folded(want if same else got)] if got else [],
                where=where,
            )

    def _targets(self) -> None:
        if self.gold.get("targets") is None:
            return
        for want, got in self._rows("targets", least=0.7):
            measures = ((comparable.measure(m) for m in row.get("measures", [])) for row in (want, got))
            self._count("measures", *measures, where=(want or got).get("text", "")[:SHOWN_TEXT])

    def _rows(self, kind: str, *, least: float) -> list[tuple[Row, Row]]:
        """Rows side by side, an empty row for what one side lacks; the blocks themselves are counted on the way."""
        pairing = pair_up(self.gold[kind], self.export.get(kind) or [], least=least)
        self._blocks(kind, pairing)
        rows = [*pairing.pairs, *((row, {}) for row in pairing.missed), *(({}, row) for row in pairing.extra)]
        return [(want, got) for want, got in rows if not want.get("optional")]

    def _blocks(self, kind: str, pairing: Pairing) -> None:
        hit = [_clipped(want) for want, _ in pairing.pairs if not want.get("optional")]
        missed = [_clipped(row) for row in pairing.missed if not row.get("optional")]
        self._count(kind, hit + missed, hit + [_clipped(row) for row in pairing.extra])

    def _path(self, task: Row) -> tuple[str, ...]:
        section = self.by_id.get(task.get("section_id"))
        return tuple(section["path"]) if section else ()

    def _text(self) -> None:
        if self.source is None or self.gold.get("body") is None:
            return
        lines = self.source.splitlines()
        kept: Counter[str] = Counter()
        for first, last in self.gold["body"]:
            kept += words(" ".join(lines[first - 1 : last]))
        for row in self.gold.get("repairs") or []:
            kept = kept - words(row["before"]) + words(row["after"])
        self._count("text", Counter(kept), Counter(words(self.export.get("text"))))


def _name(row: Row | str) -> object:
    return row if isinstance(row, str) else row["name"]


def _clipped(row: Row) -> str:
    return str(row.get("text") or "")[:110]
