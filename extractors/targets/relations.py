"""What figures that stand near each other say of one another: ranges, levels that are left, bounds that two share.

    từ 5 xã đến 7 xã      từ 20% năm 2020 lên 35%      khoảng 85 hợp tác xã và 600 tổ hợp tác

Each figure has been read alone before; here one may take the unit or the bound of its neighbour, or fall away.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import zip_longest

import regex

from extractors.targets.asides import LONGEST, Asides
from extractors.targets.bounds import bound_afar, bound_of_quantity
from schemas import Comparator, Span


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure as it stands in the text; `span` takes in its bound and its unit, `number` does not."""

    span: Span
    number: Span
    value: float
    value_max: float | None
    denominator: float | None
    unit: str | None
    comparator: Comparator
    starts_from: bool
    rule: str


def related(text: str, figures: list[Figure], asides: Asides) -> list[Figure]:
    """*figures* of *text*, in reading order, as they hold beside each other."""
    figures = list(_sharing_bounds(text, list(_bounded_afar(text, list(_joined(text, figures))))))
    return list(_without_qualifiers(text, list(_parts_of_a_whole(figures, asides))))


def _without_qualifiers(text: str, figures: list[Figure]) -> Iterator[Figure]:
    """Drop what only describes those counted: the 1 Gb/s of `Tỷ lệ hộ có đường truyền 1 Gb/s đạt 90%`."""
    before: Figure | None = None
    for figure, following in zip_longest(figures, figures[1:]):
        described = following and figure.unit != following.unit and _describes(text, figure, following)
        if not (described or _says_how(text, before, figure) or _is_left_behind(text, figure)):
            yield figure
        before = figure


def _says_how(text: str, share: Figure | None, figure: Figure) -> bool:
    """Whether *figure* only says what is done with the *share* before it: `95% trẻ được tiêm đủ 3 mũi`."""
    if share is None or share.unit != "%" or figure.comparator != "=" or figure.rule not in _COUNTED:
        return False
    return _DONE_TO.fullmatch(text, share.span.end, figure.span.start) is not None


def _is_left_behind(text: str, figure: Figure) -> bool:
    """Whether there will be none of what *figure* tells from others: `không còn xã dưới 5 tiêu chí`."""
    if figure.comparator == "=":
        return False
    return _NONE_LEFT.search(text, max(0, figure.span.start - _CLAUSE), figure.span.start) is not None


def _describes(text: str, figure: Figure, following: Figure) -> bool:
    """Whether *figure* says who is counted by the result that *following* is: `giảm số xã dưới 5 điểm còn 30 xã`."""
    gap = text[figure.span.end : following.span.start]
    if len(gap) >= _CLAUSE or not _RESULT_NEXT.search(gap):
        return False
    window = max(0, figure.span.start - LONGEST)
    clause_start = max(window - 1, *(text.rfind(mark, window, figure.span.start) for mark in ";.\n")) + 1
    if following.unit == "%" and _RATIO.match(text, clause_start):
        return True
    comma = text.rfind(",", clause_start, figure.span.start) + 1
    return _NUMBER_OF.match(text, max(clause_start, comma)) is not None


def _joined(text: str, figures: list[Figure]) -> Iterator[Figure]:
    """Join `từ 5 xã đến 7 xã` to a range and drop the start of `từ 20% năm 2020 lên 35%`."""
    held: Figure | None = None
    for figure in figures:
        if held:
            gap = text[held.span.end : figure.number.start]
            if held.starts_from and _rises(gap):
                held = None
            elif _is_range(held, gap, figure):
                figure = replace(
                    figure,
                    span=Span(held.span.start, figure.span.end),
                    value=held.value,
                    value_max=figure.value,
                    comparator="=" if held.comparator == ">=" else held.comparator,
                    rule="range",
                )
                held = None
        if held:
            yield held
        held = figure
    if held:
        yield held


def _rises(gap: str) -> bool:
    """Whether *gap* parts a level that is left from the one that is reached; no bracket of its own does: `(còn 5%)`."""
    closed = gap.count("(") == gap.count(")")
    return len(gap) < _CLAUSE and closed and bool(_RISES.search(gap)) and not _CLAUSE_ENDS.search(gap)


