"""Decisions for tests, about the plan of `tests/texts/small-plan.txt`."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from pipeline.extract import extract_document
from pipeline.review.anchoring import anchor_at, reference
from pipeline.review.decisions import Anchor, Change, Decision
from schemas import PlanDocument
from tests.conftest import ROOT
from tests.exported_plan import small_plan

NAME = "a/small-plan.json"
AT = datetime(2026, 3, 1, 8, 30, tzinfo=UTC)


def plan() -> PlanDocument:
    return small_plan().document


def changed_plan(*replacements: tuple[str, str]) -> PlanDocument:
    """The same plan, read again after its source was changed."""
    source = (ROOT / "tests" / "texts" / "small-plan.txt").read_text(encoding="utf-8")
    for old, new in replacements:
        assert old in source
        source = source.replace(old, new)
    return extract_document(source.encode(), path="a/small-plan.txt")


def decide(action: str, *, by: str = "An", **fields: Any) -> Decision:
    return Decision.model_validate({"at": AT, "by": by, "document": NAME, "action": action, **fields})


def about(action: str, record_id: str, **fields: Any) -> Decision:
    """A decision about a record of the plan, by its id."""
    kind: Any = record_id.split("-")[0]
    record = next(each for each in getattr(plan(), f"{kind}s") if each.id == record_id)
    return decide(action, record=reference(plan().text, kind, record), **fields)


def edit(record_id: str, **new: Any) -> Decision:
    return about("edit", record_id, changes=[Change(field=field, new=value) for field, value in new.items()])


def anchor(words: str) -> Anchor:
    at = plan().text.index(words)
    return anchor_at(plan().text, (at, at + len(words)))
