"""What the commands say of a review: what was applied, what no longer fits, how far two reviewers agree."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.review.agreement import FieldAgreement
from pipeline.review.log import in_words
from pipeline.review.results import Applied


def applied_in_words(found: Sequence[Applied]) -> Iterator[str]:
    """One line a document, one more for each decision that was not applied, and the sum."""
    for each in found:
        if each.problem:
            yield f"{each.name}: not corrected: {each.problem}"
        else:
            yield f"{each.name}: {_counted(each.applied, 'decision')} applied" + (
                f", {len(each.unfit)} no longer fit" if each.unfit else ""
            )
        for unfit in each.unfit:
            yield f"  no longer fits: {in_words(unfit.decision)}: {unfit.reason}"
        for damaged in each.damaged:
            yield f"  left out: {damaged}"
    applied = _counted(sum(each.applied for each in found), "decision")
    lost = sum(len(each.unfit) for each in found)
    yield f"Reviewed: {_counted(len(found), 'document')}, {applied} applied, {lost} no longer fit"


def agreement_in_words(fields: Sequence[FieldAgreement]) -> Iterator[str]:
    """A table: field, how many both judged, F1, kappa; a dash where a figure is not defined."""
    yield f"{'field':12} {'judged':>7} {'same':>7} {'F1':>7} {'kappa':>7}"
    for each in fields:
        yield f"{each.field:12} {each.judged:7} {each.same:7} {_figure(each.f1):>7} {_figure(each.kappa):>7}"


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _figure(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"
