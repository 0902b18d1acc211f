"""Find a quoted place again in a text that has changed, and the record that stands there now.

    find_anchor(new_text, anchor)  →  Span(812, 903), or None when the words are gone

A place is the same when its words are, wherever they have moved; between several places with the same words the
context decides, not the old position, since a changed cleaning moves everything behind it. Slightly changed words in
their old context go before the same words in another one: plans repeat themselves.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from heapq import nlargest
from itertools import accumulate, takewhile
from typing import TypeVar

from pipeline.review.decisions import Anchor, Kind, RecordRef
from schemas import Record, Span

CONTEXT = 40  # characters on each side
LEAST_LIKE = 0.75  # of a quote that has changed, as SequenceMatcher counts
LEAST_OVERLAP = 0.5  # of the union of two spans: below it, a decision about one record is none about the other
HEADED: frozenset[Kind] = frozenset({"section", "table", "budget"})  # long; quoted by their first line
AnyRecord = TypeVar("AnyRecord", bound=Record)


def anchor_at(text: str, span: Span | tuple[int, int]) -> Anchor:
    """The anchor of `text[start:end]`; raises `ValueError` (pydantic's) when that is empty."""
    start, end = span
    return Anchor(
        exact=text[start:end],
        prefix=text[max(0, start - CONTEXT) : start],
        suffix=text[end : end + CONTEXT],
        start=start,
        end=end,
    )


def quoted(kind: Kind, span: Span, text: str) -> Span:
    """What of a record is quoted: all of it, of a section, a table or a budget the first line."""
    if kind not in HEADED:
        return span
    line_end = text.find("\n", span.start, span.end)
    return Span(span.start, line_end if line_end > span.start else span.end)


def reference(text: str, kind: Kind, record: Record) -> RecordRef:
    """How a decision names *record* of the document with this *text*."""
    return RecordRef(kind=kind, id=record.id, anchor=anchor_at(text, quoted(kind, record.span, text)))


def find_anchor(text: str, anchor: Anchor) -> Span | None:
    """Where the quote stands in *text*: at its old place, else where its words and context are, else where the most
    similar words are; None when nothing is similar enough."""
    if text[anchor.start : anchor.end] == anchor.exact and _context(text, anchor, anchor.start) == _whole(anchor):
        return Span(anchor.start, anchor.end)
    nearest = nlargest(TRIED, _exact(text, anchor))
    found = [(1 + _around(text, anchor, span), span) for span in (Span(*each[2:]) for each in nearest)]
    best = max(found, key=_by_score, default=None)
    if best is None or best[0] < 1 + CLEAR:  # the own words may have changed, while others like them stand elsewhere
        found += [(like + _around(text, anchor, span), span) for like, span in _similar(text, anchor)]
        best = max(found, key=_by_score, default=None)
    return best[1] if best else None


def overlap(first: Span, second: Span) -> float:
    """The share of two spans' union that both have, in [0, 1]."""
    shared = min(first.end, second.end) - max(first.start, second.start)
    return max(0, shared) / max(1, max(first.end, second.end) - min(first.start, second.start))


def match_record(text: str, ref: RecordRef, records: Sequence[AnyRecord]) -> AnyRecord | None:
    """The record, of those of the same kind, that stands where *ref* points now; of equal ones that with its id."""
    place = find_anchor(text, ref.anchor)
    if place is None:
        return None
    scored = [(overlap(place, quoted(ref.kind, each.span, text)), each.id == ref.id, each) for each in records]
    best = max(scored, key=lambda each: each[:2], default=None)
    return best[2] if best and best[0] >= LEAST_OVERLAP else None


def _exact(text: str, anchor: Anchor) -> Iterator[tuple[int, int, int, int]]:
    """Each place with the same words: how much context agrees, nearness to the old place, start and end."""
    at = text.find(anchor.exact)
    while at >= 0:
        yield _context(text, anchor, at), -abs(at - anchor.start), at, at + len(anchor.exact)
        at = text.find(anchor.exact, at + 1)


def _around(text: str, anchor: Anchor, span: Span) -> float:
    """How like its old context the context of *span* is, in [0, 1]."""
    before = text[max(0, span.start - CONTEXT) : span.start]
    after = text[span.end : span.end + CONTEXT]
    pairs = ((before, anchor.prefix), (after, anchor.suffix))
    return sum(SequenceMatcher(None, now, then, autojunk=False).ratio() for now, then in pairs) / 2


def _by_score(found: tuple[float, Span]) -> float:
    return found[0]


def _context(text: str, anchor: Anchor, at: int) -> int:
    """How many characters of the context agree, counted from the quote outwards."""
    before = text[max(0, at - len(anchor.prefix)) : at]
    end = at + len(anchor.exact)
    after = text[end : end + len(anchor.suffix)]
    return _alike(before[::-1], anchor.prefix[::-1]) + _alike(after, anchor.suffix)


def _whole(anchor: Anchor) -> int:
    return len(anchor.prefix) + len(anchor.suffix)


def _alike(first: str, second: str) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(first, second, strict=False)))


