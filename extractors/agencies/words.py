"""Words of a line, and a trie of words: "Sở KH&ĐT", "Sở Kế hoạch - đầu tư".

Names are compared word by word in lower case. Linking marks and `và` are stepped over in both the name and the text,
since officials write `Kế hoạch - đầu tư` and `Kế hoạch & Đầu tư` for one department.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Generic, TypeVar

Value = TypeVar("Value")

# Words that are shortened with a full stop: `TP. Hồ Chí Minh`, `VP. UBND`.
SHORTENED = frozenset({"tp", "tt", "ub", "vp", "đhqg"})
LINKS = frozenset({"-", "–", "—", "&", ",", "và", "/"})
PASSED = LINKS | {"."}


class Line:
    """One stretch of text cut into words; `words` and `low` run in parallel.

    The places of the words are only found once somebody asks for them, and no further than that word: most lines name
    no agency, and most agencies stand at the beginning. (Compiled classes keep no `cached_property`.)
    """

    __slots__ = ("_end", "_start", "_starts", "_stop", "list_ends", "low", "text", "words")

    def __init__(self, text: str, start: int = 0, stop: int | None = None) -> None:
        self.text = text
        self._start = start
        self._stop = len(text) if stop is None else stop
        self.words: list[str] = _WORD.findall(text, self._start, self._stop)
        self.low = list(map(str.lower, self.words))
        self._starts: list[int] = []
        self._end = -1
        # For each word behind a member of a list, the word behind the whole list; filled in while lists are read.
        self.list_ends: dict[int, int] = {}

    def start(self, index: int) -> int:
        """Where the word at *index* starts in the text."""
        starts, words = self._starts, self.words
        if index < len(starts):
            return starts[index]
        text, known = self.text, len(starts)
        position = starts[-1] + len(words[known - 1]) if known else self._start
        # Only blanks stand between two words, so that the next one found is the next word.
        for word in words[known : index + 1]:
            position = text.find(word, position)
            starts.append(position)
            position += len(word)
        return starts[index]

    def end(self, index: int) -> int:
        """Where the word at *index* ends in the text."""
        return self.start(index) + len(self.words[index])

    def last_end(self) -> int:
        """Where the last word ends in the text; only blanks can stand behind it."""
        if self._end < 0:
            self._end = self._start + len(self.text[self._start : self._stop].rstrip())
        return self._end

    def index_from(self, index: int, position: int) -> int:
        """The first word from *index* on that starts at or behind *position* of the text."""
        while index < len(self.words) and self.start(index) < position:
            index += 1
        return index

    def __len__(self) -> int:
        return len(self.low)

    def word(self, index: int) -> str:
        """The lower-case word at *index*, or an empty string outside the line."""
        low = self.low
        return low[index] if 0 <= index < len(low) else ""

    def capital(self, index: int) -> bool:
        """Whether the word at *index* begins with a capital letter."""
        return index < len(self.low) and self.words[index][0].isupper()

    def slice(self, first: int, stop: int) -> str:
        """The text of the words from *first* up to *stop*."""
        return self.text[self.start(first) : self.end(stop - 1)] if first < stop else ""


class Node(Generic[Value]):
    """One step in the trie."""

    def __init__(self) -> None:
        self.next: dict[str, Node[Value]] = {}
        self.value: Value | None = None


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
        low, size = line.low, len(line.low)
        if index >= size:
            return None
        if node is None:
            node = self.root.next.get(low[index])
            if node is None:
                return None
            index += 1
            best = None if node.value is None else (node.value, index, node)
        else:
            best = None
        while index < size and node.next:
            step = node.next.get(low[index])
            if step is None:
                if low[index] not in PASSED:
                    break
                index = _past_links(low, index)
                step = node.next.get(low[index]) if index < size else None
                if step is None:
                    break
            node, index = step, index + 1
            if node.value is not None:
                best = (node.value, index, node)
        return best

    def first_words(self) -> frozenset[str]:
        """The words with which a name can begin."""
        return frozenset(self.root.next)

    def can_begin(self, word: str) -> bool:
        """Whether a name can begin with *word*."""
        return word in self.root.next


def name_words(name: str) -> list[str]:
    """The words of *name* as the trie compares them.

    >>> name_words("Sở LĐ-TB&XH"), name_words("Bộ Văn hóa, Thể thao và Du lịch")
    (['sở', 'lđ', 'tb', 'xh'], ['bộ', 'văn', 'hóa', 'thể', 'thao', 'du', 'lịch'])
    """
    return [word for word in _WORD.findall(name.lower()) if word not in LINKS and word != "."]


def opens_clause(line: Line, index: int) -> bool:
    """Whether a clause starts at *index*, perhaps behind a bullet or a label (`b) Doanh nghiệp …`)."""
    before = line.word(index - 1)
    return before in {"", ".", ";", ":"} or (before in {")", "-", "–", "+", "*", "•"} and index <= 3)


def _past_links(low: list[str], index: int) -> int:
    """The index after at most two linking marks (`, và`)."""
    for _ in range(2):
        if index < len(low) and (low[index] in LINKS or (low[index] == "." and low[index - 1] in SHORTENED)):
            index += 1
    return index


_WORD = re.compile(r"[^\W_]+|[^\w\s]|_")
