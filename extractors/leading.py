"""Which agencies of a sentence lead: its subjects, and those to whom it gives something.

"Trên cơ sở đề nghị của UBND các huyện, Sở Xây dựng chủ trì …" is led by the department. What stands before a chain of
agencies in its clause and what follows it decide together; who orders, issues or only resolves does nothing itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import regex as re

from extractors.acting import (
    acts,
    acts_below_heading,
    carries_out,
    chairs,
    chairs_itself,
    does,
    does_alone,
    does_surely,
    ends,
    goes_on_to_act,
    heads_work,
    leads_surely,
    lists_on,
    makes,
    may_act,
    speaks_to,
    tells_others,
)
from extractors.giving import falls_to, gives, gives_in_passing, has_other_subject, requires_besides, requires_too
from schemas import Agency, Span


@dataclass(frozen=True, slots=True)
class Chain:
    """Agencies of one enumeration, where each stands in the text that is read, and where the whole starts and ends."""

    agencies: tuple[Agency, ...]
    places: tuple[Span, ...]
    start: int
    end: int

    def part(self, first: int) -> Chain:
        """The chain from its member *first* on."""
        return Chain(self.agencies[first:], self.places[first:], self.places[first].start, self.end)


def leading_part(text: str, chain: Chain, *, parallel: bool) -> list[Chain]:
    """The chain, when it leads; else, in *parallel* to a lead before it, what stands behind its semicolon.

    `Các sở thực hiện nhiệm vụ của cơ quan, đơn vị; UBND các xã báo cáo kết quả`.
    """
    if _leads(text, chain, parallel=parallel):
        return [chain]
    if (last := _behind_source(text, chain)) is not None:
        return [last]
    if _are_steered(text, chain):
        return []
    if not parallel and not (_is_object(text, chain) and does_surely(text[chain.end : chain.end + 80])):
        return []
    for number, (before, place) in enumerate(pairwise(chain.places), start=1):
        if ";" in text[before.end : place.start]:
            part = chain.part(number)
            return [part] if _leads(text, part, parallel=parallel) else []
    return []


def _are_steered(text: str, chain: Chain) -> bool:
    """Whether all of *chain* are objects of a verb before it and carry out what follows, in spite of a semicolon.

    `Đôn đốc các sở; các xã triển khai thực hiện`; but one body, or another verb, begins a clause of its own.
    """
    if not chain.agencies[-1].collective or not carries_out(text[chain.end : chain.end + 40]):
        return False
    return _STEERS.search(text, max(0, chain.start - LONGEST_LABEL), chain.start) is not None


def _is_object(text: str, chain: Chain) -> bool:
    """Whether *chain* begins as the object of a verb, which its semicolon ends: `Xây dựng Quỹ …; các tổ chức …`.

    Behind a preposition, or the verb of a report, the members behind the semicolon may be of one list with the first.
    """
    before = text[_clause_start(text, chain.start) : chain.start]
    return bool(before.strip(_MARKS)) and _ENUMERATES.search(before) is None


def is_told_by(text: str, speaker: Chain, chain: Chain) -> bool:
    """Whether *speaker*, one body that begins a clause, gives *chain* its work: `…, Ban Chấp hành giao Văn phòng …`.

    A group shares its own work out, unless it says who heads it: `Các tỉnh giao các sở làm đầu mối`.
    """
    if not _HANDS_ON.fullmatch(text, speaker.end, chain.start):
        return False
    if any(agency.collective for agency in speaker.agencies) and not heads_work(text[chain.end : chain.end + 40]):
        return False
    lead_in = text[_clause_start(text, speaker.start) : speaker.start].strip(_MARKS)
    return not ends(text, chain.end) and (not lead_in or "," in text[max(0, speaker.start - 2) : speaker.start])


def shares_predicate(text: str, first: Chain, chain: Chain) -> bool:
    """Whether *chain* ends an enumeration of subjects that *first* begins and that has members which nobody knows.

    `Các bộ, ngành, từng cán bộ, công chức, các chủ đầu tư tích cực …`: staff are no agency, builders are.
    """
    if chain.start - first.end > LONGEST_MEMBERS or not does_surely(text[chain.end : chain.end + 80]):
        return False
    members = _MEMBERS.fullmatch(text[first.end : chain.start])
    return members is not None and not any(_NO_MEMBER.search(member) for member in members.captures("member"))


def _behind_source(text: str, chain: Chain) -> Chain | None:
    """The last agency of *chain*, when the others only end its lead-in.

    `Trên cơ sở đề nghị của UBND quận, huyện, Sở Xây dựng chủ trì …`: the proposal is theirs, the work is its.
    """
    if len(chain.agencies) < 2 or not _SOURCE.match(text, _clause_start(text, chain.start), chain.start):
        return None
    before, last = chain.places[-2:]
    if text[before.end : last.start].strip() != ",":
        return None
    after = text[chain.end : chain.end + 80]
    several = chain.agencies[-1].collective
    if not does(after) and (several or not goes_on_to_act(after, several=False, closed=False)):
        return None
    return chain.part(len(chain.places) - 1)


def _leads(text: str, chain: Chain, *, parallel: bool) -> bool:
    clause_start = _clause_start(text, chain.start)
    before, after = text[clause_start : chain.start], text[chain.end : chain.end + 160]
    several = any(agency.collective for agency in chain.agencies)
    handed_on = gives(before) and not after.lstrip().startswith(",")  # `Giao Sở Y tế yêu cầu các cơ sở …`
    if tells_others(after, several=several) and not handed_on:
        return False
    if requires_besides(before) and last_mark(text, clause_start) == ";":
        return False
    if requires_too(before) and clause_start and not parallel:
        return False
    if _is_labelled(text, chain, before, after) or falls_to(before):
        return True
    if _ENCOURAGES.fullmatch(before):  # a body that has a name; groups are those whom somebody's measures reach
        return not chain.agencies[0].collective and acts(after)
    if _SPEAKS_OF.fullmatch(before):  # behind a sentence without an actor it is only a part of what that one is about
        return speaks_to(after) and (parallel or not clause_start)
    if gives(before):
        return not ends(after) and not has_other_subject(before)
    if gives_in_passing(before, parallel=parallel, several=several and not chairs_itself(after)):
        return not ends(after)
    if _DONE_BY.search(before):
        opens = before.lstrip()[:2] in {"Do", "do"} and len(before.split()) == 1
        return opens or does_alone(after) or _has_its_work_done(before, after)
    if not before.strip(_MARKS):
        if lists_on(text[chain.end : chain.end + CLAUSE_LIMIT]):
            return False
        ordered = None if clause_start else acts_below_heading(after)
        return acts(after) if ordered is None else ordered
    if _WHOLLY.fullmatch(before):
        return acts(after)
    if before.rstrip().endswith((",", " thì")) and leads_surely(after):
        return True
    lead_in = before.lstrip(_MARKS)
    if _CONCLUDES.search(before):
        return does(after)
    if lead_in.rstrip().endswith(_HINDRANCES) and _HINDERED.search(lead_in):
        return does(after)
    if _LEAD_IN.match(lead_in) and before.endswith(" thì "):
        return does_surely(after) or (not several and goes_on_to_act(after, several=False, closed=False))
    if _LEAD_IN.match(lead_in) and before.rstrip().endswith(","):
        return (
            does(after)
            or _may_act(chain, after)
            or goes_on_to_act(after, several=several, closed=_CLOSED.search(text, chain.start, chain.end) is not None)
        )
    return (_TIME.fullmatch(lead_in) or _TIMES.fullmatch(lead_in)) is not None and does(after)


def _may_act(chain: Chain, after: str) -> bool:
    """Whether it is left to the last of *chain*, who is called by his part in the work: `cơ quan chủ trì có thể …`."""
    return chain.agencies[-1].rule == "subject" and may_act(after)


def _is_labelled(text: str, chain: Chain, before: str, after: str) -> bool:
    """Whether brackets, a dash or a label say that the chain does it: `(Sở Y tế chủ trì)`, `; chủ trì: Sở Y tế`."""
    near = max(0, chain.start - LONGEST_LABEL)
    if chairs(after) and (_IN_BRACKETS.search(text, near, chain.start) or _BEHIND_DASH.search(before)):
        return True
    if _WITH_OTHERS.match(text, chain.end, chain.end + CLAUSE_LIMIT) and _IN_BRACKETS.search(text, near, chain.start):
        return True
    return _LABEL.search(text, near, chain.start) is not None


def _has_its_work_done(before: str, after: str) -> bool:
    """`Việc kiểm tra do Sở Y tế thực hiện hằng quý`: the work is the subject, not a thing that a verb deals with."""
    work = before.lstrip(_MARKS)
    short = len(work.split()) <= MOST_WORDS_OF_WORK and not does(work)
    return short and (chairs(after) or makes(after))


def last_mark(text: str, index: int) -> str:
    """The last character before *index* and the spaces that stand before it; empty where there is none."""
    return text[max(0, index - MOST_SPACES) : index].rstrip()[-1:]


def _clause_start(text: str, index: int) -> int:
    """Where the clause that holds *index* starts: behind the last full stop, semicolon or colon."""
    start = max(0, index - CLAUSE_LIMIT)
    for match in _CLAUSE_END.finditer(text, start, index + 1):
        start = min(match.end(), index)
    return start


# No clause is longer, so that a text without marks is still read in linear time.
CLAUSE_LIMIT = 600
LONGEST_LABEL = 40
MOST_SPACES = 16
# Behind an activity: `(Sở Y tế chủ trì)`, `(Giao Sở Y tế thực hiện)`, `(Chủ trì: Sở Y tế; phối hợp: …)`.
_IN_BRACKETS = re.compile(r"\((?:giao\s+)?$", re.IGNORECASE)
# `(Sở Y tế phối hợp với các địa phương)`: the bracket says who does it and who helps.
_WITH_OTHERS = re.compile(r"\s+(?:chủ động )?phối hợp (?:chặt chẽ )?(?:với|cùng)\s[^()]{2,300}\)")
_BEHIND_DASH = re.compile(r"\s[-–]\s*(?:giao\s+)?$", re.IGNORECASE)
# `(Chủ trì: Sở Y tế; …)`, `…; đơn vị thực hiện: Sở Y tế.`
_LABEL = re.compile(
    r"[(;.,–-]\s*(?:(?:cơ quan|đơn vị|bộ phận) )?(?:chủ trì|thực hiện|phụ trách|chịu trách nhiệm|trách nhiệm|tham mưu)"
    r"(?:,? (?:chính|thực hiện|tham mưu))?\s*:\s*$"
    r"|(?:^|[;.,]\s*)(?:cơ quan|đơn vị) (?:chủ trì|đầu mối|thường trực)(?: thực hiện)? (?:là|gồm)\s+$",
    re.IGNORECASE,
)
MOST_WORDS_OF_WORK = 8
_MARKS = " -–_+*•,.:;/\n\t"
_CLAUSE_END = re.compile(r"(?:[.!?](?=\s+\p{Lu})|;|:)\s*")
_DONE_BY = re.compile(r"(?:^|\s)do\s+$", re.IGNORECASE)
_ENUMERATES = re.compile(
    r"(?:\b(?:gửi|trình|báo cáo|với|cùng|cho|của|từ|đến|về|tại|qua|ở|và|hoặc|là|gồm|giữa|giao|do|mời|yêu cầu|đề nghị"
    r"|thuộc|đối với)|[,:(])\s*$",
    re.IGNORECASE,
)
_STEERS = re.compile(
    r"\b(?:hướng dẫn|đôn đốc|chỉ đạo|theo dõi|kiểm tra|giám sát|nhắc nhở|vận động|đề nghị|yêu cầu)\s+$", re.IGNORECASE
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
_ENCOURAGES = re.compile(r"[\s\-–+*•]*khuyến khích\s+", re.IGNORECASE)
_SPEAKS_OF = re.compile(r"[\s\-–+*•]*đối với\s+", re.IGNORECASE)
_WHOLLY = re.compile(r"[\s\-–+*•]*(?:riêng|về phía|(?:các )?ông(?:,? bà)?)\s*(?:số )?", re.IGNORECASE)
# The last words of a group that nothing but an owner may follow.
_CLOSED = re.compile(r"\b(?:liên quan|các cấp|chức năng|cấp (?:tỉnh|huyện|xã)|tỉnh|huyện|xã|phường|thành phố|đặc khu)$")
_LEAD_IN = re.compile(
    r"(?:ngay (?:từ|trong|khi)|trước mắt|"
    r"căn cứ|trên cơ sở|trong|theo|định kỳ|hằng|hàng|để|khi|nếu|ngoài|trước|sau|trường hợp|đến|từ|hằng năm|"
    r"quá trình|chậm nhất|vào|tùy|đồng thời|nhằm|bên cạnh|cùng với|đối với|qua|với|kết thúc|tiếp thu|thông qua|xét|do|"
    r"thực hiện|được sự|nhận được|ngay sau|căn cứ vào|dựa trên|tại|riêng|hiện nay|thời gian tới|năm \d|tháng \d|quý)\b",
    re.IGNORECASE,
)
# What comes before makes it their work: `Vì vậy, Sở Y tế rà soát …`, `Kho còn thiếu nên Sở Y tế phải …`.
_CONCLUDES = re.compile(
    r"(?:\b(?:vì vậy|vì thế|bởi vậy|do đó|do vậy|như vậy|(?<!làm )(?<!trở )(?<!xây )(?<!tạo )(?<!dựng )nên),?\s+"
    r"|^[\s\-–+*•]*(?:tuy nhiên|tuy vậy|mặt khác|song song với|cuối cùng|đặc biệt|thêm vào|hơn nữa)\b"
    r"[^,;:.]{0,40},\s*)$",
    re.IGNORECASE,
)
# A case without a comma behind it: `…, nếu có khó khăn, vướng mắc các đơn vị báo cáo …`; its last words are a look-out.
_HINDRANCES = ("khăn", "mắc", "sinh", "đề", "cập", "đổi", "gì", "mới", "lớn", "sung", "chỉnh", "thế", "thiết")
_HINDERED = re.compile(
    r"\b(?:nếu|khi|trường hợp)\s(?:(?:có|gặp|phát sinh|nảy sinh)\s[^;:.]{0,60}"
    r"(?:khó khăn|vướng mắc|phát sinh|vấn đề|bất cập|thay đổi)(?: (?:gì|mới|lớn|phát sinh))?"
    r"|(?:xét )?(?:thấy )?cần (?:phải )?(?:thiết|sửa đổi|bổ sung|điều chỉnh|thay đổi)"
    r"(?:(?:,| và|, và| hoặc| phải) (?:sửa đổi|bổ sung|điều chỉnh|thay đổi|thay thế)){0,3})\s+$",
    re.IGNORECASE,
)
# What somebody else gave, at the start of a clause, up to those who gave it.
_SOURCE = re.compile(
    r"[\s\-–+*•]*(?:trong quá trình [^,;:.]{2,60},\s*)?"
    r"(?:trên cơ sở|căn cứ|theo|sau khi|xét|khi|qua|từ|tiếp thu|trường hợp|nếu)\b[^,;:.]{0,120}?"
    r"(?:,\s*(?:bổ sung|điều chỉnh)\b[^,;:.]{0,100}?)?"
    r"\s(?:của|với|ý kiến|tại|thuộc|cho)\s+$",
    re.IGNORECASE,
)
# Adverbs of time that stand before the subject without a comma: `Hàng năm Sở Thương mại chủ động …`.
_TIME = re.compile(
    r"(?:(?:hằng|hàng) (?:năm|quý|tháng|tuần|ngày)|định kỳ(?: (?:hằng|hàng) \p{L}+)?|trước mắt|hiện nay|đồng thời|"
    r"ngoài ra|riêng|khi cần(?: thiết)?|thời gian tới|trong thời gian tới)\s+",
    re.IGNORECASE,
)
# Nothing but words of time: `Định kỳ 6 tháng, cuối năm cơ quan chủ trì …`, `Trong tháng 6 năm 2026 các sở …`.
_TIMES = re.compile(
    r"(?!ngày)(?:(?:định kỳ|hằng|hàng|mỗi|đầu|giữa|cuối|trong|trước|sau|đến|vào|từ|hết|chậm nhất|"
    r"thời hạn|một lần|và|hoặc|tháng|quý|năm|ngày|tuần|kỳ|nhiệm kỳ|\d[\d/.-]*|[IVX]+)(?:,\s*|\s+))+",
    re.IGNORECASE,
)
