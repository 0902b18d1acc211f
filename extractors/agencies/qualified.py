"""The words that say which ones are meant: "các doanh nghiệp | hạ tầng số", "đơn vị | được lựa chọn quan trắc".

No table can have these words, so a phrase ends where something else begins: at a mark, a conjunction, the predicate,
another agency. A verb right behind the noun is the predicate (`các đơn vị quản lý chặt chẽ …`) unless a further
predicate follows (`các đơn vị quản lý đường bộ | rà soát …`), or a further agency of one enumeration.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from extractors.agencies.complements import UNITS
from extractors.agencies.items import Item
from extractors.agencies.named_places import range_stop
from extractors.agencies.predicates import (
    INSPECTIONS,
    MODALS,
    begins_predicate,
    breaks_off,
    inspections_stop,
    is_verb,
    object_begins,
)
from extractors.agencies.registry import agency_words
from extractors.agencies.words import Line


@dataclass(frozen=True, slots=True)
class Around:
    """What the grammar of agencies finds at a word: a whole phrase, or only whether one begins."""

    item: Callable[[int], Item | None]
    begins: Callable[[int], bool]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words of a phrase: the index after them, the agency that closes them, and what follows.

    A `purpose` (`để …`, `trong việc …`) follows those who act as a predicate does.
    """

    stop: int
    follows: Literal["predicate", "agency", "purpose", "else"]
    owner: Item | None = None


def which_ones(line: Line, noun: int, stop: int, around: Around, *, subject: bool) -> Stretch | None:
    """The words behind *stop* that say which ones of a group are meant, whose last noun begins at *noun*.

    Behind a *subject* anything may stand that no table of verbs has, so there the predicate must be seen.
    """
    word = line.word(stop)
    if not word.isalpha() or word in JOINS or breaks_off(line, stop) or _is_closed(line, stop):
        return None
    if line.low[stop : stop + 3] == UNDER_RULES:
        return None
    if stop - 1 > noun and _ends_in_place(line, stop) and word not in ATTACHED | RELATIVE:
        return None
    if word in UNITS or line.words[noun].isupper() or (_another(line, stop) and line.word(noun) != "thành"):
        return None
    acts = is_verb(line, stop)
    inspections = inspections_stop(line, stop + 2) if acts and _inspects(line, noun, stop) else 0
    if acts and not inspections and not _may_be_told_apart(line, noun, stop):
        return None
    if subject and word == "được" and (line.word(stop + 1) not in CHARGED or _is_given_work(line, stop)):
        return None
    start = stop + (word in RELATIVE)
    start += 2 if is_verb(line, start) and (acts or start > stop) else 0
    start = max(start, inspections)
    found = to_the_end(line, start, around)
    if found is None or found.stop == stop or (acts and found.stop == start):
        return None
    if word == "chịu" and not _undergo_and_act(line, found):
        return None
    governs = stop - 2 > noun and is_verb(line, stop - 2) and not subject  # `cơ quan, tổ chức quản lý | trạm đo`
    if found.follows in UNSURE[subject or acts] and word not in (ATTACHED if subject else ATTACHED | RELATIVE):
        short = found.follows == "else" and found.stop - stop <= LONGEST_PLACE
        if not (governs and short) and not _tells_fields(line, start, found.stop):
            return None
    return _more_places(line, found, around) if word in PLACING or governs else found


def _inspects(line: Line, noun: int, stop: int) -> bool:
    """Whether a kind of inspection at *stop* says what those at *noun* are for: `các lực lượng kiểm tra, kiểm soát`."""
    return line.word(noun) in INSPECTORS and line.low[stop : stop + 2] in INSPECTIONS


def _tells_fields(line: Line, start: int, stop: int) -> bool:
    """Whether the words from *start* to *stop* name fields, which belong to those before them and to nobody else."""
    return any(line.low[at : at + 3] == IN_A_FIELD for at in range(start, stop - 3))


def _may_be_told_apart(line: Line, noun: int, stop: int) -> bool:
    """Whether a verb at *stop* may belong to the noun: of a body outside the administration, or in one's own name."""
    if line.word(noun) in NAMED_BY_WORK and line.capital(noun) and line.word(noun - 1) != "các":
        return True
    if tuple(line.low[stop : stop + 2]) in NEVER_TELLING_APART:
        return False
    return line.word(stop) in TELLING_APART and line.word(noun) in OUTSIDERS


