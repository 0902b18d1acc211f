"""One agency phrase at one word: "Giám đốc Sở Y tế", "UBND các huyện", "các cơ quan liên quan", "Trung tâm X".

Named agencies come from the registry, local bodies take the place behind them, collective phrases have a grammar of
their own, and a capitalised name after a head noun (`Trung tâm …`, `Ban Quản lý …`) is taken as it stands.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from itertools import chain
from typing import Any

from extractors.agencies.collectives import RISKY, Collective, after_noun, collective_nouns, find_collective
from extractors.agencies.complements import UNITS, Complement, find_complement, find_name
from extractors.agencies.naming import agency_id, expand, first_capital, from_capitals
from extractors.agencies.place import Place
from extractors.agencies.registry import Entry, agency_words, read_table, registry
from extractors.agencies.words import LINKS, Line, Node, Trie
from schemas import Agency, AgencyLevel, Span


@dataclass(frozen=True, slots=True)
class Context:
    """What a document tells about its agencies: its place, its own abbreviations, its issuer."""

    place: Place | None = None
    aliases: Mapping[str, str] = field(default_factory=dict)
    own_names: Trie[str] = field(default_factory=Trie)


@dataclass(frozen=True, slots=True)
class Item:
    """One agency phrase from word `first` to word `stop`.

    `bare` marks a local body without a place of its own, which a qualifier further on may give it; `head` is the node
    of a shared head.
    """

    first: int
    stop: int
    name: str
    level: AgencyLevel
    rule: str
    collective: bool = False
    entry: Entry | None = None
    complement: Complement | None = None
    bare: bool = False
    strong: bool = True
    head: Node[Entry] | None = None
    person: bool = False

    def agency(self, line: Line, place: Place | None) -> Agency:
        """The finished record, spans in the text of *line*."""
        span = Span(line.starts[self.first], line.ends[self.stop - 1])
        return Agency(
            id=_id(self, place),
            name=self.name,
            surface=line.text[span.start : span.end],
            level=self.level,
            collective=self.collective,
            span=span,
            rule=self.rule,
        )


def find_item(line: Line, index: int, context: Context, *, listed: bool) -> Item | None:
    """The agency phrase that starts at word *index*; *listed* tells that it continues or fills a list of agencies."""
    if (line.word(index - 1), line.word(index)) in COMPOUNDS or line.word(index - 1) in BEFORE.get(
        line.word(index), ()
    ):
        return None
    ministers = _ministers(line, index)
    if ministers is not None:
        return ministers
    titled = registry().names.match(line, index)
    if titled is None and line.word(index) in post_words() and (behind := _behind_post(line, index)) is not None:
        item = _body(line, behind, context, listed=True)
        if item is not None:
            return replace(item, first=index, person=True, strong=True)
    return _body(line, index, context, listed=listed)


def with_complement(item: Item, complement: Complement) -> Item:
    """*item*, a bare local body, with the place that closes its enumeration."""
    return replace(
        item,
        name=f"{item.name} {complement.text}",
        level=_level(item.level, complement),
        collective=complement.collective,
        complement=complement,
        bare=False,
    )


def shared_head_item(line: Line, index: int, head: Node[Entry], context: Context) -> Item | None:
    """A further member of an enumeration that names its head once (`Sở Tài chính, Nội vụ`)."""
    if not line.capital(index):
        return None
    match = registry().names.match(line, index, head)
    if match is None:
        return None
    return _named(line, index, index, match[0], match[1], context, head, "shared-head")


def _body(line: Line, index: int, context: Context, *, listed: bool) -> Item | None:
    plural = _plural(line, index)
    if plural > index:
        return _shared_plural(line, index, plural, context) or _collective(line, index, plural, context, listed=listed)
    own = context.own_names.match(line, index)
    named = registry().names.match(line, index)
    if own is not None and (named is None or own[1] >= named[1]):
        return _own_name(line, index, own[0], own[1], context)
    if named is not None:
        head = registry().shared_heads.get(line.word(index))
        item = _named(line, index, index, named[0], named[1], context, head, "registry")
        if item is not None and (item.strong or listed):
            return item
    return _collective(line, index, index, context, listed=listed) or _open(line, index, context)


def _plural(line: Line, index: int) -> int:
    """The index after `các`, `tất cả các`, `những`, …, or *index*."""
    for words in DETERMINERS:
        if line.low[index : index + len(words)] == words:
            return index + len(words)
    return index


def _behind_post(line: Line, index: int) -> int | None:
    """The index after one or more posts: `Giám đốc`, `Giám đốc, Thủ trưởng`, `Chủ tịch, các Phó Chủ tịch`."""
    match = _posts().match(line, index)
    if match is None:
        return None
    stop = match[1]
    while line.word(stop) in {",", "và", "-", "/"}:
        further = _posts().match(line, stop + 1)
        if further is None:
            break
        stop = further[1]
    if line.word(stop) == ":":
        stop += 1
    if line.low[index:stop] == ["trưởng", "ban"] and line.word(stop) not in {"ban", "các"}:
        stop -= 1
    return stop


def _ministers(line: Line, index: int) -> Item | None:
    """`(Các) Bộ trưởng, Thủ trưởng cơ quan ngang Bộ`: the ministers stand for the ministries."""
    start = index + (line.word(index) == "các")
    if line.low[start : start + 2] == ["bộ", "trưởng"] and line.word(start + 2) in {",", ";"}:
        return Item(index, start + 2, "Các Bộ", "central", "post", collective=True)
    return None


def _shared_plural(line: Line, first: int, index: int, context: Context) -> Item | None:
    """`các Sở: Y tế, Tư pháp`, `các Bộ Tài chính, Nội vụ`: the first member."""
    head = registry().shared_heads.get(line.word(index))
    if head is None:
        return None
    start = index + 1 + (line.word(index + 1) == ":")
    match = registry().names.match(line, start, head)
    if match is None or not line.capital(start):
        return None
    return _named(line, first, index, match[0], match[1], context, head, "shared-head")


def _named(
    line: Line, first: int, index: int, entry: Entry, stop: int, context: Context, head: Node[Entry] | None, rule: str
) -> Item | None:
    if (line.word(stop), line.word(stop + 1)) in NOT_AGENCIES.get(entry.name, ()):
        return None
    generic = " " not in entry.name or entry.name in WEAK
    mixed = generic or not line.slice(index, stop).islower()
    if mixed and not line.capital(index) and line.word(index) not in SAFE_LOWER:
        return None
    if entry.name in WEAK and line.slice(index, stop).islower():
        return None
    place = context.place
    complement = None if entry.place == "none" else find_complement(line, stop, place)
    if complement is None and entry.name.endswith(("Huyện ủy", "Quận ủy", "Thị ủy")):
        complement = find_name(line, stop)
    if complement is not None and entry.place == "own" and complement.collective and complement.level == "commune":
        complement = None
    if complement is not None:
        text = _home(entry, complement.place) if complement.place else complement.text
        name = f"{entry.name} {text}"
        if entry.level == "enterprise" and complement.place and line.word(stop) not in UNITS:
            name = line.slice(index, complement.stop)
        return Item(
            first,
            complement.stop,
            name,
            _level(entry.level, complement),
            rule,
            complement.collective,
            entry,
            complement,
            head=head,
        )
    if entry.place == "own" and place is not None:
        return Item(first, stop, f"{entry.name} {_home(entry, place)}", entry.level, rule, entry=entry, head=head)
    strong = entry.place != "any" or entry.name not in WEAK
    return Item(
        first, stop, entry.name, entry.level, rule, entry=entry, bare=entry.place == "any", strong=strong, head=head
    )


def _home(entry: Entry, place: Place) -> str:
    """The province as it stands in a name: `Sở Y tế tỉnh Phú Thọ`, but `Tỉnh ủy Phú Thọ`."""
    if entry.name.endswith(("Tỉnh ủy", "Thành ủy", "Tỉnh đoàn", "Thành đoàn")):
        return place.name.removeprefix("tỉnh ").removeprefix("thành phố ")
    return place.name


def _own_name(line: Line, index: int, full: str, stop: int, context: Context) -> Item | None:
    """A short name that the document defines: `(gọi tắt là Ban Chỉ đạo)`."""
    if not line.capital(index):
        return None
    surface = line.slice(index, stop)
    stop += line.word(stop).isdigit() and not full.split()[-1].isdigit()
    complement = find_complement(line, stop, context.place)
    if complement is not None and (complement.collective or complement.level != "province"):
        named = f"{first_capital(expand(surface, context.aliases))} {complement.text}"
        return Item(index, complement.stop, named, complement.level, "own-name", complement.collective)
    inner = _whole(full, replace(context, own_names=Trie()))
    name, level = (inner.name, inner.level) if inner else (expand(full, context.aliases), "other")
    return Item(index, stop, first_capital(name), level, "own-name", entry=inner.entry if inner else None)


def _whole(text: str, context: Context) -> Item | None:
    """The item that fills *text* from end to end."""
    line = Line(text)
    item = find_item(line, 0, context, listed=True)
    return item if item is not None and item.stop == len(line) else None


def _collective(line: Line, first: int, index: int, context: Context, *, listed: bool) -> Item | None:
    if line.word(index - 1) == "các" and first < index and line.word(index) in UNITS:
        places = find_complement(line, index - 1, context.place)
        if places is not None:
            return Item(first, places.stop, first_capital(places.text), places.level, "collective", collective=True)
    phrase = find_collective(line, index, context.place)
    listed = listed or _after_cue(line, index)
    if phrase is None or not (first < index or listed or _stands_alone(line, index, phrase)):
        return None
    text, stop = phrase.text, phrase.stop
    clause_stop = _clause_stop(line, phrase.core_stop) or _clause_stop(line, stop)
    if clause_stop:
        text, stop = f"{phrase.core} {line.slice(phrase.core_stop, clause_stop)}", clause_stop
    text = expand(text, context.aliases)
    if first < index:
        text = f"các {text}"
    return Item(first, stop, first_capital(text), phrase.level, "collective", collective=True)


def _clause_stop(line: Line, index: int) -> int:
    """Where a clause ends that says which ones must act (`các đơn vị có dự án được duyệt phải …`); 0 without one."""
    match = _CLAUSE.match(line.text, line.ends[index - 1], line.ends[-1])
    if match is None or any(word in match[0] for word in NOT_IN_A_CLAUSE):
        return 0
    return bisect_left(line.starts, match.end())


def _after_cue(line: Line, index: int) -> bool:
    """Whether `phối hợp (với)` stands before *index*, behind which a single noun is an agency too."""
    before = line.low[max(0, index - 5) : index]
    return before[-2:] == ["phối", "hợp"] or (before[-1:] == ["với"] and ("hợp" in before or "trì" in before))


def _stands_alone(line: Line, index: int, phrase: Collective) -> bool:
    """Whether a phrase without `các` is an agency in running text: two nouns, a qualifier, the head of a sentence."""
    if phrase.level == "commune" or line.word(index) in UNITS:
        return False
    if phrase.nouns > 1 or phrase.qualified:
        return not (phrase.nouns == 1 and line.word(index) in {"cấp", "hội", "ban", "tổ"})
    return line.capital(index) and line.word(index - 1) in {"", ".", ";", ":"} and phrase.level == "enterprise"


def _open(line: Line, index: int, context: Context) -> Item | None:
    """A name that no table has, behind a head noun: `Trung tâm Phát triển hạ tầng tỉnh`."""
    match = _open_heads().match(line, index)
    if match is None or not line.capital(index):
        return None
    head_stop = match[1]
    printed_as_name = line.capital(head_stop) or line.word(head_stop) in OPEN_NEXT
    stop, complement = _open_stop(line, head_stop, context.place)
    if not printed_as_name and (complement is None or head_stop - index < 2):
        return None
    if stop == head_stop and complement is None:
        return None
    base = from_capitals(line.slice(index, stop))
    name = first_capital(expand(_tidy_head(base), context.aliases))
    if complement is not None:
        return Item(
            index, complement.stop, f"{name} {complement.text}", _level(match[0], complement), "open-name",
            complement.collective, complement=complement,
        )  # fmt: skip
    return Item(index, stop, name, match[0], "open-name")


def _open_stop(line: Line, index: int, place: Place | None) -> tuple[int, Complement | None]:
    """Where a name of unknown words ends, and the place that closes it."""
    stop, about = index, _about(line, index)
    while stop < len(line) and stop - index < (28 if about else 14):
        word = line.word(stop)
        if stop > index or word in {"các", "cấp"}:
            complement = find_complement(line, stop, place) if not _in_name(line, stop) else None
            if complement is not None:
                return stop, complement
        if word in LINKS:
            if stop == index or not (about or _linked(line, stop)):
                break
            stop += 1
            continue
        if not word[0].isalnum() or word in OPEN_STOPS or _is_verb(line, stop, index, about=about):
            break
        if (
            word in agency_words("name-border")
            and line.capital(stop)
            and stop > index
            and word not in {"công", "thông"}
        ):
            break
        stop += 1
    while stop > index and line.word(stop - 1) in LOOSE:
        stop -= 1
    return stop, None


def _about(line: Line, index: int) -> bool:
    """Whether a subject follows (`Ban Chỉ đạo … về …`) that a place closes; then its commas belong to the name."""
    window = line.low[index : index + 28]
    if "về" not in window[:4]:
        return False
    for mark in (".", ";", ":", "(", "ubnd"):
        if mark in window:
            window = window[: window.index(mark)]
    return any(word in {"tỉnh", "phố"} for word in window)


def _linked(line: Line, index: int) -> bool:
    """Whether a link stands between capitalised parts of one name (`Kiểm định và Kiểm nghiệm`)."""
    word = line.word(index)
    return (
        word in {"và", "-", "–", "&"}
        and line.capital(index + 1)
        and line.word(index + 1) not in agency_words("name-border")
    )


def _is_verb(line: Line, index: int, start: int, *, about: bool) -> bool:
    """Whether the predicate of the sentence starts at *index*."""
    if about or line.capital(index) or (index == start and line.word(index) in OPEN_NEXT):
        return False
    return line.word(index) in VERBS or f"{line.word(index)} {line.word(index + 1)}" in agency_words("verb")


def _in_name(line: Line, index: int) -> bool:
    return line.word(index) == "các" and line.word(index + 1) not in UNITS | {"cấp": "other", "quân": "other"}.keys()


def _tidy_head(name: str) -> str:
    for head in ("Ban Quản lý", "Ban Chỉ đạo", "Ban Chấp hành"):
        if name.lower().startswith(head.lower()):
            return head + name[len(head) :]
    return name


def _level(level: AgencyLevel, complement: Complement) -> AgencyLevel:
    """The level of a body with its place; unions, party bodies and enterprises keep their own."""
    return level if level in {"party", "union", "enterprise"} else complement.level


@lru_cache(maxsize=4096)
def _stable_id(name: str, place: Place | None, local: bool) -> str:
    return agency_id(name, place, local=local)


def _id(item: Item, place: Place | None) -> str:
    home = (item.complement.place if item.complement else None) or place
    if item.entry is not None and item.complement is None and item.entry.id.startswith("vn."):
        return item.entry.id
    return _stable_id(item.name, home, item.level != "central")


@cache
def _posts() -> Trie[bool]:
    return Trie((row["post"], True) for row in read_table("agency_heads"))


@cache
def post_words() -> frozenset[str]:
    """The words with which a post can begin."""
    return _posts().first_words


@cache
def _open_heads() -> Trie[AgencyLevel]:
    return Trie(OPEN_HEADS)


@cache
def openings() -> dict[str, frozenset[str] | None]:
    """The words with which an agency phrase can begin, each with the words that can follow it; None for any."""
    found: dict[str, set[str] | None] = {}
    tries: tuple[Trie[Any], ...] = (registry().names, _posts(), collective_nouns(), _open_heads())
    for word, node in chain.from_iterable(trie.root.next.items() for trie in tries):
        following = found.setdefault(word, set())
        if node.value is not None and word not in RISKY and word not in UNITS:
            found[word] = None
        elif following is not None:
            following |= node.next.keys() | (after_noun() if node.value is not None else frozenset())
    nouns = collective_nouns().first_words | registry().shared_heads.keys() | UNITS.keys() | {"bộ"}
    for words in DETERMINERS:
        found[words[0]] = (found.get(words[0]) or set()) | set(nouns if len(words) == 1 else words[1:2])
    for word in ("ban", "hội", "đoàn", "viện", "cục", "vụ", "đài", "báo", "quỹ", "trường", "phòng"):
        found[word] = None if word not in found or found[word] is None else found[word]
    return {word: None if following is None else frozenset(following) for word, following in found.items()}


@lru_cache(maxsize=64)
def own_names(pairs: tuple[tuple[str, str], ...], issuer: str | None) -> Trie[str]:
    """The short names that stand for agencies in one document, with those of its issuer."""
    names: Trie[str] = Trie()
    for short, full in pairs:
        if issuer and full.lower().startswith(issuer.lower()):
            full = issuer
        known = _whole(short, Context())
        if known is not None and known.rule in {"registry", "collective"}:
            continue
        if _whole(full, Context()) is not None or _open_heads().match(Line(full), 0):
            names.add(short, full)
            if short.lower().startswith("ban chỉ đạo"):
                names.add(f"Văn phòng {short}", f"Văn phòng {full}")
    if issuer and issuer.lower().startswith(("ban chỉ đạo", "hội đồng", "ủy ban quốc gia")):
        low = issuer.lower().split()
        for length in range(3, len(low)):
            if low[length] in {"về", "thực", "phòng"} or length == 3:
                short = " ".join(low[:length])
                names.add(short, issuer)
                names.add(f"Văn phòng {short}", f"Văn phòng {issuer}")
    return names


_CLAUSE = re.compile(
    r"\s(?:được|có (?!trách)|chủ trì |sử dụng|trong (?!phạm vi|quá trình)|đang|tham gia|quản lý|nêu|đầu tư|cung cấp|"
    r"hoạt động|sản xuất)[^.;:()\n]{2,130}?(?=\s(?:có trách nhiệm|chịu trách nhiệm|phải|chủ động)\s)"
)
NOT_IN_A_CLAUSE = ("phối hợp", "thường xuyên", "căn cứ", "trách nhiệm", "nhiệm vụ được giao", "liên quan")

DETERMINERS = (
    ["tất", "cả", "các"],
    ["toàn", "bộ", "các"],
    ["toàn", "thể", "các"],
    ["một", "số"],
    ["từng"],
    ["các"],
    ["những"],
    ["mọi"],
)

# (word before, word) that are one word of another meaning: `cơ sở y tế`, `cán bộ y tế`.
COMPOUNDS = frozenset({("quốc", "phòng")})
BEFORE: dict[str, frozenset[str]] = {
    "sở": frozenset({"cơ", "trụ", "công", "hội", "xứ", "chủ"}),
    "bộ": frozenset(
        {
            "cán",
            "toàn",
            "nội",
            "đảng",
            "tiến",
            "đường",
            "đồng",
            "cục",
            "trung",
            "nam",
            "bắc",
            "liên",
            "thủy",
            "một",
            "đi",
        }
        | {"trưởng", "phân", "thượng", "trạo"}
    ),
    "ban": frozenset({"ủy", "trưởng", "liên"}),
    "hội": frozenset({"xã", "quốc", "đại", "cơ", "lễ", "giáo"}),
    "phòng": frozenset({"quốc", "văn", "dự", "đề", "biên", "dân", "nhà", "bồi"}),
    "viện": frozenset({"bệnh", "học", "nghị", "thư"}),
    "báo": frozenset({"thông", "cảnh", "tình", "dự", "quảng", "bưu", "khai"}),
    "đoàn": frozenset({"tập", "công", "tỉnh", "sư", "trung"}),
    "cục": frozenset({"tổng", "chi", "bố", "thông"}),
    "công": frozenset({"thủ"}),
    "vụ": frozenset({"nhiệm", "dịch", "nghiệp", "nội", "ngoại", "chức", "mùa", "niên", "phục", "cấp"}),
    "văn": frozenset(),
    "trường": frozenset({"thị", "môi", "công", "hiện", "nông", "lâm"}),
    "xã": frozenset({"thị", "hợp"}),
    "đài": frozenset({"tổng", "lâu"}),
    "quỹ": frozenset({"ngân"}),
    "tổ": frozenset({"liên", "từ"}),
    "chính": frozenset({"tài", "hành"}),
    "thuế": frozenset({"tổng"}),
    "thanh": frozenset({"chánh"}),
    "thành": frozenset({"hoàn", "hình", "trở", "tạo"}),
    "cấp": frozenset({"cung", "nâng", "phân", "trung", "cao", "sơ", "các"}),
    "bản": frozenset({"văn", "cơ", "căn"}),
    "ngành": frozenset({"chuyên", "liên"}),
    "chi": frozenset({"các"}),
}

# An entry followed by these words is another thing: `Chính phủ điện tử`, `Chính phủ số`.
NOT_AGENCIES: dict[str, tuple[tuple[str, str], ...]] = {
    "Chính phủ": (("điện", "tử"), ("số", ""), ("số", ","), ("số", "và"), ("số", "."), ("số", ";")),
}

# Names that are also common words: they need a capital letter, and alone they count only in a list of agencies.
WEAK = frozenset(
    {"Thanh tra", "Thuế", "Thống kê", "Viễn thông", "Điện lực", "Bưu điện", "Công an", "Kho bạc", "Bảo hiểm xã hội"}
    | {"Thi hành án dân sự", "Bộ đội Biên phòng", "Đảng ủy", "Bộ Tư lệnh", "Trung tâm Thông tin"}
    | {"Ban Tổ chức", "Phòng Kinh tế", "Trường Chính trị", "Ban Tuyên giáo", "Ban Dân vận"}
)
SAFE_LOWER = frozenset(
    {"sở", "ủy", "hội", "văn", "ban", "cục", "phòng", "công", "tỉnh", "thành", "mặt", "liên", "trung"}
)

OPEN_HEADS: tuple[tuple[str, AgencyLevel], ...] = (
    ("Trung tâm", "other"),
    ("Ban Quản lý", "other"),
    ("Ban Chỉ đạo", "other"),
    ("Ban Tổ chức", "other"),
    ("Ban", "other"),
    ("Hội đồng", "other"),
    ("Hội", "union"),
    ("Hiệp hội", "union"),
    ("Liên hiệp", "union"),
    ("Liên đoàn", "union"),
    ("Công đoàn", "union"),
    ("Viện", "other"),
    ("Học viện", "other"),
    ("Trường", "other"),
    ("Đại học", "other"),
    ("Bệnh viện", "other"),
    ("Tổng cục", "central"),
    ("Cục", "central"),
    ("Vụ", "central"),
    ("Chi cục", "province"),
    ("Phòng", "other"),
    ("Văn phòng", "other"),
    ("Công ty", "enterprise"),
    ("Tổng công ty", "enterprise"),
    ("Tập đoàn", "enterprise"),
    ("Ngân hàng", "enterprise"),
    ("Quỹ", "other"),
    ("Đài", "other"),
    ("Báo", "other"),
    ("Ủy ban", "other"),
    ("Tổ công tác", "other"),
    ("Đoàn", "other"),
    ("Sở", "province"),
    ("Bộ Tư lệnh", "central"),
    ("Đồn Biên phòng", "other"),
    ("Hợp tác xã", "enterprise"),
    ("Đảng ủy", "party"),
    ("Thanh tra", "other"),
    ("Chi nhánh", "other"),
)
OPEN_NEXT = frozenset({"các", "quốc", "cấp", "thực", "phòng", "về", "chương"})
OPEN_STOPS = frozenset(
    {"để", "theo", "khi", "nếu", "là", "được", "sẽ", "cần", "phải", "có", "chịu", "trên", "đã", "do"}
)
LOOSE = frozenset({"về", "các", "và", "của", "cho", ",", "-", "–", "&"})
VERBS = frozenset(
    {"gửi", "giao", "trình", "cử", "trong", "tại", "với", "giúp", "cho", "từ", "đến", "đang", "hoặc", "như", "nhằm"}
)
