"""Plans for the tests of exports: one read from a text, one made by hand of everything that could break a format."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from pipeline.dataset.rows import TABLES, DeadlineRow, DocumentRow, TaskDeadlineRow, TaskRow
from pipeline.export.columns import columns_of
from pipeline.export.tables import Tables
from pipeline.extract import extract_document
from pipeline.results import Result
from pipeline.store import document_file, encode, write_whole
from schemas import (
    Agency,
    Budget,
    BudgetLine,
    Citation,
    Deadline,
    Metadata,
    PlanDocument,
    Section,
    Source,
    SourceSpan,
    Span,
    Table,
    Task,
)
from tests.conftest import ROOT

DECREE = """ỦY BAN NHÂN DÂN TỈNH HÀ NAM

Số: 7/QĐ-UBND

Hà Nam, ngày 02 tháng 3 năm 2020

QUYẾT ĐỊNH

Về việc ban hành Kế hoạch trồng cây năm 2020

Căn cứ Nghị định số 40/2019/NĐ-CP ngày 13/5/2019 của Chính phủ;

QUYẾT ĐỊNH:

Điều 1. Nhiệm vụ

1. Sở Xây dựng:

a) Chủ trì rà soát quy hoạch cây xanh, hoàn thành trước ngày 30/6/2020.

b) Chọn cây giống.

c) Trồng cây.

d) Chăm sóc cây.

đ) Báo cáo kết quả theo Nghị định số 40/2019/NĐ-CP.

2. Sở Tài chính bố trí kinh phí.

Điều 2. Quyết định này có hiệu lực kể từ ngày ký.

Nơi nhận:
- Như Điều 1;
- Lưu: VT.

KT. CHỦ TỊCH
PHÓ CHỦ TỊCH

Lê Văn An

PHỤ LỤC

DANH MỤC CÂY TRỒNG

