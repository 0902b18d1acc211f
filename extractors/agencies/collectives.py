"""Collective phrases: "các sở, ban, ngành", "Bộ, ngành liên quan", "các cơ quan, đơn vị trên địa bàn tỉnh".

The phrase is a list of nouns, each with its modifier, closed by qualifiers. A further `các` starts a new phrase. Words
that are only sometimes nouns (`tổ chức`, `ban`, `bộ`) count by what follows them.
"""

from __future__ import annotations

from dataclasses import dataclass

from extractors.agencies.collective_words import CollectiveWords, collective_words
from extractors.agencies.complements import UNITS
from extractors.agencies.naming import lowered
from extractors.agencies.place import Place
from extractors.agencies.predicates import MODALS, begins_predicate, informs, inspections_stop, is_verb
from extractors.agencies.qualifiers import find_qualifier
from extractors.agencies.registry import agency_words, registry
from extractors.agencies.words import Line
from schemas import AgencyLevel


@dataclass(frozen=True, slots=True)
class Collective:
    """A collective phrase: its level, where it and its nouns end, each noun with the mark before it, its qualifiers.

    `listed` tells that a noun follows that is of another kind.
    """

    line: Line
    level: AgencyLevel
    stop: int
    core_stop: int
    nouns: tuple[tuple[str, int, int], ...]
    qualifiers: tuple[str, ...]
    listed: bool = False

    @property
    def core(self) -> str:
        """The nouns in lower case."""
        return "".join(f"{glue}{lowered(self.line.slice(start, stop))}" for glue, start, stop in self.nouns)

    @property
    def tier(self) -> AgencyLevel:
        """Their level, for bodies of any kind that of their tier or owner: `các cơ quan | cấp tỉnh`."""
        told = (LEVELS[words] for words in self.qualifiers if words in LEVELS)
        return next(told, self.level) if self.level == "other" else self.level

    @property
    def text(self) -> str:
        """The phrase in lower case."""
        return " ".join((self.core, *self.qualifiers))


def find_collective(line: Line, index: int, place: Place | None) -> Collective | None:
    """The phrase whose first noun stands at *index* (after `các`, if any).

    >>> find_collective(Line("sở ban, ngành có liên quan khác"), 0, None).text
    'sở, ban, ngành có liên quan khác'
    """
    words = collective_words()
    noun = _noun(words, line, index)
    if noun is None:
        return None
    level, stop = noun
    nouns = []
    glue, start, apart = "", index, False
    while True:
        stop = _further_kinds(words, line, stop, _modified(words, line, stop))
        nouns.append((glue, start, stop))
        qualifier = find_qualifier(words, line, stop, place)
        if qualifier is not None:
            break
        after, glue = _separator(line, stop)
        noun = _noun(words, line, after, listed=True)
        apart = noun is not None and _of_another_kind(line, index, stop, after, glue)
        if (
            apart
            or noun is None
            or (after == stop and not _adjacent(line, start, stop))
            or _names_one(line, after, noun[1])
        ):
            break
        start, stop = after, noun[1]
    core_stop, qualifiers = stop, []
    while qualifier is not None:
        qualifiers.append(qualifier[0])
        stop = qualifier[1]
        qualifier = find_qualifier(words, line, stop, place)
    return Collective(line, level, stop, core_stop, tuple(nouns), tuple(qualifiers), apart)


def _noun(words: CollectiveWords, line: Line, index: int, *, listed: bool = False) -> tuple[AgencyLevel, int] | None:
    """The noun at *index*, perhaps as a further member of a list: its level and where it ends."""
    match = words.nouns.match(line, index)
    if match is None:
        return _people(words, line, index) if listed else None
    level, stop = _first_member(words, line, index, match[1]) or (match[0], match[1])
    first, following = line.word(index), line.word(stop)
    if stop - index == 1 or (first == "tổ" and stop - index == 2):
        if first in RISKY and not _closes(line, stop):
            if words.qualifiers.match(line, stop) or following == first:
                return level, stop
            if first == "tổ" and following == "hội" and _closes(line, stop + 1):  # but `tổ chức hội nghị`
                return "union", stop + 1
            if first == "tổ" and (following in FINITE or line.low[stop : stop + 2] in FINITE_PAIRS):
                return level, stop
            if line.word(index - 1) in {"các", "mỗi", "từng"} and _acts(line, first, stop):
                return level, stop
            if listed and first in {"ngành", "ban"} and following not in {"hành", "nghề", "hàng", "đầu"}:
                return level, stop
            modifier = words.modifiers.match(line, stop)
            if (stop - index == 1 and first in {"ban", "bộ", "sở", "ngành", "tổ"}) or modifier is None:
                return (level, stop) if first in NOUN_PAIRS and following in NOUN_PAIRS[first] else None
        if (first, following) in NOT_NOUNS or (not listed and first == "ngành" and line.word(stop + 1) == "lĩnh"):
            return None
    if (line.word(stop - 1), following) in OTHER_WORDS:
        return None
    return level, stop


