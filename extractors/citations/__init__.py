"""Find citations: "Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ", "Luật Đầu tư công ngày 13/6/2019".

One citation stands for one document, with the spans of all its mentions; what a later mention adds (a date, a body) is
merged into it. The document that speaks is no citation of its own, nor is a programme or a scheme without a number.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

import re2

from extractors.citations.issuers import full_province
from extractors.citations.laws import find_named_laws
from extractors.citations.mention import Mention, merge, number_key
from extractors.citations.numbers import find_numbered, own_mention
from extractors.citations.treaties import find_treaties
from schemas import Citation


def find_citations(
    text: str, *, own_number: str | None = None, issued: date | None = None, province: str | None = None
) -> list[Citation]:
    """Every other legal document that *text* names, in the order of first mentions.

    *own_number* and *issued* are the document's own; *province* (`tỉnh Bình Định`) completes `UBND tỉnh`.

    >>> text = "Căn cứ Quyết định số 12/QĐ-TTg ngày 05/3/2020; Luật Đầu tư công; Quyết định 12/QĐ-TTg"
    >>> [(c.doc_type, c.number or c.title, str(c.issued_on), len(c.spans)) for c in find_citations(text)]
    [('QĐ', '12/QĐ-TTg', '2020-03-05', 2), ('L', 'Luật Đầu tư công', 'None', 1)]
    """
    province = full_province(province) if province else None
    treaties = list(find_treaties(text))
    named = _outside(treaties, list(find_named_laws(text)))
    named = sorted([*named, *treaties], key=lambda mention: mention.span) if treaties else named
    mentions = named + _outside(named, find_numbered(text, province))
    own = [mention for mention in mentions if own_mention(text, mention)]
    itself = {number_key(mention.number) for mention in own if mention.number}
    if own_number:
        itself.add(number_key(re.sub(r"\s", "", own_number)))
    return merge(text, [mention for mention in mentions if not _is_itself(mention, itself, issued)])


def find_legal_bases(text: str, citations: Sequence[Citation]) -> list[int]:
    """The indexes of the *citations* on which the document says that it rests (`Căn cứ …`).

    A document that only stands in the title of a basis is none.

    >>> text = "Căn cứ Nghị định số 34/2016/NĐ-CP hướng dẫn thi hành Luật Đầu tư;"
    >>> citations = find_citations(text)
    >>> [citations[index].number for index in find_legal_bases(text, citations)]
    ['34/2016/NĐ-CP']
    """
    return sorted({*_governed(text, citations, _bases(text)), *_bases_of_purpose(text, citations)})


def _bases_of_purpose(text: str, citations: Sequence[Citation]) -> list[int]:
    """Bases that a sentence lists before it orders: `Để quýt được mùa, căn cứ Luật A, Nghị định B, UBND xã chỉ thị:`.

    Its commas part bases, also behind a title. A line with a label of its own says it of what others decide.
    """
    end = 0
    for purpose in _PURPOSE.finditer(text):
        if purpose.start() < end:  # its line has been read
            continue
        start, line = purpose.end(), text.rfind("\n", 0, purpose.start() + 1) + 1
        end = _line_end(text, start)
        orders = _ORDERS.search(text[max(start, end - _LONGEST_ORDER) : end])
        if orders is None and text[start:end].rstrip().endswith((";", ",")):
            below = _line_end(text, end + 1)
            orders = _ORDERS.search(text[max(end + 1, below - _LONGEST_ORDER) : below])
        if orders is None or not _WORD.match(text, line):
            continue
        return [index for index, citation in enumerate(citations) if _is_listed(text, citation, start, end)]
    return []


def _is_listed(text: str, citation: Citation, start: int, end: int) -> bool:
    """Whether a mention of *citation* is an item of the enumeration from *start* to *end*."""
    for span in citation.spans:
        if start <= span.start < end and _LISTED.search(text[max(start, span.start - _LONGEST_LINK) : span.start]):
            return True
    return False


def _line_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return len(text) if end < 0 else end


def _bases(text: str) -> list[tuple[int, int]]:
    """Where a basis is named; an item alone among duties that begins so is none: `a) Căn cứ vào Luật …, rà soát …`."""
    places = list(_BASIS.finditer(text))
    listed = set()
    for one, other in pairwise(places):
        if not text[_line_end(text, one.end()) : other.start()].strip():
            listed |= {one.start(), other.start()}
    return [place.span() for place in places if not place["label"] or place.start() in listed]


def find_replaced(text: str, citations: Sequence[Citation]) -> list[int]:
    """The indexes of the *citations* that the document puts out of force (`thay thế`, `bãi bỏ`).

    >>> text = "Quyết định này thay thế Quyết định số 15/QĐ-UBND."
    >>> find_replaced(text, find_citations(text))
    [0]
    """
    places = [match.span() for match in _REPLACING.finditer(text) if _speaks_of_itself(text, match.start())]
    found = set(_governed(text, citations, places))
    for index, citation in enumerate(citations):
        if any(_LOSES_FORCE.match(text, span.end, span.end + 160) for span in citation.spans):
            found.add(index)
    return sorted(found)


def _outside(named: list[Mention], numbered: list[Mention]) -> list[Mention]:
    """The numbered mentions that are not part of a mention by name (`Luật Đầu tư số 61/2020/QH14`)."""
    free, index = [], 0
    for mention in numbered:
        while index < len(named) and named[index].span.end <= mention.span.start:
            index += 1
        if (
            index == len(named)
            or named[index].span.start >= mention.span.end
            or named[index].span.end < mention.span.end
        ):
            free.append(mention)
    return free


def _is_itself(mention: Mention, itself: set[str], issued: date | None) -> bool:
    if not mention.number or number_key(mention.number) not in itself:
        return False
    return not (issued and mention.issued_on and mention.issued_on.year != issued.year)


def _governed(text: str, citations: Sequence[Citation], places: list[tuple[int, int]]) -> list[int]:
    """Citations that follow one of *places* in its line, directly or in an enumeration with one that does."""
    mentions = sorted((span, index) for index, citation in enumerate(citations) for span in citation.spans)
    ends = sorted(end for _, end in places)
    found: set[int] = set()
    # Ends of the place or governed mention with no other mention behind it, and of the line's last governed mention.
    beside = governed = -1
    line_end = position = 0
    for span, index in mentions:
        while position < len(ends) and ends[position] <= span.start:
            beside = ends[position]
            if beside >= line_end:
                line_end, governed = _line_end(text, beside), -1
            position += 1
        if span.start >= line_end:
            continue
        listed = beside >= 0 and (beside > span.start or _ENUMERATION.fullmatch(text, beside, span.start))
        if listed or (governed >= 0 and _goes_on(text, governed, span.start)):
            found.add(index)
            beside = governed = span.end
        else:
            beside = -1
    return sorted(found)


def _goes_on(text: str, end: int, start: int) -> bool:
    """Whether the next basis of a line follows: behind a semicolon, or behind a body and no title, or a title's end."""
    if _NEXT_BASIS.search(text, max(end, start - _LONGEST_LINK), start):
        return True
    return start - end <= _LONGEST_ISSUER and _UNTITLED.fullmatch(text, end, start) is not None


