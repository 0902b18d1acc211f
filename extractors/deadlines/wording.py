"""Lists of words as patterns: "kế hoạch, quy hoạch, đề án" is any of the three."""

from __future__ import annotations

import re


def one_of(words: str) -> str:
    """A pattern for any of *words*, which commas or line ends set apart; each may be a pattern itself.

    >>> one_of("sở, ủy ban")
    '(?:sở|ủy ban)'
    """
    listed = [word.strip() for line in words.splitlines() for word in line.split(",")]
    return f"(?:{'|'.join(word for word in listed if word)})"


def words(pattern: str) -> re.Pattern[str]:
    """*pattern* compiled to match capitals and small letters alike."""
    return re.compile(pattern, re.IGNORECASE)


def any_of(*patterns: str) -> re.Pattern[str]:
    """`words` of several patterns, whichever matches first."""
    return words("|".join(f"(?:{pattern})" for pattern in patterns))


def ends_in(pattern: re.Pattern[str], text: str, reach: int) -> bool:
    """Whether *pattern*, which ends in `$`, matches the end of *text*; it is no longer than *reach* characters."""
    return pattern.search(text, max(0, len(text) - reach)) is not None
