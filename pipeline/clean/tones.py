"""Write tone marks in one style, on the first vowel of `oa`, `oe`, `uy` in open syllables: `hoà` → `hòa`, `uỷ` → `ủy`.

`quý` stays, its `u` belongs to the consonant; `toàn` stays, its syllable is closed.
"""

from __future__ import annotations

from extractors.whole_text import find_spans, whole_text_pattern
from pipeline.mapped_text import MappedText


def place_tones(mapped: MappedText) -> MappedText:
    """Move the tone marks that stand on the second vowel; no character is added or lost.

    >>> place_tones(MappedText.of("Uỷ ban hoà giải quý toàn khoẻ")).text
    'Ủy ban hòa giải quý toàn khỏe'
    """
    pieces: list[str] = []
    position = 0
    text = mapped.text
    for start, _ in find_spans(_PAIR, text):
        end = start + len(_OLD[0])
        if start and text[start - 1] in "qQ":
            continue
        pieces += (text[position:start], _STYLE[text[start:end]])
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


_OLD = ("oà", "oá", "oả", "oã", "oạ", "oè", "oé", "oẻ", "oẽ", "oẹ", "uỳ", "uý", "uỷ", "uỹ", "uỵ")
_NEW = ("òa", "óa", "ỏa", "õa", "ọa", "òe", "óe", "ỏe", "õe", "ọe", "ùy", "úy", "ủy", "ũy", "ụy")
_STYLE = {old: new for pair in zip(_OLD, _NEW, strict=True) for old, new in _both_cases(*pair).items()}
_PAIR = whole_text_pattern(rf"(?:{'|'.join(_STYLE)})(?:\PL|\z)")
