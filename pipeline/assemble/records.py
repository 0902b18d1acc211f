"""Drafts become records: ids, places in the input, references by id.

Ids are the kind and the ordinal in document order (`task-12`), so that the same document always gives the same ids.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence

from pipeline.assemble.drafts import TargetDraft, TaskDraft
from pipeline.assemble.facts import Facts
from pipeline.assemble.reading import Reading
from pipeline.mapped_text import MappedText
from pipeline.outline import Grid
from pipeline.plain_words import check_in_words
from pipeline.read.anchors import Anchors
from schemas import (
    Budget,
    Citation,
    Deadline,
    Diagnostic,
    Metadata,
    PlanDocument,
    Repair,
    Section,
    Source,
    SourceSpan,
    Span,
    Table,
    Target,
    Task,
)


class Recorder:
    """Makes the records of one document; knows the way from the cleaned text back to the input."""

    def __init__(self, text: MappedText, source: Source, anchors: Anchors) -> None:
        self.text = text
        self.anchors = anchors
        self.source = source

    def document(
        self,
        *,
        reading: Reading,
        facts: Facts,
        tasks: Sequence[TaskDraft],
        targets: Sequence[TargetDraft],
        budgets: Sequence[tuple[Budget, int | None]],
        tables: Sequence[Grid],
        repairs: Iterable[Repair],
        diagnostics: Iterable[Diagnostic],
    ) -> PlanDocument:
        """The whole document from its parts."""
        deadlines = self.deadlines(reading, tasks)
        by_key = {_key(deadline): deadline.id for deadline in deadlines}
        citations = self.citations(facts)
        numbered_budgets = self.budgets(budgets)
        return PlanDocument(
            id=f"kh-{self.source.sha256[:16]}",
            source=self.source,
            text=self.text.text,
            metadata=_metadata(facts, citations),
            sections=self.sections(reading),
            tasks=tuple(self.task(n, draft, reading, by_key) for n, draft in enumerate(tasks, 1)),
            targets=tuple(self.target(n, draft, reading) for n, draft in enumerate(targets, 1)),
            deadlines=deadlines,
            budgets=numbered_budgets,
            tables=tuple(self.table(n, grid) for n, grid in enumerate(tables, 1)),
            citations=citations,
            repairs=tuple(
                r.model_copy(update={"id": f"repair-{n}", "source_spans": self.places(r.span)})
                for n, r in enumerate(sorted(repairs, key=lambda repair: repair.span), 1)
            ),
            diagnostics=tuple(
                d.model_copy(
                    update={"id": f"diagnostic-{n}", "source_spans": self.places(d.span) if d.span else d.source_spans}
                )
                for n, d in enumerate([*diagnostics, *_remarks(deadlines, numbered_budgets)], 1)
            ),
        )

    def places(self, span: Span) -> tuple[SourceSpan, ...]:
        """Where *span* of the cleaned text stands in the input."""
        return self.anchors.source_spans(*self.text.source_span(span.start, span.end))

    def sections(self, reading: Reading) -> tuple[Section, ...]:
        """The outline's sections as records."""
        return tuple(
            Section(
                id=section_id(n) or "",
                span=section.extent,
                source_spans=self.places(section.extent),
                rule="outline",
                label=section.label,
                path=section.path,
                title=section.title,
                level=section.level,
                parent_id=section_id(section.parent),
            )
            for n, section in enumerate(reading.outline.sections)
        )

    def deadlines(self, reading: Reading, tasks: Sequence[TaskDraft]) -> tuple[Deadline, ...]:
        """Every deadline of the body and of the tasks, each mention once, in document order."""
        cells = {span for grid in reading.outline.grids for row in grid.rows for c in row for span in c.paragraphs}
        in_tables = sorted(cells)
        found = {_key(d): d for d in reading.deadlines if not _within_any(d.span, in_tables)}
        for task in tasks:
            for deadline in task.deadlines:
                found.setdefault(_key(deadline), deadline)
        kept = _without_covered(sorted(found.values(), key=lambda d: (d.span, str(d))))
        return tuple(
            d.model_copy(update={"id": f"deadline-{n}", "source_spans": self.places(d.span)})
            for n, d in enumerate(kept, 1)
        )

    def task(self, number: int, draft: TaskDraft, reading: Reading, ids: Mapping[tuple[object, ...], str]) -> Task:
        """One task record."""
        return Task(
            id=f"task-{number}",
            span=draft.span,
            source_spans=self.places(draft.span),
            rule=draft.rule,
            text=reading.slice(draft.span),
            section_id=section_id(draft.section),
            leads=draft.leads,
            partners=draft.partners,
            deadline_ids=tuple(ids[_key(d)] for d in draft.deadlines if _key(d) in ids),
            condition=draft.condition,
        )

    def target(self, number: int, draft: TargetDraft, reading: Reading) -> Target:
        """One target record."""
        return Target(
            id=f"target-{number}",
            span=draft.span,
            source_spans=self.places(draft.span),
            rule=draft.rule,
            text=reading.slice(draft.span),
            section_id=section_id(draft.section),
            indicator=draft.indicator,
            measures=draft.measures,
        )

    def budgets(self, budgets: Sequence[tuple[Budget, int | None]]) -> tuple[Budget, ...]:
        """Budget records in document order."""
        return tuple(
            budget.model_copy(
                update={
                    "id": f"budget-{n}",
                    "source_spans": self.places(budget.span),
                    "section_id": section_id(section),
                }
            )
            for n, (budget, section) in enumerate(budgets, 1)
        )

    def table(self, number: int, grid: Grid) -> Table:
        """One table record."""
        return Table(
            id=f"table-{number}",
            span=grid.span,
            source_spans=self.places(grid.span),
            rule="table",
            caption=grid.caption,
            header=tuple(_one_line(cell.text) for cell in grid.header),
            rows=tuple(tuple(_one_line(cell.text) for cell in row) for row in grid.rows),
            section_id=section_id(grid.section),
        )

    def citations(self, facts: Facts) -> tuple[Citation, ...]:
        """Citation records; `source_spans` lead to every mention."""
        return tuple(
            citation.model_copy(
                update={
                    "id": f"citation-{n}",
                    "source_spans": tuple(place for span in citation.spans for place in self.places(span)),
                }
            )
            for n, citation in enumerate(facts.citations, 1)
        )


