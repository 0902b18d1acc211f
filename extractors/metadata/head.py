"""Read the head of a document: letterhead, number, place and date, type, title (Nghị định 30/2020/NĐ-CP, phụ lục I).

The parts stand in one column, in two columns, in cells between `|` or all on one line, so they are recognised by what
they say and not by where they stand. A number or date that cannot be read is left out, never guessed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

import regex

from extractors.document_numbers import with_known_signs
from extractors.document_types import document_types
from extractors.metadata.folding import folded, mostly_capitals
from extractors.metadata.letterhead import find_province, names_known_body, provinces
from extractors.metadata.title import Part, has_stains, title_under
from extractors.written_dates import DATE, date_of
from schemas import Span

HEAD_LENGTH = 4000


@dataclass(frozen=True, slots=True)
class Head:
    """The parts that were found; `remarks` names what is blank or unreadable."""

    formal: bool
    doc_type: Part | None = None
    number: Part | None = None
    title: Part | None = None
    issuer: Part | None = None
    place: Part | None = None
    issued_on: date | None = None
    date_span: Span | None = None
    remarks: tuple[tuple[str, Span], ...] = ()


def read_head(text: str) -> Head:
    """The head of *text*; `formal` is false when it has neither motto nor number nor dateline."""
    head = text[:HEAD_LENGTH]
    plain = folded(head)
    motto, second = _mottos(head, plain)
    if second is not None:
        head, plain = head[:second], plain[:second]
    limit = (motto[0][1] if motto else 0) + 1200
    number, number_area, remarks = _number(head, plain, limit, motto)
    before_place = [*motto, number_area] if number_area else motto
    place, issued_on, date_area, date_remarks = _dateline(head, plain, limit, before_place)
    areas = [*motto, *([number_area] if number_area else []), *([date_area] if date_area else [])]
    if not (motto or (number_area and date_area)):
        return Head(formal=False)
    end = max(area[1] for area in areas)
    doc_type, type_span = _type_line(head, plain, end)
    title = None if doc_type else _letter(head, plain, end, date_area)
    if title:
        doc_type, type_span = "CV", title.span
    else:
        title = title_under(text, type_span, _letterhead(head, plain, areas, end)) if type_span else None
    stop = type_span.start if type_span else end
    return Head(
        formal=True,
        doc_type=Part(doc_type, type_span) if doc_type and type_span else None,
        number=number,
        title=title,
        issuer=_letterhead(head, plain, areas, min(stop, end)),
        place=place,
        issued_on=issued_on,
        date_span=Span(*date_area) if date_area else None,
        remarks=(*remarks, *date_remarks),
    )


def number_at(text: str) -> tuple[str, int] | None:
    """The number with which a text begins, and where it ends.

    >>> number_at("số 5/KH-UBND về trồng cây")
    ('5/KH-UBND', 12)
    """
    label = re.match(r" ?(?:[Ss]ố ?:? ?)?", text)
    start = label.end() if label else 0
    found = _NUMBER.match(text[: start + 60], start)
    return (_plain_number(re.sub(r"\s", "", found[0])), found.end()) if found else None


def type_at(text: str) -> tuple[str, int] | None:
    """The type word with which a line begins, and its length.

    >>> type_at("Chỉ thị về việc tăng cường")
    ('CT', 7)
    """
    plain = folded(text[:60])
    match = _type_words().match(plain)
    if match is None or plain[match.end() : match.end() + 1].isalnum():
        return None
    return _codes()["".join(match[0].split())], match.end()


def _mottos(head: str, plain: str) -> tuple[list[tuple[int, int]], int | None]:
    """Where the motto of the first head stands, and where a second head begins: an attachment may repeat the motto."""
    found: dict[str | None, tuple[int, int]] = {}
    for match in _MOTTO.finditer(plain, 0, 2500):
        if not _is_motto(head, plain, match):
            continue
        if match.lastgroup in found:
            return list(found.values()), plain.rfind("\n", 0, match.start()) + 1
        found[match.lastgroup] = match.span()
    return list(found.values()), None


def _is_motto(head: str, plain: str, match: re.Match[str]) -> bool:
    """The names of state and party are set in capitals in a head, and not in running text.

    Nor is the state's name one that ends the name of a body: `QUỐC HỘI NƯỚC CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM`.
    """
    if match.lastgroup == "line":
        return True
    if not head[match.start() : match.end()].isupper():
        return False
    return not plain[: match.start()].rstrip().endswith("NUOC") or bool(_LINE_BELOW.match(plain, match.end()))


Remarks = tuple[tuple[str, Span], ...]


def _number(
    head: str, plain: str, limit: int, mottos: list[tuple[int, int]]
) -> tuple[Part | None, tuple[int, int] | None, Remarks]:
    body = _BODY.search(plain, 0, limit)
    limit = body.start() if body else limit
    labels = [
        m
        for m in _LABEL.finditer(plain, 0, limit)
        if not _in_sentence(head, plain, m, mottos) or _LAW_NUMBER.search(plain[max(0, m.end() - 14) : m.end()])
    ]
    labels.sort(key=lambda match: (match[0][-1] not in ":;", match.start()))
    for label in labels:
        start = label.end()
        cell = re.match(r"\s*[^|\n]*", head[start:])
        area = _BEFORE_PLACE.split(cell[0] if cell else "")[0]
        area = _MISREAD_DIGIT.sub(lambda letter: "0" if letter[0] in "Oo" else "1", area)
        area = _lost_hyphen().sub(r"\g<symbol>-", area)
        found = _NUMBER.match(area)
        squeezed = re.sub(r"\s", "", area)
        if _CAPITALS_ONLY.fullmatch(area.strip()) and _NUMBER.fullmatch(squeezed):
            value, end = squeezed, len(area.rstrip())
        elif found:
            value, end = re.sub(r"\s", "", found[0]), found.end()
        elif _BLANK.match(area):
            return None, (label.start(), start + len(area)), (("blank-number", Span(start, start + len(area))),)
        elif _SLASHED.search(area) and label[0][-1] in ":;":
            return None, (label.start(), start + len(area)), (("unreadable-number", Span(start, start + len(area))),)
        else:
            continue
        lead = len(area) - len(area.lstrip())
        return Part(_plain_number(value), Span(start + lead, start + end)), (label.start(), start + end), ()
    return None, None, ()


def _plain_number(value: str) -> str:
    value = re.sub(r"[–—]", "-", value).replace("⁄", "/")
    return with_known_signs(re.sub(r"/+", "/", value).strip(_AROUND_NUMBER))


def _in_sentence(head: str, plain: str, label: re.Match[str], mottos: list[tuple[int, int]]) -> bool:
    """Whether a label stands in running text, where it numbers another document: `Thông tư số 4/2030/TT-BTC`.

    A label right behind the motto does not, small as it may be: `Độc lập - Tự do - Hạnh phúc số: 5/KH-UBND`.
    """
    start = label.start()
    before = plain[:start].rstrip(" ")
    in_line = head[start] == "s" and before[-1:] not in ("", "\n", "|") and all(end != len(before) for _, end in mottos)
    return in_line or _AFTER_TYPE.search(plain[max(0, start - 14) : start]) is not None


def _dateline(
    head: str, plain: str, limit: int, areas: list[tuple[int, int]]
) -> tuple[Part | None, date | None, tuple[int, int] | None, Remarks]:
    for match in _DAY.finditer(plain, 0, limit):
        place = _place_before(head, match.start(), max((end for _, end in areas if end <= match.start()), default=0))
        if place is None:
            continue
        issued_on, end = _day_at(head, plain, match)
        code = "blank-date" if _BLANK_DAY.search(plain[match.start() : end]) else "unreadable-date"
        remark = () if issued_on else ((code, Span(match.start(), end)),)
        return place, issued_on, (place.span.start, end), remark
    return None, None, None, ()


def _place_before(head: str, start: int, begin_of_line: int) -> Part | None:
    """The place before a day: any name before a comma, a province where a scan has lost the comma.

    Motto and number may stand before it in its line, which then begins behind them.
    """
    offset = max(0, start - 60)
    before = head[offset:start]
    place = _PLACE.search(before)
    if place is None:
        place = _PLACE_ALONE.search(before)
        begin_of_line = max(begin_of_line, head.rfind("\n", 0, start) + 1, head.rfind("|", 0, start) + 1)
        line = head[begin_of_line:start]
        if place is None or _WORD_BEFORE.search(line[: -len(place[0])]) or find_province(place["name"]) is None:
            return None
    name = _with_lost_marks(" ".join(place["name"].split()))
    begin = offset + place.start("name")
    if (word := _SMALL_WORD_BEFORE.search(before[: place.start("name")])) and (whole := _misread(word[1], name)):
        return Part(whole, Span(offset + word.start(1), begin + len(place["name"].rstrip())))
    return Part(name, Span(begin, begin + len(place["name"].rstrip())))


def _with_lost_marks(name: str) -> str:
    """A province's name with the marks that a scan lost (`Ha Nội`); other places may be called nearly the same."""
    known = provinces().get(folded(name))
    if known is None or len(known.name) != len(name):
        return name
    lost = all(a == b or a == folded(b) or a == folded(b).lower() for a, b in zip(name, known.name, strict=True))
    return known.name if lost else name


