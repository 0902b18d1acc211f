"""Words that look like agencies and are none: "cơ sở y tế", "cán bộ tài chính", "Chính phủ điện tử"."""

from __future__ import annotations

from extractors.agencies.registry import Entry, agency_words
from extractors.agencies.words import Line


def part_of_a_word(line: Line, index: int) -> bool:
    """Whether the word is the end of another one: `cơ sở`, `cán bộ`; but not `phân công Sở Y tế`."""
    before = BEFORE.get(line.word(index))
    if before is None or line.word(index - 1) not in before:
        return False
    return not line.capital(index) or line.capital(index - 1)


def is_other_thing(line: Line, index: int, stop: int, entry: Entry) -> bool:
    """Whether the words from *index* to *stop*, which spell *entry*, mean something else here."""
    if (line.word(stop), line.word(stop + 1)) in NOT_AGENCIES.get(entry.name, ()):
        return True
    if entry.name in TAXES and line.word(stop).isalpha() and not line.capital(stop):
        pair = f"{line.word(stop)} {line.word(stop + 1)}"
        if pair not in agency_words("verb") and line.word(stop) not in {"tỉnh", "thành", "cơ", "các", "và"}:
            return True
    if entry.id in OF_THE_PARTY and line.word(stop) in {"đoàn", "hội", "tổng", "của"} and line.word(stop + 1) != "đảng":
        return True
    if entry.name in OF_THE_STATE and line.word(stop) == "về":  # a field that offices of the state inspect
        return True
    common = "".join(line.words[index:stop]).islower()
    if entry.name in WEAK:
        return common and line.word(index - 1) != "trưởng"
    mixed = " " not in entry.name or not common
    return mixed and not line.capital(index) and line.word(index) not in SAFE_LOWER


# The words before which a word is the end of another one: `cơ sở y tế`, `cán bộ y tế`.
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

# Committees that other bodies have too: `Ban Chấp hành Trung ương Hội Nông dân Việt Nam`.
OF_THE_PARTY = frozenset({"vn.ban-bi-thu", "vn.ban-chap-hanh-trung-uong"})
OF_THE_STATE = frozenset({"Thanh tra Nhà nước"})

# Offices that bear the name of what they are for: `Thuế tỉnh`, but `Thuế xuất nhập khẩu`.
TAXES = frozenset({"Thuế", "Thống kê"})

# Names that are also common words: they need a capital letter, and alone they count only in a list of agencies.
WEAK = frozenset(
    {"Thanh tra", "Thuế", "Thống kê", "Viễn thông", "Điện lực", "Bưu điện", "Công an", "Kho bạc", "Bảo hiểm xã hội"}
    | {"Thi hành án dân sự", "Bộ đội Biên phòng", "Đảng ủy", "Bộ Tư lệnh", "Trung tâm Thông tin"}
    | {"Thư viện", "Bảo tàng", "Ban nhân dân"}
    | {
        "Thanh tra xây dựng",
        "Thanh tra giao thông",
        "Thanh tra môi trường",
        "Thanh tra lao động",
        "Thanh tra y tế",
        "Thanh tra Nhà nước",
        "Quản lý thị trường",
        "Cảnh sát giao thông",
        "Kiểm lâm",
    }
    | {"Ban Tổ chức", "Trường Chính trị", "Ban Tuyên giáo", "Ban Dân vận"}
)

SAFE_LOWER = frozenset(
    {"sở", "ủy", "hội", "văn", "ban", "cục", "phòng", "công", "tỉnh", "thành", "mặt", "liên", "trung", "đại", "tổ"}
)
