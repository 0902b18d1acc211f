"""Small documents for the tests of the dataset, each made for what a test asks."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

from pipeline.dataset.manifest import REVIEWED
from pipeline.store import DOCUMENTS, document_file, encode, write_whole
from schemas import (
    Agency,
    Budget,
    BudgetCheck,
    BudgetLine,
    Citation,
    Deadline,
    Measure,
    Metadata,
    PlanDocument,
    Section,
    Source,
    SourceSpan,
    Span,
    Target,
    Task,
)

HEALTH = Agency(id="vn.quang-nam.so-y-te", name="Sở Y tế tỉnh Quảng Nam", surface="Sở Y tế", level="province")
INFORMATION = Agency(
    id="vn.quang-nam.so-thong-tin-va-truyen-thong",
    name="Sở Thông tin và Truyền thông tỉnh Quảng Nam",
    surface="Sở TT&TT",
    level="province",
)
COMMUNES = Agency(
    id="vn.quang-nam.uy-ban-nhan-dan-cac-xa",
    name="Ủy ban nhân dân các xã",
    surface="UBND các xã",
    level="commune",
    collective=True,
)
PROVINCE = Agency(
    id="vn.quang-nam.uy-ban-nhan-dan",
    name="Ủy ban nhân dân tỉnh Quảng Nam",
    surface="UBND TỈNH QUẢNG NAM",
    level="province",
)
GOVERNMENT = Agency(id="vn.chinh-phu", name="Chính phủ", surface="Chính phủ", level="central")


def a_plan(name: str = "ke-hoach-1", **changes: object) -> PlanDocument:
    """A plan with one of each: its id and path come from *name*."""
    digest = hashlib.sha256(name.encode()).hexdigest()
    text = "Triển khai chữ ký số tại các cơ sở y tế, hoàn thành trước ngày 01/7/2016."
    values: dict[str, object] = {
        "id": f"kh-{digest[:16]}",
        "source": Source(path=f"{name}.txt", sha256=digest, media_type="text/plain", encoding="utf-8", bytes=99),
        "text": f"KẾ HOẠCH\n{text}",
        "metadata": Metadata(
            doc_type="KH",
            number="12/KH-UBND",
            title="Ứng dụng công nghệ thông tin",
            issuer=PROVINCE,
            issued_on=date(2016, 3, 22),
            replaces=("citation-2",),
        ),
        "sections": (
            Section(id="section-1", span=Span(9, 83), label="II", path=("II",), title=None, level=1, parent_id=None),
        ),
        "tasks": (a_task(text),),
        "deadlines": (
            Deadline(
                id="deadline-1",
                span=Span(50, 82),
                surface="trước ngày 01/7/2016",
                kind="by",
                end=date(2016, 6, 30),
                due=date(2016, 6, 30),
            ),
            Deadline(id="deadline-2", span=Span(1, 2), surface="hằng năm", kind="recurring", recurrence="FREQ=YEARLY"),
        ),
        "targets": (
            Target(
                id="target-1",
                span=Span(9, 40),
                text="50% dịch vụ công trực tuyến",
                section_id="section-1",
                indicator="dịch vụ công trực tuyến",
                measures=(Measure(value=50, unit="%", comparator=">=", end=date(2016, 12, 31), raw="50%"),),
            ),
        ),
        "budgets": (
            Budget(
                id="budget-1",
                span=Span(9, 40),
                caption="KINH PHÍ",
                unit="triệu đồng",
                multiplier=1_000_000,
                lines=(
                    BudgetLine(label="Ngân sách tỉnh", period="2016", amount_raw="5.000.000", amount_vnd=5 * 10**12),
                    BudgetLine(label="=cmd|'/c calc'!A1", period=None, amount_raw="1", amount_vnd=10**6),
                    BudgetLine(label="Tổng", period="2016", amount_raw="5", amount_vnd=5, is_total=True),
                ),
                checks=(BudgetCheck(relation="row_sum", label="Tổng", ok=False, expected=1, found=2),),
            ),
        ),
        "citations": (
            Citation(
                id="citation-1",
                span=Span(0, 3),
                doc_type="NQ",
                number="36a/NQ-CP",
                issued_on=date(2015, 10, 14),
                issuer=GOVERNMENT,
                surface="Nghị quyết số 36a/NQ-CP",
                spans=(Span(0, 3), Span(4, 5)),
            ),
            Citation(
                id="citation-2", span=Span(5, 8), doc_type="KH", number="3/KH-UBND", surface="Kế hoạch số 3/KH-UBND"
            ),
        ),
    }
    return PlanDocument.model_validate(values | changes)


def a_task(text: str, **changes: object) -> Task:
    """A task of the health department, with the information department and the communes, at line 7 of its input."""
    values: dict[str, object] = {
        "id": "task-1",
        "span": Span(9, 9 + len(text)),
        "source_spans": (SourceSpan(start=9, end=20, line=7),),
        "text": text,
        "section_id": "section-1",
        "leads": (HEALTH,),
        "partners": (INFORMATION, COMMUNES),
        "deadline_ids": ("deadline-1", "deadline-2"),
        "confidence": 0.9,
    }
    return Task.model_validate(values | changes)


def put(out: Path, document: PlanDocument, *, reviewed: bool = False) -> Path:
    """Write *document* where a run, or a review, would put it."""
    name = document.source.path.removesuffix(".txt") + ".json"
    file = out / REVIEWED / name if reviewed else document_file(out, name)
    assert DOCUMENTS == "documents"
    write_whole(file, encode(document))
    return file
