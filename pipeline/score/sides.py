"""The two sides of a comparison, gold and export: their records as entries to be counted.

Gold names lines of the input and has a task's deadlines inline; an export has spans, and ids that lead to deadlines and
sections. `GoldSide` and `ExportSide` hide that difference, so that both are counted alike.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from itertools import accumulate
from typing import Any

import regex as re

from pipeline.score import comparable
from pipeline.score.comparable import Row, folded
from pipeline.score.excerpts import Excerpt, around, marked
from pipeline.score.gold import one_line
from pipeline.score.tally import Entry

CLIPPED = 110
NEIGHBOURS = 3  # lines


class Side(ABC):
    """One reading of a document; *place* is the issuing province, which agencies' names leave out or add at will."""

    def __init__(self, document: Row, source: str | None, place: str) -> None:
        self.document, self.source, self.place = document, source, place

    @abstractmethod
    def line(self, record: Row) -> int | None:
        """The line of the input on which *record* begins, where it is known."""

    @abstractmethod
    def excerpt(self, record: Row, words: str) -> Excerpt:
        """The words of *record* in their text."""

    @abstractmethod
    def bound_deadlines(self, task: Row) -> Sequence[Row]:
        """The deadlines that bind *task*."""

    @abstractmethod
    def path(self, task: Row) -> tuple[str, ...]:
        """The path of the section in which *task* stands."""

    def metadata(self, field: str) -> Any:
        """The value of one field of the metadata."""
        return (self.document.get("metadata") or {}).get(field)

    def records(self, kind: str) -> Sequence[Row]:
        """The records of one kind, as `tasks`."""
        return self.document.get(kind) or ()

    def block(self, row: Row) -> Entry:
        """A task or a target by its text."""
        text = str(row.get("text") or "")
        return Entry(text[:CLIPPED], text, line=self.line(row), excerpt=partial(self.excerpt, row, text))

    def sections(self) -> list[Entry]:
        """Each labelled unit by its path."""
        return [
            Entry(
                tuple(row["path"]),
                in_words(row["path"]),
                where=folded(row.get("title")),
                line=self.line(row),
                excerpt=partial(self.excerpt, row, row.get("title") or ""),
            )
            for row in self.records("sections")
        ]

    def agencies(self, task: Row, role: str, where: str) -> list[Entry]:
        """The agencies of *task* in one role, each once."""
        entries: dict[object, Entry] = {}
        for row in task.get(role, ()):
            key = comparable.agency(row, self.place)
            name, surface = (row, row) if isinstance(row, str) else (row.get("name"), row.get("surface") or "")
            entries.setdefault(
                key, Entry(key, str(name), where, excerpt=partial(self.excerpt, _placed(row, task), surface))
            )
        return list(entries.values())

    def deadlines_of(self, task: Row, where: str) -> list[Entry]:
        """The deadlines that bind *task*."""
        return [
            Entry(
                comparable.deadline(row),
                deadline_in_words(row),
                where,
                excerpt=partial(self.excerpt, _placed(row, task), row.get("surface") or ""),
            )
            for row in self.bound_deadlines(task)
        ]

    def deadlines(self) -> list[Entry]:
        """All deadlines of the document."""
        return [
            self._mention(row, comparable.deadline(row), deadline_in_words(row)) for row in self.records("deadlines")
        ]

    def measures(self, target: Row, where: str) -> list[Entry]:
        """The measures of *target*."""
        return [
            Entry(
                comparable.measure(row),
                measure_in_words(row),
                where,
                excerpt=partial(self.excerpt, _placed(row, target), row.get("raw") or ""),
            )
            for row in target.get("measures", ())
        ]

    def budget_lines(self) -> list[Entry]:
        """The amounts of all budgets."""
        return [
            Entry(
                comparable.budget_line(line),
                _joined(line.get("label"), line.get("period"), f"{line.get('amount_vnd')} đồng"),
                where=_joined(folded(line.get("label")), folded(line.get("period"))),
                excerpt=partial(self.excerpt, _placed(line, budget), line.get("amount_raw") or ""),
            )
            for budget in self.records("budgets")
            for line in budget.get("lines", ())
        ]

    def table_cells(self) -> list[Entry]:
        """The filled cells of all tables."""
        return [
            entry for table in self.records("tables") for row in table.get("rows", ()) for entry in _cells(table, row)
        ]

    def citations(self) -> list[Entry]:
        """Each document that is named, once."""
        entries: dict[object, Entry] = {}
        for row in self.records("citations"):
            key = comparable.citation(row)
            shown = _joined(row.get("doc_type"), row.get("number") or row.get("title"), row.get("issued_on"))
            where = folded(row.get("number") or row.get("title"))
            words = row.get("surface") or row.get("number") or row.get("title") or ""
            entry = Entry(key, shown, where, self.line(row), partial(self.excerpt, row, words))
            entries.setdefault(key, entry)
        return list(entries.values())

    def repairs(self) -> list[Entry]:
        """Each repair that changes words."""
        keyed = ((comparable.repair(row), row) for row in self.records("repairs"))
        return [self._mention(row, key, f"{row['before']} → {row['after']}") for key, row in keyed if any(key)]

    def _mention(self, row: Row, key: object, shown: str) -> Entry:
        surface = row.get("surface") or row.get("before") or ""
        return Entry(key, shown, folded(surface), self.line(row), partial(self.excerpt, row, surface))


