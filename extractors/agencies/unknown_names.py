"""Agencies that no table has: a capitalised name behind a head noun, "Trung tâm Phát triển hạ tầng tỉnh".

The name ends at the place that closes it, at a mark, at the verb of the sentence or where another agency begins.
"""

from __future__ import annotations

from extractors.agencies.complements import UNITS, Complement, find_complement
from extractors.agencies.items import Context, Item, level_at
from extractors.agencies.learnt_verbs import is_learnt_verb
from extractors.agencies.name_tails import tail_stop
from extractors.agencies.naming import expand, first_capital, from_capitals
from extractors.agencies.open_heads import open_heads
from extractors.agencies.place import Place
from extractors.agencies.predicates import inspections_stop, is_verb, object_begins
from extractors.agencies.registry import agency_words, registry
from extractors.agencies.words import LINKS, Line
from schemas import AgencyLevel


def find_unknown_name(line: Line, index: int, context: Context) -> Item | None:
    """A name that no table has, behind a head noun: `Trung tâm Phát triển hạ tầng tỉnh`."""
    if line.word(index) not in open_heads().root.next or not line.capital(index):
        return None
    match = open_heads().match(line, index)
    if match is None:
        return None
    head_stop = match[1]
    shorter = open_heads().root.next[line.word(index)].value
    named_so = line.word(index) == "viện" and line.capital(index + 1) and not line.capital(head_stop)
    if head_stop > index + 1 and shorter is not None and named_so:
        match, head_stop = (shorter, index + 1, open_heads().root), index + 1
    if line.words[head_stop - 1].isupper() and line.word(head_stop) in IN_CAPITALS:
        return None
    if match[1] == index + 1 and line.word(head_stop) not in ONLY_BEFORE.get(line.word(index), {line.word(head_stop)}):
        return None
    numbered = head_stop - index > 1 and line.word(head_stop).isdigit()
    named_on = line.word(head_stop) in OPEN_NEXT and not _carries_out(line, head_stop)
    printed_as_name = line.capital(head_stop) or named_on or numbered
    printed_as_name = printed_as_name or line.low[index:head_stop] == EXECUTIVE  # `Ban chấp hành công đoàn cơ sở`
    if line.word(index) in SHORT_HEADS:  # but `Kế hoạch số 7-KH/BCĐ ngày …`
        if line.word(index - 1) in {"/", "-"} or line.word(head_stop) in {"ngày", "năm"}:
            return None
        printed_as_name = line.word(head_stop).isalpha()
    if match[0] == "enterprise" and head_stop - index > 2:
        printed_as_name = any(line.capital(near) for near in range(head_stop, head_stop + 8))
    stop, complement = _name_stop(line, index, head_stop, context.place)
    if not printed_as_name and (complement is None or head_stop - index < 2):
        if not _stands_alone(line, index, head_stop):
            return None
        stop, complement = inspections_stop(line, head_stop), None
        stop += 2 * (line.low[stop : stop + 2] == ["liên", "ngành"])
    if stop == head_stop and complement is None and not _stands_alone(line, index, head_stop):
        return None
    if complement is None and (longer := tail_stop(line, stop)) > stop:
        stop, complement = longer, find_complement(line, longer, context.place)
    base = line.slice(index, stop)
    if line.words[index].isupper():
        base = from_capitals(base)
    name = first_capital(expand(_tidy_head(base), context.aliases))
    if complement is not None:
        printed = complement.place is not None and line.word(stop) not in _OPENS_PLACE
        closed = line.slice(stop, complement.stop) if printed and not line.words[stop].isupper() else complement.text
        return Item(
            index, complement.stop, f"{name} {closed}", level_at(match[0], complement), "open-name",
            complement.collective, complement=complement,
        )  # fmt: skip
    if match[0] == "province" and context.place is not None and stop > head_stop:
        return Item(index, stop, f"{name} {context.place.name}", match[0], "open-name")
    return Item(index, stop, name, match[0], "open-name", bare=True)


def shared_name(line: Line, first: int, index: int, head: str) -> Item | None:
    """One of several names behind a head in the plural: `các Vụ: Công nghiệp nhẹ, Năng lượng`."""
    if not line.capital(index) or _begins_another(line, index):
        return None
    stop, complement = _name_stop(line, first, index, None)
    if stop == index or complement is not None:
        return None
    level = open_heads().root.next[head.lower()].value or "other"
    return Item(first, stop, f"{first_capital(head)} {line.slice(index, stop)}", level, "shared-name", plural=head)


