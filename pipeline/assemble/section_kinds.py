"""What a section is for, by its heading: goals, purposes, scope, funding, tasks, …

`III. TỔ CHỨC THỰC HIỆN` holds tasks, `I. MỤC ĐÍCH, YÊU CẦU` holds none. A subsection whose own heading says nothing
takes the kind of the section above it; the nearest heading that speaks decides, so that `2. Đối tượng áp dụng` below
`II. MỤC TIÊU, ĐỐI TƯỢNG` is scope.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from pipeline.outline import OutlineSection

SectionKind = Literal[
    "goals", "purpose", "scope", "situation", "funding", "effect", "tasks", "assignment", "recipients", "unknown"
]


def section_kinds(sections: Sequence[OutlineSection], addressees: Sequence[bool]) -> list[SectionKind]:
    """The kind of each section; `addressees[i]` tells that the heading of section *i* names agencies only."""
    kinds: list[SectionKind] = []
    for section, addressed in zip(sections, addressees, strict=True):
        own: SectionKind = "assignment" if addressed else kind_of_heading(section.title or "")
        inherited: SectionKind = kinds[section.parent] if section.parent is not None else "unknown"
        kinds.append(inherited if own == "unknown" else own)
    return kinds


def kind_of_heading(title: str) -> SectionKind:
    """The kind that a heading tells by itself, `unknown` when it tells none.

    The word that stands first decides: `Mục tiêu, nhiệm vụ` are goals, `Nhiệm vụ và mục tiêu` are tasks.

    >>> kind_of_heading("MỤC TIÊU VÀ CÁC CHỈ TIÊU CHỦ YẾU"), kind_of_heading("Kinh phí thực hiện")
    ('goals', 'funding')
    """
    found = [(match.start(), kind) for kind, pattern in _HEADINGS if (match := pattern.search(title.lower()))]
    return min(found)[1] if found else "unknown"


def _compiled(*rows: tuple[SectionKind, str]) -> tuple[tuple[SectionKind, re.Pattern[str]], ...]:
    return tuple((kind, re.compile(pattern)) for kind, pattern in rows)


_HEADINGS = _compiled(
    ("goals", r"mục tiêu(?! quốc gia)|chỉ tiêu(?! đánh giá)"),
    (
        "purpose",
        r"mục đích|yêu cầu|quan điểm|tầm nhìn|phương châm|nguyên tắc|sự cần thiết|ý nghĩa|căn cứ|cơ sở pháp lý",
    ),
    ("scope", r"phạm vi|đối tượng|tiêu chí|giải thích từ ngữ|địa bàn thực hiện|quy mô|thành phần|địa điểm|điều kiện"),
    (
        "situation",
        r"thực trạng|tình hình(?! thực hiện nhiệm vụ)|kết quả (?:đạt được|thực hiện|công tác)|tồn tại|hạn chế,"
        r"|nguyên nhân|đánh giá (?:chung|tình hình|kết quả)|khó khăn|bối cảnh|hiện trạng|dự báo|ưu điểm",
    ),
    ("funding", r"kinh phí|nguồn (?:lực tài chính|vốn)|dự toán|nhu cầu vốn|khái toán|ngân sách thực hiện"),
    ("effect", r"hiệu lực|điều khoản thi hành|điều khoản chuyển tiếp"),
    (
        "tasks",
        r"nhiệm vụ|giải pháp|nội dung|hoạt động|biện pháp|công việc|tổ chức (?:thực hiện|triển khai|chỉ đạo)|tiến độ"
        r"|lộ trình|thời gian thực hiện|kế hoạch (?:thực hiện|triển khai)|phân công|trách nhiệm|chế độ báo cáo"
        r"|thông tin, báo cáo|kiểm tra, giám sát",
    ),
)
