"""Words that announce a group: `các`, `tất cả các`, `những`."""

from __future__ import annotations

from extractors.agencies.words import Line


def plural_stop(line: Line, index: int) -> int:
    """The index after `các`, `tất cả các`, `những`, …, or *index*."""
    for words in DETERMINERS.get(line.word(index), ()):
        if line.low[index : index + len(words)] == words:
            return index + len(words)
    return index


# Words that announce a group, by the first of them.
DETERMINERS = {
    "tất": (["tất", "cả", "các"],),
    "toàn": (["toàn", "bộ", "các"], ["toàn", "thể", "các"]),
    "một": (["một", "số"],),
    "từng": (["từng"],),
    "mỗi": (["mỗi"],),
    "các": (["các"],),
    "những": (["những"],),
    "mọi": (["mọi"],),
}
