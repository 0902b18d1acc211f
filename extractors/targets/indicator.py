"""Say what a target measures: "Đến hết năm 2026, tối thiểu 30% hộ dân có Internet" measures `hộ dân có Internet`.

The words stay in the order of the text and are those of the clause that holds the first figure; left out are the
values, the dates, the words that lead in, and units of measure, which go with their value (`ha`, not `đơn vị`).
"""

from __future__ import annotations

from collections.abc import Sequence

import regex

from extractors.targets.units import counted_noun
from schemas import Deadline, Measure, Span


def find_indicator(text: str, measures: Sequence[Measure], deadlines: Sequence[Deadline]) -> str | None:
    """What *text* measures, or None when nothing is left without value and period.

    *measures* and *deadlines* are those found in *text*; an objective without measures gives its first sentence.

    >>> find_indicator("Tỷ lệ hộ dân có nước sạch", (), ())
    'Tỷ lệ hộ dân có nước sạch'
    """
    dates = [deadline.span for deadline in deadlines if deadline.kind != "conditional"]
    placed = [(measure, measure.span) for measure in measures if measure.span]
    if not placed:
        return _tidy(_without_lead_in(_cut(text, 0, _sentence_end(text, 0), dates)))
    measure, figure = placed[0]
    clause = _clause(text, figure)
    if figure.start >= clause.end:  # a bracket that explains the words before it
        return _tidy(_without_lead_in(_cut(text, clause.start, clause.end, dates)))
    end = _own_end(text, clause, placed, dates)
    values = [span for other, place in placed[1:] if place.end <= end for span in _value(text, measure, other, place)]
    unit = measure.unit or ""
    noun = "" if unit.startswith("%") else counted_noun(unit)
    after = _cut(text, figure.end, end, [*dates, *values])
    counted = f"{noun} {after.lstrip()}" if noun else after
    before = _cut(text, clause.start, figure.start, dates)
    return _measured(before, counted, after, noun, share=unit.startswith("%"), rated=_is_rate(measure))


def _is_rate(measure: Measure) -> bool:
    """Whether *measure* is so many for each of so many: `4 phòng / nhà`, `12 ca/100.000 trẻ`."""
    return "/" in (measure.unit or "") or measure.denominator is not None


def _measured(before: str, counted: str, after: str, noun: str, *, share: bool, rated: bool) -> str | None:
    """What is measured, of the words *before* the figure and those that are *counted* by it.

    *noun* is what its unit names, empty for a share and a unit of measure; *after* are the words behind the unit.
    """
    names = _NAMES.match(counted) is not None
    subject = _subject(before, names=names)
    if not subject or _SHORT_VERB.fullmatch(subject):
        return _tidy(counted) or _tidy(subject or before)
    tail = max(0, len(subject) - _TAIL)
    if _ACT.fullmatch(subject):
        return _tidy(f"{subject} {counted.lstrip()}")
    if result := _RESULT.search(subject, tail):
        level = subject[: result.start()]
        return _tidy(_BASELINE.sub("", level) if _TO_LEVEL.search(result[0]) else level)
    quantity = _QUANTITY.match(subject) is not None
    if before.rstrip().endswith(":"):  # `Loại 1: 20 chợ` is labelled, `Về nước sạch: 95% hộ dân được dùng` is led in
        is_label = quantity or not (names if share or not noun else _NAMES.match(after.lstrip()))
        return _tidy(subject if is_label else counted)
    if (rated and quantity) or (
        share and not _JOINS.search(subject, tail) and (quantity or not _BEARS_SHARE.match(counted.lstrip()))
    ):
        return _tidy(subject)
    return _tidy(f"{subject} {counted.lstrip()}")


def _subject(before: str, *, names: bool) -> str:
    """The words before a figure from the last one on that governs it: `…, cụ thể: phấn đấu tỷ suất sinh` is of a rate.

    Empty where nothing stands between that word and the figure, and the words behind it *names* what is measured.
    """
    subject = _without_lead_in(before)
    if names and _GOVERNS_NEXT.search(subject):
        return ""
    found = list(_GOVERNS.finditer(subject))
    for governs in found[::-1]:
        rest = _without_lead_in(subject[governs.end() :])
        core = _RESULT.sub("", rest, pos=max(0, len(rest) - _TAIL))
        if core.strip(" ,:") and not rest[len(core) :].startswith(","):
            return rest.strip(" ,:")
    return subject.strip(" ,:_-–")


def _without_lead_in(words: str) -> str:
    """*words* without the heading that runs in and the words that only lead in; a heading with nothing behind stays."""
    bare: str = _LEAD_IN.sub("", words)
    heading = _HEADING.match(bare)
    if heading is None or not bare[heading.end() :].strip():
        return bare
    told: str = _LEAD_IN.sub("", bare[heading.end() :])
    return told


