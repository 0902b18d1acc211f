"""Read texts without a letterhead: dumps whose first line is type and title, and press articles about a plan.

"Chỉ thị về việc tăng cường …" gives type and title; the issuing body stands in the next line or in the sentence that
orders ("Ủy ban nhân dân tỉnh yêu cầu"). The province is the one that the text names most, since a dump has no other.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import Any

import re2
import regex

from extractors.document_types import data_rows, type_codes_by_name
from extractors.metadata.folding import folded
from extractors.metadata.head import type_at
from extractors.metadata.letterhead import Province, issuer_of, provinces
from extractors.metadata.lone_annex import begins_as_annex
from extractors.metadata.title import Part, names_speaker
from schemas import Agency, Span

SURE = 3
"""What one name with its word (`tỉnh Hòa Bình`) tells of the province; a bare name tells 1."""


def first_line(text: str) -> Part | None:
    """The first line with words in it."""
    for match in re.finditer(r"[^\n|]+", text[:3000]):
        words = match[0].strip(" *#_-–\t")
        if any(letter.isalpha() for letter in words):
            start = match.start() + match[0].index(words)
            return Part(" ".join(words.split()), Span(start, start + len(words)))
    return None


def titled_type(text: str) -> tuple[Part, Part] | None:
    """Type and title of a dump whose first line holds both.

    >>> titled_type("Chương trình, chính sách và hoạt động trồng rừng") is None  # a list of things, no type
    True
    """
    line = first_line(text)
    found = type_at(line.value) if line else None
    if line is None or found is None:
        return None
    code, length = found
    start, end = line.span
    rest = text[start + length : end]
    if rest.startswith(","):
        return None
    if names_speaker(rest.strip()):  # `QUYẾT ĐỊNH CỦA BỘ Y TẾ`, above the title
        return Part(code, Span(start, end)), Part("", Span(end, end))
    title = Part(" ".join(rest.split()).strip(" :.-–"), Span(end - len(rest.lstrip(" :.-–")), end))
    return Part(code, Span(start, start + length)), title


def type_of_itself(text: str) -> str | None:
    """The type that a text without title names when it decides, or speaks of its own effect: `Luật này có hiệu lực`.

    A collection of documents decides more than once, and speaks of the effect of several.

    >>> type_of_itself("Điều 9. Luật này có hiệu lực thi hành từ ngày 01/7/2031.")
    'L'
    """
    decided = [found["verb"] for found in _DECIDES.finditer(text)]
    if len(decided) == 1:
        return _DECIDED_TYPES[decided[0]]
    types = {type_codes_by_name()[found["type"].casefold()] for found in _OF_ITSELF.finditer(text)}
    return types.pop() if len(types) == 1 else None


def stated_issuer(text: str, *, least: int = SURE) -> tuple[Agency | None, Province | None]:
    """The body that speaks in a text without letterhead, and its province."""
    lines = [line.strip() for line in text[:2500].split("\n") if line.strip()][1:4]
    named = next((line for line in lines if _names_a_body(line)), None)
    body = _TERM.split(named)[0] if named else _titled_body(text) or _speaker(text)
    province = main_province(text, kind=_kind_of(body) if body else None, least=least)
    if body is None and len(_PROVINCIAL.findall(text)) > 1:
        # Nobody speaks: then the province does that is named again and again, but in no law of the land.
        province = None if _OF_THE_LAND.match(text) else main_province(text, least=2 * least)
        body = f"Ủy ban nhân dân {province}" if province else None
    if body is None:
        return None, None
    if body in {"Bộ trưởng", "Văn phòng Bộ"}:
        body = _main_ministry(text) or body
    own = province if _OF_PLACE.search(body) else None
    return issuer_of(_title_case(body), own), own


def body_of_number(number: str) -> Agency | None:
    """The body to which the suffix of a number belongs alone.

    >>> str(body_of_number("34/2016/NĐ-CP")), body_of_number("3/QĐ-UBND")
    ('Chính phủ', None)
    """
    bodies = {suffix: name for suffix, name, _ in data_rows("number_suffixes.tsv")}
    body = bodies.get(re.sub(r"\d+$", "", re.split(r"[/-]", number)[-1]))
    return issuer_of(body, None) if body else None


def _titled_body(text: str) -> str | None:
    """The body whose document a headline says it is: `Thông báo kết luận của lãnh đạo Bộ Y tế`, in capitals any."""
    title, _, below = text[:3000].strip().partition("\n")
    title = title.strip()
    if below.startswith("CỦA "):
        title = f"{title} {below.partition(chr(10))[0].strip()}"
    if (speaker := _SPEAKER_TITLE.fullmatch(title)) and names_speaker(speaker["of_body"]):
        return str(speaker["body"])
    found = _OF_MINISTRY.match(title)
    ministry = _ministries().match(title[found.end() :]) if found else None
    return ministry[0] if ministry else None


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


def main_province(text: str, *, kind: str | None = None, least: int = SURE) -> Province | None:
    """The province of this *kind* (`tỉnh`, `thành phố`) that the text names most; None when it leaves a doubt.

    *least* is how much must speak for it: names with their word (`tỉnh Hòa Bình`) tell more than bare ones, those of
    the title most.

    >>> str(main_province("Chỉ thị về trồng rừng\\nUBND tỉnh yêu cầu các xã trên địa bàn tỉnh Yên Bái thực hiện."))
    'tỉnh Yên Bái'
    """
    counts: Counter[Province] = Counter()
    title_end = text.find("\n")
    for match in _names().finditer(text[:20000]):
        province = provinces()[folded(match[2])]
        worded = match[1] is not None
        if text[match.start() - 1 : match.start()].isalpha() or (kind and province.kind != kind):
            continue
        if not worded and not _is_name(match[2]):
            continue
        counts[province] += 20 if match.start() < title_end else SURE if worded else 1
    best = counts.most_common(2)
    if not best or best[0][1] < least or (len(best) == 2 and best[0][1] == best[1][1]):
        return None
    return best[0][0]


def _is_name(words: str) -> bool:
    """Whether bare words are a place's name: `Hòa Bình`, neither `hòa bình` nor the president's name."""
    return all(word[0].isupper() for word in re.split(r"[ -]+", words)) and words.casefold() != "hồ chí minh"


def _kind_of(body: str) -> str | None:
    """Which kind of province a body's name leaves open: `Ủy ban nhân dân thành phố` is a city's."""
    open_kind = _OPEN_KIND.search(body)
    return open_kind[0].strip().lower() if open_kind else None


def is_press_article(text: str) -> bool:
    """Whether *text* reports about a plan instead of being one: no letterhead, no legal bases, a reporter's verbs.

    Nor is an annex alone in its file one, or a table of tasks, whatever its rows say was issued.

    >>> is_press_article("Tỉnh A có kế hoạch mới\\n\\nUBND tỉnh A vừa ban hành Kế hoạch chuyển đổi số. Theo đó, …")
    True
    """
    if not text.strip() or len(text) > 20000:
        return False
    if titled_type(text) is not None or _OFFICIAL.search(text) or begins_as_annex(text) or _TASK_TABLE.search(text):
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
    for match in _names().finditer(body):
        if body[match.start() - 1 : match.start()].isalpha():  # the `huế` of `Tổng cục Thuế`
            continue
        body = body[: match.start(2)] + provinces()[folded(match[2])].name + body[match.end(2) :]
    return body


@cache
def _names() -> Any:
    names = sorted((re.escape(province.name) for province in provinces().values()), key=len, reverse=True)
    return re2.compile(rf"(?i)(?:(tỉnh|thành phố|tp\.?|ubnd|hđnd) ?)?({'|'.join(names)})(?:[^\pL]|\z)")


@cache
def _ministries() -> re.Pattern[str]:
    names = sorted((name for _, name, _ in data_rows("number_suffixes.tsv") if name.startswith("Bộ ")), key=len)
    return re.compile("(?i:" + "|".join(map(re.escape, reversed(names))) + ")")


@cache
def _departments() -> list[str]:
    """The departments of a province, longest name first."""
    rows = data_rows("provincial_agencies.tsv")
    return sorted({name for row in rows for name in row if name.startswith("Sở ")}, key=len, reverse=True)


@cache
def _general_departments() -> list[str]:
    rows = data_rows("central_agencies.tsv")
    return sorted({name for row in rows for name in row if name.startswith("Tổng cục ")}, key=len, reverse=True)


@cache
def _speakers() -> regex.Pattern[str]:
    return regex.compile(
        r"(?<!(?:của|do|và|theo|thuộc) )(?P<body>(?:Chủ tịch )?(?:Ủy ban nhân dân|UBND|Hội đồng nhân dân|HĐND)"
        r" (?:tỉnh|[Tt]hành phố|quận|huyện|thị xã|Tỉnh)(?: \p{Lu}\p{L}*){0,4}|Thủ tướng Chính phủ"
        r"|Bộ trưởng(?: (?:" + _ministries().pattern + r"))?|Văn phòng (?:Chính phủ|Bộ)|Bộ Chính trị"
        r"|(?:Giám đốc )?(?:"
        + "|".join(map(re.escape, [*_departments(), *_general_departments()]))
        + r")|"
        + _ministries().pattern
        + r"),?(?: (?:vừa|đã|ra|có|cũng|văn|bản|kịp|thời)){0,3} $"
    )


_BODY_LINE = re.compile(
    r"(?:CHU TICH )?(?:UY BAN NHAN DAN|UBND)|HOI DONG NHAN DAN|HDND|(?:PHO )?THU TUONG CHINH PHU|CHINH PHU$"
    r"|BO TRUONG|QUOC HOI"
    r"|(?:TRUONG )?BAN CHI DAO|GIAM DOC SO|THONG DOC|TONG CUC TRUONG|CUC TRUONG|BAN THUONG VU|TINH UY|THANH UY"
    r"|TONG KIEM TOAN"
)
_OF_MINISTRY = re.compile(
    r"(?:Thông báo|Chỉ thị|Kế hoạch|Hướng dẫn)[^,;:]{0,60}? của (?:lãnh đạo |Bộ trưởng )?(?=[Bb]ộ )"
)
_SPEAKER_TITLE = re.compile(
    r"[^\n]{4,40}? (?P<of_body>CỦA (?!LIÊN )(?P<body>(?:(?!LIÊN |[-–] ?BỘ |VÀ BỘ | SỐ )[^\n]){5,80}))(?: SỐ [^\n]*)?"
)
_OF_ITSELF = re2.compile(
    r"(?P<type>Bộ luật|Luật|Pháp lệnh|Nghị định|Nghị quyết|Thông tư|Quyết định|Chỉ thị) này (?:bắt đầu )?có hiệu lực"
)
_DECIDES = re2.compile(r"QUYẾT (?P<verb>ĐỊNH|NGHỊ) ?:?[*_ ]*\n\s*[*_]*(?:Điều|ĐIỀU) 1\b")
_DECIDED_TYPES = {"ĐỊNH": "QĐ", "NGHỊ": "NQ"}
_TERM = re.compile(r"(?i),? (?:khóa|khoá|nhiệm kỳ)| ban hành ")
_OF_PLACE = re.compile(r"(?i)nhân dân|ubnd|hđnd|^sở|quận|huyện")
_OF_THE_LAND = re.compile(r"\W*(?i:luật|bộ luật|pháp lệnh|nghị định|thông tư|hiến pháp)\b")
_OPEN_KIND = re.compile(r"(?i)(?<=nhân dân) (?:tỉnh|thành phố)$")
_PROVINCIAL = re2.compile(r"(?:Ủy ban nhân dân|UBND) (?:tỉnh|[Tt]hành phố)")
_SPEAKING_VERBS = (
    re2.compile(r"xin thông báo|trân trọng thông báo"),
    re2.compile(r"yêu cầu|chỉ thị|quyết nghị|vừa (?:ký )?ban hành|đặt mục tiêu"),
    re2.compile(r"ban hành|giao |đề nghị|thông báo"),
)
# A heading in capitals behind a letter, too: a part of a plan may be alone in its file.
_OFFICIAL = regex.compile(
    r"(?m)^\W*(?:Căn cứ|Nơi nhận|Điều 1\b|Kính gửi|QUYẾT ĐỊNH|[IVX]+\. \p{L}{2}"
    r"|\p{Lu}{1,3}\. \p{Lu}{2,}(?: \p{Lu}{2,}){2})"
)
_TASK_TABLE = re2.compile(r"(?im)\|[^|\n]*(?:chủ trì|phối hợp|phụ trách)[^|\n]*\|")
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