class GoldSide(Side):
    """What a careful reader found; lines are those of *source*."""

    def line(self, record: Row) -> int | None:
        """The line that the gold names; without the text it says nothing, since an export's lines are not known."""
        named = _lines(record)
        return named[0] if named and self.source is not None else None

    def excerpt(self, record: Row, words: str) -> Excerpt:
        """The gold's own lines, or the text that it quotes, with *words* marked where they stand there."""
        named = _lines(record)
        if not named or self.source is None:
            return marked(record.get("text") or words, words)
        first, last = named
        if "line" in record and words not in one_line(self._source_lines[first - 1]):
            last += 1  # the words run over the end of the line on which they begin
        before, own, after = (one_line(" ".join(lines)) for lines in self._with_neighbours(first, last))
        return marked(" ".join(filter(None, (before, own, after))), words, begin=len(before))

    def bound_deadlines(self, task: Row) -> Sequence[Row]:
        """Gold has them inline."""
        return task.get("deadlines") or ()

    def path(self, task: Row) -> tuple[str, ...]:
        """Gold names the path itself."""
        return tuple(task.get("path") or ())

    def _with_neighbours(self, first: int, last: int) -> tuple[list[str], list[str], list[str]]:
        """The lines before, from *first* to *last*, and after, as far as a wrapped sentence seems to go."""
        lines, start, end = self._source_lines, first - 1, last
        while start > 0 and first - 1 - start < NEIGHBOURS and _GOES_ON.match(lines[start]):
            start -= 1
        while end < len(lines) and end - last < NEIGHBOURS and _GOES_ON.match(lines[end]):
            end += 1
        return lines[start : first - 1], lines[first - 1 : last], lines[last:end]

    @cached_property
    def _source_lines(self) -> list[str]:
        return (self.source or "").splitlines()


class ExportSide(Side):
    """What kehoach found."""

    def line(self, record: Row) -> int | None:
        """The line of the source in which the record's first source span begins."""
        spans = record.get("source_spans")
        if not spans or self.source is None:
            return None
        return bisect_right(self._line_starts, spans[0]["start"])

    def excerpt(self, record: Row, words: str) -> Excerpt:
        """The span of *record*, or *words* where they stand in it, marked in the exported text."""
        text, span = str(self.document.get("text") or ""), record.get("span")
        if not span:
            return marked(str(record.get("text") or words), words)
        start, end = span
        if not words:  # a unit without a title: its span holds all that stands below its first line
            end = start + len(text[start:end].partition("\n")[0])
        inner = text.find(words, start, end) if words else -1
        return around(text, inner, inner + len(words)) if inner >= 0 else around(text, start, end)

    def bound_deadlines(self, task: Row) -> Sequence[Row]:
        """Those whose ids the task names."""
        return [self._by_id[name] for name in task.get("deadline_ids", ()) if name in self._by_id]

    def path(self, task: Row) -> tuple[str, ...]:
        """The path of the section that the task names."""
        section = self._by_id.get(task.get("section_id"))
        return tuple(section["path"]) if section else ()

    @cached_property
    def _by_id(self) -> Mapping[object, Row]:
        return {row["id"]: row for kind in ("sections", "deadlines") for row in self.records(kind) if "id" in row}

    @cached_property
    def _line_starts(self) -> list[int]:
        lengths = (len(line) for line in (self.source or "").splitlines(keepends=True))
        return list(accumulate(lengths, initial=0))


