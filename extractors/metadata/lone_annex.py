"""An annex alone in its file: a task table or a programme whose decision lies elsewhere.

"PHỤ LỤC / DANH MỤC NHIỆM VỤ / (Kèm theo Quyết định số 12/QĐ-UBND ngày 03/4/2031 của UBND tỉnh Lai Châu)" has no head of
its own, but the line in brackets says of which document it is a part: that document's type, number, day and issuer are
the metadata of such a file. Its title is not given; the annex's own is the annexed title.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

import re2

from extractors.metadata.annex_line import number_after
from extractors.metadata.folding import mostly_capitals
from extractors.metadata.head import type_at
from extractors.metadata.title import Part
from extractors.written_dates import DATE, date_of
from schemas import Span


@dataclass(frozen=True, slots=True)
class LoneAnnex:
    """What the annex line says of its document, and what stands above that line."""

    doc_type: Part
    number: Part | None
    issued_on: date | None
    issuer: Part | None
    title: Part | None
    line: Span


def read_lone_annex(text: str) -> LoneAnnex | None:
    """The annex with which *text* begins, None for a text that begins otherwise.

    >>> head = "PHỤ LỤC\\nDANH MỤC NHIỆM VỤ\\n(Kèm theo Nghị quyết số 31/NQ-HĐND ngày 9/12/2031 của HĐND tỉnh Lai Châu)"
    >>> annex = read_lone_annex(head)
    >>> annex.doc_type.value, annex.number.value, annex.issuer.value, annex.title.value
    ('NQ', '31/NQ-HĐND', 'HĐND tỉnh Lai Châu', 'DANH MỤC NHIỆM VỤ')
    """
    line = _ANNEX_LINE.search(text[:_SEARCHED])
    if line is None:
        return None
    above = [match for match in re.finditer(r"[^\n]+", text[: line.start()]) if _WORD.search(match[0])]
    if len(above) > _MOST_LINES or any(_is_prose(match[0]) for match in above):
        return None
    start, end = line.span(1)
    if inner := _ISSUED_BY.search(text, start, end):  # a plan's annex, where a decision has issued the plan
        start = inner.end()
    named = text[start:end].replace("\n", " ")
    found = type_at(named)
    if found is None:
        return None
    code, length = found
    day = _DAY.search(named)
    return LoneAnnex(
        doc_type=Part(code, Span(start, start + length)),
        number=number_after(named[length:], start + length),
        issued_on=date_of(day) if day else None,
        issuer=_issuer(named, start),
        title=_title(above),
        line=Span(start, end),
    )


def begins_as_annex(text: str) -> bool:
    """Whether the first words of *text* are an annex's label: `PHỤ LỤC 01`, `Biểu số 2`, `Mẫu biểu số 01`."""
    return _ANNEX_LABEL.match(text) is not None


def _is_prose(line: str) -> bool:
    words = line.strip(" *_|")
    return len(words) > _LONGEST_TITLE or words[-1:] in ".;:" or "|" in words


def _issuer(named: str, start: int) -> Part | None:
    found = _ISSUER.search(named)
    if found is None:
        return None
    return Part(" ".join(found["body"].split()), Span(start + found.start("body"), start + found.end("body")))


def _title(above: list[re.Match[str]]) -> Part | None:
    """The lines between the annex's label and its line in brackets, those in capitals where there are any."""
    lines = [match for match in above if not _ANNEX_LABEL.fullmatch(match[0])]
    lines = [match for match in lines if mostly_capitals(match[0])] or lines
    if not lines:
        return None
    value = " ".join(" ".join(match[0].split()).strip(" *_#|") for match in lines)
    value = _LABEL_BEFORE.sub("", value).strip(" .:-–")
    return Part(value, Span(lines[0].start(), lines[-1].end())) if value else None


_SEARCHED = 1500
_MOST_LINES = 8
_LONGEST_TITLE = 250
_WORD = re.compile(r"[^\W\d_]{2}")
_ANNEX_LINE = re2.compile(
    r"\(\s*(?i:được )?(?i:ban hành )?(?i:đính )?(?i:kèm theo) ([^()]{6,260}(?:\([^()]{0,60}\))?)\s*\)"
)
_LABEL = r"(?i:phụ lục|(?:mẫu )?biểu|mẫu|bảng)(?: ?(?i:số) ?:?)? ?(?:[IVX]+|[A-Z]|\d{1,3})?(?:[.\-]\d{1,2})?\b"
_ANNEX_LABEL = re.compile(rf"[\s*_#|]*{_LABEL}[\s*_#|.:]*(?:\n|$)")
_LABEL_BEFORE = re.compile(rf"^{_LABEL}[ .:\-–]+(?=[^\W\d_]{{2}})")
_DAY = re.compile("(?i:ngày) ?" + DATE)
_ISSUED_BY = re.compile(r" tại (?=(?:Quyết định|Nghị quyết) số)")
# `của` stands behind the day, or behind a number without one: `Quyết định số 5/QĐ-UBND của Ủy ban nhân dân tỉnh`.
# A comma goes on with a name (`Bộ Văn hóa, Thể thao và Du lịch`) unless another body or no name at all follows.
_ISSUER = re.compile(
    r"[\d.…A-ZĐ/]\W{0,4} (?i:của) (?P<body>[^\W\d_][^;()]*?)"
    r"(?= *(?:$|[;()]|,(?! [A-ZĐĂÂÊÔƠƯ])|, (?:Bộ|Ủy ban|Ngân hàng|Tòa|Viện|Thanh tra|Ban)\b"
    r"| (?:về|theo|hướng dẫn|sửa đổi)\b))"
)
