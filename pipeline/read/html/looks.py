"""What an element looks like in a browser: is it drawn at all, does it begin a new line, in which font?

    <p style="text-align: center; display: none"> is not drawn; <span> stands in its line; <div> begins a new one

Only the tag and the element's own attributes are asked: style sheets are elsewhere, and what they hide stays.
"""

from __future__ import annotations

import re

from pipeline.read.html.page import Element


def is_hidden(element: Element) -> bool:
    """Whether nothing of *element* is drawn as text: scripts, controls, menus, `display: none`."""
    if element.tag in UNSEEN or element.get("hidden") is not None:
        return True
    style = element.get("style")
    return bool(style and _HIDING.search(style))


def is_block(element: Element) -> bool:
    """Whether *element* begins and ends a line."""
    style = element.get("style")
    if style and (display := _DISPLAY.search(style)):
        return not display[1].lower().startswith("inline")
    return element.tag in BLOCKS


def keeps_lines(element: Element) -> bool | None:
    """Whether line ends in the source are line ends on the screen; None when *element* says nothing of it."""
    style = element.get("style")
    if style and (space := _WHITE_SPACE.search(style)):
        return space[1].lower().startswith("pre")
    return True if element.tag in ("pre", "listing", "xmp") else None


def font_of(element: Element) -> str | None:
    """The first font that *element* asks for: `.VnTime` of `<font face=".VnTime, Arial">`."""
    face = element.get("face") if element.tag == "font" else None
    style = element.get("style")
    if style and (family := _FONT.search(style)):
        face = family[1]
    return face.split(",")[0].strip(" \t\n'\"") if face else None


BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir",
    "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "frameset", "h1", "h2", "h3", "h4",
    "h5", "h6", "header", "hgroup", "hr", "html", "legend", "li", "listing", "main", "menu", "ol", "p", "pre",
    "search", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "xmp",
})  # fmt: skip
UNSEEN = frozenset({
    "applet", "area", "audio", "base", "basefont", "button", "canvas", "col", "colgroup", "command", "datalist",
    "embed", "frame", "frameset", "head", "iframe", "input", "link", "map", "meta", "nav", "noembed", "noframes",
    "noscript", "object", "optgroup", "option", "param", "picture", "progress", "rp", "script", "select",
    "source", "style", "svg", "template", "textarea", "title", "track", "video",
})  # fmt: skip
_HIDING = re.compile(r"(?i)display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all")
_DISPLAY = re.compile(r"(?i)(?:^|;)\s*display\s*:\s*(block|inline[a-z-]*|flex|grid|list-item|table[a-z-]*)")
_WHITE_SPACE = re.compile(r"(?i)white-space\s*:\s*([a-z-]+)")
_FONT = re.compile(r"(?i)(?:^|;)\s*font-family\s*:\s*([^;]+)")
