"""Find the document of a page of an unknown site: where text is long, and not links.

    menu | news in links | 9,000 letters in paragraphs | imprint      the third, with the letterhead above it

Tools made for articles (trafilatura, readability) keep the best paragraphs of a page; here one element is chosen and
kept whole, because a plan's tables and lists are as much of it as its sentences.
"""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from pipeline.read.html.looks import is_hidden
from pipeline.read.html.page import Element


@dataclass(slots=True)
class Measure:
    """What stands in an element: letters, those in links, links, and whether a letterhead is among it.

    `weight` counts letters outside of links, those of short lines (menus, captions) for a quarter.
    """

    letters: int = 0
    linked: int = 0
    links: int = 0
    weight: float = 0
    letterhead: bool = False

    def add(self, other: Measure) -> None:
        """Add what stands in a part."""
        self.letters += other.letters
        self.linked += other.linked
        self.links += other.links
        self.weight += other.weight
        self.letterhead |= other.letterhead


Measures = dict[Element, Measure]


def measure(root: Element) -> Measures:
    """Measure all elements under *root* that are drawn and hold 20 letters or more."""
    measures: Measures = {}
    open_elements = [Measure()]
    link_depth = 0
    unseen: Element | None = None
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        if event == "start":
            if is_hidden(element) or element.tag in _CHROME:
                unseen = element
                walk.skip_subtree()
                continue
            link_depth += element.tag == "a"
            open_elements.append(Measure(links=int(element.tag == "a")))
            _count(open_elements[-1], element.text, link_depth > 0)
            continue
        if element is unseen:
            unseen = None
        else:
            link_depth -= element.tag == "a"
            own = open_elements.pop()
            open_elements[-1].add(own)
            if own.letters >= 20:
                measures[element] = own
        if element is not root:
            _count(open_elements[-1], element.tail, link_depth > 0)
    return measures


def dense_body(root: Element, measures: Measures) -> Element:
    """The element under *root* that holds the document, its letterhead included; *root* when nothing is denser."""
    chosen = root
    while (child := _heaviest(chosen, measures)) is not None:
        chosen = child
    above = [root] if chosen is root else [each for each in chosen.iterancestors() if each in measures]
    best = chosen
    for parent in above:
        if _belongs(measures.get(best, Measure()), measures.get(parent, Measure()), whole=parent.tag == "body"):
            best = parent
    return best


def link_heaps(body: Element, measures: Measures) -> set[Element]:
    """The elements in *body* that hold little but links: menus, related news, share bars."""
    return {
        element
        for element, found in measures.items()
        if element.tag in _HEAPS
        and found.links >= 3
        and found.linked > 0.7 * found.letters
        and element is not body
        and found.letters < 0.5 * measures[body].letters
    }


def small_forms(body: Element, measures: Measures) -> set[Element]:
    """The forms in *body* that do not hold the better half of it, as the one around the pages of ASP.NET does."""
    whole = measures[body].letters if body in measures else 0
    return {form for form in body.iter("form") if form is not body and 2 * _letters(form, measures) < whole}


def _letters(element: Element, measures: Measures) -> int:
    return measures[element].letters if element in measures else 0


def _count(found: Measure, text: str | None, linked: bool) -> None:
    if not text or not (letters := len(text.strip())):
        return
    found.letters += letters
    if linked:
        found.linked += letters
    else:
        found.weight += letters if letters >= 40 else letters / 4
        found.letterhead |= "Độc lập" in text or "CỘNG H" in text or "Số:" in text


def _heaviest(element: Element, measures: Measures) -> Element | None:
    """The child that holds most of *element*, None when no child does."""
    children = [child for child in element if child in measures and child.tag not in _NO_BODY]
    if not children or element not in measures:
        return None
    best = max(children, key=lambda child: measures[child].weight)
    return best if measures[best].weight > 0.75 * measures[element].weight else None


def _belongs(inner: Measure, outer: Measure, *, whole: bool) -> bool:
    """Whether what *outer* adds to *inner* is of the document: a letterhead, or next to nothing on a bare page."""
    letters, linked = outer.letters - inner.letters, outer.linked - inner.linked
    if whole and letters <= 300 and outer.links - inner.links <= 4:
        return True
    few = letters <= max(700, 0.15 * inner.letters) and 3 * linked <= letters
    return few and outer.letterhead and not inner.letterhead


_CHROME = frozenset({"footer", "aside"})
_NO_BODY = frozenset({"p", "tr", "td", "th", "tbody", "thead", "li", "table", "ol", "h1", "h2", "h3", "a", "font", "b"})
_HEAPS = frozenset({"div", "ul", "ol", "dl", "section", "table", "td"})
