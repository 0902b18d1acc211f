"""Rebuild task tables that a scanner read line by line, across all columns, as one row a line between bars.

    Điều phối việc mở chợ phiên ở các xã vùng cao | Bộ Công
    2 | và hỗ trợ các hộ bán hàng                   Thương   2021-2025

becomes `| 2 | Điều phối việc mở chợ phiên … bán hàng | Bộ Công Thương | 2021-2025 |`.

Such a table is known by many lines that end in a time, few of which end a sentence, with bars in between and the heads
of a task table above. The heads are written anew, since hardly a word of them is ever read right, and those that each
page repeats are left out. Every other word keeps its place in the input.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import re2

from pipeline.clean.agency_pieces import bare_letters
from pipeline.clean.scan_cells import ScanRow
from pipeline.clean.scan_heads import belongs_to_heads, goes_on_heads, is_head, names_partners
from pipeline.clean.scan_lines import TIME_CUES, ScanLine, Word, is_certain_time, scan_line, time_kind_of
from pipeline.clean.scan_names import restored
from pipeline.clean.scan_rows import has_partners, read_rows
from pipeline.mapped_text import MappedText
from schemas import Diagnostic, Repair
from schemas.record import Span


def rebuild_scan_tables(mapped: MappedText) -> MappedText:
    """The text with each such table as rows between bars."""
    pieces: list[Span | str] = []
    at = 0
    for table in _tables(mapped.text):
        rebuilt, start, stop = _rebuilt(mapped.text, table)
        if rebuilt:
            above = min(_barred_above(mapped.text, start), table.lines[0].start)
            below = max(_barred_below(mapped.text, stop), table.lines[-1].end)
            pieces += [Span(at, max(at, above)), *_without_bars(mapped.text, max(at, above), start), *rebuilt]
            pieces += _without_bars(mapped.text, stop, below)
            at = below
    if not pieces:
        return mapped
    return mapped.rearranged([*pieces, Span(at, len(mapped.text))])


def _barred_above(text: str, start: int) -> int:
    """Where the heads directly above a table begin, also damaged ones between bars, which would be rows of it."""
    for _ in range(_ROW_REACH):
        before = start
        while before and text[before - 1].isspace():
            before -= 1
        line = text.rfind("\n", 0, before) + 1
        read = scan_line(text, line, before)
        if not ("|" in text[line:before] or belongs_to_heads(read)):
            break
        start = line
    return start


def _barred_below(text: str, stop: int) -> int:
    """Where the lines with bars directly below a table end."""
    for line in _LINE_OR_BREAK.finditer(text, stop):
        if line[0].strip(_BLANKS):
            if "|" not in line[0]:
                break
            stop = line.end()
    return stop


def _without_bars(text: str, start: int, stop: int) -> Iterator[Span]:
    """What stands between two places, but for bars and heads."""
    for line in _LINE_OR_BREAK.finditer(text, start, stop):
        read = scan_line(text, *line.span())
        if not belongs_to_heads(read):
            for match in _BARLESS.finditer(text, *line.span()):
                yield Span(*match.span())


def find_agency_repairs(text: str) -> Iterator[Repair]:
    """The misread words of agencies in the tables that `rebuild_scan_tables` made: `Đô Tài chính`, `Bộ Côngan`."""
    for columns, rows in _rebuilt_tables(text):
        cells = [list(_WORD.finditer(text, *cell)) for row in rows for cell in row[2 : 2 + columns]]
        for words, after in zip(cells, restored([tuple(word[0] for word in cell) for cell in cells]), strict=True):
            for first, stop, right in after:
                span = Span(words[first].start(), words[stop - 1].end())
                yield Repair(span=span, before=text[slice(*span)], after=right, rule="agency-name")


def scan_table_diagnostics(text: str) -> Iterator[Diagnostic]:
    """A remark on each table that `rebuild_scan_tables` made: how much of it is in doubt."""
    for columns, rows in _rebuilt_tables(text):
        whole = [row for row in rows if text[slice(*row[1])].strip()]
        doubtful = sum(not (text[slice(*row[2])].strip() and text[slice(*row[2 + columns])].strip()) for row in whole)
        message = (
            f"A task table that was scanned line by line is put together again, with the usual heads: of {len(whole)}"
            f" rows {doubtful} have no certain lead or time, and {len(rows) - len(whole)} more are headings or cannot"
            " be told apart."
        )
        span = Span(rows[0][0].start - 1, rows[-1][-1].end + 1)
        yield Diagnostic(code="scanned-table", severity="warning", message=message, span=span)


def _rebuilt_tables(text: str) -> Iterator[tuple[int, list[list[Span]]]]:
    """For each rebuilt table the number of its columns of agencies, and the places of the cells of its rows."""
    columns = 0
    rows: list[list[Span]] = []
    for match in _ROW.finditer(text):
        if head := next((count for count, head in _HEADERS.items() if head == match[0] + "\n"), 0):
            columns, rows = head, []
        elif columns:
            bars = [at for at in range(*match.span()) if text[at] == "|"]
            rows.append([Span(one + 1, two) for one, two in pairwise(bars)])
        if columns and not text.startswith("\n|", match.end()):
            if rows:
                yield columns, [row for row in rows if len(row) == columns + 3]
            columns = 0


class _Table(NamedTuple):
    """The lines of a table below its first head, and how many columns of agencies it has."""

    lines: list[ScanLine]
    agency_columns: int


class _Page:
    """The lines of a text, each read when it is first asked for: of most texts only those around times are."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.places = [match.span() for match in _LINE.finditer(text)]
        self._lines: dict[int, ScanLine] = {}
        self._heads: dict[int, bool] = {}

    def line(self, at: int) -> ScanLine:
        if at not in self._lines:
            self._lines[at] = scan_line(self.text, *self.places[at])
        return self._lines[at]

    def is_timed(self, at: int) -> bool:
        """Whether the line ends in a whole time and is no row of a table that is whole already."""
        start, end = self.places[at]
        text = self.text[start:end]
        if not any(cue in text for cue in TIME_CUES) or (text.startswith("|") and text.endswith("|")):
            return False
        kind = time_kind_of(text)
        timed = kind in {"whole", "open"} or (kind == "part" and self._goes_on(at))
        return timed and bool(self.line(at).words)

    def _goes_on(self, at: int) -> bool:
        """Whether the piece of a time at the end of a line makes a whole one with that of one of the next lines."""
        first = self.line(at).time
        below = [self.line(one).time for one in range(at + 1, min(at + 3, len(self.places)))]
        return any(first and time and is_certain_time(f"{first.text} {time.text}") for time in below)

    def is_caption(self, at: int) -> bool:
        start, end = self.places[at]
        return _CAPTION.match(self.text[start:end]) is not None

    def is_head(self, at: int) -> bool:
        """Whether the line is one of heads, or nothing but words of heads beside such a line."""
        beside = range(max(0, at - 1), min(len(self.places), at + 2))
        return self._is_head(at) or (goes_on_heads(self.line(at)) and any(map(self._is_head, beside)))

    def _is_head(self, at: int) -> bool:
        if at not in self._heads:
            self._heads[at] = is_head(self.line(at))
        return self._heads[at]


