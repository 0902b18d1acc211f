"""Restore the names of provinces in a scanned text: "tỉnh Son La" → "Sơn", "thành phố Hỗ Chí Minh" → "Hồ".

Names hardly stand in the table of syllables, and no neighbour vouches for them; but there are few provinces, and no
two of them have the same letters.
"""

from __future__ import annotations

from functools import cache

from extractors.document_types import data_rows
from pipeline.repair.candidates import Candidate
from pipeline.repair.misreadings import MISREAD, cost_of
from pipeline.repair.ngrams import UNKNOWN, Ngrams
from pipeline.repair.syllables import bare, house_style
from pipeline.repair.tokens import Tokens

Restored = dict[int, Candidate]


def restore_provinces(tokens: Tokens, table: Ngrams, restored: Restored) -> Restored:
    """*restored* and the words of a damaged text that spell a province but for their marks, by number."""
    found: Restored = {}
    firsts = _provinces()
    for at, word in enumerate(tokens.words):
        if not word[0].isupper() or bare(word.lower()) not in firsts or _may_follow_a_surname(tokens, at):
            continue
        for name in firsts[bare(word.lower())]:
            printed = tokens.words[at : at + len(name)]
            if _is_misread(printed, name) and all(tokens.gaps[at + k] == " " for k in range(1, len(name))):
                for number, (one, meant) in enumerate(zip(printed, name, strict=True), at):
                    if house_style(one.lower()) != meant:
                        found[number] = Candidate(meant, table.ids.get(meant, UNKNOWN), 0.0, MISREAD)
    return restored | found


def _is_misread(printed: list[str], name: tuple[str, ...]) -> bool:
    """Whether the words, each with a capital, have the letters of *name*, and a scanner may have made the rest."""
    if len(printed) != len(name) or not all(word[0].isupper() for word in printed):
        return False
    words = [house_style(word.lower()) for word in printed]
    return all(
        word == meant
        or (len(word) == len(meant) and bare(word) == bare(meant) and (word.isascii() or cost_of(word, meant) >= LEAST))
        for word, meant in zip(words, name, strict=True)
    )


def _may_follow_a_surname(tokens: Tokens, at: int) -> bool:
    """Whether a word with a capital stands before: "Nguyễn Quang Nam" is nobody's province; "TỈNH SON LA" is one."""
    before = tokens.words[at - 1] if at and tokens.gaps[at] == " " else ""
    return before[:1].isupper() and bare(before.lower()) not in KINDS


@cache
def _provinces() -> dict[str, list[tuple[str, ...]]]:
    """Names of two or three words in small letters, by their first word without marks."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for _, name, *_ in data_rows("provinces.tsv"):
        words = tuple(house_style(word) for word in name.lower().split())
        if len(words) > 1 and "-" not in words:
            found.setdefault(bare(words[0]), []).append(words)
    return found


KINDS = frozenset({"tinh", "pho", "tp"})
LEAST = -4.0
