"""Find what a press article says that a plan promises and assigns: clauses, since prose has no items to go by.

    "Kế hoạch đặt mục tiêu đến năm 2030, 90% hồ sơ được xử lý trực tuyến; 100% xã có điểm phục vụ. UBND tỉnh giao
    Sở Nội vụ chủ trì; tổng hợp, báo cáo định kỳ."

gives two promises, both by 2030, and two assignments, the second with the lead of the first. What an article reports as
already achieved (`đã đạt 60%`) or what a plan costs is no promise, and a sentence without figures is one objective,
however long.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from schemas import Deadline, Span


@dataclass(frozen=True, slots=True)
class Promise:
    """One promised result; `period` is what an earlier clause gives, for a promise that names no date itself."""

    span: Span
    period: Deadline | None = None


@dataclass(frozen=True, slots=True)
class Assignment:
    """One assigned or announced task; `inherits_lead` when the clause leaves its actor to the clause before it."""

    span: Span
    inherits_lead: bool = False


def find_promises(text: str, *, deadlines: Sequence[Deadline] = ()) -> list[Promise]:
    """Every promised result of an article, one a clause, in reading order; *deadlines* are those found in *text*.

    >>> text = "Kế hoạch đặt mục tiêu 90% hộ có nước sạch; 100% xã có trạm y tế. Năm qua, tỉnh đã đạt 70%."
    >>> [text[p.span.start : p.span.end] for p in find_promises(text)]
    ['90% hộ có nước sạch', '100% xã có trạm y tế']
    """
    dates = sorted((d for d in deadlines if d.start or d.end), key=lambda d: d.span)
    found: list[Promise] = []
    period: Deadline | None = None
    in_goals = after_goals = False
    for paragraph in _paragraphs(text):
        if not _BULLET.match(text, paragraph.start):
            period, in_goals = None, False
        for sentence in _split(text, paragraph, _SENTENCE_END):
            words = text[sentence.start : sentence.end]
            if _assigns(words) or any(said.search(words) for said in (_ANNOUNCES, _PAST, _FUNDS)):
                in_goals = False
                continue
            goal = _GOAL.search(words)
            after_goals = after_goals or goal is not None
            if goal and len(words[goal.end() :].split()) < _SHORTEST_GOAL:
                in_goals = True
                continue
            if not (goal or _is_promise(words, in_goals) or (after_goals and _SPECIFIES.match(words))):
                continue
            own = _opening_date(text, sentence, dates)
            period = own or (period if _WITHIN.match(words) or _BULLET.match(words) else None)
            in_goals = True
            start = sentence.start + (goal.end() if goal else 0)
            found += (Promise(span, period) for span in _promised_clauses(text, Span(start, sentence.end)))
    return found


def find_assignments(text: str) -> list[Assignment]:
    """Every task that an article reports: clauses that assign it to an agency, or that list what a plan will do.

    >>> text = "UBND tỉnh giao Sở Y tế chủ trì, lập danh mục; báo cáo kết quả."
    >>> [a.inherits_lead for a in find_assignments(text)]
    [False, True]
    """
    found: list[Assignment] = []
    assigning = listing = False
    for paragraph in _paragraphs(text):
        if not _BULLET.match(text, paragraph.start):
            assigning = listing = False
        for sentence in _split(text, paragraph, _SENTENCE_END):
            words = text[sentence.start : sentence.end]
            announced = _ANNOUNCES.search(words)
            goes_on = assigning and bool(_FURTHER.match(words))
            if _assigns(words) or goes_on or (assigning and _ACTOR.match(words)):
                assigning, listing = True, False
                found += () if words.endswith(":") else _assigned_clauses(text, sentence, goes_on=goes_on)
            elif announced and not _PAST.search(words):
                tasks = _listed_clauses(text, Span(sentence.start + announced.end(), sentence.end))
                found += tasks
                assigning, listing = False, not tasks
            elif listing and _WITHIN.match(words):
                found += _listed_clauses(text, sentence)
                listing = False
            else:
                assigning = listing = False
    return found


def _assigns(words: str) -> bool:
    """True for a sentence that gives an agency something to do, in the active or the passive voice."""
    return bool(_ORDERS.search(words) or _LEADS.match(words))


def _is_promise(words: str, in_goals: bool) -> bool:
    """True for a figure that is promised, or that goes on with what the sentence before it promised."""
    if _FIGURE.search(words):
        return in_goals or bool(_PROMISES.search(words))
    return in_goals and bool(_CONTINUES.match(words))


def _promised_clauses(text: str, sentence: Span) -> Iterator[Span]:
    """The clauses of a sentence that promise something each; without figures the sentence is one objective."""
    if not _FIGURE.search(text, sentence.start, sentence.end):
        yield _trimmed(text, sentence)
        return
    clauses = list(_split(text, sentence, _SEMICOLON))
    if all(_YEARLY.fullmatch(text, *clause) for clause in clauses[1:]):
        clauses = [sentence]
    for number, clause in enumerate(clauses):
        clause = _without_lead_in(text, clause) if number == 0 else _trimmed(text, clause)
        yield from (part for part in _by_figure(text, clause) if part.end > part.start)


def _by_figure(text: str, clause: Span) -> Iterator[Span]:
    """Split `hơn 90% … và 100% …` where each figure has a whole statement, not `80% xã và 100% phường có …`."""
    start = clause.start
    for joint in _JOINT.finditer(text, clause.start, clause.end):
        first = _FIGURE.search(text, start, joint.start())
        if first and len(text[first.end() : joint.start()].split()) >= _WHOLE_STATEMENT:
            yield _trimmed(text, Span(start, joint.start()))
            start = joint.end()
    yield _trimmed(text, Span(start, clause.end))


def _assigned_clauses(text: str, sentence: Span, *, goes_on: bool) -> Iterator[Assignment]:
    """The clauses of an assigning sentence; one that *goes_on* leaves its actor to the sentence before it."""
    for number, clause in enumerate(_split(text, sentence, _SEMICOLON)):
        span = _trimmed(text, clause)
        if span.end > span.start:
            named = _ACTOR.match(text, *span) or _ORDERS.search(text, *span)
            yield Assignment(span, inherits_lead=(number > 0 or goes_on) and not named)


def _listed_clauses(text: str, list_span: Span) -> list[Assignment]:
    """The tasks of a list set apart by semicolons; fields (`giải pháp về tài chính`) are no tasks."""
    lead_in = _LIST_LEAD_IN.match(text, list_span.start, list_span.end)
    start = lead_in.end() if lead_in else list_span.start
    clauses = [_unlabelled(text, clause) for clause in _split(text, Span(start, list_span.end), _SEMICOLON)]
    if len(clauses) < 2:
        return []
    return [Assignment(c) for c in clauses if c.end > c.start and not _FIELD.match(text, c.start, c.end)]


def _without_lead_in(text: str, clause: Span) -> Span:
    """*clause* without `Theo đó,`, `Về nguồn nhân lực,` or what else stands before the promise itself."""
    match = _LEAD_IN.match(text, clause.start, clause.end)
    start = match.end() if match else clause.start
    act = _ACT_BEFORE.match(text, start, clause.end) if match else None
    return _trimmed(text, Span(act.end() if act else start, clause.end))


def _opening_date(text: str, sentence: Span, dates: Sequence[Deadline]) -> Deadline | None:
    """The date before the first figure of the sentence (all its clauses take it), or before everything it says."""
    first = bisect_left(dates, sentence.start, key=lambda d: d.span.start)
    if first == len(dates) or dates[first].span.start >= sentence.end:
        return None
    figure = _FIGURE.search(text, dates[first].span.end, sentence.end)
    before = _FIGURE.search(text, sentence.start, dates[first].span.start)
    return dates[first] if not before and (figure or dates[first].span.start - sentence.start < _NEAR) else None


def _paragraphs(text: str) -> Iterator[Span]:
    """The paragraphs of prose; a short line without an end mark is a headline or a byline."""
    for match in _PARAGRAPH.finditer(text):
        if len(match[0]) > _LONGEST_HEADLINE or _END_MARK.search(match[0]):
            yield Span(*match.span())


def _split(text: str, span: Span, at: regex.Pattern[str]) -> Iterator[Span]:
    """The parts of *span* between matches of *at*; a part keeps nothing of the mark."""
    start = span.start
    for match in at.finditer(text, span.start, span.end):
        yield Span(start, match.start())
        start = match.end()
    if start < span.end:
        yield Span(start, span.end)


def _trimmed(text: str, span: Span) -> Span:
    start, end = span
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and text[end - 1] in _EDGE:
        end -= 1
    return Span(start, end)


def _unlabelled(text: str, span: Span) -> Span:
    """*span* without a number in brackets before it: `(1) tuyên truyền …`."""
    start, end = _trimmed(text, span)
    label = _LABEL.match(text, start, end)
    return Span(label.end() if label else start, end)


_EDGE = " ,;:–-+•\n\t…."
_NEAR = 40
_SHORTEST_GOAL = 3
_WHOLE_STATEMENT = 8
_BODY = (
    r"(?:Sở|Bộ(?! phận| máy| dữ liệu| tiêu chí)|Ban(?! hành)|UBND|HĐND|Ủy ban|Văn phòng|Công an|Chi cục|Cục"
    r"|Tổng cục|Thanh tra|Hội(?! nghị| thảo| viên)|Đoàn(?! kết| viên)|Mặt trận|MTTQ|Liên đoàn|Liên minh|Kho bạc"
    r"|Ngân hàng|Đài|Báo(?! cáo)|Công ty|Tập đoàn|Viện|Bệnh viện|Trường(?! hợp)|Trung tâm|Chủ tịch|Giám đốc|Thủ trưởng"
    r"|Bộ đội|Phòng(?!,| ngừa| chống)|Đơn vị|Địa phương|Cơ quan|Huyện|Xã(?! hội)|Quận|Thành phố|Thị xã|Thị trấn|Phường"
    r"|(?:[Cc]ác|[Mm]ỗi|[Tt]ừng) (?:[Ss]ở|[Bb]ộ|[Bb]an(?! hành)|ngành|cấp|đơn vị|địa phương|cơ quan|huyện|xã|phường"
    r"|doanh nghiệp|tổ chức|trường|phòng|thành viên|UBND|đoàn thể|hội))(?!\p{L})"
)
_ACTOR = regex.compile(rf"\s*(?:[-+•*–] ?)?(?:(?:Riêng|Đồng thời|Ngoài ra|Bên cạnh đó),? )?{_BODY}")
_FURTHER = regex.compile(r"\s*(?:Đồng thời|Ngoài ra|Bên cạnh đó|Cùng với đó)(?!\p{L})")
_ORDERS = regex.compile(
    rf"(?<!\p{{L}})(?<!được )(?:giao(?: nhiệm vụ)?(?: cho)?|phân công|yêu cầu|đề nghị|chỉ đạo)"
    rf"(?: (?:cho )?(?:{_BODY}|đơn vị|địa phương)|[^.;:]{{0,20}}:$)"
)
_LEADS = regex.compile(
    rf"\s*(?:[-+•*–] ?)?{_BODY}[^.;]{{0,120}}"
    r"(?:chủ trì|có trách nhiệm|chịu trách nhiệm|được (?:giao|phân công|yêu cầu))(?!\p{L})"
)
_ANNOUNCES = regex.compile(
    r"(?i)(?:đề ra|đưa ra|xác định|tập trung(?: vào)?|triển khai|thực hiện|nêu rõ|gồm|bao gồm|với)"
    r"(?: (?:thực hiện|nhiều|một số|các|những|\d+|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|nhóm|nội dung|đồng bộ))*"
    r" (?:nhiệm vụ|giải pháp)(?!\p{L})(?:(?:,| và)? (?:nhiệm vụ|giải pháp|trọng tâm|chủ yếu|cụ thể|chính|cơ bản))*"
)
_LIST_LEAD_IN = regex.compile(
    r"(?i)\s*(?:(?:trong đó|theo đó|cụ thể|đó là|gồm|bao gồm|như|như sau|sau đây|là)(?!\p{L})[\s,:]*|[\s,:]+)+"
    r"(?:(?:chú trọng|tập trung|trọng tâm là|có)(?!\p{L})[\s:]+(?=:))?"
)
_FIELD = regex.compile(r"(?i)(?:và )?(?:nhóm|giải pháp|nhiệm vụ|về|công tác)(?!\p{L})")
_NUMERAL = r"\d[\d.]*(?:,\d+)?"
_FIGURE = regex.compile(
    rf"(?<![\p{{L}}\d./-])(?:{_NUMERAL} ?(?:%|- ?{_NUMERAL} ?%)"
    rf"|(?<=(?:khoảng|ít nhất|tối thiểu|tối đa|trên|hơn|gần|dưới|không quá|thêm|được|đạt|có|cấp|xây dựng|đào tạo|lập) )"
    rf"(?!(?:19|20)\d\d(?!\d)){_NUMERAL}(?= \p{{Ll}}))"
)
_JOINT = regex.compile(
    r"(?:,| và|, và) (?=(?:(?:có|đảm bảo|bảo đảm|phấn đấu|khoảng|ít nhất|tối thiểu|trên|hơn|gần|dưới)\s){0,2}"
    rf"{_NUMERAL} ?%)"
)
_GOAL = regex.compile(
    r"(?i)(?:đặt(?: ra)?|đề ra|xác định|đưa ra|hướng (?:tới|đến)|với|phấn đấu|gồm|có|các|một số|những|nhằm)"
    r"(?: (?:một số|các|những|nhiều|\d+))* (?:mục tiêu|chỉ tiêu)(?!\p{L})(?! (?:này|trên|nêu trên|đề ra|đã))"
    r"(?: (?:tổng quát|chung|cụ thể|cơ bản|chủ yếu|chính|quan trọng|trọng tâm|phấn đấu|của (?:kế hoạch|đề án)))*"
    r"(?:[\s,:]*(?:như sau|như|là|gồm|sau đây|cụ thể)(?!\p{L}))*[\s,:]*"
)
_PROMISES = regex.compile(
    r"(?i)phấn đấu|bảo đảm|đảm bảo|hoàn thành|(?:đến|trong|vào|hết) năm|giai đoạn|sẽ |theo đó|trong đó|cụ thể"
    r"|mục tiêu|chỉ tiêu"
)
_PAST = regex.compile(
    r"(?i)(?<!\p{L})(?:đã (?:đạt|có|được|hoàn thành|triển khai|ban hành|xây dựng|cấp|thực hiện)"
    r"|hiện (?:nay|tại|có)|tính đến|năm qua|thời gian qua|cùng kỳ|so với năm|trước đó|vừa qua|đến nay)(?!\p{L})(?! khi)"
)
_FUNDS = regex.compile(
    r"(?i)^\s*(?:(?:về|dự kiến|ước|theo kế hoạch),? )*(?:tổng )?(?:kinh phí|nguồn kinh phí|nguồn vốn|vốn|mức đầu tư"
    r"|dự toán|nhu cầu vốn|số tiền)(?!\p{L})[^;]{0,300}?\d[\d.,]{0,30} ?(?:nghìn |ngàn |triệu |tỷ |tỉ )*"
    r"(?:đồng|USD)(?!\p{L})"
)
_CONTINUES = regex.compile(
    r"\s*(?:Cụ thể|Theo đó|Trong đó|Đồng thời|Phấn đấu|(?:Đến|Tới|Trong) năm|Giai đoạn)(?!\p{L})"
)
_SPECIFIES = regex.compile(r"\s*Cụ thể,(?=[^.]*(?:giai đoạn|đến năm|trong năm))")
_WITHIN = regex.compile(r"\s*(?:Trong đó|Theo đó|Cụ thể|Đó là|Gồm)(?!\p{L})")
_LEAD_IN = regex.compile(
    r"(?:\s*(?:(?:Theo đó|Trong đó|Cụ thể|Đồng thời|Bên cạnh đó|Ngoài ra|Song song đó)(?:,|(?= ))"
    r"|(?:Về|Đối với|Trong lĩnh vực|Ở lĩnh vực) [^,;%\d]{3,120},)\s*)+"
)
_ACT_BEFORE = regex.compile(r"[^,;%\d]{3,120}, (?=(?:bảo đảm|đảm bảo|phấn đấu)(?!\p{L}))")
_YEARLY = regex.compile(r"\s*(?:và )?(?:đến )?(?:năm |giai đoạn )?(?:19|20)\d\d[^,;.]{0,60}(?:[,.]\d[^,;.]{0,40})?\s*")
_LABEL = regex.compile(r"\(?\d{1,2}[).]\s*")
_BULLET = regex.compile(r"\s*[-+•*–]")
_END_MARK = regex.compile(r"[.!?…:;”\"]\s*$")
_LONGEST_HEADLINE = 200
_PARAGRAPH = regex.compile(r"[^\n]+")
_SEMICOLON = regex.compile(r";")
_SENTENCE_END = regex.compile(
    r"(?<![.!?…])(?<!\b(?:TP|TX|Q|P|ThS|TS|PGS|GS|BS))[.!?…]+(?:\s+(?=[“\"(]?[\p{Lu}\d])|\s*$)"
)
