"""Fields of attribute forms: `Cơ quan chủ trì: Sở Nội vụ`, alone on a line, several in one, or behind the activity.

    Cơ quan chủ trì: Sở Nội vụ; phối hợp: Sở Tài chính; thời gian: Quý II/2026

has three. The label alone decides which value follows; `pipeline.assemble.attribute_values` reads the value, and what
binds what is decided in `pipeline.assemble.forms` and `pipeline.assemble.activities`. In the middle of a block a label
needs a mark before it and must be one of a form for sure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.assemble.directive_verbs import starts_with_directive_verb
from pipeline.attribute_labels import (
    BINDING,
    LONGEST_LABEL,
    AttributeKind,
    asks_for_helpers,
    attribute_kind,
    field_kind,
    is_other_label,
)


@dataclass(frozen=True, slots=True)
class AttributeLine:
    """The kind of an attribute line and where its value begins in the text of the block."""

    kind: AttributeKind
    value_start: int


@dataclass(frozen=True, slots=True)
class Field:
    """A label and its value within a text: `start` is where the label begins, the value is `[value, stop)`."""

    kind: AttributeKind
    start: int
    value: int
    stop: int


def read_attribute_line(text: str) -> AttributeLine | None:
    """The attribute that *text* gives, or None when it is something else.

    >>> read_attribute_line("Cơ quan phối hợp: Sở Tài chính")
    AttributeLine(kind='partner', value_start=18)
    """
    if sentence := _ONLY_TIME.fullmatch(text):
        return AttributeLine("time", sentence.start("time"))
    head, colon, rest = text[:LONGEST_LABEL].partition(":")
    if not colon:
        return None
    kind = attribute_kind(head)
    return AttributeLine(kind, len(head) + 1 + len(rest) - len(rest.lstrip())) if kind else None


def find_fields(text: str, *, within: bool = False) -> list[Field]:
    """The fields of *text* in order; the first begins at 0 where the whole text is one line of a form.

    *within* a form a dash does for the colon behind any label.

    >>> [(field.kind, field.start) for field in find_fields("Rà soát hồ sơ. Chủ trì: Sở Y tế; thời gian: Quý II")]
    [('lead', 15), ('time', 33)]
    """
    labels = list(_labels(text, within=within))
    stops = [start for _, start, _ in labels][1:] + [len(text)] * bool(labels)
    return [
        Field(kind, start, value, max(value, _trimmed(text, value, stop)))
        for (kind, start, value), stop in zip(labels, stops, strict=True)
    ]


def _labels(text: str, *, within: bool) -> Iterator[tuple[AttributeKind, int, int]]:
    """Kind of each label, where it begins and where its value does."""
    after = 0
    if (opening := _opening(text, within=within)) is not None:
        yield opening
        after = opening[2]
    colon = text.find(":", after)
    while colon >= 0:
        inner = _inner(text, after, colon) or (_further(text, after, colon) if after else None)
        if inner is not None:
            yield inner
            after = inner[2]
        colon = text.find(":", colon + 1)


def _opening(text: str, *, within: bool) -> tuple[AttributeKind, int, int] | None:
    """The label that *text* begins with; one of who and when may go without its colon (`Cơ quan chủ trì là …`)."""
    if sentence := _ONLY_TIME.fullmatch(text):
        return "time", 0, sentence.start("time")
    head, colon, _ = text[:LONGEST_LABEL].partition(":")
    if colon and (kind := field_kind(head)) is not None:
        return kind, 0, _value(text, len(head) + 1)
    if match := _WITHOUT_COLON.match(text):
        label = match["label"]
        kind = field_kind(label) if within else attribute_kind(label)
        if kind is not None and (within or (kind in BINDING and " " in label)):
            return kind, 0, match.end()
    return None


def _inner(text: str, after: int, colon: int) -> tuple[AttributeKind, int, int] | None:
    """The label that ends at *colon*, the longest that a mark stands before."""
    first = max(after, colon - LONGEST_LABEL)
    for mark in _MARK.finditer(text, first, colon):
        label = text[mark.end() : colon]
        kind = field_kind(label)
        if kind is None or kind == "content" or label.strip().lower() in _TOO_BARE:
            continue
        value = _value(text, colon + 1)
        # `Các xã, theo nhiệm vụ được giao chỉ đạo: xây dựng …` is a sentence that goes on with what is to be done
        if kind == "time" or not text[value : value + 1].islower() or not starts_with_directive_verb(text[value:]):
            return kind, mark.end(), value
    return None


def _further(text: str, after: int, colon: int) -> tuple[AttributeKind, int, int] | None:
    """A label behind other fields that no table knows: it ends the value before it (`…; đơn vị đồng hành: …`)."""
    first = max(after, text.rfind(";", after, colon) + 1)
    label = text[first:colon]
    if first == after or colon - first > LONGEST_LABEL or not label.strip():
        return None
    if asks_for_helpers(label):
        return "partner", first, _value(text, colon + 1)
    return ("other", first, _value(text, colon + 1)) if is_other_label(label) else None


def _value(text: str, start: int) -> int:
    while start < len(text) and text[start] in " *":
        start += 1
    return start


def _trimmed(text: str, start: int, stop: int) -> int:
    """Where a value ends without the marks before the next label and the bracket around them all."""
    while stop > start and text[stop - 1] in " ;,-–*([])":
        if text[stop - 1] == ")" and text.count("(", start, stop) >= text.count(")", start, stop):
            break
        stop -= 1
    return stop


_ONLY_TIME = re.compile(
    r"(?i)(?:thời gian )?(?:hoàn thành|thực hiện|xong)\s+"
    r"(?P<time>(?:trước|trong|vào|chậm nhất)\s[^.;:]{0,60}\d{4}[.;]?)"
)
_WITHOUT_COLON = re.compile(r"(?P<label>[^\d:;.]{5,45}?)(?: là | [-–] )(?=[^\s\d]|\d)")
_MARK = re.compile(r"(?:[.;,(\[]|(?<=\s)[-–+*•]|\))\s*(?:\*\*)?(?=[^\W\d_])")
_TOO_BARE = frozenset({"cơ quan", "đơn vị", "phân công"})