def _misread(word: str, rest: str) -> str | None:
    """The one province whose first word is *word* but for one letter, and the others *rest*: `là` and `Nội`."""
    there = folded(f"{word} {rest}")
    found = [
        province.name
        for name, province in provinces().items()
        if len(name) == len(there)
        and name[len(word) :] == there[len(word) :]
        and sum(a != b for a, b in zip(name, there, strict=True)) == 1
    ]
    return found[0] if len(found) == 1 else None


def _day_at(head: str, plain: str, word: re.Match[str]) -> tuple[date | None, int]:
    """The day that begins at its *word*, None where it cannot be read, and where it ends."""
    start = word.start()
    spoiled = _SPOILED_DAY.match(plain, start)
    rest = spoiled or _DAY_REST.match(plain, start)
    end = rest.end() if rest else word.end()
    if found := _WRITTEN.match(" ".join(head[start : start + 60].split())):
        return date_of(found), end
    if spoiled is None:
        return None, end
    day, month, year = (int(re.sub(r"\s", "", part)) for part in spoiled.groups())
    try:
        return date(year, month, day), end
    except ValueError:
        return None, end


def _type_line(head: str, plain: str, end: int) -> tuple[str | None, Span | None]:
    for match in _type_words().finditer(plain, max(0, end - 1), end + 900):
        start, stop = match.span()
        if not head[start:stop].replace(" ", "").isupper() or plain[stop : stop + 1].isalnum():
            continue
        line = plain[plain.rfind("\n", 0, start) + 1 : start]
        if re.search(r"[A-Z]{2}", line) and re.search(r"[A-Z]{2}", plain[end:start]):
            continue
        return _codes()["".join(match[0].split())], Span(start, stop)
    return _misread_type_line(head, plain, end)


