"""Find a quoted place again in a text that has changed, and the record that stands there now.

    find_anchor(new_text, anchor)  →  Span(812, 903), or None when the words are gone

A place is the same when its words are, wherever they have moved; between several places with the same words the
context decides, not the old position, since a changed cleaning moves everything behind it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
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
    best = max(_exact(text, anchor), default=None)
    if best is not None:
        return Span(-best[2], -best[2] + len(anchor.exact))
    return _similar(text, anchor)


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


def _exact(text: str, anchor: Anchor) -> Iterator[tuple[int, int, int]]:
    """Each place with the same words: how much context agrees, nearness to the old place, the place negated."""
    at = text.find(anchor.exact)
    while at >= 0:
        yield _context(text, anchor, at), -abs(at - anchor.start), -at
        at = text.find(anchor.exact, at + 1)


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


def _similar(text: str, anchor: Anchor) -> Span | None:
    """The most similar stretch of *text*, looked for where pieces of the quote and its context line up."""
    length = len(anchor.exact)
    slack = max(8, length // 4)
    found: tuple[float, Span] | None = None
    for shift in _likely_shifts(text, anchor, slack):
        low = max(0, shift - slack)
        like, start, end = _aligned(anchor.exact, text[low : max(low, shift + length + 2 * slack)])
        if like >= LEAST_LIKE and (found is None or like > found[0]):
            found = like, Span(low + start, low + end)
    return found[1] if found else None


def _likely_shifts(text: str, anchor: Anchor, width: int) -> list[int]:
    """Where the quote would begin, by the votes of its short pieces; linear in the text."""
    words = anchor.prefix + anchor.exact + anchor.suffix
    pieces: dict[str, list[int]] = {}
    for at in range(len(words) - PIECE + 1):
        pieces.setdefault(words[at : at + PIECE], []).append(at - len(anchor.prefix))
    votes: Counter[int] = Counter()
    for at in range(len(text) - PIECE + 1):
        for offset in pieces.get(text[at : at + PIECE], ())[:SAME_PIECES]:
            votes[(at - offset) // width] += 1
    return [bucket * width for bucket, _ in votes.most_common(TRIED)]


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


PIECE = 4  # characters
SAME_PIECES = 3  # a piece that comes more often in the quote says little
TRIED = 4
BY_LETTERS = 1_500  # characters; longer quotes are compared by words
_UNIT = re.compile(r"\w+|\W")
