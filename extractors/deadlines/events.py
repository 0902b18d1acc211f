"""Events that a task waits for: "sau khi có hướng dẫn của Bộ Tài chính", "khi được cấp có thẩm quyền phê duyệt".

Only the act of somebody else is waited for: "sau khi cấp giấy chứng nhận" is a step of the work itself, "khi có yêu
cầu" and "nếu có" are no times at all. The table of acts decides.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from extractors.deadlines.wording import one_of, words


class Event(NamedTuple):
    """Where the event's words end, and the rule that took it for one."""

    end: int
    rule: str


def find_event(text: str, start: int, *, after: str) -> Event | None:
    """The event whose words begin at *start*, behind *after* (`sau khi `, `đến khi `, `khi `); None for no event."""
    window = text[start : start + _WINDOW].split("\n", 1)[0]
    trigger = after.strip()
    for rule, triggers, act in _ACTS:
        if trigger in triggers and act.match(window):
            return Event(event_end(text, start, opening=opens_clause(text, start - len(after))), rule)
    return None


def event_end(text: str, start: int, *, opening: bool = False) -> int:
    """Where the phrase that begins at *start* ends: at a stop, a closing bracket, or a comma before a new act.

    An *opening* phrase stands before its main clause, so that the comma before an actor ends it too.

    >>> event_end("có hướng dẫn của Bộ Xây dựng, Bộ Tư pháp; báo cáo", 0)
    40
    """
    depth = 0
    for match in _STOPS.finditer(text, start, start + _LONGEST):
        mark = match[0][0]
        if mark == "(":
            depth += 1
        elif mark == ")" and depth:
            depth -= 1
        elif not depth and (mark != "," or _ends_at_comma(text, start, match.end(), opening=opening)):
            return start + len(text[start : match.start()].rstrip())
    end = min(len(text), start + _LONGEST)
    return end if end == len(text) or " " not in text[start:end] else text.rfind(" ", start, end)


def opens_clause(text: str, start: int) -> bool:
    """True when nothing but a stop or a label stands before *start*: what begins there leads in its sentence."""
    return _OPENING.search(text, max(0, start - 24), start) is not None


def _ends_at_comma(text: str, start: int, position: int, *, opening: bool) -> bool:
    """True when the words behind a comma begin a new act rather than go on with the enumeration before it."""
    if opening and _ACTOR.match(text, position):
        return True
    said = text[start:position]
    return len(said.split()) >= 3 and bool(_NEW_ACT.match(text, position) or _COMPLETED.search(said))


_LONGEST = 300
_WINDOW = 160
_STOPS = re.compile(
    r"[;\n|)(\t]|\.(?=[ \n]|$|/)|, |: | (?:để|nhằm|thì|mới được|trước ngày|có trách nhiệm|phải) "
    r"| và (?=(?:báo cáo (?:kết quả|lên|về|với)|đồng thời|tạo điều kiện) )"
    r"|(?:(?<=ban hành)|(?<=thông qua)|(?<=phê duyệt)|(?<=có hiệu lực)|(?<=hiệu lực thi hành))"
    r" (?:đến|tới|trong(?! (?:danh mục|kế hoạch|quy hoạch|dự toán)\b)|cho (?=các|những|mọi|cán bộ|người)|vào) "
    r"|(?<!cơ quan)(?<!đơn vị) chủ trì[ ,]"
)
_OPENING = re.compile(r"(?:^|[\n.;:,|–]|\s[-+•a-zđ0-9.]{1,4}\)?|(?:^|\n)[0-9]{1,2}/)\s*$")
_NEW_ACT = words(
    one_of("""
    chủ trì, phối hợp, tham mưu, tổ chức, trình, xây dựng, triển khai, thực hiện, hoàn thành, báo cáo, gửi, đề nghị
    yêu cầu, giao, tiến hành, rà soát, tiếp tục, kịp thời, đồng thời, trong đó, chậm nhất,
    định kỳ, cập nhật, có trách nhiệm, có văn bản, chuyển(?! đổi), phải, thì, sẽ, được
    """)
    + r"\b"
    + r"|(?:(?! thì | mà | với )[^,;.\n|]){3,80} (?:phải|có trách nhiệm|có văn bản) "
)
_ACTOR = words(
    one_of("""
    sở, bộ, ủy ban, ubnd, hđnd, hội đồng, ngân hàng, cơ quan, đơn vị, doanh nghiệp, tổ chức, người, quỹ, phòng, ban
    tòa án, toà án, chánh án, viện, kho bạc, thủ tướng, thường trực, trạm, tùy
    chủ tịch, giám đốc, thủ trưởng, trường hợp, các, văn phòng, công an, chi cục, cục, trung tâm, nhà, bên, chủ
    """)
    + r"\b"
)