def _misread_type_line(head: str, plain: str, end: int) -> tuple[str | None, Span | None]:
    """A line of its own that is the name of a type but for one letter: `QUYẾT ĐỊNI`."""
    for line in _LINE.finditer(plain, end, end + 900):
        words = re.sub(r"[^A-Z0-9]", "", line[0])
        if len(words) > _SHORTEST_MISREAD and head[line.start() : line.end()].isupper():
            for name, code in _codes().items():
                if len(name) == len(words) and sum(a != b for a, b in zip(name, words, strict=True)) == 1:
                    return code, Span(line.start(), line.end())
    return None, None


def _letter(head: str, plain: str, end: int, date_area: tuple[int, int] | None) -> Part | None:
    """An official letter has no type line: its subject stands under the number (`V/v …`).

    In two columns the dateline may stand beside it, and the subject goes on below that line.
    """
    subject = _SUBJECT.search(head, max(0, end - 400), end + 600)
    greeting = _GREETING.search(plain, subject.start(), subject.start() + 800) if subject else None
    if subject is None or greeting is None:
        return None
    start, stop = subject.span("title")
    words = subject["title"]
    if date_area and start < date_area[0] < stop:
        stop = greeting.start()
        words = head[start : date_area[0]] + head[date_area[1] : stop]
    value = " ".join(words.split()).strip(" |*_-–—")
    return Part(value, Span(start, start + len(head[start:stop].rstrip()))) if value else None


