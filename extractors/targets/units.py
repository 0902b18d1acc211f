"""Read the unit after a figure: `%`, `triệu đồng/người/năm`, `trạm phát sóng 5G`, `đơn vị` in `02 đơn vị cấp tỉnh`.

A unit of measure is taken from the list; any other unit is the noun that is counted, up to the first word that
describes or does something (`đạt`, `được`, `tại`, `cấp`): `điểm quan trắc giám sát chất lượng nước mặt`. Where no such
word comes within ten, nobody knows where the noun ends, and five are given.
"""

from __future__ import annotations

from dataclasses import dataclass

import regex

from extractors.targets.phrases import first_phrase


@dataclass(frozen=True, slots=True)
class Unit:
    """The unit as written, where it ends, and what kind of figure it makes: `percent`, `count`, `duration`, …"""

    text: str | None
    end: int
    kind: str


NO_UNIT = Unit(None, 0, "no-unit")


def unit_after(text: str, end: int, *, percent: bool) -> Unit:
    """The unit of the figure that ends at *end*; `NO_UNIT` when the words after it make it no figure at all.

    >>> unit_after("02 đơn vị cấp tỉnh", 2, percent=False).text
    'đơn vị'
    """
    if percent:
        rate = _RATE.match(text, end)
        return Unit("%" + (rate[0] if rate else ""), rate.end() if rate else end, "percent")
    if per_mille := _PER_MILLE.match(text, end):
        return _with_rate(text, per_mille.end() - 1, per_mille.end(), "measure")
    tokens = _following_words(text, end)
    words = [word.lower() for _, _, word in tokens]
    scale = _scale(words)
    role, size = first_phrase(words, scale)
    if not scale and (role == "no-unit" or role == "never-unit"):
        rated = _RATE.match(text, tokens[size - 1][1])  # `100 ca/100.000 dân`
        return _with_rate(text, tokens[0][0], tokens[size - 1][1], "measure") if rated else NO_UNIT
    if role == "measure-unit" or role == "duration":
        kind = role if role == "duration" and not scale else "measure"
        stop = tokens[scale + size - 1][1]
        if kind == "measure" and (rated := _MATTER.match(text, stop)):
            stop = rated.end()
        return _with_rate(text, tokens[0][0], stop, kind)
    names = role in {None, "modifier", "thing", "told"} or (scale and role in {"no-unit", "never-unit"})
    count = scale + (_noun_length([word for _, _, word in tokens[scale:]]) if names else 0)
    if count == 0:
        return Unit(None, end, "bare")
    stop = _listed_end(text, tokens[count - 1][1]) if names else tokens[count - 1][1]
    return _with_rate(text, tokens[0][0], stop, "told" if role == "told" and not scale else "count")


def counted_noun(unit: str) -> str:
    """What *unit* names among the things of the world: `đơn vị` of `nghìn đơn vị`; nothing for a unit of measure.

    >>> counted_noun("triệu tài khoản"), counted_noun("nghìn tấn quặng sắt / năm"), counted_noun("m2 / người")
    ('tài khoản', 'quặng sắt', '')
    """
    tokens = _following_words(unit, 0)
    words = [word.lower() for _, _, word in tokens]
    scale = _scale(words)
    role, size = first_phrase(words, scale)
    named = scale + (size if role == "measure-unit" or role == "duration" else 0)
    if named == 0:
        return unit
    rest = unit[tokens[named - 1][1] :]
    rate = _RATE.search(rest)
    return (rest[: rate.start()] if rate and named > scale else rest).strip()


def _scale(words: list[str]) -> int:
    """How many of *words* only say how many: `nghìn tỷ` of `12 nghìn tỷ đồng`; none of `5 tỷ lệ`."""
    count = 0
    while count < len(words) and words[count] in _SCALES:
        count += 1
    rated = count and count < len(words) and words[count] in _AFTER_RATE
    return count - 1 if rated else count


def _listed_end(text: str, end: int) -> int:
    """Where a unit of several nouns ends that are counted together: `12 xã, phường, thị trấn`.

    The nouns must be of those that stand in such lists, and the last may have words of its own.
    """
    if not text.startswith((",", "/"), end) or not _LISTED_NOUN.search(text, max(0, end - _LONGEST_LISTED), end):
        return end
    while listed := _NEXT_LISTED.match(text, end):
        end = listed.end()
        if not text.startswith((",", "/"), end):
            tokens = _following_words(text, end - len(listed["noun"]))
            length = _noun_length([word for _, _, word in tokens]) if tokens else 0
            return max(end, tokens[length - 1][1]) if length else end
    return end


def _noun_length(words: list[str]) -> int:
    """How many of *words* name the thing that is counted: `vùng nuôi tôm` of `vùng nuôi tôm Cửa Lạch`."""
    lowered = [word.lower() for word in words]
    named = 1  # words that name the thing whatever they mean elsewhere: `cửa hàng`, `việc làm`
    for position in range(len(words)):
        role, size = first_phrase(lowered, position)
        if role == "thing":
            named = max(named, position + size)
        if position < named:
            continue
        if role in _ENDS_NOUN or begins_name(words[position]):
            return position if position <= _LONGEST_WHOLE else _LONGEST_UNIT
    return len(words) if len(words) <= _LONGEST_WHOLE else _LONGEST_UNIT


