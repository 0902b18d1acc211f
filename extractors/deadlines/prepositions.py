"""Prepositions: "trước", "đến hết" and "từ" make the last day or the first day of a moment, "trong" all of it."""

from __future__ import annotations

import re


def bound(lead: str) -> str:
    """What the prepositions make of a moment: the last day before it, its last day, its first day, or all of it.

    >>> bound("trước "), bound("đến hết "), bound("từ "), bound("trong ")
    ('before', 'until', 'from', 'in')
    """
    if "từ nay" in lead:
        return "until"
    if "trước" in lead:
        return "until" if _HOUR.search(lead) else "before"
    if _UNTIL.search(lead):
        return "until"
    return "from" if _SINCE.search(lead) else "in"


_UNTIL = re.compile(r"\b(?:đến|tới|hết|kết thúc|nhất|không quá|không muộn hơn)\b")
_SINCE = re.compile(r"\btừ\b")
_HOUR = re.compile(r"\b(?!0 ?(?:h|giờ)|00 ?(?:h|giờ))[0-9]{1,2} ?(?:h|giờ|:)")
