"""Where money comes from: "Vốn vay ODA", "Ngân sách trung ương hỗ trợ", "xã hội hóa".

Tables of budgets nest (a total, its parts, their parts), so that adding every line would count money twice. Of each
budget and period the lines that name a source are taken, without those whose parts follow them and add up to them;
where none names one, its greatest total, or all lines when none is a total. The dataset keeps the choice as
`budget_lines.counts`, so that the report and everybody's queries add up the same lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate, islice

from pipeline.dataset.folding import plain
from schemas import Budget, BudgetLine

UNNAMED = ""


def funding(budget: Budget) -> Iterator[tuple[str, BudgetLine]]:
    """The lines that count, each with the key of its source."""
    by_period: dict[str | None, list[BudgetLine]] = {}
    for line in budget.lines:
        by_period.setdefault(line.period, []).append(line)
    for lines in by_period.values():
        named = [(source, line) for line in lines if (source := source_of(line.label))]
        totals = [line for line in lines if line.is_total]
        if named:
            yield from _without_sums(named)
        elif totals:
            yield UNNAMED, max(totals, key=lambda line: line.amount_vnd)
        else:
            yield from ((UNNAMED, line) for line in lines)


def _without_sums(named: list[tuple[str, BudgetLine]]) -> Iterator[tuple[str, BudgetLine]]:
    """The lines that are not the sum of two or more right after them: of the same source, or of levels of the state."""
    for place, (source, line) in enumerate(named):
        following = named[place + 1 : place + 1 + MOST_PARTS]
        parts = len(following) if source == "state" else _run(following, source)
        sums = islice(accumulate(part.amount_vnd for _, part in following[:parts]), 1, None)
        if line.amount_vnd not in sums:
            yield source, line


def _run(lines: list[tuple[str, BudgetLine]], source: str) -> int:
    """How many of the first *lines* are of *source*."""
    return next((place for place, (other, _) in enumerate(lines) if other != source), len(lines))


def source_of(label: str) -> str:
    """The key of the source that a line's label names, empty for none.

    >>> source_of("Vốn vay ODA"), source_of("Ngân sách tỉnh"), source_of("Tổng số"), source_of("Thu nội địa")
    ('loans', 'local', '', '')
    """
    words = plain(label)
    if not MONEY.search(words) or NOT_A_SOURCE.match(words):
        return UNNAMED
    return next((key for key, pattern in SOURCES if pattern.search(words)), UNNAMED)


def written_year(line: BudgetLine) -> int | None:
    """The year of a line where its column or its label is a year and nothing else; an estimate for a year is none.

    >>> written_year(BudgetLine(label="Tổng", period="Năm 2013", amount_raw="1", amount_vnd=1))
    2013
    >>> written_year(BudgetLine(label="Tổng", period="Năm 2013 ước thực hiện", amount_raw="1", amount_vnd=1))
    """
    found = YEAR.fullmatch(plain(line.period or "")) or YEAR.fullmatch(plain(line.label))
    return int(found[1]) if found else None


MOST_PARTS = 100  # so that time stays linear in the lines of a table
YEAR = re.compile(r"(?:nam )?((?:19|20)\d\d)")
MONEY = re.compile(r"\b(?:von|kinh phi|ngan sach|ns|nguon|vay|oda|huy dong|dong gop|xa hoi hoa)")
NOT_A_SOURCE = re.compile(r"\W*(?:tong|thu|chi|thue|phi|boi)\b")
SOURCES = (
    ("central", re.compile(r"trung uong|\btw\b|\bnstw\b|chinh phu ho tro")),
    ("loans", re.compile(r"\boda\b|\bvay\b|tin dung|trai phieu|nuoc ngoai|vien tro")),
    ("private", re.compile(r"xa hoi hoa|doanh nghiep|nha dau tu|tu nhan|huy dong|dong gop|ngoai ngan sach|chu rung")),
    (
        "local",
        re.compile(r"dia phuong|ngan sach (?:tinh|thanh pho|huyen|xa|quan|cap)|\bnsdp\b|nguon thu|cap tinh|xo so"),
    ),
    ("state", re.compile(r"ngan sach|\bnsnn\b|von dau tu phat trien|von su nghiep")),
)
