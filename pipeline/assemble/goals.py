"""Which blocks state goals: those of a goals section, those that a label calls so (`- Mục tiêu: …`), and marks.

"Đến năm 2030, 100% số xã có nước sạch" among tasks is a goal: it says what is to be reached and not what to do.
"""

from __future__ import annotations

import re

from pipeline.assemble.directive_verbs import starts_with_directive_verb
from pipeline.assemble.reading import Reading
from pipeline.assemble.section_kinds import speaks_of_goals
from pipeline.outline import Block
from schemas import Span


def goal_places(reading: Reading) -> frozenset[Span]:
    """The places of the blocks that state goals.

    A bullet `Chỉ tiêu kinh tế kỹ thuật:` makes goals of the bullets below it, as a heading does of its section; so does
    the total of what is to be built, whose parts follow it (`Tổng số trạm bơm xây mới: 40 trạm`, `- Loại 1: 12 trạm`).
    """
    found: set[Span] = set()
    labels: dict[int | None, Block] = {}
    totals: set[int | None] = set()
    for block in reading.outline.blocks:
        if block.zone != "body" or block.kind == "heading":
            continue
        labelled = block.kind == "bullet" and _LABEL.match(reading.slice(block.span)) is not None
        above = labels.get(block.section)
        if labelled and block.introduces:
            labels[block.section] = block
        elif above is not None and (block.kind != "bullet" or block.depth <= above.depth):
            del labels[block.section]
            above = None
        planned = _is_planned_amount(reading, block, totals)
        if labelled or above is not None or planned or reading.kind_of(block) == "goals" or _is_mark(reading, block):
            found.add(block.span)
    return frozenset(found)


def _is_planned_amount(reading: Reading, block: Block, totals: set[int | None]) -> bool:
    """Whether *block* is the total of what is planned, or a part of one in *totals*, the sections that have one."""
    if reading.normative or reading.kind_of(block) not in {"tasks", "unknown"}:
        return False
    text = reading.slice(block.span)
    if _TOTAL.match(text):
        totals.add(block.section)
        return True
    return block.kind == "bullet" and block.section in totals and _PART.match(text) is not None


def sets_mark(reading: Reading, block: Block) -> bool:
    """Whether *block* among tasks sets a mark instead: `Đến năm 2030, 100% số xã …`, `Phấn đấu đạt 12 triệu tấn`."""
    return reading.kind_of(block) in {"tasks", "unknown"} and _MARK.match(reading.slice(block.span)) is not None


def is_indicator(text: str) -> bool:
    """Whether *text* says how much of something is to be reached, wherever it stands.

    >>> is_indicator("Tỷ lệ hộ nghèo còn dưới 3%."), is_indicator("Tỷ lệ hộ nghèo phải được rà soát trước ngày 30/6.")
    (True, False)
    """
    return _INDICATOR.match(text) is not None


def tells_a_share(text: str) -> bool:
    """Whether *text*, which gives no order, tells of what share something is done.

    >>> tells_a_share("Tờ khai được nộp qua mạng đạt tối thiểu 90%."), tells_a_share("Nâng cấp lưới điện đạt 90%.")
    (True, False)
    """
    return "đạt" in text and _SHARE.match(text) is not None and not starts_with_directive_verb(text)


def _is_mark(reading: Reading, block: Block) -> bool:
    kind = reading.kind_of(block)
    if kind == "purpose":
        return _below_goals(reading, block) and is_indicator(reading.slice(block.span))
    if kind not in {"tasks", "unknown"}:
        return False
    if sets_mark(reading, block):
        return True
    text = reading.slice(block.span)
    stated = not reading.normative and (is_indicator(text) or tells_a_share(text))
    return stated and not reading.roles(block.span).names_actor


def _below_goals(reading: Reading, block: Block) -> bool:
    """Whether a heading above *block* names goals among other things (`Quan điểm, mục tiêu`)."""
    return any(speaks_of_goals(reading.outline.sections[n].title) for n in reading.ancestors(block.section))