def _letterhead(head: str, plain: str, areas: list[tuple[int, int]], stop: int) -> Part | None:
    """What is left of the head in capitals when motto, number and dateline are taken out."""
    letters = list(head[:stop])
    for start, end in areas:
        letters[start:end] = "\n" * (min(end, stop) - start) if start < stop else []
    rest = "".join(letters)[:stop]
    chunks = [chunk for chunk in re.finditer(r"[^\n|]+", rest) if _is_of_letterhead(chunk[0])]
    if any(named := [names_known_body(chunk[0].strip()) for chunk in chunks]):
        chunks = [chunk for chunk, is_body in zip(chunks, named, strict=True) if is_body or not _is_portal(chunk[0])]
    signed = [match.end() for match in _SIGNING_TIME.finditer(rest)]
    if signed:  # the stamp of a digital signature stands above the head, and ends with its time
        chunks = [chunk for chunk in chunks if chunk.start() >= signed[-1]] or chunks
    words = " ".join(dict.fromkeys(_EDGES.sub("", chunk[0]) for chunk in chunks))
    words = " ".join(words.split())
    words = words[: found.start()] if (found := _BY_DECISION.search(folded(words))) else words
    return Part(words, Span(chunks[0].start(), chunks[-1].end())) if words else None


def _is_of_letterhead(words: str) -> bool:
    return mostly_capitals(words) and bool(_WORDY.search(words)) and not _STAMP.fullmatch(folded(words.strip()))


def _is_portal(words: str) -> bool:
    """Whether a line is the stamp of a portal or of a signature in a scan: `[HINHPHU VN "Đẻ`, `CONGBAO.GOV.VN`."""
    return _PORTAL.search(folded(words)) is not None or has_stains(words)


@cache
def _codes() -> dict[str, str]:
    return {"".join(folded(name).split()): row.code for row in document_types() for name in (row.name, *row.aliases)}


@cache
def _type_words() -> re.Pattern[str]:
    names = sorted((folded(row.name) for row in document_types() if row.code != "CV"), key=len, reverse=True)
    return re.compile("|".join(re.escape(name).replace("\\ ", r"\s*") for name in names))


@cache
def _lost_hyphen() -> re.Pattern[str]:
    """A blank between the signs of type and body: `12/KH UBND`."""
    symbols = sorted((symbol for row in document_types() for symbol in row.symbols), key=len, reverse=True)
    return re.compile(rf"(?P<symbol>\d ?/ ?(?:{'|'.join(symbols)})) (?=[{_LETTERS}]{{2}})")


