"""Tables whose rows are tasks: activity, lead agency, partners, time, product.

`TT | Nội dung/nhiệm vụ | Cơ quan chủ trì | Cơ quan phối hợp | Thời gian thực hiện`. A schedule (`Năm | Nội dung thực
hiện`) is one too: its year binds every activity of the row, and each paragraph of its activity cell is a task.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from extractors.conditions import find_condition
from extractors.deadlines import read_year_bracket, says_until_when
from pipeline.assemble.attribute_values import lead_and_partner, stated_deadlines, turns_to_partners
from pipeline.assemble.drafts import Attributes, TaskDraft, bind_deadlines, bound, union
from pipeline.assemble.reading import Reading, shifted_deadline
from pipeline.attribute_labels import BINDING, attribute_kind
from pipeline.outline import Cell, Grid
from schemas import Deadline, Span

FEWEST_WORDS = 3


@dataclass(frozen=True, slots=True)
class TaskColumns:
    """Which columns of a table mean what; `leads` and `partners` may be the same column (`Chủ trì/phối hợp`).

    `due` are the columns of `times` that say until when (`Thời hạn hoàn thành`): a bare day in them is the last one.
    `answerable` are columns of whoever answers for the work, beside one of those who lead: they count where that one is
    empty. `periods` are columns of the month or the year that the `times` of the row lie in (`Tháng` beside `Ngày`).
    """

    activity: int
    leads: tuple[int, ...]
    partners: tuple[int, ...]
    times: tuple[int, ...]
    due: frozenset[int] = frozenset()
    answerable: tuple[int, ...] = ()
    periods: tuple[int, ...] = ()


def task_columns(header: Sequence[str]) -> TaskColumns | None:
    """The columns of a table of tasks, or None when its header is another table's.

    >>> task_columns(["TT", "Nội dung", "Chủ trì", "Thời hạn"])
    TaskColumns(activity=1, leads=(2,), partners=(), times=(3,), due=frozenset({3}), answerable=(), periods=())
    """
    kinds = [_column_kind(head) for head in header]
    activities = [i for i, kind in enumerate(kinds) if kind == "activity"] or _unnamed_activity(header, kinds)
    leads = tuple(i for i, kind in enumerate(kinds) if kind in {"lead", "lead-and-partner"})
    chairing = tuple(i for i in leads if "chủ trì" in header[i].lower())
    leads, answerable = (chairing, tuple(i for i in leads if i not in chairing)) if chairing else (leads, ())
    partners = tuple(i for i, kind in enumerate(kinds) if kind in {"partner", "lead-and-partner"})
    times, periods = _time_columns(header, kinds)
    if not activities or not (leads or times) or any(_PROCEDURE.search(head.lower()) for head in header):
        return None
    due = frozenset(i for i in times if says_until_when(header[i]))
    return TaskColumns(activities[0], leads, partners, times, due, answerable, periods)


def table_tasks(reading: Reading, grid: Grid, columns: TaskColumns) -> Iterator[TaskDraft]:
    """A draft for each activity of *grid*; group rows and empty rows give none.

    An activity whose cell spans rows is one task, bound by the cells of them all.
    """
    schedule = not columns.leads
    if schedule and reading.normative:
        return
    given: dict[int, Attributes] = {}
    for _, spanned in groupby(grid.rows, key=lambda row: id(row[columns.activity])):
        rows = list(spanned)
        activity = rows[0][columns.activity]
        if len(activity.text.split(maxsplit=FEWEST_WORDS)) < FEWEST_WORDS or _is_group_row(rows[0], columns):
            continue
        attributes = Attributes()
        for row in rows:
            attributes = attributes.merged(_row_attributes(reading, row, columns, given))
        for span in _activities(reading, activity, schedule=schedule):
            draft = _draft(reading, grid, span, attributes, rule="schedule-row" if schedule else "task-table-row")
            if columns.leads and not draft.partners:
                draft = replace(draft, partners=reading.roles(span).partners)
            yield draft


def _draft(reading: Reading, grid: Grid, span: Span, attributes: Attributes, *, rule: str) -> TaskDraft:
    text = reading.slice(span)
    bracket = tuple(shifted_deadline(deadline, span.start) for deadline in read_year_bracket(text))
    own = bracket or tuple(reading.deadlines.within(span))
    if attributes.deadlines and not bracket:
        own = tuple(d for d in own if d.span.start == span.start or not _HORIZON.match(d.surface))
    condition = find_condition(text, own)
    if not attributes.leads and not attributes.partners:
        roles = reading.roles(span)
        return bound(TaskDraft(span, grid.section, rule, roles.leads, roles.partners, own, condition), attributes)
    return TaskDraft(
        span,
        grid.section,
        rule,
        attributes.leads or reading.roles(span).leads,
        attributes.partners,
        bind_deadlines(own, attributes.deadlines) if bracket else union(own, attributes.deadlines),
        condition or next((d.anchor for d in attributes.deadlines if d.kind == "conditional"), None),
    )


def _row_attributes(
    reading: Reading, row: Sequence[Cell], columns: TaskColumns, known: dict[int, Attributes]
) -> Attributes:
    """What the cells of *row* give; a cell that spans rows is read once."""
    found, coarse = Attributes(), Attributes()
    for column in columns.periods:
        coarse = coarse.merged(_cell_attributes(reading, row[column], column, columns))
    period = next((d for d in coarse.deadlines if d.start and d.end), None)
    for column in sorted({*columns.leads, *columns.partners, *columns.times}):
        cell = row[column]
        if id(cell) not in known:
            known[id(cell)] = _cell_attributes(reading, cell, column, columns, period)
        found = found.merged(known[id(cell)])
    if not any(deadline.start or deadline.end for deadline in found.deadlines):
        found = found.merged(coarse)
    for column in columns.answerable if not any(row[at].text for at in columns.leads) else ():
        if row[column].paragraphs:
            found = found.merged(_cell_attributes(reading, row[column], column, columns))
    return found


def _cell_attributes(
    reading: Reading, cell: Cell, column: int, columns: TaskColumns, period: Deadline | None = None
) -> Attributes:
    if not cell.paragraphs:
        return Attributes()
    whole = Span(cell.paragraphs[0].start, cell.paragraphs[-1].end)
    if column in columns.times or column in columns.periods:
        return Attributes(deadlines=_times_within(reading, whole, period, due=column in columns.due))
    if column in columns.leads and (column in columns.partners or turns_to_partners(reading.slice(whole))):
        return lead_and_partner(reading, whole)
    agencies = reading.declared_agencies(whole)
    return Attributes(partners=agencies) if column in columns.partners else Attributes(leads=agencies)


def _times_within(reading: Reading, cell: Span, period: Deadline | None, *, due: bool) -> tuple[Deadline, ...]:
    """The times of *cell*, in the year that lets them touch the *period* of their row.

    In a row of `12/2026` the cell `23/12–06/01` goes over into 2027, in one of `01/2027` it begins in 2026.
    """
    if period is None or period.start is None or period.end is None:
        return stated_deadlines(reading, cell, due=due)
    for year in (period.start.year, period.start.year + 1):
        times = stated_deadlines(reading, cell, due=due, year=year)
        days = [day for time in times for day in (time.start, time.end) if day is not None]
        if any(period.start <= day <= period.end for day in days):
            return times
    return stated_deadlines(reading, cell, due=due, year=period.start.year)


def _activities(reading: Reading, cell: Cell, *, schedule: bool) -> Iterator[Span]:
    """The whole cell, or in a schedule each of its sentences that fills paragraphs of its own."""
    start = None
    for paragraph, following in zip(cell.paragraphs, [*cell.paragraphs[1:], None], strict=True):
        start = paragraph.start if start is None else start
        ends = reading.slice(paragraph).endswith((".", ";", ")")) and following is not None
        if following is None or (schedule and ends and _OPENS.match(reading.slice(following))):
            bullet = _BULLET.match(reading.slice(Span(start, paragraph.end)))
            yield Span(start + (bullet.end() if bullet else 0), paragraph.end)
            start = None


def _is_group_row(row: Sequence[Cell], columns: TaskColumns) -> bool:
    """A heading inside the table: nothing stands beside its text but perhaps a number."""
    others = [cell.text for i, cell in enumerate(row) if i > columns.activity]
    return bool(others) and not any(others)


def _unnamed_activity(header: Sequence[str], kinds: Sequence[str | None]) -> list[int]:
    """The column of what is done under a head of its own (`Tên văn bản`), where others tell who leads and who helps."""
    assigns = any(
        kind and kind.startswith("lead") and "chủ trì" in head.lower() for head, kind in zip(header, kinds, strict=True)
    )
    if not assigns or not {"partner", "lead-and-partner", "time"}.intersection(kinds):
        return []
    return [i for i, kind in enumerate(kinds) if kind is None and not _NO_ACTIVITY.match(header[i].lower().strip())][:1]


def _time_columns(header: Sequence[str], kinds: Sequence[str | None]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The columns that say when, and those of the months or years beside them (`Tháng | Thời gian | Nội dung`)."""
    heads = [" ".join(head.lower().split()) for head in header]
    coarse = tuple(i for i, head in enumerate(heads) if _YEAR_COLUMN.fullmatch(head) or _MONTH_COLUMN.fullmatch(head))
    fine = tuple(
        i for i, kind in enumerate(kinds) if i not in coarse and (kind == "time" or (coarse and heads[i] == "ngày"))
    )
    if fine:
        return fine, coarse
    return tuple(i for i, kind in enumerate(kinds) if kind == "time"), ()


