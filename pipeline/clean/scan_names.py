"""Agencies in the cells of a scanned table, settled by what recurs in the table.

    Các bộ, ngành, phương liên quan    →    Các bộ, ngành, địa phương liên quan, as in the other rows

Each cell is parted into names and collective phrases. One that is torn or reads oddly is taken for the recurring one
that it is near to; where there is none, what makes no whole name is left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from pipeline.clean.agency_pieces import (
    AND,
    COLLECTIVE,
    NEXT,
    START,
    State,
    Step,
    after_word,
    bare_letters,
    cheapest_paths,
    goes_on,
    is_in_names,
    is_whole,
    spelled,
)
from pipeline.clean.scan_lines import is_speck
from pipeline.clean.scan_recurring import nearest_cell, recurring_cells


class Phrase(NamedTuple):
    """The words `places` of a cell, which name one agency or several at once; `whole` when nothing of it is lacking."""

    places: tuple[int, ...]
    words: tuple[str, ...]
    collective: bool
    whole: bool

    @property
    def letters(self) -> tuple[str, ...]:
        """The words without marks."""
        return tuple(bare_letters(word) for word in self.words)


@lru_cache(maxsize=16384)
def phrases(words: tuple[str, ...]) -> tuple[Phrase, ...]:
    """The names and collective phrases that the *words* of a cell make up; words that are passed over are in none."""
    found: list[Phrase] = []
    places: list[int] = []
    last: State = START
    local = False  # the name of an agency goes on with a place: "Công an tỉnh"
    path = _path(words)
    for at, (before, now) in enumerate(pairwise(path)):
        if before == now and not any(step.state == now for step in after_word(before, words[at])):
            continue
        if places and is_whole(before) and before > START and now <= START and bare_letters(words[at]) in _PLACES:
            local = True
            places.append(at)
            continue
        committee = tuple(bare_letters(words[place]) for place in places) in _COMMITTEE and now < START
        closes = now == START and words[at].endswith(";")
        if local and now < START and not words[at - 1].endswith((",", ";")):
            places.append(at)
            continue
        ends = bool(places) and (before == START or not (closes or committee or _one_phrase(before, now)))
        if ends:
            found.append(_phrase(words, places, last))
            places, local = [], False
        if not (now == START and bare_letters(words[at]) == "va"):
            places.append(at)
            last = _ended(before, words[at]) if now == START else now
    if places:
        found.append(_phrase(words, places, last))
    return tuple(found)


def usual_phrases(cells: Iterable[tuple[str, ...]]) -> Counter[tuple[str, ...]]:
    """How often each phrase that is whole stands in the cells of a table, by its words without marks."""
    return Counter(phrase.letters for cell in cells for phrase in phrases(cell) if phrase.whole)


def usual_cells(cells: Iterable[tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    """The cells that recur in a table and of which every word belongs to a phrase that is whole, without marks."""
    return recurring_cells(filter(is_clean, cells))


@lru_cache(maxsize=16384)
def is_clean(words: tuple[str, ...]) -> bool:
    """Whether every word of a cell but "và" belongs to a phrase that is whole."""
    whole = {place for phrase in phrases(words) if phrase.whole for place in phrase.places}
    return all(at in whole or bare_letters(word) == "va" for at, word in enumerate(words))


def recurring_cell(words: tuple[str, ...], usual: Sequence[tuple[str, ...]]) -> tuple[str, ...] | None:
    """The recurring cell that a cell of spoiled *words* stands for, None where it is clean or names somebody else."""
    cell = None if is_clean(words) else nearest_cell(words, usual)
    told = "".join(cell or ())
    names = (phrase for phrase in phrases(words) if phrase.whole and not phrase.collective)
    return cell if all("".join(name.letters) in told for name in names) else None


def settled(phrase: Phrase, usual: Counter[tuple[str, ...]]) -> tuple[str, ...] | None:
    """The letters of the recurring phrase that *phrase* stands for, its own where it is good, None where it is none."""
    letters = phrase.letters
    count = usual[letters] if phrase.whole else 0
    best: tuple[float, tuple[str, ...]] | None = None
    for other, times in usual.items():
        if times < _RECURS or times < _TIMES_MORE * count or other == letters:
            continue
        near = _nearness(letters, other)
        if phrase.whole and near != _AN_END:  # what reads well is only taken for more, never for something else
            continue
        if near >= _NEAR and (best is None or near > best[0]):
            best = (near, other)
    if best:
        return best[1]
    return letters if phrase.whole and (count >= _RECURS or len("".join(letters)) >= _LEAST_LETTERS) else None


def guessed(words: Sequence[str], usual: Counter[tuple[str, ...]]) -> tuple[str, ...] | None:
    """The recurring phrase that a cell of spoiled *words* is nearest to, where no other one is nearly as near."""
    read = "".join(map(bare_letters, words))
    if len(read) < _LEAST_LETTERS:
        return None
    recurring = sorted(letters for letters, times in usual.items() if times >= _RECURS)
    scores = sorted(((_likeness(read, "".join(letters)), letters) for letters in recurring), reverse=True)
    if not scores or scores[0][0] < _LIKE:
        return None
    best = scores[0][1]
    rival = next((score for score, letters in scores[1:] if letters[:2] != best[:2]), 0.0)
    return best if scores[0][0] - rival >= _CLEARLY else None


def _likeness(read: str, letters: str) -> float:
    return SequenceMatcher(None, read, letters, autojunk=False).ratio()


def restored(cells: Sequence[tuple[str, ...]]) -> Iterator[list[tuple[int, int, str]]]:
    """For each cell of a table which of its words are misread, and how the recurring phrase or the name has them."""
    usual, whole = usual_phrases(cells), usual_cells(cells)
    clean = Counter(tuple(spelled(cell)) for cell in cells if is_clean(cell))
    forms: dict[tuple[str, ...], Counter[tuple[str, ...]]] = {}
    for cell in cells:
        for phrase in phrases(cell):
            if phrase.whole:
                forms.setdefault(phrase.letters, Counter())[tuple(spelled(phrase.words))] += 1
    for cell in cells:
        letters = recurring_cell(cell, whole)
        alike = Counter({form: times for form, times in clean.items() if _bare(form) == letters})
        changes = _changes(_all_of(cell), _commonest(alike), letters) if alike and letters else None
        yield list(_apart(sorted(changes or _cell_changes(cell, usual, forms))))


def _bare(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(letters for word in words if (letters := bare_letters(word)))


def _all_of(cell: tuple[str, ...]) -> Phrase:
    return Phrase(tuple(range(len(cell))), cell, collective=False, whole=False)


def _cell_changes(
    cell: tuple[str, ...], usual: Counter[tuple[str, ...]], forms: dict[tuple[str, ...], Counter[tuple[str, ...]]]
) -> Iterator[tuple[int, int, str]]:
    stands = False
    for phrase in phrases(cell):
        letters = settled(phrase, usual)
        stands = stands or letters is not None
        if letters and letters != phrase.letters:
            yield from _changes(phrase, _commonest(forms[letters]), letters)
    letters = None if stands or not cell else guessed(cell, usual)
    if letters:
        yield 0, len(cell), " ".join(_commonest(forms[letters]))
    yield from ((at, at + 1, right) for at, right in enumerate(spelled(cell)) if right != cell[at])


def _commonest(forms: Counter[tuple[str, ...]]) -> tuple[str, ...]:
    return max(sorted(forms.items()), key=lambda one: one[1])[0]


def _apart(changes: Iterable[tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
    """The *changes* that do not reach into one before them."""
    end = 0
    for change in changes:
        if change[0] >= end:
            yield change
            end = change[1]


def _changes(phrase: Phrase, words: Sequence[str], letters: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """What makes *words* of a phrase, as stretches of its cell; words that are added take one beside them along."""
    edges = SequenceMatcher(None, phrase.letters, letters, autojunk=False).get_opcodes()
    mark = phrase.words[-1][-1:] if phrase.words[-1][-1:] in {",", ";"} else ""
    for kind, first, stop, start, end in edges:
        if kind == "equal":
            continue
        if first == stop or start == end:
            first, start = max(0, first - 1), max(0, start - 1)
        if first == stop or start == end:
            stop, end = stop + 1, end + 1
        right = " ".join(words[start:end])
        if stop == len(phrase.words):
            right = right.rstrip(",;") + mark
        yield phrase.places[first], phrase.places[stop - 1] + 1, right


def _nearness(letters: tuple[str, ...], other: tuple[str, ...]) -> float:
    """How much of two phrases is the same; a beginning of a name that goes on is near."""
    if len(letters) > 1 and letters in (other[: len(letters)], other[-len(letters) :]):
        return _AN_END
    if letters[:1] != other[:1]:
        return 0.0
    return SequenceMatcher(None, " ".join(letters), " ".join(other), autojunk=False).ratio()


def _path(words: Sequence[str]) -> tuple[State, ...]:
    """The states that the words of a cell lead through with the least cost."""
    found = cheapest_paths(words, _after_any)
    whole = (
        (cost + (0.0 if state == START or is_whole(state) else _TORN), path) for state, (cost, path) in found.items()
    )
    return tuple(START if state in (NEXT, AND) else state for state in min(whole)[1])


def _after_any(state: State, word: str) -> tuple[Step, ...]:
    """The steps that *word* takes, or passing over it."""
    return (*after_word(state, word), Step(state, passing_cost(word) or _LEFT_OUT))


@lru_cache(maxsize=16384)
def passing_cost(word: str) -> float | None:
    """What it costs to pass over a word that is no part of a name; None where it may be one."""
    return SPECK if is_speck(word) else None if is_in_names(word) else PASSED


def _one_phrase(before: State, now: State) -> bool:
    """Whether a word that leads from one state to the next goes on with the same name or the same collective phrase."""
    if before < START:
        return now < START
    return now > START and goes_on(before, now)


def _ended(before: State, word: str) -> State:
    """The state in which a word with a semicolon left its phrase."""
    steps = after_word(before, word.rstrip(";"))
    return next((step.state for step in steps if is_whole(step.state)), before)


def _phrase(words: Sequence[str], places: Sequence[int], state: State) -> Phrase:
    own = tuple(words[at] for at in places)
    collective = state < START
    whole = is_whole(state)
    if collective:
        first, last = bare_letters(own[0]), bare_letters(own[-1])
        whole = state == COLLECTIVE and first in _OPENS and last not in _LEADS_ON and len(own) > 1
        if whole:
            pairs = ["phường" if "ờ" in word.lower() else bare_letters(word) for word in own]  # not of "địa phương"
            whole = all(before in _FIRST[now] for before, now in pairwise(pairs) if now in _FIRST)
    return Phrase(tuple(places), own, collective, whole)


def without_strays(words: Sequence[str]) -> list[int]:
    """The places of *words* but for those that mean nothing behind the one before them: `ngành [vị] và các cơ quan`."""
    bare = [bare_letters(word) for word in words]
    return [at for at, word in enumerate(bare) if word not in _FIRST or (at and bare[at - 1] in _FIRST[word])]


SPECK, PASSED = 0.4, 1.0
_LEFT_OUT, _TORN = 1.5, 1.0
_PLACES = frozenset({"tinh", "thanh", "huyen", "xa", "cap"})
_COMMITTEE = (("ubnd",), ("uy", "ban", "nhan", "dan"))
_RECURS, _TIMES_MORE = 2, 3
_LEAST_LETTERS = 4
_NEAR, _AN_END = 0.75, 0.85
_LIKE, _CLEARLY = 0.65, 0.15
_OPENS = frozenset({"cac", "ubnd", "uy", "bo", "so", "co", "dia", "doanh", "don", "to", "hdnd", "tinh"})
_LEADS_ON = frozenset({"cac", "va", "co", "thuoc", "truc", "ngang", "dia", "don", "to", "trung", "uy", "lien", "thanh"})
# What must stand before a word that means nothing alone.
_FIRST = {
    "phuong": {"dia", "xa"}, "quan": {"co", "lien", "hai"}, "nghiep": {"doanh"}, "vi": {"don"}, "chuc": {"to"},
    "pho": {"thanh"}, "thuoc": {"truc", "quan"}, "uong": {"trung"}, "dan": {"nhan"}, "phu": {"chinh"},
}  # fmt: skip