def _similar(text: str, anchor: Anchor) -> Iterator[tuple[float, Span]]:
    """Stretches of *text* that are like the quote, where pieces of it and its context line up."""
    length = len(anchor.exact)
    slack = max(8, length // 4)
    for shift in _likely_shifts(text, anchor, slack):
        low = max(0, shift - slack)
        like, start, end = _aligned(anchor.exact, text[low : max(low, shift + length + 2 * slack)])
        if like >= LEAST_LIKE:
            yield like, Span(low + start, low + end)


def _likely_shifts(text: str, anchor: Anchor, width: int) -> list[int]:
    """Where the quote would begin, by the votes of its short pieces."""
    words = anchor.prefix + anchor.exact + anchor.suffix
    places = _pieces(text)
    votes: Counter[int] = Counter()
    for at in range(len(words) - PIECE + 1):
        found = places.get(words[at : at + PIECE], ())
        if len(found) <= FREQUENT:
            votes.update((place - at + len(anchor.prefix)) // width for place in found)
    return [bucket * width for bucket, _ in votes.most_common(TRIED)]


@lru_cache(maxsize=2)
def _pieces(text: str) -> dict[str, list[int]]:
    """Where each piece of *text* stands; one too many places of a frequent one are enough to know it by."""
    places: dict[str, list[int]] = {}
    for at in range(len(text) - PIECE + 1):
        found = places.setdefault(text[at : at + PIECE], [])
        if len(found) <= FREQUENT:
            found.append(at)
    return places


def _aligned(quote: str, window: str) -> tuple[float, int, int]:
    """How like the quote the best stretch of *window* is, and that stretch."""
    units = list if len(quote) <= BY_LETTERS else _UNIT.findall
    first, second = units(quote), units(window)
    places = [0, *accumulate(map(len, second))]
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    blocks = [
        (places[b.b], places[b.b + b.size], len("".join(second[b.b : b.b + b.size])))
        for b in matcher.get_matching_blocks()
        if b.size
    ]
    best = _likeness(blocks, len(quote))
    for cut in (slice(1, None), slice(None, -1)):  # letters that match by chance far outside
        while best[0] < (fewer := _likeness(blocks[cut], len(quote)))[0]:
            best, blocks = fewer, blocks[cut]
    return best


def _likeness(blocks: Sequence[tuple[int, int, int]], length: int) -> tuple[float, int, int]:
    if not blocks:
        return 0.0, 0, 0
    start, end = blocks[0][0], blocks[-1][1]
    return 2 * sum(size for _, _, size in blocks) / (length + end - start), start, end


PIECE = 6  # characters
FREQUENT = 64  # a piece that stands in more places of a text says little
TRIED = 6
CLEAR = 0.6  # so like the old context, the same words are those that were meant
BY_LETTERS = 1_500  # characters; longer quotes are compared by words
_UNIT = re.compile(r"\w+|\W")
