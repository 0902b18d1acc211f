"""Read texts without a letterhead: dumps whose first line is type and title, and press articles about a plan.

"Chỉ thị về việc tăng cường …" gives type and title; the issuing body stands in the next line or in the sentence that
orders ("Ủy ban nhân dân tỉnh yêu cầu"). The province is the one that the text names most, since a dump has no other.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

import re2
import regex

from extractors.document_types import data_rows
from extractors.metadata.folding import folded
from extractors.metadata.head import Part, type_at
from extractors.metadata.letterhead import Province, issuer_of, provinces
from schemas import Agency, Span


def first_line(text: str) -> Part | None:
    """The first line with words in it."""
    for match in re.finditer(r"[^\n|]+", text[:3000]):
        words = match[0].strip(" *#_-–\t")
        if any(letter.isalpha() for letter in words):
            start = match.start() + match[0].index(words)
            return Part(" ".join(words.split()), Span(start, start + len(words)))
    return None


def titled_type(text: str) -> tuple[Part, Part] | None:
    """Type and title of a dump whose first line holds both."""
    line = first_line(text)
    found = type_at(line.value) if line else None
    if line is None or found is None:
        return None
    code, length = found
    start, end = line.span
    rest = text[start + length : end]
    title = Part(" ".join(rest.split()).strip(" :.-–"), Span(end - len(rest.lstrip(" :.-–")), end))
    return Part(code, Span(start, start + length)), title


def stated_issuer(text: str) -> tuple[Agency | None, Province | None]:
    """The body that speaks in a text without letterhead, and its province."""
    province = main_province(text)
    lines = [line.strip() for line in text[:2500].split("\n") if line.strip()][1:4]
    named = next((line for line in lines if _names_a_body(line)), None)
    body = _TERM.split(named)[0] if named else _speaker(text)
    if body is None and province and len(_PROVINCIAL.findall(text)) > 1:
        body = f"Ủy ban nhân dân {province}"
    if body is None:
        return None, None
    if body in {"Bộ trưởng", "Văn phòng Bộ"}:
        body = _main_ministry(text) or body
    own = province if _OF_PLACE.search(body) else None
    return issuer_of(_title_case(body), own), own


def _names_a_body(line: str) -> bool:
    """Whether a line holds a body's name and is no sentence about it."""
    return len(line) < 90 and line[-1] not in ".:;" and bool(_BODY_LINE.match(folded(line)))


def _speaker(text: str) -> str | None:
    """The body before the surest verb with which a body speaks: `Ủy ban nhân dân tỉnh yêu cầu`."""
    for verbs in _SPEAKING_VERBS:
        for verb in verbs.finditer(text):
            start = max(0, verb.start() - 110)
            if spoken := _speakers().search(text[start : verb.start()]):
                return str(spoken["body"])
    return None


def _main_ministry(text: str) -> str | None:
    """The ministry that the text names most."""
    counts = Counter(match[0] for match in _ministries().finditer(text))
    return counts.most_common(1)[0][0] if counts else None


def main_province(text: str) -> Province | None:
    """The province that the text names most often, the title counting most; None when it names several equally."""
    counts: Counter[str] = Counter()
    head, _, _ = text.partition("\n")
    for weight, part in ((20, head), (1, text[:20000])):
        for match in _names().finditer(folded(part)):
            counts[match[0]] += weight
    best = counts.most_common(2)
    if not best or (len(best) == 2 and best[0][1] == best[1][1]):
        return None
    return provinces()[best[0][0]]


def is_press_article(text: str) -> bool:
    """Whether *text* reports about a plan instead of being one: no letterhead, no legal bases, a reporter's verbs.

    >>> is_press_article("Tỉnh A có kế hoạch mới\\n\\nUBND tỉnh A vừa ban hành Kế hoạch chuyển đổi số. Theo đó, …")
    True
    """
    if not text.strip() or len(text) > 20000:
        return False
    if titled_type(text) is not None or _OFFICIAL.search(text):
        return False
    return bool(_REPORTING.search(text))


def reported_number(text: str) -> Part | None:
    """The number of the plan that an article reports: `kế hoạch số 1207/KH-UBND này`.

    Other numbers of an article belong to documents that the plan carries out.
    """
    match = _REPORTED.search(text) or _THIS_PLAN.search(text)
    return Part(re.sub(r"\s", "", match["number"]), Span(*match.span("number"))) if match else None


