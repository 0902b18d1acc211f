"""The rows of one document: what its JSON nests, as the flat tables of the dataset.

    rows_of(document, result="plans/kh-1242.json", reviewed=False)["tasks"][0].due_on

Which document a citation names is known only when all documents are there, so `cited_document_id` is left empty here
and filled in by `pipeline.dataset.store`; the table `agencies` is counted over all documents.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from statistics import fmean
from typing import Any, NamedTuple

from extractors.agencies.registry import province_of
from extractors.word_segmentation import segment_words
from pipeline.dataset.agencies import agency_now, province_now
from pipeline.dataset.funding import funding, source_of, written_year
from pipeline.dataset.links import implemented
from pipeline.dataset.rows import (
    BudgetLineRow,
    BudgetRow,
    CitationRow,
    DeadlineRow,
    DiagnosticRow,
    DocumentRow,
    MeasureRow,
    RepairRow,
    SectionRow,
    TableRow,
    TargetRow,
    TaskAgencyRow,
    TaskDeadlineRow,
    TaskRow,
)
from schemas import Agency, Deadline, PlanDocument, SourceSpan, Span, Task


def rows_of(document: PlanDocument, *, result: str, reviewed: bool) -> dict[str, list[NamedTuple]]:
    """The rows of every table but `agencies`, in document order.

    *result* is the JSON's own path below `documents/`, or below `reviewed/` where a person has corrected it. Targets
    get their `words` where the tasks have theirs: then the run was asked for them.
    """
    return {"documents": [_document(document, result, reviewed)], **{name: [*of(document)] for name, of in OF.items()}}


def _document(document: PlanDocument, result: str, reviewed: bool) -> DocumentRow:
    source, metadata = document.source, document.metadata
    issuer = metadata.issuer
    province = province_of(issuer.id) if issuer else None
    sure = [task.confidence for task in document.tasks if task.confidence is not None]
    return DocumentRow(
        document_id=document.id,
        path=source.path,
        other_paths=[],
        result=result,
        reviewed=reviewed,
        media_type=source.media_type,
        sha256=source.sha256,
        bytes=source.bytes,
        characters=len(document.text),
        doc_type=metadata.doc_type,
        number=metadata.number,
        title=metadata.title,
        annexed_title=metadata.annexed_title,
        issuer_id=issuer.id if issuer else None,
        issuer=issuer.name if issuer else None,
        province=province,
        province_now=province_now(province) if province else None,
        place=metadata.place,
        issued_on=metadata.issued_on,
        year=metadata.issued_on.year if metadata.issued_on else None,
        effective_on=metadata.effective_on,
        signers=[signer.name for signer in metadata.signers],
        recipients=list(metadata.recipients),
        **{kind: len(getattr(document, kind)) for kind in COUNTED},
        warnings=sum(found.severity != "info" for found in document.diagnostics),
        failed_checks=sum(not check.ok for budget in document.budgets for check in budget.checks),
        lowest_confidence=min(sure, default=None),
        mean_confidence=round(fmean(sure), 4) if sure else None,
        issuer_level=issuer.level if issuer else None,
    )


def _sections(document: PlanDocument) -> Iterable[SectionRow]:
    for position, section in enumerate(document.sections, 1):
        yield SectionRow(
            document.id,
            section.id,
            position,
            section.parent_id,
            section.label,
            list(section.path),
            section.level,
            section.title,
            **_where(section.span, section.source_spans),
            rule=section.rule,
            confidence=section.confidence,
        )


def _tasks(document: PlanDocument) -> Iterable[TaskRow]:
    deadlines = {deadline.id: deadline for deadline in document.deadlines}
    paths = _section_paths(document)
    for position, task in enumerate(document.tasks, 1):
        bound = [deadlines[name] for name in task.deadline_ids if name in deadlines]
        starts_on, due_on = _period(bound)
        yield TaskRow(
            document.id,
            task.id,
            position,
            task.section_id,
            paths.get(task.section_id, []),
            task.text,
            task.search_text,
            [agency.name for agency in task.leads],
            [agency.name for agency in task.partners],
            task.condition,
            starts_on,
            due_on,
            next((found.recurrence for found in bound if found.recurrence), None),
            **_where(task.span, task.source_spans),
            rule=task.rule,
            confidence=task.confidence,
        )


def _task_agencies(document: PlanDocument) -> Iterable[TaskAgencyRow]:
    for task in document.tasks:
        for role, agencies in (("lead", task.leads), ("partner", task.partners)):
            for position, agency in enumerate(agencies, 1):
                yield _task_agency(document, task, role, position, agency)


def _task_agency(document: PlanDocument, task: Task, role: str, position: int, agency: Agency) -> TaskAgencyRow:
    return TaskAgencyRow(
        document.id,
        task.id,
        role,
        position,
        agency.id,
        agency_now(agency.id),
        agency.name,
        agency.surface,
        agency.level,
        agency.collective,
        agency.span.start if agency.span else None,
        agency.span.end if agency.span else None,
        agency.rule,
        agency.confidence,
    )


def _deadlines(document: PlanDocument) -> Iterable[DeadlineRow]:
    for found in document.deadlines:
        yield DeadlineRow(
            document.id,
            found.id,
            found.surface,
            found.kind,
            found.start,
            found.end,
            found.due,
            found.recurrence,
            found.offset,
            found.working_days,
            found.anchor,
            found.edtf,
            **_where(found.span, found.source_spans),
            rule=found.rule,
            confidence=found.confidence,
        )


def _task_deadlines(document: PlanDocument) -> Iterable[TaskDeadlineRow]:
    for task in document.tasks:
        for name in dict.fromkeys(task.deadline_ids):
            yield TaskDeadlineRow(document.id, task.id, name)


def _targets(document: PlanDocument) -> Iterable[TargetRow]:
    with_words = any(task.search_text is not None for task in document.tasks)
    paths = _section_paths(document)
    for position, target in enumerate(document.targets, 1):
        yield TargetRow(
            document.id,
            target.id,
            position,
            target.section_id,
            paths.get(target.section_id, []),
            target.text,
            segment_words(target.text) if with_words else None,
            target.indicator,
            len(target.measures),
            **_where(target.span, target.source_spans),
            rule=target.rule,
            confidence=target.confidence,
        )


def _measures(document: PlanDocument) -> Iterable[MeasureRow]:
    for target in document.targets:
        for position, measure in enumerate(target.measures, 1):
            yield MeasureRow(
                document.id,
                target.id,
                position,
                measure.value,
                measure.value_max,
                measure.denominator,
                measure.unit,
                measure.comparator,
                measure.start,
                measure.end,
                measure.raw,
            )


def _budgets(document: PlanDocument) -> Iterable[BudgetRow]:
    for budget in document.budgets:
        yield BudgetRow(
            document.id,
            budget.id,
            budget.section_id,
            budget.caption,
            budget.unit,
            budget.multiplier,
            len(budget.lines),
            len(budget.checks),
            sum(not check.ok for check in budget.checks),
            **_where(budget.span, budget.source_spans),
            rule=budget.rule,
            confidence=budget.confidence,
        )


def _budget_lines(document: PlanDocument) -> Iterable[BudgetLineRow]:
    for budget in document.budgets:
        counting = {id(line) for _, line in funding(budget)}
        for position, line in enumerate(budget.lines, 1):
            yield BudgetLineRow(
                document.id,
                budget.id,
                position,
                line.label,
                line.period,
                written_year(line),
                line.amount_raw,
                line.amount_vnd,
                line.is_total,
                source_of(line.label) or None,
                id(line) in counting,
                line.span.start if line.span else None,
                line.span.end if line.span else None,
            )


def _tables(document: PlanDocument) -> Iterable[TableRow]:
    for table in document.tables:
        yield TableRow(
            document.id,
            table.id,
            table.section_id,
            table.caption,
            list(table.header),
            [list(row) for row in table.rows],
            **_where(table.span, table.source_spans),
            confidence=table.confidence,
        )


def _citations(document: PlanDocument) -> Iterable[CitationRow]:
    metadata = document.metadata
    done = implemented(document)
    for citation in document.citations:
        issuer = citation.issuer
        yield CitationRow(
            document.id,
            citation.id,
            citation.doc_type,
            citation.number,
            citation.issued_on,
            issuer.id if issuer else None,
            issuer.name if issuer else None,
            citation.title,
            citation.surface,
            len(citation.spans),
            citation.id in metadata.legal_bases,
            citation.id in metadata.replaces,
            citation.id in done,
            None,
            **_where(citation.span, citation.source_spans),
            confidence=citation.confidence,
            issuer_level=issuer.level if issuer else None,
        )


def _repairs(document: PlanDocument) -> Iterable[RepairRow]:
    for repair in document.repairs:
        yield RepairRow(
            document.id,
            repair.id,
            repair.before,
            repair.after,
            **_where(repair.span, repair.source_spans),
            rule=repair.rule,
            confidence=repair.confidence,
        )


def _diagnostics(document: PlanDocument) -> Iterable[DiagnosticRow]:
    for found in document.diagnostics:
        yield DiagnosticRow(
            document.id,
            found.id,
            found.code,
            found.severity,
            found.message,
            **_where(found.span, found.source_spans),
        )


def _period(bound: Sequence[Deadline]) -> tuple[date | None, date | None]:
    """The earliest start and the latest last day of the deadlines of a task."""
    starts = [found.start for found in bound if found.start]
    ends = [found.due for found in bound if found.due]
    return min(starts, default=None), max(ends, default=None)


def _where(span: Span | None, sources: Sequence[SourceSpan]) -> dict[str, Any]:
    """The columns for the place in the text and the first place in the input."""
    first = sources[0] if sources else None
    return {
        "span_start": span.start if span else None,
        "span_end": span.end if span else None,
        "source_line": first.line if first else None,
        "source_page": first.page if first else None,
        "source_element": first.element if first else None,
    }


def _section_paths(document: PlanDocument) -> dict[str | None, list[str]]:
    return {section.id: list(section.path) for section in document.sections}


COUNTED = ("sections", "tasks", "targets", "deadlines", "budgets", "tables", "citations", "repairs")
OF: dict[str, Callable[[PlanDocument], Iterable[Any]]] = {
    "sections": _sections,
    "tasks": _tasks,
    "task_agencies": _task_agencies,
    "deadlines": _deadlines,
    "task_deadlines": _task_deadlines,
    "targets": _targets,
    "measures": _measures,
    "budgets": _budgets,
    "budget_lines": _budget_lines,
    "tables": _tables,
    "citations": _citations,
    "repairs": _repairs,
    "diagnostics": _diagnostics,
}
