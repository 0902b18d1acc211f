"""The whole outline, step by step: lines, tables, labels, zones, tree, titles, blocks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.attribute_labels import LONGEST_LABEL, field_kind, label_at_start
from pipeline.outline import Grid, Outline, OutlineSection
from pipeline.segment.annex_lists import without_annex_lists
from pipeline.segment.bare_numbers import with_bare_numbers, with_lost_numbers
from pipeline.segment.blocks import BULLET, BlockWriter, finish, is_closer, is_torn
from pipeline.segment.candidates import Candidate
from pipeline.segment.garbled_letters import with_garbled_letters
from pipeline.segment.grids import RawGrid
from pipeline.segment.heads import Heads
from pipeline.segment.labels import ANNEX, ARTICLE, Mark, find_mark
from pipeline.segment.lines import Line, is_capitals, is_spaced, split_lines
from pipeline.segment.quotes import quoted_lines
from pipeline.segment.sections import Node, build_tree
from pipeline.segment.tables import lift_tables
from pipeline.segment.zones import Zoning, assign_zones
from schemas.record import Span


def outline_of(text: str, drawn: Sequence[RawGrid] = ()) -> Outline:
    """The outline of a cleaned text; *drawn* are the tables that are known already."""
    lines, raw_grids = lift_tables(text, split_lines(text), drawn)
    marks = [find_mark(line.text) if line.grid < 0 else None for line in lines]
    marks = with_bare_numbers(lines, without_annex_lists(lines, marks))
    marks = with_lost_numbers(lines, with_garbled_letters(lines, marks))
    quoted = quoted_lines(lines)
    zoning = assign_zones(lines, marks)
    nodes, recovered = build_tree(_candidates(lines, marks, quoted, zoning))
    return _Writer(lines, marks, zoning, nodes, raw_grids).write(recovered)


def _candidates(
    lines: Sequence[Line], marks: Sequence[Mark | None], quoted: set[int], zoning: Zoning
) -> list[Candidate]:
    candidates: list[Candidate] = []
    spaced = is_spaced(lines)
    pending = False
    for index, mark in enumerate(marks):
        pending = pending or index in zoning.roots
        if mark is None or index in quoted:
            continue
        annex = mark.readings[0].style == ANNEX
        if zoning.zones[index] != "body" and not (annex and zoning.zones[index] == "header" and index):
            continue
        content = lines[index].text[mark.content :]
        capitals = is_capitals(content) if content else False
        before = lines[index - 1].text if index else ""
        led = before.endswith(":")
        close = spaced and lines[index].start - lines[index - 1].end == 1
        torn = close and before[-1:].isalpha() and is_torn(before, mark.printed, close=True)
        if torn and not _begins_count(marks, index):
            continue  # "… trên địa bàn cấp độ / 1. Cấp ngay lương khô …"
        candidates.append(Candidate(index, mark, capitals, led, pending, _is_field(content)))
        pending = False
    return candidates


def _begins_count(marks: Sequence[Mark | None], index: int) -> bool:
    """Whether the label of a line is a `(1)` that a `(2)` follows, not the end of a reference (`tại điểm / (1)`)."""
    first = marks[index]
    if first is None or first.printed[0] != "(" or first.readings[0].value != 1:
        return False
    following = next((mark for mark in marks[index + 1 : index + 12] if mark is not None), None)
    return following is not None and (following.readings[0].style, following.readings[0].value) == (
        first.readings[0].style,
        2,
    )


def _is_field(content: str) -> bool:
    """Whether the text behind a label gives who or when of what stands above (`Thời gian thực hiện: Quý II`)."""
    label = label_at_start(content) if ":" in content[:LONGEST_LABEL] else None
    return label is not None and field_kind(label) != "content"


class _Writer:
    def __init__(
        self,
        lines: Sequence[Line],
        marks: Sequence[Mark | None],
        zoning: Zoning,
        nodes: Sequence[Node],
        grids: Sequence[RawGrid],
    ) -> None:
        self.lines, self.marks, self.zoning, self.nodes, self.raw_grids = lines, marks, zoning, nodes, grids
        self.reader = Heads(lines, marks, zoning, nodes)
        self.node_at, self.heads = self.reader.node_at, self.reader.heads
        self.children: dict[int, list[int]] = {}
        for index, node in enumerate(nodes):
            if node.parent is not None:
                self.children.setdefault(node.parent, []).append(index)
        self.sections: list[OutlineSection] = []

    def write(self, recovered: dict[int, str]) -> Outline:
        self._write_sections()
        writer = BlockWriter(spaced=self.reader.spaced)
        grids: list[Grid] = []
        section: int | None = None
        closing: int | None = None  # where a paragraph stands that speaks for more than its item, until the next label
        for index, line in enumerate(self.lines):
            if index in self.zoning.roots:
                section = None
            if index in self.node_at or section is None:
                closing = None
            if line.grid >= 0:
                writer.grid(line, section)
                grids.append(self._grid(self.raw_grids[line.grid], section, index))
                continue
            if index in self.node_at:
                section = self.node_at[index]
                self._write_head(writer, section)
                skip_to = self.heads[section].last_line
            elif section is not None and index <= skip_to:
                continue
            elif index in self.zoning.footnotes:
                writer.line(self.zoning.zones[index], line, None)
            else:
                zone = self.zoning.zones[index]
                place = section if zone == "body" or self._in_annex_header(section, index) else None
                if zone == "body" and place is not None:
                    if closing is None and not BULLET.match(line.text):
                        moved = self._paragraph_place(index, place)
                        if moved != place:
                            closing = moved
                            self._end_below(place, moved, index)
                    place = place if closing is None else closing
                    if self.reader.closes_form(place):
                        place = self.nodes[place].parent
                writer.line(zone, line, place, joins=self.reader.labels_stand_alone)
        places = [(self._label_span(line), label) for line, label in sorted(recovered.items())]
        return Outline(tuple(self.sections), finish(writer.drafts, self.sections), tuple(grids), tuple(places))

    def _in_annex_header(self, section: int | None, index: int) -> bool:
        return (
            section is not None and self.zoning.zones[index] == "header" and self.nodes[section].reading.style == ANNEX
        )

    # sections -----------------------------------------------------------------------------------------------

    def _marker(self, line: int) -> str:
        mark = self.marks[line]
        return mark.printed if mark else ""

    def _label_span(self, line: int) -> Span:
        marker = self._marker(line)
        start = self.lines[line].start + self.lines[line].text.index(marker)
        return Span(start, start + len(marker))

    def _write_sections(self) -> None:
        ends = self._ends()
        for index, node in enumerate(self.nodes):
            head = self.heads[index]
            line = self.lines[node.line]
            self.sections.append(
                OutlineSection(
                    node.reading.label,
                    node.path,
                    len(node.path),
                    node.parent,
                    Span(line.start, self.lines[head.last_line].end),
                    head.title,
                    head.span,
                    Span(line.start, ends[index]),
                )
            )

    def _ends(self) -> list[int]:
        """Where each section ends: before the next one that is not below it, a new root or the closing."""
        stops = sorted(self.zoning.roots)
        ends: list[int] = [0] * len(self.nodes)
        stack: list[int] = []
        bounds = [*((node.line, len(node.path)) for node in self.nodes)]
        stop_at = self._stops(stops)
        for index, (line, depth) in enumerate(bounds):
            while stack and len(self.nodes[stack[-1]].path) >= depth:
                self._close(ends, stack.pop(), line, stop_at)
            stack.append(index)
        while stack:
            self._close(ends, stack.pop(), len(self.lines), stop_at)
        for index in range(len(self.nodes) - 1, -1, -1):
            parent = self.nodes[index].parent
            if parent is not None:
                ends[parent] = max(ends[parent], ends[index])
        return ends

    def _stops(self, roots: Sequence[int]) -> list[int]:
        """For each line the next one at which no section goes on."""
        stops = [len(self.lines)] * (len(self.lines) + 1)
        starts = set(roots)
        for at in range(len(self.lines) - 1, -1, -1):
            zone = self.zoning.zones[at]
            ending = at in starts or at in self.zoning.footnotes or zone == "closing"
            stops[at] = at if ending else stops[at + 1]
        return stops

    def _end_below(self, section: int, place: int, index: int) -> None:
        """End *section*, and those above it up to *place*, before the line that speaks for all of *place*.

        They go on where one of their tables or sections stands below it.
        """
        below = index
        while below < len(self.lines) and below not in self.node_at and below not in self.zoning.roots:
            if self.lines[below].grid >= 0:
                return
            below += 1
        node: int | None = section
        while node is not None and node != place and not self._goes_on_behind(node, index):
            start, end = self.sections[node].extent
            extent = Span(start, min(end, self.lines[index - 1].end))
            self.sections[node] = replace(self.sections[node], extent=extent)
            node = self.nodes[node].parent

    def _goes_on_behind(self, section: int, index: int) -> bool:
        """Whether one of the sections directly below *section* begins behind a line."""
        below = self.children.get(section)
        return below is not None and self.nodes[below[-1]].line > index

    def _close(self, ends: list[int], index: int, before: int, stops: Sequence[int]) -> None:
        node = self.nodes[index]
        first = self.heads[index].last_line
        last = max(min(before, stops[min(node.line + 1, len(self.lines))]) - 1, first)
        ends[index] = self.lines[last].end

    # blocks -------------------------------------------------------------------------------------------------

    def _write_head(self, writer: BlockWriter, section: int) -> None:
        node, head = self.nodes[section], self.heads[section]
        line = self.lines[node.line]
        zone = self.zoning.zones[node.line]
        marker = self._marker(node.line)
        if head.span is not None and not head.run_in:
            writer.heading(zone, head.span.start, head.span.end, marker, section, head.title or "")
            return
        content = self.reader.contents[section]
        if not content:
            writer.heading(zone, line.start, line.end, marker, section, line.text)
            return
        place = self.lines[self.reader.content_lines[section]]
        start = place.start + place.text.index(content)
        writer.item(zone, start, place.end, marker, section, content)

    def _paragraph_place(self, index: int, section: int) -> int:
        """The section of a paragraph without label: its item, or the part that it closes."""
        node = self.nodes[section]
        if node.parent is None or index <= self.heads[section].last_line + self.heads[section].awaits:
            return section
        if self._ends_root(index) and (is_closer(self.lines[index].text) or BULLET.match(self.lines[index - 1].text)):
            while self.nodes[section].parent is not None:
                parent = self.nodes[section].parent
                assert parent is not None
                section = parent
        if node.parent is not None and self._closes_list(index, section):
            return node.parent
        return section

    def _closes_list(self, index: int, section: int) -> bool:
        """Whether a paragraph after the last of several plain items speaks for all of them."""
        node = self.nodes[section]
        if self.heads[section].title is not None or node.reading.style == ARTICLE or node.parent is None:
            return False
        family = self.children[node.parent]
        if len(family) < 2 or family[-1] != section or index != self.heads[section].last_line + 1:
            return False
        if self.lines[index].text[0].islower() or self.lines[index - 1].text[-1:] not in ".;":
            return False
        return not any(
            self.reader.is_free(after := self.heads[one].last_line + 1) and self.zoning.zones[after] == "body"
            for one in family[:-1]
        )

    def _ends_root(self, index: int) -> bool:
        """Whether no label stands between a line and the end of its part."""
        for at in range(index + 1, min(index + 12, len(self.lines))):
            if at in self.node_at or at in self.zoning.roots:
                return at in self.zoning.roots
            if self.zoning.zones[at] != "body" or at in self.zoning.footnotes or self.lines[at].grid >= 0:
                return True
        return index + 12 >= len(self.lines)

    # tables -------------------------------------------------------------------------------------------------

    def _grid(self, raw: RawGrid, section: int | None, index: int) -> Grid:
        caption = self._caption(section, index)
        return Grid(raw.span, section, caption, raw.unit, raw.header, raw.rows)

    def _caption(self, section: int | None, index: int) -> str | None:
        """The title nearest above a table."""
        for at in range(index - 1, max(index - 5, -1), -1):
            if at in self.node_at or self.lines[at].grid >= 0:
                break
            text = self.lines[at].text
            if _TABLE_NAME.match(text) or (is_capitals(text) and len(text) > 8 and self.zoning.zones[at] != "closing"):
                if section is not None and at <= self.heads[section].last_line:
                    break
                first = at
                while first - 1 > index - 6 and is_capitals(text) and is_capitals(self.lines[first - 1].text) \
                        and first - 1 not in self.node_at and self.zoning.zones[first - 1] != "closing":  # fmt: skip
                    first -= 1
                return " ".join(line.text for line in self.lines[first : at + 1]).rstrip(" :.")
        while section is not None:
            if title := self.sections[section].title:
                return title
            section = self.sections[section].parent
        return None


_TABLE_NAME = re.compile(r"(?:Bảng|Biểu|Mẫu biểu|BẢNG|BIỂU)(?: số)? ?(?:\d|[IVX]+[.:])")
