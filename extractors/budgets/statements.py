"""Find statements of funding in running text.

    "Tổng kinh phí thực hiện: 2.500.000.000 đồng (Hai tỷ năm trăm triệu đồng)"     one budget, figure checked by words
    "- Ngân sách tỉnh: 500 triệu đồng"                                           a part, below a line about funds
    "với tổng vốn đầu tư khoảng 85 tỷ đồng"                                     in a sentence

Each amount is a budget of its own, since the text states it in a place of its own; what the amounts of a list add up to
is settled in `parts`. A label that does not speak of funds
itself (`- Tập huấn: 20 triệu đồng`) counts only in a list that a line about funds opens; rates (`đồng/hộ`), thresholds
(`từ 30 tỷ đồng trở lên`), charter capital and the amounts of fines, prices and fees do not count anywhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import regex

from extractors.budgets.amounts import Amount, Line, lines_with_money
from extractors.budgets.labels import MARK, Label, funded, own_words, read_label
from extractors.budgets.parts import Listed, mark_form, with_parts
from extractors.numbers import parse_number_words
from schemas import Budget, BudgetCheck, BudgetLine, Span


def find_funding_statements(text: str) -> list[Budget]:
    """Every statement of funding in *text*, in reading order; table rows (`| a | b |`) are left to the tables.

    Give it the whole text with its list marks: what a list is about stands in the lines before it.

    >>> [(b.caption, b.lines[0].amount_vnd) for b in find_funding_statements("- Kinh phí tập huấn: 1,5 tỷ đồng.")]
    [('Kinh phí tập huấn', 1500000000)]
    """
    budgets: list[Budget] = []
    latest: Line | None = None  # the last line that stated funding
    parts_follow = False
    listed: list[Listed] = []
    run = 0
    for line in lines_with_money(text):
        between = _between(text, latest, line)
        in_list = between is not None or _follows_heading(text, line)
        parts_follow = between is not None and (parts_follow or bool(_PARTS_FOLLOW.search(between)))
        goes_on = between is not None and bool(_PARTS_LINE.match(text, line.start, line.end))
        found = list(_statements(text, line, in_list=in_list, goes_on=goes_on))
        run += between is None
        if found and not goes_on:
            listed.append(Listed(len(budgets), mark_form(text, line.start, line.end), run, len(found) - 1))
        budgets += [_budget(text, statement, is_part=parts_follow) for statement in found]
        if found:
            latest = line
            parts_follow = parts_follow or bool(_OPENS_PARTS.search(text, found[-1].amount.end, line.end))
    return with_parts(budgets, listed)


@dataclass(frozen=True, slots=True)
class _Statement:
    """A label and the amount that it is given, and the name of the rule that paired them."""

    label: Span
    amount: Amount
    rule: str


def _statements(text: str, line: Line, *, in_list: bool, goes_on: bool) -> Iterator[_Statement]:
    """The statements of one line: the first amount and its label, then the parts named behind it.

    *goes_on*: the line only names parts of the sum before it (`Trong đó, ngân sách tỉnh khoảng 3 tỷ đồng; …`).
    """
    position, stated, parts = line.start, goes_on, goes_on
    amounts = list(line.amounts)
    while amounts:
        amount = amounts.pop(0)
        if amounts and _TIMES.fullmatch(text, amount.end, amounts[0].start):
            # `500 triệu đồng/năm x 05 năm = 2.500 triệu đồng`
            amount = replace(amounts.pop(0), label_end=amount.label_end)
        elif factors := _FACTORS.search(text, position, amount.label_end):
            amount = replace(amount, label_end=factors.start())
        found = None
        if not amount.is_bound:
            label = read_label(text, position, amount.label_end)
            told = stated and _PARTS_FOLLOW.search(text, position, amount.label_end) is not None
            if told:  # `…, trong đó vốn đầu tư 8 tỷ đồng` is a part, though it speaks of funds itself
                found = _named_behind(text, label, amount, parts=True)
            elif position == line.start:
                found = _labelled(text, label, amount, in_list=in_list)
            found = found or _in_sentence(text, label, amount) or _allotted(text, label, amount)
            if found is None and stated:
                parts = parts or told or bool(_OPENS_PARTS.search(text, position, amount.label_end))
                found = _named_behind(text, label, amount, parts=parts)
            parts = parts or told
        if found:
            yield found
        stated = stated or found is not None
        position = amount.end


def _labelled(text: str, label: Label, amount: Amount, *, in_list: bool) -> _Statement | None:
    """`label: amount`, where the label speaks of funds, names a project, or stands in a list about funds."""
    span = own_words(text, label.start, label.end)
    words = text[span.start : span.end]
    if not words or (_RATE if in_list else _OTHER_MONEY).search(words):
        return None
    if not label.has_colon:
        is_item = label.has_verb and MARK.match(text, label.start, label.end) and _FUNDS.search(words)
        is_plain = is_item or (words.count(" ") < _SHORT and _FUNDS.match(words))
        return _Statement(span, amount, "funds-label") if is_plain and not _COMPARISON.search(words) else None
    if _FUNDS.search(words):
        return _Statement(span, amount, "funds-label")
    if _PROJECT.match(words):
        return _Statement(span, amount, "project-label")
    return _Statement(span, amount, "list-label") if in_list else None


def _in_sentence(text: str, label: Label, amount: Amount) -> _Statement | None:
    """`tổng kinh phí … là 5 tỷ đồng`, `với tổng vốn đầu tư 85 tỷ đồng`."""
    phrases = list(_FUNDS_PHRASE.finditer(text, label.start, label.end))
    phrase = next((phrase for phrase in phrases if not _CLAUSE_END.search(text, phrase.end(), label.end)), None)
    if phrase is None or not (label.has_verb or label.end - phrase.end() < _NEAR):
        return None
    words = text[phrase.start() : label.end]
    if _OTHER_MONEY.search(words) or _COMPARISON.search(words):
        return None
    named = funded(text, label.start, phrase.start()) or Span(phrase.start(), label.end)
    return _Statement(named, amount, "funds-sentence")


def _allotted(text: str, label: Label, amount: Amount) -> _Statement | None:
    """`trích 5 tỷ đồng từ nguồn dự phòng ngân sách tỉnh`: somebody gives a sum, and the text says out of what."""
    act = _ALLOTS.search(text, label.start, amount.label_end)
    source = _SOURCE.match(text, amount.end)
    if act is None or source is None:
        return None
    clause = max((match.end() for match in _CLAUSE_END.finditer(text, label.start, act.start())), default=label.start)
    words = text[clause : act.start()]
    if _OTHER_MONEY.search(words) or _COMPARISON.search(words) or _EACH.search(words):
        return None
    return _Statement(Span(*source.span("source")), amount, "allotment")


def _named_behind(text: str, label: Label, amount: Amount, *, parts: bool) -> _Statement | None:
    """`…, trong đó ngân sách tỉnh 3 tỷ đồng, xã hội hóa 2 tỷ đồng`, `…; năm 2027: 4 tỷ đồng`."""
    start = label.start
    for match in _PART_BREAK.finditer(text, label.start, label.end):
        start = match.end()
    words = text[start : label.end].strip()
    if not words and parts and (use := _USE.match(text, amount.end)):  # `trong đó 3 tỷ đồng từ ngân sách tỉnh`
        return _Statement(Span(*use.span("use")), amount, "part-in-sentence")
    if _RESTATED.search(words):
        return None
    if not words or words.count(" ") > _LONGEST_PART or _COMPARISON.search(words) or _OTHER_MONEY.search(words):
        return None
    if not (parts or _FUNDS.search(words) or _YEAR_LABEL.match(words)):
        return None
    return _Statement(own_words(text, start, label.end), amount, "part-in-sentence")


def _budget(text: str, statement: _Statement, *, is_part: bool) -> Budget:
    amount = statement.amount
    label = " ".join(text[statement.label.start : statement.label.end].split())
    words = _SPELT_OUT.match(text, amount.end, min(len(text), amount.end + _LONGEST_WORDING))
    spelt = parse_number_words(words["words"]) if words else None
    is_part = is_part or statement.rule == "part-in-sentence"
    return Budget(
        span=Span(statement.label.start, words.end() if words and spelt is not None else amount.end),
        rule=statement.rule,
        caption=label,
        unit=amount.unit,
        multiplier=amount.multiplier,
        lines=(
            BudgetLine(
                label=label,
                period=None,
                amount_raw=amount.figure,
                amount_vnd=amount.vnd,
                is_total=bool(_SUM_LABEL.match(label)) or not is_part,
                span=Span(amount.start, amount.end),
            ),
        ),
        checks=() if spelt is None else (_spelt_check(label, spelt, amount.vnd),),
    )


def _spelt_check(label: str, spelt: int, figure: int) -> BudgetCheck:
    return BudgetCheck(relation="figure_in_words", label=label, ok=spelt == figure, expected=spelt, found=figure)


def _between(text: str, latest: Line | None, line: Line) -> str | None:
    """What stands between two lines of one list, or None if the list has ended before *line*."""
    if latest is None or line.start - latest.end > _LIST_REACH:
        return None
    between = text[latest.end : line.start]
    rows = [row for row in between.split("\n") if row.strip()]
    if len(rows) > _LIST_ROWS or any(_ENDS_LIST.match(row) for row in [*rows, text[line.start : line.start + 12]]):
        return None
    return between.strip()


def _follows_heading(text: str, line: Line) -> bool:
    """Whether one of the lines just before *line* opens a list of funds."""
    rows = [row.strip() for row in text[max(0, line.start - _LIST_REACH) : line.start].split("\n") if row.strip()]
    for row in reversed(rows[-_LIST_ROWS:]):
        if _FUNDS_HEADING.search(row) and not _OTHER_MONEY.search(row):
            return row.endswith(":") or (len(row) < _LONGEST_HEADING and not row.endswith((".", ";", ",")))
        if _ENDS_LIST.match(row):
            return False
    return False


_LONGEST_WORDING, _LONGEST_HEADING, _LONGEST_PART = 450, 150, 14
_NEAR, _SHORT, _LIST_REACH, _LIST_ROWS = 20, 8, 700, 3

_FUNDS = regex.compile(
    r"\b(?:kinh phí|vốn|kế hoạch đầu tư|ngân sách|nsnn|nstw|nsđp|dự toán|tổng đầu tư|mức đầu tư|nguồn thu"
    r"|nguồn xã hội hóa|khái toán|tổng thu|tổng chi)\b",
    regex.IGNORECASE,
)
_FUNDS_PHRASE = regex.compile(
    r"\b(?:tổng(?: số| nguồn| nhu cầu| mức)?(?: dự toán)?"
    r"(?: kinh phí| vốn| đầu tư| dự toán| ngân sách| thu| chi(?! phí))"
    r"|tổng kế hoạch vốn|(?:nguồn )?kinh phí|nhu cầu vốn|vốn đầu tư|kế hoạch vốn|dự toán)\b",
    regex.IGNORECASE,
)
_PROJECT = regex.compile(r"(?:tiểu )?(?:đề án|dự án|chương trình|gói thầu|hạng mục|công trình)\b", regex.IGNORECASE)
_FUNDS_HEADING = regex.compile(rf"{_FUNDS.pattern}|\bphân (?:bổ|kỳ)\b|\bnguồn lực tài chính\b", regex.IGNORECASE)
_RATE = regex.compile(
    r"\b(?:phạt|(?<!tổng )(?<!tổng số )mức(?! đầu tư| vốn)|định mức|lương cơ sở|đơn giá|đầu người|tối thiểu|"
    r"tối đa|không quá|ít nhất|dưới|trở lên|ngưỡng|ví dụ|mỗi(?! năm)|"
    r"vốn (?:điều lệ|pháp định|chủ sở hữu)|đầu tư (?:toàn )?xã hội)\b",
    regex.IGNORECASE,
)
_OTHER_MONEY = regex.compile(
    rf"{_RATE.pattern}|\b(?:thu nhập|tiền lương|giá trị|giá bán|giá gói thầu|doanh thu|lợi nhuận|thiệt hại|"
    r"bồi thường|trường hợp|an toàn vốn|tài sản|cho vay|ký quỹ|hạn mức|dư nợ|vượt|"
    r"vốn (?:góp|đăng ký|tự có|cổ phần|lưu động)|góp vốn)\b",
    regex.IGNORECASE,
)
_COMPARISON = regex.compile(r"\b(?:tăng|giảm|đạt|bằng|so với|vượt|cùng kỳ|đã)\b", regex.IGNORECASE)
_YEAR_LABEL = regex.compile(r"(?:năm|giai đoạn) \d{4}", regex.IGNORECASE)
_SUM_LABEL = regex.compile(r"tổng|cộng", regex.IGNORECASE)

_PARTS_LINE = regex.compile(r"\W*trong (?:đó|số đó)\b", regex.IGNORECASE)
_ALLOTS = regex.compile(
    r"\b(?:bố trí|trích|cấp|bổ sung|dành|phân bổ|cân đối|hỗ trợ)"
    r"(?: (?:thêm|bổ sung|kinh phí|vốn|số tiền|khoảng|gần|hơn|trên))*\s*$",
    regex.IGNORECASE,
)
_SOURCE = regex.compile(
    r" (?:từ|trong|bằng) (?P<source>(?:nguồn |kinh phí |dự phòng |dự toán |vốn |quỹ )*"
    r"(?:ngân sách|dự phòng|dự toán|vốn|kinh phí|quỹ)(?: (?!cho|để|hỗ|năm|thực)[^\s.,;:()]+){0,5})",
    regex.IGNORECASE,
)
# Whom a norm is for: `hộ nghèo được hỗ trợ 15 triệu đồng từ ngân sách tỉnh`.
_EACH = regex.compile(r"\b(?:mỗi|từng|hộ|người|cá nhân|hợp tác xã|doanh nghiệp|được)\b", regex.IGNORECASE)
_USE = regex.compile(
    r" (?P<use>(?:từ|hỗ trợ|cho|để|vốn|ngân sách|kinh phí|nguồn)(?: (?!và )[^\s.,;:()]+){1,14})", regex.IGNORECASE
)
# The same sum, counted by the year or by the head: `(tương ứng 20 tỷ đồng/năm)`.
_RESTATED = regex.compile(r"\b(?:tương ứng|tương đương|bình quân|trung bình|mỗi)\b", regex.IGNORECASE)
_CLAUSE_END = regex.compile(r"[.;:,](?=\s)|\n")
_PART_BREAK = regex.compile(r"[,;:]\s|\b(?:trong đó|bao gồm|gồm có|gồm|cụ thể|và|từ)\b:?\s*", regex.IGNORECASE)
_OPENS_PARTS = regex.compile(r"trong đó|gồm|cụ thể|như sau|:\s*$|:\s[^:;.()\d]{2,60}\(\s*$", regex.IGNORECASE)
_PARTS_FOLLOW = regex.compile(r"\b(?:trong đó|bao gồm|gồm|cụ thể)\b", regex.IGNORECASE)
_TIMES = regex.compile(r"\s*[x×*]\s*\d[^=\n]{0,30}=\s*", regex.IGNORECASE)
# `20.000 đồng/cuốn x 500 cuốn = 10.000.000 đồng`
_FACTORS = regex.compile(r"(?<=[:,(] )\d[\d.,]*(?: [^\s=;:x×*]+){1,6}(?: [x×*] [^=;:\n]{1,40}){1,4}=\s*$")
_ENDS_LIST = regex.compile(r"\s*(?:điều \d|chương [ivx]|phần [ivx\d]|phụ lục|\|)", regex.IGNORECASE)
_SPELT_OUT = regex.compile(
    r"\s*[.,;]?\s*(?:\(\s*|(?=bằng chữ))(?:(?:viết |số tiền )?bằng chữ\s*:?\s*)?(?P<words>[^()\n]+(?:\n[^()\n]+)?)\)?",
    regex.IGNORECASE,
)
