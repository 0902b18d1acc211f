"""Read a saved web page: `read_html(b"<nav>…</nav><div id=toanvancontent><p>…")` gives the document's own blocks.

Which element holds the document is decided once, by the profile of the site or by density, and what stands in it is
kept whole: lists, tables, letterhead, recipients. A page without a document is refused, not emptied.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.errors import UnreadableInputError
from pipeline.read.blocks import Block, BlockDocument
from pipeline.read.html.density import dense_body, link_heaps, measure, small_forms
from pipeline.read.html.kinds import is_document, refusal
from pipeline.read.html.page import Element, Page, parse_page
from pipeline.read.html.properties import Properties, candidates, find_boxes, read_box
from pipeline.read.html.sites import Site, load_sites
from pipeline.read.html.walk import RunText, as_is, blocks_of
from schemas import Diagnostic


def read_html(data: bytes, *, limit: int = 64 << 20, run_text: RunText = as_is) -> BlockDocument:
    """Read *data* of at most *limit* bytes; raise `UnreadableInputError` when it holds no document.

    Places are XPaths that lxml finds in the same page. *run_text* is given each run of text and its font, None where
    the page names none, and gives the text to read instead.

    >>> page = "<p>KẾ HOẠCH</p><ol><li>Trồng 5 ha chè</li><li>Chăm sóc 2 ha</li></ol>"
    >>> [block.text for block in read_html(page.encode()).blocks]
    ['KẾ HOẠCH', '1. Trồng 5 ha chè', '2. Chăm sóc 2 ha']
    """
    if len(data) > limit:
        raise UnreadableInputError(
            "too-large", f"has {len(data):,} bytes, more than the limit of {limit:,}: split it, or raise the limit"
        )
    return _Reading(parse_page(data), run_text).document()


@dataclass(slots=True)
class _Reading:
    """One page on its way to a document."""

    page: Page
    run_text: RunText
    drop: set[Element] = field(default_factory=set)
    properties: Properties = ()
    empty_site: Site | None = None
    guessed: bool = False

    def document(self) -> BlockDocument:
        sites = [site for site in load_sites() if site.knows(self.page)]
        self._find_properties(sites)
        for site in sites:
            if blocks := self._by_profile(site):
                return self._finished(blocks, ())
        blocks = self._by_density()
        if not is_document(blocks, known=False):
            site_name = self.empty_site.name if self.empty_site else None
            raise refusal(self.page, empty_site=site_name, properties=len(self.properties))
        return self._finished(blocks, (_GUESSED,) if self.guessed else ())

    def _finished(self, blocks: list[Block], diagnostics: tuple[Diagnostic, ...]) -> BlockDocument:
        return BlockDocument(
            blocks=tuple(blocks),
            encoding=self.page.encoding,
            diagnostics=(*self.page.diagnostics, *diagnostics),
            properties=self.properties,
        )

    def _find_properties(self, sites: list[Site]) -> None:
        """Read the boxes, by profile and by labels, and keep them out of the text."""
        boxes = [element for site in sites for element in site.boxes(self.page)]
        pairs = [pair for element in boxes for pair in read_box(element)]
        for box in find_boxes(candidates(self.page.root)):
            self.drop.add(box.element)
            if not any(above in boxes for above in (box.element, *box.element.iterancestors())):
                pairs.extend(box.pairs)
        self.properties = tuple(dict.fromkeys(pairs))

    def _by_profile(self, site: Site) -> list[Block]:
        """The blocks of the first body of *site* in which a document stands; none when there is none."""
        drop = self.drop | site.dropped(self.page)
        for bodies in site.bodies(self.page):
            blocks = [block for body in bodies for block in self._blocks(body, drop)]
            if is_document(blocks, known=not site.generic):
                return blocks
            if not site.generic:
                self.empty_site = self.empty_site or site
        return []

    def _by_density(self) -> list[Block]:
        body = self.page.root.find("body")
        if body is None:
            return []
        measures = measure(body)
        chosen = dense_body(body, measures)
        self.guessed = chosen is not body
        heaps = link_heaps(chosen, measures) | small_forms(chosen, measures) if self.guessed else set()
        return self._blocks(chosen, self.drop | heaps)

    def _blocks(self, body: Element, drop: set[Element]) -> list[Block]:
        return blocks_of(body, drop=drop, run_text=self.run_text)


_GUESSED = Diagnostic(
    code="guessed-body",
    severity="info",
    message="the page is from no known site: its document was found by where the text is dense",
)