def begins_name(words: str) -> bool:
    """True for `Lĩnh` or `Long`, not for `OCOP` or `Internet`: a Vietnamese syllable has one group of vowels."""
    word = words.partition(" ")[0]
    if word.lower() in _SYMBOLS:
        return False
    return word[0].isupper() and word[1:].islower() and len(_VOWELS.findall(word.lower())) < _OF_FOREIGN_WORD


def _following_words(text: str, end: int) -> list[tuple[int, int, str]]:
    """The words after *end* with nothing but one space between them, a few more than a unit has."""
    words: list[tuple[int, int, str]] = []
    position = end
    while len(words) < _LONGEST_WHOLE + _LONGEST_STOP:
        match = _NEXT_WORD.match(text, position)
        if not match or (position > end and match[1] == ""):
            break
        if not words and not match[2][-1].isalpha() and match[2][0].isdigit():
            break
        words.append((match.start(2), match.end(2), match[2]))
        position = match.end()
    return words


def _with_rate(text: str, start: int, end: int, kind: str) -> Unit:
    rate = _RATE.match(text, end)
    stop = rate.end() if rate else end
    while _EACH.match(text, stop):
        tokens = _following_words(text, stop + 1)[:_LONGEST_EACH]
        words = [word.lower() for _, _, word in tokens]
        role, size = first_phrase(words, 0)
        if role not in _NAMES_EACH:
            break
        length = size if role else _noun_length([word for _, _, word in tokens])
        stop = tokens[length - 1][1]
    return Unit(text[start:stop], stop, kind)


_ENDS_NOUN = frozenset({"unit-stop", "modifier", "never-unit", "and-more", "and-less", "duration"})
_SYMBOLS = frozenset(
    {"ha", "km", "kg", "kw", "kwh", "mw", "mwh", "kv", "kva", "mva", "usd", "vnđ", "vnd"}
)  # `triệu Kwh`
_SCALES = frozenset({"trăm", "nghìn", "ngàn", "vạn", "triệu", "tỷ", "tỉ", "chục"})
_AFTER_RATE = frozenset({"lệ", "trọng", "suất", "số", "chứng"})  # `tỷ lệ`, `triệu chứng`
_NAMES_EACH = frozenset({None, "measure-unit", "duration", "thing", "told"})
_LONGEST_LISTED = 14
_NOUNS = (
    r"(?:thị xã|thị trấn|thành phố|đặc khu|tỉnh|huyện|quận|xã|phường|thôn|bản|làng|ấp|buôn|khóm|tổ dân phố|khu phố"
    r"|khối phố|khu dân cư|sở|ban|ngành|đoàn thể|hội|cơ quan|đơn vị|tổ chức|địa phương|doanh nghiệp|hợp tác xã"
    r"|tổ hợp tác|trang trại|hộ gia đình|hộ|cá nhân|cán bộ|công chức|viên chức|đảng viên|giáo viên|nhân viên|học sinh"
    r"|sinh viên|hồ|đập|cầu|cống|đê|kè|công trình|đề án|dự án|chương trình|nhiệm vụ|đề tài|khu|cụm|điểm|tuyến|trường"
    r"|lớp|nhóm lớp|tin|bài|vụ|việc|vở|tiết mục)"
)
_LISTED_NOUN = regex.compile(rf"(?i)(?<!\p{{L}}){_NOUNS}$")
_NEXT_LISTED = regex.compile(rf"(?:, ?|/)(?P<noun>{_NOUNS})(?!\p{{L}})")
# What a rate is told for, beyond the usual: `2 tiêu chí/xã nông thôn`; no number of a paper (`/KH-UBND`).
_EACH = regex.compile(r"/\p{Ll}[\p{L}\d²³]*(?![\p{L}\d-])")
_LONGEST_EACH = 2
_LONGEST_UNIT = 5
_LONGEST_WHOLE = 10
_OF_FOREIGN_WORD = 2
_VOWELS = regex.compile(r"[aeiouy]+")
_LONGEST_STOP = 4
_PER_MILLE = regex.compile(r" ?‰")
_NEXT_WORD = regex.compile(r"( ?)([°º]?[\p{L}μ][\p{L}\d²³]*|\d\p{L}+|(?<=điểm )%)")
# What is measured, where a rate closes it: `tấn quặng cục / năm`.
_MATTER = regex.compile(r"(?: \p{Ll}+){1,8}?(?= ?/ ?(?:năm|tháng|ngày|ha|vụ|người|hộ dân)(?!\p{L}))")
_RATE = regex.compile(
    r"(?i)(?:\s?/\s?(?:\d[\d.]*\s)?(?:năm|tháng|quý|ngày đêm|ngày|tuần|hộ(?: gia đình)?|ha|lao động|xã"
    r"|người(?: dân|[ .\-](?:năm|ngày đêm|ngày|tháng)(?! \d))?"
    r"|lần|vụ|m[23²³]|km2?|kg|s|giây|trẻ(?: \p{L}+){0,3}|phụ nữ|dân|vạn dân|năm học|lớp|trường|thôn|đơn vị|đồng chí"
    r"|cán bộ|học sinh|sinh viên|nhân khẩu|khẩu|gia đình|lượt|căn hộ|phòng|giường(?: bệnh)?|sào|công|cây|con|suất"
    r"|trạm(?: y tế)?|chiếc|thùng|dự án)(?!\p{L})"
    r"|\s?/\s?10{2,5} \p{L}+ \p{L}+)+"
)