def _title_case(body: str) -> str:
    """The body with the small letters of dumps (`Hội đồng nhân dân tỉnh phú thọ`) put right for its province."""
    plain = folded(body)
    for match in _names().finditer(plain):
        body = body[: match.start()] + provinces()[match[0]].name + body[match.end() :]
    return body


@cache
def _names() -> re.Pattern[str]:
    names = sorted(map(re.escape, provinces()), key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(names) + r")\b")


@cache
def _ministries() -> re.Pattern[str]:
    names = sorted((name for _, name, _ in data_rows("number_suffixes.tsv") if name.startswith("Bộ ")), key=len)
    return re.compile("|".join(map(re.escape, reversed(names))))


@cache
def _speakers() -> regex.Pattern[str]:
    return regex.compile(
        r"(?<!(?:của|do|và|theo|thuộc) )(?P<body>(?:Chủ tịch )?(?:Ủy ban nhân dân|UBND|Hội đồng nhân dân|HĐND)"
        r" (?:tỉnh|[Tt]hành phố|quận|huyện|thị xã|Tỉnh)(?: \p{Lu}\p{L}*){0,4}|Thủ tướng Chính phủ"
        r"|Bộ trưởng(?: (?:" + _ministries().pattern + r"))?|Văn phòng (?:Chính phủ|Bộ)|Bộ Chính trị"
        r"|(?:Giám đốc )?Sở \p{Lu}\p{L}*(?:(?:,| -)? (?!là|có|phải|đã|sẽ|vừa)\p{L}+){1,8}|"
        + _ministries().pattern
        + r"),?(?: (?:vừa|đã|ra|có|cũng|văn|bản|kịp|thời)){0,3} $"
    )


_BODY_LINE = re.compile(
    r"(?:CHU TICH )?(?:UY BAN NHAN DAN|UBND)|HOI DONG NHAN DAN|HDND|(?:PHO )?THU TUONG CHINH PHU|CHINH PHU$"
    r"|BO TRUONG|QUOC HOI"
    r"|GIAM DOC SO|THONG DOC|TONG CUC TRUONG|CUC TRUONG|BAN THUONG VU|TINH UY|THANH UY"
)
_TERM = re.compile(r"(?i),? (?:khóa|khoá|nhiệm kỳ)")
_OF_PLACE = re.compile(r"(?i)nhân dân|ubnd|hđnd|^sở|quận|huyện")
_PROVINCIAL = re2.compile(r"(?:Ủy ban nhân dân|UBND) (?:tỉnh|[Tt]hành phố)")
_SPEAKING_VERBS = (
    re2.compile(r"xin thông báo|trân trọng thông báo"),
    re2.compile(r"yêu cầu|chỉ thị|quyết nghị|vừa (?:ký )?ban hành|đặt mục tiêu"),
    re2.compile(r"ban hành|giao |đề nghị|thông báo"),
)
_OFFICIAL = re.compile(r"(?m)^\W*(?:Căn cứ|Nơi nhận|Điều 1\b|Kính gửi|QUYẾT ĐỊNH|[IVX]+\. [^\W\d_]{2})")
_REPORTING = re2.compile(
    r"(?i)vừa (?:ký |được )?(?:quyết định )?(?:ban hành|phê duyệt|có|triển khai|xây dựng)|theo đó|cho biết"
    r"|đã (?:ký )?(?:ban hành|phê duyệt)|đặt mục tiêu|đề ra|nhằm mục tiêu"
    r"|theo kế hoạch|kế hoạch (?:cũng )?(?:nêu|xác định|đặt)|phóng viên|\(pv\)"
)
_NUMBER = r"\d[\d.]*[a-z]? ?/ ?(?:\d{4} ?/ ?)?[A-ZĐ]+ ?- ?[A-ZĐ]+[a-z]?"
_REPORTED = re.compile(
    rf"(?:ban hành|phê duyệt|ký|có) (?:Kế hoạch|Quyết định|Chương trình|Đề án|Chỉ thị|kế hoạch"
    rf"|quyết định) (?:số )?(?P<number>{_NUMBER})"
)
_THIS_PLAN = re.compile(rf"số (?P<number>{_NUMBER}) này\b")
