"""Find the measures of one target: "đến hết năm 2026, tối thiểu 30% hộ dân" is `>= 30 %` by 2026-12-31.

The caller gives the deadlines of the same text and the period of the heading above it, so that this module never reads
a date itself; the figures inside a deadline are hidden before the others are read.
"""

from __future__ import annotations

from collections.abc import Sequence

from extractors.targets.figures import find_figures
from extractors.targets.horizons import horizons
from extractors.targets.periods import period_of_each
from extractors.targets.relations import Figure
from extractors.targets.years import bare_years, parted, tells_the_level, told_in_turn
from schemas import Deadline, Measure, Span


def find_measures(text: str, *, deadlines: Sequence[Deadline] = (), period: Deadline | None = None) -> list[Measure]:
    """Every measured figure of *text*, the text of one target, in reading order.

    *deadlines* are the mentions found in the same text (their spans point into it), *period* is the one that a heading
    above the target gives.

    >>> [str(m) for m in find_measures("Tối thiểu 40% trạm y tế có bác sĩ, tập huấn 05 lớp")]
    ['>= 40 %', '= 5 lớp']
    """
    deadlines = [*deadlines, *horizons(text, deadlines)]
    binding = [deadline for deadline in deadlines if not tells_the_level(text, deadline)]
    figures = find_figures(_without_dates(text, deadlines))
    said = [Span(figure.number.start, figure.span.end) for figure in figures]
    binding = [part for deadline in binding for part in parted(text, deadline, said)]
    periods = period_of_each(text, said, binding, period, bare_years(text, deadlines))
    in_turn = told_in_turn(text, said)
    periods = [in_turn.get(index) or _ending(bounds, period) for index, bounds in enumerate(periods)]
    return [_measure(text, figure, bounds) for figure, bounds in zip(figures, periods, strict=True)]


def _ending(bounds: Deadline | None, period: Deadline | None) -> Deadline | None:
    """What begins after a year ends with the *period* of the heading: `Sau năm 2030, …` in a vision until 2045."""
    if bounds is None or bounds.rule != "after-year" or period is None or period.end is None:
        return bounds
    later = bounds.start is not None and bounds.start <= period.end
    return bounds.model_copy(update={"end": period.end}) if later else bounds


def _measure(text: str, figure: Figure, period: Deadline | None) -> Measure:
    return Measure(
        value=figure.value,
        value_max=figure.value_max,
        denominator=figure.denominator,
        unit=figure.unit,
        comparator=figure.comparator,
        start=period.start if period and period.kind != "by" else None,
        end=period.end if period else None,
        raw=text[figure.span.start : figure.span.end],
        span=figure.span,
        rule=figure.rule,
    )


def _without_dates(text: str, deadlines: Sequence[Deadline]) -> str:
    """*text* with NULs in place of each deadline, so that all offsets stay."""
    pieces: list[str] = []
    position = 0
    for start, end in sorted(d.span for d in deadlines if d.kind != "conditional"):
        if start >= position:
            pieces += text[position:start], "\0" * (end - start)
            position = end
    return "".join((*pieces, text[position:]))
