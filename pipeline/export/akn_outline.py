"""The outline of a document as Akoma Ntoso elements: what each label becomes, what is number, heading and text.

    Điều 1. … / 2. … / b) …   →   <article eId="art_1"> <paragraph eId="art_1__para_2"> <point eId="…__point_b">

A bare label ("II.", "1.2.") says nothing of its rank and becomes `<hcontainer name="item">`, but below an article,
where Nghị định 34/2016/NĐ-CP fixes the ranks: khoản is a paragraph, điểm a point.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from lxml import etree

from extractors.metadata.folding import folded
from pipeline.export.akn_names import ElementIds
from pipeline.export.akn_text import Element, TextBlocks, tag
from schemas import PlanDocument, Section


@dataclass(slots=True)
class Node:
    """A section with those below it; `start` and `end` never reach over a neighbour's."""

    section: Section
    start: int
    end: int
    children: list[Node] = field(default_factory=list)

    @property
    def is_annex(self) -> bool:
        """Whether it is a phụ lục."""
        return folded(self.section.label).startswith("PHU LUC")


def tree(document: PlanDocument) -> list[Node]:
    """The sections as a tree, by their places in the text; a section that overlaps another is cut where that begins."""
    roots: list[Node] = []
    open_nodes: list[Node] = []
    for section in sorted(document.sections, key=lambda each: (each.span.start, -each.span.end)):
        start, end = section.span
        while open_nodes and open_nodes[-1].end <= start:
            open_nodes.pop()
        if open_nodes:
            end = min(end, open_nodes[-1].end)
        node = Node(section, start, end)
        (open_nodes[-1].children if open_nodes else roots).append(node)
        open_nodes.append(node)
    return roots


class Outline:
    """Makes the elements of one document's sections."""

    def __init__(self, document: PlanDocument, blocks: TextBlocks, ids: ElementIds) -> None:
        self._text = document.text
        self._blocks = blocks
        self._ids = ids

    def element(self, node: Node, *, parent: str, below: str = "") -> Element:
        """The element of *node* with all below it; *parent* is the eId, *below* the name of the element above."""
        name, abbreviation, number = _kind(node.section.label, below)
        made = etree.Element(tag(name), eId=self._ids.of(parent, abbreviation, number))
        if name == "hcontainer":
            made.set("name", "item")
        at = self.head(node, made)
        if not node.children:
            _wrapped(made, "content", self._blocks.blocks(at, node.end))
            return made
        _wrapped(made, "intro", self._blocks.blocks(at, node.children[0].start))
        self._add_children(made, node, name)
        _wrapped(made, "wrapUp", self._blocks.blocks(node.children[-1].end, node.end))
        return made

    def head(self, node: Node, element: Element) -> int:
        """Put label and title of *node* into *element* as they are written; return where the text goes on."""
        at = _after_label(self._text, node)
        if at > node.start:
            self._blocks.fill(etree.SubElement(element, tag("num")), node.start, at)
        at = _after_space(self._text, at, node.end)
        end = _after_title(self._text, at, node)
        if end > at:
            self._blocks.fill(etree.SubElement(element, tag("heading")), at, end)
        return end

    def _add_children(self, made: Element, node: Node, name: str) -> None:
        """The children, and the text between them, which the schema wants in an element of its own."""
        parent = made.get("eId") or ""
        at = node.children[0].start
        for child in node.children:
            if between := self._blocks.blocks(at, child.start):
                loose = etree.SubElement(made, tag("hcontainer"), eId=self._ids.of(parent, "hcontainer"), name="text")
                _wrapped(loose, "content", between)
            made.append(self.element(child, parent=parent, below=name))
            at = child.end


def _wrapped(parent: Element, name: str, blocks: Sequence[Element]) -> None:
    if blocks:
        etree.SubElement(parent, tag(name)).extend(blocks)


def _kind(label: str, below: str) -> tuple[str, str, str]:
    """Element, abbreviation and number for *label*, which stands in an element *below*."""
    plain = folded(label)
    for word, name, abbreviation in WORDED:
        if plain == word or plain.startswith(f"{word} "):
            return name, abbreviation, label[len(word) :].strip()
    name, abbreviation = BELOW_ARTICLE.get((below, label[:1].isdigit()), ("hcontainer", "hcontainer"))
    return name, abbreviation, label


def _own_end(node: Node) -> int:
    """Where the words before the first child end."""
    return node.children[0].start if node.children else node.end


def _after_label(text: str, node: Node) -> int:
    """Where the label ends that stands at the beginning, or the beginning where none is found."""
    end = min(_own_end(node), node.start + LONGEST_LABEL)
    head = folded(text[node.start : end])
    label = folded(node.section.label)
    word = next((word for word, _, _ in WORDED if label == word or label.startswith(f"{word} ")), None)
    if word is None:
        found = re.match(rf"[(\[*]*{re.escape(label)}(?!\w)[ \t]*[.:)\]/*]*", head) or _BARE.match(head)
    else:
        number = r"\s*(?:SO\s*)?[\w.-]*\w" if label != word else ""
        found = re.match(word.replace(" ", r"\s*") + number + r"[ \t]*[.:)]*", head)
    return node.start + found.end() if found else node.start


def _after_title(text: str, at: int, node: Node) -> int:
    """Where the title ends that stands at *at*, with the colon or stop behind it; *at* where it stands elsewhere."""
    letters = [letter for letter in node.section.title or "" if not letter.isspace()]
    if not letters:
        return at
    place = at
    for letter in letters:
        place = _after_space(text, place, node.end)
        if place >= node.end or text[place] != letter:
            return at
        place += 1
    end = _own_end(node)
    closing = re.compile(r"[ \t]*[.:;]+").match(text, place, end)
    return closing.end() if closing else place


def _after_space(text: str, at: int, end: int) -> int:
    while at < end and text[at].isspace():
        at += 1
    return at


LONGEST_LABEL = 40
_BARE = re.compile(r"[(\[*]*\w{1,5}(?:\.\w{1,3})*[.:)\]/*]+(?=\s)")
WORDED = (
    ("PHAN", "part", "part"),
    ("CHUONG", "chapter", "chp"),
    ("TIEU MUC", "subsection", "subsec"),
    ("MUC", "section", "sec"),
    ("DIEU", "article", "art"),
    ("PHU LUC", "hcontainer", "hcontainer"),
)
# By the element above, and whether the label begins with a digit.
BELOW_ARTICLE = {
    ("article", True): ("paragraph", "para"),
    ("article", False): ("point", "point"),
    ("paragraph", True): ("subparagraph", "subpara"),
    ("paragraph", False): ("point", "point"),
}
