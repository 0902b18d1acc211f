"""Where the predicate of a sentence begins: "các doanh nghiệp hạ tầng số | khắc phục sự cố".

The verbs with which plans give orders are a closed class (a table has them); the words that say who acts are not. So
whoever acts is read up to the first of these verbs, unless a noun before it makes a noun of it (`việc thực hiện`).
"""

from __future__ import annotations

from functools import cache

from extractors.agencies.learnt_verbs import is_learnt_verb
from extractors.agencies.registry import agency_words
from extractors.agencies.words import Line


def begins_predicate(line: Line, index: int) -> bool:
    """Whether the predicate begins at *index*: with a verb of orders, or with one that texts show to begin predicates.

    >>> line = Line("lực lượng xung kích hỗ trợ việc thực hiện")
    >>> [line.word(index) for index in range(len(line)) if begins_predicate(line, index)]
    ['hỗ']
    """
    before = line.word(index - 1)
    if line.capital(index) or before in PART_OF_ANOTHER.get(line.word(index), ()):
        return False
    if before in NOMINAL_WORDS or f"{line.word(index - 2)} {before}" in NOMINAL:
        return False
    return is_verb(line, index) or is_learnt_verb(line, index)


def is_verb(line: Line, index: int) -> bool:
    """Whether a verb of orders stands at *index*, whatever stands before it."""
    word, following = line.word(index), line.word(index + 1)
    if word in SINGLE and following not in AFTER_SINGLE and line.word(index - 1) not in BEFORE_SINGLE:
        return True
    return f"{word} {following}" in _verbs() or informs(line, index)


def informs(line: Line, index: int) -> bool:
    """Whether `thông tin` at *index* is what somebody does: `đài truyền thanh | thông tin kịp thời`."""
    return line.word(index) == "thông" and line.word(index + 1) == "tin" and line.word(index + 2) in INFORMING


def inspections_stop(line: Line, stop: int) -> int:
    """Where the kinds of inspection end of which one stands before *stop*, when what somebody does follows them.

    >>> line = Line("các đoàn thanh tra, kiểm tra phải lập biên bản"), Line("các đoàn thanh tra, kiểm tra sổ sách")
    >>> inspections_stop(line[0], 4), inspections_stop(line[1], 4)
    (7, 4)
    """
    end = stop
    while line.low[end - 2 : end] in INSPECTIONS and line.word(end) in {",", "và"}:
        end += 1
        if line.low[end : end + 2] not in INSPECTIONS:
            return stop
        end += 2
    if end == stop or line.word(end) == "viên":
        return stop
    ended = not line.word(end).isalpha() or breaks_off(line, end) or line.word(end) in BEHIND_INSPECTIONS
    return end if ended or is_verb(line, end) or is_learnt_verb(line, end) else stop


def object_begins(line: Line, index: int) -> bool:
    """Whether the object of a verb begins at *index*, whatever the verb before it: `ghi hình | các buổi tập huấn`."""
    word, before = line.word(index), line.word(index - 1)
    return word in {"các", "những", "từng", "mọi"} and before.isalpha() and before not in BEFORE_OBJECTS


def breaks_off(line: Line, index: int) -> bool:
    """Whether the word at *index* belongs to no name: a conjunction, an adverb, a preposition of the predicate."""
    word, following = line.word(index), line.word(index + 1)
    if word == "trong":
        return following not in PLACES_WITHIN and not (following == "lĩnh" and line.word(index - 1) == "động")
    if word == "có":
        return following in HAVING
    if word == "chịu":
        return following not in UNDERGOING
    if word == "không":
        return following not in {"khí", "gian", "quân"}
    if word == "qua":
        return line.word(index - 1) != "đi"
    if word == "tự":
        return line.word(index - 1) != "trật" and following not in {"vệ", "nguyện", "quản", "nhiên", "do"}
    if word == "còn":
        return following != "lại"
    return word in BREAKS or f"{word} {following}" in BREAKING_PAIRS


@cache
def _verbs() -> frozenset[str]:
    return agency_words("verb") | agency_words("predicate")


# Verbs of one syllable, and the words that make them part of another word before or behind them.
SINGLE = frozenset(
    {
        "lập",
        "trình",
        "gửi",
        "cử",
        "giúp",
        "giao",
        "ra",
        "tặng",
        "trao",
        "nộp",
        "nhận",
        "chọn",
        "mua",
        "bán",
        "trả",
        "xin",
    }
    | {"tăng", "giảm", "nâng", "giữ", "đưa", "dành", "mở", "tạo", "gắn"}
)
BEFORE_SINGLE = frozenset(
    {"công", "chương", "quy", "thành", "độc", "dân", "xác", "bàn", "chuyển", "ngoại", "bầu", "tiến", "lộ", "quá"}
    | {"giáo", "thiết", "đề", "ứng", "tiếp", "được", "để", "đẳng", "số", "phân", "việc", "kênh", "tái", "xuất", "gây"}
    | {
        "gia",
        "lựa",
        "thu",
        "buôn",
        "đào",
        "cởi",
        "đảm",
        "cán",
        "tuyển",
        "sáng",
        "trang",
        "công",
        "xác",
        "chi",
        "hành",
        "tiền",
    }
)
# Words before which a verb is the end of a noun: `nhà đầu tư`, `ban quản lý`.
PART_OF_ANOTHER = {
    "đầu": frozenset({"nhà", "chủ", "tiến", "và", "ký", "quỹ", "dự", "trực", "tái", "hoạch", "-", "–", "tư"}),
    "quản": frozenset({"ban", "bộ"}),
    "bảo": frozenset({"vệ", "bộ"}),
    "tổ": frozenset({"hệ", "từ"}),
}
AFTER_SINGLE = frozenset(
    {
        "thông",
        "dịch",
        "lưu",
        "nhận",
        "tiếp",
        "diện",
        "đời",
        "ngoài",
        "vào",
        "tri",
        "nước",
        "trưởng",
        "thưởng",
        "hàng",
        "sắm",
    }
)

