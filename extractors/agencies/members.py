"""Members of a list of partners that no table knows: "phối hợp với chủ quản hệ thống tưới rà soát …".

Behind `phối hợp với` stands somebody, whatever the words, up to the predicate; and between two known members of such a
list stands a third. Only there is position a better witness than vocabulary.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from extractors.agencies.collective_words import collective_nouns
from extractors.agencies.collectives import RISKY
from extractors.agencies.complements import SURNAMES
from extractors.agencies.items import Context, Item
from extractors.agencies.naming import expand, first_capital
from extractors.agencies.posts import posts
from extractors.agencies.predicates import begins_predicate, breaks_off, is_verb
from extractors.agencies.qualified import JOINS, NAMED_BY_WORK, Around, Stretch, to_the_end
from extractors.agencies.words import Line


def partner_places(line: Line) -> list[int]:
    """The words of *line* at which a list of partners begins: those behind `phối hợp (chặt chẽ) với`, `phối hợp cùng`.

    Behind a bare `phối hợp` only a group may begin one: `phối hợp các trường`, `phối hợp chính quyền địa phương`.

    >>> partner_places(Line("Sở Y tế phối hợp chặt chẽ với nhà trường"))
    [8]
    """
    low = line.low
    if "hợp" not in low:
        return []
    found = [at for at, word in enumerate(low) if word == "hợp"]
    cues = [at for at in found if low[at - 1] == "phối" or low[at - 2 : at] == ["phối", "kết"]]
    return [place for cue in cues for place in _behind_with(line, cue + 1)]


def _behind_with(line: Line, start: int) -> list[int]:
    """The word behind the first `với`, `cùng`, `cùng với` from *start* on, as far as the cue reaches."""
    if line.word(start) == "các" or _group_begins(line, start):
        return [start]
    for at in range(start, start + REACH):
        if line.word(at) in WITH and line.word(at + 1) not in WITH:
            return [at + 1] if at + 1 < len(line) else []
    return []


def _group_begins(line: Line, index: int) -> bool:
    """Whether a kind of body stands at *index* that can be nothing else: `phối hợp chính quyền địa phương, …`."""
    noun = collective_nouns().match(line, index)
    return noun is not None and noun[1] > index + 1 and line.word(index) not in RISKY and not line.capital(index)


def first_member(line: Line, index: int, context: Context, around: Around) -> Item | None:
    """Whoever stands at *index*, where a list of partners begins; the head of a body stands for the body."""
    first = index
    if line.word(index - 1) == "hợp":
        return None
    while (post := posts().match(line, index)) is not None and line.capital(post[1]):
        index = post[1]
    found = _whole_member(line, index, around) if _may_be_somebody(line, index) else None
    item = None if found is None else _item(line, index, found, context)
    return None if item is None else replace(item, first=first, person=first < index)


def _whole_member(line: Line, index: int, around: Around) -> Stretch | None:
    """The words of whoever stands at *index*: a head and what says which one."""
    named_by_work = line.word(index) in NAMED_BY_WORK and line.capital(index)
    short = line.word(index) in SHORT_HEADS or begins_predicate(line, index + 1)
    head = index + (1 if short or named_by_work else 2)
    acts = is_verb(line, head)
    if acts and not (named_by_work or line.word(index) in GENERAL | SHORT_HEADS):
        return Stretch(head, "predicate")
    found = to_the_end(line, head + 2 * acts, around)
    if found is None or (acts and (found.follows == "else" or found.stop == head + 2)):
        return None
    if found.follows == "else" and found.stop - index > LONGEST:
        return None if short else Stretch(head, "else")  # `chủ`, `người`, `bên` alone name nobody
    return found


def further_member(line: Line, index: int, context: Context, around: Around, *, ahead: int = 3) -> Item | None:
    """Whoever stands at *index*, behind a comma or `và` of a list of partners, if the list or the sentence goes on.

    It goes on where a further member follows, too; the next *ahead* of them are looked at.
    """
    if not _may_be_somebody(line, index) or begins_predicate(line, index):
        return None
    found = to_the_end(line, index, around, joined=_somebody_after(line, context, around, ahead))
    if found is None or not 0 < found.stop - index <= (LONGEST_BETWEEN if found.follows == "agency" else LONGEST):
        return None
    named = line.capital(index) or line.word(index) in PERSONS or line.word(index - 1) == "và"
    if found.follows == "predicate" and not named and found.stop - index > SHORTEST:
        return None
    return _item(line, index, found, context) if found.follows in {"predicate", "agency"} else None


def _somebody_after(line: Line, context: Context, around: Around, ahead: int) -> Callable[[int], bool]:
    """Whether a further member, itself of no table, stands at a word behind a comma or `và`."""
    if not ahead:
        return lambda index: False
    return lambda index: further_member(line, index, context, around, ahead=ahead - 1) is not None


def _may_be_somebody(line: Line, index: int) -> bool:
    word, pair = line.word(index), f"{line.word(index)} {line.word(index + 1)}"
    if not word.isalpha() or word in JOINS or breaks_off(line, index):
        return False
    if word in SURNAMES and line.capital(index) and line.capital(index + 1):
        return False
    return word not in NOBODY and pair not in NOBODY and pair.removeprefix("các ") not in NOBODY


def _item(line: Line, index: int, found: Stretch, context: Context) -> Item | None:
    words = line.slice(index, found.stop)
    if not words or not any(len(word) > 1 for word in line.words[index : found.stop]):
        return None
    return Item(index, found.stop, first_capital(expand(words, context.aliases)), "other", "member")


WITH = frozenset({"với", "cùng"})
# How many words behind the word of cooperation `với` stands at most: `phối hợp chặt chẽ, thường xuyên cùng với`.
REACH = 7
LONGEST = 6
# Between two members a third may have more words.
LONGEST_BETWEEN = 10
# Behind a comma a word or two of no table are a member, more may be the predicate.
SHORTEST = 2
PERSONS = frozenset({"người", "chủ", "trưởng", "già", "các", "cán", "đại"})
SHORT_HEADS = frozenset({"người", "bên", "chủ", "phía", "hộ"})
# Heads that alone say nothing: `tổ chức`, `cơ sở`, `đối tượng`, `bộ phận`.
GENERAL = frozenset({"tổ", "cơ", "đơn", "đối", "bộ"})
# What one coordinates something with, not somebody.
NOBODY = frozenset(
    {
        "nhau",
        "việc",
        "kế",
        "chương",
        "công tác",
        "hoạt",
        "đề",
        "dự",
        "chính sách",
        "nhiệm",
        "giải",
        "biện",
        "nội",
        "mục",
    }
    | {
        "phong",
        "quy",
        "điều",
        "yêu",
        "tình",
        "tiến",
        "lộ",
        "thời",
        "các dự",
        "công trình",
        "phương",
        "hệ thống",
        "luật",
    }
    | {
        "quá",
        "trong",
        "ngoài",
        "một",
        "chương trình",
        "kinh",
        "nguồn",
        "vốn",
        "tiêu",
        "số",
        "cơ chế",
        "thực tế",
        "xu",
        "tinh",
        "thứ",
        "phó",
        "bộ trưởng",
    }
)
