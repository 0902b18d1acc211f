"""From documents to marks, one document at a time.

    gather(read_results(out)).charts["deadlines"][("Sở Y tế tỉnh Quảng Ngãi", "2016-10-01")].count -> 3

A task is drawn at the last day on which it may be done; a recurring one has none and is left out of charts of dates.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from extractors.agencies.registry import province_of
from pipeline.dataset.folding import plain
from pipeline.dataset.funding import funding, written_year
from pipeline.pictures.marks import Marks, Shown
from pipeline.plain_words import grouped
from pipeline.register.term import Bound
from pipeline.results import Result
from schemas import Measure, PlanDocument, Record, Task

LONGEST_TEXT = 320
CHARTS = ("deadlines", "months", "budgets", "targets", "provinces", "types", "years", "diagnostics")


class About(NamedTuple):
    """A document as the page names it."""

    id: str
    number: str
    title: str
    issuer: str
    issued_on: str
    path: str
    reviewed: bool


class Counts(NamedTuple):
    """How many records of each kind there are, and how many tasks have a day."""

    tasks: int = 0
    dated: int = 0
    targets: int = 0
    budgets: int = 0
    diagnostics: int = 0


class Gathered(NamedTuple):
    """All that the page shows; `lists` are all records of a single document."""

    documents: list[About]
    charts: dict[str, Marks]
    counts: Counts
    lists: dict[str, list[Shown]]


def gather(results: Iterable[Result], *, whole: bool = False) -> Gathered:
    """The marks of all charts over *results*; with *whole* every record is kept for listing."""
    charts = {name: Marks() for name in CHARTS}
    documents: list[About] = []
    lists: dict[str, list[Shown]] = {"tasks": [], "targets": [], "budgets": [], "diagnostics": []}
    totals = [0, 0, 0, 0, 0]
    for result in results:
        documents.append(_about(result))
        found = _Document(result.document, len(documents) - 1, charts)
        for name, records in found.add_all().items():
            if whole:
                lists[name] += records
        for index, count in enumerate(found.counts()):
            totals[index] += count
    return Gathered(documents, charts, Counts(*totals), lists)


def due_day(deadlines: Iterable[Bound]) -> date | None:
    """The latest day of the deadlines that do not recur."""
    days = (found.due or found.end for found in deadlines if found.kind != "recurring")
    return max((day for day in days if day), default=None)


class _Document:
    """One document on its way into the marks."""

    def __init__(self, document: PlanDocument, number: int, charts: dict[str, Marks]) -> None:
        self.document, self.number, self.charts = document, number, charts
        self.deadlines = {deadline.id: deadline for deadline in document.deadlines}
        self.dated = 0

    def counts(self) -> tuple[int, ...]:
        document = self.document
        return (
            len(document.tasks),
            self.dated,
            len(document.targets),
            len(document.budgets),
            len(document.diagnostics),
        )

    def add_all(self) -> dict[str, list[Shown]]:
        """Add every record; returns them by kind."""
        self._add_coverage()
        return {
            "tasks": [self._add_task(task) for task in self.document.tasks],
            "targets": self._add_targets(),
            "budgets": self._add_budgets(),
            "diagnostics": self._add_diagnostics(),
        }

    def _add_coverage(self) -> None:
        metadata = self.document.metadata
        shown = Shown("document", self.number, short(metadata.title or ""), "", "", "")
        province = province_of(metadata.issuer.id) if metadata.issuer else None
        issuer = metadata.issuer.level if metadata.issuer else ""
        self.charts["provinces"].add((province or ("central" if issuer == "central" else ""),), shown)
        self.charts["types"].add((metadata.doc_type or "",), shown)
        self.charts["years"].add((str(metadata.issued_on.year) if metadata.issued_on else "",), shown)

    def _add_task(self, task: Task) -> Shown:
        deadlines = [self.deadlines[name] for name in task.deadline_ids if name in self.deadlines]
        when = "; ".join(dict.fromkeys(found.surface for found in deadlines))
        due = due_day(deadlines)
        leads = list(dict.fromkeys(agency.name for agency in task.leads))
        shown = self._shown("task", task, task.text, who="; ".join(leads), when=f"{when} → {due}" if due else when)
        if due:
            self.dated += 1
            self.charts["months"].add((str(due.year), str(due.month)), shown)
            quarter = date(due.year, 3 * ((due.month - 1) // 3) + 1, 1)
            for lead in leads or [""]:
                self.charts["deadlines"].add((lead, quarter.isoformat()), shown)
        return shown

    def _add_targets(self) -> list[Shown]:
        found = []
        for target in self.document.targets:
            raw = "; ".join(measure.raw for measure in target.measures)
            found.append(self._shown("target", target, target.text, when=raw))
            for measure in target.measures:
                self._add_measure(target.indicator, measure, target, target.text)
        return found

    def _add_measure(self, indicator: str | None, measure: Measure, record: Record, text: str) -> None:
        year = (measure.end or measure.start or date.min).year
        name = _indicator(indicator or "")
        if name and year > 1 and measure.denominator is None:
            shown = self._shown("target", record, text, when=measure.raw)
            key = (name, measure.unit or "", str(self.number), str(year), str(measure.value), indicator or "")
            self.charts["targets"].add(key, shown)

    def _add_budgets(self) -> list[Shown]:
        found = []
        for budget in self.document.budgets:
            for line in budget.lines:
                when = f"{line.period + ': ' if line.period else ''}{grouped(line.amount_vnd)} đồng"
                found.append(self._shown("budget", budget, line.label, who=short(budget.caption or ""), when=when))
            for source, line in funding(budget):
                when = f"{line.period + ': ' if line.period else ''}{grouped(line.amount_vnd)} đồng"
                shown = self._shown("budget", budget, line.label, who=short(budget.caption or ""), when=when)
                self.charts["budgets"].add((source, str(written_year(line) or "")), shown, amount=line.amount_vnd)
        return found

    def _add_diagnostics(self) -> list[Shown]:
        found = []
        for diagnostic in self.document.diagnostics:
            place = diagnostic.source_spans[0] if diagnostic.source_spans else None
            said = _place(place.line if place else None, place.page if place else None)
            shown = Shown("diagnostic", self.number, short(diagnostic.message), "", diagnostic.severity, said)
            self.charts["diagnostics"].add((diagnostic.code, diagnostic.severity), shown)
            found.append(shown)
        return found

    def _shown(self, kind: str, record: Record, text: str, *, who: str = "", when: str = "") -> Shown:
        place = record.source_spans[0] if record.source_spans else None
        said = _place(place.line if place else None, place.page if place else None)
        return Shown(kind, self.number, short(text), short(who), short(when), said)


def short(text: str) -> str:
    """*text* on one line, cut to what a list can show."""
    flat = " ".join(text.split())
    return flat if len(flat) <= LONGEST_TEXT else f"{flat[: LONGEST_TEXT - 1]}…"


def _indicator(text: str) -> str:
    """An indicator in one spelling, to bring those of several plans together."""
    return " ".join(plain(text).replace("ti le", "ty le").strip(" .,;:-").split())


def _place(line: int | None, page: int | None) -> str:
    """`l12` or `p3`; the page puts it into words."""
    return f"p{page}" if page else f"l{line}" if line else ""


def _about(result: Result) -> About:
    metadata = result.document.metadata
    return About(
        id=result.document.id,
        number=metadata.number or "",
        title=short(metadata.title or metadata.annexed_title or ""),
        issuer=metadata.issuer.name if metadata.issuer else "",
        issued_on=metadata.issued_on.isoformat() if metadata.issued_on else "",
        path=result.document.source.path,
        reviewed=result.reviewed,
    )
