"""Mentions of documents by number: "Quyết định số 12/QĐ-TTg ngày 05/3/2020 của Thủ tướng Chính phủ".

A number needs a code of capitals that names a type (`QĐ`, `NQ`, `QH15`), or a type word before it: `24/7`, `1/500`,
`Mẫu số 02/ĐK-GCN` and `QCVN 14:2008/BTNMT` are no documents.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import NamedTuple

import re2
import regex

from extractors.citations.issuers import issuer_in_words, issuer_of_number
from extractors.citations.mention import Mention
from extractors.document_numbers import with_known_signs
from extractors.document_types import type_codes_by_name, type_codes_by_symbol
from extractors.whole_text import find_spans, whole_text_pattern
from extractors.written_dates import DATE, date_of
from schemas import Agency, Span

LEFT_WINDOW = 80
RIGHT_WINDOW = 220
HEAD_LENGTH = 3000
LONGEST_SIGN = 8


class Number(NamedTuple):
    """A document number as printed at `[start, end)` and in its normal form without spaces."""

    start: int
    end: int
    value: str
    symbol: str
    certain: bool


def find_numbered(text: str, province: str | None) -> list[Mention]:
    """Every mention of a numbered document, in reading order.

    `Công văn số 2/STC-QLG và Công văn số 5/STC-QLG của Sở Tài chính`: both are the body's that is named once, behind.
    """
    mentions = list(_mentions(text, province))
    for index in range(len(mentions) - 2, -1, -1):
        mention, following = mentions[index], mentions[index + 1]
        if mention.issuer is not None or following.issuer is None or not mention.number or not following.number:
            continue
        same = mention.number.partition("/")[2] == following.number.partition("/")[2]
        if same and _ENUMERATED.fullmatch(text, mention.span.end, following.span.start):
            mentions[index] = replace(mention, issuer=following.issuer)
    return mentions


def _mentions(text: str, province: str | None) -> Iterator[Mention]:
    before: Mention | None = None
    end = 0
    issuers: dict[str, Agency] = {}
    for number in find_numbers(text):
        joined = before if before and _JOINED.fullmatch(text, end, number.start) else None
        mention = _mention(text, number, province, joined)
        if mention is not None:
            suffix = number.value.partition("/")[2]
            if mention.issuer is None and suffix in issuers:
                mention = replace(mention, issuer=issuers[suffix])
            elif mention.issuer and not _SHARED_SUFFIX.search(suffix):
                issuers[suffix] = mention.issuer
            before, end = mention, mention.span.end
            yield mention


def find_numbers(text: str) -> Iterator[Number]:
    """Everything that is built like a document number, whether or not a document is meant."""
    for start, end in find_spans(_NUMBER, text):
        number = _number(text, start, end)
        if number is not None:
            yield number


def own_mention(text: str, mention: Mention) -> bool:
    """Whether the words around the number say that the document speaks of itself.

    `Kế hoạch số 1207/KH-UBND này`, the line `Số: 1207/KH-UBND` of its header, and the head of its annex,
    `(Ban hành kèm theo Quyết định số 12/QĐ-UBND …)`.
    """
    start, end = mention.span
    reach = max(0, start - 200)
    line = text[max(text.rfind("\n", reach, start), text.rfind("|", reach, start), start - 200) + 1 : start]
    return bool(_THIS.match(text, end) or _ANNEX_HEAD.match(line)) or bool(
        mention.rule == "bare-number" and start < HEAD_LENGTH and _HEADER_LINE.match(text[start - len(line) : end])
    )


def _number(text: str, start: int, end: int) -> Number | None:
    if start and (text[start - 1].isalnum() or text[start - 1] in ":/-–,."):
        return None
    parts = [(m.start() + start, m.end() + start, m[0]) for m in _PART.finditer(text[start:end])]
    last = 1
    while last < len(parts):
        if not (_is_code(parts[last][2], last == len(parts) - 1) or _goes_on_small(text, parts, last)):
            break
        if last > 1 and text[parts[last - 1][1] : parts[last][0]] in (" - ", " – ") and not _joins(parts, last):
            break
        last += 1
    codes = [part[2].rstrip(".") for part in parts[1:last] if not part[2].isdigit()]
    if not codes:
        return None
    stop = parts[last - 1][1]
    if stop < len(text) and text[stop].isalpha():
        return None
    value = re.sub(r"[\s]+", "", text[start:stop]).replace("⁄", "/").replace("–", "-").replace("//", "/").rstrip(".")
    value = with_known_signs(_MISREAD_TERM.sub("QH1", _SLASH_LOST.sub(r"\g<year>/", value)))
    code = with_known_signs(_MISREAD_TERM.sub("QH1", _YEAR_BEFORE.sub("", codes[0])))
    symbol = code.casefold()
    certain = symbol in type_codes_by_symbol() or bool(_LEGISLATURE.match(code))
    stop = start + len(text[start:stop].rstrip("."))
    if value.endswith("QH") and (term := _TERM.match(text, stop)):
        value, stop = value + term[1], term.end()
    if torn := _TORN_FIGURES.search(text, max(0, start - 10), start):
        value, start = re.sub(r"\s", "", torn["figures"]) + value, torn.start("figures")
    return Number(start, stop, value, symbol, certain)


def _goes_on_small(text: str, parts: list[tuple[int, int, str]], index: int) -> bool:
    """Whether a sign in small letters goes on behind its type in small letters: `77/kh-lt` in a dump's title."""
    (_, stop, before), (start, _, part) = parts[index - 1], parts[index]
    tied = index > 1 and text[stop:start] == "-" and before in _LOWER
    return tied and len(part) <= LONGEST_SIGN and part.islower() and part.isalpha()