# What bodies are set up for by twos and threes: `đoàn thanh tra, kiểm tra`; and words that say which ones or when.
INSPECTIONS = (["thanh", "tra"], ["kiểm", "tra"], ["giám", "sát"], ["khảo", "sát"], ["kiểm", "soát"], ["tuần", "tra"])
BEHIND_INSPECTIONS = frozenset({"liên", "của", "do", "trong", "được", "có", "trên", "tại"})

# Words that a verb of duty has before it: `các cấp, các ngành cần tập trung …`.
MODALS = frozenset({"phải", "cần", "sẽ"})

# Words behind `thông tin` that make a verb of it.
INFORMING = frozenset({"kịp", "đầy", "cho", "rộng", "đến", "tới"})

# Nouns behind which a verb says what they are for: `việc thực hiện`, `dịch vụ thu gom`.
NOMINAL_WORDS = frozenset(
    {"việc", "sự", "về", "để", "nghề", "vốn", "phí", "đội", "người", "được", "không", "cho", "của", "đang", "bị"}
)
NOMINAL = frozenset(
    {"công tác", "hoạt động", "nhiệm vụ", "dịch vụ", "chức năng", "biện pháp", "giải pháp", "dự án", "chương trình"}
    | {"kế hoạch", "đề án", "quá trình", "lĩnh vực", "ngành nghề", "nhu cầu", "khả năng", "năng lực", "hệ thống"}
    | {"hợp đồng", "chính sách", "phương án", "quy trình", "thiết bị", "phương tiện", "trách nhiệm", "thẩm quyền"}
    | {"giấy phép", "thủ tục", "kinh phí", "chuyên gia", "cán bộ", "cơ chế", "tình hình"}
)

# Words behind which a group is no object: owners, places, further members.
BEFORE_OBJECTS = frozenset(
    {"của", "thuộc", "tại", "ở", "trên", "trong", "và", "hoặc", "cùng", "với", "cho", "từ", "là", "về", "liên", "giữa"}
)
BREAKS = frozenset(
    {
        "để",
        "nhằm",
        "khi",
        "nếu",
        "theo",
        "thì",
        "là",
        "gồm",
        "bao",
        "như",
        "đã",
        "sẽ",
        "phải",
        "cần",
        "nên",
        "do",
        "bởi",
    }
    | {
        "vì",
        "từ",
        "đến",
        "bằng",
        "qua",
        "cũng",
        "không",
        "chưa",
        "vẫn",
        "đều",
        "cho",
        "với",
        "trước",
        "sau",
        "mà",
        "kể",
    }
    | {"sớm", "ngay", "hằng", "này", "đó", "nêu", "nói", "tuy", "nhưng", "dưới", "giữa", "rằng", "chịu"}
)
BREAKING_PAIRS = frozenset(
    {"đồng thời", "thông qua", "hoàn toàn", "định kỳ", "nhanh chóng", "lần lượt", "đồng loạt", "đối với", "cùng nhau"}
    | {
        "hàng năm",
        "hàng tháng",
        "hàng quý",
        "hàng tuần",
        "hàng ngày",
        "nhất là",
        "cụ thể",
        "quy định",
        "dự kiến",
        "về việc",
        "về công",
        "tùy theo",
        "trên cơ",
        "trên tinh",
    }
    | {"tại kế", "tại nghị", "tại quyết", "tại điểm", "tại khoản", "tại mục", "tại điều", "tại phụ", "tại văn"}
    | {"tại công", "tại chỉ", "nơi cư", "chặt chẽ", "cơ bản"}
)
# `các doanh nghiệp trong khu công nghiệp`, but `phối hợp với các ngành | trong công tác …`.
PLACES_WITHIN = frozenset({"nước", "tỉnh", "ngành", "vùng", "khu", "hệ", "cụm", "khối", "và", "thành", "huyện", "xã"})
# `các cơ quan chịu sự giám sát`, but `các cơ quan | chịu trách nhiệm …`.
UNDERGOING = frozenset({"sự", "tác", "ảnh"})
# `các địa phương có rừng`, but `các địa phương | có kế hoạch …`.
HAVING = frozenset(
    {
        "ý",
        "báo",
        "kế",
        "biện",
        "phương",
        "giải",
        "văn",
        "hình",
        "trách",
        "hướng",
        "sự",
        "thể",
        "nhiệm",
        "chế",
        "cơ",
        "sứ",
        "quyền",
    }
)
