"""Drop what any site puts above and below a document: `Trang chủ » Văn bản`, `Lượt xem: 12`, `Các tin liên quan …`.

For sites without a profile. The lines are known by what they say (`frame_lines.tsv`) and go only where no line of a
document can be: above its head, and below its closing. In between even `Đăng nhập` may be the plan's own word.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from importlib import resources
from typing import NamedTuple

import re2

from pipeline.clean.marks import is_bullet, is_rule, is_table_mark, is_type_line, label_of
from pipeline.mapped_text import Edit, MappedText


class FrameLine(NamedTuple):
    """A row of `frame_lines.tsv`; `kind` is `chrome` or `related`."""

    kind: str
    pattern: str
    example: str


def drop_frame(mapped: MappedText) -> MappedText:
    """The text without the lines of its site above and below the document, and without front matter in YAML.

    >>> drop_frame(MappedText.of("Trang chủ\\nKẾ HOẠCH\\nI. MỤC TIÊU\\nTrồng chè.\\nLượt xem: 12")).text
    'KẾ HOẠCH\\nI. MỤC TIÊU\\nTrồng chè.\\n'
    """
    if match := _FRONT_MATTER.match(mapped.text):
        mapped = mapped.edited([Edit(0, match.end(), "")])
    return mapped.edited(_frame_edits(mapped.text))


def read_frame_lines() -> tuple[FrameLine, ...]:
    """The rows of the table."""
    table = resources.files("pipeline.clean").joinpath("frame_lines.tsv").read_text(encoding="utf-8")
    rows = [line for line in table.splitlines() if line and not line.startswith("#")]
    return tuple(FrameLine(*row.split("\t")) for row in rows[1:])


def is_frame_line(line: str, *, kind: str = "chrome") -> bool:
    """Whether *line* can be nothing but a line of that kind, where it stands outside a document."""
    return len(line) <= _LONGEST_LINE and _pattern(kind).fullmatch(line.strip(_EDGES)) is not None


def _frame_edits(text: str) -> Iterator[Edit]:
    head = list(_head_lines(text))
    yield from (Edit(start, end, "") for start, end in head)
    above = head[-1][1] if head else 0
    end = _related_start(text, above)
    foot = [(start, stop) for start, stop in _foot_lines(text, above, end)]
    yield from (Edit(start, stop, "") for start, stop in reversed(foot))
    if end < len(text):
        yield Edit(end, len(text), "")


def _head_lines(text: str) -> Iterator[tuple[int, int]]:
    """The lines of the site above the first line that only a document has."""
    for start, end in _lines(text[:_LONGEST_FRAME]):
        line = text[start:end].strip()
        if _begins_document(line) or len(line) > _LONGEST_LINE:
            return
        if line and is_frame_line(line):
            yield start, end


def _related_start(text: str, above: int) -> int:
    """Where a list of other documents begins below the closing; the text's end when there is none."""
    closing = len(text) // 2
    for match in _CLOSING.finditer(text):
        closing = int(match.end())
    first = max(closing, above)
    found = len(text)
    for start, end in reversed(list(_lines(text[first:], offset=first))):
        line = text[start:end].strip()
        if is_frame_line(line, kind="related"):
            found = start
        elif len(line) > _LONGEST_LINE or is_table_mark(line) or _belongs_to_document(line):
            break
    return found


def _foot_lines(text: str, above: int, end: int) -> Iterator[tuple[int, int]]:
    """The lines of the site below the last line that a document has, from the last upward."""
    first = max(above, end - _LONGEST_FRAME)
    for start, stop in reversed(list(_lines(text[first:end], offset=first))):
        line = text[start:stop].strip()
        if is_frame_line(line):
            yield start, stop
        elif line and (_ends_document(line) or len(line) > _LONGEST_LINE):
            return


def _lines(text: str, *, offset: int = 0) -> Iterator[tuple[int, int]]:
    for line in text.splitlines(keepends=True):
        yield offset, offset + len(line)
        offset += len(line)


def _begins_document(line: str) -> bool:
    return is_type_line(line) or _OPENING.match(line) is not None or _belongs_to_document(line)


def _belongs_to_document(line: str) -> bool:
    return _STRUCTURE.match(line) is not None or bool(label_of(line) and len(line) > 3 and not _DATED.search(line))


def _ends_document(line: str) -> bool:
    if is_table_mark(line) or is_rule(line) or is_bullet(line) or label_of(line) or _CLOSING.match(line):
        return True
    return line[-1] in ".;:,/" and len(line) > 40


@functools.cache
def _pattern(kind: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{row.pattern})" for row in read_frame_lines() if row.kind == kind), re.IGNORECASE)


_FRONT_MATTER = re2.compile(r"\s*---\n(?:[A-Za-z_][\w-]*: ?[^\n]*\n|[ \t]+[^\n]+\n|- [^\n]*\n)+---\n")
_LONGEST_FRAME = 4000
_LONGEST_LINE = 250
_EDGES = " \t\n*#_•·-–|»›>"
_CLOSING = re2.compile(r"(?m)^[ |*-]*(?:Nơi nhận|Lưu ?:|(?:TM|KT|TL|TUQ)\. ?\p{Lu}{2}).*")
_OPENING = re2.compile(r"(?:\| ?)?(?:CỘNG H(?:ÒA|OÀ) XÃ|ĐẢNG CỘNG SẢN|Độc lập|Số ?: ?[\d.…/]|Kính gửi)")
_STRUCTURE = re2.compile(
    r"(?:Điều \d+\.|Căn cứ |Thực hiện (?:Nghị|Quyết|Kế|Chỉ)|PHỤ LỤC|Phụ lục|CHƯƠNG|Chương [IVX]|PHẦN|[IVX]+\. \p{Lu})"
)
_DATED = re2.compile(r"\d{1,2}/\d{1,2}/\d{4}")