_DECIDED = one_of("ban hành, phê duyệt, thông qua, có hiệu lực, chấp thuận, cho phép, được duyệt")
_COMPLETED = words(rf"(?:{_DECIDED}(?: thi hành)?|kết thúc), $")
_PAPER = one_of("""
    hướng dẫn, chỉ đạo, quyết định, văn bản, kết quả, cơ chế, chủ trương, ý kiến, quy định, kế hoạch, thông tư,
    nghị định, nghị quyết, luật
    chương trình, đề án, danh mục, thông báo, báo cáo, kết luận, nguồn, kinh phí, khung, bộ tiêu chí
    tiêu chí, phê duyệt, chấp thuận, thống nhất, đồng ý, quy chế, công văn, dự toán
""")
_AUTHORITY = one_of("""
    chính phủ, thủ tướng, quốc hội, bộ, ủy ban, ubnd, hđnd, hội đồng, cấp có thẩm, cấp thẩm, cơ quan có
    tỉnh ủy, thành ủy, trung ương, chủ tịch, ban hành, phê duyệt, thông qua, chấp thuận, giao kinh phí, bố trí
    phân bổ, thẩm định
""")
_GRANTED = one_of("""
    cục, tổng cục, sở, ban, thường trực, lãnh đạo, cơ quan, cấp (?:vốn|kinh phí|phép|giấy phép), cho phép, duyệt
    giao (?:vốn|dự toán|biên chế|đất|mặt bằng|chỉ tiêu|kế hoạch), bàn giao, cấp trên, thống nhất, đồng ý
""")
# A duty that falls to somebody now and then is no event that is waited for: `khi được Chủ tịch UBND tỉnh giao`.
_TOLD = (
    "(?:giao(?! (?:chủ đầu tư|vốn|kinh phí|dự toán|biên chế|đất|mặt bằng|chỉ tiêu|kế hoạch))|yêu cầu|đề nghị"
    "|phân công|ủy quyền|huy động|mời|triệu tập)"
)
_SUPERIOR = one_of("""
    bộ, các bộ, chính phủ, thủ tướng, quốc hội, trung ương, tổng liên đoàn, tổng cục, ủy ban nhân dân tỉnh, ubnd tỉnh
    cấp trên, tỉnh ủy, thành ủy, hội đồng nhân dân tỉnh, hđnd tỉnh
""")
_MEETING = one_of("""
    hội nghị, hội thảo, hội thi, đại hội, kỳ họp, cuộc họp, phiên họp, cuộc thi, lễ, đợt, chiến dịch, năm học, học kỳ
""")
# What somebody else puts in force, not what this document says of itself: `khi Luật Đê điều có hiệu lực`.
_ACT_OF_LAW = "(?:(?:bộ )?luật|nghị định|nghị quyết|thông tư|quyết định|quy chế|đề án|quy hoạch)"
_NATURE = one_of("nước, lũ, lũ lụt, bão, mưa, mưa lũ, mưa bão, thiên tai, ngập, ngập lụt, dịch, dịch bệnh")
_OWN_STEP = one_of("xem xét, nghe, nghiên cứu, kiểm tra, chỉnh sửa, hoàn thành")
_WHEN = frozenset({"sau khi", "ngay sau khi", "ngay khi", "khi"})
_ACTS: tuple[tuple[str, frozenset[str], re.Pattern[str]], ...] = (
    ("until-event", frozenset({"đến khi", "tới khi", "cho đến khi", "cho tới khi"}), words("có ")),
    ("after-paper", _WHEN, words(rf"(?:đã )?(?:có|nhận được) (?:các |sự |những |đầy đủ |đủ )?{_PAPER}\b")),
    (
        "after-paper",
        _WHEN - {"khi"},
        words("(?:đã )?(?:có (?!thể|yêu cầu|nhu cầu)|nhận (?:được|đủ) )"),
    ),
    (
        "after-approval",
        _WHEN,
        words(rf"(?:đã )?được (?:các )?{_AUTHORITY}\b(?! như\b)(?![^.;:,()\n|]{{0,60}} {_TOLD}\b)"),
    ),
    ("after-approval", _WHEN - {"khi"}, words(rf"(?:đã )?được (?:các )?{_GRANTED}\b")),
    (
        "after-act-of-a-superior",
        _WHEN,
        words(
            rf"{_SUPERIOR}\b(?:[^.;:,()\n|]|, (?=ban, |ngành\b)){{0,60}}?"
            rf" (?:có {_PAPER}|triển khai|ban hành|hướng dẫn)\b"
        ),
    ),
    (
        "after-decision",
        frozenset({"khi"}),
        words(
            rf"{_ACT_OF_LAW} (?![^.;:,()\n|]{{0,40}}\bnày\b)[^.;:,()\n|]{{3,80}}?"
            " (?:có hiệu lực|được (?:[^.;:,()\n|]{0,40} )?(?:ban hành|phê duyệt|thông qua))"
        ),
    ),
    ("after-meeting", frozenset({"sau khi", "ngay sau khi"}), words(rf"kết thúc (?:các |mỗi )?{_MEETING}\b")),
    (
        "after-nature",
        _WHEN,
        words(rf"{_NATURE} (?:[^.;:,()\n|]{{0,20}} )?(?:rút|tan|qua|chấm dứt|kết thúc|được khống chế|ổn định)\b"),
    ),
    (
        "after-offer",
        _WHEN,
        words(r"có (?:các )?(?:nhà đầu tư|chủ đầu tư|doanh nghiệp)(?: [^ .;:,()]+){0,3} (?:đề xuất|đăng ký|đầu tư)\b"),
    ),
    ("after-incident", _WHEN - {"khi", "sau khi"}, words("xảy ra ")),
    (
        "after-decision",
        _WHEN - {"khi"},
        words(rf"(?!{_OWN_STEP}\b)[^.;:,()\n|]{{3,90}}? (?:được [^.;:,()\n|]{{0,40}}?)?{_DECIDED}"),
    ),
    (
        "after-decision",
        _WHEN - {"khi"},
        words(rf"(?:bộ )?luật [^.;:\n|]{{3,90}}? (?:được [^.;:,()\n|]{{0,40}}?)?{_DECIDED}"),
    ),
)
