"""Walk the elements of a Word document's body (or of a cell, note, text box) and give its blocks.

A paragraph whose mark was deleted, or is hidden, runs on into the next one, which lends it its list label; a text box
becomes paragraphs after the one that it hangs on. `element` of a place is a path that, after `/w:document`, is an XPath
of the document part: `/w:body/w:tbl[1]/w:tr[2]/w:tc[1]/w:p[1]`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from pipeline.read.blocks import Block, Paragraph, Piece, Place
from pipeline.read.word.markup import MC, W, attribute, chosen
from pipeline.read.word.numbering import LabelCounter
from pipeline.read.word.runs import read_runs
from pipeline.read.word.story import Story
from pipeline.read.word.tables import read_table


def read_blocks(container: etree._Element, path: str, story: Story) -> list[Block]:
    """The blocks in *container*, which is found at *path*."""
    walk = _Walk(story)
    walk.through(container, path)
    walk.flush()
    return walk.blocks


def numbered_children(container: etree._Element, path: str) -> Iterator[tuple[etree._Element, str]]:
    """The child elements with their paths; a name counts from 1 among those of its kind."""
    counts: Counter[str] = Counter()
    for child in container.iterchildren(etree.Element):
        tag = str(child.tag)
        counts[tag] += 1
        yield child, f"{path}/{_short(tag)}[{counts[tag]}]"


@dataclass(slots=True)
class _Walk:
    story: Story
    blocks: list[Block] = field(default_factory=list)
    # Pieces of paragraphs whose mark is gone, and their text boxes.
    open: list[Piece] = field(default_factory=list)
    boxes: list[Block] = field(default_factory=list)

    def through(self, container: etree._Element, path: str) -> None:
        for child, where in numbered_children(container, path):
            tag = child.tag
            if tag == _PARAGRAPH:
                self._paragraph(child, where)
            elif tag == _TABLE:
                self.flush()
                table = read_table(child, where, self.story, read_blocks)
                if table is not None:
                    self.blocks.append(table)
            elif tag == _CONTROL:
                self._control(child, where)
            elif tag == _ALTERNATIVES:
                self._alternatives(child, where)
            elif tag in _WRAPPERS:
                self.through(child, where)
            elif tag in _DELETED:
                self.story.seen["tracked-changes"] += 1
            elif tag == _FOREIGN_PART:
                self.story.seen["foreign-parts"] += 1

    def flush(self) -> None:
        """End the paragraph that is open."""
        pieces = [piece for piece in self.open if piece.text]
        if any(piece.text.strip() for piece in pieces):
            pieces[0] = pieces[0]._replace(text=pieces[0].text.lstrip())
            pieces[-1] = pieces[-1]._replace(text=pieces[-1].text.rstrip())
            self.blocks.append(Paragraph(tuple(piece for piece in pieces if piece.text)))
        self.open = []
        self.blocks += self.boxes
        self.boxes = []

    def _control(self, control: etree._Element, path: str) -> None:
        gallery = control.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
        content = control.find(W + "sdtContent")
        if content is None:
            return
        if attribute(gallery) == "Table of Contents":
            self.story.seen["contents-list"] += len(content)
            return
        self.through(content, f"{path}/w:sdtContent[1]")

    def _alternatives(self, element: etree._Element, path: str) -> None:
        branch = chosen(element)
        if branch is not None:
            self.through(branch, f"{path}/{_short(str(branch.tag))}[1]")

    def _paragraph(self, paragraph: etree._Element, path: str) -> None:
        story = self.story
        properties = paragraph.find(_PROPERTIES)
        mark = properties.find(_MARK) if properties is not None else None
        named = properties.find(_STYLE) if properties is not None else None
        style = story.styles.style(attribute(named), "paragraph")
        look = story.styles.look_of(style)
        text, boxes = read_runs(paragraph, story, look, style)
        if story.styles.is_contents(style):
            story.seen["contents-list"] += 1
            return
        runs_on = False
        if mark is not None:
            if any(mark.find(change) is not None for change in _MARK_CHANGES):
                story.seen["tracked-changes"] += 1
            look = look.changed(mark, story.styles.fonts)
            runs_on = look.hidden or any(mark.find(gone) is not None for gone in _MARK_GONE)
        has_text = bool(text.strip()) or any(piece.text.strip() for piece in self.open)
        label = "" if runs_on else self._label(properties, style, look.capitals, has_text)
        self._add(text, label, Place(element=path))
        self.boxes += _read_boxes(paragraph, boxes, path, story) if boxes else []
        if not runs_on:
            self.flush()

    def _label(self, properties: etree._Element | None, style: str, capitals: bool, has_text: bool) -> str:
        """The label of a paragraph; an empty one counts as well and shows its number, but no bullet."""
        story = self.story
        numbering = story.styles.numbering(properties, style, story.lists) if story.lists else None
        label = story.labels.label(*numbering) if numbering else None
        if label is None or (label.is_bullet and not has_text):
            return ""
        return label.text.upper() if (capitals if label.capitals is None else label.capitals) else label.text

    def _add(self, text: str, label: str, place: Place) -> None:
        """Add a piece; a label goes before all that the paragraph consists of."""
        if label and self.open:
            self.open[0] = self.open[0]._replace(text=label + self.open[0].text.lstrip())
        else:
            text = label + text.lstrip() if label else text
        self.open.append(Piece(text, place))


def _read_boxes(paragraph: etree._Element, boxes: list[etree._Element], path: str, story: Story) -> list[Block]:
    """The blocks of text boxes; their lists count apart from those of the body."""
    places = {box: place for place, box in enumerate(paragraph.iterdescendants(_BOX), 1)}
    apart = replace(story, labels=LabelCounter(story.lists))
    return [
        block for box in boxes for block in read_blocks(box, f"{path}/descendant::w:txbxContent[{places[box]}]", apart)
    ]


def _short(tag: str) -> str:
    """The name of an element with its usual prefix; what has none (`mc:…` aside) is no block of text."""
    space, _, name = tag.rpartition("}")
    return f"{_PREFIXES.get(space + '}', 'w')}:{name}"


_PARAGRAPH, _TABLE, _CONTROL, _BOX = W + "p", W + "tbl", W + "sdt", W + "txbxContent"
_PROPERTIES, _MARK, _STYLE = W + "pPr", W + "rPr", W + "pStyle"
_ALTERNATIVES, _FOREIGN_PART = MC + "AlternateContent", W + "altChunk"
_WRAPPERS = frozenset(W + name for name in ("customXml", "ins", "moveTo", "sdtContent"))
_DELETED = frozenset(W + name for name in ("del", "moveFrom"))
_MARK_GONE = (W + "del", W + "moveFrom")
_MARK_CHANGES = (*_MARK_GONE, W + "ins", W + "moveTo")
_PREFIXES = {MC: "mc", W: "w"}