def head_level(name: str) -> AgencyLevel:
    """The level that the head of *name* tells (`Vụ …` stands at the centre)."""
    match = open_heads().match(Line(name), 0)
    return match[0] if match else "other"


def _stands_alone(line: Line, index: int, stop: int) -> bool:
    """Whether the head is a body by itself, at the start of a sentence (`Đoàn kiểm tra lập biên bản …`)."""
    before = line.word(index - 1)
    opens = before in {"", ".", ";", ":", ","} or (before in {")", "-", "–", "+", "*", "•"} and index <= 3)
    return " ".join(line.low[index:stop]) in ALONE and (opens or before in {"giao", "với", "hợp", "trực"})


def _name_stop(line: Line, first: int, index: int, place: Place | None) -> tuple[int, Complement | None]:
    """Where a name that begins at *first*, its own words at *index*, ends, and the place that closes it."""
    stop, about, head = index, _about(line, index), line.word(first)
    if _is_owner_in_short(line, stop):
        return stop + 1, None
    while stop < len(line) and stop - index < (28 if about else 14):
        word = line.word(stop)
        if stop > index or word in {"các", "cấp"} or index - first > 2:
            complement = find_complement(line, stop, place) if not _in_name(line, stop) else None
            if complement is not None:
                return stop, complement
        if word == "," and line.low[stop - 1 : stop + 2] == ["phòng", ",", "chống"]:
            stop += 2
            continue
        if word in LINKS:
            if stop == index or not (about or _linked(line, stop)):
                break
            stop += 1
            continue
        if word == "có" and line.low[stop - 1 : stop + 2] == MERITED:  # `người có công với cách mạng`
            stop += 5 if line.low[stop + 2 : stop + 5] == ["với", "cách", "mạng"] else 2
            continue
        if stop > index and word in QUOTES and (closed := _quoted_stop(line, stop)):
            stop = closed
            continue
        printed = line.capital(stop) and not line.words[stop].isupper()  # `Công ty Thủy điện Cần Đơn`
        ends = not word[0].isalnum() or (word in OPEN_STOPS and not printed)
        if ends or (_is_verb(line, stop, index, about=about) and not _is_trade(line, first, stop)):
            break
        if stop > index and _opens_another(line, stop, head):
            break
        if not about and _is_closed(line, stop):
            break
        stop += 1
    stop = _before_object(line, index, stop)
    while stop > index and line.word(stop - 1) in LOOSE:
        stop -= 1 + (line.low[stop - 2 : stop] == ["trực", "thuộc"])
    return stop, None


def _is_trade(line: Line, first: int, index: int) -> bool:
    """Whether a verb at *index* that has no object ends the name of an enterprise: `Công ty Cơ khí xây dựng - CKX;`."""
    after = line.word(index + 2)
    if line.word(first) not in ENTERPRISES or f"{line.word(index)} {line.word(index + 1)}" in DONE_ALONE:
        return False
    return after in {";", "("} or (
        after in {"-", "–"} and line.words[index + 3 : index + 4] != [] and line.words[index + 3].isupper()
    )


def _is_owner_in_short(line: Line, index: int) -> bool:
    """Whether a body to which others belong is named in short at *index*: `Văn phòng Bộ`, but not `Bộ đội`."""
    if line.word(index) not in OWNERS_IN_SHORT or not line.capital(index):
        return False
    return not line.capital(index + 1) and line.word(index + 1) not in LONGER_OWNERS


def _is_closed(line: Line, index: int) -> bool:
    """Whether the country closes a name before *index*: `Viện Chăn nuôi Việt Nam | nhân đàn`."""
    return line.low[index - 2 : index] == ["việt", "nam"] and line.words[index].islower()


def _before_object(line: Line, index: int, stop: int) -> int:
    """*stop*, or where a verb that no table has begins among the words of the name, shown by its object behind it.

    `Nhà xuất bản Sự thật | nhân rộng các mô hình`: `các` behind two words in lower case begins an object.
    """
    for at in range(index + 3, stop):
        if object_begins(line, at) and not (line.capital(at - 1) or line.capital(at - 2)):
            return at - 2
    return stop


def _quoted_stop(line: Line, index: int) -> int:
    """The index after the words in quotes at *index* (`Ban Vận động Quỹ "Vì người nghèo"`); 0 where none are closed."""
    for stop in range(index + 2, min(index + 10, len(line))):
        if line.words[stop] == QUOTES[line.words[index]]:
            return stop + 1
    return 0


