"""Deadlines: kehoach against dateparser's `search_dates` and timexy, over the project's own table of cases.

Right, for kehoach: exactly the normal forms of the table. Right for the others, who only know days: as many finds as
the table has, each with a day that starts or ends the one expected, or the day that stands in `trước ngày …` itself; or
nothing where nothing is to be found. What no day can say (`hằng năm`, `15 ngày sau khi …`) counts among all cases, and
is left out of `dated`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

from benchmarks.peers import Answered, Peer, compare
from extractors.deadlines import find_deadlines
from tests.case_table import Case, read_cases


def compare_deadlines(repetitions: int, *, dated: bool) -> list[Answered]:
    """The rows of the comparison, over all cases or over those that days can say."""
    cases = [case for case in read_cases("deadlines") if not dated or all(map(_days, case.expected))]
    megabytes = sum(len(case.text.encode()) for case in cases) / 1e6
    return compare(
        PEERS, cases, right=_right, asked=len(cases), megabytes=megabytes, repetitions=repetitions
    )  # fmt: skip


def _right(case: object, answer: object) -> float:
    assert isinstance(case, Case)
    if not isinstance(answer, list):
        return 0.0
    if answer and isinstance(answer[0], str):
        return float(tuple(answer) == case.expected)
    wanted = [_days(form) for form in case.expected]
    return float(
        len(wanted) == len(answer) and all(day in days for day, days in zip(answer, wanted, strict=True))
    )  # fmt: skip


def _days(form: str) -> set[date]:
    """The days that a point in time may name for an expected form; empty when no day can."""
    found = {date.fromisoformat(day) for day in re.findall(r"\d{4}-\d\d-\d\d", form)}
    if not re.match(r"(?:by|during|from) ", form) or not found:
        return set()
    return found | {max(found) + timedelta(days=1)} if form.startswith("by ") else found


def _issued(case: Case) -> date | None:
    issued = case.context.get("issued")
    return date.fromisoformat(issued) if issued else None


def _ours() -> Callable[[Case], list[str]]:
    def answer(case: Case) -> list[str]:
        year = case.context.get("plan_year")
        return [str(d) for d in find_deadlines(case.text, issued=_issued(case), plan_year=int(year) if year else None)]

    return answer


def _dateparser() -> Callable[[Case], list[date]]:
    from dateparser.search import search_dates

    def answer(case: Case) -> list[date]:
        base = datetime.combine(_issued(case) or date(2025, 1, 1), datetime.min.time())
        found = search_dates(case.text, languages=["vi"], settings={"RELATIVE_BASE": base, "DATE_ORDER": "DMY"})
        return [moment.date() for _, moment in found or []]

    return answer


def _timexy() -> Callable[[Case], list[date]]:
    import spacy
    import timexy  # noqa: F401  (registers its component)

    nlp = spacy.blank("en")
    nlp.add_pipe("timexy", config={"kb_id_type": "timestamp", "label": "timexy", "overwrite": False})

    def answer(case: Case) -> list[date]:
        return [
            datetime.fromtimestamp(float(span.kb_id_), tz=UTC).date() for span in nlp(case.text).ents if span.kb_id_
        ]

    return answer


PEERS = (
    Peer("kehoach", _ours),
    Peer("dateparser search_dates", _dateparser, "dateparser"),
    Peer("timexy", _timexy, "timexy", note="has no Vietnamese; its English rules, which read figures"),
)