def _is_code(part: str, last: bool) -> bool:
    if part.isdigit():
        return len(part) == 4 and not last
    letters = part.rstrip(".")
    if letters.isupper() or letters.casefold() in _MIXED:
        return True
    return (letters.islower() and letters in _LOWER) or bool(_ONE_SMALL.fullmatch(letters))


def _joins(parts: list[tuple[int, int, str]], index: int) -> bool:
    """Whether spaces on both sides of the hyphen were torn open: `QĐ - TTg`, but not `QĐ-TTg - UBND`."""
    return parts[index - 1][2].casefold() in type_codes_by_symbol()


def _mention(text: str, number: Number, province: str | None, joined: Mention | None) -> Mention | None:
    """The mention of *number*; *joined* is the mention of which it goes on an enumeration."""
    offset = max(0, number.start - LEFT_WINDOW)
    left = text[offset : number.start]
    word = _type_word(left)
    named = word is not None
    if not named and not number.certain and not joined:
        return None
    if _FORM.search(left):
        return None
    word_code, start = word if word else (None, None)
    label = _LABEL.search(left)
    begin = offset + start if start is not None else offset + label.start() if label else number.start
    tail = _tail(text, number.end)
    words = tail["issuer"] if tail else None
    issued_on, end = date_of(tail) if tail else None, number.end + (tail.end("when") if tail and tail["when"] else 0)
    if text[number.end : end].endswith(")") and "(" not in text[number.end : end]:
        end -= 1  # of a bracket around the whole: `(Thông báo số 12/TB-SNV ngày 03/4/2031), …`
    if tail and issued_on is None and (later := _LATER.match(text, number.end + tail.end())):
        issued_on, end = date_of(later), later.end()
    if issued_on is None and named and (event := _ISSUED_ON_THAT_DAY.search(text[max(0, begin - 200) : begin])):
        issued_on = date_of(event)
    return Mention(
        span=Span(begin, end),
        doc_type=_doc_type(word_code or (joined.doc_type if joined else None), number),
        number=number.value,
        issued_on=issued_on,
        issuer=_issuer(text[max(0, begin - 160) : begin], number.value, words, province, joined),
        year=issued_on.year if issued_on else None,
        rule="numbered" if named else "bare-number",
    )


def _issuer(left: str, number: str, words: str | None, province: str | None, joined: Mention | None) -> Agency | None:
    """By the number, by `của …` behind it, by `của … tại Tờ trình số` or `… ban hành` before it, by its neighbour's."""
    found = issuer_of_number(number) or (issuer_in_words(words, province) if words else None)
    if found is None and (before := _PROPOSER.search(left) or _ISSUING.search(left)):
        found = issuer_in_words(before["body"], province)
    if found is None and joined and joined.number and joined.number.partition("/")[2] == number.partition("/")[2]:
        found = joined.issuer
    if found is None and province and _OF_COMMITTEE.search(number):
        found = issuer_in_words(f"UBND {province}", province)
    return found


def _tail(text: str, end: int) -> re.Match[str] | None:
    return _TAIL.match(text[end : end + RIGHT_WINDOW])


