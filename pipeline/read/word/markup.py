"""Names in WordprocessingML, and how its values are read: a switch `<w:b/>` is on, `<w:b w:val="0"/>` off."""

from __future__ import annotations

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


def attribute(element: etree._Element | None, name: str = "val") -> str:
    """The attribute `w:name`, empty when there is none."""
    return element.get(W + name, "") if element is not None else ""


def number(element: etree._Element | None, otherwise: int, name: str = "val") -> int:
    """The whole number in attribute `w:name`, between -2³¹ and 2³¹; *otherwise* when there is none."""
    text = attribute(element, name).strip()
    try:
        return max(-(2**31), min(int(text[:12]), 2**31))
    except ValueError:
        return otherwise


def is_on(element: etree._Element | None) -> bool | None:
    """Whether a switch is on, None when it is not there."""
    if element is None:
        return None
    return attribute(element) not in ("0", "false", "off", "none")


def chosen(alternatives: etree._Element) -> etree._Element | None:
    """The one branch of `mc:AlternateContent` to read: its choice, else its fallback for old programs."""
    choice = alternatives.find(MC + "Choice")
    return choice if choice is not None and len(choice) else alternatives.find(MC + "Fallback")
