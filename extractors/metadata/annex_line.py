"""Number and date of a document that only its own annexes tell: `(Ban hành kèm theo Nghị quyết số 31/NQ-HĐND ngày …)`.

For dumps that lost the head, and heads whose number is blank or cannot be read. The line must name the document's own
type: a plan that is issued with a decision names the decision's number, which is not the plan's.
"""

from __future__ import annotations

import re
from datetime import date

import re2

from extractors.document_types import type_codes_by_symbol
from extractors.metadata.head import number_at, type_at
from extractors.metadata.title import Part
from extractors.written_dates import DATE, date_of
from schemas import Span


def number_and_date_of_annexes(text: str, doc_type: str | None) -> tuple[Part | None, date | None]:
    """What the first annex line about a document of *doc_type* says; None for what it leaves out.

    >>> line = "(Kèm theo Nghị quyết số 31NQ-HĐND ngày 9 tháng 12 năm 2031 của HĐND tỉnh)"
    >>> number, day = number_and_date_of_annexes(line, "NQ")
    >>> number.value, str(day)
    ('31/NQ-HĐND', '2031-12-09')
    """
    dated: date | None = None
    for match in _ANNEXED.finditer(text) if doc_type else ():
        line = text[match.end() : match.end() + _LONGEST]
        found = type_at(line)
        if found is None or found[0] != doc_type:
            continue
        number = number_after(line[found[1] :], match.end() + found[1])
        day = _DAY.search(line.partition(")")[0])
        if number is not None:
            return number, date_of(day) if day else dated
        if day and line[found[1] :].lstrip()[:2].casefold() in _NUMBERED:  # a number that cannot be read
            dated = dated or date_of(day)
    return None, dated


def number_after(line: str, start: int) -> Part | None:
    label = _LABEL.match(line)
    if label is None:
        return None
    rest = line[label.end() :]
    if numbered := number_at(rest):
        return Part(numbered[0], Span(start + label.end(), start + label.end() + numbered[1]))
    torn = _WITHOUT_SLASH.match(rest)
    if torn is None or torn["type"].casefold() not in type_codes_by_symbol():
        return None
    value = f"{torn['digits']}/{torn['type']}-{torn['body']}"
    return Part(value, Span(start + label.end(), start + label.end() + torn.end()))


_LONGEST = 160
_ANNEXED = re2.compile(r"\((?i:được )?(?i:ban hành )?(?i:kèm theo) ")
_NUMBERED = {"số", "s6", "só"}
_LABEL = re.compile(r"(?: này)?,? ?(?:[Ss]ố|SỐ|[Ss]6|[Ss]ó) ?:? ?")
_WITHOUT_SLASH = re.compile(r"(?P<digits>\d{1,5}) ?(?P<type>[A-ZĐ]{2,3})-(?P<body>[A-ZĐ]{2,8})\b")
_DAY = re.compile("(?i:ngày):? ?" + DATE)
