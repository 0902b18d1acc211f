"""Tell whether a block outside a goals section promises a measured result: "Xây dựng 05 mô hình điểm trong năm 2026".

A figure that sets a condition, a price, a share of costs or the size of what exists promises nothing.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

import regex

from schemas import Deadline, Measure


def is_measured_promise(text: str, measures: Sequence[Measure], deadlines: Sequence[Deadline]) -> bool:
    """True when a figure of *text* is the result of an act that the text promises.

    *measures* and *deadlines* are those found in *text*.

    >>> is_measured_promise("Kinh phí gồm 30% ngân sách", [Measure(value=30, unit="%", raw="30%", span=(13, 16))], [])
    False
    """
    ends = [0, *(match.end() for match in _CLAUSE_END.finditer(text)), len(text)]
    dated = {bisect_right(ends, deadline.span.start) for deadline in deadlines if deadline.start or deadline.end}
    for measure in measures:
        if measure.span is not None:
            clause = bisect_right(ends, measure.span.start)
            start, end = max(ends[clause - 1], measure.span.start - _REACH), measure.span.start + _REACH
            end = min(ends[clause], end)
            comma = text.find(",", measure.span.end, end)  # what comes after it is another matter
            words, before = text[start : comma if comma > 0 else end], text[start : measure.span.start]
            if _is_promised(measure, words, before, dated=clause in dated):
                return True
    return False


def is_pledge(text: str, measures: Sequence[Measure]) -> bool:
    """True when *text*, which need be no task, pledges one of its *measures* in so many words.

    >>> is_pledge("Bảo đảm 50% xã có chợ", [Measure(value=50, unit="%", raw="50%", span=(8, 11))])
    True
    """
    for measure in measures:
        if measure.span is not None and (measure.comparator == ">=" or (measure.unit or "").startswith("%")):
            start = max((match.end() for match in _CLAUSE_END.finditer(text, 0, measure.span.start)), default=0)
            before = text[max(start, measure.span.start - _PLEDGE_REACH) : measure.span.start]
            if _PLEDGE.search(before) and not _NO_PROMISE.search(before) and measure.rule not in {"duration", "bare"}:
                return True
    return False


def _is_promised(measure: Measure, clause: str, before: str, *, dated: bool) -> bool:
    """True when the words *before* the figure in its *clause* promise it; a share with a date promises itself."""
    if measure.rule in {"duration", "bare"} or _MONEY.search(measure.unit or "") or _NO_PROMISE.search(clause):
        return False
    if (measure.unit or "").startswith("%"):
        return dated or bool(_AIM.search(before))
    pledged = _PLEDGE.search(before[-_PLEDGE_REACH:])
    if (measure.raw.lower().startswith("từ ") and not pledged) or _NAME.match(measure.unit or ""):
        return False
    if measure.comparator == "<=" or before.endswith("đối với "):
        return False
    if (pledged and measure.comparator != "=") or (_NAMED_AMOUNT.fullmatch(before) and measure.rule == "count"):
        return True
    words = before[max(before.rfind(","), before.rfind(";")) + 1 :]
    return bool(_PRODUCES.search(words)) and not (words.endswith("có ") and _LISTS.search(words[-_NEAR:]))


# Further away than this, words of the same clause say nothing about a figure any more.
_REACH = 600
_CLAUSE_END = regex.compile(r"[.;](?=\s)|\n")
_NAME = regex.compile(r"\p{Lu}\p{Ll}")
_MONEY = regex.compile(r"(?i)đồng|usd|triệu$|tỷ$")
_NO_PROMISE = regex.compile(
    r"(?i)(?<!giải ngân (?:kế hoạch )?)(?:kinh phí|vốn)|chi phí|ngân sách|mức (?:hỗ trợ|thu|phạt|lương)|tiền (?!gửi)"
    r"|giữ nguyên|trường hợp|nếu |tổng điểm|điểm số|căn cứ|thuế suất|(?:miễn|giảm) thuế|giá trị hợp đồng|quy mô"
    r"|công suất|bộ hồ sơ|bản chính|bản sao|độ cồn|bảo vệ 0?\d lớp|đánh giá cao|trong bối cảnh|^\s*khi "
    r"|(?<!\p{L})thì(?!\p{L})"
    r"|(?<!\p{L})(?:hiện có|hiện nay|hiện tại|đến nay|ước|cùng kỳ|ghi nhận)(?!\p{L})"
    r"|(?<!\p{L})đã (?:có|đạt|được|hoàn thành)(?!\p{L})"
)
_AIM = regex.compile(
    r"(?i)(?<!\p{L})(?:phấn đấu|bảo đảm|đảm bảo|hoàn thành|đạt|nâng|tăng|giảm|duy trì|cung cấp|triển khai|thực hiện"
    r"|số hóa|xử lý|giải quyết|yêu cầu|diễn tập|kiểm tra)(?!\p{L})"
)
_PLEDGE = regex.compile(r"(?i)(?<!\p{L})(?:phấn đấu|bảo đảm|đảm bảo|(?:mục|chỉ) tiêu(?! quốc gia))(?!\p{L})")
_PLEDGE_REACH = 120
# `Chợ loại 1: 20 chợ`, after the mark and label of its line
_NAMED_AMOUNT = regex.compile(r"\p{Lu}[^:;.,]{3,100}: (?:khoảng |trên |ít nhất |tối thiểu )?")
_NEAR = 80
_LISTS = regex.compile(r"(?i)(?<!\p{L})(?:danh sách|đối với|những|thống kê|rà soát)(?!\p{L})")
_PRODUCES = regex.compile(
    r"(?i)(?<!\p{L})(?:(?:triển khai|thực hiện|tổ chức)(?! quan trắc| lấy mẫu| giám sát)"
    r"|xây dựng|hoàn thành|đào tạo|bồi dưỡng|tập huấn|lắp đặt|thành lập|mở"
    r"|phát triển|hình thành|nhân rộng|nâng cấp|cung cấp|phấn đấu|trồng|giải quyết|tuyển chọn|sản xuất|phát sóng"
    r"|thí điểm|đạt|có ít nhất|có tối thiểu|trang bị|sửa chữa|cải tạo|công nhận"
    r"|thiết kế|biên soạn|cử tuyển|tuyển sinh|kết nạp)(?!\p{L})"
)
