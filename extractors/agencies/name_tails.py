"""Names that go on in small letters: "Trung tâm Truyền thông | nông nghiệp và môi trường", "Viện Chiến lược | , …".

Such words belong to the name when they are fields that public bodies are named after and nothing but a predicate, a
place, a mark or another body follows them; words that do more (`… và tuyên truyền rộng rãi`) leave the name as it is.
"""

from __future__ import annotations

from functools import cache

from extractors.agencies.complements import UNITS
from extractors.agencies.determiners import DETERMINERS
from extractors.agencies.predicates import begins_predicate
from extractors.agencies.registry import agency_words
from extractors.agencies.words import Line


def tail_stop(line: Line, stop: int) -> int:
    """Where the fields end with which a name goes on that could end at *stop*; *stop* itself where none follow.

    >>> tail_stop(Line("Trung tâm Truyền thông nông nghiệp và môi trường biên soạn tài liệu"), 4)
    9
    """
    if (copula := _before_copula(line, stop)) > stop:
        return copula
    if not _may_go_on(line, stop):
        return stop
    at, commas, linked = stop, 0, False
    while True:
        glue = line.word(at) if line.word(at) in GLUES else ""
        part = _part_stop(line, at + bool(glue), listed=glue == ",")
        if part == at + bool(glue) or (not glue and at > stop):
            break
        commas += glue == ","
        linked = linked or glue == "và"
        at = part
    return at if at > stop and _closes(line, at, listed=commas > 0 and not linked) else stop


def _before_copula(line: Line, stop: int) -> int:
    """Where a sentence goes on that says what the body is, its own words small before that: `Vụ Vật tư | xây lắp là cơ
    quan …`; *stop* itself where none does.
    """
    at = stop
    while at < stop + LONGEST_TAIL and line.word(at).isalpha() and not line.capital(at) and line.word(at) != "là":
        at += 1
    says = line.word(at) == "là" and f"{line.word(at + 1)} {line.word(at + 2)}" in IS_A_BODY
    return at if says and line.word(stop) not in BEHIND | GLUES | {"phối", "cùng", "với"} else stop


def _may_go_on(line: Line, stop: int) -> bool:
    """Whether fields can follow at *stop*: behind a mark or at once, but not where the predicate begins."""
    word = line.word(stop)
    if word in GLUES:
        return line.word(stop + 1) != "" and f"{line.word(stop + 1)} {line.word(stop + 2)}" in _fields()
    return not line.capital(stop) and f"{word} {line.word(stop + 1)}" in _fields() and not begins_predicate(line, stop)


def _part_stop(line: Line, index: int, *, listed: bool) -> int:
    """Where the fields end that begin at *index*; *listed* behind a comma the first of several may have a capital."""
    at = index
    while f"{line.word(at)} {line.word(at + 1)}" in _fields() and not line.capital(at + 1):
        opens = at == index and listed and not line.capital(at + 2)
        if line.capital(at) and not (opens and f"{line.word(at + 2)} {line.word(at + 3)}" in _fields()):
            break
        if at > index and begins_predicate(line, at):
            break
        at += 2
    return at


def _closes(line: Line, index: int, *, listed: bool) -> bool:
    """Whether the word at *index* shows that the name before it is whole; behind a bare list no mark does."""
    word = line.word(index)
    if begins_predicate(line, index) or word in UNITS or word in BEHIND:
        return True
    if listed:
        return False
    if word == "và":
        return line.capital(index + 1) or line.word(index + 1) in DETERMINERS
    return word in MARKS


@cache
def _fields() -> frozenset[str]:
    return agency_words("field") | agency_words("name-tail")


LONGEST_TAIL = 4  # words
IS_A_BODY = frozenset({"cơ quan", "đơn vị", "đầu mối"})
GLUES = frozenset({",", "và"})
MARKS = frozenset({"", ",", ";", ".", ":", ")", "("})
# Words with which what a body has to do may begin.
BEHIND = frozenset({"có", "chịu", "phải", "cần", "được", "là", "làm", "sẽ", "chủ", "căn", "theo", "để", "trong"})