def _opens_another(line: Line, index: int, head: str) -> bool:
    """Whether another agency begins; behind a hyphen it is the second half of the double name of a board."""
    return _begins_another(line, index) and not (line.word(index - 1) in {"-", "–"} and head == "ban")


def _begins_another(line: Line, index: int) -> bool:
    """Whether a capitalised word stands at *index* with which the name of an agency can begin."""
    word = line.word(index)
    if not line.capital(index) or word not in agency_words("name-border"):
        return False
    following = line.word(index + 1)
    return following not in NO_BORDER_BEFORE.get(word, ()) and following in BORDER_BEFORE.get(word, {following})


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
    hyphen = line.word(index) in {"-", "–"}
    if not hyphen and line.word(index) not in {"và", "&"}:
        return False
    if line.low[index + 1 : index + 4] == ["phòng", ",", "chống"]:
        return True
    if not line.capital(index + 1):
        return f"{line.word(index + 1)} {line.word(index + 2)}" in agency_words("name-tail")
    if line.word(index + 1) == "khoa" and line.capital(index + 2):  # a faculty, unlike `Khoa học`
        return False
    if not hyphen and line.word(index + 1) in TEAMS:
        return False
    return hyphen or not (_begins_another(line, index + 1) or registry().names.match(line, index + 1))


def _carries_out(line: Line, index: int) -> bool:
    """Whether `thực hiện` at *index* is what somebody does, since no programme follows that a body is named after."""
    if line.low[index : index + 2] != ["thực", "hiện"]:
        return False
    return line.word(index + 2) in CARRIED_OUT or line.low[index + 2 : index + 4] == ["nhiệm", "vụ"]


def _is_verb(line: Line, index: int, start: int, *, about: bool) -> bool:
    """Whether the predicate of the sentence starts at *index*."""
    if _carries_out(line, index):
        return True
    if line.low[index - 2 : index] == ["gia", "về"]:  # `Ủy ban quốc gia về chuyển đổi số`
        return False
    if about or line.capital(index) or (index == start and line.word(index) in OPEN_NEXT):
        return False
    pair = f"{line.word(index)} {line.word(index + 1)}"
    if index == start + 2 and line.low[start - 1 : index] == ["đạo", "thực", "hiện"]:
        return False
    if line.word(index) == "cho" and line.low[start - 2 : start] == ["chỉ", "đạo"]:
        return False
    if pair == "chỉ đạo" and line.word(index - 1) == "ban" and line.capital(index - 1):
        return False
    if pair == "xây dựng" and is_verb(line, index + 2):  # `Cục Thủy lợi xây dựng | tham mưu …`
        return False
    if pair in {"trong nước", "giao thông", "giao nhận"} or f"{line.word(index - 1)} {line.word(index)}" in WHOLE_WORDS:
        return False
    if line.word(index) in {"xây", "phát"} and " ".join(line.low[index - 2 : index]) in {"đầu tư", "tư vấn"}:
        return False
    if line.word(index) in VERBS:
        return True
    named = line.word(index - 1) in LINKS or line.low[index - 3 : index] == ["ban", "chỉ", "đạo"]
    apart = index > start + 1 or (index > start and not line.capital(index - 1))
    if apart and not named and is_learnt_verb(line, index):
        return True
    return pair in agency_words("verb") and not (index == start and pair in TRADES)


def _in_name(line: Line, index: int) -> bool:
    return line.word(index) == "các" and line.word(index + 1) not in UNITS | {"cấp": "other", "quân": "other"}.keys()


def _tidy_head(name: str) -> str:
    for head in ("Ban Quản lý", "Ban Chỉ đạo", "Ban Chấp hành"):
        if name.lower().startswith(head.lower()):
            return head + name[len(head) :]
    return name


# `Trường` begins many names of places.
ONLY_BEFORE = {
    "trường": frozenset(
        {
            "đại",
            "cao",
            "trung",
            "tiểu",
            "mầm",
            "mẫu",
            "phổ",
            "thpt",
            "thcs",
            "th",
            "mn",
            "ptdt",
            "ptdtnt",
            "chính",
            "dân",
        }
        | {"quân", "sĩ", "cán", "đào", "bồi", "năng", "nghiệp", "dạy", "quốc", "giáo", "nội", "liên", "tc", "cđ", "đh"}
    )
}

# Heads that are a body without a name of their own.
ALONE = frozenset(
    {"đoàn kiểm tra", "đoàn thanh tra", "đoàn giám sát", "đoàn công tác", "tổ công tác", "tổ kiểm tra", "tổ giúp việc"}
    | {"ban chỉ đạo", "ban tổ chức", "ban chấp hành", "ban điều hành", "đồn biên phòng", "bộ phận một cửa"}
    | {"ban quản lý dự án"}
)

