"""Blocks: headings, items, bullets and paragraphs, each with its zone and the section that it stands in.

A paragraph after the last item of the last section ("Trong quá trình thực hiện, nếu có vướng mắc …") speaks for the
whole section and stands in it, not in its last item.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.attribute_labels import label_at_start
from pipeline.clean.line_breaks import begins_with_agency, tears_name
from pipeline.outline import Block, BlockKind, OutlineSection, Zone
from pipeline.segment.lines import CAPITAL, SMALL, Line, is_capitals
from schemas.record import Span

# The last ones are what a scan makes of a dash.
BULLET = re.compile(
    rf"(?:[-–—−+*•·●○▪■◦►➢➤→⇒✓✔❖◆♦▸‣]|o(?= [A-ZĐ])|[~¬_.]{{1,2}}(?= [{CAPITAL}][^ .]))\s*(?=[^\s\d\-–—+*=]|\d)"
)
_RULE = re.compile(r"^[-–—_=*.…\s|]+$")
_SPECKS = "~¬_."
_SPECK = re.compile(r"(?!.*%|\[)[\W\d_]{1,8}")  # page numbers and specks of a scan
_LEADS_IN = re.compile(r"(?::|\b(?:như sau|sau đây)[.:]?)$")
_ANNOUNCES = re.compile(r"\b(?:sau|sau đây|cụ thể|bao gồm|gồm)\s*:$")
_DUTY_BEGINS = re.compile(r"(?:có|chịu) trách nhiệm:$")
_CONTINUES = re.compile(f"[{SMALL}]")
_SPECKED = re.compile(f"[.,'`´^~_:] +[{SMALL}]")  # a scan's speck before the words that go on
_FORM_ENDS = re.compile(r"[([][^()[\]]*:[^()[\]]*[)\]]$")  # `… (chủ trì: Sở Y tế; thời gian: Quý II)`
LONGEST_FORM = 400
_HANGS = re.compile(r"(?:(?<=\s)(?:của|và|với|các|cho|về|tại|hoặc)|[^\W\d_],|\w-)$")
_ASKS_FOR_BODY = re.compile(r"(?:,| và) phối hợp$")  # `Sở Y tế chủ trì, phối hợp⏎Sở Tài chính`
_OPENS = "“(&/"
_COUNTS = re.compile(r"\b(?:cấp độ|khoản|[Đđ]iều|điểm|nhóm|đợt|[Qq]uý|từ|Từ|đến|khoảng|còn)$")
_CLOSER = re.compile(
    r"(?:Trong quá trình|Trong khi|Quá trình|Trên đây|Yêu cầu|(?:Ủy ban nhân dân|UBND|Chủ tịch|Thủ tướng|Bộ|Sở"
    r"|Ban)\b.{0,60}"
    r"(?:yêu cầu|đề nghị|giao)|Đề nghị|Căn cứ|Nhận được|Nếu có|Định kỳ|Kế hoạch này|Các (?:sở|cơ quan|đơn vị"
    r"|địa phương))"
)


@dataclass(slots=True)
class Draft:
    """A block in the making."""

    kind: BlockKind
    zone: Zone
    start: int
    end: int
    marker: str | None
    section: int | None
    text: str
    depth: int = 0
    grid: int = -1
    level: int = 0


class BlockWriter:
    """Collects blocks line by line; a line that goes on in small letters joins the block before it."""

    def __init__(self, *, spaced: bool) -> None:
        self.spaced = spaced
        self.drafts: list[Draft] = []
        self._bullets: list[str] = []

    def heading(self, zone: Zone, start: int, end: int, marker: str | None, section: int, text: str) -> None:
        self._bullets.clear()
        self.drafts.append(Draft("heading", zone, start, end, marker, section, text))

    def item(self, zone: Zone, start: int, end: int, marker: str | None, section: int, text: str) -> None:
        self._bullets.clear()
        self.drafts.append(Draft("item", zone, start, end, marker, section, text))

    def grid(self, line: Line, section: int | None) -> None:
        self._bullets.clear()
        self.drafts.append(Draft("paragraph", "body", line.start, line.end, None, section, "", grid=line.grid))

    def line(self, zone: Zone, line: Line, section: int | None, *, joins: bool = False) -> None:
        """A bullet or a paragraph."""
        text = line.text
        if _RULE.match(text) or (zone == "body" and _SPECK.fullmatch(text)):
            return
        match = BULLET.match(text)
        if match and not (match[0][0] in _SPECKS and zone in ("header", "preamble")):
            mark = match[0].strip()
            level = mark if mark[0] not in _SPECKS else self._bullets[-1] if self._bullets else "-"
            if level in self._bullets:
                del self._bullets[self._bullets.index(level) + 1 :]
            else:
                self._bullets.append(level)
            depth = len(self._bullets)
            self.drafts.append(
                Draft("bullet", zone, line.start + match.end(), line.end, mark, section, text[match.end() :], depth)
            )
            return
        before = self.drafts[-1] if self.drafts else None
        if (
            before
            and zone in ("preamble", "body")
            and zone == before.zone
            and before.section == section
            and before.grid < 0
        ):
            close = self.spaced and line.start - before.end == 1
            goes_on = before.kind != "heading" and (
                (_CONTINUES.match(text) and before.text[-1:] != ":")
                or (_SPECKED.match(text) and before.text[-1:] not in ".;:")
                or (zone == "body" and is_torn(before.text, text, close=close))
                or (close and not _begins_anew(before.text, text))
            )
            if goes_on or (joins and before.kind == "item"):
                before.end, before.text = line.end, f"{before.text} {text}"
                return
        self._bullets.clear()
        self.drafts.append(Draft("paragraph", zone, line.start, line.end, None, section, text))


def finish(drafts: Sequence[Draft], sections: Sequence[OutlineSection]) -> tuple[Block, ...]:
    """The blocks, with those that only lead in marked."""
    blocks: list[Block] = []
    for index, draft in enumerate(drafts):
        if draft.grid >= 0:
            continue
        following = drafts[index + 1] if index + 1 < len(drafts) else None
        blocks.append(
            Block(
                draft.kind,
                draft.zone,
                Span(draft.start, draft.end),
                draft.marker,
                draft.section,
                following is not None and _introduces(draft, following, sections),
                draft.depth,
            )
        )
    return tuple(blocks)


def is_torn(text: str, following: str, *, close: bool = False) -> bool:
    """Whether the dump broke a sentence between two lines, the second of which begins with a capital.

    *close*: no blank line stands between them where blank lines set the paragraphs apart.

    >>> is_torn("Sở Y tế chủ trì, phối hợp", "Sở Tài chính rà soát")
    True
    >>> is_torn("Đề nghị Ủy ban Mặt trận Tổ quốc Việt", "Nam tỉnh giám sát"), is_torn("1. Công an tỉnh", "Chủ trì")
    (True, False)
    """
    if not following or is_capitals(following):
        return False
    if following[0] == "(" and following[1:2].islower():
        return text[-1:] not in ".;:"
    if close and following[0] in _OPENS:
        return text[-1:] not in ".;:"
    if close and following[0].isdigit() and _COUNTS.search(text[-12:]):
        return True
    if _ASKS_FOR_BODY.search(text[-14:]) and begins_with_agency(following):
        return True
    return tears_name(text, following) or _HANGS.search(text[-12:]) is not None


def _begins_anew(text: str, following: str) -> bool:
    """Whether *following* is a unit of its own: *text* has ended, or one of them is a line of a form (`Tiến độ: …`)."""
    if (
        text[-1:] in ".;"
        or _DUTY_BEGINS.search(text[-20:])
        or is_capitals(following)
        or _FORM_ENDS.search(text[-LONGEST_FORM:])
    ):
        return True
    labelled = ":" in following and label_at_start(following) is not None
    return labelled or (":" in text and label_at_start(text) is not None)


def is_closer(text: str) -> bool:
    """Whether a paragraph at the end of a plan speaks for the whole of its last part."""
    return bool(_CLOSER.match(text))


def _introduces(draft: Draft, following: Draft, sections: Sequence[OutlineSection]) -> bool:
    if draft.kind == "heading":
        return _below(following.section, draft.section, sections)
    if not _LEADS_IN.search(draft.text[-20:]):
        return False
    if following.grid >= 0 or (following.kind == "bullet" and following.depth > draft.depth):
        return True
    if following.kind in ("item", "heading"):
        return draft.section is None or _below(following.section, draft.section, sections)
    # Dumps that lost their bullets leave paragraphs below "… như sau:".
    return following.kind == "paragraph" and following.section == draft.section and bool(_ANNOUNCES.search(draft.text))


def _below(inner: int | None, outer: int | None, sections: Sequence[OutlineSection]) -> bool:
    if inner is None or outer is None:
        return False
    return inner == outer or sections[inner].path[: len(sections[outer].path)] == sections[outer].path