def _ends_in_place(line: Line, stop: int) -> bool:
    """Whether the words before *stop* end in a tier or a unit: `các đoàn thể tỉnh`, `chính quyền các cấp`."""
    before = line.word(stop - 1)
    return before in {"tỉnh", "huyện"} or (before == "cấp" and line.word(stop - 2) == "các")


def _another(line: Line, index: int) -> bool:
    """Whether another name begins at *index*, as far as its first word can tell."""
    return line.capital(index) and line.word(index) in agency_words("name-border")


def _is_given_work(line: Line, stop: int) -> bool:
    """Whether the sentence itself gives the work: `các xã | được giao nhiệm vụ thu gom …`, no duty follows."""
    return line.low[stop + 2 : stop + 4] == ["nhiệm", "vụ"] and line.word(stop + 4) not in DUTIES


def _undergo_and_act(line: Line, found: Stretch) -> bool:
    """Whether those who `chịu sự giám sát (của …)` do something besides."""
    if found.owner is not None:
        return begins_predicate(line, found.stop)
    return line.low[found.stop : found.stop + 2] != ["trực", "tiếp"]


def _more_places(line: Line, found: Stretch, around: Around) -> Stretch:
    """*found*, a place, with the further one behind its comma: `tại khu vực biên giới, cửa khẩu`."""
    if found.follows != "else" or found.owner is not None or line.word(found.stop) != ",":
        return found
    further = to_the_end(line, found.stop + 1, around)
    fits = further is not None and further.follows == "predicate" and 1 < further.stop - found.stop <= LONGEST_PLACE
    return further if further is not None and fits else found


def _is_closed(line: Line, stop: int) -> bool:
    """Whether the words before *stop* close a group, so that only its owner or its place may follow."""
    before, word = line.word(stop - 1), line.word(stop)
    if word == "về":
        return f"{line.word(stop - 2)} {before}" not in SPECIALISED
    if before == "khác" or (before == "quan" and line.word(stop - 2) != "cơ"):
        return word not in OWNING
    return before in CLOSING and word not in ATTACHED


def to_the_end(
    line: Line, start: int, around: Around, *, joined: Callable[[int], bool] | None = None
) -> Stretch | None:
    """From *start* to the end of a phrase; None when it goes on for too long.

    *joined* tells whether one more of those stands at a word behind a comma or `và` that only their list can tell.
    """
    fields = False
    for stop in range(start, min(start + LONGEST_OF_FIELDS, len(line)) + 1):
        if stop > start + (LONGEST_OF_FIELDS if fields else LONGEST):
            return None
        word = line.word(stop)
        if stop > start + 2 and line.low[stop - 3 : stop] == IN_A_FIELD:
            fields = True
        if fields and word == "," and _goes_on_with_fields(line, stop, around):
            continue
        if not word or word in MARKS:
            after = stop + 1 + (line.word(stop + 1) in JOINS)
            goes_on = word in {",", ";"} and (around.begins(after) or (joined is not None and joined(after)))
            told = word == ":" and stop - start <= LONGEST_PLACE
            return Stretch(stop, "agency" if goes_on else "predicate" if told else "else")
        if word in JOINS and line.word(stop + 1) != "cấp":
            if around.begins(stop + 1) or (joined is not None and stop > start and joined(stop + 1)):
                return Stretch(stop, "agency")
            if begins_predicate(line, stop + 1) or breaks_off(line, stop + 1):
                return Stretch(stop, "else")
            continue
        if begins_predicate(line, stop):
            return Stretch(stop, "predicate")
        if stop > start + 1 and object_begins(line, stop):
            return Stretch(stop - 2, "predicate")
        if word in MODALS and stop > start:
            return Stretch(stop, "predicate")
        if word == "từ" and (beyond := range_stop(line, stop)) > stop:
            return Stretch(beyond, "predicate" if begins_predicate(line, beyond) else "else")
        if breaks_off(line, stop) or (word == "được" and stop > start):
            if word == "là" and _holds_office(line, stop + 1):
                return Stretch(stop, "predicate")
            return Stretch(stop, "purpose" if word in PURPOSES else "else")
        at = stop + (word in OWNING)
        if (at > stop or word == "các" or line.capital(at)) and (owner := around.item(at)) is not None:
            return Stretch(_further_owners(line, owner.stop, around), "agency", owner)
    return None


