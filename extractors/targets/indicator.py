"""Say what a target measures: "Đến hết năm 2026, tối thiểu 30% hộ dân có Internet" measures `hộ dân có Internet`.

The words stay in the order of the text; only the figure, its bound, the dates and the words that lead in are left out.
"""

from __future__ import annotations

from collections.abc import Sequence

import regex

from schemas import Deadline, Measure


def find_indicator(text: str, measures: Sequence[Measure], deadlines: Sequence[Deadline]) -> str | None:
    """What *text* measures, or None when nothing is left without value and period.

    *measures* and *deadlines* are those found in *text*; an objective without measures gives its first sentence.

    >>> find_indicator("Tỷ lệ hộ dân có nước sạch", (), ())
    'Tỷ lệ hộ dân có nước sạch'
    """
    placed = [measure for measure in measures if measure.span]
    if not placed or placed[0].span is None:
        return _tidy(_LEAD_IN.sub("", _cut(text, 0, _sentence_end(text, 0), deadlines)))
    figure = placed[0].span
    start = max((m.end() for m in _SENTENCE.finditer(text, 0, figure.start)), default=0)
    before = _cut(text, start, figure.start, deadlines)
    after = _cut(text, figure.end, _own_end(text, figure.end, placed), deadlines)
    unit = placed[0].unit or ""
    counted = after if unit.startswith("%") else f"{unit} {after.lstrip()}"
    subject = _LEAD_IN.sub("", before).strip(" ,:")
    if not subject or _SHORT_VERB.fullmatch(subject):
        return _tidy(counted)
    tail = max(0, len(subject) - _TAIL)
    if _ACT.fullmatch(subject):
        return _tidy(f"{subject} {counted.lstrip()}")
    if _RESULT.search(subject, tail) or (unit.startswith("%") and not _JOINS.search(subject, tail)):
        return _tidy(subject[:tail] + _RESULT.sub("", subject[tail:]))
    return _tidy(f"{subject} {counted.lstrip()}")


def _sentence_end(text: str, position: int) -> int:
    match = _SENTENCE.search(text, position)
    return match.start() if match else len(text)


def _own_end(text: str, position: int, placed: Sequence[Measure]) -> int:
    """Where the words behind the first figure end that are its own: the sentence, or a mark that leads to another."""
    end = _sentence_end(text, position)
    other = placed[1].span if len(placed) > 1 else None
    if other is None or other.start >= end:
        return end
    mark = _TO_ANOTHER.search(text, position, other.start)
    return position if text.startswith(",", position) else mark.start() if mark else end


def _cut(text: str, start: int, end: int, deadlines: Sequence[Deadline]) -> str:
    """*text* between *start* and *end* without the dates in it."""
    pieces: list[str] = []
    position = start
    for low, high in sorted(d.span for d in deadlines if d.kind != "conditional"):
        if position <= low and high <= end:
            pieces.append(text[position:low])
            position = high
    return "".join((*pieces, text[position:end]))


def _tidy(text: str) -> str | None:
    """One space between words, none before a comma, no mark at either end."""
    text = regex.sub(r" ([,;.:])", r"\1", " ".join(text.split()))
    return _TRAILING.sub("", text.strip(" ,;:.-–")) or None


_SENTENCE = regex.compile(r"[.!?…;](?=\s+[\p{Lu}\d]|\s*$)|\n")
_TO_ANOTHER = regex.compile(r";(?=\s)|,(?= (?:trong đó|riêng)(?!\p{L}))")
_LEAD_IN = regex.compile(
    r"^(?:[\s,:\-–]*(?:chỉ tiêu \d+|mục tiêu \d+|cụ thể|trong đó|phấn đấu|từng bước|mục tiêu|tiếp tục|năm \d{4}"
    r"|đến|trong|bảo đảm|đảm bảo|hoàn thành(?! tốt)|hằng năm|hàng năm|mỗi năm|theo đó|dự kiến|và|thì|đạt được|đạt|có)"
    r"(?!\p{L}))*[\s,:]*",
    regex.IGNORECASE,
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
    r"|bình quân|tăng thêm|từ|duy trì|giảm còn|xuống còn|đạt từ))+[\s,:]*$",
    regex.IGNORECASE,
)
_TAIL = 60
_JOINS = regex.compile(
    r"(?<!\p{L})(?:tới|cho|tại|đến|của|với|trong|trên|ở|có|được|về|hoàn thành|giảm|tăng)$", regex.IGNORECASE
)
_TRAILING = regex.compile(r"[\s,:]+(?:đạt|có|là|từ|trong|vào|đến)$", regex.IGNORECASE)
