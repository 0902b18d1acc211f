"""Confidence: how likely a careful reader finds a record right, for reviewers to look at the doubtful ones first.

    with_confidence(document) -> the same document, `confidence` on every record and on every lead, partner and deadline

A task's confidence is that all its fields are right together; docs/accuracy.md shows how often that held.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pipeline.confidence.features import Features
from pipeline.confidence.model import Weights, probability, weights
from schemas import Agency, PlanDocument, Task

__all__ = ["Features", "with_confidence"]


def with_confidence(document: PlanDocument, fitted: Mapping[str, Weights] | None = None) -> PlanDocument:
    """*document* with its confidences, by the weights of the package or by those *fitted* elsewhere."""
    return _Scale(document, fitted if fitted is not None else weights()).document()


class _Scale:
    def __init__(self, document: PlanDocument, fitted: Mapping[str, Weights]) -> None:
        self.features = Features(document)
        self.source = document
        self.weights = fitted
        self.known: dict[tuple[str, frozenset[str]], float] = {}  # most records look like others

    def document(self) -> PlanDocument:
        source, features = self.source, self.features
        plain = {
            kind: tuple(
                record.model_copy(update={"confidence": self._of(kind, features.of_record(record))})
                for record in getattr(source, kind)
            )
            for kind in ("budgets", "tables", "repairs")
        }
        return source.model_copy(
            update={
                "tasks": tuple(map(self._task, source.tasks)),
                "sections": tuple(
                    s.model_copy(update={"confidence": self._of("sections", features.of_section(s))})
                    for s in source.sections
                ),
                "targets": tuple(
                    t.model_copy(update={"confidence": self._of("targets", features.of_target(t))})
                    for t in source.targets
                ),
                "deadlines": tuple(
                    d.model_copy(update={"confidence": self._of("deadlines", features.of_deadline(d))})
                    for d in source.deadlines
                ),
                "citations": tuple(
                    c.model_copy(update={"confidence": self._of("citations", features.of_citation(c))})
                    for c in source.citations
                ),
                **plain,
            }
        )

    def _task(self, task: Task) -> Task:
        return task.model_copy(
            update={
                "confidence": self._of("tasks", self.features.of_task(task)),
                "leads": self._agencies(task, task.leads, "lead"),
                "partners": self._agencies(task, task.partners, "partner"),
            }
        )

    def _agencies(self, task: Task, agencies: tuple[Agency, ...], role: str) -> tuple[Agency, ...]:
        return tuple(
            a.model_copy(update={"confidence": self._of(f"{role}s", self.features.of_role(a, task, role))})
            for a in agencies
        )

    def _of(self, kind: str, features: Iterable[str]) -> float:
        key = kind, frozenset(features)
        if key not in self.known:
            self.known[key] = probability(self.weights.get(kind, {}), key[1])
        return self.known[key]
