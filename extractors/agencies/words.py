"""Words of a line, and a trie of words: "Sở KH&ĐT", "Sở Kế hoạch - đầu tư".

Names are compared word by word in lower case. Linking marks and `và` are stepped over in both the name and the text,
since officials write `Kế hoạch - đầu tư` and `Kế hoạch & Đầu tư` for one department.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Generic, TypeVar

Value = TypeVar("Value")

LINKS = frozenset({"-", "–", "—", "&", ",", "và", "/"})


class Line:
    """One stretch of text cut into words; `low`, `starts` and `ends` run in parallel."""

    __slots__ = ("ends", "low", "starts", "text")

    def __init__(self, text: str, start: int = 0, end: int | None = None) -> None:
        self.text = text
        self.low: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        for match in _WORD.finditer(text, start, len(text) if end is None else end):
            self.low.append(match[0].lower())
            self.starts.append(match.start())
            self.ends.append(match.end())

    def __len__(self) -> int:
        return len(self.low)

    def word(self, index: int) -> str:
        """The lower-case word at *index*, or an empty string outside the line."""
        return self.low[index] if 0 <= index < len(self.low) else ""

    def capital(self, index: int) -> bool:
        """Whether the word at *index* begins with a capital letter."""
        return index < len(self.low) and self.text[self.starts[index]].isupper()

    def slice(self, first: int, stop: int) -> str:
        """The text of the words from *first* up to *stop*."""
        return self.text[self.starts[first] : self.ends[stop - 1]] if first < stop else ""


@dataclass(slots=True)
class Node(Generic[Value]):
    """One step in the trie."""

    next: dict[str, Node[Value]] = field(default_factory=dict)
    value: Value | None = None


class Trie(Generic[Value]):
    """Names by their words, longest match first."""

    def __init__(self, names: Iterable[tuple[str, Value]] = ()) -> None:
        self.root: Node[Value] = Node()
        for name, value in names:
            self.add(name, value)

    def add(self, name: str, value: Value) -> None:
        """Enter *name*; a later entry of the same words does not replace an earlier one."""
        node = self.root
        for word in name_words(name):
            node = node.next.setdefault(word, Node())
        if node is not self.root and node.value is None:
            node.value = value

    def match(self, line: Line, index: int, node: Node[Value] | None = None) -> tuple[Value, int, Node[Value]] | None:
        """The longest name that starts at *index* (below *node*): its value, the index after it and its node."""
        low, node = line.low, node or self.root
        best: tuple[Value, int, Node[Value]] | None = None
        while index < len(low):
            step = node.next.get(low[index])
            if step is None:
                index = _past_links(low, index)
                step = node.next.get(low[index]) if index < len(low) and node is not self.root else None
                if step is None:
                    break
            node, index = step, index + 1
            if node.value is not None:
                best = (node.value, index, node)
        return best

    @cached_property
    def first_words(self) -> frozenset[str]:
        """The words with which a name can begin."""
        return frozenset(self.root.next)


def name_words(name: str) -> list[str]:
    """The words of *name* as the trie compares them.

    >>> name_words("Sở LĐ-TB&XH"), name_words("Bộ Văn hóa, Thể thao và Du lịch")
    (['sở', 'lđ', 'tb', 'xh'], ['bộ', 'văn', 'hóa', 'thể', 'thao', 'du', 'lịch'])
    """
    return [word for word in _WORD.findall(name.lower()) if word not in LINKS and word != "."]


def _past_links(low: list[str], index: int) -> int:
    """The index after at most two linking marks (`, và`)."""
    for _ in range(2):
        if index < len(low) and low[index] in LINKS:
            index += 1
    return index


_WORD = re.compile(r"[^\W_]+|[^\w\s]|_")
