"""Groups that are agencies where they stand: "Doanh nghiệp viễn thông chủ động …", not the label `Cơ quan chủ trì`.

A group without `các` is an agency with a second noun or a qualifier, behind `phối hợp với`, or as the subject of an
order.
"""

from __future__ import annotations

import re

from extractors.agencies.collectives import Collective
from extractors.agencies.complements import UNITS
from extractors.agencies.learnt_verbs import is_learnt_verb
from extractors.agencies.predicates import begins_predicate, is_verb
from extractors.agencies.words import Line, opens_clause


def stands_alone(line: Line, index: int, phrase: Collective) -> bool:
    """Whether a phrase without `các` is an agency in running text: two nouns, a qualifier, the head of a sentence."""
    if phrase.level == "commune" or line.word(index) in UNITS:
        return False
    if line.word(index) == "ngành" and len(phrase.nouns) == 1:
        return False
    if len(phrase.nouns) > 1 or phrase.qualifiers or phrase.listed:
        if line.low[index : index + 3] == ["hộ", "gia", "đình"]:
            return False
        _, start, stop = phrase.nouns[0]
        return not (len(phrase.nouns) == 1 and stop - start == 1 and line.word(index) in {"cấp", "hội", "ban", "tổ"})
    if not (line.capital(index) and opens_clause(line, index)):
        return False
    return phrase.level == "enterprise" or _acts(line, index, phrase)


def sector_acts(line: Line, index: int, phrase: Collective) -> bool:
    """Whether a sector is the subject of a duty in mid-sentence (`đồng thời, ngành Thuế phối hợp với …`)."""
    duty = " ".join(line.low[phrase.stop : phrase.stop + 2])
    if line.word(index) != "ngành" or phrase.stop - index < 2:
        return False
    opens = line.capital(index) and opens_clause(line, index)
    return duty in SECTOR_DUTIES or (opens and begins_predicate(line, phrase.stop))


def is_told(line: Line, index: int) -> bool:
    """Whether a word of assignment that opens its clause stands before *index*: `Giao`, `; đề nghị`, `, giao cho`."""
    start = index - (line.word(index - 1) in {"cho", ":"})
    for words in ASSIGNING:
        first = start - len(words)
        if first >= 0 and line.low[first:start] == words:
            before = line.word(first - 1)
            return opens_clause(line, first) or before in {",", "đồng", "thời", "nay"} or line.capital(first)
    return False


def is_label(line: Line, stop: int) -> bool:
    """Whether the words at *stop* make a label of the kind of body before them: `cơ quan phối hợp gồm`."""
    labels = (["phối", "hợp"], ["chủ", "trì"], ["thực", "hiện"])
    return line.low[stop : stop + 2] in labels and line.word(stop + 2) in {":", "là", "gồm"}


def clause_stop(line: Line, index: int) -> int:
    """Where a clause ends that says which ones must act (`các đơn vị có dự án được duyệt phải …`); 0 without one."""
    match = _CLAUSE.match(line.text, line.end(index - 1), line.last_end())
    if match is None or any(word in match[0] for word in NOT_IN_A_CLAUSE):
        return 0
    stressed = _STRESSED.search(match[0])
    stop = line.index_from(index, match.start() + stressed.start() if stressed else match.end())
    while line.word(stop - 1) in {",", "mà", "và", "còn", "cũng", "đều"}:
        stop -= 1
    return stop


def after_cue(line: Line, index: int) -> bool:
    """Whether `phối hợp (với)` stands before *index*, behind which a single noun is an agency too."""
    before = line.low[max(0, index - 5) : index]
    with_ = before[-1:] in (["với"], ["cùng"]) and ("hợp" in before or "trì" in before)
    return with_ or before[-2:] == ["phối", "hợp"]


def _acts(line: Line, index: int, phrase: Collective) -> bool:
    """Whether a kind of body that opens a clause is its subject: a verb of orders or a further body stands behind it.

    `Lực lượng chức năng kiểm tra …`, but not the labels `Cơ quan chủ trì`, `Đơn vị thực hiện`.
    """
    _, start, stop = phrase.nouns[0]
    if line.low[start:stop] in OTHER_THAN_SUBJECTS or line.word(start) in UNITS or stop - start < 2:
        return False
    if phrase.level == "union" and line.word(phrase.stop) == "," and line.capital(phrase.stop + 1):
        return True
    if phrase.level == "union" and line.word(phrase.stop) == ":":
        return stop - start > 2
    pair = f"{line.word(phrase.stop)} {line.word(phrase.stop + 1)}"
    told = phrase.stop - index > 2 or line.word(start) == "toàn"
    acts = is_verb(line, phrase.stop) or is_learnt_verb(line, phrase.stop)
    return told and acts and pair not in OF_LABELS


_CLAUSE = re.compile(
    r"\s(?:được|có (?!trách)|tổ chức lập|chủ trì |sử dụng|trong (?!phạm vi|quá trình)|đang|tham gia|quản lý|nêu|đầu tư|"
    r"cung cấp|hoạt động|sản xuất)[^.;:()\n]{2,130}?(?=\s(?:có trách nhiệm|chịu trách nhiệm|phải|chủ động)\s)"
)

# Who of them is meant above all is no part of their name: `các đơn vị có kho, trước hết là Bưu điện`.
_STRESSED = re.compile(r",?\s(?:trước hết|nhất|đặc biệt|trước tiên) là\b")

# Words that give somebody his work.
ASSIGNING = (["giao"], ["phân", "công"], ["ủy", "quyền"], ["yêu", "cầu"], ["đề", "nghị"], ["giao", "nhiệm", "vụ"])

NOT_IN_A_CLAUSE = (
    "có thể",
    "trong thời",
    "kể từ",
    "phối hợp",
    "thường xuyên",
    "căn cứ",
    "trách nhiệm",
    "nhiệm vụ được giao",
    "liên quan",
)

# `Tổ chức kiểm tra` is an order; verbs that say of a body which one it is.
OTHER_THAN_SUBJECTS = (["tổ", "chức"],)

OF_LABELS = frozenset(
    {"chủ trì", "phối hợp", "thực hiện", "quản lý", "tham gia", "báo cáo", "tham mưu", "tiếp nhận", "thẩm định"}
    | {"giám sát", "kiểm tra", "đầu mối", "thường trực", "theo dõi", "tổng hợp", "thanh tra", "đầu tư", "cung cấp"}
)

SECTOR_DUTIES = frozenset(
    {"chủ trì", "phối hợp", "có trách", "chịu trách", "chủ động", "cần phải", "là cơ", "là đơn"}
    | {"có nhiệm", "có trách"}
)