def _is_range(low: Figure, gap: str, high: Figure) -> bool:
    """Whether two figures are the ends of one: `từ 5 xã đến 7 xã`, `1 cm - 1,5 cm`."""
    if low.value_max is not None or high.value_max is not None or gap.strip() not in _TO:
        return False
    return low.starts_from or (low.unit == high.unit and low.value < high.value and not low.denominator)


def _bounded_afar(text: str, figures: list[Figure]) -> Iterator[Figure]:
    """Give figures the bound that stands some words before them, and the next ones of the same list with them."""
    before: Figure | None = None
    for figure in figures:
        start = figure.span.start
        afar = bound_afar(text, start) or bound_of_quantity(text, start) if figure.comparator == "=" else None
        if afar is None and before and figure.comparator == "=" and figure.unit == before.unit:
            listed = _LISTED.fullmatch(text, before.span.end, figure.span.start)
            afar = before.comparator if listed else None
        if afar:
            figure = replace(figure, comparator=afar)
        before = figure if afar else None
        yield figure


def _sharing_bounds(text: str, figures: list[Figure]) -> Iterator[Figure]:
    """Give the bound of the first of two counts to the second: `khoảng 85 hợp tác xã và 600 tổ hợp tác`."""
    held: Figure | None = None
    for figure in figures:
        shares = held and held.rule == figure.rule == "count" and figure.comparator == "="
        if held and shares and text[held.span.end : figure.span.start] == " và ":
            figure = replace(figure, comparator=held.comparator)
        yield figure
        held = figure


def _parts_of_a_whole(figures: list[Figure], asides: Asides) -> Iterator[Figure]:
    """Count the parts that a bracket gives in the unit of the whole: `30 bến (24 bến đò, 6 bến tàu)`."""
    whole: Figure | None = None
    for figure in figures:
        if not asides.encloses(figure.number.start):
            whole = figure
        elif whole and whole.unit and figure.unit and figure.unit.startswith(f"{whole.unit} "):
            figure = replace(figure, unit=whole.unit)
        yield figure


_TO = frozenset({"đến", "tới", "-", "–"})
_LISTED = regex.compile(r", (?:tại|ở|đối với|cho|với|khu vực|vùng) [^,;.:()\d]{1,80}")
_RISES = regex.compile(r"(?:lên|xuống|còn|thành)(?: \p{L}+){0,3}\s*$")
_CLAUSE_ENDS = regex.compile(r"[;\n]|\.\s")
_NUMBERED = r"[\s\-+*]*(?:(?i:chỉ tiêu|mục tiêu)[^:;.]{0,8}: ?)?"  # `Chỉ tiêu 3: Tỷ lệ`
_RATIO = regex.compile(rf"{_NUMBERED}(?:[Tt][ỷỉ] (?:lệ|trọng|suất))(?!\p{{L}})")
_NUMBER_OF = regex.compile(
    rf"(?i){_NUMBERED}(?:(?:và|phấn đấu|đưa|nâng|tăng|kéo|giảm) )*(?:số (?:lượng )?\p{{L}}+|tỷ lệ|tỉ lệ)(?!\p{{L}})"
)
_RESULT_NEXT = regex.compile(r"^[^;.,]*(?:đạt|chiếm|còn|là|xuống|lên)\s*$")
_COUNTED = frozenset({"count", "fraction"})
# Nothing but the act itself, without those it is done for: `hỗ trợ 50% chi phí cho 20 hộ`, `80% xã có 3 tổ`.
_DONE_TO = regex.compile(
    r"(?: (?!cho |tại |với |ở |và |có |thành )\p{L}+){1,12}? (?:được|học|dạy|dạy học)"
    r"(?: (?!cho |tại |với |ở |và |có |thành )\p{L}+){0,5} "
)
_NONE_LEFT = regex.compile(r"(?i)(?<!\p{L})không còn (?!tỷ lệ|tỉ lệ|số)(?:\p{L}+ ){1,6}$")
_CLAUSE = 80