def _tables(text: str) -> Iterator[_Table]:
    if _BARRED.search(text) is None or sum(1 for _ in _TIMED.finditer(text)) < _FEWEST_TIMES:
        return
    page = _Page(text)
    before: tuple[int, int] | None = None  # the end of a table and its columns of agencies
    for cluster in _clusters(page):
        if len(cluster) < (_FEWEST_ROWS if before else _FEWEST_TIMES):
            continue
        first, stop = _extent(page, cluster)
        lines = [page.line(at) for at in range(first, stop)]
        if not _is_line_set(lines):
            continue
        named = [page.line(at) for at in range(max(0, first - _REACH), stop) if page.is_head(at)]
        if before and any(map(page.is_caption, range(before[0], first))):
            before = None
        if not (named or before):
            continue
        body = [line for at, line in enumerate(lines, first) if not page.is_head(at) and not _is_noise(line)]
        columns = before[1] if before else 2 if names_partners(named) or has_partners(body) else 1
        before = stop, columns
        yield _Table(body, columns)


def _clusters(page: _Page) -> Iterator[list[int]]:
    """Runs of lines with a time that are no further apart than rows are; a caption parts two tables."""
    cluster: list[int] = []
    for at in filter(page.is_timed, range(len(page.places))):
        if cluster and (at - cluster[-1] > _REACH or any(map(page.is_caption, range(cluster[-1], at)))):
            yield cluster
            cluster = []
        cluster.append(at)
    if cluster:
        yield cluster