def _clause(text: str, figure: Span) -> Span:
    """The sentence or part of one, up to a `;`, that holds *figure*; or the bracket, where it sets a goal of its own.

    It ends before the figure where that stands in a bracket that only explains.
    """
    start = max((m.end() for m in _SENTENCE.finditer(text, 0, figure.start)), default=0)
    end = _sentence_end(text, figure.end)
    depth, opened = 0, -1
    for mark in _MARKS.finditer(text, start, figure.start):
        if mark[0] == "(":
            depth, opened = depth + 1, mark.start() if depth == 0 else opened
        elif mark[0] == ")":
            depth = max(0, depth - 1)
        elif depth == 0:
            start = mark.end()
    if depth == 0 or opened < start:
        return Span(start, end)
    close = text.find(")", figure.end, end)
    if _SETS_GOAL.match(text, opened + 1):
        return Span(opened + 1, close if close >= 0 else end)
    return Span(start, opened) if text[start:opened].strip() else Span(start, end)


def _sentence_end(text: str, position: int) -> int:
    match = _SENTENCE.search(text, position)
    return match.start() if match else len(text)


def _own_end(text: str, clause: Span, placed: Sequence[tuple[Measure, Span]], dates: Sequence[Span]) -> int:
    """Where the words behind the first figure end that are its own: its clause, or a mark that leads to another."""
    first, figure = placed[0]
    others = [place for _, place in placed[1:] if place.start < clause.end]
    if not others:
        return clause.end
    position, next_one = figure.end, others[0].start
    if text.startswith(",", position):
        return position
    mark = _TO_ANOTHER.search(text, position, others[-1].start)
    bracket = text.rfind("(", position, next_one)
    ends = [mark.start()] if mark else []
    if bracket >= 0 and text.find(")", bracket, next_one) < 0:
        ends.append(bracket)
    comma = text.rfind(",", position, next_one)
    shares = (first.unit or "").startswith("%") and (placed[1][0].unit or "").startswith("%")
    if shares and comma >= 0 and not _without_lead_in(_cut(text, comma + 1, next_one, dates)):
        governed = any(letter.isalpha() for letter in text[comma:next_one])
        ends += [comma] if governed or _TELLS.search(text, position, comma) else []
    return min(ends, default=clause.end)


def _value(text: str, first: Measure, other: Measure, place: Span) -> list[Span]:
    """What to leave out of a further figure; nothing where it only tells of those that a share is of.

    `85 hợp tác xã và 600 tổ hợp tác` counts two things; of `100% khu có tối thiểu 1 trạm` the second figure stays.
    """
    joined = _JOINED.search(text, max(0, place.start - _NEAR), place.start)
    if (first.unit or "").startswith("%") and not joined:
        return []
    result = _RESULT.search(text, max(0, place.start - _TAIL), place.start)
    start = result.start() if result else place.start
    noun = "" if (other.unit or "").startswith("%") else counted_noun(other.unit or "")
    keeps = noun and not result and text.endswith(noun, 0, place.end)
    return [Span(start, place.end - len(noun) if keeps else place.end)]


def _cut(text: str, start: int, end: int, gone: Sequence[Span]) -> str:
    """*text* between *start* and *end* without what is *gone*."""
    pieces: list[str] = []
    position = start
    for low, high in sorted(gone):
        if position <= low and high <= end:
            pieces.append(text[position:low])
            position = high
    return "".join((*pieces, text[position:end]))


def _tidy(text: str) -> str | None:
    """One space between words, none before a comma, no mark at either end."""
    text = regex.sub(r" ([,;.:])", r"\1", " ".join(text.split()))
    return _TRAILING.sub("", text.strip(" ,;:.-–_")).strip(" ,;:") or None