def _speaks_of_itself(text: str, start: int) -> bool:
    sentence = text[max(0, start - 250) : start]
    sentence = re.split(r"[.;\n]\s", sentence)[-1]
    if _TO_BE_DONE.search(sentence):
        return False
    return bool(re.search(r"\bnày\b", sentence)) or not re.search(r"\d", sentence)


_BASIS = re2.compile(r"(?im)^[\s*+•|–-]*(?P<label>[0-9a-zđ]{1,2}[.)] )?căn cứ(?: vào| theo)? ?:? ?")
_PURPOSE = re2.compile(r"(?m)(?:^|\. )(?:Để|Nhằm) [^\n.;:]+?, (?:đồng thời )?căn cứ(?: vào)? ?:? ?")
_ORDERS = re.compile(r"\b(?:chỉ thị|yêu cầu|quyết định|như sau) ?: ?$")
_WORD = re.compile(r"[^\W\d_]{2}")
_LISTED = re.compile(r"(?:^|[,;] )(?:và )?(?:các )?$")
_LONGEST_ORDER, _LONGEST_LINK, _LONGEST_ISSUER = 16, 16, 300
_REPLACING = re2.compile(
    r"(?i)(?:thay thế|bãi bỏ|hủy bỏ|hết hiệu lực thi hành)(?: toàn bộ)?(?: cho)?(?: các| những)?:? ?"
)
_LOSES_FORCE = re.compile(
    r"(?:[^.;\n]{0,110}?) (?:hết hiệu lực|bị bãi bỏ|được bãi bỏ)(?: thi hành)?(?: kể)? (?:từ|khi)[^.;\n]{0,40} này\b"
)
_ENUMERATION = re.compile(r"[\s,;:]*(?:và |; )?(?:các |những )?")
_TO_BE_DONE = re.compile(r"(?i)\b(?:tham mưu|đề xuất|kiến nghị|nghiên cứu|rà soát|sửa đổi, bổ sung hoặc)\b")
_NEXT_BASIS = re.compile(r"(?i)(?:;|[”\"],? và) (?:và |các |căn cứ )?$")
# ` năm 2031 và `, ` của Chính phủ, ` between two bases: with a title between them the second may be part of it.
_UNTITLED = re.compile(
    r"(?: (?:năm )?(?:19|20)[0-9]{2}| \([^()\n;]{2,60}\))?"
    r"(?: của (?:(?!(?:về|quy định|hướng dẫn|ban hành|phê duyệt|thi hành|sửa đổi|bổ sung|thực hiện|triển khai|giao) )"
    r"[^\W\d_]+[ ,-]{1,3}){1,16}?)?[,;]? ?(?:và |; )?(?:các |những )?"
)
