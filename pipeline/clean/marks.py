"""Know a line by how it begins and ends: labels (`1.2.`, `a)`, `Điều 3.`), bullets, table marks, sentence ends.

A number at the start of a line is a label only with its full stop or bracket and never as a year: `2025. Đến nay` is
running text that was wrapped. Each line is asked about as the end and then as the start of a break, hence the caches.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

LOWER = "a-zàáâãèéêìíòóôõùúýăđĩũơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ"
"""Small letters of Vietnamese, for a character class; `à-ỹ` would take in capitals such as `Đ`."""
UPPER = "A-Z" + LOWER.removeprefix("a-z").upper()


@lru_cache(maxsize=64)
def label_of(line: str) -> str | None:
    """The label that *line* begins with.

    >>> label_of("1.2. Rà soát"), label_of("2025. Đến nay"), label_of("Điều 3 của Luật")
    ('1.2.', None, None)
    """
    match = _LABEL.match(line)
    return match[0] if match else None


@lru_cache(maxsize=64)
def is_bullet(line: str) -> bool:
    """Whether *line* begins with a bullet."""
    return _BULLET.match(line) is not None


@lru_cache(maxsize=64)
def is_rule(line: str) -> bool:
    """Whether *line* is nothing but a rule such as `-------`."""
    return _RULE.fullmatch(line) is not None


def at_line_starts(pattern: re.Pattern[str], text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """The matches of *pattern* where lines begin: behind each break in `text[start:end]`, and at the start of the text.

    >>> [match[0] for match in at_line_starts(re.compile(r"\\d\\."), "1. a\\n2. b\\nc 3.", 0, 12)]
    ['1.', '2.']
    """
    if start == 0 and (first := pattern.match(text)):
        yield first
    line = text.find("\n", start, end) + 1
    while line:
        if found := pattern.match(text, line):
            yield found
        line = text.find("\n", line, end) + 1


def is_table_mark(line: str) -> bool:
    """Whether *line* is a lone `|` or a row `| a | b |`."""
    return line.startswith("|")


def is_type_line(line: str) -> bool:
    """Whether *line* is the type word of a document, such as `KẾ HOẠCH`."""
    return _TYPE_LINE.fullmatch(line) is not None


@lru_cache(maxsize=64)
def stands_alone(line: str) -> bool:
    """Whether nothing is joined to *line*: the nation's name, a type word, `Nơi nhận:`, `TM. …`."""
    return _STANDS_ALONE.match(line) is not None


_LABEL_FORMS = (
    r"(?:"
    r"(?:Điều|ĐIỀU)\ \d{1,3}[a-zđ]?\s*[.:]"
    r"|(?:Chương|CHƯƠNG|Mục|MỤC|Phần|PHẦN|Tiểu\ mục|PHỤ\ LỤC|Phụ\ lục|Phụ\ Lục)"
    r"\ (?:[IVXLC]{1,6}|\d{1,2}|thứ\ \w+|[A-H])\b"
    r"|[IVXL]{1,6}(?:\.\d{1,2})*\s?[.)/:-](?![\d\w])"
    r"|(?!\d{4})\d{1,3}(?:(?:\.\d{1,2}){1,3}\.[a-zđ]|(?:\.\d{1,2}){0,4})\s?[.)/](?![\d\w])"
    r"|\d{1,2}(?:\.\d{1,2}){1,4}(?=\s+\S)"
    r"|[IVX][ivxl]{1,4}\s?(?:[.)](?![\w])|[-–](?=\s))"
    rf"|(?:\d{{1,2}}(?:\.\d{{1,2}}){{0,3}}\.|[a-zđ]\))(?=[{UPPER}][{LOWER}])|\d{{1,2}}(?:\.\d{{1,2}}){{0,3}}[-–](?=\s[{UPPER}])"
    r"|[a-zđA-HĐ]\d?\s?(?:[.)]|/\.?)(?![\w])"
    rf"|[a-zđ],(?=\s[{UPPER}])|[ø®©€¢]\)(?=\s[{UPPER}])"
    r"|\((?:\d{1,2}|[a-zđ]|[ivx]{1,4})\)(?=\s)"
    r")"
)
_LABEL = re.compile(_LABEL_FORMS, re.VERBOSE)
_BULLET = re.compile(r"[-–—+•*●○▪■◦·►➢➤→⇒✓✔❖◆♦▸‣](?=\s|[^\W\d_])(?!-)|[oO](?=\s[A-ZĐ])")
_RULE = re.compile(r"[-–—_=*.]{2,}|[-–—_=*]")
_TYPE_LINE = re.compile(
    r"(?:QUYẾT ĐỊNH|KẾ HOẠCH|CHỈ THỊ|NGHỊ QUYẾT|THÔNG TƯ|NGHỊ ĐỊNH|CHƯƠNG TRÌNH|CHƯƠNG TRÌNH HÀNH ĐỘNG|ĐỀ ÁN|QUY CHẾ"
    r"|QUY ĐỊNH|THÔNG BÁO|HƯỚNG DẪN|BÁO CÁO|TỜ TRÌNH|CÔNG ĐIỆN|LUẬT|QUYẾT NGHỊ|PHỤ LỤC(?: [\dIVX]+)?)\s*:?"
)
_STANDS_ALONE = re.compile(
    rf"(?:CỘNG H(?:ÒA|OÀ) XÃ HỘI CHỦ NGHĨA VIỆT NAM\Z|Độc lập [-–] Tự do|(?:STT|TT|Stt|Số TT)\Z"
    rf"|{_TYPE_LINE.pattern}\Z|Số\s*:|N?ơi nhận\s*:"
    r"|Kính gửi\s*:\Z|(?:TM|KT|TL|TUQ|Q)\.\s?[A-ZĐ])"
)
