"""Break lines that hold what a document prints on several: header, signature, recipients, an item and its first child.

`TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH Nguyễn Văn A` is three lines in print. A line is broken only where the next words can
begin nothing but a new line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import re2

from pipeline.clean.marks import LOWER, UPPER
from pipeline.lookout import lookout
from pipeline.mapped_text import Edit, MappedText


def split_lines(mapped: MappedText) -> MappedText:
    """Put the line breaks back that a dump has lost.

    >>> print(split_lines(MappedText.of("Số: 1/QĐ-UBND Kon Tum, ngày 4 tháng 5 năm 2020 QUYẾT ĐỊNH Về việc")).text)
    Số: 1/QĐ-UBND
    Kon Tum, ngày 4 tháng 5 năm 2020
    QUYẾT ĐỊNH
    Về việc
    """
    for rule in (_columns, _gaps, _header):
        mapped = mapped.edited(sorted(set(rule(mapped.text))))
    if _GLUED.search(mapped.text) is None:
        return mapped
    for rule in (_decisions, _bases, _closing, _attributes, _children):
        mapped = mapped.edited(sorted(set(rule(mapped.text))))
    return mapped


def _columns(text: str) -> Iterator[Edit]:
    """The two columns of a header or of the closing, set apart by bars on one line: `CHÍNH PHỦ | CỘNG HÒA …`."""
    if "|" not in text:
        return
    for line in _TWO_COLUMNS.finditer(text):
        for bar in _BAR.finditer(line[0]):
            outer = bar.start() == 0 or bar.end() == len(line[0])
            yield Edit(line.start() + bar.start(), line.start() + bar.end(), "" if outer else "\n")


def _gaps(text: str) -> Iterator[Edit]:
    """The same columns, set apart by many spaces as a PDF's text has them."""
    if "   " not in text:
        return
    for pattern in (_HEADER_GAP, _CLOSING_GAP):
        for gap in pattern.finditer(text):
            yield Edit(gap.start(1), gap.end(1), "\n")


def _header(text: str) -> Iterator[Edit]:
    """`… Hạnh phúc ------- Số: 1/QĐ-UBND Kon Tum, ngày …`: every piece of a header has its own line."""
    head = text[:_LONGEST_HEADER]
    for pattern in _HEADER_PIECES:
        for match in pattern.finditer(head):
            yield Edit(match.start(1), match.end(1), "\n")
    for line in _NUMBER_LINE.finditer(text):
        for group in ("place", "type", "rest"):
            if line[group]:
                yield Edit(line.start(group) - 1, line.start(group), "\n")


def _decisions(text: str) -> Iterator[Edit]:
    """`…; QUYẾT ĐỊNH:`: the word by which a decision decides has its own line."""
    for match in _DECIDES.finditer(text):
        yield Edit(match.start(1), match.end(1), "\n")


def _bases(text: str) -> Iterator[Edit]:
    """`Căn cứ …; Căn cứ …; Theo đề nghị …`: each legal basis has its own line."""
    for line in _BASES_LINE.finditer(text):
        for match in _BASIS.finditer(line[0]):
            yield Edit(line.start() + match.start(), line.start() + match.end(), "\n")


def _closing(text: str) -> Iterator[Edit]:
    """A line with signature marks or recipients, broken at each of them."""
    for line in _CLOSING_LINE.finditer(text):
        for match in _CLOSING_PIECE.finditer(line[0]):
            yield Edit(line.start() + match.start(), line.start() + match.end(), "\n")
            if title := _TITLE.match(line[0], match.end()):
                yield Edit(line.start() + title.start(1), line.start() + title.end(1), "\n")


def _attributes(text: str) -> Iterator[Edit]:
    """`… địa phương -Thời gian thực hiện: …`, `Cơ quan chủ trì: A. Cơ quan phối hợp: B.`: each has its own line.

    A lone attribute after a full stop is left in its paragraph, where it may be prose.
    """
    for line in _ATTRIBUTE_LINE.finditer(text):
        if line[0].startswith("|") or " | " in line[0] or "\t" in line[0]:
            continue
        several = len(_ATTRIBUTE.findall(line[0])) > 1
        for match in _GLUED_ATTRIBUTE.finditer(line[0]):
            before = line[0][: match.start()]
            whole = match["dash"] if match["full"] else several
            if (whole or several) and before.count("(") <= before.count(")") and any(map(str.isalpha, before)):
                yield Edit(line.start() + match.start("gap"), line.start() + match.end("gap"), "\n")


