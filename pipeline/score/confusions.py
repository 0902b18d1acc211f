"""Which value was given in place of which: `Sở Nội vụ` for `Sở Y tế` as lead, `during` for `by`, `I / 2` for `II / 2`.

What was missed and what was invented in one place of one document belong together as one error.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from typing import NamedTuple

from pipeline.score import Tallies
from pipeline.score.comparable import Row
from pipeline.score.tally import Miss, pair_up


class Error(NamedTuple):
    """What the gold says and what was found instead; `None` where one side says nothing."""

    gold: Miss | None
    found: Miss | None

    @property
    def sign(self) -> str:
        """`~` changed, `-` missed, `+` invented."""
        return "~" if self.gold and self.found else "-" if self.gold else "+"

    @property
    def document(self) -> str:
        """The stem of the document."""
        return self._either.document

    @property
    def where(self) -> str:
        """The line of the input, or the text or the field, in which it stands."""
        line = self._either.line
        return f"line {line}" if line else self._either.where

    @property
    def _either(self) -> Miss:
        either = self.gold or self.found
        assert either
        return either


class Confusion(NamedTuple):
    """How many times *found* was given for *gold*, both as they were first written."""

    gold: str
    found: str
    times: int


def side_by_side(misses: Iterable[Miss]) -> list[Error]:
    """The misses as errors, in the order of the gold; what was only found comes last in each document.

    In one place are misses of the same line, and, where the gold names no line, of the same text or field; of several
    in one place those belong together whose words are most alike.
    """
    by_document: dict[str, list[Miss]] = defaultdict(list)
    for miss in misses:
        by_document[miss.document].append(miss)
    return [error for group in by_document.values() for error in _paired(group)]


def confusions(tallies: Tallies) -> dict[str, list[Confusion]]:
    """The values that were confused by what they are (`leads`, `deadline kind`, …), the most frequent first."""
    times: Counter[tuple[str, Hashable, Hashable]] = Counter()
    shown: dict[tuple[str, Hashable, Hashable], tuple[str, str]] = {}
    for kind, tally in tallies.items():
        for want, got in _confused(kind, tally.misses):
            which = (want.list, want.key, got.key)
            times[which] += 1
            shown.setdefault(which, (want.shown, got.shown))
    lists: dict[str, list[Confusion]] = {name: [] for name in LISTS}
    for which, count in sorted(times.items(), key=lambda item: (-item[1], shown[item[0]])):
        lists[which[0]].append(Confusion(*shown[which], count))
    return {name: found for name, found in lists.items() if found}


def _confused(kind: str, misses: Iterable[Miss]) -> Iterator[tuple[_Value, _Value]]:
    """The values that differ between the two sides of each changed row."""
    for error in side_by_side(misses):
        if error.gold and error.found:
            pairs = zip(_values(kind, error.gold), _values(kind, error.found), strict=True)
            yield from ((want, got) for want, got in pairs if want.key != got.key)


def _paired(misses: Sequence[Miss]) -> Iterator[Error]:
    """The errors of one document."""
    gold = [miss for miss in misses if miss.sign == "-"]
    found = [miss for miss in misses if miss.sign == "+"]
    partners: dict[int, int] = {}
    for gold_place, found_place in (_BY_LINE, _BY_WORDS):
        taken = set(partners.values())
        free_gold = [i for i in range(len(gold)) if i not in partners]
        free_found = [j for j in range(len(found)) if j not in taken]
        mine, theirs = (
            _by_place([(place(side[n]), n) for n in free])
            for side, free, place in ((gold, free_gold, gold_place), (found, free_found, found_place))
        )
        for place in mine.keys() & theirs.keys():
            partners |= _likest(gold, mine[place], found, theirs[place])
    taken = set(partners.values())
    yield from (Error(miss, found[partners[i]] if i in partners else None) for i, miss in enumerate(gold))
    yield from (Error(None, miss) for j, miss in enumerate(found) if j not in taken)


def _by_place(placed: Iterable[tuple[Hashable, int]]) -> dict[Hashable, list[int]]:
    """Numbers of misses by their place; those without one are left out."""
    groups: dict[Hashable, list[int]] = defaultdict(list)
    for place, number in placed:
        if place:
            groups[place].append(number)
    return groups


def _likest(gold: Sequence[Miss], mine: list[int], found: Sequence[Miss], theirs: list[int]) -> dict[int, int]:
    """Which of *theirs* stands for which of *mine*, by their words."""
    rows: tuple[list[Row], list[Row]] = (
        [{"text": gold[i].shown, "number": i} for i in mine],
        [{"text": found[j].shown, "number": j} for j in theirs],
    )
    return {want["number"]: got["number"] for want, got in pair_up(*rows, least=0).pairs}


_BY_LINE: tuple[Callable[[Miss], Hashable], Callable[[Miss], Hashable]] = (
    lambda miss: miss.line,
    lambda miss: miss.line,
)
# An export knows the lines also where the gold names none.
_BY_WORDS: tuple[Callable[[Miss], Hashable], Callable[[Miss], Hashable]] = (
    lambda miss: None if miss.line else miss.where,
    lambda miss: miss.where,
)


class _Value(NamedTuple):
    """One value of a row that can be confused with another of the same list."""

    list: str
    key: Hashable
    shown: str


def _values(kind: str, miss: Miss) -> Iterator[_Value]:
    """What of *miss* goes into which list of confusions."""
    match kind, miss.row:
        case "leads" | "partners" | "sections" | "task_section", key:
            yield _Value(kind, key, miss.shown)
        case "metadata", key if miss.where in LISTS:
            yield _Value(miss.where, key, miss.shown)
        case "deadlines" | "task_deadlines", (key, *_):
            yield _Value(f"{kind.removesuffix('s')} kind", key, str(key))
        case "measures", (_, _, _, unit, comparator, *_):
            yield _Value("measure comparator", comparator, str(comparator))
            yield _Value("measure unit", unit, str(unit) or "no unit")
        case _:
            pass


LISTS = (
    "doc_type",
    "issuer",
    "place",
    "leads",
    "partners",
    "deadline kind",
    "task_deadline kind",
    "measure comparator",
    "measure unit",
    "sections",
    "task_section",
)
