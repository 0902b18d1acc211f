"""Compare exported documents with gold files: precision, recall and F1 of each kind of record.

    score_directories(gold, out, corpus) -> {"kh-12": {"tasks": Tally, "leads": Tally, ...}}

A gold file has the form of an exported document but is written by hand: no ids and no spans, `body` as line ranges of
the input, a task with its section's `path` and its deadlines inline; rows marked `optional` count neither way.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path

from pipeline.errors import UsageError
from pipeline.read.encoding import decode
from pipeline.read.formats import TEXT_SUFFIXES
from pipeline.score import comparable
from pipeline.score.comparable import Row, folded, likeness, words
from pipeline.score.excerpts import marked
from pipeline.score.gold import read_gold, read_json
from pipeline.score.overlap import deadline_overlap
from pipeline.score.sides import ExportSide, GoldSide, in_words
from pipeline.score.tally import Entry, Figures, Miss, Pairing, Tally, pair_up

__all__ = ["KINDS", "OVERLAP", "Figures", "Miss", "Tallies", "Tally", "score_directories", "score_document", "total"]

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
OVERLAP = "deadline_overlap"  # no kind of row: it measures again, softly, what `deadlines` counts
Tallies = dict[str, Tally]


def score_directories(
    gold: Path, out: Path, corpus: Path | None = None, *, doc: str | None = None
) -> dict[str, Tallies]:
    """The tallies of each document that has gold, by its stem; of one alone when *doc* names it.

    Exports and inputs are looked for by their stems below *out* and *corpus*; raises `UsageError` when one is missing.
    """
    files = _gold_files(gold, doc)
    exports = {file.stem: file for file in sorted(out.rglob("*.json"))}
    sources = _sources(corpus) if corpus else {}
    found: dict[str, Tallies] = {}
    for file in files:
        if file.stem not in exports:
            raise UsageError(
                f"There is no document {file.stem}.json below {out}. Run kehoach over the texts of the gold."
            )
        source = _read_source(sources[file.stem]) if file.stem in sources else None
        gold_rows, export = read_gold(file, source), read_json(exports[file.stem])
        found[file.stem] = score_document(file.stem, gold_rows, export, source)
    return found


def total(documents: Iterable[Tallies]) -> Tallies:
    """All documents together."""
    tallies: Tallies = {}
    for document in documents:
        for name, own in document.items():
            tallies.setdefault(name, Tally()).add(own)
    return {name: tallies[name] for name in (*KINDS, OVERLAP) if name in tallies}


def score_document(stem: str, gold: Row, export: Row, source: str | None = None) -> Tallies:
    """The tallies of one document; kinds that its gold does not speak of are left out."""
    return _Scorer(stem, gold, export, source).tallies()


class _Scorer:
    """Compares one document; agencies' names leave out or add the issuing province at will."""

    def __init__(self, stem: str, gold: Row, export: Row, source: str | None) -> None:
        self.stem, self.source = stem, source
        place = _issuing_place(gold.get("metadata") or {})
        self.gold, self.export = GoldSide(gold, source, place), ExportSide(export, source, place)
        self.found: Tallies = {}

    def tallies(self) -> Tallies:
        self._metadata()
        if self._in_gold("sections"):
            self._count("sections", self.gold.sections(), self.export.sections())
            self._titles()
        if self._in_gold("tasks"):
            self._tasks()
        if self._in_gold("targets"):
            self._targets()
        if self._in_gold("deadlines"):
            self._count("deadlines", self.gold.deadlines(), self.export.deadlines())
            self.found[OVERLAP] = deadline_overlap(self.gold.document, self.export.document)
        if self._in_gold("budgets"):
            self._count("budget_lines", self.gold.budget_lines(), self.export.budget_lines())
        if self._in_gold("tables"):
            self._count("table_cells", self.gold.table_cells(), self.export.table_cells())
        if self._in_gold("citations"):
            self._count("citations", self.gold.citations(), self.export.citations())
        if self._in_gold("repairs"):
            self._count("repairs", self.gold.repairs(), self.export.repairs())
        self._text()
        return self.found

    def _in_gold(self, kind: str) -> bool:
        return self.gold.document.get(kind) is not None

    def _count(self, name: str, gold: Sequence[Entry], found: Sequence[Entry]) -> None:
        self._tally(name).compare(self.stem, gold, found)

    def _tally(self, name: str) -> Tally:
        return self.found.setdefault(name, Tally())

    def _metadata(self) -> None:
        for field in self.gold.document.get("metadata") or {}:
            want, got = self.gold.metadata(field), self.export.metadata(field)
            if field == "signers":
                self._field(field, *([(folded(_name(row)), _name(row)) for row in rows or []] for rows in (want, got)))
            elif field == "issuer":
                self._field(field, *([(comparable.agency(v, ""), _name(v))] if v else [] for v in (want, got)))
            elif field in {"title", "annexed_title"}:
                same = likeness(words(want), words(got)) >= 0.9
                kept = [(folded(want if same else got), str(got or ""))] if got or want is None else []
                self._field(field, [(folded(want), str(want or ""))], kept)
            elif field in {"doc_type", "number", "place", "issued_on", "effective_on"}:
                self._field(field, *([(folded(v), str(v))] if v else [] for v in (want, got)))

    def _field(self, field: str, gold: list[tuple[str, str]], found: list[tuple[str, str]]) -> None:
        """Count values of one field of the metadata, each given as its key and as it is shown."""
        self._count("metadata", *([Entry(key, shown, field) for key, shown in side] for side in (gold, found)))

    def _titles(self) -> None:
        """Count the titles of the gold's sections; a wrong one counts as missed and is listed, uncounted, as found."""
        titles = {tuple(row["path"]): row.get("title") for row in self.export.records("sections")}
        for section in self.gold.records("sections"):
            if want := section.get("title"):
                path = tuple(section["path"])
                got = titles.get(path)
                entry = Entry(want, want, in_words(path))
                self._count("titles", [entry], [entry] if likeness(words(want), words(got)) >= 0.85 else [])
                if got and likeness(words(want), words(got)) < 0.85:
                    self._tally("titles").note("+", self.stem, Entry(got, got, in_words(path)))

    def _tasks(self) -> None:
        for want, got in self._rows("tasks", least=0.75):
            where = str((want or got).get("text") or "")
            for role in ("leads", "partners"):
                self._count(role, *(side.agencies(row, role, where) for side, row in self._sides(want, got)))
            self._count("task_deadlines", *(side.deadlines_of(row, where) for side, row in self._sides(want, got)))
            self._condition(want.get("condition"), got.get("condition"), where)
            if want and got and want.get("path") is not None:
                paths = (side.path(row) for side, row in self._sides(want, got))
                self._count("task_section", *([Entry(path, in_words(path), where)] for path in paths))

    def _sides(self, want: Row, got: Row) -> tuple[tuple[GoldSide, Row], tuple[ExportSide, Row]]:
        return (self.gold, want), (self.export, got)

    def _condition(self, want: str | None, got: str | None, where: str) -> None:
        if want or got:
            same = likeness(words(want), words(got)) >= 0.65
            keys = (folded(want), folded(want if same else got))
            sides = zip(keys, (want, got), strict=True)
            self._count(
                "conditions",
                *(
                    [Entry(key, shown, where, excerpt=partial(marked, where, shown))] if shown else []
                    for key, shown in sides
                ),
            )

    def _targets(self) -> None:
        for want, got in self._rows("targets", least=0.7):
            where = str((want or got).get("text") or "")
            self._count("measures", *(side.measures(row, where) for side, row in self._sides(want, got)))

    def _rows(self, kind: str, *, least: float) -> list[tuple[Row, Row]]:
        """Rows side by side, an empty row for what one side lacks; the blocks themselves are counted on the way."""
        pairing = pair_up(self.gold.records(kind), self.export.records(kind), least=least)
        self._blocks(kind, pairing)
        rows = [*pairing.pairs, *((row, {}) for row in pairing.missed), *(({}, row) for row in pairing.extra)]
        return [(want, got) for want, got in rows if not want.get("optional")]

    def _blocks(self, kind: str, pairing: Pairing) -> None:
        hit = [self.gold.block(want) for want, _ in pairing.pairs if not want.get("optional")]
        missed = [self.gold.block(row) for row in pairing.missed if not row.get("optional")]
        self._count(kind, hit + missed, hit + [self.export.block(row) for row in pairing.extra])

    def _text(self) -> None:
        body = self.gold.document.get("body")
        if self.source is None or body is None:
            return
        lines = self.source.splitlines()
        kept: Counter[str] = Counter()
        for first, last in body:
            kept += words(" ".join(lines[first - 1 : last]))
        for row in self.gold.records("repairs"):
            kept = kept - words(row["before"]) + words(row["after"])
        found = words(self.export.document.get("text"))
        self._count("text", *([Entry(word, word) for word in side.elements()] for side in (kept, found)))


