"""Search a whole text with RE2 and learn the places of what it finds, in characters.

RE2 reads bytes. Its binding counts characters anew for each match and keeps every group; where thousands of matches are
only asked for their places, one table of the text's characters is less work.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
import re2


def whole_text_pattern(pattern: str, options: Any = None) -> Any:
    """*pattern* compiled for `find_spans`."""
    return re2.compile(pattern.encode(), options)


def find_spans(pattern: Any, text: str) -> Iterator[tuple[int, int]]:
    """Where the matches of *pattern* (of `whole_text_pattern`) start and end in *text*, in order.

    >>> list(find_spans(whole_text_pattern("[Ll]uật"), "Bộ luật, Luật"))
    [(3, 7), (9, 13)]
    """
    content = text.encode()
    if len(content) < SHORT:
        for match in pattern.finditer(content):
            start, end = match.span()
            yield len(content[:start].decode()), len(content[:end].decode())
        return
    characters: npt.NDArray[np.int32] | None = None
    for match in pattern.finditer(content):
        if characters is None:
            characters = _characters(text)
        start, end = match.span()
        yield int(characters[start]), int(characters[end])


@lru_cache(maxsize=4)
def _characters(text: str) -> npt.NDArray[np.int32]:
    """For each byte of the UTF-8 form of *text* the character that it begins or goes on, and one more for its end."""
    content = np.frombuffer(text.encode(), dtype=np.uint8)
    begins = np.empty(len(content) + 1, dtype=np.int32)
    np.not_equal(content & _KIND, _GOES_ON, out=begins[:-1], casting="unsafe")
    begins[-1] = 1
    return np.cumsum(begins, dtype=np.int32) - 1


SHORT = 400  # bytes, in which counting is less work than a table
_KIND, _GOES_ON = 0xC0, 0x80
