"""What the columns of a task table hold, and whether a line reads like it: an agency, a time, or the matter itself.

For tables of which only the cells are left, one a line: `Sở Y tế` can be no time and `Quý III/2031` no agency, which
tells where a row lacks a cell and where a cell has two lines.
"""

from __future__ import annotations

import re
from functools import lru_cache

import re2

# The head of the column that numbers the rows.
ORDINAL = r"(?:S ?TT|TT|Stt|Số TT|SỐ TT|Số thứ tự|T\.T)\.?"


@lru_cache(maxsize=1024)
def column_kind(head: str) -> str:
    """`partners`, `agency`, `time`, or an empty string for a column of the matter.

    >>> column_kind("Cơ quan phối hợp"), column_kind("Tiến độ"), column_kind("Nội dung")
    ('partners', 'time', '')
    """
    folded = head.lower()
    return next((kind for kind, pattern in _COLUMN_KINDS if pattern.search(folded)), "")


@lru_cache(maxsize=1024)
def reads_as(text: str) -> str:
    """`time` or `agency` for a line that can be the whole cell of such a column, else an empty string.

    >>> reads_as("Quý III, IV/2031"), reads_as("Các phòng, ban"), reads_as("Hằng năm tổ chức hội thi cho cán bộ các xã")
    ('time', 'agency', '')
    """
    if len(text) <= _LONGEST_TIME and _TIME.fullmatch(text) is not None:
        return "time"
    return "agency" if _AGENCY.match(text) else ""


_LONGEST_TIME = 70
_COLUMN_KINDS = (
    ("partners", re.compile(r"phối hợp")),
    ("agency", re.compile(r"cơ quan|chủ trì|đơn vị (?:thực hiện|chủ|tham|chịu)|phân công|đầu mối|trách nhiệm")),
    ("time", re.compile(r"thời gian|\bhạn\b|tiến độ|hoàn thành|lộ trình|thời điểm")),
)
_AGENCY = re.compile(
    r"[-+•]? ?(?:Các (?:sở|bộ|cơ quan|đơn vị|ngành|huyện|xã|địa phương|ban|phòng|tổ chức|trường|doanh nghiệp|vụ|cục"
    r"|tỉnh|Sở|Bộ|Ban|Phòng|Vụ|Cục)|Sở|Bộ|UBND|HĐND|UBMTTQ|Ủy ban|Uỷ ban|Công an|Ban |Văn phòng|Hội |Đài |Trung tâm"
    r"|Viện|Tổng cục|Tổng công ty|Cục|Chi cục|Vụ|Ngân hàng|Liên đoàn|Tỉnh|Thanh tra|Kho bạc|Mặt trận|Phòng |Đoàn "
    r"|Tòa án|Toà án|Thuế|Hải quan|Bảo hiểm|Lãnh đạo|Đơn vị|Cơ quan|Chủ tịch|Giám đốc|Trường|Bệnh viện|Tạp chí|Báo "
    r"|Tập đoàn|Trạm |Tổ )"
)
_PART = r"(?:quý|tháng|năm|ngày|kỳ|tuần)"
_STEP = rf"(?:giai đoạn|{_PART}|các {_PART} tiếp theo|[ivx]{{1,3}}|\d{{1,4}}|và|đến|hết|trước|trở đi|hằng|hàng)"
_TIME = re2.compile(
    r"(?i)(?:hoàn thành )?(?:(?:trong|trước|đến|từ|hết|cuối|đầu|giữa|vào|chậm nhất|khoảng|bắt đầu) )*"
    rf"(?:{_STEP} ?[-–,./]? ?)+"
    r"|(?:thường xuyên|h[ằà]ng (?:năm|quý|tháng)|định kỳ|liên tục|cả năm|ngay sau)[^.:]{0,30}"
    r"|\d+ (?:tháng|tuần|ngày|năm)(?:/lần| một lần)"
    r"|(?:theo|sau khi|khi có|khi) (?:kế hoạch|lộ trình|tiến độ|yêu cầu|chương trình|chỉ đạo|quy định|hướng dẫn|có)"
    r"[^.:]{0,30}"
)
