"""Read the words before and after a figure: `ít nhất`, `không quá`, `khoảng`, `từ … trở lên`, or that it is a label.

`từ` alone bounds from below (`từ 5 mô hình`) unless the figure opens a range or a rise (`từ 20% lên 35%`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import regex

from extractors.targets.phrases import LONGEST, first_phrase, last_phrase, new_things
from schemas import Comparator


@dataclass(frozen=True, slots=True)
class Bound:
    """What the words before a figure say; `start` is where the bound begins, or the figure itself without one."""

    start: int
    comparator: Comparator | None = None
    starts_from: bool = False
    result: bool = False
    label: bool = False
    soft_label: bool = False
    counts: bool = True


def bound_before(text: str, start: int) -> Bound:
    """Read leftwards from *start* over bounds and verbs of result, up to the first word that is neither.

    >>> bound_before("không thấp hơn 75%", 15).comparator
    '>='
    """
    tokens = [(m.start(), m[0].lower()) for m in _WORD.finditer(text, max(0, start - _WINDOW), start)]
    words = [word for _, word in tokens]
    comparator: Comparator | None = None
    starts_from = result = False
    bound_start, position = start, len(words)
    turned = demanded = False
    if words and words[-1] == ":" and last_phrase(words, position - 1)[0] in _COMPARATORS:
        position -= 1
    for _ in range(_MOST_PHRASES):
        role, size = last_phrase(words, position)
        if role == "baseline" and words[position - size] == "mới" and _calls_new(words[: position - size]):
            role, size = last_phrase(words[position - 1 : position], 1)
        far = (turned and role in {"baseline", "scope"}) or (result and role == "money")
        if role is None or role == "plain" or far:
            break  # far: `từ 42% hiện nay lên 43%`, `tổng số lên 900`, `kinh phí đạt tối thiểu 10%`
        if role == "label" or role == "soft-label":
            if words[position - size - 1 : position - size] in _EACH:
                break  # `mỗi xã 2 mô hình`
            clear = position == len(words)
            return Bound(bound_start, comparator, starts_from, result, role == "label" and clear, clear)
        if role in _NOT_PROMISED and not (role == "baseline" and demanded):
            return Bound(start, counts=False)
        position -= size
        demanded |= " ".join(words[position : position + size]) in _DEMANDS
        turned |= words[position] in _TURNS
        if role in _COMPARATORS:
            comparator = comparator or cast("Comparator", role)
        starts_from |= role == "from"
        result |= role == "result"
        if role in _COMPARATORS or role == "from":
            bound_start = tokens[position][0]
    return Bound(bound_start, comparator, starts_from, result)


def bound_afar(text: str, start: int) -> Comparator | None:
    """The bound of the figure at *start* that stands some words before it, in the same stretch between marks.

    It must say that it bounds what follows, since `mức sống tối thiểu` and `trên địa bàn` bound nothing.

    >>> text = "phấn đấu tối thiểu mỗi thôn có 2 bể"
    >>> bound_afar(text, 31), bound_afar("bảo đảm mức sống tối thiểu cho 20 hộ", 30)
    ('>=', None)
    """
    opens = max(text.rfind(mark, max(0, start - _AFAR), start) for mark in ",;:.()\n\0") + 1
    match = _BOUNDS_AFAR.match(text, max(opens, start - _AFAR), start)
    if match is None:
        return None
    if match["most"]:
        return "<="
    role, _ = last_phrase(match["bound"].lower().split(), len(match["bound"].split()))
    return cast("Comparator", role)


def bound_of_quantity(text: str, start: int) -> Comparator | None:
    """The bound that the name of a quantity gives to the figures behind its colon, of which one stands at *start*.

    >>> bound_of_quantity("Số phòng tối thiểu mỗi nhà: 5 phòng", 28), bound_of_quantity("Mức lương tối thiểu: 5", 21)
    ('>=', None)
    """
    colon = text.rfind(":", max(0, start - _AFAR), start)
    if colon < 0 or _CLAUSE_MARK.search(text, colon, start):
        return None
    opens = max(text.rfind(mark, max(0, colon - _AFAR), colon) for mark in ".;:\n") + 1
    match = _BOUNDED_QUANTITY.match(text, opens, colon)
    role = last_phrase(match["bound"].split(), 2)[0] if match else None
    return cast("Comparator", role) if role else None


def bound_after(text: str, end: int) -> tuple[Comparator | None, int]:
    """The bound that follows a figure and its unit (`trở lên`), and where it ends."""
    match = _TRAILING.match(text, end)
    if not match:
        return None, end
    role, _ = first_phrase(match["words"].lower().split(), 0)
    return (">=" if role == "and-more" else "<="), match.end()


def closing_bound(text: str) -> Comparator | None:
    """The bound that *text* ends with, whose figure stands elsewhere.

    >>> closing_bound("Tỷ lệ hồ sơ trực tuyến tối thiểu."), closing_bound("Tỷ lệ hồ sơ trực tuyến")
    ('>=', None)
    """
    words = [match[0].lower() for match in _WORD.finditer(text.rstrip(" .;:,"), max(0, len(text) - _WINDOW))]
    role, _ = last_phrase(words, len(words))
    return cast("Comparator", role) if role in {">=", "<="} else None


def _calls_new(words: list[str]) -> bool:
    """Whether the `mới` behind *words* says what is new rather than how little there is: `số đảng viên mới đạt 40`.

    Where the words say how things stand, it says how little: `đến nay số đảng viên mới đạt 40`.
    """
    things = new_things()
    new = any(tuple(words[-size:]) in things for size in range(1, min(LONGEST, len(words)) + 1))
    return new and _STANDS.isdisjoint(words)


_COMPARATORS = frozenset({">=", "<=", "~"})
_STANDS = frozenset({"hiện", "nay", "chỉ", "vẫn", "cũng", "chưa"})
_DEMANDS = frozenset({"tối thiểu", "ít nhất", "tối đa", "không quá"})  # `dự án mới đạt tối thiểu 350 triệu USD`
_EACH = (["mỗi"], ["từng"])
_TURNS = frozenset({"lên", "xuống"})
_NOT_PROMISED = frozenset({"baseline", "scope", "money"})
_MOST_PHRASES = 4
_WINDOW = 60
_AFAR = 150
# `ít nhất mỗi xã có`, `không vượt quá ngưỡng cho phép tại`; up to the figure.
_BOUNDS_AFAR = regex.compile(
    r"(?i)(?:(?:\s*(?:(?:phấn đấu|bảo đảm|đảm bảo|yêu cầu|và|đến nay|năm|đạt|có) ?)*)"
    r"(?P<bound>tối thiểu|ít nhất|tối đa|nhiều nhất|không dưới|không quá)"
    r" (?:mỗi|từng|phải|đạt|có|tăng|giảm|hằng|hàng|bình quân|trung bình|trong)(?!\p{L})(?: [^\d\s]+){0,12}?"
    r"|[^\d]*?(?<!\p{L})(?P<bound>không (?:vượt quá|vượt|quá|dưới|thấp hơn)) (?:mức|ngưỡng|giới hạn|hạn mức)(?!\p{L})"
    r"[^\d]*"
    r"|[^\d]*?(?<!\p{L})không (?:được|để|có|tăng|làm)(?: [^\d\s]+){0,5}? (?P<most>quá))\s*$"
)
# `Số phòng tối thiểu mỗi căn hộ`, but not what is called least by law: `mức lương tối thiểu`.
_BOUNDED_QUANTITY = regex.compile(
    r"[\s\-+*•]*(?:Số|Diện tích|Chiều|Tỷ lệ|Tỉ lệ|Mức|Thời gian|Khoảng cách|Độ|Tầng cao|Công suất|Dung tích|Khối lượng"
    r"|Tổng|Quy mô|Mật độ|Hệ số|Vốn)(?!\p{L})[^:;.\d]{0,60}?(?<!(?:lương|sống|thu nhập) )"
    r"(?<!\p{L})(?P<bound>tối thiểu|tối đa)(?!\p{L})[^:;.\d]{0,50}$"
)
_CLAUSE_MARK = regex.compile(r"[;\n]|\.\s")
_WORD = regex.compile(r"[^\W\d_]+|[≥≤<>=]+|\d+|[^\s\x00\w]")
_TRAILING = regex.compile(r"\s?(?P<words>trở (?:lên|xuống))", regex.IGNORECASE)
