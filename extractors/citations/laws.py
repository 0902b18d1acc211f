"""Mentions of laws, codes and ordinances by name: "Luật Đầu tư công ngày 13/6/2019", "Bộ luật Lao động".

Where a name ends is known from a table; a name that is not in the table must begin with a capital and ends at the first
word that cannot belong to it. A law that only stands in the title of the law that amends it is not mentioned.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache, lru_cache
from typing import Any, NamedTuple

import regex

from extractors.citations.issuers import issuer_of_number
from extractors.citations.mention import Mention
from extractors.citations.numbers import find_numbers
from extractors.document_types import data_rows
from extractors.slugs import slug
from extractors.whole_text import find_spans, whole_text_pattern
from extractors.written_dates import DATE, date_of
from schemas import Span

RIGHT_WINDOW = 160
MOST_AMENDED = 12


class Law(NamedTuple):
    """One row of the table of laws."""

    code: str
    name: str
    example: str


@cache
def laws() -> tuple[Law, ...]:
    """Every row of the table."""
    return tuple(Law(*row) for row in data_rows("laws.tsv"))


def find_named_laws(text: str) -> Iterator[Mention]:
    """Every mention of a law by its name, in reading order."""
    position = 0
    written_out: dict[str, str] = {}
    for start, end in find_spans(_WORD, text):
        if start < position or not _stands_alone(text, start, end):
            continue
        stop, rule = _name_end(text, start, end)
        if not rule or (text[end] == "\n" and rule != "known-law"):
            continue
        mention = _mention(text, start, stop, rule)
        position = mention.span.end
        if rule == "capital-law" and mention.title and _SHORT.search(mention.title):
            title = _title_written_out(text, mention.title, written_out)
            mention = replace(mention, title=title, name=folded_name(title))
        yield mention


@lru_cache(maxsize=4096)
def folded_name(name: str) -> str:
    """The name as one law's mentions share it, abbreviations written out.

    >>> folded_name("Luật Tổ chức HĐND và UBND")
    'luật tổ chức hội đồng nhân dân và ủy ban nhân dân'
    """
    folded = " ".join(
        name.casefold().replace("uỷ ban", "ủy ban").replace("sửa đổi, bổ sung", "sửa đổi bổ sung").split()
    )
    folded = folded.replace("pháp lệnh về ", "pháp lệnh ")
    for full, short in _ABBREVIATIONS:
        folded = re.sub(rf"\b{short.casefold()}\b", full.casefold(), folded)
    return re.sub(r" việt nam$| \(sửa đổi\)$", "", folded)


def _title_written_out(text: str, title: str, known: dict[str, str]) -> str:
    return _SHORT.sub(lambda short: _written_out(text, short[0], known), title)


def _written_out(text: str, short: str, known: dict[str, str]) -> str:
    """What the text says that a short form stands for: `trồng rừng ngập mặn (RNM)` makes `RNM` `rừng ngập mặn`."""
    word = short.lstrip()
    if word not in known:
        place = text.find(f"({word})")
        before = _NAME_WORD.findall(text[max(0, place - 15 * len(word)) : place])[-len(word) :] if place > 0 else []
        initials = slug(" ".join(each[0] for each in before)).replace("-", "")
        known[word] = " ".join(before) if initials == slug(word) else word
    full = known[word]
    return f" {full[0].upper()}{full[1:]}" if short[0] == " " else full


def _stands_alone(text: str, start: int, end: int) -> bool:
    before = text[max(0, start - 24) : start]
    if before and (before[-1].isalnum() or _OTHER_USE.search(before)):
        return False
    if text.startswith("\n", end) and not text[start:end].isupper():  # a known name may go on in the next line
        return True
    return not _GENERIC.match(text, end)


def _name_end(text: str, start: int, end: int, *, depth: int = 0) -> tuple[int, str]:
    """Where the name ends that begins with the word law at `[start, end)`; *end* when there is none.

    *depth* counts the amending laws around it: a law that amends an amending law is the end of it.
    """
    if text[start:end] == "Hiến pháp":
        return (found.end(), "constitution") if (found := _CONSTITUTION.match(text, end)) else (end, "")
    if depth < 2 and (amending := _AMENDING.match(text, end)):
        return _amended_end(text, amending.end(), depth + 1), "amending-law"
    known = _known_end(text, start)
    if known is not None:
        return known, "known-law"
    if text[start : start + 1].isupper() and (new := _CAPITAL_NAME.match(text, end, end + 120)):
        return new.end(), "capital-law"
    return end, ""


def _amended_end(text: str, position: int, depth: int) -> int:
    """The end of `… một số điều của Luật A, Luật B và Luật C`."""
    end = position
    for _ in range(MOST_AMENDED):
        word = _LAW_WORD.match(text, position)
        stop = _name_end(text, word.start("word"), word.end(), depth=depth)[0] if word else position
        if word is None or stop == word.end():
            rest = _FREE_TITLE.match(text, position, position + 200) if end == position else None
            return rest.end() if rest else end
        end = stop
        joint = _JOINT.match(text, end)
        if joint is None:
            return end
        position = joint.end()
    return end


def _mention(text: str, start: int, stop: int, rule: str) -> Mention:
    title = re.sub(r"[ \n]+", " ", text[start:stop])
    tail = _TAIL.match(text[stop : stop + RIGHT_WINDOW])
    end, number, issued_on, year = stop, None, None, None
    if tail:
        if tail["number"] and (found := next(find_numbers(tail["number"]), None)) and found.certain:
            number = found.value
            end = stop + tail.start("number") + found.end
        behind = end if number else stop + tail.end("lead")
        rest = _DATED.match(text[behind : behind + RIGHT_WINDOW])
        if rest and (issued_on := date_of(rest)):
            end = behind + rest.end()
            year = issued_on.year
        elif tail["in_year"]:
            year = int(tail["in_year"])
    return Mention(
        span=Span(start, end),
        doc_type=_code(title),
        number=number,
        title=title,
        name=folded_name(title),
        year=year or _year_of(number),
        issued_on=issued_on,
        issuer=issuer_of_number(number) if number else None,
        rule=rule,
    )


def _year_of(number: str | None) -> int | None:
    found = re.search(r"/((?:19|20)\d\d)/", number or "")
    return int(found[1]) if found else None


def _code(title: str) -> str:
    folded = title.casefold()
    if folded.startswith("bộ luật"):
        return "BL"
    if folded.startswith("pháp lệnh"):
        return "PL"
    return "HP" if folded.startswith("hiến pháp") else "L"


def _known_end(text: str, start: int) -> int | None:
    """Where the longest known name ends that begins at *start* with the word law."""
    node, end, last = _known_names(), None, start
    for word in _NAME_WORD.finditer(text, start, start + 250):
        if word.start() > start and text[last : word.start()] not in _INSIDE:
            break
        following = node.get(word[0].casefold())
        if following is None and end is None and _ORDINANCE_ON.fullmatch(text, start, word.end()):
            last = word.end()
            continue
        if following is None:
            break
        node, last = following, word.end()
        if "" in node:
            end = last
    return end


@cache
def _known_names() -> dict[str, Any]:
    """The known names as a tree of words; the key `""` marks the end of a name."""
    words = {"L": "luật", "BL": "bộ luật", "PL": "pháp lệnh"}
    tree: dict[str, Any] = {}
    for law in laws():
        for name in _spellings(f"{words[law.code]} {law.name}".casefold()):
            node = tree
            for word in _NAME_WORD.findall(name):
                node = node.setdefault(word, {})
            node[""] = {}
    return tree


def _spellings(name: str) -> set[str]:
    """The name, and the name with common abbreviations (`HĐND`, `QPPL`) or without `Việt Nam` at its end."""
    names = {name, name.removesuffix(" việt nam")}
    for full, short in _ABBREVIATIONS:
        names |= {known.replace(full.casefold(), short.casefold()) for known in names}
    return names


_WORD = whole_text_pattern(r"[Bb]ộ luật|BỘ LUẬT|[Bb]ộ Luật|[Ll]uật|LUẬT|[Pp]háp lệnh|PHÁP LỆNH|Hiến pháp")
_LAW_WORD = re.compile(r"(?P<word>(?:[Bb]ộ [Ll]|[Ll])uật|[Pp]háp lệnh|BỘ LUẬT|LUẬT|PHÁP LỆNH)")
_NAME_WORD = re.compile(r"[^\W_]+")
_ORDINANCE_ON = re.compile(r"[Pp]háp lệnh về")  # `Pháp lệnh về giống cây trồng`; `luật về đất đai` is any
_INSIDE = {" ", "\n", ", ", " - ", "-", " – "}
_OTHER_USE = re.compile(
    r"(?:[Pp]háp|PHÁP|[Kk]ỷ|KỶ|[Qq]uy|ngành|[Đđ]ại học|[Kk]hoa|[Đđ]ạo|[Cc]ử nhân|[Tt]hạc sĩ|[Tt]iến sĩ"
    r"|[Tt]rung cấp|[Cc]ao đẳng|[Dd]ự án|[Dd]ự thảo|DỰ ÁN"
    r"|DỰ THẢO|xây dựng|âm|nhạc|[Bb]áo|[Tt]ạp chí) $|[Dd]ự (?:án|thảo) [^;.,\n]{0,12}$"
)
_GENERIC = re.compile(
    r" ?(?:[^\w ]|$)| (?:này|nầy|đó|trên|[Ss]ư(?! (?:năm|số|ngày|được))|[Gg]ia\b|SƯ\b|GIA\b|và |hiện hành|số "
    r"|Số |khác|mới|định|có |của |do |được "
    r"|để |quy định|sửa đổi,? bổ sung này|chuyên ngành|liên quan)"
)
_AMENDING = re.compile(
    r" (?:[Ss]ửa đổi|SỬA ĐỔI)(?:(?:,| và|, và| VÀ)? (?:bổ sung|BỔ SUNG))?(?:,? (?:thay thế"
    r"|bãi bỏ))?(?: (?:một số|MỘT SỐ))?"
    r"(?: (?:điều|ĐIỀU|nội dung))?(?: (?:khoản|Điều \d+))*(?: (?:của|CỦA))?(?: (?:các|CÁC|\d+))? (?=\S)"
)
_FREE_TITLE = re.compile(
    r"[^;.()\n|“”\"]{2,}?(?= ngày | số | năm | được | NGÀY |, (?:Nghị|Quyết|Thông|Luật)|[;.()\n|“”\"]|$)"
)
_JOINT = re.compile(r"(?:, và |, |; | và | VÀ )(?=(?:[Bb]ộ [Ll]|[Ll])uật [^nt]|Pháp lệnh|LUẬT|Luật )")
_CONSTITUTION = re.compile(r" nước C[^\W\d_]+ [Hh]òa xã hội chủ nghĩa Việt Nam|(?= năm (?:19|20)\d\d| ngày \d)")
_STOP = (
    r"(?:ngày|năm|số|và|được|quy|có|của|về|là|trên|trong|cho|tại|này|đã|cần|phải|theo|với|để|thì|khi|nếu|sau|mới|sửa|do"
    r"|hiện|đến|từ|vào|nhằm|đối|bằng|hoặc|các|những|cũng|không|chưa|sẽ|đang|gồm|như|mà|thay|ban|hướng|nêu|kèm"
    r"|đó|khoá|khóa"
    r"|trước|thông|áp|ra|có|liên|khác|đi|bảo|tới|kể)"
)
_CAPITAL_NAME = regex.compile(
    r" (?!(?:Điều|Khoản|Điểm|Chương|Nghị|Quyết|Thông|Hà|TP|Sở|Bộ|Ủy|UBND|HĐND|Việt|Quốc|Chính|Nhà|Luật|Đại|I|V|X)\b)"
    r"(?:\p{Lu}\p{L}*)(?:(?:,(?! (?:Bộ [Ll]uật|Luật|Pháp lệnh)\b))? (?!" + _STOP + r"\b)[^\W\d_]+){0,8}"
)
_CALENDAR = r"(?:ngày|NGÀY) ?" + DATE
_TAIL = re.compile(
    r"(?P<lead>(?: \((?:sửa đổi|SỬA ĐỔI)[^)]{0,20}\)| sửa đổi)?(?:,? ?\(?(?:năm|NĂM) (?P<in_year>(?:19|20)\d\d)\)?)?)"
    r"(?:,? ?\(?(?:[Ll]uật |LUẬT )?(?:số|SỐ|Số) ?:? ?(?P<number>\d[^;,()\n]{4,40}))?"
)
_DATED = re.compile(
    r"(?:,? ?\(?(?:(?:đã )?được Quốc hội[^;.\n]{0,60}?thông qua|(?:[^\W\d_]+ )?(?:ban hành|thông qua|ký))?,? ?"
    r"(?:\((?:sửa đổi)[^)]{0,20}\) )?" + _CALENDAR + ")"
)
# A short form behind the word law keeps the space, and its first letter stays a capital.
_SHORT = re.compile(r"(?:(?<=^Luật)|(?<=^luật)) [A-ZĐ]{3,8}\b|\b[A-ZĐ]{3,8}\b")
_ABBREVIATIONS = (
    ("Hội đồng nhân dân", "HĐND"),
    ("Ủy ban nhân dân", "UBND"),
    ("quy phạm pháp luật", "QPPL"),
    ("văn bản quy phạm pháp luật", "VBQPPL"),
    ("công nghệ thông tin", "CNTT"),
    ("hợp tác xã", "HTX"),
    ("ngân sách nhà nước", "NSNN"),
    ("bảo hiểm xã hội", "BHXH"),
    ("bảo hiểm y tế", "BHYT"),
    ("bảo vệ môi trường", "BVMT"),
    ("phòng cháy và chữa cháy", "PCCC"),
    ("phòng cháy, chữa cháy", "PCCC"),
    ("chính quyền địa phương", "CQĐP"),
    ("vi phạm hành chính", "VPHC"),
    ("doanh nghiệp nhỏ và vừa", "DNNVV"),
    ("giá trị gia tăng", "GTGT"),
)
