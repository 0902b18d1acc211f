"""The XPath of the elements that are open on the way through a tree: `/html/body/div[2]/p[3]`.

It is the path that lxml's `getpath` gives, which counts all elder brothers each time; here they are counted once.
An element nested more than a hundred deep goes by the path of its ancestor there.
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from dataclasses import dataclass, field

from pipeline.read.html.page import Element


@dataclass(slots=True)
class OpenElement:
    """An element on the way: `place` is its number among its brothers, `step` among those of its tag."""

    element: Element
    parent: OpenElement | None = None
    depth: int = 0
    children: int = 0
    step: int = 1
    place: int = 1
    _met: dict[str, int] = field(default_factory=dict)
    _path: str | None = None
    _kinds: Counter[str] | None = None

    def child(self, element: Element) -> OpenElement:
        """The next child, which must be *element*."""
        step = self._met[element.tag] = self._met.get(element.tag, 0) + 1
        self.children += 1
        return OpenElement(element, self, self.depth + 1, step=step, place=self.children)

    @property
    def path(self) -> str:
        """The XPath of the element."""
        if self._path is None:
            self._path = self._find_path()
        return self._path

    def _find_path(self) -> str:
        if self.parent is None:
            return str(self.element.getroottree().getpath(self.element))
        missing = [self]
        while (above := missing[-1].parent) and above._path is None and above.parent is not None:
            missing.append(above)
        for entry in reversed(missing[1:]):
            entry._path = entry._own_path()
        return self._own_path()

    def _own_path(self) -> str:
        assert self.parent is not None
        if self.depth > DEEPEST_PATH:
            return self.parent.path
        tag = self.element.tag
        if not _is_name(tag):  # `o:p` of Word's pages is no name in XPath
            return f"{self.parent.path}/*[{self.place}]"
        only = self.parent.kinds[tag] == 1
        return f"{self.parent.path}/{tag}" if only else f"{self.parent.path}/{tag}[{self.step}]"

    @property
    def kinds(self) -> Counter[str]:
        """How many children of each tag the element has."""
        if self._kinds is None:
            self._kinds = Counter(child.tag for child in self.element)
        return self._kinds


@functools.lru_cache(maxsize=1000)
def _is_name(tag: str) -> bool:
    return bool(_NAME.fullmatch(tag))


DEEPEST_PATH = 100
_NAME = re.compile(r"[a-z_][a-z0-9_-]*")
