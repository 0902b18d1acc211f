"""The table of rules: one pattern for each manner of naming a time, and the RE2 automaton that runs them all at once.

"định kỳ 6 tháng một lần" is `every-so-often`, "15 ngày sau khi …" `after-event`. RE2 knows neither lookaround nor the
borders of Vietnamese words: what stands around a find is looked at afterwards.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any, NamedTuple

import re2

from extractors.deadlines.moments import BARE_PATTERNS, MOMENT_PATTERNS, D, M, Y
from extractors.deadlines.numerals import NUMBER_WORDS
from extractors.deadlines.wording import one_of
from extractors.whole_text import whole_text_pattern


class Rule(NamedTuple):
    """One manner of naming a time; `kind` is the kind of deadline that it makes, `pattern` has the groups it reads."""

    name: str
    kind: str
    pattern: str


@cache
def places_in_text() -> Any:
    """The automaton for running text, where a bare number needs a preposition."""
    return _union(
        [rule.pattern for rule in RULES]
        + [rf"(?:{_LEADS})?(?:{_alternatives(MOMENT_PATTERNS)})", rf"{_LEADS}(?:{_alternatives(BARE_PATTERNS)})"]
    )


@cache
def places_in_cell() -> Any:
    """The automaton for the cells of a time column, where `2013` and `6 tháng` are times too."""
    return _union(
        [rule.pattern for rule in RULES]
        + [rf"(?:{_LEADS})?(?:{_alternatives(MOMENT_PATTERNS + BARE_PATTERNS)})"]
        + [rule.pattern for rule in CELL_RULES]
    )


def _alternatives(patterns: tuple[tuple[str, str], ...]) -> str:
    return "|".join(pattern for _, pattern in patterns)


def _union(patterns: list[str]) -> Any:
    """All patterns as one RE2 pattern without named groups, so that it runs as an automaton."""
    options = re2.Options()
    options.max_mem = AUTOMATON_BYTES
    plain = (re.sub(r"[?]P<[a-z]+>", "?:", pattern) for pattern in patterns)
    return whole_text_pattern("(?i)" + "|".join(f"(?:{pattern})" for pattern in plain), options)


AUTOMATON_BYTES = 64 << 20  # of memory at most; with the eight that are usual it is thrown away again and again
_IN_WORDS = r"(?: ?\([^()\n]{1,20}\))?"
_COUNT = rf"(?P<count>[0-9]{{1,3}}|{NUMBER_WORDS}){_IN_WORDS}"
_LENGTH = rf"(?P<count>[0-9]{{1,2}},(?:5|25|75)|[0-9]{{1,3}}|{NUMBER_WORDS}){_IN_WORDS}"  # `0,5 ngày`
_TIMES = rf"(?P<times>[0-9]{{1,2}}|{NUMBER_WORDS}) lần"
_UNIT = "(?P<unit>năm|tháng|qu[ýí]|tuần|ngày)"
_SPAN = rf"(?:(?:từ )?[0-9]{{1,3}} ?(?:[-–]|đến) ?)?{_LENGTH} (?P<unit>ngày|tháng|tuần|giờ|năm)(?P<working> làm việc)?"
# What a length of time is for: `05 ngày làm việc/01 xã, tính từ …`, `15 ngày đối với dự án nhóm B kể từ …`.
_FOR_EACH = r" ?/ ?(?:0?1|một) [^ .;:,()0-9]+(?: [^ .;:,()0-9]+)?| (?:đối với|cho) [^.;:,()0-9\n]{3,60}?"
_EVERY = "(?:hằng|hàng|mỗi)"
_PERIODIC = r"(?:(?:theo )?định kỳ(?:,| \(| là| theo| vào)? ?)"
_AT_LEAST = "(?:ít nhất |tối thiểu )?"
_LATEST = "(?:(?:chậm|muộn) nhất (?:là )?)"
_WITHIN = "(?:vòng|thời hạn|thời gian)"

_WEEKDAY = "(?:thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật)"
_HOUR = r"[0-9]{1,2} ?(?:(?:h|giờ) ?(?:[0-9]{2}(?: phút|['’′])?)?|:[0-9]{2})"

RULES: tuple[Rule, ...] = (
    Rule(
        "day-of-month",
        "recurring",
        rf"{_PERIODIC}?(?:(?:vào|trước|chậm nhất|đến|là) )*ngày (?P<day>{D}) (?:của )?"
        rf"(?:{_EVERY} tháng|tháng (?:sau|kế tiếp)|(?P<quarterly>tháng cuối (?:của )?(?:{_EVERY} )?qu[ýí]))",
    ),
    Rule(  # the word for a day may be left out behind a preposition
        "day-of-month",
        "recurring",
        rf"{_PERIODIC}?(?:(?:vào|trước|chậm nhất|đến) )+(?P<day>{D}) {_EVERY} tháng",
    ),
    Rule("weekday", "recurring", rf"(?P<weekday>{_WEEKDAY}(?:(?:, | và | hoặc )(?:ngày )?{_WEEKDAY})*) {_EVERY} tuần"),
    Rule("every-so-often", "recurring", rf"{_PERIODIC}?{_COUNT} {_UNIT}(?: (?:một|0?1) lần| ?/ ?(?:một |0?1 )?lần)"),
    Rule("times-a-period", "recurring", rf"{_PERIODIC}?{_AT_LEAST}mỗi {_UNIT} {_AT_LEAST}{_TIMES}"),
    Rule(
        "times-per-period",
        "recurring",
        rf"{_PERIODIC}?{_AT_LEAST}{_TIMES}(?: ?/ ?| mỗi | (?:một|trong) )(?:0?1 )?{_UNIT}",
    ),
    Rule("ongoing-yearly", "recurring", rf"thường xuyên (?:định kỳ )?{_EVERY} (?P<unit>năm)"),
    Rule(
        "hour-of-day",
        "recurring",
        rf"{_PERIODIC}?(?:(?:vào|trước|lúc|chậm nhất|đến|là) )+{_HOUR} {_EVERY} (?P<unit>ngày)",
    ),
    Rule("every", "recurring", rf"{_PERIODIC}?{_EVERY} {_UNIT}"),
    Rule("periodic-count", "recurring", rf"{_PERIODIC}{_COUNT} (?P<unit>tháng|năm|tuần|ngày)"),
    Rule("periodic-unit", "recurring", rf"{_PERIODIC}(?P<unit>cả năm|năm|qu[ýí]|tháng|tuần|ngày)"),
    Rule("periodic", "recurring", "định kỳ"),
    Rule(
        "ongoing",
        "ongoing",
        "(?:thường xuyên(?:, | và | )liên tục|liên tục(?:, | và | )thường xuyên|thường xuyên)(?: trong (?:cả )?năm)?"
        "|liên tục",
    ),
    Rule(
        "after-event",
        "relative",
        rf"(?:{_LATEST}|(?:trong|sau) (?:{_WITHIN} )?|không quá |tối đa |ít nhất |trước )*{_SPAN}"
        rf"(?: đầu(?: tiên)?|{_FOR_EACH})?,? "
        "(?P<link>sau khi|(?:k[ểế]|tính) từ (?:khi|ngày|thời điểm|lúc)|kể từ|từ (?:khi|ngày)|trước (?:khi|ngày)"
        "|sau ngày)",
    ),
    Rule("within", "relative", rf"{_LATEST}?trong {_WITHIN} (?:không quá |tối đa )?{_SPAN}"),
    Rule("same-time", "relative", "cùng thời (?:gian|điểm)(?: với)?(?: việc)? (?:gửi|lập|trình|báo cáo|xây dựng)"),
    Rule(
        "event",
        "conditional",
        "(?:cho )?(?:(?:ngay )?sau|đến|tới|ngay) khi |khi (?:đã )?(?:có|được|nhận được) |"
        "khi (?:bộ|các bộ|chính phủ|thủ tướng|quốc hội|trung ương|tổng|cấp trên|tỉnh ủy|thành ủy|ủy ban|ubnd"
        "|hội đồng|hđnd|luật|nghị định|nghị quyết|thông tư|quyết định|quy chế|đề án|quy hoạch) ",
    ),
)

CELL_RULES: tuple[Rule, ...] = (
    Rule("report-period", "recurring", "(?P<count>0?[36]|ba|sáu) (?P<unit>tháng)"),
    Rule("duration", "relative", _SPAN),
)

LEAD_WORDS = one_of(r"""
    (?:chậm|muộn) nhất(?: là)?, không (?:quá|muộn hơn), trước, trong(?: vòng)?, vào, ngay, kể từ, bắt đầu từ, từ, đến
    tới, hết, cả, cuối, đầu, giữa, khoảng, dịp, nay, thời điểm, những, các, tháng, nửa, định kỳ, là, tuần (?:thứ )?[1-5]
    kết thúc, [0-9][0-9]? ?(?:h|giờ) ?(?:[0-9][0-9](?: phút|['’′])?)?, [0-9][0-9]?:[0-9][0-9]
""")
_LEADS = rf"(?:{LEAD_WORDS},? )+"

# What may follow a piece in a list: "trước ngày 01/6 và 15/11", "định kỳ 6 tháng, hằng năm".
ANOTHER_DAY = re.compile(rf"(?:, | và | hoặc )(?P<one>{D} ?/ ?{M}(?: ?/ ?{Y})?)(?![0-9/])", re.IGNORECASE)
ANOTHER_RECURRENCE = re.compile(
    rf"(?:, | và |, và | hoặc |/)(?P<one>(?:{_EVERY} )?(?:(?P<count>0?[369]|sáu|chín) )?"
    r"(?P<unit>(?:cả |cuối )?năm|qu[ýí]|tháng|tuần)\b)(?! [0-9])(?! (?:đầu|cuối|hành|sau|tiếp|trước|học|năm\b))",
    re.IGNORECASE,
)
# Behind "định kỳ" any number of years is a period: "định kỳ hằng năm, 3 năm, 4 năm", "định kỳ tổng kết 4 năm".
_PERIOD = rf"(?P<one>{_COUNT} (?P<unit>năm|tháng)\b)(?! ?[0-9/])(?! (?:đầu|cuối|sau|tiếp|trước|học|(?:một|0?1) lần))"
ANOTHER_PERIOD = re.compile(rf"(?:, | và |, và | hoặc ){_PERIOD}", re.IGNORECASE)
_REVIEW = "(?:sơ kết|tổng kết|đánh giá|kiểm điểm|rà soát|báo cáo|kiểm tra|cập nhật|điều chỉnh)"
PERIOD_BEHIND_ACT = re.compile(rf" {_REVIEW}(?:(?:,| và) {_REVIEW}){{0,2}} {_PERIOD}", re.IGNORECASE)
