"""Write tone marks in one style, on the first vowel of `oa`, `oe`, `uy` in open syllables: `hoà` → `hòa`, `uỷ` → `ủy`.

`quý` stays, its `u` belongs to the consonant; `toàn` stays, its syllable is closed. What was typed against that is put
right: `tòan` → `toàn`, `đựơc` → `được`, `qũy` → `quỹ`.
"""

from __future__ import annotations

from unicodedata import normalize

from extractors.whole_text import find_spans, whole_text_pattern
from pipeline.mapped_text import MappedText


def place_tones(mapped: MappedText) -> MappedText:
    """Move the tone marks that stand on the other vowel; no character is added or lost.

    >>> place_tones(MappedText.of("Uỷ ban hoà giải quý tòan khoẻ")).text
    'Ủy ban hòa giải quý toàn khỏe'
    """
    pieces: list[str] = []
    position = 0
    text = mapped.text
    for start, _ in find_spans(_PAIR, text):
        if text[start] in "qQ":
            start += 1
        elif start and text[start - 1] in "qQ":
            continue
        end = start + len(_OLD[0])
        pieces += (text[position:start], _PLACED[text[start:end]])
        position = end
    if not pieces:
        return mapped
    pieces.append(text[position:])
    return MappedText("".join(pieces), mapped.starts, mapped.ends, mapped.in_order)


def _both_cases(old: str, new: str) -> dict[str, str]:
    return {
        old: new,
        old.capitalize(): new.capitalize(),
        old.upper(): new.upper(),
        old[0] + old[1].upper(): new[0] + new[1].upper(),
    }


def _toned(vowel: str, tone: str) -> str:
    return normalize("NFC", vowel + tone)


_TONES = "\u0300\u0301\u0309\u0303\u0323"
_OLD = ("oà", "oá", "oả", "oã", "oạ", "oè", "oé", "oẻ", "oẽ", "oẹ", "uỳ", "uý", "uỷ", "uỹ", "uỵ")
_NEW = ("òa", "óa", "ỏa", "õa", "ọa", "òe", "óe", "ỏe", "õe", "ọe", "ùy", "úy", "ủy", "ũy", "ụy")
_STYLE = {old: new for pair in zip(_OLD, _NEW, strict=True) for old, new in _both_cases(*pair).items()}
# In a syllable that a consonant or a third vowel closes the second vowel bears the tone: `tòan`, `ngừơi`, `vịêc`.
_CLOSED = {
    old: new
    for first, second in ("oa", "oe", "ươ", "iê", "uâ", "uô", "yê")
    for tone in _TONES
    for old, new in _both_cases(_toned(first, tone) + second, first + _toned(second, tone)).items()
}
_BEHIND_Q = {
    old: new
    for second in "aeyêâăơ"
    for tone in _TONES
    for old, new in _both_cases(_toned("u", tone) + second, "u" + _toned(second, tone)).items()
}
_PLACED = {**_STYLE, **_CLOSED, **_BEHIND_Q}
_PAIR = whole_text_pattern(
    rf"(?:{'|'.join(_STYLE)})(?:\PL|\z)"
    rf"|(?:{'|'.join(_CLOSED)})(?i:ng?|nh|ch?|[iyouptm])(?:\PL|\z)"
    rf"|[qQ](?:{'|'.join(_BEHIND_Q)})"
)