def _closes(line: Line, index: int) -> bool:
    """Whether the noun before *index* is whole by what stands there: a mark, the end, a word that may follow any."""
    word = line.word(index)
    return word in CLOSERS or not word or not word[0].isalpha()


def _people(words: CollectiveWords, line: Line, index: int) -> tuple[AgencyLevel, int] | None:
    """People at *index* amid a list, further nouns behind their comma: `doanh nghiệp, cộng đồng, tổ chức, cá nhân`."""
    if f"{line.word(index)} {line.word(index + 1)}" not in PEOPLE:
        return None
    stop = index + 2 + 2 * (f"{line.word(index + 2)} {line.word(index + 3)}" in WHICH_PEOPLE)
    return ("other", stop) if line.word(stop) == "," and _noun(words, line, stop + 1) is not None else None


def _first_member(words: CollectiveWords, line: Line, index: int, stop: int) -> tuple[AgencyLevel, int] | None:
    """The noun at *index* before a comma that the words up to *stop* step over, when another body begins behind it.

    `các ngành, Công an tỉnh` has no `ngành Công an`, `các cơ sở sản xuất, kinh doanh` are one noun.
    """
    if "," not in line.low[index:stop]:
        return None
    comma = line.low.index(",", index)
    if comma > index + 1 and not _named_at(line, comma + 1):
        return None
    node = words.nouns.root
    for word in line.low[index:comma]:
        node = node.next[word]
    return (node.value, comma) if node.value is not None else None


def _acts(line: Line, noun: str, stop: int) -> bool:
    """Whether a verb stands behind the one syllable *noun*: a verb of orders, behind some nouns any that is known, or
    the case in which they act (`các cấp khi được hỏi …`).
    """
    following = line.word(stop)
    if f"{following} {line.word(stop + 1)}" in agency_words("verb") or following in MODALS:
        return True
    if noun in TIERS and following in CASES:
        return True
    return noun in {"sở", "ngành", "trường"} and begins_predicate(line, stop)


def _modified(words: CollectiveWords, line: Line, stop: int) -> int:
    """Where the noun that ends at *stop* ends with its modifiers."""
    for _ in range(2):
        modifier = words.modifiers.match(line, stop)
        if modifier is None or (words.qualifiers.match(line, stop) and line.word(stop) in {"địa", "trung"}):
            break
        if line.word(stop) in {",", "và", "-", "/", "–", "&"}:
            break
        if informs(line, stop) or _forgets_a_comma(line, stop):
            break
        stop = modifier[1]
    return stop + _acronym(line, stop)


def _forgets_a_comma(line: Line, stop: int) -> bool:
    """Whether the places follow those above them without a comma: `các bộ, ngành | địa phương`."""
    places = line.low[stop - 1 : stop + 2] == ["ngành", "địa", "phương"]
    return places and line.word(stop - 2) in {",", "-", "–", "/", "bộ", "sở", "ban"}


