"""Lines that stand beside tables or look like one: units (`ĐVT: triệu đồng`), letterheads and closings between bars."""

from __future__ import annotations

import re


def unit_in(text: str) -> str | None:
    """The unit that a line above a table gives.

    >>> unit_in("(Đơn vị tính: triệu đồng)"), unit_in("Đơn vị: 12")
    ('triệu đồng', '12')
    """
    match = _UNIT.search(text)
    return match[1].strip(" .()*") if match else None


def begins_with_unit(text: str) -> bool:
    """Whether a line begins with the label of a unit."""
    return _UNIT.match(text) is not None


def is_layout(text: str) -> bool:
    """Whether *text* is of a letterhead or a closing, whose columns are no table: `Độc lập - Tự do`, `Nơi nhận`."""
    return _LAYOUT.search(text) is not None


_UNIT = re.compile(r"(?:ĐVT|Đvt|Đơn vị tính|ĐƠN VỊ TÍNH|Đơn vị|ĐƠN VỊ)\s*:\s*([^\n]{2,40}?)\)?\.?$")
_LAYOUT = re.compile(
    r"CỘNG H[ÒO]A X[ÃA] HỘI|Độc lập - Tự do|^\s*Nơi nhận|(?:^|[ .])(?:TM|KT|TL|TUQ)\. ?[A-ZĐỦ]{2}"
    r"|^\s*Số ?:.{0,40}/|Lưu: ?VT"
    r"|ĐẢNG CỘNG SẢN VIỆT NAM"
)