# A scan damages words inside the state's name (`XÃ : HỦ NGHĨA`).
_MOTTO = re.compile(
    r"(?P<state>(?:\b[A-Z0]{0,3}NG\s+)?H\s?OA\s+XA\s[^\n|]{1,16}\bNGHIA\s+VIET\s*NAM"
    r"|(?:\b[A-Z0]{0,3}NG\s+)?H\s?OA\s+XA\s+H[O0]I\s+CHU\s+NGHIA\s+VIET\s*NAM)"
    r"|(?P<party>DANG\s+CONG\s+SAN\s+VIET\s+NAM)"
    r"|(?P<line>DOC\s+LAP\s*[-–—]\s*TU\s+DO\s*[-–—]\s*HANH\s+PHUC)"
)
_LINE = re.compile(r"[^\n|]{7,40}")
_SHORTEST_MISREAD = 6
_LINE_BELOW = re.compile(r"[\W_]{0,30}DOC\s+LAP")
# A scan reads `S6:` and `Só;` for `Số:`.
_LABEL = re.compile(r"(?:(?<=\n)|(?<=^)|(?<=\|)|(?<= ))(?:SO ?[:;.]?|S[06] ?[:;])(?=[\s\d/.…]|[?#+'\"’_–-])")
_MISREAD_DIGIT = re.compile(r"(?<![^\W_])[lI](?=\d)|(?<=\d)[lIOo](?=[\d/])")
_AROUND_NUMBER = " .,-–/'\"’_"
_AFTER_TYPE = re.compile(r"(?:DINH|QUYET|HOACH|THI|TRINH|LUAT|CONG VAN|LAN) $")
# The header of a law prints `Luật số: 61/2020/QH14`.
_LAW_NUMBER = re.compile(r"(?:^|[\n|] ?)LUAT SO ?:$")
_BODY = re.compile(r"\n[\W_]*(?:CAN CU |KINH GUI|DIEU 1\b)")
_LETTERS = "A-ZĐƯƠÂÊÔĂỤÙÚŨỦÖÒÓỌ"
_CODE = rf"[{_LETTERS}][{_LETTERS}&\d.]*[a-zđø]?[{_LETTERS}\d]*"
_NUMBER = re.compile(
    rf"[\s.,'\"’_–-]*\d[\d.]*[a-zđ]?\s?(?:[/⁄]\s?(?:19|20)\d\d\s?)?[/⁄–—-]+\s?(?!Ø){_CODE}"
    rf"(?:\s?[/–—-]\s?{_CODE}){{0,4}}(?![^\W\d_])"
)
_BEFORE_PLACE = regex.compile(r"(?<=\S)\s+(?=\p{Lu}\p{Ll}+[^|\n]{0,30}[,.;] ?ngày)")
_CAPITALS_ONLY = re.compile(rf"[\d{_LETTERS}a-z/⁄ –—-]+")
_BLANK = re.compile(r"[\s.…_]*(?:[/–-]\s?(?:\d{4}\s?/)?\s?[A-ZĐ]{2}|$)")
_SLASHED = re.compile(r"/ ?[A-ZĐ]{2}")
_DAY = re.compile(r"NGAY(?=[\s\d.,…/_:;])")
# Without the marks of its words, with specks and blanks between and within its figures.
_SPOILED_DAY = re.compile(
    r"NGAY[\s:_.,]*(\d ?\d?)[\s_.,]*THANG[\s_.,]*(\d ?\d?)[\s_.,]*NAM[\s_.,]*((?:19|20) ?\d ?\d)(?!\d)"
)
_DAY_REST = re.compile(
    r"NGAY[\s.,…_]*\S{0,4}[\s.…_]*THANG[\s.…_]*\S{0,4}[\s.…_]*NAM[\s.…_]*\d{0,4}|NGAY\s*\d+/\d+/\d{4}|NGAY"
)
_BLANK_DAY = re.compile(r"NGAY[\s.…_/]*(?:THANG|$)|THANG[\s.…_/]*NAM|NAM[\s.…_]*$")
_WRITTEN = re.compile("(?i:ngày) ?" + DATE)
_PLACE_NAME = (
    r"(?<!\p{L})(?P<name>(?:(?:[Tt]hành phố|T[Pp]\.?)\s+)?(?:\p{Lu}[\p{Ll}’']+(?:\s*-\s*|\s+|(?=[,.;]))){1,5})"
)
_PLACE = regex.compile(_PLACE_NAME + r"\s*,\s*$")
_PLACE_ALONE = regex.compile(_PLACE_NAME + r"[.;]?\s*$")
_SMALL_WORD_BEFORE = regex.compile(r"(?:^|[\n|])\W*(\p{Ll}{2,6}) +$")
_WORD_BEFORE = regex.compile(r"\p{Ll}{2}")
_SUBJECT = re.compile(r"\b[Vv]/v:?\s+(?P<title>[^\n|]+(?:\n(?!\s*\n|[Kk]ính|\|)[^\n|]+)*)")
_GREETING = re.compile(r"KINH GUI")
_BY_DECISION = re.compile(r" THEO QUYET ?DINH")
_WORDY = re.compile(r"[^\W\d_]{2}")
_STAMP = re.compile(  # what stands beside a letterhead
    r"\W*(?:(?:BAN )?DU THAO\b.{0,30}|HOA TOC.{0,20}|(?:TUYET |TOI )?MAT|(?:THUONG )?KHAN|DE BAO CAO|SAO Y.*|BAN SAO.*"
    r"|PAGE \d+.*|CONG BAO.*|LUU HANH NOI BO|(?:CONG VAN|VAN BAN|SO)? ?DEN)\W*"
)
_PORTAL = re.compile(r"\b[A-Z]{6,}[. ](?:GOV[. ]|COM[. ])?VN\b|WWW\.|HTTP")
_SIGNING_TIME = re.compile(r"\d:\d\d:\d\d ?[+-] ?\d\d:?\d\d")
_EDGES = re.compile(r"^[\W_]+|[\W_]+$")
