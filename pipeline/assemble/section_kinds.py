"""What a section is for, by its heading: goals, purposes, scope, funding, tasks, …

`III. TỔ CHỨC THỰC HIỆN` holds tasks, `I. MỤC ĐÍCH, YÊU CẦU` holds none, and `2. Yêu cầu về hồ sơ`, what a matter
requires, only those that name who acts. A subsection whose own heading says nothing
takes the kind of the section above it; the nearest heading that speaks decides, so that `2. Đối tượng áp dụng` below
`II. MỤC TIÊU, ĐỐI TƯỢNG` is scope.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Literal

from pipeline.assemble.directive_verbs import starts_with_directive_verb
from pipeline.outline import OutlineSection

SectionKind = Literal[
    "goals", "purpose", "requirements", "scope", "situation", "funding", "effect", "tasks", "assignment", "unknown"
]

TASKLESS: frozenset[SectionKind] = frozenset({"goals", "purpose", "scope", "effect"})


def section_kinds(sections: Sequence[OutlineSection], addressees: Sequence[bool]) -> list[SectionKind]:
    """The kind of each section; `addressees[i]` tells that the heading of section *i* names agencies only."""
    kinds: list[SectionKind] = []
    for section, addressed in zip(sections, addressees, strict=True):
        inherited: SectionKind = kinds[section.parent] if section.parent is not None else "unknown"
        assigned = addressed and inherited not in {"scope", "purpose"}
        own: SectionKind = "assignment" if assigned else kind_of_heading(section.title or "")
        title = (section.title or "").lower()
        enacted = section.label.startswith("Điều") and _ENACTS.match(title) is not None
        if own == "unknown" and inherited == "unknown" and _tells_to_act(title) and not enacted:
            own = "tasks"
        above = sections[section.parent].title if section.parent is not None else None
        if _TIME.match(title) and (inherited == "goals" or (inherited == "purpose" and speaks_of_goals(above))):
            own = "goals"
        if own == "situation" and section.path[0].startswith("Chương"):  # `Kết quả bầu cử` in rules is no report
            own = "unknown"
        if own == "requirements" and inherited in TASKLESS:
            own = "unknown"
        kinds.append(inherited if own == "unknown" else own)
    return kinds


def _tells_to_act(title: str) -> bool:
    """Whether a heading gives an order (`Nâng cao chất lượng`) and does not name a matter (`Tổ chức không gian`)."""
    return starts_with_directive_verb(title) and not _TIME.match(title) and not _MATTER.match(title)


def speaks_of_goals(title: str | None) -> bool:
    """Whether a heading names goals among other things (`Quan điểm và mục tiêu`), so that what is below may be some."""
    return title is not None and _GOALS.search(title.lower()) is not None


def kind_of_heading(title: str) -> SectionKind:
    """The kind that a heading tells by itself, `unknown` when it tells none.

    Only its first words decide: `Mục tiêu, nhiệm vụ` are goals, `Nhiệm vụ và mục tiêu` are tasks, and `Kiện toàn tổ
    chức đáp ứng yêu cầu` speaks of no requirements.

    >>> kind_of_heading("MỤC TIÊU VÀ CÁC CHỈ TIÊU CHỦ YẾU"), kind_of_heading("Kinh phí thực hiện")
    ('goals', 'funding')
    """
    folded = _OPENING.sub("", " ".join(title.lower().split()))
    own: SectionKind = next((kind for kind, pattern in _HEADINGS if pattern.match(folded)), "unknown")
    return _misread_kind(title) if own == "unknown" and title.isupper() else own


def _misread_kind(title: str) -> SectionKind:
    """The kind of a heading in capitals whose tone marks or spaces a scan spoiled (`MỤC TIỂU`, `QUANĐIÊM`)."""
    letters = unicodedata.normalize("NFD", title.lower().replace("đ", "d"))
    bare = "".join(letter for letter in letters if letter.isalpha())
    return next((kind for start, kind in _MISREAD if bare.startswith(start)), "unknown")


def _compiled(*rows: tuple[SectionKind, str]) -> tuple[tuple[SectionKind, re.Pattern[str]], ...]:
    return tuple((kind, re.compile(pattern)) for kind, pattern in rows)


_OPENING = re.compile(
    r"^(?:(?:phương hướng|định hướng)(?:,|,? và)\s+(?=(?:các\s+)?(?:mục tiêu|chỉ tiêu|nhiệm vụ|giải pháp))"
    r"|(?:một số|các|những|về|công tác|phần|dự kiến|hệ thống|định hướng)\s+)+"
)
# A heading that names when and not what: `Giai đoạn 2026 - 2030`, `Tầm nhìn đến năm 2045`, `Định hướng đến năm 2035`.
_TIME = re.compile(
    r"tầm nhìn\b|(?:(?:định hướng|phấn đấu) )?"
    r"(?:(?:trong|đến|từ|vào) )?(?:(?:hết|cuối|đầu) )?(?:giai đoạn|thời kỳ|năm|quý|tháng)\b[^,;.]{0,15}\d"
)
# What an article does itself: `Điều 1. Thành lập Khu kinh tế cửa khẩu`.
_ENACTS = re.compile(
    r"(?:nay )?(?:thành lập|phê duyệt|ban hành|công bố|thông qua|sửa đổi|bổ sung|điều chỉnh|bãi bỏ|sáp nhập|giải thể"
    r"|sắp xếp các đơn vị hành chính)\b"
)
_MATTER = re.compile(r"(?:tổ chức (?:không gian|bộ máy|mặt bằng)|quy hoạch|qui hoạch|dự báo)\b")
_GOALS = re.compile(r"\b(?:mục tiêu(?! quốc gia)|chỉ tiêu)\b")
_MISREAD: tuple[tuple[str, SectionKind], ...] = (
    ("muctieu", "goals"),
    ("quandiem", "purpose"),
    ("tamnhin", "purpose"),
    ("mucdich", "purpose"),
    ("nhiemvu", "tasks"),
    ("giaiphap", "tasks"),
    ("tochucthuchien", "tasks"),
    ("kinhphi", "funding"),
)
_HEADINGS = _compiled(
    (
        "goals",
        r"mục tiêu(?! quốc gia)|chỉ tiêu(?! đánh giá)|(?:kết quả|sản phẩm) (?:cần đạt|dự kiến)"
        r"|dự báo (?:các |một số |những )?chỉ tiêu[^,;]*$",
    ),
    ("requirements", r"yêu cầu (?:chung |cụ thể )?(?:về|đối với|trong|khi)\b"),
    (
        "purpose",
        r"mục đích|yêu cầu|quan điểm|tầm nhìn|phương châm|nguyên tắc|sự cần thiết|ý nghĩa|căn cứ"
        r"|cơ sở (?:pháp lý|xây dựng)|phương hướng|bài học",
    ),
    (
        "scope",
        r"phạm vi|đối tượng|(?:bộ )?tiêu chí|giải thích từ ngữ|địa bàn|quy mô|thành phần|địa điểm|điều kiện"
        r"|danh sách|số lượng|tiêu chuẩn|thời gian, địa điểm"
        r"|(?:hiệu quả|tác động|lợi ích)(?! (?:và|hoạt động|công tác))"
        r"|(?:tiến độ|thời gian|thời hạn)[^,;.:]{0,30} (?:dự án|công trình|đầu tư(?! công)|thi công|hợp đồng)\b"
        r"|nội dung(?:(?:,| và) quy mô| đầu tư\b)"
        r"|(?:thủ tục, |thành phần )?hồ sơ\b|đề cương|biểu mẫu|cơ cấu (?!lại)",
    ),
    (
        "situation",
        r"thực trạng|tình hình|kết quả(?! (?:cần|phải|dự kiến|mong đợi|đầu ra))|tồn tại|hạn chế|nguyên nhân|ưu điểm"
        r"|thuận lợi|thành tựu"
        r"|đánh giá (?:chung|tình hình|kết quả|nguy cơ|thực trạng|về)|khó khăn|bối cảnh|hiện trạng|dự báo|đặc điểm",
    ),
    (
        "funding",
        r"(?:tiến độ|kế hoạch|lộ trình|lịch|phương thức|phân kỳ) (?:giải ngân|thanh toán|cấp|vốn|huy động)\b"
        r"|(?:mức|khoản) (?:thu|chi|phí|giá|hỗ trợ|đóng góp|trợ cấp|phụ cấp)"
        r"|(?:trách nhiệm|chế độ) (?:đóng góp|trợ cấp|phụ cấp)"
        r"|chế độ thu\b|quản lý(?:,| và) sử dụng (?:phí|lệ phí|nguồn thu)"
        r"|kinh phí|nguồn (?:lực tài chính|lực thực hiện|vốn|kinh phí)|dự toán|nhu cầu vốn"
        r"|khái toán|ngân sách|kế hoạch vốn|cơ chế tài chính",
    ),
    ("effect", r"hiệu lực|điều khoản thi hành|(?:điều khoản|quy định) chuyển tiếp"),
    (
        "tasks",
        r"nhiệm vụ|giải pháp|phương án (?:tổ chức|triển khai|hỗ trợ|ứng phó)"
        r"|nội dung|hoạt động|biện pháp|công việc|tổ chức (?:thực hiện|triển khai|chỉ đạo)|tiến độ"
        r"|lộ trình|thời gian (?:thực hiện|tiến hành)|kế hoạch|phân công|trách nhiệm|chế độ (?:thông tin|báo cáo)"
        r"|thông tin, báo cáo|kiểm tra, giám sát|chương trình",
    ),
)