def section_id(index: int | None) -> str | None:
    """The id of the outline's section number *index*."""
    return None if index is None else f"section-{index + 1}"


def _metadata(facts: Facts, citations: Sequence[Citation]) -> Metadata:
    findings = facts.findings
    return Metadata(
        doc_type=findings.doc_type,
        number=findings.number,
        title=findings.title,
        annexed_title=findings.annexed_title,
        issuer=facts.issuer,
        place=findings.place,
        issued_on=findings.issued_on,
        effective_on=findings.effective_on,
        signers=tuple(findings.signers),
        legal_bases=tuple(citations[i].id for i in facts.legal_bases),
        recipients=tuple(findings.recipients),
        replaces=tuple(citations[i].id for i in facts.replaces),
    )


def _remarks(deadlines: Iterable[Deadline], budgets: Iterable[Budget]) -> Iterable[Diagnostic]:
    """What the records themselves tell a reviewer to look at."""
    for deadline in deadlines:
        if deadline.kind in {"by", "during", "from"} and deadline.start is None and deadline.end is None:
            message = f"“{deadline.surface}” names no year, and the document does not fix one."
            yield Diagnostic(code="interval-without-year", severity="warning", message=message, span=deadline.span)
    for budget in budgets:
        for check in budget.checks:
            if not check.ok:
                message = f"The {check_in_words(check)}."
                yield Diagnostic(code="budget-sum", severity="warning", message=message, span=budget.span)


def _key(deadline: Deadline) -> tuple[object, ...]:
    return (deadline.span, str(deadline))


def _without_covered(deadlines: Sequence[Deadline]) -> list[Deadline]:
    """Drop a mention that lies strictly inside another one: the longer reading is the more careful one."""
    spans = sorted({d.span for d in deadlines}, key=lambda span: (span.start, -span.end))
    covered: set[Span] = set()
    reach = -1
    for span in spans:
        if span.end <= reach:
            covered.add(span)
        reach = max(reach, span.end)
    return [d for d in deadlines if d.span not in covered]


def _within_any(span: Span, places: Sequence[Span]) -> bool:
    at = bisect_right(places, (span.start, 1 << 60)) - 1
    return at >= 0 and places[at].start <= span.start and span.end <= places[at].end


def _one_line(text: str) -> str:
    return " ".join(text.split())