MERITED = ["người", "có", "công"]

# Heads in letters, behind which a name goes on in small ones: `BCĐ xóa nhà tạm xã`.
SHORT_HEADS = frozenset({"bcđ"})

# A committee is always somebody's, however it is printed.
EXECUTIVE = ["ban", "chấp", "hành"]

# `BAN HÀNH`, `BÁO CÁO` in a heading printed in capitals.
IN_CAPITALS = frozenset(
    {"hành", "cáo", "nghị", "thảo", "chức", "quốc", "hợp", "chống", "ngừa", "đất", "dẫn", "viên", "kết", "chí", "giá"}
    | {"học", "trợ", "thể", "ngũ", "nhân", "việc", "mùa", "bộ", "chè", "nhập", "vốn", "lương", "sở", "biển", "đạo"}
)

# Capitalised words that begin an agency only before these: `Trung tâm`, but `Viện Vệ sinh dịch tễ Trung ương`.
BORDER_BEFORE = {
    "trung": {"tâm"},
    "bảo": {"hiểm", "tàng"},
    "văn": {"phòng"},
    "thanh": {"tra"},
    "liên": {"đoàn", "minh", "hiệp"},
    "tổng": {"cục", "công", "giám", "liên", "hội", "đội"},
}
# Others begin none before these: `Ban Quản lý rừng phòng hộ Đoàn Hùng`.
NO_BORDER_BEFORE = {
    "phòng": {"chống", "cháy", "ngừa", ",", "thủ"},
    "hội": {"an", "nhập"},
    "trường": {"sơn", "sa", "hải", "thành"},
    "đoàn": {"kết", "hùng", "thể"},
}

# Heads that an enumeration of unknown names gives once.
OPEN_SHARED = frozenset({"vụ", "cục", "viện", "phòng", "trường"})

OPEN_NEXT = frozenset({"các", "quốc", "cấp", "thực", "phòng", "về", "chương", "nghề"})

OPEN_STOPS = frozenset(
    {"để", "theo", "khi", "nếu", "là", "được", "sẽ", "cần", "phải", "có", "chịu", "trên", "đã", "do", "sớm", "còn"}
    | {"cũng", "đều", "chưa", "không", "vẫn", "ngay", "phụ"}
)

# Bodies that no other is named after: `Lực lượng Kiểm lâm và Đội Cơ động số 1`.
TEAMS = frozenset({"đội", "hạt", "trạm", "đồn"})

# Words behind `thực hiện` that no name goes on with: manners, duties, marks.
CARRIED_OUT = frozenset({"nghiêm", "tốt", "đúng", "đầy", "theo", "chức", "", ":", ".", ";", ","})

# First words of enterprises, whose trade ends their name, and verbs that are no trade.
ENTERPRISES = frozenset({"công", "tổng", "tập", "doanh", "xí", "hợp"})
DONE_ALONE = frozenset({"thực hiện", "chủ trì", "báo cáo", "phối hợp", "triển khai", "chỉ đạo", "đề xuất", "tổ chức"})

# Bodies to which others belong, named in short: `Văn phòng Bộ`, `Thanh tra Sở`.
OWNERS_IN_SHORT = frozenset({"bộ", "sở", "cục"})
LONGER_OWNERS = frozenset({"đội", "trưởng", "chỉ", "tư", "máy", "phận", "môn"})

# Words with which the place of a body begins; without them the place is printed in the name: `Sở Y tế Long An`.
_OPENS_PLACE = frozenset(UNITS) | {"của"}

# Marks around a part of a name, each with the one that closes it.
QUOTES = {'"': '"', "“": "”", "«": "»"}

# Words whose last syllable is a verb by itself.
WHOLE_WORDS = frozenset({"bầu cử", "chương trình", "công trình", "quy trình"})

# Verbs that also say what a body is for: `Trung tâm đào tạo nghề tỉnh`.
TRADES = frozenset({"đào tạo", "khám bệnh", "vận hành", "điều tra", "hỗ trợ", "nghiên cứu"})

LOOSE = frozenset({"về", "các", "và", "của", "cho", "thuộc", ",", "-", "–", "&"})

VERBS = frozenset(
    {"gửi", "giao", "trình", "cử", "trong", "tại", "với", "giúp", "cho", "từ", "đến", "đang", "hoặc", "như", "nhằm"}
)