def _goes_on_with_fields(line: Line, comma: int, around: Around) -> bool:
    """Whether a further field stands behind *comma*: `trong lĩnh vực xây dựng, giao thông và viễn thông`."""
    at = comma + 1
    if line.capital(at) or not line.word(at).isalpha() or line.word(at) in JOINS or breaks_off(line, at):
        return False
    known = f"{line.word(at)} {line.word(at + 1)}" in agency_words("modifier")
    return known or not (begins_predicate(line, at) or around.begins(at))


def _holds_office(line: Line, index: int) -> bool:
    """Whether a duty is named at *index*: `Giao Ban Quản lý chợ là | cơ quan lập …`, not what somebody is."""
    index += 2 * (line.low[index : index + 2] in (["cơ", "quan"], ["đơn", "vị"]))
    return f"{line.word(index)} {line.word(index + 1)}" in OFFICES or line.word(index) == "lập"


def _further_owners(line: Line, stop: int, around: Around) -> int:
    """Where the owners end of whom the first ends at *stop*: `của Bộ, của tỉnh`."""
    while line.word(stop) in {",", "và"} and line.word(stop + 1) in OWNING and (further := around.item(stop + 2)):
        stop = further.stop
    return stop


# What bodies do, not which ones they are: `các đơn vị | hoạt động theo Điều lệ`.
UNDER_RULES = ["hoạt", "động", "theo"]
# What may follow words of which the sentence does not show that they end there, by whether nothing else is known.
UNSURE = {False: frozenset({"else"}), True: frozenset({"else", "purpose"})}
PURPOSES = frozenset({"để", "nhằm", "trong", "theo"})
OFFICES = frozenset({"đầu mối", "thường trực", "chủ trì", "chịu trách"})
LONGEST = 12
LONGEST_OF_FIELDS = 24
IN_A_FIELD = ["trong", "lĩnh", "vực"]
LONGEST_PLACE = 4
PLACING = frozenset({"tại", "ở", "trên", "trong"})
MARKS = frozenset({",", ";", ":", ".", "(", ")", "…", "|", "“", "”", '"', "[", "]", "*", "•", "+", "_"})
JOINS = frozenset({"và", "hoặc", "cùng"})
OWNING = frozenset({"của", "thuộc"})
# Words that open a relative clause; a verb behind them belongs to it.
RELATIVE = frozenset({"được", "đang", "đóng", "có", "làm", "nơi", "chịu"})
# Bodies outside the administration, which a verb may tell apart: `đơn vị thi công`, `tổ chức cung cấp dịch vụ`.
OUTSIDERS = frozenset({"đơn", "tổ", "doanh", "cơ", "cá", "chủ", "hộ", "nhà", "công", "hợp", "đội", "lực", "ngân"})
# Who may be told apart by what they inspect.
INSPECTORS = frozenset({"lực", "đoàn", "đội", "tổ"})
# Heads of names that say what somebody does: `Văn phòng đăng ký đất đai`, `Ban chấp hành công đoàn`.
NAMED_BY_WORK = frozenset({"văn", "ban", "trung", "phòng", "chi", "hội", "trạm", "viện"})
NEVER_TELLING_APART = frozenset({("tham", "mưu"), ("vận", "động")})  # but `tham gia`, `vận tải`
TELLING_APART = frozenset(
    {
        "quản",
        "sử",
        "cung",
        "kinh",
        "sản",
        "khai",
        "vận",
        "hoạt",
        "tham",
        "đầu",
        "thi",
        "tư",
        "đào",
        "nghiên",
        "dạy",
        "thu",
    }
)
CLOSING = frozenset({"năng", "quyền", "trên", "dưới", "thuộc", "lại"})
ATTACHED = frozenset({"của", "thuộc", "tại", "ở", "trên", "trong", "được"})
# What somebody is given, so that the words say who is meant: `các đơn vị được giao …`.
CHARGED = frozenset({"giao", "phân", "chỉ", "ủy", "lựa", "cấp", "mời", "thuê"})
DUTIES = frozenset({"có", "phải", "cần", "chịu", "chủ", "và", ",", "khẩn", "kịp", "tại", "theo", "trong"})
SPECIALISED = frozenset(
    {"nhà nước", "quản lý", "chuyên môn", "chuyên trách", "chuyên ngành", "đầu mối", "chức năng", "thẩm quyền"}
    | {"tham mưu", "thường trực"}
)
