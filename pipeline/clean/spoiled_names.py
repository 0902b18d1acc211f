"""Mend the names of agencies that a scan spoiled in running text.

    Bộ Lao. động - Thương binh và Xã hội    Sở Văn hóa, Thế thao và Du lịch    phối hợp 'Thanh tra Chính phủ

A name of the registry is followed word by word by its bare letters, so that marks may be wrong, stains may stand
between its words, and a letter of a long name may be misread. Only words with its capitals are taken for one:
"Bản dân tộc Thái" is no "Ban Dân tộc". It is meant for texts whose words show that they were scanned.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from pipeline.clean.agency_pieces import START, State, after_word, goes_on, is_whole, spellings
from schemas import Repair
from schemas.record import Span


def find_spoiled_names(text: str) -> Iterator[Repair]:
    """The repairs of names in *text*, in order and without overlap.

    >>> [(one.before, one.after) for one in find_spoiled_names("Giao Bộ Lao. động - Thương binh và Xã hội lập")]
    [('Lao.', 'Lao')]
    """
    for line in _LINE.finditer(text):
        words = list(_WORD.finditer(line[0]))
        at = 0
        while at < len(words):
            name = _name_at(words, at) if _may_head(words[at][0]) else None
            if name:
                yield from _repairs(line.start(), line[0], words, name)
            at = name.stop if name else at + 1


class _Name(NamedTuple):
    """The words `first` to `stop` of a line and the states before, between and behind them."""

    first: int
    stop: int
    states: tuple[State, ...]


@lru_cache(maxsize=16384)
def _may_head(word: str) -> bool:
    core = word.lstrip(_QUOTES)
    return core[:1].isupper() and bool(_inner(START, _bared(word)))


def _bared(word: str) -> str:
    """*word* without the signs around it; a dash is its own."""
    return word.strip(_SIGNS) or word


@lru_cache(maxsize=65536)
def _inner(state: State, word: str) -> tuple[tuple[State, float], ...]:
    """Where *word* leads inside one name."""
    return tuple(
        (one.state, one.cost) for one in after_word(state, word) if one.state > START and goes_on(state, one.state)
    )


def _name_at(words: Sequence[re.Match[str]], first: int) -> _Name | None:
    """The longest name that may begin with word *first*."""
    now: dict[tuple[State, ...], float] = {(START,): 0.0}
    found: _Name | None = None
    for stop in range(first, min(first + _LONGEST, len(words))):
        word = words[stop][0]
        core = _bared(word)
        if not core:
            break
        after: dict[tuple[State, ...], float] = {}
        for states, spent in now.items():
            if core in _DASHES:
                after[*states, states[-1]] = spent
            for state, cost in _inner(states[-1], core):
                if spent + cost <= _MISREAD_ONCE:
                    after[*states, state] = spent + cost
        if not after:
            break
        now = dict(sorted(after.items(), key=lambda one: one[1])[:_TRIED])
        ends = [(cost, states) for states, cost in now.items() if is_whole(states[-1])]
        letters = sum(len(words[at][0]) for at in range(first, stop + 1))
        if ends and stop > first and (min(ends)[0] == 0 or letters >= _LONG):
            found = _Name(first, stop + 1, min(ends)[1])
        if stop == first and word[-1] in ":,;":  # "các Bộ: Công an, Quốc phòng"
            break
        if _closes(word, words[stop + 1][0] if stop + 1 < len(words) else "", whole=bool(ends)):
            break
    return found


def _closes(word: str, after: str, *, whole: bool) -> bool:
    """Whether the mark at the end of *word* ends a name rather than being a stain."""
    return word[-1] in ";)]}”" or (whole and word[-1] in ".:,") or after[:1] in set("([{")


def _repairs(start: int, line: str, words: Sequence[re.Match[str]], name: _Name) -> Iterator[Repair]:
    """What differs between the print and the name; nothing where the print lacks its capitals."""
    rights: list[str] = []
    odd = False  # printed with other capitals
    for at, states in zip(range(name.first, name.stop), pairwise(name.states), strict=True):
        spelled = spellings(*states)
        right = _right(words[at][0], spelled, inner=at > name.first, last=at + 1 == name.stop)
        if right is None:
            return
        odd = odd or (bool(spelled) and spelled[0][0][:1].isupper() != _bared(words[at][0])[:1].isupper())
        rights.append(right)
    own = words[name.first : name.stop]
    capitals = line[own[0].start() : own[-1].end()].isupper()
    if odd and not capitals and any(_marked_anew(word[0], right) for word, right in zip(own, rights, strict=True)):
        return
    if _has_stained_end(words, name):
        rights[-1] = rights[-1].rstrip(_STOPS)
    if own[0][0][0] in _QUOTES and not _CLOSING.search(line, own[0].start() + 1, own[-1].end() + _QUOTED):
        rights[0] = rights[0].lstrip(_QUOTES)
    for word, right in zip(own, rights, strict=True):
        if right != word[0]:
            span = Span(start + word.start(), start + word.end())
            yield Repair(span=span, before=word[0], after=right, rule="agency-name")


def _marked_anew(printed: str, right: str) -> bool:
    """Whether more than stains differ."""
    return _LETTERS.findall(printed.lower()) != _LETTERS.findall(right.lower())


def _has_stained_end(words: Sequence[re.Match[str]], name: _Name) -> bool:
    """Whether the stop in `Thanh tra. tỉnh` is a stain."""
    after = words[name.stop][0] if name.stop < len(words) else ""
    return words[name.stop - 1][0][-1] in ".:" and after.rstrip(_STOPS) in _PLACES


def _right(word: str, spelled: Sequence[Sequence[str]], *, inner: bool, last: bool) -> str | None:
    """*word* as the name has it; None where it is printed in small letters and the name is not."""
    core = _bared(word)
    if not spelled or any(_ABBREVIATED.search(one) for one in (core, *spelled[0])):  # a dash, `TT&TT`
        return word
    lead = "" if inner else word[: word.index(core)]
    tail = word[word.index(core) + len(core) :]
    tail = tail if last else "," if tail[:1] == "," else ""
    rights = [" ".join(one) for one in spelled]
    if core.lower() in (one.lower() for one in rights):
        return lead + core + tail
    if len(rights) > 1 or (rights[0][0].isupper() and not core[0].isupper()):
        return None
    right = rights[0]
    return lead + (right.upper() if core.isupper() and len(core) > 1 else right) + tail


_LONGEST = 14
_TRIED = 4
_MISREAD_ONCE = 0.8
_LONG = 12
_QUOTED = 40
_QUOTES = "'‘’`´“\""
_STAINS = _QUOTES + ".:_*~"
_STOPS = ".:;'’`´,"
_SIGNS = _STAINS + ";,()[]{}”!?…|<>«»^°¬ˆ/\\"
_DASHES = ("-", "–")
_PLACES = frozenset({"tỉnh", "thành", "huyện", "cấp"})
_ABBREVIATED = re.compile(r"[&\-–/\d]")
_LETTERS = re.compile(r"[^\W_]+")
_CLOSING = re.compile(r"['’”\"]")
_LINE = re.compile(r"[^\n|]+")
_WORD = re.compile(r"\S+")