def _children(text: str) -> Iterator[Edit]:
    """`3. Title 3.1. First child`: the first child's label says whose child it is, as does `1.` in an article."""
    for line in _NUMBERED.finditer(text):
        own, expected = line[1], 1
        for child in _CHILD.finditer(line[0]):
            if child[1] == f"{own}.{expected}":
                yield Edit(line.start() + child.start(), line.start() + child.start() + 1, "\n")
                expected += 1
    for article in _ARTICLE.finditer(text) if " 1." in text else ():
        if not _REFERENCE.search(article[0], 0, article.start(1) - article.start()):
            yield Edit(article.start(1), article.end(1), "\n")
    for article in _TORN_ARTICLE.finditer(text):
        yield Edit(article.start(1), article.end(1), "\n")


_LONGEST_HEADER = 6000
_TYPE = (
    r"(?:QUYẾT ĐỊNH|KẾ HOẠCH|CHỈ THỊ|NGHỊ QUYẾT|THÔNG TƯ|NGHỊ ĐỊNH|CHƯƠNG TRÌNH(?: HÀNH ĐỘNG| CÔNG TÁC)?|ĐỀ ÁN|QUY CHẾ"
    r"|QUY ĐỊNH|THÔNG BÁO|HƯỚNG DẪN|BÁO CÁO|CÔNG ĐIỆN|PHƯƠNG ÁN)"
)
_TWO_COLUMNS = re2.compile(
    r"(?m)^.*\|.*CỘNG H(?:ÒA|OÀ) XÃ HỘI CHỦ NGHĨA.*$|^\|? *Số *:.*\|.*, ngày.*$|^.*Nơi nhận *:.*\|.*$"
    r"|^\|[^\n]*\| *(?:TM|KT|TL|TUQ)\. ?\p{Lu}{2}[^|\n]*\|? *$"
)
_BAR = re.compile(r" *\|[ |]*")
_HEADER_GAP = re2.compile(
    r"(?m)^[^\n|]{2,60}?( {3,})(?:CỘNG H(?:ÒA|OÀ) XÃ HỘI|Độc lập|ĐẢNG CỘNG SẢN|\pL[^\n,|]{1,30}, ngày )"
)
_OFFICE = r"(?:PHÓ |CHỦ TỊCH|GIÁM ĐỐC|BỘ TRƯỞNG|THỨ TRƯỞNG|CHÁNH |TRƯỞNG |BÍ THƯ|THỦ TƯỚNG|(?:TM|KT|TL|TUQ)\. ?)"
_NAME = r"\p{Lu}\p{Ll}+(?: \p{Lu}\p{Ll}+){1,4}"
_CLOSING_GAP = re2.compile(rf"(?m)^ *(?:[-+] |Nơi nhận ?:)[^\n|]{{0,90}}?( {{4,}})(?:{_OFFICE}[^\n]*|{_NAME} *)$")
_HEADER_PIECES = (
    re2.compile(r"[^\s|]( +)CỘNG H(?:ÒA|OÀ) XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
    re2.compile(r"CHỦ NGHĨA VIỆT NAM( *)Độc lập"),
    re2.compile(r"(?m)[^\s|]( +)(?:-{3,}|—{2,}|_{3,})(?:\s|$)"),
    re2.compile(r"(?:-{3}|——|_{3})( +)\pL"),
)
_NUMBER_LINE = re.compile(
    r"^Số\s*:?\s*[^\n|]{0,40}?[/-][^\n|]{0,40}? "
    rf"(?P<place>[{UPPER}][^\n|,]{{1,30}}, ngày[^\n|]{{0,12}}tháng [^\n|]{{0,8}}năm (?:\d{{4}}|[.…]+))"
    rf"(?: (?P<type>{_TYPE})(?: (?P<rest>[{UPPER}][^\n]*))?)?",
    re.MULTILINE,
)
_DECIDES = re2.compile(r"(?m)[,;.]( +)(?:QUYẾT ĐỊNH|QUYẾT NGHỊ|Quyết định|Quyết nghị)\s*: *$")
_BASES_LINE = re2.compile(r"(?m)^(?:- ?)?Căn cứ .*; *(?:- ?)?(?:Căn cứ|Theo đề nghị|Xét đề nghị) .*$")
_BASIS = re.compile(
    r"(?<=;) *(?=(?:- ?)?(?:Theo đề nghị|Xét đề nghị|Căn cứ (?:Hiến pháp|Luật|Bộ luật|Pháp lệnh|Nghị|Thông tư|Quyết"
    r"|Chỉ thị|Kế hoạch|Công văn|Văn bản)) )"
)
_CLOSING_LINE = re2.compile(
    r"(?m)^ *Nơi nhận ?: *\S.*$|^(?:TM|KT|TL|TUQ|Q)\. ?\p{Lu}{2}.*$|^.*[;.] (?:TM|KT|TL|TUQ)\. ?\p{Lu}{2}.*$"
)
_DEPUTY = r"(?:PHÓ (?:CHỦ TỊCH|THỦ TƯỚNG|GIÁM ĐỐC|CHỦ NHIỆM|BÍ THƯ|TRƯỞNG BAN|CHÁNH VĂN PHÒNG)|THỨ TRƯỞNG)\b"
_CLOSING_PIECE = re.compile(
    rf" (?=(?:TM|KT|TL|TUQ)\. ?[{UPPER}]{{2}})"
    r"|(?<=Nơi nhận:) ?(?=-)|(?<=Nơi nhận :) ?(?=-)|(?<=[;.)]) (?=- \S)"
    r"|(?:(?<=TỈNH)|(?<=DÂN)|(?<=PHỐ)|(?<=HUYỆN)|(?<=QUẬN)|(?<=THỊ XÃ)) (?=CHỦ TỊCH)"
    rf"|(?<=[{UPPER}]) (?={_DEPUTY})"
    rf"|(?<=[{UPPER}]{{3}}) (?=(?:[{UPPER}][{LOWER}]+ ){{1,4}}[{UPPER}][{LOWER}]+\b)"
    rf"|(?<=[{LOWER}]) (?={_TYPE} [{UPPER}]{{2}})"
    r"|(?<=\S) (?=\((?:Ban hành kèm theo|Kèm theo) )"
)
_TITLE = re.compile(rf"{_TYPE}( )(?=[{UPPER}]{{2}})")
_FULL_LABEL = (
    r"(?:(?:Cơ quan|Đơn vị) (?:chủ trì|phối hợp|thực hiện|chịu trách nhiệm)[^:.;|\n]{0,25}"
    r"|(?:Thời gian|Thời hạn|Tiến độ) (?:thực hiện|hoàn thành|triển khai)(?: dự kiến)?) ?:"
)
_SHORT_LABEL = r"(?:Chủ trì|Phối hợp|Thời gian|Thời hạn|Tiến độ|Sản phẩm|Kết quả|Kinh phí)(?: đầu ra| dự kiến)? ?:"
_ATTRIBUTE_LINE = re2.compile(rf"(?m)^.*[^-–+•*\s(“\"].*{_FULL_LABEL}.*$")
_ATTRIBUTE = re.compile(f"{_FULL_LABEL}|{_SHORT_LABEL}")
_GLUED_ATTRIBUTE = re.compile(
    rf"(?<=[\w.;,)”])(?P<gap> ?)(?:(?P<dash>[-–+•] ?)|(?<=[.;] ))(?:(?P<full>{_FULL_LABEL})|{_SHORT_LABEL})"
)
_NUMBERED = re2.compile(r"(?m)^(\d{1,2}(?:\.\d{1,2})*)\.[ \n]?.*\S \d{1,2}\.\d{1,2}[. ].*$")
_ARTICLE = re2.compile(r"(?m)^Điều \d{1,3}\. [^.;:\n]{5,200}\pL( )1\. ?\p{Lu}")
_TORN_ARTICLE = re2.compile(r"[.;:”]( )Điều *\n\d{1,3}\. \p{Lu}")
_REFERENCE = re.compile(r"(?:khoản|Điều|điều|mục|Mục|số|lục|Lục|LỤC|Bảng|loại|cấp|nhóm|hạng|bậc|mức độ|đợt|lần|vùng)\Z")
_CHILD = re.compile(rf"(?<=\S) (\d{{1,2}}(?:\.\d{{1,2}})+)\.? (?=[{UPPER}])")
# What the rules behind those of columns and headers look for.
_GLUED = lookout(_DECIDES, _BASES_LINE, _CLOSING_LINE, _ATTRIBUTE_LINE, _NUMBERED, _ARTICLE, _TORN_ARTICLE)