def _type_word(left: str) -> tuple[str, int] | None:
    """The type word that governs the number, and where it begins: `Kế hoạch hoạt động số `."""
    found = None
    for match in _type_names().finditer(left):
        if match.start() and left[match.start() - 1].isalnum():
            continue
        if _BETWEEN.fullmatch(left, match.end()):
            found = (type_codes_by_name()[match[0].casefold()], match.start())
    return found


def _doc_type(word: str | None, number: Number) -> str:
    by_symbol = type_codes_by_symbol().get(number.symbol)
    if word is None:
        return by_symbol or "L"
    if word == "CV" or (by_symbol and word not in _SHARING.get(by_symbol, ())):
        return by_symbol or word
    return word


@cache
def _type_names() -> re2.Pattern[str]:
    names = sorted(type_codes_by_name(), key=len, reverse=True)
    return re2.compile("(?i)" + "|".join(map(re2.escape, names)))


_NUMBER = whole_text_pattern(
    r"[0-9][0-9.]*[a-zđ]?[0-9]? ?[/⁄–-]+ ?(?:(?:19|20)[0-9]{2}(?: ?[/⁄]+ ?|-)?)?"
    r"\p{L}[^\s/⁄–_,;:()|“”\"'-]*(?:(?: ?[/⁄–-] ?|_)\p{L}[^\s/⁄–_,;:()|“”\"'-]*)*"
)
_PART = re.compile(r"[^\s/⁄–_-]+")
_MIXED = {"tu", "tw", "ttg", "tg", "ctr", "ttr", "qyđ", "tcg", "trs", "nqtr"}
_LOWER = {
    "qđ",
    "nq",
    "nđ",
    "cp",
    "kh",
    "ct",
    "tt",
    "ttg",
    "ubnd",
    "hđnd",
    "tw",
    "tu",
    "tb",
    "ctr",
    "ttr",
    "ktth",
    "vpcp",
}
_ONE_SMALL = regex.compile(r"(?=.{3,8}$)\p{Lu}{2,}[a-zđø][\p{Lu}\d]*|T1g")
_LEGISLATURE = re.compile(r"(?:UBTV)?QHK?[Il]?\d*$|UBTVQH\d*")
# A scan reads the 1 of `QH15` as a letter, or as a letter and a 1, and the Q as an O.
_MISREAD_TERM = re.compile(r"[QO]H[Il]1?(?=\d$)|(?<![A-Z])OH1(?=\d$)")
_YEAR_BEFORE = re.compile(r"^(?:19|20)\d\d(?=\D)")
_TERM = re.compile(r" (1\d)(?!\d)")  # `54/2031/QH 14`
_TORN_FIGURES = re.compile(r"(?:[Ss]ố|SỐ) ?:? ?(?P<figures>(?:\d{1,3} ){1,3})$")  # `số 1 25/2031/NĐ-CP`
_SLASH_LOST = re.compile(r"(?<=/)(?P<year>(?:19|20)\d\d)(?=[^\W\d_])")  # `49/2031TT-BCT`
# `Quy định số 212-QĐ/TW`: the symbol is shared by types that only the word tells apart.
_SHARING = {
    "QĐ": ("QyĐ", "QC"),
    "TT": ("TTLT",),
    "TB": ("KL",),
    "CT": ("CTr",),
    "NQ": ("NQLT",),
    "TC": (),
    "HĐ": ("HD",),
    "L": ("LCT", "PL", "BL"),
}
_BETWEEN = re.compile(
    r"(?: (?!của |ngày |theo |tại |về |thực |và |nêu |sau |này |kèm |năm )[^\W\d_]+){0,6}\s?:?\s?(?:\(?[Ss]ố"
    r"|SỐ)?\s?[:.]?\s?"
)
_LABEL = re.compile(r"(?:[Ss]ố|SỐ) ?[:.]? ?$")
_FORM = re.compile(
    r"(?:[Mm]ẫu|MẪU|[Bb]iểu(?: mẫu)?|[Pp]hụ lục|[Tt]ờ khai|QCVN|TCVN|QCĐP|TCCS|ISO)\W+(?:số |SỐ )?:?\W*[\w:.]*$"
)
# `1207/KH-UBND` may be any committee's, `12/TTr-SNV` is one department's throughout a document.
_OF_COMMITTEE = re.compile(r"[/-]UB(?:ND)?$|^\d+[a-zđ]?/UB(?:ND)?-")  # `5/QĐ-UBND`, a letter's `5/UBND-TH`
_SHARED_SUFFIX = re.compile(r"(?:^|-)(?:UBND|UB|HĐND|TU|TW|BCĐ)$|^[^-]*$")
_JOINED = re.compile(r"\s?(?:của [^;.\n]{3,60})?[,;]?\s?(?:và )?(?:các )?(?:[Ss]ố:? ?)?")
_ENUMERATED = re.compile(r"[,;]? ?(?:và )?(?:các )?")
_PROPOSER = re.compile(
    r"(?:của|CỦA) (?P<body>[^;.:\n\d]{3,110}?) (?:(?<!công )(?<!chương )trình )?tại (?:các |những )?$"
)
# `Huyện ủy đã ban hành Chỉ thị số 12-CT/HU`, `tham mưu cho Huyện ủy ban hành Chỉ thị số 12-CT/HU`.
_ISSUING = re.compile(
    r"(?:^|[\n.;:,“\"(] ?|(?:đề nghị|yêu cầu|giao|trình|tham mưu|cho|khi|sau khi|để) )"
    r"(?P<body>(?!Căn cứ)(?:(?!(?:đề nghị|yêu cầu|giao|trình|tham mưu|cho|theo|về|khi|để|sau|trước) )"
    r"[^\W\d_]+[ -]{1,3}){1,12}?)(?:đã |vừa )?(?:ký )?(?:ban hành|có) (?:các )?$"
)
_WHEN = r"(?:,? ?\(?(?:được )?(?:ký |ban hành )?,? ?(?:ngày|NGÀY|Ngày):? ?" + DATE + r"\)?)"
# `ngày _ của …`: a day that a scan lost, or a draft left open.
_BLANK_DAY = r"(?:,? ngày[\s\d.…_/]{0,12}(?:tháng[\s\d.…_]{0,12}năm[\s\d.…_]{0,12})?(?= ?của ))"
# `của Ban Chỉ đạo về chuyển đổi số, cải cách hành chính tỉnh`: what it steers has commas and "về" in it.
_STEERING = r"Ban [Cc]hỉ đạo về (?!việc )[^;.:()“”\"|\n]{3,110}? (?:tỉnh|thành phố|quốc gia|Trung ương|huyện|xã|phường)"
_TAIL = re.compile(
    r"(?:(?P<when>"
    + _WHEN
    + r")|"
    + _BLANK_DAY
    + r")?(?:,? ?(?:(?:của|CỦA) |(?=Hội nghị lần thứ ))(?P<issuer>"
    + _STEERING
    + r"|[^\W\d_][^;:.()“”\"|\n,]{2,90}?)"
    r"(?= (?:[Vv]ề|VỀ|[Bb]an hành|[Qq]uy định|[Hh]ướng dẫn|[Pp]hê duyệt|[Tt]hực hiện|[Ss]ửa đổi|[Tt]riển khai"
    r"|[Qq]uyết định|[Đđ]ề nghị"
    r"|và (?:các|[Nn]ghị (?:quyết|định)|[Qq]uyết định|[Cc]hỉ thị|[Kk]ế hoạch|[Cc]ông (?:văn|điện)|[Tt]hông (?:tư|báo)"
    r"|[Vv]ăn bản|Bộ |Sở |UBND|[Tt]ờ trình|ý kiến|kinh phí)|ngày|trong|(?<!cấp cao )tại|đã|công bố"
    r"|điều chỉnh|thông qua"
    r"|để|nhằm|là|nay|gửi|được|do|thì|khi|nêu|theo|với|hết|kể|bổ sung|tiếp tục|thông báo|yêu cầu|xử phạt|ấn định"
    r"|vướng mắc|có(?! công)"
    r"|khóa|giao(?! thông)|năm|“|\")(?!\w)|[;:.()“”\"|\n,]|$))?"
)
# `Ngày 09/4/2031, Chính phủ đã ban hành Nghị định số …`: a sentence tells the day of the document.
_ISSUED_ON_THAT_DAY = re.compile(
    r"(?:^|[\n.;:“”\"(] ?)Ngày " + DATE + r",? (?!của )[^.;:\n\d()]{3,110}? (?:ban hành|có) (?:các )?$"
)
_LATER = re.compile(r",? \(?ngày " + DATE)
_THIS = re.compile(r" (?:này|nầy)\b")
_ANNEX_HEAD = re.compile(r"\W*\(? ?(?:(?:được )?(?:[Bb]an hành|[Pp]hê duyệt) )?(?:[Kk]èm theo|[Đđ]ính kèm)[^;.\d]*$")
_HEADER_LINE = re.compile(r"[\s|*]*(?:Số|SỐ)\s*[:;]?[\s#+?]*\d")
