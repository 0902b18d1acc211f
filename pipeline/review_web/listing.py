"""The documents page's rows: filtered, sorted, and a page of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, NamedTuple
from urllib.parse import urlencode

from pipeline.dataset.folding import fold
from pipeline.review_web.summaries import COUNTED, Summary

ROWS = 50


class Wanted(NamedTuple):
    """What the address of the page asks for."""

    q: str = ""
    kind: str = ""
    state: str = ""
    sort: str = "name"
    down: bool = False
    page: int = 1

    def query(self, **changes: Any) -> str:
        """The address of the same page with other values; what is usual is left out."""
        wanted = self._replace(**changes)._asdict()
        usual = Wanted()._asdict()
        return "/?" + urlencode(
            {key: int(value) if value is True else value for key, value in wanted.items() if value != usual[key]}
        )

    def sorted_by(self, column: str) -> str:
        """The address of the page sorted by *column*, the other way round when it is sorted so already."""
        return self.query(sort=column, down=self.sort == column and not self.down, page=1)


class Listing(NamedTuple):
    """One page of rows; `found` counts all that fit."""

    rows: list[Summary]
    found: int
    page: int
    pages: int


def listing(summaries: Sequence[Summary], wanted: Wanted) -> Listing:
    """The rows that *wanted* asks for."""
    words = fold(wanted.q).split()
    fitting = [
        each
        for each in summaries
        if all(word in each.folded for word in words)
        and (not wanted.kind or each.doc_type == wanted.kind)
        and _in_state(each, wanted.state)
    ]
    key = SORTED.get(wanted.sort, SORTED["name"])
    fitting.sort(key=lambda each: each.name)
    fitting.sort(key=key, reverse=wanted.down)
    pages = max(1, -(-len(fitting) // ROWS))
    page = min(max(1, wanted.page), pages)
    return Listing(fitting[(page - 1) * ROWS : page * ROWS], len(fitting), page, pages)


def _in_state(summary: Summary, state: str) -> bool:
    return not state or (bool(summary.remarks) if state == "remarks" else summary.state == state)


def _count(kind: str) -> Callable[[Summary], Any]:
    at = COUNTED.index(kind)
    return lambda each: each.counts[at]


SORTED: dict[str, Callable[[Summary], Any]] = {
    "name": lambda each: each.name,
    "type": lambda each: each.doc_type,
    "number": lambda each: each.number,
    "title": lambda each: fold(each.title),
    "issuer": lambda each: fold(each.issuer),
    "issued_on": lambda each: each.issued_on or date.min,
    "share": lambda each: each.share,
    "lowest": lambda each: 2.0 if each.lowest is None else each.lowest,
    "remarks": lambda each: sum(count for _, count in each.remarks),
    **{kind: _count(kind) for kind in COUNTED},
}
