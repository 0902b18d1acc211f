"""How a word looks: `tnh` can be no syllable, `huyn` could be a name, `IoT` and the `d` of "điểm d" are no words."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from pipeline.repair.ngrams import UNKNOWN, Ngrams
from pipeline.repair.syllables import well_formed
from pipeline.repair.tokens import Tokens

Look = Literal["ill-formed", "unknown", "sound"]


@lru_cache(maxsize=1 << 15)
def look_of(word: str, table: Ngrams) -> Look:
    """Whether *word* is in use, could at least be Vietnamese, or is neither.

    An abbreviation in use (`hp`, `cn`) is not a word: written in small letters it may well be a wreck.
    """
    lower = word.lower()
    if lower in table.ids and (lower in well_formed() or lower in UNITS or not VOWELS.isdisjoint(lower)):
        return "sound"
    return "unknown" if lower in well_formed() else "ill-formed"


def is_written_like_a_word(tokens: Tokens, at: int) -> bool:
    """Not `IoT`, `5G`, `b/c`, `HĐND`, `y)`, `pông-tông`."""
    word, before, after = tokens.words[at], tokens.gaps[at], tokens.gaps[at + 1]
    if len(word) > LONGEST or not (word[1:].islower() or len(word) == 1) or _may_be_short(word):
        return False
    return (not before or before[-1] in OPENING) and (not after or after[0] in CLOSING)


def is_set_in_capitals(tokens: Tokens, at: int) -> bool:
    """Whether a word with diacritics stands in a heading: "KÉT LUẬN", not "HĐND tỉnh"."""
    word, before, after = tokens.words[at], tokens.gaps[at], tokens.gaps[at + 1]
    if not 1 < len(word) <= LONGEST or not word.isupper() or word.isascii() or not is_among_capitals(tokens, at):
        return False
    return (not before or before[-1] in OPENING) and (not after or after[0] in CLOSING)


def _may_be_short(word: str) -> bool:
    """Whether the word may be an abbreviation: "Th", not "Tô"."""
    return len(word) == 2 and word[0].isupper() and word.isascii()


def is_of_a_set(tokens: Tokens, at: int) -> bool:
    """Whether the word before makes a rarer compound with word number *at* than the one it is like: "cơ số thuốc"."""
    return at > 0 and tokens.gaps[at] == " " and (tokens.words[at - 1].lower(), tokens.words[at].lower()) in SETS


def may_be_a_label(tokens: Tokens, at: int) -> bool:
    """Whether the single letter labels or names something: "điểm d khoản 1", "a, b khoản 2", "Cloramin B"."""
    word, before, after = tokens.words[at], tokens.gaps[at], tokens.gaps[at + 1]
    if after != " " or "," in before or at + 1 == len(tokens.words):
        return True
    right = tokens.words[at + 1]
    if len(right) == 1 or right.isupper() or word.isupper() != right[0].isupper():
        return True
    if before != " ":
        opens_a_line = at == 0 or "\n" in before
        return not opens_a_line or before.rpartition("\n")[2].strip() not in BULLETS
    left = tokens.words[at - 1] if at else ""
    unknown = int(tokens.stream[tokens.places[at] - 1]) == UNKNOWN
    return unknown or len(left) == 1 or left.lower() in LABELLED or NUMERAL_LETTERS.issuperset(left)


def is_among_marks(tokens: Tokens, at: int) -> bool:
    """Whether a word beside number *at* has diacritics, so that theirs can be missed: not in "Phu luc.doc"."""
    before = tokens.words[at - 1] if at and tokens.gaps[at] == " " else ""
    after = tokens.words[at + 1] if tokens.gaps[at + 1] == " " and at + 1 < len(tokens.words) else ""
    return not (before.isascii() and after.isascii())


def is_among_capitals(tokens: Tokens, at: int) -> bool:
    """Whether a word beside number *at* is set in capitals, too: a heading, not an abbreviation in running text."""
    before = tokens.words[at - 1] if at and tokens.gaps[at] == " " else ""
    after = tokens.words[at + 1] if tokens.gaps[at + 1] == " " and at + 1 < len(tokens.words) else ""
    return any(len(word) > 1 and word.isupper() for word in (before, after))


def is_among_names(tokens: Tokens, at: int) -> bool:
    """Whether the word before or after a word with a capital has one too: "xã Hoằng Tiến", "Cần Đước thành"."""
    after = tokens.words[at + 1] if at + 1 < len(tokens.words) else ""
    before = tokens.words[at - 1] if at and tokens.gaps[at] == " " else ""
    return not after.islower() or before[:1].isupper()


def precedes_a_name(tokens: Tokens, at: int) -> bool:
    """Whether a word in small letters stands before one with a capital: "huyn Tiên Yên"."""
    return tokens.words[at].islower() and at + 1 < len(tokens.words) and tokens.words[at + 1][0].isupper()


LONGEST = 8
BULLETS = frozenset({"", "-", "+", "|"})
OPENING = frozenset(" \n\t(\"“‘'[|")
CLOSING = frozenset(" \n\t)\"”’']|,.;:?!…")
VOWELS = frozenset("aeiou")
NUMERAL_LETTERS = frozenset("IVXL")
UNITS = frozenset(
    {"km", "kg", "cm", "mm", "ml", "kw", "kv", "mw", "kwh", "gb", "mb", "tb", "hz", "ghz", "mhz", "mbps", "gbps"}
    | {"tt", "tp", "ths", "ts", "pgs", "gs", "bs", "cty", "tnhh", "ltd"}
)
SETS = frozenset({("cơ", "số")})  # what an army or a hospital has for so many men: by no means "cơ sở"
LABELLED = frozenset(
    {"điểm", "khoản", "mục", "phần", "chương", "lục", "nhóm", "loại", "hạng", "mẫu", "bảng", "hình", "số", "tổ", "thôn"}
    | {"khu", "lô", "ô", "nhà", "tầng", "cấp", "bậc", "kiểu", "vitamin", "hệ", "tiểu", "thứ", "khóa", "lần", "giai"}
    | {"trường", "công", "biểu", "tuyến", "đường", "quý", "lớp", "khối", "và", "hoặc", "đến", "tỉnh", "xã", "huyện"}
    | {"phường", "đội"}
)