def _further_kinds(words: CollectiveWords, line: Line, bare: int, stop: int) -> int:
    """Where the further kinds end of the noun that ends at *bare*, with its first kind at *stop*.

    `các tổ chức xã hội, xã hội - nghề nghiệp`, `các cơ quan truyền thông, báo chí`; but behind `các đơn vị thuộc tỉnh`
    `Công an tỉnh` is no further kind.
    """
    if (inspections := inspections_stop(line, stop)) > stop:
        stop = _modified(words, line, inspections)
    printed = line.capital(bare) and not line.words[bare].isupper()  # as names: `các cơ quan Văn hóa, Hải quan`
    bodies = stop > bare and (printed or registry().names.match(line, bare) is not None)
    while line.word(stop) == "," and (stop > bare or line.word(stop + 3) in {"-", "–"}) and not is_verb(line, stop + 1):
        kind, noun = words.modifiers.match(line, stop + 1), words.nouns.match(line, stop + 1)
        if kind is None or (noun is not None and noun[1] >= kind[1]) or (_named_at(line, stop + 1) and not bodies):
            break
        if bodies and line.word(kind[1]) in UNITS:  # a body of its own: `các cơ quan Báo chí, Công an tỉnh`
            break
        stop = kind[1]
    return _joined_kind(words, line, stop) if stop > bare and line.word(stop) == "và" else stop


def _joined_kind(words: CollectiveWords, line: Line, stop: int) -> int:
    """Where the kind ends that `và` at *stop* joins to those before it: `các doanh nghiệp viễn thông và vận tải`.

    Words that go on (`các cơ quan nhà nước và dịch vụ công`) make something else of it.
    """
    kind, noun = words.modifiers.match(line, stop + 1), words.nouns.match(line, stop + 1)
    if kind is None or (noun is not None and noun[1] >= kind[1]) or line.capital(stop + 1) or is_verb(line, stop + 1):
        return stop
    ended = _closes(line, kind[1]) or line.word(kind[1]) in AFTER_KINDS or begins_predicate(line, kind[1])
    return kind[1] if ended and words.qualifiers.match(line, stop + 1) is None else stop


def _acronym(line: Line, index: int) -> bool:
    """Whether an abbreviation that names no body stands at *index*: `nhà cung cấp dịch vụ IoT`."""
    word = line.words[index] if index < len(line) and len(line.low[index]) > 1 else ""
    capitals = sum(map(str.isupper, word)) > 1 and not line.words[index - 1].isupper()
    return capitals and not registry().names.can_begin(word.lower())


def _named_at(line: Line, index: int) -> bool:
    """Whether the name of a body that the registry knows begins at *index*, printed as one."""
    return line.capital(index) and registry().names.match(line, index) is not None


def _names_one(line: Line, index: int, stop: int) -> bool:
    """Whether the noun begins the name of one agency (`các sở, Liên đoàn Lao động tỉnh`, `… và Ban Chỉ đạo về …`)."""
    if not line.capital(index):
        return False
    named = registry().names.match(line, index)
    if named is not None:  # `các sở, Tỉnh ủy`, but one that has a name: `các sở, Đảng ủy Công an tỉnh`
        return named[1] > stop or line.capital(stop)
    head = " ".join(line.low[index:stop])
    board = (head in BOARDS and line.word(stop).isalpha()) or (head in OFFICES and line.capital(stop))
    return board and collective_words().qualifiers.match(line, stop) is None and line.word(stop) not in PLACED


def _of_another_kind(line: Line, index: int, stop: int, after: int, glue: str) -> bool:
    """Whether the noun at *after* is of another kind than those from *index* to *stop*, so that it is a body apart.

    The government of a place is no office, and what is heard all over a place is none either.
    """
    if line.low[after : after + 2] == GOVERNMENT:
        return glue == " và "
    government = line.low[index : index + 2] == GOVERNMENT and stop > index + 2
    return (government and line.word(index - 1) != "các") or line.low[after : after + 2] == NETWORK


def _adjacent(line: Line, start: int, stop: int) -> bool:
    """Whether a noun may follow without a comma: `sở ban, ngành`, `Bộ ngành`, `cơ quan đơn vị`, `phường xã`."""
    return line.low[start:stop] in ADJACENT and line.word(stop) in {"ban", "ngành", "đơn", "tổ", "địa", "đoàn", "xã"}


def _separator(line: Line, stop: int) -> tuple[int, str]:
    """Where the next noun could start, and what stands before it: nothing counts as a comma."""
    word = line.word(stop)
    if word in {",", ";"} and line.word(stop + 1) == "và":
        return stop + 2, " và "
    if word == "và":
        return stop + 1, " và "
    if word in {",", "-", "–", "/"}:
        return stop + 1, ", "
    return stop, ", "


