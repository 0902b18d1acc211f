"""The searchable form of a text: Vietnamese words joined by `_`, lower case, as full-text search wants them.

"Sở Thông tin và Truyền thông chủ trì" gives "sở thông_tin và truyền_thông chủ_trì". underthesea does the segmentation;
it rewrites its input and is quadratic on some of it, so its result carries no offsets and long stretches are cut first.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

LONGEST_STRETCH = 1000


def segment_words(text: str) -> str:
    """The words of *text*, those of several syllables joined by `_`, all in lower case and set apart by one space.

    Long runs of figures and marks, and what a word has beyond its first thousand characters, are left out: nobody
    searches for them.

    >>> segment_words("Bộ Tài chính phối hợp")
    'bộ tài_chính phối_hợp'
    """
    found: list[str] = []
    for stretch in _stretches(text):
        found += (word.replace(" ", "_") for word in _tokenizer()(stretch))
    return " ".join(found).lower()


def _stretches(text: str) -> list[str]:
    """Sentences, cut further where they are too long or hold runs of dots and digits that would take quadratic time."""
    stretches = []
    for sentence in re.split(r"(?<=[.;:!?])\s+|\n+", _RUN.sub(" ", text)):
        words = sentence.split()
        line: list[str] = []
        size = 0
        for word in words:
            word = word[:LONGEST_STRETCH]
            if size + len(word) > LONGEST_STRETCH:
                stretches.append(" ".join(line))
                line, size = [], 0
            line.append(word)
            size += len(word) + 1
        if line:
            stretches.append(" ".join(line))
    return stretches


@cache
def _tokenizer() -> Any:
    from underthesea import word_tokenize

    return word_tokenize


_RUN = re.compile(r"(?:[\d.,/_\-]\s?){40,}")
