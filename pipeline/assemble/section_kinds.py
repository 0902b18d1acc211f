"""What a section is for, by its heading: goals, purposes, scope, funding, tasks, …

`III. TỔ CHỨC THỰC HIỆN` holds tasks, `I. MỤC ĐÍCH, YÊU CẦU` holds none. A subsection whose own heading says nothing
takes the kind of the section above it; the nearest heading that speaks decides, so that `2. Đối tượng áp dụng` below
`II. MỤC TIÊU, ĐỐI TƯỢNG` is scope.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from pipeline.assemble.directives import SectionKind, starts_with_directive_verb
from pipeline.outline import OutlineSection


def section_kinds(sections: Sequence[OutlineSection], addressees: Sequence[bool]) -> list[SectionKind]:
    """The kind of each section; `addressees[i]` tells that the heading of section *i* names agencies only."""
    kinds: list[SectionKind] = []
    for section, addressed in zip(sections, addressees, strict=True):
        inherited: SectionKind = kinds[section.parent] if section.parent is not None else "unknown"
        assigned = addressed and inherited not in {"scope", "purpose"}
        own: SectionKind = "assignment" if assigned else kind_of_heading(section.title or "")
        if own == "unknown" and inherited == "unknown" and starts_with_directive_verb(section.title or ""):
            own = "tasks"
        if inherited == "goals" and _VISION.match((section.title or "").lower()):
            own = "goals"
        kinds.append(inherited if own == "unknown" else own)
    return kinds


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


_OPENING = re.compile(r"^(?:(?:một số|các|những|về|công tác|phần|dự kiến|hệ thống|định hướng)\s+)+")
_VISION = re.compile(r"tầm nhìn")
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
    ("goals", r"mục tiêu(?! quốc gia)|chỉ tiêu(?! đánh giá)|(?:kết quả|sản phẩm) (?:cần đạt|dự kiến)"),
    (
        "purpose",
        r"mục đích|yêu cầu|quan điểm|tầm nhìn|phương châm|nguyên tắc|sự cần thiết|ý nghĩa|căn cứ"
        r"|cơ sở (?:pháp lý|xây dựng)|phương hướng",
    ),
    (
        "scope",
        r"phạm vi|đối tượng|(?:bộ )?tiêu chí|giải thích từ ngữ|địa bàn|quy mô|thành phần|địa điểm|điều kiện"
        r"|danh sách|số lượng|thời gian, địa điểm|(?:thủ tục, |thành phần )?hồ sơ\b|đề cương|biểu mẫu|cơ cấu (?!lại)",
    ),
    (
        "situation",
        r"thực trạng|tình hình|kết quả (?:đạt được|thực hiện|công tác|triển khai)|tồn tại|hạn chế|nguyên nhân|ưu điểm"
        r"|đánh giá (?:chung|tình hình|kết quả|nguy cơ|thực trạng|về)|khó khăn|bối cảnh|hiện trạng|dự báo|đặc điểm",
    ),
    (
        "funding",
        r"kinh phí|nguồn (?:lực tài chính|lực thực hiện|vốn|kinh phí)|dự toán|nhu cầu vốn"
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
