"""Which agencies of a sentence lead: its subjects, and those to whom it gives something.

"Trên cơ sở đề nghị của UBND các huyện, Sở Xây dựng chủ trì …" is led by the department. What stands before a chain of
agencies in its clause and what follows it decide together; who orders, issues or only resolves does nothing itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import regex as re

from extractors.agencies.predicates import begins_predicate, is_verb
from extractors.agencies.words import Line
from schemas import Agency


@dataclass(frozen=True, slots=True)
class Chain:
    """Agencies of one enumeration, and where it starts and ends."""

    agencies: tuple[Agency, ...]
    start: int
    end: int


def leading_part(text: str, chain: Chain, *, parallel: bool) -> list[Chain]:
    """The chain, when it leads; else, in *parallel* to a lead before it, what stands behind its semicolon.

    `Các sở thực hiện nhiệm vụ của cơ quan, đơn vị; UBND các xã báo cáo kết quả`.
    """
    if _leads(text, chain, parallel=parallel):
        return [chain]
    if (last := _behind_source(text, chain)) is not None:
        return [last]
    if not parallel and not (_is_object(text, chain) and _acts_surely(text, chain.end)):
        return []
    for number, (before, agency) in enumerate(pairwise(chain.agencies), start=1):
        if before.span and agency.span and ";" in text[before.span.end : agency.span.start]:
            part = Chain(chain.agencies[number:], agency.span.start, chain.end)
            return [part] if _leads(text, part, parallel=parallel) else []
    return []


def _acts_surely(text: str, end: int) -> bool:
    """Whether a known predicate begins at *end*."""
    after = text[end : end + 80]
    return _DOES.match(after) is not None or begins_predicate(Line(after), 0)


def _is_object(text: str, chain: Chain) -> bool:
    """Whether *chain* begins as the object of a verb, which its semicolon ends: `Xây dựng Quỹ …; các tổ chức …`.

    Behind a preposition, or the verb of a report, the members behind the semicolon may be of one list with the first.
    """
    before = text[_clause_start(text, chain.start) : chain.start]
    return bool(before.strip(_MARKS)) and _ENUMERATES.search(before) is None


def is_told_by(text: str, speaker: Chain, chain: Chain) -> bool:
    """Whether *speaker*, one body that begins a clause, gives *chain* its work: `…, Ban Chấp hành giao Văn phòng …`."""
    if any(agency.collective for agency in speaker.agencies) or not _HANDS_ON.fullmatch(text, speaker.end, chain.start):
        return False
    lead_in = text[_clause_start(text, speaker.start) : speaker.start].strip(_MARKS)
    return not _ENDS.match(text, chain.end) and (not lead_in or "," in text[max(0, speaker.start - 2) : speaker.start])


def shares_predicate(text: str, first: Chain, chain: Chain) -> bool:
    """Whether *chain* ends an enumeration of subjects that *first* begins and that has members which nobody knows.

    `Các bộ, ngành, từng cán bộ, công chức, các chủ đầu tư tích cực …`: staff are no agency, builders are.
    """
    if chain.start - first.end > LONGEST_MEMBERS or not _acts_surely(text, chain.end):
        return False
    members = _MEMBERS.fullmatch(text[first.end : chain.start])
    return members is not None and not any(_NO_MEMBER.search(member) for member in members.captures("member"))


def _behind_source(text: str, chain: Chain) -> Chain | None:
    """The last agency of *chain*, when the others only end its lead-in.

    `Trên cơ sở đề nghị của UBND quận, huyện, Sở Xây dựng chủ trì …`: the proposal is theirs, the work is its.
    """
    if len(chain.agencies) < 2 or not _SOURCE.match(text, _clause_start(text, chain.start), chain.start):
        return None
    before, last = chain.agencies[-2:]
    if before.span is None or last.span is None or text[before.span.end : last.span.start].strip() != ",":
        return None
    if not _DOES.match(text[chain.end : chain.end + 80]):
        return None
    return Chain((last,), last.span.start, chain.end)


def _leads(text: str, chain: Chain, *, parallel: bool) -> bool:
    clause_start = _clause_start(text, chain.start)
    before, after = text[clause_start : chain.start], text[chain.end : chain.end + 160]
    several = any(agency.collective for agency in chain.agencies)
    if _RESOLVES.match(after) or (_ORDERS.match(after) and not (several and _SHARES_OUT.match(after))):
        return False
    if _ISSUES.match(after) and not several:
        return False
    if _REQUIRES_BESIDES.fullmatch(before) and text[:clause_start].rstrip().endswith(";"):
        return False
    if _REQUIRES_TOO.fullmatch(before) and clause_start and not parallel:
        return False
    if _is_labelled(text, chain, before, after):
        return True
    if _FALLS_TO.match(before):
        return True
    if _ASSIGNED.fullmatch(before):
        return not _ENDS.match(after) and not _OTHER_VERB.search(before)
    told = several and not _CHAIRS_ITSELF.match(after)
    if _assigned_in_passing(before, parallel=parallel, several=told):
        return not _ENDS.match(after)
    if _DONE_BY.search(before):
        opens = before.lstrip()[:2] in {"Do", "do"} and len(before.split()) == 1
        return bool(_DOES_ALONE.match(after)) or opens or _has_its_work_done(before, after)
    if not clause_start and not before.strip(_MARKS) and (heading := _RUN_IN.match(after)) is not None:
        return _orders(after[heading.end() :])
    if not before.strip(_MARKS) or _WHOLLY.fullmatch(before):
        return bool(_ACTS.match(after) or _ACTS_BEHIND.match(after))
    if before.rstrip().endswith((",", " thì")) and _LEADS_SURELY.match(after):
        return True
    lead_in = before.lstrip(_MARKS)
    if _LEAD_IN.match(lead_in) and before.rstrip().endswith(","):
        return bool(_DOES.match(after)) or _goes_on_to_act(
            after, several=several, closed=_CLOSED.search(text, chain.start, chain.end) is not None
        )
    return bool(_TIME.fullmatch(lead_in) and _DOES.match(after))


def _orders(words: str) -> bool:
    """Whether *words* begin with a verb of orders, printed with a capital: what follows a heading within the line."""
    return _DOES.match(words) is not None or is_verb(Line(words[:80]), 0)


def _is_labelled(text: str, chain: Chain, before: str, after: str) -> bool:
    """Whether brackets, a dash or a label say that the chain does it: `(Sở Y tế chủ trì)`, `; chủ trì: Sở Y tế`."""
    near = max(0, chain.start - LONGEST_LABEL)
    if _CHAIRS.match(after) and (_IN_BRACKETS.search(text, near, chain.start) or _BEHIND_DASH.search(before)):
        return True
    return _LABEL.search(text, near, chain.start) is not None


def _assigned_in_passing(before: str, *, parallel: bool, several: bool) -> bool:
    """Whether the words up to a chain end in giving it something: `Xây dựng đề án, giao …`, `Đồng ý giao …`.

    What somebody who acts gives or asks on the way (`Sở Y tế kiểm tra, đề nghị các cơ sở …`) is part of the act, and so
    is what a group gets (`Kiện toàn Ban Chỉ đạo, phân công nhiệm vụ cho các thành viên`), unless a body resolves it.
    """
    found = _GIVES_IN_PASSING.search(before)
    if found is None:
        return False
    if _RESOLVES_SOMEWHERE.search(before, 0, found.end()):
        return True
    return not (found["asks"] or parallel or several)


def _goes_on_to_act(after: str, *, several: bool, closed: bool) -> bool:
    """Whether *after* begins what somebody does, whom a lead-in and its comma stand before.

    The name of one body is known to its end, so that any verb may follow; a group may go on unless its words are
    *closed*, so its verb must be known.
    """
    if not _GOES_ON_TO.match(after):
        return False
    return not several or closed or _AND_ALSO.match(after) is not None or begins_predicate(Line(after), 0)


def _has_its_work_done(before: str, after: str) -> bool:
    """`Việc kiểm tra do Sở Y tế thực hiện hằng quý`: the work is the subject, not a thing that a verb deals with."""
    work = before.lstrip(_MARKS)
    short = len(work.split()) <= MOST_WORDS_OF_WORK and not _DOES.match(work)
    return short and (_CHAIRS.match(after) or _MAKES.match(after)) is not None


def _clause_start(text: str, index: int) -> int:
    """Where the clause that holds *index* starts: behind the last full stop, semicolon or colon."""
    start = max(0, index - CLAUSE_LIMIT)
    for match in _CLAUSE_END.finditer(text, start, index + 1):
        start = min(match.end(), index)
    return start


# No clause is longer, so that a text without marks is still read in linear time.
CLAUSE_LIMIT = 600
LONGEST_LABEL = 40
# Behind an activity: `(Sở Y tế chủ trì)`, `(Giao Sở Y tế thực hiện)`, `(Chủ trì: Sở Y tế; phối hợp: …)`.
_IN_BRACKETS = re.compile(r"\((?:giao\s+)?$", re.IGNORECASE)
# What somebody does with the work that the sentence is about: `Hồ sơ do UBND xã lập, gửi …`.
_MAKES = re.compile(r"\s+(?:lập|xây dựng|soạn thảo|biên soạn)(?: và [^,.;]{2,20})?\s*[,.;]")
_BEHIND_DASH = re.compile(r"\s[-–]\s*(?:giao\s+)?$", re.IGNORECASE)
_CHAIRS = re.compile(
    r"\s+(?:là (?:cơ quan|đơn vị) )?(?:chủ trì|chịu trách nhiệm|thực hiện|làm đầu mối|phụ trách|chỉ đạo|tham mưu"
    r"|đảm nhiệm)\b",
    re.IGNORECASE,
)
_CHAIRS_ITSELF = re.compile(r"\s+chủ trì\b")
# `(Chủ trì: Sở Y tế; …)`, `…; đơn vị thực hiện: Sở Y tế.`
_LABEL = re.compile(
    r"[(;.,–-]\s*(?:(?:cơ quan|đơn vị|bộ phận) )?(?:chủ trì|thực hiện|phụ trách|chịu trách nhiệm|trách nhiệm|tham mưu)"
    r"(?:,? (?:chính|thực hiện|tham mưu))?\s*:\s*$"
    r"|(?:^|[;.,]\s*)(?:cơ quan|đơn vị) (?:chủ trì|đầu mối|thường trực)(?: thực hiện)? (?:là|gồm)\s+$",
    re.IGNORECASE,
)
# A heading that runs into its text: `5. Các hội, đoàn thể. Vận động hội viên …`.
_RUN_IN = re.compile(r"\.\s+(?=\p{Lu})")
MOST_WORDS_OF_WORK = 8
_MARKS = " -–+*•,.:;/\n\t"
_CLAUSE_END = re.compile(r"(?:[.!?](?=\s+\p{Lu})|;|:)\s*")
# What stands between the start of a clause and those to whom something is given.
_GIVES = r"(?:giao nhiệm vụ cho|giao trách nhiệm cho|giao cho|giao|phân công|ủy quyền cho)"
_SPEAKS = (
    r"(?:Trên đây là|Ủy ban nhân dân|UBND|Chủ tịch|Thủ tướng|Chính phủ|Bộ trưởng|Ban Chỉ đạo|Tỉnh ủy|Thành ủy|"
    r"Ban Thường vụ|Hội đồng nhân dân|HĐND|Kế hoạch|Nghị quyết|Quyết định|Chỉ thị|Nhận được)\b[^.;:]{0,160}?"
)
_HINDERS = (
    r"(?:Trong quá trình|Nếu|Quá trình|Khi|Trường hợp)\b[^.;:]{0,120}?"
    r"(?:khó khăn|vướng mắc|phát sinh|vấn đề|bất cập|nội dung)[^.;:]{0,80}?"
)
# What stands before the order and ends in a comma: `Từ năm 2026, giao cho …`, `Để bảo đảm tiến độ, yêu cầu …`.
_CIRCUMSTANCE = (
    r"(?:Từ|Đến|Trước|Sau|Trong|Để|Nhằm|Căn cứ|Theo|Trên cơ sở|Với|Đối với|Qua|Riêng|Hằng năm|Hàng năm|Định kỳ)\b"
    r"[^.;:]{0,200}?,\s*(?:nay\s+)?"
)
_ASSIGNED = re.compile(
    r"[\s\-–+*•]*(?:(?:Ngoài ra|Đồng thời|Bên cạnh đó|Mặt khác|Trước mắt)\s*,?\s*)?"
    rf"(?:(?:{_SPEAKS}|{_HINDERS})?\s*(?:{_GIVES}|yêu cầu|đề nghị|chỉ thị)|"
    rf"{_CIRCUMSTANCE}(?:{_GIVES}|yêu cầu|đề nghị)|"
    rf"(?:Nếu|Khi|Trường hợp)\b[^.;:]{{0,200}}?\s{_GIVES})\s*:?\s*",
    re.IGNORECASE,
)
# `Kiểm tra việc chấp hành; yêu cầu các đơn vị khắc phục`: who checks also requires, and nobody else is told.
_REQUIRES_BESIDES = re.compile(r"\s*(?:đồng thời,?\s+)?yêu cầu\s+", re.IGNORECASE)
_REQUIRES_TOO = re.compile(r"[\s\-–+*•]*đồng thời,?\s+yêu cầu\s+", re.IGNORECASE)
# `nếu không đạt, phải hướng dẫn, yêu cầu các đơn vị …`: the subject is somebody else.
_OTHER_VERB = re.compile(
    r",\s*(?:thì\s+)?(?:phải|hướng dẫn|kiểm tra|đôn đốc|rà soát|xử lý|chủ động|kịp thời)\b|\bngười\s", re.IGNORECASE
)
# `Trách nhiệm đôn đốc thuộc về Sở Y tế`, `Nhiệm vụ này được giao cho Viện Quy hoạch`.
_FALLS_TO = re.compile(
    r"[\s\-–+*•]*(?:(?:trách nhiệm|thẩm quyền|nhiệm vụ)\b[^.;:]{0,120}?\sthuộc về"
    r"|(?:việc|nhiệm vụ|công việc|nội dung|trách nhiệm)\b[^.;:,]{0,120}?\sđược (?:giao|phân công|ủy quyền)(?: cho)?)"
    r"\s+$",
    re.IGNORECASE,
)
_DONE_BY = re.compile(r"(?:^|\s)do\s+$", re.IGNORECASE)
_DOES_ALONE = re.compile(r"\s*(?:hướng dẫn thực hiện|hướng dẫn|thực hiện|chịu trách nhiệm|đảm nhiệm)\s*(?:[.;]|/\.|$)")
# Who orders somebody else is no lead; `UBND các xã phân công cán bộ trực` orders nobody else.
_ORDERS = re.compile(
    r"\s*,?\s*(?:(?:cũng|còn|vừa|tiếp tục|đồng thời)\s+){0,2}"
    r"(?:(?i:giao|yêu cầu|đề nghị)\b|(?i:phân công)\s+(?:cho\s+)?(?:(?i:các)\s|nhiệm vụ cho\s|\p{Lu}))"
)
_SHARES_OUT = re.compile(r"\s*phân công\b", re.IGNORECASE)
# Who agrees, praises or appeals is told nothing.
_RESOLVED = (
    r"(?:tán thành|thống nhất (?!quản|thực|triển|tổ|nội dung|với)|nhất trí|đồng ý|biểu dương|ghi nhận|hoan nghênh"
    r"|đánh giá cao|kêu gọi|quyết nghị)"
)
_RESOLVES = re.compile(rf"\s*,?\s*(?:cơ bản |trân trọng |đã )?{_RESOLVED}", re.IGNORECASE)
_RESOLVES_SOMEWHERE = re.compile(rf"(?:^|\s){_RESOLVED}", re.IGNORECASE)
_GIVES_IN_PASSING = re.compile(
    r"(?:,|\b(?:thống nhất|đồng ý|nhất trí|tiếp tục|trước mắt)|^[\s\-–+*•]*)\s*(?:nay |đồng thời,? )?"
    r"(?:(?:giao|phân công|ủy quyền|chỉ định)(?: (?:nhiệm vụ|trách nhiệm))?|(?P<asks>đề nghị|yêu cầu))(?: cho)?"
    r"\s*:?\s*$",
    re.IGNORECASE,
)
_ENUMERATES = re.compile(
    r"(?:\b(?:gửi|trình|báo cáo|với|cùng|cho|của|từ|đến|về|tại|qua|ở|và|hoặc|là|gồm|giữa|giao|do|mời|yêu cầu|đề nghị"
    r"|thuộc|đối với)|[,:(])\s*$",
    re.IGNORECASE,
)
LONGEST_MEMBERS = 120
_MEMBERS = re.compile(r"\s*,\s*(?:(?P<member>[^,;:.()]{2,50}?)(?:,\s*|\s+và\s+|\s(?=$))){1,6}", re.IGNORECASE)
_NO_MEMBER = re.compile(
    r"\b(?:của|thuộc|tại|về|cho|với)$|^(?:căn cứ|trên cơ sở|trong|theo|để|khi|nếu|nhằm|qua|với|chủ trì|phối hợp|được|"
    r"đã|có|là|tổ chức (?!chính|xã|đoàn|pháp)|thực hiện|xây dựng|hướng dẫn|kiểm tra|báo cáo|triển khai|rà soát|"
    r"tham mưu|đề xuất|tăng cường|đẩy mạnh|tiếp tục|nghiên cứu|ban hành|đôn đốc|theo dõi|giám sát|chỉ đạo|hỗ trợ|"
    r"quản lý|bố trí|nhất là|đặc biệt|trước hết|gửi|trình|đồng thời|giao|yêu cầu|đề nghị|phân công|hằng|hàng|"
    r"định kỳ|do)\b",
    re.IGNORECASE,
)
_HANDS_ON = re.compile(
    r"\s*,?\s*(?:(?:thống nhất|tiếp tục|nay|đã|cũng|còn|vừa|đồng thời) ){0,2}"
    r"(?:giao|phân công|yêu cầu|đề nghị)(?: (?:nhiệm vụ|trách nhiệm))?"
    r"(?: cho)?\s*:?\s*",
    re.IGNORECASE,
)
# What may stand before a subject.
_WHOLLY = re.compile(r"[\s\-–+*•]*(?:riêng|về phía)\s*(?:số )?", re.IGNORECASE)
_ISSUES = re.compile(r"\s*,?\s*ban hành (?:kế hoạch|quyết định|chỉ thị)\b", re.IGNORECASE)
_ENDS = re.compile(r"\s*(?:$|\.\s*$)")
# Words after a subject that say that it is none: `của`, `được`, `đã`; a colon lets it stand (`Sở Y tế: Chủ trì …`).
_ACTS = re.compile(
    r"\s*(?:,\s*)?(?!của\b|được (?!(?:giao|phân công) (?:nhiệm vụ|trách nhiệm|chủ trì|thực hiện|phụ trách))|đã\b|đang\b"
    r"|thuộc\b|gồm\b|bao gồm\b|bị\b|tại\b|ở\b|là (?!cơ quan|đơn vị|đầu mối))"
    r"(?::\s*\S|\p{L})|\s*\([^)]{1,80}\)\s+\p{L}",
    re.IGNORECASE,
)
# Words between a subject and what it has to do: whose or which ones they are, or what they are besides.
_ACTS_BEHIND = re.compile(
    r"\s*(?:(?:của|thuộc|tại|ở|nơi)\s[^,;:.]{2,80}?(?<! được)(?<! đã)(?<! chưa)"
    r"\s(?:có trách nhiệm|có nhiệm vụ|chịu trách nhiệm|phải|cần|chủ trì|chủ động"
    r"|khẩn trương|triển khai|giám sát|rà soát|phối hợp|tăng cường|tiếp tục|tuyên truyền|vận động)\b"
    r"|(?:được|đã|đang)\s[^,;:.]{2,80}?\s(?:có trách nhiệm|chịu trách nhiệm|phải|cần)\s"
    r"|\s?[-–]\s*(?:là )?(?:cơ quan|đơn vị|thường trực)[^-–,;:.]{2,60}[-–,]\s*\p{L})",
    re.IGNORECASE,
)
_DOES = re.compile(
    r"\s*(?:còn )?(?:có trách nhiệm|có nhiệm vụ|chịu trách nhiệm|chủ trì|chủ động|phải|cần|xây dựng|tổ chức|triển khai|"
    r"thực hiện|phối hợp|tăng cường|tiếp tục|báo cáo|tổng hợp|gửi|rà soát|căn cứ|tham mưu|kịp thời|phản ánh|thông tin|"
    r"đề xuất|nghiêm túc|khẩn trương|tập trung|hướng dẫn|chỉ đạo|kiểm tra|theo dõi|bố trí|lập|ban hành|đẩy mạnh|"
    r"quán triệt|nghiên cứu|trình|cử|thường xuyên|theo chức năng|trong phạm vi|hoàn thành|là cơ quan|làm đầu mối|"
    r"đảm bảo|bảo đảm|sẽ|sớm|nhanh chóng|thẩm định|thẩm tra|cân đối|phân bổ|phê duyệt|quyết định|đánh giá|giám sát|"
    r"phân công|quy định|công bố|giải quyết|tiếp nhận|cung cấp|hoàn thiện|tuyên truyền|vận động|đôn đốc|đề nghị|"
    r"tích cực|nâng cao|phát huy|quan tâm|nêu cao|đề cao|huy động|phổ biến)\b",
    re.IGNORECASE,
)
# Behind a lead-in and its comma a body that nothing else claims acts, whatever the verb: none of these words goes on
# with a list, says whose or which one the body is, or denies that the sentence is an order.
_GOES_ON_TO = re.compile(
    r"\s+(?!(?:và|hoặc|hay|cùng|với|của|thuộc|trực thuộc|tại|ở|nơi|trong|ngoài|trên|dưới|giữa|từ|đến|cho|về|bằng|qua|"
    r"như|theo|để|nhằm|khi|nếu|mà|vì|do|bởi|được|bị|đã|đang|chưa|không|là|gồm|bao gồm|có|này|đó|nêu|nói|"
    r"trước|sau|liên quan|khác|nào|số|thì|nhưng|vẫn|mới|nay|điện tử)\b)\p{Ll}",
)
_AND_ALSO = re.compile(r"\s+(?:còn|cũng|sẽ)\s")
# The last words of a group that nothing but an owner may follow.
_CLOSED = re.compile(r"\b(?:liên quan|các cấp|chức năng|cấp (?:tỉnh|huyện|xã)|tỉnh|huyện|xã|phường|thành phố|đặc khu)$")
# A predicate that needs no lead-in known to us: whoever has it behind a comma is its subject.
_LEADS_SURELY = re.compile(
    r"\s+(?:(?:phải )?(?:có|chịu) trách nhiệm|có nhiệm vụ|chủ trì|phối hợp(?: chặt chẽ)? (?:với|cùng)|làm đầu mối|"
    r"là (?:cơ quan|đơn vị|đầu mối))\b",
    re.IGNORECASE,
)
_LEAD_IN = re.compile(
    r"(?:ngay (?:từ|trong|khi)|trước mắt|"
    r"căn cứ|trên cơ sở|trong|theo|định kỳ|hằng|hàng|để|khi|nếu|ngoài|trước|sau|trường hợp|đến|từ|hằng năm|"
    r"quá trình|chậm nhất|vào|tùy|đồng thời|nhằm|bên cạnh|cùng với|đối với|qua|với|kết thúc|tiếp thu|thông qua|xét|do|"
    r"thực hiện|được sự|nhận được|ngay sau|căn cứ vào|dựa trên|tại|riêng|hiện nay|thời gian tới|năm \d|tháng \d|quý)\b",
    re.IGNORECASE,
)
# What somebody else gave, at the start of a clause, up to those who gave it.
_SOURCE = re.compile(
    r"[\s\-–+*•]*(?:trên cơ sở|căn cứ|theo|sau khi|xét|khi|qua|từ|tiếp thu)\b[^,;:.]{0,120}?\s(?:của|với|ý kiến)\s+$",
    re.IGNORECASE,
)
# Adverbs of time that stand before the subject without a comma: `Hàng năm Sở Thương mại chủ động …`.
_TIME = re.compile(
    r"(?:(?:hằng|hàng) (?:năm|quý|tháng|tuần|ngày)|định kỳ(?: (?:hằng|hàng) \p{L}+)?|trước mắt|hiện nay|đồng thời|"
    r"ngoài ra|riêng|khi cần(?: thiết)?|thời gian tới|trong thời gian tới)\s+",
    re.IGNORECASE,
)
