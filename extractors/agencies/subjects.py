"""A kind of body as the subject of a sentence: "Cơ quan thanh tra khẩn trương hoàn thành …", "Chủ đầu tư phải …".

The phrase begins with a noun of the table and ends where the predicate of a duty begins; without one it is no actor.
"""

from __future__ import annotations

import re

from extractors.agencies.learnt_verbs import is_learnt_verb
from extractors.agencies.predicates import begins_predicate, is_verb
from extractors.agencies.registry import agency_words
from extractors.agencies.words import Line


def subject_stop(line: Line, index: int, stop: int) -> int:
    """The index after the subject that begins with a noun from *index* to *stop*; 0 when no duty follows.

    >>> line = Line("Cơ quan chủ trì soạn thảo có trách nhiệm báo cáo")
    >>> line.slice(0, subject_stop(line, 0, 2))
    'Cơ quan chủ trì soạn thảo'
    """
    for duty in (_DUTY, _MANNER):
        match = duty.match(line.text, line.end(stop - 1), line.last_end())
        if match is not None and not _NO_PART.search(match["rest"]):
            after = stop + len(_UNDER_RULES.sub("", match["rest"]).split())
            if any(_joins_another(line, at) for at in range(stop, after)):
                return 0
            acts = (at for at in range(stop + 1, after) if begins_predicate(line, at))
            return after if duty is _DUTY else next(acts, after)
    return 0


def _joins_another(line: Line, index: int) -> bool:
    """Whether `và` at *index* joins the name of another body: `Hiệp hội Vận tải và Công an tỉnh`."""
    another = line.capital(index + 1) and line.word(index + 1) in agency_words("name-border")
    return another and line.word(index) == "và"


def responsible_stop(line: Line, stop: int) -> int:
    """The index after a noun in mid-sentence and the words that say which one, when it is given a responsibility.

    >>> line = Line("khi nhận hồ sơ, cơ quan thuế có trách nhiệm tính thuế")
    >>> line.slice(5, responsible_stop(line, 7))
    'cơ quan thuế'
    """
    place, end = line.end(stop - 1), line.last_end()
    match = _RESPONSIBLE.match(line.text, place, end) or _CHARGED.match(line.text, place, end)
    if match is None or _NO_PART.search(match["rest"]) or _ACT.search(match["rest"]):
        return 0
    if not match["rest"] and " ".join(line.low[max(0, stop - 2) : stop]) in _ANY:
        return 0
    return stop + len(match["rest"].split())


def relative_stop(line: Line, stop: int) -> int:
    """The index after the words that say which ones of a group must do something; 0 when none follow its noun.

    >>> line = Line("Các đội kiểm tra lưu động phải lập biên bản")
    >>> line.slice(0, relative_stop(line, 2))
    'Các đội kiểm tra lưu động'
    """
    match = _RELATIVE.match(line.text, line.end(stop - 1), line.last_end())
    if match is None or _NO_RELATIVE.search(match["rest"]):
        return 0
    return stop + len(match["rest"].split())


def spoken_to_stop(line: Line, index: int, stop: int) -> int:
    """The index after a noun from *index* to *stop* and the words that say which one, when a colon and an order follow.

    >>> line = Line("Đối với đơn vị được thanh tra: Nộp sổ kho")
    >>> line.slice(2, spoken_to_stop(line, 2, 4))
    'đơn vị được thanh tra'
    """
    if line.low[index - 2 : index] != ["đối", "với"] or line.word(index) in {"hộ", "cá", "người"}:
        return 0
    for at in range(stop, stop + LONGEST_SPOKEN_TO):
        if line.word(at) == ":":
            return at if is_verb(line, at + 1) or is_learnt_verb(line, at + 1) else 0
        if not line.word(at).isalnum() or line.word(at) in {"là", "khi", "nếu", "thì"}:
            return 0
    return 0


def _duty(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?P<rest>(?: [^\s.,;:()]+){{0,12}}?)(?: \([^()]{{1,120}}\))? (?={words}\b)")


LONGEST_SPOKEN_TO = 8
# A duty in so many words reaches farther back than a mere adverb, before which another verb may stand.
_DUTY = _duty(r"(?:có trách nhiệm|chịu trách nhiệm|phải|cần)")
_MANNER = _duty(r"(?:khẩn trương|chủ động|kịp thời|tiếp tục|nghiêm túc|tích cực|tăng cường|chủ trì, phối hợp)")
_RESPONSIBLE = _duty(r"(?:phải )?(?:có trách nhiệm|có nhiệm vụ|chịu trách nhiệm)")
# Who is called by his part in the work is bound by less: `…, cơ quan chủ trì vận hành có thể mở cống …`.
_CHARGED = re.compile(
    r"(?P<rest>(?<=chủ đầu tư)|(?<=chủ dự án)|(?<=nhà thầu)"
    r"| (?:chủ trì|được giao|được phân công|phối hợp|thẩm định)(?: [^\s.,;:()]+){0,8}?)"
    r" (?=(?:phải|có thể|cần)\b)"
)
# An act before the responsibility, which somebody else's may be; nouns that say nobody in particular.
_ACT = re.compile(r" (?:và|tự)$| (?:được tiếp tục|thực hiện|thông báo)\b")
_ANY = frozenset({"cơ quan", "đơn vị", "tổ chức", "cá nhân"})
_RELATIVE = re.compile(r"(?P<rest>(?: [^\s.,;:()]+){1,10}?) (?=(?:có trách nhiệm|chịu trách nhiệm|phải)\b)")
_NO_RELATIVE = re.compile(
    r"\b(?:phối hợp|căn cứ|trách nhiệm|để|khi|nếu|là|không|sẽ|nhằm|thì|mà|theo|cần|chủ động|tiếp tục|khẩn trương"
    r"|kịp thời|thường xuyên|nghiêm túc|tích cực|liên quan|báo cáo|trong|tại|và|hoặc|nào|còn|này|đều|cũng|tự|vẫn"
    r"|trước|hết|phải|có thể|hoàn toàn)\b"
)
_NO_PART = re.compile(r"\b(?:(?<!^ )phối hợp|căn cứ|trách nhiệm|để|khi|nếu|là|đã|đang|không|sẽ|nhằm|thì|mà)\b")
# `Hội đồng thẩm định làm việc theo chế độ tập thể và chịu trách nhiệm …`: rules come before the duty.
_UNDER_RULES = re.compile(r" (?:làm việc|hoạt động) theo\b.*")
