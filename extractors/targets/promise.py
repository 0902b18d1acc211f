"""Tell whether a block outside a goals section promises a measured result: "Xây dựng 05 mô hình điểm trong năm 2026".

A figure that sets a condition, a price, a share of costs or the size of what exists promises nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

import regex

from schemas import Deadline, Measure


def is_measured_promise(text: str, measures: Sequence[Measure], deadlines: Sequence[Deadline]) -> bool:
    """True when a figure of *text* is the result of an act that the text promises.

    *measures* and *deadlines* are those found in *text*.

    >>> is_measured_promise("Kinh phí gồm 30% ngân sách tỉnh", (Measure(value=30, unit="%", raw="30%", span=(14, 17)),), ())
    False
    """
    return any(_is_promised(text, measure, deadlines) for measure in measures)


def _is_promised(text: str, measure: Measure, deadlines: Sequence[Deadline]) -> bool:
    if measure.span is None or measure.rule in {"duration", "bare"} or _MONEY.search(measure.unit or ""):
        return False
    clause_start = max((m.end() for m in _CLAUSE.finditer(text, 0, measure.span.start)), default=0)
    clause_end = next((m.start() for m in _CLAUSE.finditer(text, measure.span.end)), len(text))
    before = text[clause_start : measure.span.start]
    if _NO_PROMISE.search(text, clause_start, clause_end):
        return False
    if (measure.unit or "").startswith("%"):
        return bool(_AIM.search(before)) or any(
            clause_start <= d.span.start < clause_end for d in deadlines if d.start or d.end
        )
    return bool(_PRODUCES.search(before))


_CLAUSE = regex.compile(r"[.;](?=\s)|\n")
_MONEY = regex.compile(r"(?i)đồng|usd|triệu$|tỷ$")
_NO_PROMISE = regex.compile(
    r"(?i)(?<!giải ngân (?:kế hoạch )?)kinh phí|chi phí|ngân sách|mức (?:hỗ trợ|thu|phạt|lương)|tiền (?!gửi)|(?<!giải ngân (?:kế hoạch )?)vốn|giữ nguyên|trường hợp|nếu |tổng điểm|điểm số"
    r"|căn cứ|thuế suất|tiền thuế|(?:miễn|giảm) thuế|giá trị hợp đồng|quy mô|(?<!\p{L})(?:hiện có|đến nay|ước|cùng kỳ|ghi nhận|đã (?:có|đạt|được))(?!\p{L})"
)
_AIM = regex.compile(
    r"(?i)(?<!\p{L})(?:phấn đấu|bảo đảm|đảm bảo|hoàn thành|đạt|nâng|tăng|giảm|duy trì|cung cấp|triển khai|thực hiện|số hóa"
    r"|xử lý|giải quyết)(?!\p{L})"
)
_PRODUCES = regex.compile(
    r"(?i)(?<!\p{L})(?:triển khai|xây dựng|thực hiện|hoàn thành|tổ chức|đào tạo|bồi dưỡng|tập huấn|lắp đặt|thành lập|mở"
    r"|phát triển|hình thành|nhân rộng|nâng cấp|cung cấp|phấn đấu|cấp|trồng|giải quyết|tuyển chọn|sản xuất|phát sóng"
    r"|thí điểm|đạt|có ít nhất|có tối thiểu|trang bị|sửa chữa|cải tạo|công nhận)(?!\p{L})[^,;]*$"
)