# People who may stand among bodies, and which ones: `cộng đồng dân cư`.
PEOPLE = frozenset({"cộng đồng", "nhân dân", "người dân", "hộ dân"})
WHICH_PEOPLE = frozenset({"dân cư", "doanh nghiệp", "địa phương", "xã hội"})
# What says at which level bodies of any kind stand.
LEVELS: dict[str, AgencyLevel] = {
    "cấp tỉnh": "province",
    "cấp huyện": "district",
    "cấp xã": "commune",
    "quốc hội": "central",
    "Quốc hội": "central",
    "chính phủ": "central",
    "Chính phủ": "central",
    "của Quốc hội": "central",
    "của Chính phủ": "central",
    "thuộc Chính phủ": "central",
    "trực thuộc Chính phủ": "central",
}
# Boards that have a name of their own, printed with a capital.
BOARDS = frozenset({"ban chỉ đạo", "ban quản lý", "hội đồng", "trung tâm", "tổ công tác", "văn phòng", "ban chỉ huy"})
# Offices that a capitalised word behind them names: `các trường, Viện Khoa học …`.
OFFICES = frozenset({"viện", "học viện", "bệnh viện", "vụ", "cục", "chi cục"})
# Words behind a board that say where it stands, not what it is for: `các sở và Ban Chỉ đạo các cấp`.
PLACED = frozenset({"các", "của", "thuộc", "trên", "tỉnh", "thành", "trung", "và", "có", "liên"})
# The government of a place is of another kind than the offices before it, and so is what is heard all over a place.
GOVERNMENT = ["chính", "quyền"]
NETWORK = ["hệ", "thống"]
ADJACENT = (["sở"], ["ban"], ["bộ"], ["cơ", "quan"], ["phường"], ["ngành"])
CLOSERS = frozenset({"và", "có", "liên", "hữu", "của", "thuộc", "trên", "trong", "tỉnh", "thành", "trung", "cấp"})
RISKY = frozenset(
    {"ban", "bộ", "sở", "ngành", "tổ", "hội", "trường", "viện", "vụ", "cục", "cấp", "đài", "báo", "phòng", "quỹ", "bản"}
    | {"khoa", "tỉnh", "xã", "ấp", "thôn", "làng", "buôn", "hãng", "xóm"}
)
# Further words that say which ones of a kind are meant.
AFTER_KINDS = frozenset({"hoạt", "đóng", "tại", "ở", "đang", "được", "khác"})
# Verbs after which `tổ chức` is a noun: `doanh nghiệp, tổ chức bảo đảm kinh phí`.
FINITE = frozenset({"bảo", "chủ", "phải", "cần", "chịu", "được", "đang", "sẽ", "đã", "không", "khẩn", "phối"})
FINITE_PAIRS = (
    ["làm", "nhiệm"],
    ["hoàn", "toàn"],
    ["tiếp", "tục"],
    ["tăng", "cường"],
    ["nghiêm", "túc"],
    ["tích", "cực"],
    ["kịp", "thời"],
)
# Nouns behind which these words say when they act: `các ngành, các cấp khi có yêu cầu …`.
TIERS = frozenset({"cấp", "ngành", "bộ", "sở"})
CASES = frozenset({"khi", "nếu"})
NOUN_PAIRS = {
    "sở": {"ban", "ngành"},
    "ban": {"ngành"},
    "bộ": {"ngành"},
    "tổ": {"đoàn", "cá"},
    "cấp": {"ngành"},
    "xã": {"phường"},
    "trường": {"thpt", "thcs", "tiểu", "mầm", "mẫu"},
    "ngành": {"chức", "đơn", "địa", "cơ", "đoàn"},
}
# `đơn vị tính`, `tổ hợp tác xã`.
OTHER_WORDS = {("vị", "tính"), ("vị", "đo"), ("tác", "xã")}
NOT_NOUNS = {("hội", "nghị"), ("trường", "hợp"), ("bộ", "phận"), ("xã", "hội"), ("cấp", "bách"), ("cấp", "thiết")}
