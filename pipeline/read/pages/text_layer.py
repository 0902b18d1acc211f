"""Judge the text layer of a page: `judge("BỘ CÔNG THƢƠNG hƣớng dẫn …")` is usable, `7ӌ1+ 1Ӝ,` must be recognised anew.

The measure is the share of syllables that Vietnamese spelling allows. Look-alikes that the cleaner maps back (`Ƣ`, `Ð`)
count as what they stand for, so that a text with only those is kept: recognising its picture would lose more than it
mends. Numbers, codes and abbreviations say nothing either way, hence a page of figures is never condemned.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Literal, NamedTuple

from pipeline.clean.characters import unify_characters
from pipeline.mapped_text import MappedText
from pipeline.repair.syllables import house_style, well_formed

Cause = Literal["good", "missing", "stamp-only", "wrong-glyphs", "no-marks"]


class Verdict(NamedTuple):
    """What a text layer is worth; `share` is that of valid syllables among its `words`, 1 when it has none."""

    cause: Cause
    share: float
    words: int

    @property
    def usable(self) -> bool:
        """Whether the layer can be read; otherwise the page has to be recognised."""
        return self.cause == "good"


def judge(text: str, *, pictured: float = 0.0) -> Verdict:
    """Say whether *text*, the text layer of one page, can be read.

    *pictured* is the part in [0, 1] of the page that pictures cover. A few words over a picture of the whole page are
    a stamp or a page number, and the page itself is in the picture; many are what somebody else recognised in it, and
    that must be about as good as what this program would make of it.

    >>> judge("Người ký: Cổng Thông tin điện tử Chính phủ Thời gian ký: 26.07.2021 16:39:39 +07:00").cause
    'stamp-only'
    """
    layer = _unified(text)
    rest = _STAMP.sub(" ", layer)
    words = _Words.of(rest)
    if not _SOLID.search(rest):
        return Verdict("stamp-only" if _SOLID.search(layer) else "missing", 1.0, 0)
    if pictured >= WHOLE_PAGE and len(_SOLID.findall(rest)) < FEW_OVER_A_PICTURE:
        return Verdict("stamp-only" if rest != layer else "missing", words.share, words.counted)
    if pictured >= WHOLE_PAGE and words.counted >= MANY_WORDS and words.share < LEAST_SHARE_OVER_A_PICTURE:
        return Verdict("wrong-glyphs", words.share, words.counted)
    return Verdict(_cause(words), words.share, words.counted)


def valid_share(text: str) -> float:
    """How many of the words of *text* are possible Vietnamese syllables, in [0, 1]; 1 when it has no words.

    Numbers, codes (`30/2020/NĐ-CP`), addresses, abbreviations and Roman numerals are not counted.

    >>> valid_share("Quyết định số 12/QĐ-UBND"), valid_share("CQNG HOA XA HQI")
    (1.0, 0.5)
    """
    return _Words.of(_unified(text)).share


class _Words(NamedTuple):
    """Counts of a text: words, those that are possible syllables, and those of them that have diacritics."""

    counted: int
    valid: int
    marked: int

    @property
    def share(self) -> float:
        return self.valid / self.counted if self.counted else 1.0

    @classmethod
    def of(cls, text: str) -> _Words:
        words = list(_counted(text))
        valid = [word for word in words if house_style(word.lower()) in well_formed()]
        return cls(len(words), len(valid), sum(not word.isascii() for word in valid))


def _cause(words: _Words) -> Cause:
    if words.counted < LEAST_WORDS:
        return "good"
    many = words.counted >= MANY_WORDS
    if many and words.marked < LEAST_MARKED * words.counted and words.share >= LEAST_SHARE_OF_FEW:
        return "no-marks"
    return "good" if words.share >= (LEAST_SHARE if many else LEAST_SHARE_OF_FEW) else "wrong-glyphs"


def _counted(text: str) -> Iterator[str]:
    """The words that speak for or against the text; a garbled token (`7ӌ1+`) counts as one word."""
    lines = [[_bare(token) for token in line.split()] for line in text.splitlines()]
    mixed = _is_mixed(lines)
    for tokens in lines:
        for at, token in enumerate(tokens):
            if _GARBLED.search(token) or (len(token) > LONGEST and "/" not in token):
                yield token
            elif not _NO_WORD.search(token) and not (_is_abbreviation(tokens, at) if mixed else _is_roman(token)):
                yield from _WORD.findall(token)


def _is_mixed(lines: list[list[str]]) -> bool:
    """Whether syllables in small letters are common, so that a word in capitals may be an abbreviation."""
    words = [token for tokens in lines for token in tokens if _WORD.fullmatch(token)]
    return sum(_is_syllable(word) and not word.isupper() for word in words) > len(words) / 4


def _bare(token: str) -> str:
    """*token* without the signs around it; nothing is left of a label (`a)`, `b.`), which may be any letter."""
    bare = token.strip(_EDGES)
    return "" if len(bare) == 1 < len(token) else bare


def _is_abbreviation(tokens: list[str], at: int) -> bool:
    """Whether a token in capitals is no syllable, and beside none in capitals: `UBND` in "của UBND tỉnh"."""
    if _is_roman(tokens[at]) or not tokens[at].isupper() or len(tokens[at]) < 2:
        return _is_roman(tokens[at])
    around = tokens[max(at - 1, 0) : at] + tokens[at + 1 : at + 2]
    return not _is_syllable(tokens[at]) and not any(each.isupper() and _is_syllable(each) for each in around)


def _is_roman(token: str) -> bool:
    return len(token) > 1 and _ROMAN.fullmatch(token) is not None


def _is_syllable(token: str) -> bool:
    return len(token) > 1 and house_style(token.lower()) in well_formed()


def _unified(text: str) -> str:
    return unify_characters(MappedText.of(unicodedata.normalize("NFC", text))).text


LEAST_SHARE = 0.7
LEAST_SHARE_OF_FEW = 0.5
LEAST_SHARE_OVER_A_PICTURE = 0.9
LEAST_MARKED = 0.25
LEAST_WORDS = 3
MANY_WORDS = 60
LONGEST = 40  # letters of a token; longer ones have lost their spaces
WHOLE_PAGE = 0.5
FEW_OVER_A_PICTURE = 60  # letters and digits
_SOLID = re.compile(r"[^\W_]|[\ue000-\uf8ff\ufffd]")
_STAMP = re.compile(
    r"""(?ix)
    (?: ng[ưu][ờo]i \s+ k[ýy] | k[ýy] \s+ b[ởo]i | digitally\ssigned\sby | signature\s(?:not\s)?(?:verified|valid)
      | signed\sby )
    .{0,400}?
    (?: (?:th[ờo]i\sgian|ng[àa]y|gi[ờo])\s k[ýy] \s* : [\s\d.,:/+TZ-]* (?:[AP]M)? [\s\d:'+-]*
      | date \s* : [\s\d.,:/+TZ-]* (?:[AP]M)? [\s\d:'+-]*
      | \Z )
    """,
    re.DOTALL,
)
_EDGES = " .,;:!?()[]{}<>\"'“”‘’«»…|*_-–—•/+=~`#^"
_WORD = re.compile(r"[^\W\d_]+")
_NO_WORD = re.compile(r"[\d@/\\]|://|www\.|^\W*$")
_ROMAN = re.compile(r"[IVXL]+")
# A letter of another script beside Latin ones or figures, a place for private use, a symbol amid figures and letters.
_GARBLED = re.compile(
    r"[\ue000-\uf8ff\ufffd\u0080-\u009f]"
    r"|[\u0400-\u052f][\dA-Za-z+]|[\dA-Za-z+][\u0400-\u052f]"
    r"|[^\W_][$#^~\\{}=][^\W_]|\d[*+&$][A-Za-z]|[A-Za-z][*+&$]\d"
)