_LABEL = re.compile(r"(?i)(?:các |một số )?(?:mục tiêu|chỉ tiêu)(?! quốc gia)\b[^:.;]{0,50}:")
# A mark with its figure; what must be done by then is a task (`Đến năm 2026, hoàn thành …`).
_MARK = re.compile(
    r"(?i)phấn đấu (?:đạt|tăng|giảm)\b[^.;]{0,200}\d"
    r"|(?:phấn đấu )?đến (?:hết |cuối )?(?:năm|tháng|quý) [\dIVX/]+,? "
    r"(?:(?:có|tối thiểu|ít nhất|trên|khoảng|đạt|phấn đấu) )*(?:\d|tỷ lệ|tỉ lệ)"
)
# The total of an act with its figure and nothing behind it but a unit that is no money.
_TOTAL = re.compile(
    r"(?i)tổng (?:số|diện tích|chiều dài|quy mô|số lượng) [^:;.]{0,60}\b(?:xây|nâng cấp|cải tạo|trồng|đào tạo|thành lập"
    r"|mở|phát triển|đầu tư|quy hoạch|hình thành|lắp đặt|bố trí)\b[^:;.]{0,40}: ?(?:khoảng |trên )?\d[\d.,]* "
    r"(?!tỷ|triệu|đồng)\w"
)
_PART = re.compile(r"[^:;.\d]{2,40}\d{0,2}: ?(?:khoảng |trên )?\d[\d.,]* (?!tỷ|triệu|đồng)\w")
_RATE = (
    r"(?:tỷ|tỉ) (?:lệ|trọng|suất|số)|tốc độ|nhịp độ|thu nhập|tuổi thọ|kim ngạch|doanh thu|sản lượng|năng suất"
    r"|chỉ số|độ che phủ|cơ cấu kinh tế|thu ngân sách|grdp|gdp|bình quân"
)
# What is done to something, and for what share: the passive gives no order.
_SHARE = re.compile(
    r"(?i)(?!(?:khi|nếu|để|về|với|trường hợp|hiện|năm|trong|tại)\b)[^\n,;.:|]{4,160}? được [^\n,;.:|]{2,160}?"
    r"(?<!\bước )(?<!\bđã )(?<!\bmới )(?<!\bphải )\bđạt(?: (?:tỷ lệ|tỉ lệ|tối thiểu|ít nhất|trên|từ|mức))* \d[\d.,]* ?%"
)
# What has a size whether or not anybody strives for it: `Tổng diện tích lập quy hoạch khoảng 85 ha`.
_SIZE = r"tổng|mức|giá trị|sản phẩm|diện tích|dân số|quy mô|số (?:lượng |người |hộ )?(?!hóa)"
_RISE = r"đạt|tăng|giảm|còn|chiếm|gấp|duy trì|lên|xuống|ổn định|bình quân"
_REACHED = rf"(?:{_RISE}|dưới|trên|khoảng|ít nhất|tối thiểu|tối đa|không quá|không vượt|là|bằng|từ|thuộc|nằm trong)"
# A quantity and what it reaches, or the figure first: `Tỷ lệ … đạt 90%`, `Ít nhất 80% hộ dân …`, `Có 15 xã đạt chuẩn`.
_INDICATOR = re.compile(
    rf"(?i)(?:[\w, -]{{3,40}}: ?)?(?:phấn đấu,? )?(?:(?:{_RATE})\b(?:[^;.:]{{0,160}}?\b{_REACHED} [^;.:]{{0,25}}?\d"
    r"|[^;.:]{0,160}:[^;.:]{3,80} \d[\d.,]* ?%)"
    rf"|(?:{_SIZE})\b[^;.:]{{0,160}}?\b(?:{_RISE}) [^;.:]{{0,25}}?\d"
    r"|(?:có )?(?:(?:từ|trên|hơn|khoảng|gần|ít nhất|tối thiểu|toàn bộ|đạt) )*\d[\d.,]*(?: ?[-–] ?\d[\d.,]*)? ?%"
    r"|có (?:từ|trên|hơn|khoảng|gần|ít nhất|tối thiểu|đủ) \d)"
)
