"""The text of one paragraph: its runs put together, as they show when all tracked changes are accepted.

    <w:r><w:t>Giao</w:t></w:r><w:ins><w:r><w:t> Sở Y tế</w:t></w:r></w:ins><w:del>…</w:del>   →   "Giao Sở Y tế"

Anything that holds runs (links, smart tags, content controls, insertions, formulas) is walked through unless it is
known to be no text, so that no text is lost in an element that a later Word invents.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from lxml import etree

from pipeline.read.word.markup import MC, M, W, attribute, chosen, is_on
from pipeline.read.word.story import Story
from pipeline.read.word.styles import Look
from pipeline.read.word.symbols import is_symbol_font, read_symbols, symbol


class ParagraphText(NamedTuple):
    """Text with `\\n` where the author broke the line, and the text boxes that are anchored in the paragraph."""

    text: str
    boxes: list[etree._Element]


def read_runs(paragraph: etree._Element, story: Story, look: Look, style: str) -> ParagraphText:
    """The text of a paragraph whose own letters have *look*, and whose style is *style*."""
    walk = _Walk(story, look, style)
    walk.through(paragraph)
    return ParagraphText(_tidy(walk.text()), walk.boxes)


class _Stretch(NamedTuple):
    text: str
    font: str
    capitals: bool


@dataclass(slots=True)
class _Walk:
    story: Story
    look: Look
    style: str
    stretches: list[_Stretch] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)
    # For each open field the instruction read so far, None once its result has begun.
    fields: list[str | None] = field(default_factory=list)

    def through(self, element: etree._Element) -> None:
        for child in element.iterchildren(etree.Element):
            tag = child.tag
            if tag == _RUN:
                self._run(child)
            elif tag in _NO_TEXT:
                if tag in _CHANGES:
                    self.story.seen["tracked-changes"] += 1
            elif tag == _ALTERNATIVES:
                if (branch := chosen(child)) is not None:
                    self.through(branch)
            elif tag == _MATH_TEXT:
                self._add(child.text or "", self.look)
            elif tag == _FRACTION:
                self._fraction(child)
            else:
                if tag in _CHANGES:
                    self.story.seen["tracked-changes"] += 1
                self.through(child)

    def text(self) -> str:
        """All stretches; neighbours in one font are decoded together, since a letter may lie in two runs."""
        pieces: list[str] = []
        at = 0
        while at < len(self.stretches):
            first, end = self.stretches[at], at + 1
            while end < len(self.stretches) and self.stretches[end][1:] == first[1:]:
                end += 1
            text = "".join(stretch.text for stretch in self.stretches[at:end])
            text = read_symbols(self.story.decode(text, first.font), first.font)
            pieces.append(text.upper() if first.capitals else text)
            at = end
        return "".join(pieces)

    def _add(self, text: str, look: Look) -> None:
        if not text or any(instruction is not None for instruction in self.fields):
            return
        if look.hidden:
            self.story.seen["hidden-text"] += bool(text.strip())
            return
        self.stretches.append(_Stretch(text, look.font, look.capitals))

    def _run(self, run: etree._Element) -> None:
        look = self.look
        for child in run.iterchildren(etree.Element):
            tag = child.tag
            if tag == _TEXT:
                self._add(_BREAKS.sub(" ", child.text or ""), look)
            elif tag == _PROPERTIES:
                look = self._run_look(child)
            elif tag in _CHARACTERS:
                self._add(_CHARACTERS[tag], look)
            elif tag in _HANDLERS:
                _HANDLERS[tag](self, child, look)
            elif tag == _ALTERNATIVES:
                self._alternatives(child)

    def _alternatives(self, element: etree._Element) -> None:
        if (branch := chosen(element)) is not None:
            self._run(branch)

    def _run_look(self, properties: etree._Element) -> Look:
        look = self.look
        style = properties.find(_RUN_STYLE)
        if style is not None:
            # The marks of the paragraph itself apply to its end only, so its style is where a character style starts.
            look = self.story.styles.look_of(self.style, attribute(style))
        return look.changed(properties, self.story.styles.fonts)

    def _symbol(self, element: etree._Element, look: Look) -> None:
        font = attribute(element, "font")
        try:
            code = int(attribute(element, "char")[:8], 16)
        except ValueError:
            return
        self._add(symbol(code, font if is_symbol_font(font) or font else "Symbol"), look)

    def _note(self, element: etree._Element, look: Look) -> None:
        if not look.hidden and not any(instruction is not None for instruction in self.fields):
            kind = "footnote" if element.tag == _FOOTNOTE else "endnote"
            self._add(self.story.note_mark(kind, attribute(element, "id")), look)

    def _field_mark(self, element: etree._Element, look: Look) -> None:
        kind = attribute(element, "fldCharType")
        if kind == "begin":
            self.fields.append("")
            self._checkbox(element, look)
        elif kind == "separate" and self.fields:
            self.fields[-1] = None
        elif kind == "end" and self.fields:
            instruction = self.fields.pop()
            if instruction is not None and _NUMBER_FIELD.match(instruction):
                self.story.seen["number-fields"] += 1

    def _checkbox(self, element: etree._Element, look: Look) -> None:
        """A box of an old form, which is drawn and has no result."""
        box = element.find(f"{W}ffData/{W}checkBox")
        if box is None:
            return
        checked = is_on(box.find(W + "checked"))
        filled = is_on(box.find(W + "default")) if checked is None else checked
        inner = self.fields.pop()
        self._add("☒" if filled else "□", look)
        self.fields.append(inner)

    def _instruction(self, element: etree._Element, look: Look) -> None:
        if self.fields and self.fields[-1] is not None and len(self.fields[-1]) < 100:
            self.fields[-1] += element.text or ""

    def _drawing(self, element: etree._Element, look: Look) -> None:
        if look.hidden:
            return
        boxes = list(text_boxes(element))
        self.boxes += boxes
        if not boxes and element.tag == _OBJECT:
            self.story.seen["embedded-objects"] += 1
        elif not boxes and any(child.tag in _PICTURES for child in element.iterdescendants()):
            self.story.seen["pictures"] += 1

    def _comment(self, element: etree._Element, look: Look) -> None:
        self.story.seen["comments"] += 1

    def _ruby(self, element: etree._Element, look: Look) -> None:
        base = element.find(W + "rubyBase")
        if base is not None:
            self.through(base)

    def _fraction(self, element: etree._Element) -> None:
        above, below = element.find(M + "num"), element.find(M + "den")
        if above is not None:
            self.through(above)
        self._add("/", self.look)
        if below is not None:
            self.through(below)


def text_boxes(element: etree._Element) -> Iterator[etree._Element]:
    """The text boxes in a drawing, one branch of each alternative, without those that lie in another text box."""
    waiting = [element]
    while waiting:
        each = waiting.pop()
        if each.tag == _BOX:
            yield each
        elif each.tag == _ALTERNATIVES:
            if (branch := chosen(each)) is not None:
                waiting.append(branch)
        else:
            waiting.extend(each.iterchildren(etree.Element, reversed=True))


def _tidy(text: str) -> str:
    """No white space at line breaks and no empty lines; that at both ends may part it from what it joins."""
    if "\n" not in text:
        return text
    lines = "\n".join(line for line in map(str.strip, text.split("\n")) if line)
    return " " * text[:1].isspace() + lines + " " * text[-1:].isspace() if lines else ""


_RUN, _TEXT, _PROPERTIES, _RUN_STYLE = W + "r", W + "t", W + "rPr", W + "rStyle"
_ALTERNATIVES, _BOX, _OBJECT = MC + "AlternateContent", W + "txbxContent", W + "object"
_MATH_TEXT, _FRACTION = M + "t", M + "f"
_FOOTNOTE, _ENDNOTE = W + "footnoteReference", W + "endnoteReference"
_CHANGES = frozenset(W + name for name in ("ins", "del", "moveFrom", "moveTo"))
_NO_TEXT = frozenset(
    W + name
    for name in (
        *("pPr", "rPr", "sdtPr", "sdtEndPr", "customXmlPr", "smartTagPr", "fldData", "rt", "rubyPr"),
        *("del", "moveFrom", "bookmarkStart", "bookmarkEnd", "proofErr", "commentRangeStart", "commentRangeEnd"),
    )
)
_CHARACTERS = {
    W + "tab": " ",
    W + "ptab": " ",
    W + "br": "\n",
    W + "cr": "\n",
    W + "noBreakHyphen": "-",
    W + "softHyphen": "",
}
_HANDLERS = {
    W + "sym": _Walk._symbol,
    _FOOTNOTE: _Walk._note,
    _ENDNOTE: _Walk._note,
    W + "fldChar": _Walk._field_mark,
    W + "instrText": _Walk._instruction,
    W + "drawing": _Walk._drawing,
    W + "pict": _Walk._drawing,
    _OBJECT: _Walk._drawing,
    W + "commentReference": _Walk._comment,
    W + "ruby": _Walk._ruby,
}
_PICTURES = frozenset(
    {
        "{http://schemas.openxmlformats.org/drawingml/2006/main}blip",
        "{urn:schemas-microsoft-com:vml}imagedata",
        "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart",
        "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds",
    }
)
_BREAKS = re.compile(r"[\t\n\r]+")
_NUMBER_FIELD = re.compile(r"\s*(?:AUTONUM|LISTNUM)")
