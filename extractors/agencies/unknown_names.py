"""Agencies that no table has: a capitalised name behind a head noun, "Trung tâm Phát triển hạ tầng tỉnh".

The name ends at the place that closes it, at a mark, at the verb of the sentence or where another agency begins.
"""

from __future__ import annotations

from functools import cache

from extractors.agencies.complements import UNITS, Complement, find_complement
from extractors.agencies.items import Context, Item, level_at
from extractors.agencies.naming import expand, first_capital, from_capitals
from extractors.agencies.place import Place
from extractors.agencies.registry import agency_words
from extractors.agencies.words import LINKS, Line, Trie
from schemas import AgencyLevel


def find_unknown_name(line: Line, index: int, context: Context) -> Item | None:
    """A name that no table has, behind a head noun: `Trung tâm Phát triển hạ tầng tỉnh`."""
    match = open_heads().match(line, index)
    if match is None or not line.capital(index):
        return None
    head_stop = match[1]
    printed_as_name = line.capital(head_stop) or line.word(head_stop) in OPEN_NEXT
    stop, complement = _name_stop(line, head_stop, context.place)
    if not printed_as_name and (complement is None or head_stop - index < 2):
        return None
    if stop == head_stop and complement is None:
        return None
    base = from_capitals(line.slice(index, stop))
    name = first_capital(expand(_tidy_head(base), context.aliases))
    if complement is not None:
        return Item(
            index, complement.stop, f"{name} {complement.text}", level_at(match[0], complement), "open-name",
            complement.collective, complement=complement,
        )  # fmt: skip
    return Item(index, stop, name, match[0], "open-name", bare=True)


def _name_stop(line: Line, index: int, place: Place | None) -> tuple[int, Complement | None]:
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
        if stop > index and _opens_another(line, stop):
            break
        stop += 1
    while stop > index and line.word(stop - 1) in LOOSE:
        stop -= 1
    return stop, None


def _opens_another(line: Line, index: int) -> bool:
    """Whether another agency begins; behind a hyphen it is the second half of a double name."""
    borders = agency_words("name-border")
    return line.capital(index) and line.word(index) in borders and line.word(index - 1) not in {"-", "–"}


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
    if line.word(index) in {"-", "–"}:
        return line.capital(index + 1)
    linked = line.word(index) in {"và", "&"} and line.capital(index + 1)
    return linked and line.word(index + 1) not in agency_words("name-border")


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


@cache
def open_heads() -> Trie[AgencyLevel]:
    return Trie(OPEN_HEADS)


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
