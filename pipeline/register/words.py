"""The words of the register in Vietnamese and English, and each row as the values of its cells.

    row_values(row, language="vi")[5] -> "Hoàn thành cổng dịch vụ công"

A value is a text, a date or a number, never a date written out: the sheet must be able to sort and count it.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Literal, NamedTuple

from pipeline.plain_words import recurrence_in_words
from pipeline.register.rows import RegisterRow, TaskFacts
from pipeline.register.term import State

Language = Literal["vi", "en"]
Value = str | date | int | float | None


class Column(NamedTuple):
    """One column: its headings, its width in characters, its size of letters (1 is usual), whether it is printed."""

    vi: str
    en: str
    width: float
    size: float = 1
    printed: bool = True


def headings(language: Language) -> list[str]:
    """The headings of all columns."""
    return [getattr(column, language) for column in COLUMNS]


def row_values(row: RegisterRow, *, number: int, language: Language) -> list[Value]:
    """The cells of one row, in the order of `COLUMNS`; *number* is its own in the sheet."""
    facts, about = row.facts, row.facts.document
    return [
        number,
        about.number,
        about.issued_on,
        about.issuer,
        about.title,
        facts.text,
        "; ".join(facts.leads),
        "; ".join(facts.partners),
        row.term.due,
        "; ".join(dict.fromkeys(found.surface for found in facts.deadlines)),
        "; ".join(dict.fromkeys(recurrences(facts, language))),
        STATE_WORDS[row.term.state][language],
        facts.condition,
        facts.confidence,
        source_place(facts, language),
        READ_BY[about.reviewed][language],
    ]


def recurrences(facts: TaskFacts, language: Language) -> list[str]:
    """How often, in words, for each recurring deadline."""
    in_words = vietnamese_recurrence if language == "vi" else recurrence_in_words
    return [in_words(found.recurrence) for found in facts.deadlines if found.kind == "recurring"]


def source_place(facts: TaskFacts, language: Language) -> str:
    """The input with the line or page where the task stands."""
    line, page = ("dòng", "trang") if language == "vi" else ("line", "page")
    place = f", {page} {facts.page}" if facts.page else f", {line} {facts.line}" if facts.line else ""
    return f"{facts.document.path}{place}"


def vietnamese_recurrence(rule: str | None) -> str:
    """A recurrence rule of RFC 5545 in Vietnamese; one that these words do not cover is given as it is.

    >>> vietnamese_recurrence("FREQ=MONTHLY;INTERVAL=3"), vietnamese_recurrence("FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15")
    ('hằng quý', 'hằng năm, ngày 15/12')
    """
    if rule is None:
        return "định kỳ"
    parts = dict(part.partition("=")[::2] for part in rule.split(";"))
    unit = UNIT.get(parts.get("FREQ", ""))
    interval, months, days = parts.get("INTERVAL", "1"), parts.get("BYMONTH", ""), parts.get("BYMONTHDAY", "")
    known = parts.keys() <= {"FREQ", "INTERVAL", "BYMONTH", "BYMONTHDAY"}
    if unit is None or not known or not NUMBERS.fullmatch(f"{interval},{months or 1},{days.lstrip('-') or 1}"):
        return rule
    every = f"hằng {unit}" if interval == "1" else EVERY.get((unit, interval), f"{interval} {unit} một lần")
    named = _days(days, months.split(",") if months else [])
    return f"{every}, {named}" if named else every


def _days(days: str, months: list[str]) -> str:
    """`ngày 15/12`, `ngày 20 các tháng 3, 6, 9, 12`, `tháng 10, 11, 12`."""
    day = "ngày cuối" if days == "-1" else f"ngày {days}" if days else ""
    if not months:
        return f"{day} tháng" if days == "-1" else day
    if day and len(months) == 1:
        return f"{day} tháng {months[0]}" if days == "-1" else f"{day}/{months[0]}"
    return f"{day} các tháng {', '.join(months)}" if day else f"tháng {', '.join(months)}"


SMALLER = 9 / 11
COLUMNS = (
    Column("STT", "No.", 5),
    Column("Số, ký hiệu văn bản", "Document number", 15, SMALLER),
    Column("Ngày ban hành", "Issued on", 11),
    Column("Cơ quan ban hành", "Issued by", 17, SMALLER),
    Column("Trích yếu", "Title", 32, SMALLER),
    Column("Nội dung nhiệm vụ", "Task", 52),
    Column("Cơ quan chủ trì", "Lead agency", 21),
    Column("Cơ quan phối hợp", "Partners", 21),
    Column("Thời hạn", "Due", 11),
    Column("Thời hạn (nguyên văn)", "Deadline as written", 17, SMALLER),
    Column("Định kỳ", "Recurs", 13),
    Column("Tình trạng", "State", 13),
    Column("Điều kiện", "Condition", 22, SMALLER, printed=False),
    Column("Độ tin cậy", "Confidence", 8, printed=False),
    Column("Nguồn", "Source", 26, SMALLER, printed=False),
    Column("Rà soát", "Read by", 12, printed=False),
)
DAYS, STATE_COLUMN = (2, 8), 11
STATE_WORDS: dict[State, dict[Language, str]] = {
    "overdue": {"vi": "quá hạn", "en": "overdue"},
    "running": {"vi": "trong hạn", "en": "running"},
    "pending": {"vi": "chưa đến hạn", "en": "not yet begun"},
    "open": {"vi": "không thời hạn", "en": "no deadline"},
}
READ_BY: dict[bool, dict[Language, str]] = {
    True: {"vi": "đã rà soát", "en": "reviewed"},
    False: {"vi": "máy đọc", "en": "machine"},
}
UNIT = {"YEARLY": "năm", "MONTHLY": "tháng", "WEEKLY": "tuần", "DAILY": "ngày", "HOURLY": "giờ"}
EVERY = {("tháng", "3"): "hằng quý"}
NUMBERS = re.compile(r"\d{1,3}(?:,\d{1,2})*")
SUMMARY_WORDS: dict[str, dict[Language, str]] = {
    "title": {"vi": "TỔNG HỢP TÌNH HÌNH THỰC HIỆN NHIỆM VỤ", "en": "SUMMARY OF THE TASK REGISTER"},
    "about": {
        "vi": "Tính đến ngày {day}: {tasks} nhiệm vụ trong {documents} văn bản ({reviewed} văn bản đã rà soát).",
        "en": "As of {day}: {tasks} tasks in {documents} documents ({reviewed} of them reviewed).",
    },
    "state": {"vi": "Tình trạng", "en": "State"},
    "count": {"vi": "Số nhiệm vụ", "en": "Tasks"},
    "total": {"vi": "Tổng cộng", "en": "Total"},
    "month": {"vi": "Thời hạn trong tháng", "en": "Due in month"},
    "before": {"vi": "Trước đó", "en": "Earlier"},
    "after": {"vi": "Sau đó", "en": "Later"},
    "agency": {"vi": "Cơ quan chủ trì", "en": "Lead agency"},
    "nobody": {"vi": "Chưa rõ cơ quan chủ trì", "en": "No lead agency named"},
    "by_state": {"vi": "Nhiệm vụ theo tình trạng", "en": "Tasks by state"},
    "by_month": {"vi": "Nhiệm vụ theo tháng đến hạn", "en": "Tasks by month due"},
    "by_agency": {"vi": "Các cơ quan chủ trì nhiều nhiệm vụ nhất", "en": "Lead agencies with most tasks"},
    "page": {"vi": "Trang", "en": "Page"},
}
SUMMARY_NOTES: dict[Language, tuple[str, ...]] = {
    "vi": (
        "Tình trạng chỉ xác định theo ngày, vì văn bản giao nhiệm vụ không cho biết kết quả thực hiện:",
        "- quá hạn: ngày cuối của thời hạn đã qua (chưa có báo cáo hoàn thành); trong hạn: đang trong thời hạn;",
        "- chưa đến hạn: thời gian thực hiện chưa bắt đầu; không thời hạn: văn bản không cho biết ngày cụ thể.",
        "Nhiệm vụ định kỳ lấy kỳ gần nhất sắp tới, trừ khi văn bản nêu năm kết thúc.",
        "Nhiệm vụ có nhiều mốc lấy mốc gần nhất chưa qua.",
        "Nhiệm vụ do nhiều cơ quan chủ trì được tính cho từng cơ quan.",
    ),
    "en": (
        "States follow from dates alone, because the documents do not tell what has been done:",
        "- overdue: the last day is past (no report of completion is known); running: within its time;",
        "- not yet begun: its time begins later; no deadline: the document gives no day.",
        "A recurring task counts with its next day, unless the document says when it ends.",
        "A task with several deadlines counts with the nearest that is not past.",
        "A task that several agencies lead counts for each of them.",
    ),
}