def _gold_files(gold: Path, doc: str | None) -> list[Path]:
    files = sorted(gold.glob("*.json"))
    if not files:
        raise UsageError(f"There are no gold files (*.json) in {gold}.")
    chosen = [file for file in files if doc in {None, file.stem}]
    if not chosen:
        raise UsageError(f"There is no gold {doc}.json in {gold}. Name a document by its file without .json.")
    return chosen


def _sources(corpus: Path) -> dict[str, Path]:
    """The texts below *corpus* by their stems; of two that differ in their suffix alone, the .txt."""
    if not corpus.is_dir():
        raise UsageError(f"There is no directory {corpus}. Give the directory that holds the texts.")
    return {file.stem: file for suffix in reversed(TEXT_SUFFIXES) for file in sorted(corpus.rglob(f"*{suffix}"))}


def _read_source(file: Path) -> str:
    """The text of *file*, decoded as `kehoach run` decodes it, so that spans and lines mean the same."""
    try:
        decoded = decode(file.read_bytes())
    except OSError as error:
        raise UsageError(f"Cannot read {file}: {error.strerror}.") from error
    if decoded is None:
        raise UsageError(f"{file} is no text in an encoding that kehoach knows; save it again as UTF-8.")
    return decoded.text


def _issuing_place(metadata: Row) -> str:
    issuer = metadata.get("issuer") or ""
    named = re.search(r"(?:tỉnh|thành phố)\s+(.+)$", issuer if isinstance(issuer, str) else issuer.get("name", ""))
    return named[1] if named else metadata.get("place") or ""


def _name(row: Row | str) -> str:
    return row if isinstance(row, str) else str(row["name"])
