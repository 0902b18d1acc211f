"""What must hold of a finished document, whatever its input was: `assert_sound(document, data)`.

Spans lie in the text and source spans in the input, a record's words are those at its span, references resolve, order
and values keep to the contract. Tests of the road and the fuzzer bring the inputs.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from pipeline.read.encoding import decode
from pipeline.store import encode
from schemas import Agency, PlanDocument, Record, Span

LISTS = ("sections", "tasks", "targets", "deadlines", "budgets", "tables", "citations", "repairs")


def assert_sound(document: PlanDocument, data: bytes) -> None:
    """Every property that a finished document has, whatever its input *data* was."""
    assert PlanDocument.model_validate_json(encode(document)) == document
    assert_places(document, data)
    assert_words(document)
    assert_references(document)
    assert_order(document)
    assert_values(document)


def records(document: PlanDocument) -> Iterator[Record]:
    """Every record of every kind."""
    for kind in LISTS:
        yield from getattr(document, kind)


def agencies(document: PlanDocument) -> Iterator[Agency]:
    """Every agency that a record names."""
    for task in document.tasks:
        yield from (*task.leads, *task.partners)
    yield from (citation.issuer for citation in document.citations if citation.issuer)


def assert_places(document: PlanDocument, data: bytes) -> None:
    """Spans lie in the text, source spans in the input."""
    decoded = decode(data)
    assert decoded is not None
    size, source_size = len(document.text), len(decoded.text)
    for record in records(document):
        assert 0 <= record.span.start < record.span.end <= size, record
        assert record.source_spans, record
        assert all(0 <= place.start < place.end <= source_size for place in record.source_spans), record
    for remark in document.diagnostics:
        assert remark.span is None or 0 <= remark.span.start <= remark.span.end <= size
        assert all(0 <= place.start <= place.end <= source_size for place in remark.source_spans)


def assert_words(document: PlanDocument) -> None:
    """A record's words are those at its span."""

    def at(span: Span) -> str:
        return document.text[span.start : span.end]

    for record in (*document.tasks, *document.targets):
        assert record.text == at(record.span)
        assert record.text.strip()
    for deadline in document.deadlines:
        assert deadline.surface == at(deadline.span)
    for citation in document.citations:
        assert citation.surface == at(citation.span)
        assert citation.span in citation.spans
        assert len(citation.source_spans) == len(citation.spans)
    for repair in document.repairs:
        assert repair.after == at(repair.span)
        assert repair.before != repair.after
    for agency in agencies(document):
        assert agency.span is None or agency.surface == at(agency.span)
    for target in document.targets:
        for measure in target.measures:
            assert measure.span is None or measure.raw in at(measure.span)
    for budget in document.budgets:
        for line in budget.lines:
            assert line.span is None or line.amount_raw in at(line.span)
    for section in document.sections:
        assert section.title is None or squeezed(section.title) in squeezed(at(section.span))
    for table in document.tables:
        inside = squeezed(at(table.span))
        assert all(squeezed(word) in inside for row in table.rows for cell in row for word in cell.split())


def assert_references(document: PlanDocument) -> None:
    """Ids are unique, and every reference resolves to a record of its kind."""
    ids = [record.id for record in records(document)] + [remark.id for remark in document.diagnostics]
    assert all(ids)
    assert len(set(ids)) == len(ids)
    sections = {section.id: section for section in document.sections}
    deadlines = {deadline.id for deadline in document.deadlines}
    citations = {citation.id for citation in document.citations}
    for record in (*document.tasks, *document.targets, *document.budgets, *document.tables):
        assert record.section_id is None or record.section_id in sections
    for task in document.tasks:
        assert set(task.deadline_ids) <= deadlines
        assert len(set(task.deadline_ids)) == len(task.deadline_ids)
    for section in document.sections:
        above = sections[section.parent_id] if section.parent_id is not None else None
        assert section.path == (*(above.path if above else ()), section.label)
        assert section.level == len(section.path)
    assert set(document.metadata.legal_bases) | set(document.metadata.replaces) <= citations


def assert_order(document: PlanDocument) -> None:
    """Records stand in document order, and none stands twice."""
    for kind in LISTS:
        spans = [record.span for record in getattr(document, kind)]
        starts = [span.start for span in spans]
        assert starts == sorted(starts), kind
        if kind in {"tasks", "targets", "repairs", "tables"}:
            assert all(before.end <= after.start for before, after in pairwise(spans)), kind
    for citation in document.citations:
        assert list(citation.spans) == sorted(citation.spans)


def assert_values(document: PlanDocument) -> None:
    """Values keep to the contract."""
    for table in document.tables:
        assert all(len(row) == len(table.header) for row in table.rows)
    for deadline in document.deadlines:
        assert deadline.start is None or deadline.end is None or deadline.start <= deadline.end
        assert deadline.kind != "by" or deadline.start is None
        assert deadline.kind != "from" or deadline.end is None
        assert deadline.due is None or isinstance(deadline.due, date)
    for task in document.tasks:
        names = [agency.name for agency in task.leads]
        assert len(set(names)) == len(names)
        assert task.condition is None or task.condition.strip()


def squeezed(text: str) -> str:
    """Letters and digits only, so that marks and joins of cells and lines make no difference."""
    return "".join(filter(str.isalnum, text))
