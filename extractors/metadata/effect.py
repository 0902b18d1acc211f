"""When a document takes effect, and the plan that it issues as an attachment.

"Quyết định này có hiệu lực kể từ ngày ký" takes effect on the day of the document; a clause about another document
("Luật … có hiệu lực từ ngày 01/7/2025") says nothing of it, so the clause must say `này`.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

import re2

from extractors.metadata.folding import mostly_capitals
from extractors.metadata.title import Part, title_under
from extractors.written_dates import DATE, date_of
from schemas import Span

ISSUING = {"QĐ", "NQ"}
SEARCHED = 4000


def find_effective_date(text: str, issued_on: date | None) -> tuple[date | None, Span | None]:
    """The first day of effect, as far as the text fixes it.

    >>> find_effective_date("Quyết định này có hiệu lực từ ngày 01/01/2024.", None)[0]
    datetime.date(2024, 1, 1)
    """
    for place in _EFFECT.finditer(text):
        sentence = re.split(r"[.;\n]\s", text[max(0, place.start() - 220) : place.start()])[-1]
        if not _THIS.search(sentence) and not _THIS.search(place[0]):
            continue
        rest = text[place.end() : place.end() + 120]
        span = Span(place.start(), place.end())
        if day := _FROM_DAY.match(rest):
            return date_of(day), Span(place.start(), place.end() + day.end())
        if later := _AFTER.match(rest):
            start = _adopted(sentence) if "thông qua" in rest[later.end() : later.end() + 60] else issued_on
            return (start + timedelta(days=_days(later["days"])) if start else None), span
        if _FROM_SIGNING.match(rest):
            return issued_on, span
        if _FROM_ADOPTION.match(rest):
            return _adopted(sentence) or issued_on, span
    return None, None


def find_adoption_date(text: str) -> date | None:
    """The day on which an assembly passed its own document (`Luật này đã được Quốc hội … thông qua ngày …`).

    >>> find_adoption_date("Nghị quyết này được HĐND tỉnh thông qua ngày 11 tháng 12 năm 2009.")
    datetime.date(2009, 12, 11)
    """
    for adopted in _ADOPTED.finditer(text):
        sentence = text[adopted.start() : adopted.end() + 60].split("./.")[0]
        if day := _adopted(sentence.replace("\n", " ")):
            return day
    return None


def find_annexed_title(text: str, doc_type: str | None, closing: int) -> Part | None:
    """The title of the plan, programme or scheme that follows the decision's signature; lists are no plan."""
    if doc_type not in ISSUING:
        return None
    for match in _ATTACHMENT.finditer(text[: closing + SEARCHED], closing):
        start, end = match.span("type")
        line_end = text.find("\n", end)
        line = text[start : line_end if line_end >= 0 else len(text)]
        before = text[text.rfind("\n", 0, start) + 1 : start].strip(" |")
        if before and text[:start].rstrip(" |")[-1:] in ",:;":
            continue
        if not mostly_capitals(line.split("(")[0][:60]) or _LIST.search(text[closing:start]):
            return None
        title = _up_to_bracket(text, start) or title_under(text, Span(start, start))
        if title and len(title.value) > end - start + 5:
            return title
    return None


def _up_to_bracket(text: str, start: int) -> Part | None:
    """The lines down to `(Ban hành kèm theo Quyết định …)`, which closes the title of an attachment."""
    bracket = _BRACKET.search(text, start, start + 1500)
    if bracket is None:
        return None
    lines = [" ".join(line.split()).strip(" *_") for line in text[start : bracket.start()].split("\n")]
    lines = [line for line in lines if any(letter.isalnum() for letter in line)]
    if len(lines) > 7 or any(_BODY_STARTS.match(line) for line in lines):
        return None
    return Part(" ".join(lines), Span(start, bracket.start()))


def _adopted(sentence: str) -> date | None:
    found = None
    for match in re.finditer(r"thông qua(?: tại[^.]{0,60})?,? ngày " + DATE, sentence):
        found = date_of(match)
    return found


def _days(words: str) -> int:
    return int(words) if words.isdigit() else _NUMBERS.get(words.casefold(), 0)


_NUMBERS = {"năm": 5, "bảy": 7, "mười": 10, "mười lăm": 15, "ba mươi": 30, "bốn mươi lăm": 45}
_THIS = re.compile(r"\bnày\b")
_ADOPTED = re2.compile(
    r"(?:(?:[Nn]ghị quyết|[Ll]uật|Pháp lệnh) này|(?:\n|^)Nghị quyết),? (?:đã )?được\s"
    r"[^.]{0,40}?(?:[Qq]uốc hội|Hội đồng nhân|HĐND)"
    r"[^.]{0,160}?thông\s+qua"
)
_EFFECT = re2.compile(
    r"(?i)(?:có|bắt đầu có|và có) hiệu lực(?: thi hành)?|(?:chịu trách nhiệm"
    r"|trách nhiệm) thi hành (?:\p{L}+ )?(?:\p{L}+ )?này"
    r"|thi hành (?:quyết định|nghị quyết|chỉ thị|kế hoạch) này"
)
_FROM_DAY = re.compile(r",? (?:kể |(?:kể )?từ,? ?)ngày " + DATE)
_AFTER = re.compile(
    r",? (?:sau|từ sau) (?P<days>\d{1,3}|năm|bảy|mười lăm|mười|ba mươi"
    r"|bốn mươi lăm)(?: \([^)]{1,20}\))? ngày(?: làm việc)?,? (?:kể )?từ"
)
_FROM_SIGNING = re.compile(r",? (?:ngay )?(?:kể )?từ (?:ngày|khi) (?:được )?(?:ký|ban hành)")
_FROM_ADOPTION = re.compile(r",? (?:ngay )?(?:kể )?từ (?:ngày|khi) (?:được )?thông qua")
_ATTACHMENT = re.compile(
    r"(?:^|(?<=[\n|]) ?|(?<=\p{L}) )(?P<type>KẾ HOẠCH|CHƯƠNG TRÌNH|ĐỀ ÁN|PHƯƠNG ÁN|CHIẾN LƯỢC)(?=\s)".replace(
        r"\p{L}", r"[^\W\d_]"
    ),
    re.MULTILINE,
)
_BRACKET = re.compile(r"\(\s*(?:được )?(?:ban hành |phê duyệt )?(?:kèm|đính kèm) ", re.IGNORECASE)
_BODY_STARTS = re.compile(r"(?:[IVX]+|\d+)[.)] |Căn cứ |Điều \d|[-+] ")
_LIST = re.compile(r"\n\W*(?:PHỤ LỤC|Phụ lục|DANH MỤC|BIỂU|QUY CHẾ|QUY ĐỊNH|BẢNG)")