def _extent(page: _Page, cluster: Sequence[int]) -> tuple[int, int]:
    """The first line below the heads or the caption, and the end of the lines that may belong to the last row."""
    first = cluster[0]
    while first and cluster[0] - first < _ROW_REACH and not (page.is_head(first - 1) or page.is_caption(first - 1)):
        first -= 1
    stop = cluster[-1] + 1
    while stop < len(page.places) and stop - cluster[-1] < _ROW_REACH and not page.is_caption(stop):
        stop += 1
    return first, stop


def _is_line_set(lines: Sequence[ScanLine]) -> bool:
    """Whether lines go on from one another as a scanner reads them, with bars in many of them."""
    barred = sum(bool(line.bars) for line in lines)
    small = sum(bool(line.words) and line.words[0].text[:1].islower() for line in lines)
    return barred >= 0.04 * len(lines) and small >= 0.2 * len(lines)


def _is_noise(line: ScanLine) -> bool:
    return not line.time and sum(len(bare_letters(word.text)) for word in line.words) < _LEAST_LETTERS


def _rebuilt(text: str, table: _Table) -> tuple[list[Span | str], int, int]:
    """The pieces of the table, and which stretch of the text they stand for."""
    rows = read_rows(table.lines, table.agency_columns)
    while rows and rows[-1].group:
        rows.pop()
    while rows and rows[0].group:
        rows.pop(0)
    if sum(not row.group for row in rows) < _FEWEST_ROWS:
        return [], 0, 0
    pieces: list[Span | str] = [_HEADERS[table.agency_columns]]
    for row in rows:
        pieces += _row_pieces(text, row)
    return pieces, table.lines[rows[0].first].start, table.lines[rows[-1].stop - 1].end


def _row_pieces(text: str, row: ScanRow) -> Iterator[Span | str]:
    cells = (row.cells[1], *row.cells[2:], ()) if row.group else row.cells
    for cell in cells:
        yield "| "
        yield from _cell_pieces(text, cell)
        yield " " if cell else ""
    yield "|\n"


def _cell_pieces(text: str, words: Sequence[Word]) -> Iterator[Span | str]:
    """The words with one space between any two, and as few pieces as they stand in."""
    if not words:
        return
    start = words[0].start
    for word, after in pairwise(words):
        if text[word.end : after.start] != " ":
            yield from (Span(start, word.end), " ")
            start = after.start
    yield Span(start, words[-1].end)


_FEWEST_TIMES = 6
_FEWEST_ROWS = 3  # fewer show that the cells cannot be told apart
_REACH = 40  # lines from one time to the next
_ROW_REACH = 12  # lines from a time to the end of its row
_LEAST_LETTERS = 2
_HEADERS = {
    1: "| TT | Nhiệm vụ | Cơ quan chủ trì | Thời gian thực hiện |\n",
    2: "| TT | Nhiệm vụ | Cơ quan chủ trì | Cơ quan phối hợp | Thời gian thực hiện |\n",
}
_LINE = re2.compile(r"[^\n]*\S[^\n]*")
_ROW = re2.compile(r"(?m)^\|.*\|$")
# re2 looks at the whole text even where a part of it is wanted.
_BLANKS = " \t\n\f\r"
_WORD = re.compile(rf"[^{_BLANKS}|]+")
_LINE_OR_BREAK = re.compile(r"\n|[^\n]+")
_BARLESS = re.compile(r"[^|]+")
# A line with a bar that does not stand between bars as the rows of whole tables do, nor alone.
_BARRED = re2.compile(r"(?m)^ *[^|\s][^|\n]*\||\|[^|\n]*[^|\s] *$")
_TIMED = re2.compile(
    r"(?m)(?:20\d\d ?[-–_.] ?20\d\d|[\dIV]/20\d\d|Năm 20\d\d|Thường xuyên| 20\d\d|\n20\d\d|Thường)[^\pL\pN\n]*$"
)
_CAPTION = re.compile(r".*\([Kk][èeaà]m theo|\W*ngày\W.*\)\W*$|\W*(?:PHỤ LỤC|Phụ ?lục)|.{0,4}Nơi nhận")
