"""Read names of agencies that a narrow column broke into pieces: `Bộ Thông tin` + `và Truyền` + `thông; các bộ`.

A state stands for what has been read so far, so that the pieces of one cell can be tried line by line. Words are
compared by their bare letters, since a scanner loses marks first; one letter may be misread at a cost. What is no
agency has no way through, and that is how the column is told from the sentence that runs beside it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import product
from typing import NamedTuple

from extractors.agencies.registry import read_agencies

State = int
START: State = 0
COLLECTIVE: State = -1
NEXT: State = -100  # behind a semicolon: one more may come
AND: State = -101  # behind "và": one more must come
OPEN_COLLECTIVE: State = -2  # "các cơ", "địa": a word more must come


class Step(NamedTuple):
    """A state that a word leads to; `cost` is 0 for a word as it should be."""

    state: State
    cost: float


def bare_letters(word: str) -> str:
    """The letters and figures of *word* without marks, in small letters.

    >>> bare_letters("Đào"), bare_letters("TT&TT;")
    ('dao', 'tttt')
    """
    return "".join(_bare_pieces(word))


def is_near(word: str, read: str) -> bool:
    """Whether *read* is *word* or, where that is long enough to tell, differs from it by one letter."""
    return word == read or (len(word) > 3 and _differ_by_one(word, read))


def is_whole(state: State) -> bool:
    """Whether a cell may end here: at the end of a name or inside a collective phrase."""
    return state in (COLLECTIVE, NEXT) or (state > COLLECTIVE and _names().ends[state])


def is_name(text: str) -> bool:
    """Whether *text* is the name of one agency, some letters or marks apart.

    >>> is_name("Sở Công Thương"), is_name("Cơ quan chủ trì")
    (True, False)
    """
    states = {START}
    for word in text.split():
        states = {step.state for one in states for step in after_word(one, word) if step.state > START}
    return any(map(is_whole, states))


def goes_on(before: State, after: State) -> bool:
    """Whether the name of which *after* is a part begins with all that *before* stands for."""
    while after > before:
        after = _names().parents[after]
    return after == before


@lru_cache(maxsize=65536)
def after_word(state: State, word: str) -> tuple[Step, ...]:
    """Where *word* leads from *state*, the cheapest first; nothing when it goes on with no agency."""
    steps = [Step(state, 0.0)]
    for piece in _bare_pieces(word):
        found: dict[State, float] = {}
        for before, spent in steps:
            for after, cost in _moves(before, piece, capital=word[:1].isupper(), comma=word.endswith(",")):
                found[after] = min(found.get(after, cost + spent), cost + spent)
        steps = [Step(*one) for one in sorted(found.items(), key=lambda one: one[1])[:4]]
    if word.endswith(","):  # "các bộ," waits for more
        steps = [Step(OPEN_COLLECTIVE if one.state == COLLECTIVE else one.state, one.cost) for one in steps]
    if word.endswith(";"):
        steps = [
            Step(NEXT if is_whole(one.state) else one.state, one.cost) for one in steps if one.state not in _BEFORE
        ]
    return tuple(steps)


def cheapest_paths(
    words: Sequence[str], steps: Callable[[State, str], Iterable[Step]]
) -> dict[State, tuple[float, tuple[State, ...]]]:
    """Each state that *words* may lead to by *steps*, with what the cheapest way there costs and the states on it."""
    paths: dict[State, tuple[float, tuple[State, ...]]] = {START: (0.0, (START,))}
    for word in words:
        after: dict[State, tuple[float, tuple[State, ...]]] = {}
        for state, (spent, path) in paths.items():
            for step in steps(state, word):
                cost = spent + step.cost
                if step.state not in after or cost < after[step.state][0]:
                    after[step.state] = (cost, (*path, step.state))
        paths = after
    return paths


def is_in_names(word: str) -> bool:
    """Whether all letters of *word* stand as a word in the name of some agency: `XH` in `Bộ LĐ-TB&XH`."""
    pieces = _bare_pieces(word)
    return bool(pieces) and all(piece in _names().known for piece in pieces)


@lru_cache(maxsize=65536)
def begins_or_goes_on(word: str) -> bool:
    """Whether *word* may stand anywhere in the name of an agency or in a collective phrase."""
    pieces = _bare_pieces(word)
    if not pieces:
        return True
    first = pieces[0]
    like_b = len(first) <= 2 and first[:1] in _LIKE_B
    return first in _COLLECTIVE or like_b or _begins_with_known(first) or not _near_known().isdisjoint(_one_off(first))


def _begins_with_known(piece: str) -> bool:
    known = _names().known
    return piece in known or any(piece[:size] in known for size in range(2, len(piece)))


@cache
def _near_known() -> frozenset[str]:
    """What `_one_off` gives for the words of names, where they are long enough for `is_near`."""
    return frozenset(form for word in _names().known if len(word) > 3 for form in _one_off(word))


def _one_off(word: str) -> Iterator[str]:
    """Forms of which two words share one where at most a letter changed, lost or added tells them apart.

    >>> set(_one_off("tin")) & set(_one_off("tim")), set(_one_off("tin")) & set(_one_off("tn"))
    ({'ti?'}, {'t?n'})
    """
    for at in range(len(word)):
        yield f"{word[:at]}?{word[at + 1 :]}"
    for at in range(len(word) + 1):
        yield f"{word[:at]}?{word[at:]}"


@lru_cache(maxsize=65536)
def go_together(word: str, after: str) -> bool:
    """Whether *after* follows *word* inside some name or collective phrase.

    >>> go_together("UBND", "các"), go_together("Công", "an"), go_together("an", "Các")
    (True, True, False)
    """
    return not word.endswith(";") and (bare_letters(word), bare_letters(after)) in _names_pairs()


@cache
def _names_pairs() -> frozenset[tuple[str, str]]:
    names = _names()
    last = ["".join(_bare_pieces(words[0])) for words in names.words]
    inside = {(last[names.parents[node]], last[node]) for node in range(1, len(last)) if names.parents[node] != START}
    return frozenset(inside.union(_PAIRS, _COLLECTIVE_PAIRS))


def spelled(words: Sequence[str]) -> list[str]:
    """The *words* of a cell of agencies as the names in it are spelled; the words themselves where they are no names.

    >>> spelled(["Đô", "Tài", "chính;", "Bộ", "Côngan"])
    ['Bộ', 'Tài', 'chính;', 'Bộ', 'Công an']
    """
    paths = cheapest_paths(words, after_word)
    whole = [(cost, path) for state, (cost, path) in paths.items() if is_whole(state) or state == START]
    if not whole:
        return list(words)
    _, path = min(whole)
    return [_spelled(word, before, after) for word, before, after in zip(words, path[:-1], path[1:], strict=True)]


def spellings(before: State, after: State) -> list[tuple[str, ...]]:
    """The words between two states of a name, once for each way in which the names spell them."""
    names = _names()
    found: list[list[str]] = []
    while after > max(before, START):
        found.insert(0, names.words[after])
        after = names.parents[after]
    return list(product(*found)) if found else []


def _spelled(word: str, before: State, after: State) -> str:
    """*word* as the names have it between two states; itself where it is in no name, or cut by signs."""
    names = _names()
    core = word.rstrip(";:.,|_ ")
    if after == NEXT and word.endswith(";"):
        ends = [node for node in names.children[max(before, START)].values() if names.ends[node]]
        after = next((node for node in ends if is_near(bare_letters(names.words[node][0]), bare_letters(core))), START)
    found: list[str] = []
    while after > START and after != before and len(found) < _MOST_RUN_TOGETHER:
        if len(names.words[after]) > 1:
            return word
        found.insert(0, names.words[after][0])
        after = names.parents[after]
        alone = len(found) == 1 and (after == START or is_near(bare_letters(found[0]), bare_letters(core)))
        if alone or bare_letters("".join(found)) == bare_letters(core):
            break
    spelling = " ".join(found)
    if not found or not core or len(_bare_pieces(core)) > 1:
        return word
    right = core.isupper() or spelling.lower() == core.lower()
    return (core if right else spelling) + (word[len(core)] if word[len(core) :][:1] in {",", ";"} else "")


def _moves(state: State, piece: str, *, capital: bool, comma: bool) -> Iterator[Step]:
    names = _names()
    if state in _BEFORE:
        state = START
    if state < OPEN_COLLECTIVE:
        if piece == _SECOND_WORDS[state]:
            yield Step(COLLECTIVE, 0.0)
        elif state == _FIRST_WORDS["co"] and piece == "lien":  # "cơ quan", "có liên quan"
            yield Step(_FIRST_WORDS[piece], 0.0)
        return
    collective = state in (COLLECTIVE, OPEN_COLLECTIVE)
    if not collective:
        yield from names.inner(state, piece)
    if not collective and state != START and not is_whole(state):
        return
    if not collective and state != START and piece == "va":
        yield Step(AND, 0.2)
    again = 0.0 if state == START else 0.3
    opens = state in names.committees or (piece in _OPENS_COLLECTIVE and (comma or piece not in _HEADS))
    if piece in _COLLECTIVE and (collective or opens):
        after = _FIRST_WORDS.get(piece, OPEN_COLLECTIVE if piece in _GOES_ON else COLLECTIVE)
        yield Step(after, 0.0 if collective else again)
    if state == OPEN_COLLECTIVE or not capital:
        return
    if state != START:
        yield from (Step(one.state, one.cost + again) for one in names.inner(START, piece))
    if len(piece) <= 2 and piece[:1] in _LIKE_B and (ministry := names.children[START].get("bo")):
        yield Step(ministry, again + MISREAD_HEAD)


class _Names:
    """The names as a tree: `children[node]` leads on by the bare letters of a word, `ends[node]` ends a name."""

    def __init__(self) -> None:
        self.children: list[dict[str, int]] = [{}]
        self.ends: list[bool] = [False]
        self.words: list[list[str]] = [[""]]  # the spellings with these letters: "Giáo", "Giao"
        self.parents: list[int] = [START]
        self.known: set[str] = set()
        self.committees: set[int] = set()

    def add(self, name: str) -> None:
        node = START
        for spelling, piece in ((word, piece) for word in name.split() for piece in _bare_pieces(word)):
            if piece not in self.children[node]:
                self.children[node][piece] = len(self.children)
                self.children.append({})
                self.ends.append(False)
                self.words.append([])
                self.parents.append(node)
            node = self.children[node][piece]
            self.known.add(piece)
            if spelling.strip(",;") not in self.words[node]:
                self.words[node].append(spelling.strip(",;"))
        self.ends[node] = True
        if name in _COMMITTEES:
            self.committees.add(node)

    def inner(self, node: State, piece: str) -> Iterator[Step]:
        """Where *piece* leads inside a name; it may hold several words that ran together (`nguyênvà`)."""
        children = self.children[node]
        if piece in children:
            yield Step(children[piece], 0.0)
            return
        for word, child in children.items():
            if len(word) > 1 and piece.startswith(word):
                yield from (Step(one.state, one.cost + RUN_TOGETHER) for one in self.inner(child, piece[len(word) :]))
            elif node != START and _differ_by_one(word, piece) and (len(word) > 2 or not piece.isalpha()):
                yield Step(child, MISREAD)


@cache
def _names() -> _Names:
    names = _Names()
    for table in ("central_agencies", "provincial_agencies", "local_bodies"):
        for entry in read_agencies(table):
            for name in (entry.name, *entry.aliases):
                # "CA" is found in any stain
                if (" " in name or (name.isupper() and len(name) > 2)) and name not in _NO_DOERS:
                    names.add(name)
                    if table != "central_agencies" and not name.endswith(_PLACES):
                        names.add(f"{name} tỉnh")
    return names


@lru_cache(maxsize=65536)
def _bare_pieces(word: str) -> tuple[str, ...]:
    plain = "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))
    return tuple(_PIECE.findall(plain.lower().replace("đ", "d").replace("ð", "d")))


def _differ_by_one(one: str, other: str) -> bool:
    """Whether a letter changed, lost or added tells two words apart."""
    if abs(len(one) - len(other)) > 1:
        return False
    short, long = sorted((one, other), key=len)
    at = next((at for at, letter in enumerate(short) if letter != long[at]), len(short))
    return short[at + (len(short) == len(long)) :] == long[at + 1 :]


MISREAD = 0.8
MISREAD_HEAD = 1.4
RUN_TOGETHER = 0.1
_BEFORE = (START, NEXT, AND)  # a name
_MOST_RUN_TOGETHER = 3
_LIKE_B = frozenset("bpdrhe")
_PIECE = re.compile(r"[a-z0-9]+")
_NO_DOERS = frozenset({"Chính phủ", "Thủ tướng Chính phủ", "Quốc hội", "Thủ tướng", "Phó Thủ tướng"})
_PLACES = ("tỉnh", "thành phố", "huyện", "xã", "khu vực")  # a name that ends so takes no other place
_COMMITTEES = frozenset({"UBND", "Ủy ban nhân dân"})  # "UBND cấp huyện"
_OPENS_COLLECTIVE = frozenset({"cac", "bo", "co", "dia", "doanh", "ubnd", "uy", "tinh", "don", "ngan", "to"})
_COLLECTIVE = frozenset(
    {
        "cac", "bo", "so", "nganh", "co", "quan", "dia", "phuong", "tinh", "thanh", "pho", "truc", "thuoc", "trung",
        "uong", "lien", "va", "ngang", "chinh", "phu", "doanh", "nghiep", "to", "chuc", "don", "vi", "ban", "ubnd",
        "uy", "nhan", "dan", "huyen", "thi", "xa", "truong", "dai", "hoc", "vien", "cao", "dang", "tap", "doan", "hiep",
        "hoi", "khac", "thong", "tan", "bao", "chi", "truyen", "the", "cap",
    }
)  # fmt: skip
_HEADS = frozenset({"bo", "ubnd"})  # "Bộ, ngành" is a collective, "Bộ" alone is the beginning of a name
_GOES_ON = frozenset({"cac", "ngang", "va", "uy", "tong", "truyen", "ban"})
_PAIRS = (
    ("dia", "phuong"), ("co", "quan"), ("doanh", "nghiep"), ("don", "vi"), ("to", "chuc"), ("thanh", "pho"),
    ("truc", "thuoc"), ("trung", "uong"), ("lien", "quan"), ("nhan", "dan"), ("chinh", "phu"), ("thong", "tan"),
    ("bao", "chi"), ("dai", "hoc"), ("cao", "dang"), ("tap", "doan"), ("hiep", "hoi"), ("thi", "xa"),
)  # fmt: skip
_COLLECTIVE_PAIRS = (
    ("ubnd", "cac"), ("ubnd", "cap"), ("dan", "cac"), ("cac", "bo"), ("cac", "so"), ("cac", "co"), ("cac", "don"),
    ("cac", "tinh"), ("cac", "xa"), ("cac", "phuong"), ("cac", "huyen"), ("cac", "dia"), ("bo", "nganh"),
    ("so", "ban"), ("so", "nganh"), ("ban", "nganh"), ("nganh", "dia"), ("phuong", "lien"), ("co", "lien"),
    ("phuong", "xa"), ("xa", "phuong"), ("vi", "lien"), ("vi", "co"), ("quan", "don"), ("thuoc", "trung"),
)  # fmt: skip
_FIRST_WORDS = {first: OPEN_COLLECTIVE - at for at, (first, _) in enumerate(_PAIRS, 1)}
_SECOND_WORDS = {OPEN_COLLECTIVE - at: second for at, (_, second) in enumerate(_PAIRS, 1)}
