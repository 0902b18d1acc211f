"""The rows of the dataset's tables: each class is a table, each field a column, each annotation what the column says.

    DeadlineRow("kh-0f3a", "deadline-4", "trước ngày 30/6/2022", "by", None, date(2022, 6, 29), …)

`docs/dataset.md` is made from these classes. A record's own id (`task-12`) is unique in its document only, so every key
begins with `document_id`. Places in the source are three columns rather than a list: the first place of the record is
where a reader wants to begin.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, NamedTuple

Document = Annotated[str, "the document: `documents.document_id`"]
Section = Annotated[str | None, "the section that it stands in: `sections.section_id`; null outside of sections"]
Start = Annotated[int, "where it begins in the document's `text`, in code points"]
End = Annotated[int, "where it ends there (exclusive)"]
Line = Annotated[int | None, "line of the input where it begins, for a text"]
Page = Annotated[int | None, "page of the input where it begins, for a PDF or a scan"]
Element = Annotated[str | None, "XPath of its element, for a web page or a Word file"]
Sure = Annotated[float | None, "how likely a careful reader finds it right, 0 to 1"]
Rule = Annotated[str | None, "the rule that found it"]


class DocumentRow(NamedTuple):
    """One document, from one input file (the reviewed reading where there is one)."""

    document_id: Annotated[str, "key; the same for the same bytes"]
    path: Annotated[str, "the input, relative to the input directory"]
    other_paths: Annotated[list[str], "further inputs with the same bytes"]
    result: Annotated[str, "its JSON, relative to `documents/` or `reviewed/`"]
    reviewed: Annotated[bool, "whether a person has corrected it: read from `reviewed/`"]
    media_type: Annotated[str, "media type of the input"]
    sha256: Annotated[str, "hash of the input's bytes"]
    bytes: Annotated[int, "size of the input"]
    characters: Annotated[int, "length of the cleaned text in code points"]
    doc_type: Annotated[str | None, "abbreviation of the type: `KH`, `QĐ`, `CT`, `NEWS`, …"]
    number: Annotated[str | None, "number and symbol: `1242/KH-UBND`"]
    title: Annotated[str | None, "title without the type word"]
    annexed_title: Annotated[str | None, "title of the plan that a decision issues as an attachment"]
    issuer_id: Annotated[str | None, "issuing agency: `agencies.agency_id`"]
    issuer: Annotated[str | None, "its full name"]
    province: Annotated[str | None, "province of the issuer as it was then: `quang-ngai`; null for a central one"]
    province_now: Annotated[str | None, "the province that it belongs to since the mergers of 2025"]
    place: Annotated[str | None, "place of issue"]
    issued_on: Annotated[date | None, "date of issue"]
    year: Annotated[int | None, "its year"]
    effective_on: Annotated[date | None, "date on which it takes effect"]
    signers: Annotated[list[str], "names of the signers"]
    recipients: Annotated[list[str], "recipients (nơi nhận)"]
    sections: Annotated[int, "how many sections"]
    tasks: Annotated[int, "how many tasks"]
    targets: Annotated[int, "how many targets"]
    deadlines: Annotated[int, "how many deadlines"]
    budgets: Annotated[int, "how many budgets"]
    tables: Annotated[int, "how many other tables"]
    citations: Annotated[int, "how many cited documents"]
    repairs: Annotated[int, "how many restored words"]
    warnings: Annotated[int, "how many diagnostics of severity warning or error"]
    failed_checks: Annotated[int, "how many sums of its budgets do not come out"]
    lowest_confidence: Annotated[float | None, "the lowest confidence of its tasks"]
    mean_confidence: Annotated[float | None, "the mean confidence of its tasks"]
    issuer_level: Annotated[str | None, "level of the issuer, as in `task_agencies`"] = None


class SectionRow(NamedTuple):
    """One labelled unit (phần, chương, mục, điều, khoản, điểm, phụ lục)."""

    document_id: Document
    section_id: Annotated[str, "key in the document"]
    position: Annotated[int, "order in the document, from 1"]
    parent_id: Annotated[str | None, "the section above"]
    label: Annotated[str, "normalised label: `Điều 3`, `II`, `a`"]
    path: Annotated[list[str], "labels from the root"]
    level: Annotated[int, "depth, from 1"]
    title: Annotated[str | None, "heading; null for a plain item"]
    span_start: Start
    span_end: End
    source_line: Line
    source_page: Page
    source_element: Element
    rule: Rule
    confidence: Sure


class TaskRow(NamedTuple):
    """One directive to do something."""

    document_id: Document
    task_id: Annotated[str, "key in the document"]
    position: Annotated[int, "order in the document, from 1"]
    section_id: Section
    section_path: Annotated[list[str], "labels of that section from the root"]
    text: Annotated[str, "the whole block, without bullet or label"]
    words: Annotated[str | None, "its words as full-text search wants them (`phối_hợp với sở y_tế`)"]
    leads: Annotated[list[str], "names of the lead agencies; the rows are in `task_agencies`"]
    partners: Annotated[list[str], "names of the coordinating agencies"]
    condition: Annotated[str | None, "the event that it waits for"]
    starts_on: Annotated[date | None, "the earliest start of its deadlines"]
    due_on: Annotated[date | None, "the last day on which it may still be done: the latest `due` of its deadlines"]
    recurrence: Annotated[str | None, "RFC 5545 rule of its first recurring deadline"]
    span_start: Start
    span_end: End
    source_line: Line
    source_page: Page
    source_element: Element
    rule: Rule
    confidence: Sure


class TaskAgencyRow(NamedTuple):
    """One lead or partner of a task."""

    document_id: Document
    task_id: Annotated[str, "the task: `tasks.task_id`"]
    role: Annotated[str, "`lead` or `partner`"]
    position: Annotated[int, "order in its role, from 1"]
    agency_id: Annotated[str, "`agencies.agency_id`"]
    agency_now_id: Annotated[str, "the agency that does its work today: itself, or its last successor"]
    name: Annotated[str, "full name"]
    surface: Annotated[str, "as written"]
    level: Annotated[str, "`central`, `province`, `district`, `commune`, `party`, `union`, `enterprise`, `other`"]
    collective: Annotated[bool, "whether it is a group (`các sở, ban, ngành`)"]
    span_start: Annotated[int | None, "where it begins in the document's `text`"]
    span_end: Annotated[int | None, "where it ends there (exclusive)"]
    rule: Rule
    confidence: Sure


class DeadlineRow(NamedTuple):
    """One mention of a deadline."""

    document_id: Document
    deadline_id: Annotated[str, "key in the document"]
    surface: Annotated[str, "as written"]
    kind: Annotated[str, "`by`, `during`, `from`, `recurring`, `relative`, `conditional`, `ongoing`"]
    start: Annotated[date | None, "first day, inclusive"]
    end: Annotated[date | None, "last day, inclusive"]
    due: Annotated[date | None, "last day for sorting and calendars"]
    recurrence: Annotated[str | None, "RFC 5545 rule: `FREQ=YEARLY;BYMONTH=12`"]
    offset: Annotated[str | None, "ISO 8601 duration from the anchor: `P15D`"]
    working_days: Annotated[bool, "whether the duration counts working days"]
    anchor: Annotated[str | None, "text of the event that is waited for"]
    edtf: Annotated[str | None, "the same in Extended Date/Time Format level 1"]
    span_start: Start
    span_end: End
    source_line: Line
    source_page: Page
    source_element: Element
    rule: Rule
    confidence: Sure


class TaskDeadlineRow(NamedTuple):
    """Which deadline binds which task."""

    document_id: Document
    task_id: Annotated[str, "`tasks.task_id`"]
    deadline_id: Annotated[str, "`deadlines.deadline_id`"]


class TargetRow(NamedTuple):
    """One promised result."""

    document_id: Document
    target_id: Annotated[str, "key in the document"]
    position: Annotated[int, "order in the document, from 1"]
    section_id: Section
    section_path: Annotated[list[str], "labels of that section from the root"]
    text: Annotated[str, "the whole block"]
    words: Annotated[str | None, "its words as full-text search wants them"]
    indicator: Annotated[str | None, "what is measured, without value and period"]
    measures: Annotated[int, "how many figures it gives"]
    span_start: Start
    span_end: End
    source_line: Line
    source_page: Page
    source_element: Element
    rule: Rule
    confidence: Sure


class MeasureRow(NamedTuple):
    """One figure of a target."""

    document_id: Document
    target_id: Annotated[str, "`targets.target_id`"]
    position: Annotated[int, "order in the target, from 1"]
    value: Annotated[float, "the figure: 50 for `50 %`, 1 for `1/11`"]
    value_max: Annotated[float | None, "upper end of a range"]
    denominator: Annotated[float | None, "11 for `1/11`"]
    unit: Annotated[str | None, "unit as written; null for a bare count"]
    comparator: Annotated[str, "`=`, `>=`, `<=`, `~`"]
    start: Annotated[date | None, "first day of the period in which it must hold"]
    end: Annotated[date | None, "last day of it, or the day by which"]
    raw: Annotated[str, "as written"]


class BudgetRow(NamedTuple):
    """One budget table or funding statement."""

    document_id: Document
    budget_id: Annotated[str, "key in the document"]
    section_id: Section
    caption: Annotated[str | None, "title of the table"]
    unit: Annotated[str | None, "unit as written: `triệu đồng`"]
    multiplier: Annotated[int, "đồng in one unit"]
    lines: Annotated[int, "how many amounts"]
    checks: Annotated[int, "how many sums it implies"]
    failed_checks: Annotated[int, "how many of them do not come out"]
    span_start: Start
    span_end: End
    source_line: Line
    source_page: Page
    source_element: Element
    rule: Rule
    confidence: Sure


class BudgetLineRow(NamedTuple):
    """One amount of a budget."""

    document_id: Document
    budget_id: Annotated[str, "`budgets.budget_id`"]
    position: Annotated[int, "order in the budget, from 1"]
    label: Annotated[str, "label of the row: what the money is for, or its source"]
    period: Annotated[str | None, "year or period of the column as written"]
    year: Annotated[int | None, "the year, where the period or the label is one"]
    amount_raw: Annotated[str, "as written"]
    amount_vnd: Annotated[int, "in đồng"]
    is_total: Annotated[bool, "whether its row or column is headed as a sum of others"]
    source: Annotated[
        str | None, "where the money comes from, by the label: `central`, `local`, `state`, `loans`, `private`"
    ]
    counts: Annotated[bool, "whether it belongs into sums: money that nested tables say more than once counts once"]
    span_start: Annotated[int | None, "where it begins in the document's `text`"]
    span_end: Annotated[int | None, "where it ends there (exclusive)"]


class TableRow(NamedTuple):
    """Any other table of a document."""

    document_id: Document
    table_id: Annotated[str, "key in the document"]
    section_id: Section
    caption: Annotated[str | None, "title"]
    header: Annotated[list[str], "heads of its columns"]
    cells: Annotated[list[list[str]], "its rows, each as long as the header"]
    span_start: Start
    span_end: End
    source_line: Line
    source_page: Page
    source_element: Element
    confidence: Sure


class CitationRow(NamedTuple):
    """One other legal document that a document names."""

    document_id: Document
    citation_id: Annotated[str, "key in the document"]
    doc_type: Annotated[str, "abbreviation of the type"]
    number: Annotated[str | None, "number and symbol"]
    issued_on: Annotated[date | None, "date of issue as cited"]
    issuer_id: Annotated[str | None, "`agencies.agency_id`"]
    issuer: Annotated[str | None, "issuing agency as cited, in full"]
    title: Annotated[str | None, "title as cited"]
    surface: Annotated[str, "as written at the first mention"]
    mentions: Annotated[int, "how often it is named"]
    is_legal_basis: Annotated[bool, "whether the document rests on it (căn cứ)"]
    is_replaced: Annotated[bool, "whether the document replaces or repeals it"]
    is_implemented: Annotated[bool, "whether the document says that it implements it (thực hiện, triển khai)"]
    cited_document_id: Annotated[str | None, "the cited document in this dataset: `documents.document_id`"]
    span_start: Start
    span_end: End
    source_line: Line
    source_page: Page
    source_element: Element
    confidence: Sure
    issuer_level: Annotated[str | None, "level of the issuer, as in `task_agencies`"] = None


class AgencyRow(NamedTuple):
    """One agency that a document of the dataset names as issuer, lead, partner or issuer of a cited document."""

    agency_id: Annotated[str, "key: `vn.quang-ngai.so-y-te`"]
    name: Annotated[str, "full name; of several, the one used most"]
    level: Annotated[str, "as in `task_agencies`"]
    province: Annotated[str | None, "its province: `quang-ngai`"]
    province_now: Annotated[str | None, "that province since the mergers of 2025"]
    collective: Annotated[bool, "whether it is a group"]
    known: Annotated[bool, "whether the registry knows it; others are known by the form of their names"]
    valid_to: Annotated[date | None, "the last day on which it existed, where it was merged or renamed"]
    agency_now_id: Annotated[str, "the agency that does its work today: itself, or its last successor"]
    name_now: Annotated[str | None, "full name of that one, where it is known"] = None


class RepairRow(NamedTuple):
    """One word that scanning or scraping spoiled and that was restored."""

    document_id: Document
    repair_id: Annotated[str, "key in the document"]
    before: Annotated[str, "as the input has it"]
    after: Annotated[str, "as restored"]
    span_start: Start
    span_end: End
    source_line: Line
    source_page: Page
    source_element: Element
    rule: Rule
    confidence: Sure


class DiagnosticRow(NamedTuple):
    """One remark for a reviewer."""

    document_id: Document
    diagnostic_id: Annotated[str, "key in the document"]
    code: Annotated[str, "stable code"]
    severity: Annotated[str, "`info`, `warning`, `error`"]
    message: Annotated[str, "for a person"]
    span_start: Annotated[int | None, "where it begins in the document's `text`"]
    span_end: Annotated[int | None, "where it ends there (exclusive)"]
    source_line: Line
    source_page: Page
    source_element: Element


TABLES: dict[str, type] = {
    "documents": DocumentRow,
    "sections": SectionRow,
    "tasks": TaskRow,
    "task_agencies": TaskAgencyRow,
    "deadlines": DeadlineRow,
    "task_deadlines": TaskDeadlineRow,
    "targets": TargetRow,
    "measures": MeasureRow,
    "budgets": BudgetRow,
    "budget_lines": BudgetLineRow,
    "tables": TableRow,
    "citations": CitationRow,
    "agencies": AgencyRow,
    "repairs": RepairRow,
    "diagnostics": DiagnosticRow,
}
