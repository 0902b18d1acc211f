"""What must hold of whatever a part of the road makes of a text: `assert_part_sound(found, text)`.

No part is named here: the values are walked, and each span, surface, mapped text and record in them is held to what the
types promise. Values whose spans lead elsewhere than into the text (cells of a table, a web page) are only written out.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from itertools import pairwise

from pydantic import BaseModel

from pipeline.mapped_text import MappedText
from pipeline.outline import Outline
from pipeline.read.blocks import BlockDocument
from pipeline.read.source import SourceDocument
from schemas import PlanDocument, Span
from tests.soundness import assert_sound

ELSEWHERE = frozenset({"agencies.canonical_agency", "budgets.read_budget_table", "targets.read_target_table"})


def assert_part_sound(name: str, found: object, text: str) -> None:
    """Every property of what the part *name* made of *text*."""
    match found:
        case PlanDocument():
            assert_sound(found, text.encode())
        case MappedText():
            assert_maps(found, len(text))
        case SourceDocument():
            assert_maps(found.text, len(found.decoded))
            assert len(found.anchors.anchors) >= 0
        case (MappedText() as mapped, repairs):
            assert_maps(mapped, len(text))
            assert_spans(repairs, mapped.text)
        case BlockDocument():
            assert all(not block.text.isspace() for block in found.blocks if hasattr(block, "pieces"))
        case Outline():
            assert_outline(found, text)
        case _:
            assert_spans(found, None if name in ELSEWHERE else text)


def assert_maps(mapped: MappedText, size: int) -> None:
    """Every character leads to a stretch of the *size* characters of the input."""
    assert len(mapped.text) == len(mapped.starts) == len(mapped.ends)
    if len(mapped.text):
        assert int(mapped.starts.min()) >= 0
        assert int(mapped.ends.max()) <= size
        assert bool((mapped.starts <= mapped.ends).all())
        if mapped.in_order:
            assert bool((mapped.starts[1:] >= mapped.starts[:-1]).all())


def assert_spans(found: object, text: str | None) -> None:
    """Records come back from JSON as they were; in *text*, their spans lie inside and hold their words."""
    for value in values_of(found):
        if isinstance(value, BaseModel):
            assert type(value).model_validate_json(value.model_dump_json()) == value
        if text is None:
            continue
        if isinstance(value, Span):
            assert 0 <= value.start <= value.end <= len(text), value
        span, surface = getattr(value, "span", None), getattr(value, "surface", None)
        if isinstance(span, Span) and isinstance(surface, str):
            assert surface == text[span.start : span.end], value


def values_of(value: object) -> Iterator[object]:
    """*value* and all that is inside of it."""
    yield value
    match value:
        case Span() | str() | bytes():
            inside: list[object] = []
        case BaseModel():
            inside = [content for _, content in value]
        case Mapping():
            inside = [*value.keys(), *value.values()]
        case list() | tuple() | set() | frozenset():
            inside = list(value)
        case _ if dataclasses.is_dataclass(value) and not isinstance(value, type):
            inside = [getattr(value, one.name) for one in dataclasses.fields(value)]
        case _:
            inside = []
    for content in inside:
        yield from values_of(content)


def assert_outline(outline: Outline, text: str) -> None:
    """Sections make a tree, blocks stand in order, and all rows of a grid are as long as its head."""
    assert_spans(outline, text)
    for index, section in enumerate(outline.sections):
        assert section.parent is None or section.parent < index
        above = outline.sections[section.parent].path if section.parent is not None else ()
        assert section.path == (*above, section.label)
        assert section.level == len(section.path)
        assert section.extent.start <= section.head.start <= section.head.end <= section.extent.end
    for before, after in pairwise(outline.blocks):
        assert before.span.start <= after.span.start
    for block in outline.blocks:
        assert block.section is None or block.section < len(outline.sections)
        assert text[block.span.start : block.span.end].strip()
    for grid in outline.grids:
        assert all(len(row) == len(grid.header) for row in grid.rows)
