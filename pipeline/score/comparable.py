"""Comparable forms: what two careful readers may write differently without disagreeing is folded away.

Case, the style of tone marks, punctuation, spacing and common abbreviations do not count; in an agency's name the
issuing province and linking words do not count either.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Hashable, Mapping
from typing import Any

Row = Mapping[str, Any]


def folded(value: object) -> str:
    """The words of *value* in lower case, one space between them.

    >>> folded("Uỷ ban Nhân dân, TP. Huế")
    'ủy ban nhân dân thành phố huế'
    """
    text = unicodedata.normalize("NFC", str(value or "")).casefold()
    for old, new in _TONE_STYLE:
        text = text.replace(old, new)
    for pattern, full in _ABBREVIATIONS:
        text = pattern.sub(full, text)
    return " ".join(_WORD.findall(text))


def words(value: object) -> Counter[str]:
    """The folded words of *value*, counted."""
    return Counter(folded(value).split())


def likeness(first: Counter[str], second: Counter[str]) -> float:
    """The Dice coefficient of two bags of words; 1 for two empty ones."""
    total = first.total() + second.total()
    return 2 * (first & second).total() / total if total else 1.0


def agency(row: Row | str, place: str) -> str:
    """An agency's name without the issuing *place* and without linking words.

    >>> agency("Sở Y tế tỉnh Quảng Trị", "Quảng Trị")
    'sở y tế'
    """
    raw = str(row if isinstance(row, str) else row.get("name"))
    name = folded(raw)
    if place:
        name = re.sub(rf"(?:\b(?:tỉnh|thành phố)\s+)?{re.escape(folded(place))}$", "", name).strip()
    name = re.sub(r"\stỉnh$|(?<=ngành)\sthành phố$", "", name)
    if "," not in raw and not name.startswith("các "):
        name = re.sub(r"\sthành phố$", "", name)
    return " ".join(word for word in name.split() if word not in _LINKING)


def deadline(row: Row) -> Hashable:
    """Kind, bounds, the parts of the recurrence in any order, and the offset of a relative deadline."""
    rule = str(row.get("recurrence") or "").upper().removeprefix("RRULE:")
    parts = ";".join(sorted(part for part in rule.split(";") if part))
    offset = row.get("offset") if row.get("kind") == "relative" else None
    return (row.get("kind"), row.get("start"), row.get("end"), parts, offset)


def measure(row: Row) -> Hashable:
    """The figures, the first two words of the unit, the comparator and the period."""
    numbers = tuple(_number(row.get(name)) for name in ("value", "value_max", "denominator"))
    unit = " ".join(folded(row.get("unit")).split()[:2])
    return (*numbers, unit, row.get("comparator") or "=", row.get("start"), row.get("end"))


def budget_line(line: Row) -> Hashable:
    """The first six words of the label, the period and the amount."""
    return (" ".join(folded(line.get("label")).split()[:6]), folded(line.get("period")), line.get("amount_vnd"))


def cell(head: str, content: str) -> Hashable:
    """A cell with the head of its column."""
    return (folded(head), folded(content))


def citation(row: Row) -> Hashable:
    """The number, or else the title, with the date."""
    return (folded(row.get("number")) or folded(row.get("title")).removeprefix("luật "), row.get("issued_on"))


def repair(row: Row) -> tuple[str, str]:
    """The words that a repair takes away and those that it puts in, whatever it quotes beside them."""
    before, after = words(row["before"]), words(row["after"])
    return " ".join(sorted((before - after).elements())), " ".join(sorted((after - before).elements()))


def _number(value: object) -> str:
    try:
        return f"{float(value):g}"  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return ""


_TONE_STYLE = tuple(
    (first + marked, toned + second)
    for first, second, marks, tones in (
        ("o", "a", "àáảãạ", "òóỏõọ"),
        ("o", "e", "èéẻẽẹ", "òóỏõọ"),
        ("u", "y", "ỳýỷỹỵ", "ùúủũụ"),
    )
    for marked, toned in zip(marks, tones, strict=True)
)
_ABBREVIATIONS = tuple(
    (re.compile(pattern), full)
    for pattern, full in (
        (r"\bubnd\b", "ủy ban nhân dân"),
        (r"\bhđnd\b", "hội đồng nhân dân"),
        (r"\bmttq\b", "mặt trận tổ quốc"),
        (r"\btt\s*&\s*tt\b|\btttt\b", "thông tin và truyền thông"),
        (r"\bkh\s*&\s*đt\b", "kế hoạch và đầu tư"),
        (r"\bcntt\b", "công nghệ thông tin"),
        (r"\btp\b\.?", "thành phố"),
        (r"\btx\b\.?", "thị xã"),
    )
)
_LINKING = frozenset({"và", "của", "thuộc", "có", "các", "những"})
_WORD = re.compile(r"[^\W_]+|%")
