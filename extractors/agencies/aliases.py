"""Learn a document's own short names: "(sau đây gọi tắt là Ban Chỉ đạo)", "công nghệ thông tin (CNTT)".

The full name stands before the bracket: for an abbreviation as many words as fit its letters, for a short name the
agency that ends there.
"""

from __future__ import annotations

import re
import unicodedata

DEFINED_LIMIT = 160


def learn_aliases(text: str) -> dict[str, str]:
    """The short names that *text* defines, each with its full name.

    >>> learn_aliases("ứng dụng công nghệ thông tin (CNTT) trong cơ quan")
    {'CNTT': 'công nghệ thông tin'}
    """
    learned: dict[str, str] = {}
    for match in _BRACKET.finditer(text):
        before = text[max(0, match.start() - DEFINED_LIMIT) : match.start()]
        before = before[before.rfind("\n") + 1 :]
        short = (match["called"] or match["letters"] or "").strip(" \"“”'.,;:")
        full = _full_name(before, short, called=match["called"] is not None)
        if short and full and short != full:
            learned.setdefault(short, full)
    return learned


def _full_name(before: str, short: str, *, called: bool) -> str | None:
    """The full name of *short* at the end of *before*."""
    by_letters = _by_letters(before, short)
    if by_letters is not None or not called:
        return by_letters
    first = short.split()[0].lower() if short.split() else ""
    if " " not in short:
        return None
    starts = [m.start() for m in re.finditer(rf"(?<!\w){re.escape(first)}(?!\w)", before.lower())] if first else []
    if not starts:
        return None
    full = before[starts[-1] :].strip(" ,;")
    return full if len(full.split()) >= 2 and full[:1].isupper() else None


def _by_letters(before: str, short: str) -> str | None:
    """The last words of *before* whose initials are the letters of *short*."""
    head, _, letters = short.rpartition(" ")
    wanted = [_plain(c) for c in letters if c.isalpha()]
    if len(wanted) < 2 or not letters.isupper():
        return None
    words = list(re.finditer(r"[^\W_]+", before))
    for skip in (frozenset[str](), frozenset({"và"})):
        kept = [word for word in words if word[0].lower() not in skip]
        if len(kept) >= len(wanted):
            tail = kept[-len(wanted) :]
            if [_plain(word[0][0]) for word in tail] == wanted:
                start = tail[0].start()
                if head and before[:start].rstrip().lower().endswith(head.lower()):
                    start = len(before[:start].rstrip()) - len(head)
                elif head:
                    return None
                return before[start : tail[-1].end()]
    return None


def _plain(letter: str) -> str:
    return unicodedata.normalize("NFD", letter.lower().replace("đ", "d"))[0]


_BRACKET = re.compile(
    r"\((?:(?:(?:sau đây|dưới đây|sau đây được)\s+)?(?:(?:được\s+)?(?:viết|gọi)\s+)?(?:(?:tắt|chung)\s+)?là\s*:?\s+"
    r"(?P<called>[^()\n]{2,60})|(?P<letters>[A-ZĐƯƠ][A-ZĐƯƠ&-]{1,9}))\)"
)
