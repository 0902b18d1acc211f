"""Heads: where the heading of each section ends, and what of it is the title.

    3. Sở Y tế                      the title is "Sở Y tế", the next line stands below it
    3.                              the label stands alone, its content in the next line
    PHỤ LỤC / DANH MỤC / CÔNG VIỆC  the lines in capitals below an annex, a part or a chapter are its title

A dump may break a heading, too: "3. Đề nghị Ủy ban Mặt trận Tổ quốc Việt / Nam giám sát …" is a sentence, no heading.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.attribute_labels import LONGEST_LABEL, label_at_start
from pipeline.segment.blocks import BULLET, is_torn
from pipeline.segment.labels import ANNEX, ARTICLE, CHAPTER, DIVISION, NAMED, PART, SUBDIVISION, Mark
from pipeline.segment.lines import Line, is_capitals, is_spaced
from pipeline.segment.sections import Node
from pipeline.segment.titles import Shape, among_run_in, heads_article, shape_of, title_length
from pipeline.segment.zones import Zoning
from schemas.record import Span


@dataclass(slots=True)
class Head:
    """Where the heading of a section ends: its last line, and its title."""

    last_line: int
    title: str | None
    span: Span | None
    run_in: bool = False

    @property
    def awaits(self) -> bool:
        """Whether the next line is still its own: a heading wants a text below it."""
        return self.title is not None and not self.run_in


class Heads:
    """The heads of all sections: `contents` is the text after each label, `content_lines` where it stands."""

    def __init__(
        self, lines: Sequence[Line], marks: Sequence[Mark | None], zoning: Zoning, nodes: Sequence[Node]
    ) -> None:
        self.lines, self.marks, self.zoning, self.nodes = lines, marks, zoning, nodes
        self.spaced = is_spaced(lines)
        self.node_at = {node.line: index for index, node in enumerate(nodes)}
        self.contents, self.content_lines = self._read_contents()
        self.heads = self._read_heads()
        plain = [node for node in nodes if node.reading.style not in NAMED]
        self.labels_stand_alone = sum(not lines[node.line].text[self._mark(node).content :] for node in plain) >= 3

    def is_free(self, index: int) -> bool:
        """Whether a line is plain text of the same part: no label, no table, no footnote, not in another zone."""
        return (
            0 < index < len(self.lines)
            and self.lines[index].grid < 0
            and index not in self.node_at
            and index not in self.zoning.roots
            and index not in self.zoning.footnotes
            and self.zoning.zones[index] == self.zoning.zones[index - 1]
        )

    def _mark(self, node: Node) -> Mark:
        mark = self.marks[node.line]
        assert mark is not None
        return mark

    def _read_contents(self) -> tuple[list[str], list[int]]:
        """The text after each label, and the line it stands on (the next one when the label stands alone)."""
        contents: list[str] = []
        places: list[int] = []
        for node in self.nodes:
            content = self.lines[node.line].text[self._mark(node).content :].strip()
            place = node.line
            if not content and self.is_free(node.line + 1) and node.reading.style not in _STRUCTURE:
                following = self.lines[node.line + 1]
                if not BULLET.match(following.text):
                    place, content = node.line + 1, following.text
            contents.append(content)
            places.append(place)
        return contents, places

    def _read_heads(self) -> list[Head]:
        shapes = [shape_of(content, followed=self._is_followed(at)) for at, content in enumerate(self.contents)]
        running = {node.parent for node, shape in zip(self.nodes, shapes, strict=True) if shape.form == "run-in"}
        siblings: dict[int | None, list[Shape]] = {}
        for index, node in enumerate(self.nodes):
            if node.parent in running:
                shapes[index] = among_run_in(self.contents[index], shapes[index])
            siblings.setdefault(node.parent, []).append(shapes[index])
        return [
            self._read_head(index, node, shape, siblings[node.parent])
            for index, (node, shape) in enumerate(zip(self.nodes, shapes, strict=True))
        ]

    def _is_followed(self, index: int) -> bool:
        """Whether something stands below a label before the next one beside or above it."""
        following = self.content_lines[index] + 1
        if following >= len(self.lines) or self.zoning.zones[following] != "body":
            return False
        below = following not in self.node_at or self.nodes[self.node_at[following]].parent == index
        # The sentence goes on: "… chủ trì, phối hợp / với …".
        return below and (following in self.node_at or not self._goes_on(self.contents[index], following))

    def _read_head(self, index: int, node: Node, shape: Shape, siblings: Sequence[Shape]) -> Head:
        style = node.reading.style
        if style in _STRUCTURE:
            return self._named_head(index, node)
        place, content = self.content_lines[index], self.contents[index]
        following = place + 1
        listed = shape.followed and (following in self.node_at or self._begins_list(following))
        length = title_length(content, shape, siblings, listed=listed)
        if (label := self._field_label(index)) is not None:
            length = len(label)
        if style == ARTICLE and shape.form in ("lead-in", "run-in", "open") and not heads_article(content, shape):
            length = None
        if not length:
            return Head(place, None, None)
        line = self.lines[place]
        start = line.start + line.text.index(content)
        title = content[:length].rstrip(" :.;,")
        if self.spaced and self.is_free(following) and is_capitals(content) and self._adjoins(following):
            title = f"{title} {self.lines[following].text.rstrip(' :.;,')}"
            return Head(following, title, Span(start, self.lines[following].end))
        return Head(place, title, Span(start, start + len(title)), len(title) + 3 < len(content))

    def _begins_list(self, index: int) -> bool:
        """Whether a line is a bullet, but no attribute of what stands above it (`- Cơ quan chủ trì: …`)."""
        text = self.lines[index].text
        bullet = BULLET.match(text)
        return bullet is not None and label_at_start(text[bullet.end() :].lstrip()) is None

    def closes_form(self, index: int) -> bool:
        """Whether a section is a line of a form below another, so that what follows unlabelled stands beside it."""
        head = self.heads[index]
        return head.run_in and self.nodes[index].parent is not None and self._field_label(index) is not None

    def _field_label(self, index: int) -> str | None:
        """The label of an attribute with its value (`d) Phối hợp: Sở Tài chính`), right below another."""
        above = index - 1
        if above < 0 or self.content_lines[above] + 1 != self.nodes[index].line:
            return None
        labels = [_run_in_label(self.contents[at]) for at in (above, index)]
        return labels[1] if None not in labels and self.nodes[above].parent == self.nodes[index].parent else None

    def _adjoins(self, index: int) -> bool:
        """Whether a line in capitals follows the one above it without a blank line: `CHẾ ĐỘ / BÁO CÁO`."""
        return self.lines[index].start - self.lines[index - 1].end == 1 and is_capitals(self.lines[index].text)

    def _goes_on(self, content: str, index: int) -> bool:
        """Whether the sentence of an item goes on in the next line: "… chủ trì, phối hợp / với …"."""
        line = self.lines[index]
        close = self.spaced and line.start - self.lines[index - 1].end == 1
        return line.text[:1].islower() or (not BULLET.match(line.text) and is_torn(content, line.text, close=close))

    def _named_head(self, index: int, node: Node) -> Head:
        """The title of an annex, part or chapter: what follows the label, or the lines below in capitals."""
        pieces: list[tuple[int, int, str]] = []
        line = self.lines[node.line]
        content = self.contents[index]
        last = node.line
        if content and self.content_lines[index] == node.line:
            start = line.start + line.text.rindex(content)
            pieces.append((start, line.end, content))
        at = last + 1
        while self.is_free(at) and at <= node.line + 8:
            text = self.lines[at].text
            if text[0] == "(" or _NO_TITLE.match(text) or BULLET.match(text):
                break
            capitals = is_capitals(text)
            if pieces and not (capitals and is_capitals(pieces[-1][2])):
                break
            if not pieces and not capitals and (len(text) > 250 or text[-1] in ".;:" or _SENTENCE.match(text)):
                break
            pieces.append((self.lines[at].start, self.lines[at].end, text))
            last = at
            at += 1
        if not pieces:
            return Head(last, None, None)
        title = " ".join(text for _, _, text in pieces)
        bracket = title.find(" (")
        if bracket > 0 and _ATTACHMENT.match(title, bracket + 1):
            title = title[:bracket]
        end = pieces[-1][1]
        return Head(last, title.rstrip(" :.;"), Span(pieces[0][0], end))


def _run_in_label(content: str) -> str | None:
    label = label_at_start(content) if ":" in content[:LONGEST_LABEL] else None
    return label if label is not None and content[len(label) + 1 :].strip() else None


_STRUCTURE = (ANNEX, PART, CHAPTER, DIVISION, SUBDIVISION)
_NO_TITLE = re.compile(r"(?i:đvt|đơn vị(?: tính)?)\s*:|Căn cứ|CỘNG HÒA")
_SENTENCE = re.compile(r".{150}")
_ATTACHMENT = re.compile(r"(?i)\((?:ban hành )?kèm theo")
