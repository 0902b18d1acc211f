"""The heads of a task table as a scanner reads them: torn, damaged, run together, in several lines.

    TT Nội dưng nhiệm vụ | Cơquan chủ | Cơ quan phôi | Thờigian
    trì hợp thực hiện

Hardly one is ever whole, so a line is told by how many of its words are near to those that heads are made of.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from pipeline.clean.agency_pieces import bare_letters, is_near
from pipeline.clean.scan_lines import ScanLine


def is_head(line: ScanLine) -> bool:
    """Whether the words of a line are those of heads, most of them well enough read."""
    if line.time or not line.words:
        return False
    words = [heads for one in line.words if (heads := _heads_like(one.text)) is not None]
    known = sum(map(bool, words))
    both = [*zip(words, words, strict=True), *pairwise(words)]
    pairs = [pair for pair in _HEADS for one, two in both if pair[0] in one and pair[1] in two]
    names = {"".join(pair) for pair in pairs}
    told = not names.isdisjoint(_TASKS) or (len(names) > 1 and not names.isdisjoint(_TELLING))
    told = told or (pairs.count(_WHO) > 1 and any(not _OTHER_HEADS.isdisjoint(word) for word in words))
    return told and known >= 0.5 * len(words) and len(words) <= _LONGEST_HEAD


def goes_on_heads(line: ScanLine) -> bool:
    """Whether a line has nothing but words of heads."""
    words = [heads for one in line.words if (heads := _heads_like(one.text)) is not None]
    return bool(words) and all(words) and not line.time and not line.number


def names_partners(heads: Sequence[ScanLine]) -> bool:
    """Whether heads, which a narrow column breaks (`Cơ quan phối` + `hợp`), have a column of partners."""
    lines = [[bare_letters(word.text) for word in line.words] for line in heads]
    if any(word[:1] == "p" and is_near("phoi", word) for line in lines for word in line):
        return True
    return any("phoihop" in (joined := "".join(line)) or joined.count("coquan") > 1 for line in lines)


def belongs_to_heads(line: ScanLine) -> bool:
    """Whether a line is one of heads, or nothing but words of them or the head of the column of numbers."""
    return is_head(line) or goes_on_heads(line) or _counts(line)


def _counts(line: ScanLine) -> bool:
    """Whether a line is the head of the column of numbers alone."""
    return [bare_letters(word.text) for word in line.words] in (["tt"], ["stt"])


@lru_cache(maxsize=65536)
def _heads_like(printed: str) -> frozenset[str] | None:
    """The words of heads that *printed* may be, None when it has no letters."""
    word = bare_letters(printed)
    joined = {head for pair in _HEADS if is_near("".join(pair), word) for head in pair}
    return frozenset(joined or (head for pair in _HEADS for head in pair if is_near(head, word))) if word else None


_LONGEST_HEAD = 18
_HEADS = (
    ("nhiem", "vu"), ("giai", "phap"), ("noi", "dung"), ("co", "quan"), ("chu", "tri"), ("phoi", "hop"),
    ("thoi", "gian"), ("thuc", "hien"), ("don", "vi"), ("cong", "viec"), ("hoan", "thanh"), ("thoi", "han"),
)  # fmt: skip
_WHO, _OTHER_HEADS = ("co", "quan"), frozenset({"chu", "tri", "phoi", "thoi", "gian"})
_TASKS, _TELLING = frozenset({"nhiemvu", "giaiphap"}), frozenset({"chutri", "thoigian", "thoihan", "phoihop"})