def _column_kind(head: str) -> str | None:
    below = _BELOW_GROUP.search(head)  # `Thực hiện Đơn vị phối hợp`: the head of one of several columns of a group
    if below is not None and (kind := attribute_kind(head[below.end() :])) in BINDING:
        return kind
    folded = " ".join(head.lower().split())
    if _ACTIVITY.match(folded):
        return "activity"
    if _YEAR_COLUMN.fullmatch(folded):
        return "time"
    if _RECEIVES.match(folded):
        return None
    kind = attribute_kind(folded)
    return kind or next((kind for kind, pattern in _COLUMNS if pattern.search(folded)), None)


_BELOW_GROUP = re.compile(r"^.* (?=(?:Cơ quan|Đơn vị|Chủ trì|Phối hợp|Thời gian|Thời hạn|Tiến độ)\b)")
_ACTIVITY = re.compile(
    r"tên (?:dự án|đề tài|mô hình|chương trình)\b"
    r"|(?:tên |các |danh mục (?:các )?|nội dung,? )?(?:nhiệm vụ|nội dung|công việc|hoạt động|giải pháp|đầu việc"
    r"|tên đề án|chương trình, đề án|đề án|công tác|việc)(?!.*(?:kinh phí|chi(?! tiết))\b)"
)
_NO_ACTIVITY = re.compile(
    r"$|s ?tt\b|tt\b|t\.t|số|mã|mức|ghi chú|kết quả|sản phẩm|dự kiến|kinh phí|nguồn|tổng|đơn vị|cấp|hình thức|lãnh đạo"
    r"|loại|lĩnh vực|chỉ tiêu|địa|căn cứ|năm|quý|nhóm"
)
_BULLET = re.compile(r"[-–+•*] ?(?=\w)")
# Steps of an administrative procedure have doers and times, too, but nobody plans them.
_PROCEDURE = re.compile(r"\bbước\b|^trình tự|^(?:thành phần )?hồ sơ|biểu mẫu")
_RECEIVES = re.compile(r"cấp (?:có thẩm quyền|trình|ban hành|phê duyệt|quyết định|thông qua)")
# The years of what a row is about, where its cell says when: `Xây dựng Đề án phát triển thủy sản đến năm 2030`.
_HORIZON = re.compile(r"(?i)(?:giai đoạn|thời kỳ|đến năm) ")
_MONTH_COLUMN = re.compile(r"tháng(?: ?[/,-] ?năm)?|quý")
_YEAR_COLUMN = re.compile(r"năm(?: thực hiện)?")
_COLUMNS = (
    ("lead-and-partner", re.compile(r"chủ trì.*phối hợp")),
    ("partner", re.compile(r"phối hợp")),
    (
        "lead",
        re.compile(r"chủ trì|(?:cơ quan|đơn vị) (?:thực hiện|tham mưu|chịu trách nhiệm|được giao|đầu mối)|phân công"),
    ),
    ("time", re.compile(r"thời gian|thời hạn|tiến độ|hoàn thành|lộ trình")),
)
_OPENS = re.compile(r"[A-ZÀ-ỸĐ]")