_SENTENCE = regex.compile(r"[.!?…;](?=\s+[\p{Lu}\d]|\s*$)|\n")
_MARKS = regex.compile(r"[()]|;(?=\s)")
_TO_ANOTHER = regex.compile(r";(?=\s)|,(?= (?:trong đó|riêng)(?!\p{L}))")
# What is told of those that a share is of; without it, the next share tells it of them, too: `95% xã, 80% thôn có …`.
_TELLS = regex.compile(r"(?i)(?<!\p{L})(?:được|có|đạt|là|bị|hoàn thành|thực hiện|sử dụng|tham gia|áp dụng)(?!\p{L})")
_HEADING = regex.compile(r"(?i)(?:các |những |về )?(?:mục tiêu|chỉ tiêu)(?!\p{L})(?:(?!gồm)[^:;.\d]){0,60}:")
_LEAD_IN = regex.compile(
    r"^(?:[\s,:_\-–]*(?:chỉ tiêu \d+|mục tiêu \d+|cụ thể|trong đó|phấn đấu|từng bước|mục tiêu(?![^:;.\d]{1,60}:)"
    r"|tiếp tục|năm \d{4}|đến|trong|bảo đảm|đảm bảo|(?:cơ bản )?hoàn thành(?! tốt)(?: cơ bản)?(?: việc)?"
    r"|hằng năm|hàng năm|mỗi năm|theo đó|dự kiến|và|thì|đạt được|đạt|có|yêu cầu"
    r"|(?:giai đoạn )?sau năm \d{4}(?=\s*[,:])|giai đoạn(?=\s*[,:]))"
    r"(?!\p{L}))*[\s,:]*",
    regex.IGNORECASE,
)
# Words that set a goal for what follows, whatever stands before them.
_GOVERNS = regex.compile(
    r"(?i)(?<!\p{L})(?:cụ thể(?: là| như sau)?:|trong đó:?|như sau:|phấn đấu(?!\p{L})"
    r"|(?:bảo đảm|đảm bảo|đạt|với) mục tiêu(?!\p{L})|(?<=[,;] )(?:bảo đảm|đảm bảo|yêu cầu|mục tiêu)(?!\p{L}))"
)
_GOVERNS_NEXT = regex.compile(
    r"(?i)(?:(?<!\p{L})(?:mục tiêu|để|giúp)|(?:^|[,;:]\s+)(?:bảo đảm|đảm bảo|yêu cầu|phấn đấu|dự kiến))"
    r"(?: (?:có|đạt))?\s*$"
)
_SETS_GOAL = regex.compile(r"(?i)\s?(?:phấn đấu|bảo đảm|đảm bảo|yêu cầu|mục tiêu)(?!\p{L})")
# A word that can name what a share is of or what is counted; what compares or places it does not.
_NAMES = regex.compile(
    r"(?i)\s*(?!(?:so với|phải|trở lên|trở xuống|mỗi|trong|vào|từ|theo|và|hoặc|tại|ở|hằng|hàng|bình quân|trung bình"
    r"|gắn|nhằm|để)(?!\p{L}))[\p{L}“\"]"
)
_QUANTITY = regex.compile(
    r"(?i)(?:tỷ|tỉ) (?:lệ|trọng|suất|số)|tổng|số (?!hóa)|diện tích|sản lượng|năng suất|mức|chỉ (?:số|tiêu)|tốc độ"
    r"|quy mô|giá trị|kim ngạch|doanh thu|thu nhập|dân số"
)
_BEARS_SHARE = regex.compile(
    r"(?i)(?:tổng số|số|các|những|hộ|xã|phường|thôn|bản|người|trẻ|phụ nữ|lao động|cơ sở|cơ quan|đơn vị|địa phương"
    r"|trường|lớp|học sinh|sinh viên|giáo viên|cán bộ|công chức|viên chức|đảng viên|đoàn viên|doanh nghiệp|tổ chức"
    r"|hồ sơ|thủ tục|văn bản|dịch vụ|diện tích|nhu cầu|yêu cầu|khối lượng|chất thải|công trình|dự án|nhiệm vụ"
    r"|vụ|đơn)(?!\p{L})"
)
_SHORT_VERB = regex.compile(
    r"(?:\p{L}+\s){0,2}(?:thực hiện|cung cấp|xây dựng|triển khai|tổ chức|phát triển|thành lập|hình thành|đào tạo"
    r"|bố trí|dành|phân bổ|trích)(?: được)?",
    regex.IGNORECASE,
)
# An act alone, done to a share of what follows: `xác thực 100% hồ sơ`.
_ACT = regex.compile(
    r"(?:\p{L}+ ){0,2}(?:hóa|xác thực|kiểm tra|kiểm soát|rà soát|cắt giảm|cập nhật|kết nối|xử lý|giải quyết|thu gom)",
    regex.IGNORECASE,
)
_RESULT = regex.compile(
    r"(?:[\s,:]+(?:phấn đấu|đạt|đạt được|đạt tỷ lệ|đạt mức|chiếm|chiếm tỷ lệ|là|bằng|còn|xuống|lên|lên đến|ở mức"
    r"|bình quân|tăng thêm|từ|duy trì|giảm còn|xuống còn|đạt từ|hướng tới|với mục tiêu|mục tiêu))+[\s,:]*$",
    regex.IGNORECASE,
)
_TO_LEVEL = regex.compile(r"(?i)(?<!\p{L})(?:lên|xuống|còn)(?!\p{L})")
# The level that is left: `giảm từ 12 ca năm 2020 xuống …`.
_BASELINE = regex.compile(r"(?i)(?:[\s,]+(?:tăng|giảm|được nâng))?[\s,]+từ (?:mức |khoảng |trên |dưới )?\d[^;:]{0,60}$")
_TAIL, _NEAR = 60, 20
_JOINS = regex.compile(
    r"(?<!\p{L})(?:tới|cho|tại|đến|của|với|trong|trên|ở|có|được|về|hoàn thành|giảm|tăng)$", regex.IGNORECASE
)
_JOINED = regex.compile(r"(?:,| và| hoặc) ?$")
_TRAILING = regex.compile(
    r"(?:[\s,:;]+(?:đạt|có|là|từ|trong|vào|đến|trong đó|cụ thể|bao gồm|giai đoạn|như sau)"
    r"|[,;]\s*(?:yêu cầu|phấn đấu|bảo đảm|đảm bảo))+$",
    regex.IGNORECASE,
)
