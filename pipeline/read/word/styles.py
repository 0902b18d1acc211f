"""What styles lend to the text of a paragraph: its list, whether it is hidden or set in capitals, its font.

Only what changes the text that a reader sees is kept of `styles.xml`; looks are not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from lxml import etree

from pipeline.read.word.markup import W, attribute, is_on, number
from pipeline.read.word.numbering import ListInstance


class Look(NamedTuple):
    """How letters are shown, as far as it changes what is read."""

    hidden: bool = False
    capitals: bool = False
    font: str = "Times New Roman"

    def changed(self, properties: etree._Element | None, fonts: dict[str, str]) -> Look:
        """This look after the run properties `w:rPr` of a style or run."""
        if properties is None:
            return self
        hidden, capitals = is_on(properties.find(_VANISH)), is_on(properties.find(_CAPS))
        font = _font(properties.find(_FONTS), fonts)
        if hidden is None and capitals is None and not font:
            return self
        return Look(
            self.hidden if hidden is None else hidden,
            self.capitals if capitals is None else capitals,
            font or self.font,
        )


PLAIN = Look()


@dataclass(frozen=True, slots=True)
class Style:
    """A style; `list_id` and `level` are those of its own numbering, None when it says nothing of it."""

    id: str
    name: str
    parent: str
    run: etree._Element | None
    list_id: str | None
    level: int | None
    borders: etree._Element | None


@dataclass(slots=True)
class Styles:
    """The styles of a document; `fonts` are those of its theme by the names that `w:asciiTheme` uses."""

    styles: dict[str, Style] = field(default_factory=dict)
    defaults: dict[str, str] = field(default_factory=dict)
    fonts: dict[str, str] = field(default_factory=dict)
    look: Look = PLAIN
    looks: dict[tuple[str, str], Look] = field(default_factory=dict)

    def style(self, style_id: str, kind: str) -> str:
        """The id of a style, or of the default one of its kind when there is none of that id."""
        return style_id if style_id in self.styles else self.defaults.get(kind, "")

    def chain(self, style_id: str) -> Iterator[Style]:
        """A style and those that it is based on."""
        seen: set[str] = set()
        while style_id in self.styles and style_id not in seen:
            seen.add(style_id)
            yield self.styles[style_id]
            style_id = self.styles[style_id].parent

    def look_of(self, paragraph_style: str, character_style: str = "") -> Look:
        """The look of letters in a paragraph style and, over it, a character style."""
        key = (paragraph_style, character_style)
        if key not in self.looks:
            look = self.look
            for style_id in key:
                for style in reversed(list(self.chain(style_id))):
                    look = look.changed(style.run, self.fonts)
            self.looks[key] = look
        return self.looks[key]

    def numbering(
        self, properties: etree._Element | None, style_id: str, lists: dict[str, ListInstance]
    ) -> tuple[str, int] | None:
        """List and level of a paragraph with these own properties `w:pPr` and style, None when it is not numbered."""
        own = properties.find(W + "numPr") if properties is not None else None
        list_id, level = _list_and_level(own)
        if list_id is None:
            list_id, inherited = self._inherited_numbering(style_id, lists)
            level = inherited if level is None else level
        elif level is None:
            level = next((style.level for style in self.chain(style_id) if style.level is not None), None)
        if not list_id or list_id not in lists:
            return None
        return list_id, min(max(level or 0, 0), 8)

    def _inherited_numbering(self, style_id: str, lists: dict[str, ListInstance]) -> tuple[str | None, int | None]:
        """The nearest list of the styles; the level that is tied to a style goes before the one that it names."""
        chain = list(self.chain(style_id))
        for place, style in enumerate(chain):
            if style.list_id is None:
                continue
            for nearer in chain[: place + 1]:
                tied = lists[style.list_id].level_of_style(nearer.id) if style.list_id in lists else None
                if tied is not None or nearer.level is not None:
                    return style.list_id, tied if tied is not None else nearer.level
            return style.list_id, None
        return None, None

    def is_contents(self, style_id: str) -> bool:
        """Whether a paragraph style is that of a line in an automatic table of contents."""
        style = self.styles.get(style_id)
        return style is not None and bool(_CONTENTS.fullmatch(style.name))


def read_styles(root: etree._Element | None, theme: etree._Element | None) -> Styles:
    """The styles of `styles.xml` with the fonts of the theme."""
    styles = Styles(fonts=_theme_fonts(theme))
    if root is None:
        return styles
    defaults = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
    styles.look = styles.look.changed(defaults, styles.fonts)
    for element in root.iterchildren(W + "style"):
        style = _read_style(element)
        styles.styles[style.id] = style
        if attribute(element, "default") in ("1", "true", "on"):
            styles.defaults[attribute(element, "type")] = style.id
    return styles


def style_lists(root: etree._Element | None) -> dict[str, str]:
    """The lists that numbering styles name, by the id of the style."""
    found: dict[str, str] = {}
    for element in root.iterchildren(W + "style") if root is not None else ():
        target = element.find(f"{W}pPr/{W}numPr/{W}numId")
        if attribute(element, "type") == "numbering" and target is not None:
            found[attribute(element, "styleId")] = attribute(target)
    return found


def _read_style(element: etree._Element) -> Style:
    list_id, level = _list_and_level(element.find(f"{W}pPr/{W}numPr"))
    return Style(
        id=attribute(element, "styleId"),
        name=attribute(element.find(W + "name")),
        parent=attribute(element.find(W + "basedOn")),
        run=element.find(W + "rPr"),
        list_id=list_id,
        level=level,
        borders=element.find(f"{W}tblPr/{W}tblBorders"),
    )


def _list_and_level(properties: etree._Element | None) -> tuple[str | None, int | None]:
    """Both are properties of their own: a paragraph may name only one, and inherit the other."""
    if properties is None:
        return None, None
    list_id, level = properties.find(W + "numId"), properties.find(W + "ilvl")
    return (
        attribute(list_id) if list_id is not None else None,
        number(level, 0) if level is not None else None,
    )


def _font(fonts: etree._Element | None, theme: dict[str, str]) -> str:
    """The font of letters beyond ASCII, which is what old Vietnamese fonts use; else that of ASCII."""
    if fonts is None:
        return ""
    for name in ("hAnsi", "ascii"):
        font = theme.get(attribute(fonts, f"{name}Theme"), "") or attribute(fonts, name)
        if font:
            return font
    return ""


def _theme_fonts(theme: etree._Element | None) -> dict[str, str]:
    found: dict[str, str] = {}
    for kind in ("major", "minor"):
        latin = theme.find(f".//{_A}{kind}Font/{_A}latin") if theme is not None else None
        if latin is not None and latin.get("typeface"):
            found[f"{kind}HAnsi"] = found[f"{kind}Ascii"] = latin.get("typeface", "")
    return found


_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_VANISH, _CAPS, _FONTS = W + "vanish", W + "caps", W + "rFonts"
_CONTENTS = re.compile(r"(?i:toc [1-9]|table of figures)")
