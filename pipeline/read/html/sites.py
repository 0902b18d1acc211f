"""What is known of single sites: which element of their pages holds the document, its property box, what to leave out.

The profiles are data, in `sites.toml`; each carries a small page as its example.
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources

from pipeline.read.html.page import Element, Page
from pipeline.read.html.selectors import select, words


@dataclass(frozen=True, slots=True)
class Site:
    """One site, or one way to build sites; fields as in the table."""

    name: str
    source: str
    generic: bool
    text: tuple[str, ...]
    known: tuple[str, ...]
    body: tuple[str, ...]
    drop: tuple[str, ...]
    properties: tuple[str, ...]
    example: str

    def knows(self, page: Page) -> bool:
        """Whether *page* is from this site."""
        return any(text in page.source for text in self.text) or any(find(page, known) for known in self.known)

    def bodies(self, page: Page) -> list[list[Element]]:
        """The elements that may hold the document, best guess first; no element of a guess is inside another."""
        return [_outermost(found) for body in self.body if (found := find(page, body))]

    def dropped(self, page: Page) -> set[Element]:
        """The elements of *page* that are the site's own."""
        return {element for each in (*self.drop, *self.properties) for element in find(page, each)}

    def boxes(self, page: Page) -> list[Element]:
        """The property boxes of *page*."""
        return [element for each in self.properties for element in find(page, each)]


def find(page: Page, selector: str) -> Sequence[Element]:
    """The elements of *page* that *selector* means; most selectors of most sites are ruled out by their words alone."""
    return select(page.root, selector) if all(word in page.source for word in words(selector)) else ()


@functools.cache
def load_sites() -> tuple[Site, ...]:
    """All profiles, in the order of the table: single sites before ways to build them."""
    table = tomllib.loads(resources.files(__package__).joinpath("sites.toml").read_text(encoding="utf-8"))
    return tuple(
        Site(
            name=raw["name"],
            source=raw["source"],
            generic=raw.get("generic", False),
            text=tuple(raw.get("text", ())),
            known=tuple(raw.get("known", ())),
            body=tuple(raw["body"]),
            drop=tuple(raw.get("drop", ())),
            properties=tuple(raw.get("properties", ())),
            example=raw["example"],
        )
        for raw in table["site"]
    )


def _outermost(elements: Sequence[Element]) -> list[Element]:
    chosen = set(elements)
    return [each for each in elements if not any(above in chosen for above in each.iterancestors())]
