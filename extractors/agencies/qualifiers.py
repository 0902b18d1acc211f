"""Qualifiers that close a collective phrase: `liên quan`, `trên địa bàn tỉnh`, `thuộc Bộ Y tế`, `của Chính phủ`."""

from __future__ import annotations

from extractors.agencies.collective_words import LEADS, CollectiveWords
from extractors.agencies.complements import UNITS, find_complement
from extractors.agencies.naming import lowered
from extractors.agencies.place import Place
from extractors.agencies.registry import agency_words, registry
from extractors.agencies.words import Line


def find_qualifier(words: CollectiveWords, line: Line, index: int, place: Place | None) -> tuple[str, int] | None:
    """A closing qualifier at *index*: its canonical text and where it ends; of two readings the longer one."""
    if line.word(index) not in words.closing:
        return None
    placed = _placed(line, index, place)
    match = words.qualifiers.match(line, index)
    if match is None or (placed is not None and placed[1] >= match[1]):
        return placed
    return lowered(line.slice(index, match[1])), match[1]


def _placed(line: Line, index: int, place: Place | None) -> tuple[str, int] | None:
    """A qualifier that names a place or an owner: `trên địa bàn tỉnh`, `thuộc Bộ Y tế`, `tỉnh`."""
    for lead in LEADS:
        if line.low[index : index + len(lead)] == lead:
            start, words = index + len(lead), " ".join(lead).replace(" ,", ",")
            if line.word(start) in {"toàn", "các"} and lead[0] == "trên":
                start += line.word(start) == "toàn"
            target = find_complement(line, start, place)
            if target is not None:
                text, stop = _with_the_centre(line, target.text, target.stop)
                return (text if lead == ["của"] else f"{words} {text}"), stop
            owner = _owner(line, start, place)
            if owner is not None:
                return f"{words} {owner[0]}", owner[1]
    if line.word(index) in UNITS and not _starts_list(line, index):
        target = find_complement(line, index, place)
        if target is not None and not (target.collective and line.word(index) in {"xã", "phường", "huyện"}):
            return target.text, target.stop
    return None


def _with_the_centre(line: Line, text: str, stop: int) -> tuple[str, int]:
    """The owner *text*, which ends at *stop*, with the centre beside it: `của tỉnh và Trung ương`."""
    if line.low[stop : stop + 3] != ["và", "trung", "ương"] or line.capital(stop + 3):  # but `Trung ương Đoàn`
        return text, stop
    return f"{text} và Trung ương", stop + 3


def _owner(line: Line, index: int, place: Place | None) -> tuple[str, int] | None:
    """`UBND tỉnh`, `Bộ`, `Lào, Campuchia` after `thuộc` or `của`."""
    match = registry().names.match(line, index)
    if match is not None and match[0].place == "none":
        return match[0].name, match[1]
    for words, name in OWNERS:
        if line.low[index : index + len(words)] == words:
            target = find_complement(line, index + len(words), place)
            return (f"{name} {target.text}", target.stop) if target else (name, index + len(words))
    stop = index
    while _proper(line, stop) and stop - index < 4:
        stop += 1
        stop += line.word(stop) == "," and _proper(line, stop + 1)
    return (line.slice(index, stop), stop) if stop > index else None


def _proper(line: Line, index: int) -> bool:
    """Whether a capitalised word that begins no agency stands at *index*."""
    border = line.word(index) in agency_words("name-border")
    return line.capital(index) and not border and registry().names.match(line, index) is None


def _starts_list(line: Line, index: int) -> bool:
    return line.word(index + 1) in {",", "và"} and line.word(index + 2) in UNITS


OWNERS = (
    (["ủy", "ban", "nhân", "dân"], "Ủy ban nhân dân"),
    (["ubnd"], "Ủy ban nhân dân"),
    (["chính", "phủ"], "Chính phủ"),
    (["tỉnh", "ủy"], "Tỉnh ủy"),
    (["thành", "ủy"], "Thành ủy"),
    (["huyện", "ủy"], "Huyện ủy"),
    (["địa", "phương"], "địa phương"),
    (["trung", "ương", "và", "địa", "phương"], "Trung ương và địa phương"),
    (["trung", "ương", "và", "tỉnh"], "Trung ương và tỉnh"),
    (["trung", "ương"], "Trung ương"),
    (["quân", "đội", "nhân", "dân"], "Quân đội nhân dân"),
    (["bộ"], "Bộ"),
    (["sở"], "Sở"),
)