def in_words(path: Sequence[str]) -> str:
    """The path of a section, as `II / 3`."""
    return " / ".join(path)


def deadline_in_words(row: Row) -> str:
    """Kind and value in normal form, with the words of the text.

    >>> deadline_in_words({"kind": "by", "end": "2025-06-29", "surface": "trước ngày 30/6/2025"})
    'by ../2025-06-29 “trước ngày 30/6/2025”'
    """
    start, end = row.get("start"), row.get("end")
    bounds = f"{start or '..'}/{end or '..'}" if start or end else ""
    offset = row.get("offset") if row.get("kind") == "relative" else None
    quoted = f"“{one_line(row['surface'])}”" if row.get("surface") else ""
    return _said(row.get("kind"), bounds, row.get("recurrence"), offset, quoted)


def measure_in_words(row: Row) -> str:
    """Comparator, figures, unit and period.

    >>> measure_in_words({"value": 40, "value_max": 50, "unit": "%", "comparator": ">=", "end": "2025-12-31"})
    '>= 40-50 % ../2025-12-31'
    """
    figure = "-".join(f"{row[name]:g}" for name in ("value", "value_max") if isinstance(row.get(name), int | float))
    figure += f"/{row['denominator']:g}" if isinstance(row.get("denominator"), int | float) else ""
    start, end = row.get("start"), row.get("end")
    bounds = f"{start or '..'}/{end or '..'}" if start or end else ""
    return _said(row.get("comparator") or "=", figure, row.get("unit"), bounds)


def _cells(table: Row, row: Sequence[str]) -> Iterator[Entry]:
    """The filled cells of a row; a cell stands beside the first two of its row."""
    heads = table.get("header") or [""] * len(row)
    for number, (head, cell) in enumerate(zip(heads, row, strict=False)):
        if folded(cell):
            beside = " | ".join(folded(other) for other in row[:2] if other is not cell)
            said: Callable[[], Excerpt] = partial(_cell_in_row, row, number)
            yield Entry(comparable.cell(head, cell), _joined(head, cell), f"{folded(head)}: {beside}", excerpt=said)


def _cell_in_row(row: Sequence[str], number: int) -> Excerpt:
    before, after = (" | ".join(filter(None, cells)) for cells in (row[:number], row[number + 1 :]))
    return Excerpt(f"{before} | " if before else "", row[number], f" | {after}" if after else "")


def _placed(part: Row | str, whole: Row) -> Row:
    """The record to quote: *part* where it has a place of its own, as an agency in a heading has, else *whole*."""
    if isinstance(part, str):
        return whole
    return part if part.get("span") or _lines(part) else whole


def _lines(record: Row) -> tuple[int, int] | None:
    """The lines that a gold record names; the `lines` of a budget are its amounts, which stand at `lines_at`."""
    place = record.get("lines_at") or record.get("lines")
    if place and all(isinstance(number, int) for number in place):
        return place[0], place[-1]
    return (record["line"], record["line"]) if record.get("line") else None


def _said(*parts: object) -> str:
    return " ".join(str(part) for part in parts if part)


def _joined(*parts: object) -> str:
    return " · ".join(str(part) for part in parts if part)


# A line that begins within a sentence: with a word in small letters that is no label, as "a)" is.
_GOES_ON = re.compile(r"\W*\p{Ll}+(?![.)/\p{L}])")