| STT | Loài | Số lượng |
| 1 | Phượng vĩ | 100 |
| 2 | Bằng lăng | 50 |
"""
ANYWHERE = Span(0, 1)
HOSTILE = "=cmd|' /C calc'!A0\x0b; a,b\\n\x07 𝓚ế <script>alert(1)</script> ]]> & \ufffe"


@cache
def small_plan() -> Result:
    """The plan of `tests/texts/small-plan.txt` as kehoach reads it."""
    data = (ROOT / "tests" / "texts" / "small-plan.txt").read_bytes()
    return Result("a/small-plan.json", extract_document(data, path="a/small-plan.txt"))


@cache
def decree() -> Result:
    """A decision with articles, clauses, points and an annex."""
    return Result("decree.json", extract_document(DECREE.encode(), path="decree.txt"), reviewed=True)


def hostile_plan() -> Result:
    """A plan in whose every text stands what some format could take for a command."""
    text = f"Kế hoạch 𝓚\n\n1. {HOSTILE}\n\n| {HOSTILE} | 2 |\n\nSở ../../Y tế"
    start = text.index("=cmd")
    task_span = Span(start, start + len(HOSTILE))
    lead_start = text.index("Sở ..")
    lead = Agency(
        id="vn.ha-nam. so\x02-y-te",
        name="../../Sở Y tế\x00: CON/" + "rất " * 80 + "dài",
        surface="Sở ../../Y tế",
        level="province",
        span=Span(lead_start, len(text)),
    )
    places = (SourceSpan(start=3, end=9, page=2, box=(72, 100.5, 300, 120)),)
    return Result(
        "b/xấu.json",
        PlanDocument(
            id="kh-ffff",
            source=Source(path="b/xấu.pdf", sha256="f" * 64, media_type="application/pdf", encoding=None, bytes=9),
            text=text,
            metadata=Metadata(
                doc_type="KH\x01", number="@1/KH\x00", title=HOSTILE, issued_on=date(2019, 5, 6), issuer=lead
            ),
            sections=(
                Section(
                    id="section-1", span=Span(text.index("1."), text.index("\n\n|")), label="1", path=("1",),
                    title=None, level=1, parent_id=None,
                ),
            ),
            tasks=(
                Task(
                    id="task-1", span=task_span, source_spans=places, text=HOSTILE, section_id="section-1",
                    leads=(lead,), deadline_ids=("deadline-1",), condition=HOSTILE, rule="r",
                ),
            ),
            deadlines=(a_deadline("by", end=date(2019, 12, 31), span=task_span, surface=HOSTILE),),
            budgets=(
                Budget(
                    id="budget-1", span=task_span, caption=HOSTILE, unit=None, multiplier=1,
                    lines=(
                        BudgetLine(
                            label=HOSTILE, period=None, amount_raw="-5", amount_vnd=-5, span=Span(start, start + 1)
                        ),
                    ),
                ),
            ),
            tables=(
                Table(
                    id="table-1", span=Span(text.index("| ="), text.index("\n\nSở")), caption=HOSTILE,
                    header=(HOSTILE, "Số"), rows=((HOSTILE, "2"),),
                ),
            ),
            citations=(
                Citation(
                    id="citation-1", span=task_span, doc_type="NĐ", number="1/\x00 <x>", surface=HOSTILE,
                    spans=(Span(start, start + 4), Span(start + 7, start + 9)),
                ),
            ),
        ),
    )  # fmt: skip


def a_deadline(kind: Any, *, span: Span = ANYWHERE, surface: str = "…", **fields: Any) -> Deadline:
    """A deadline with the given fields, its `due` as the contract wants it."""
    due = fields.pop("due", fields.get("end") if kind in {"by", "during"} else None)
    return Deadline(id="deadline-1", span=span, surface=surface, kind=kind, due=due, **fields)


def results(directory: Path, plans: Iterable[Result]) -> Path:
    """A results directory that holds the *plans*, the reviewed ones below `reviewed/`."""
    for each in plans:
        target = document_file(directory, each.name)
        if each.reviewed:
            target = directory / "reviewed" / each.name
        write_whole(target, encode(each.document))
    return directory


def some_tables(plans: Iterable[Result]) -> Tables:
    """Documents, tasks and deadlines of *plans* as rows; the other tables are empty."""
    rows: dict[str, list[tuple[Any, ...]]] = {name: [] for name in TABLES}
    for each in plans:
        document = each.document
        metadata = document.metadata
        rows["documents"].append(
            _row(
                DocumentRow, document_id=document.id, path=document.source.path, result=each.name,
                reviewed=each.reviewed, media_type=document.source.media_type, sha256=document.source.sha256,
                bytes=document.source.bytes, characters=len(document.text), doc_type=metadata.doc_type,
                number=metadata.number, title=metadata.title, issued_on=metadata.issued_on,
                recipients=list(metadata.recipients), tasks=len(document.tasks),
            )
        )  # fmt: skip
        for position, task in enumerate(document.tasks, 1):
            rows["tasks"].append(
                _row(
                    TaskRow, document_id=document.id, task_id=task.id, position=position, text=task.text,
                    leads=[lead.name for lead in task.leads], partners=[each.name for each in task.partners],
                    condition=task.condition, confidence=task.confidence,
                )
            )  # fmt: skip
            rows["task_deadlines"] += [TaskDeadlineRow(document.id, task.id, found) for found in task.deadline_ids]
        for deadline in document.deadlines:
            rows["deadlines"].append(
                _row(
                    DeadlineRow, document_id=document.id, deadline_id=deadline.id, surface=deadline.surface,
                    kind=deadline.kind, start=deadline.start, end=deadline.end, due=deadline.due,
                )
            )  # fmt: skip
    return rows


def _row(row: Any, **values: Any) -> tuple[Any, ...]:
    """A row with what is not given left empty, as its type wants it."""
    empty: dict[str, Any] = {"string": "", "integer": 0, "number": 0.0, "boolean": False, "list": [], "grid": []}
    table = next(name for name, found in TABLES.items() if found is row)
    made = {column.name: None if column.optional else empty.get(column.kind) for column in columns_of(table)}
    found: tuple[Any, ...] = row(**{**made, **values})
    return found
