"""Attribute lines: `Cơ quan chủ trì: Sở Nội vụ`, `Thời gian thực hiện: Quý II/2026` after an activity.

They stand as bullets below the activity, as sentences of their own, or as sections beside it (`2. Cơ quan chủ trì,
phối hợp`). The label alone decides which value follows; what binds what is decided in `pipeline.assemble.tasks`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

AttributeKind = Literal["lead", "partner", "lead-and-partner", "time", "content", "product", "funding"]


@dataclass(frozen=True, slots=True)
class AttributeLine:
    """The kind of an attribute line and where its value begins in the text of the block."""

    kind: AttributeKind
    value_start: int


def read_attribute_line(text: str) -> AttributeLine | None:
    """The attribute that *text* gives, or None when it is something else.

    >>> read_attribute_line("Cơ quan phối hợp: Sở Tài chính")
    AttributeLine(kind='partner', value_start=18)
    """
    if sentence := _ONLY_TIME.fullmatch(text):
        return AttributeLine("time", sentence.start("time"))
    head, colon, rest = text[:LONGEST_LABEL].partition(":")
    if not colon:
        return None
    kind = attribute_kind(head)
    return AttributeLine(kind, len(head) + 1 + len(rest) - len(rest.lstrip())) if kind else None


def attribute_kind(label: str) -> AttributeKind | None:
    """The kind of attribute that a label (or the heading of a section, or the head of a column) announces.

    >>> attribute_kind("Đơn vị chủ trì tham mưu thực hiện"), attribute_kind("Hoàn thiện thể chế")
    ('lead', None)
    """
    folded = " ".join(label.lower().strip(" .*-+()").split())
    return next((kind for kind, pattern in _LABELS if pattern.fullmatch(folded)), None)


LONGEST_LABEL = 90
_ONLY_TIME = re.compile(
    r"(?i)(?:thời gian )?(?:hoàn thành|thực hiện|xong)\s+"
    r"(?P<time>(?:trước|trong|vào|chậm nhất)\s[^.;:]{0,60}\d{4}[.;]?)"
)
_BODY = (
    r"(?:(?:các )?(?:cơ quan|đơn vị|cấp|bộ phận|cá nhân|tổ chức|địa phương|bộ, ngành|sở, ngành)"
    r"(?:[,/ ]+(?:và |hoặc )?)?)"
)
_DOING = (
    r"(?:chủ trì|thực hiện|tổ chức|triển khai|tham mưu|chịu trách nhiệm(?: chính)?|đầu mối|được giao|giao|theo dõi"
    r"|đề xuất|đôn đốc|báo cáo|xây dựng|quản lý|soạn thảo|trình|phụ trách)"
)
_LABELS: tuple[tuple[AttributeKind, re.Pattern[str]], ...] = (
    ("partner", re.compile(rf"{_BODY}*(?:cùng )?phối hợp(?:[, ]*(?:thực hiện|tổ chức|triển khai|hỗ trợ|liên quan))*")),
    ("partner", re.compile(rf"{_BODY}+(?:cùng )?tham gia(?: phối hợp| thực hiện)?")),
    (
        "lead-and-partner",
        re.compile(rf"{_BODY}*{_DOING}(?:[, ]*(?:và )?{_DOING})*(?:[, /]+(?:và |{_BODY})?)phối hợp(?: thực hiện)?"),
    ),
    (
        "lead",
        re.compile(
            rf"(?:{_BODY}+{_DOING}|chủ trì|phân công|đầu mối)(?:[, ]*(?:và )?{_DOING})*(?: chính| nhiệm vụ| chỉ tiêu)?"
        ),
    ),
    (
        "lead",
        re.compile(
            r"(?:phân công |trách nhiệm )(?:thực hiện|nhiệm vụ|chủ trì)|cơ quan|đơn vị|đơn vị phụ trách|người thực hiện"
        ),
    ),
    (
        "time",
        re.compile(
            r"(?:dự kiến )?(?:thời gian|thời hạn|tiến độ|thời điểm|lộ trình|mốc thời gian|hạn)(?: dự kiến)?"
            r"(?:[, ]*(?:và )?(?:thực hiện|hoàn thành|hoàn tất|triển khai|tổ chức"
            r"|trình|ban hành|báo cáo|kết thúc|xong|gửi))*"
            r"(?: dự kiến| nhiệm vụ)?"
        ),
    ),
    (
        "content",
        re.compile(r"nội dung(?: (?:thực hiện|chính|công việc|nhiệm vụ|chủ yếu))?|nhiệm vụ cụ thể|yêu cầu cụ thể"),
    ),
    (
        "product",
        re.compile(
            r"(?:dự kiến )?(?:sản phẩm|kết quả)(?:[, /]*(?:kết quả|sản phẩm|đầu ra"
            r"|dự kiến|hoàn thành|đạt được|cần đạt|thực hiện))*"
        ),
    ),
    ("funding", re.compile(r"(?:dự kiến )?(?:nguồn )?(?:kinh phí|vốn)(?: (?:thực hiện|dự kiến))?")),
)
