"""Time grows no faster than the text, for every part of the road and every kind of text that might stop it.

The parts come from the code (`tests.parts`), so that a new cleaning step or extractor is measured on the day it is
written. What a part stumbles over by its own rules stands in its own tests, and what the fuzzer finds in `cases/found`.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from functools import cache, partial

import pytest

from pipeline.assemble.reading import Reading
from tests import parts
from tests.growth import LONGER, NOISE, assert_grows_linearly

LENGTH = 4_000  # characters of the short text
# Above and below the repeated pieces, so that parts that look for a document or its body find one.
ABOVE = "TỈNH LÀO CAI\nSố: 12/KH-UBND\nKẾ HOẠCH\nPhòng, chống hạn năm 2018\nII. NHIỆM VỤ\n1. Sở Y tế\n"
UNITS = {
    "digits": "7",
    "dotted digits": "1.1.",
    "dots": ".",
    "spaces": " ",
    "spaces and a letter": "      a",
    "line ends": "\n",
    "opening brackets": "(",
    "brackets": "[()] ",
    "quotes": "“a” \"",
    "a)": "a) ",
    "lines of a)": "a) b\n",
    "one word": "ế",
    "one line": "Sở Y tế chủ trì, phối hợp với các sở, ngành; ",
    "commas": "các sở, ",
    "deep lists": "- Việc:\n+ Rà soát\n",
    "deep labels": "1. Việc\n1.1. Việc\na) Việc:\n",
    "rows": "| 1 | Trồng chè | 1.200 | 2018 |\n",
    "bars": "|",
    "tabs": "1\tTrồng chè\t5,5\n",
    "cells by line": "1\nTrồng chè\nSở Y tế\n2018\n",
    "dates": "trước ngày 01/01/2018 ",
    "numbers of documents": "Nghị quyết số 19a/NQ-CP ngày 12/3/2016 ",
    "laws": "Căn cứ Luật Thủy lợi;\n",
    "percents": "95% ",
    "money": "1.200 triệu đồng, ",
    "headings": "Điều 1. Việc\nPhụ lục I\n",
    "torn letters": "t ỉ nh ",
    "marks": "e\u0302\u0301",
    "odd signs": "\ufffd\u200b**# > ",
    "capitals": "BỘ TÀI CHÍNH ",
    "mixed": "1.1. (a) Sở Y tế | 50% trước 30/6; “x”\n- y: 1.200.000 đồng\n",
}  # fmt: skip


def made(unit: str) -> Callable[[int], str]:
    """What makes a text of the given number of characters."""
    return lambda length: ABOVE + unit * (length // len(unit))


def done(part: Callable[..., object]) -> Callable[[object], None]:
    """*part*, drawn to the end when it yields."""

    def work(given: object) -> None:
        found = part(given)
        if isinstance(found, Iterator):
            list(found)

    return work


@cache
def reading_of(kind: str, length: int) -> Reading:
    """What the assembler starts from, for so many characters of a unit."""
    return parts.reading_of(made(UNITS[kind])(length))


@pytest.mark.slow
@pytest.mark.parametrize("name", parts.parts())
def test_time_of_each_part_grows_with_the_text(name: str) -> None:
    part = done(parts.parts()[name])
    grown = {kind: growth(part, made(unit), LENGTH) for kind, unit in UNITS.items()}
    assert not {kind: told for kind, told in grown.items() if told}


@pytest.mark.slow
@pytest.mark.parametrize("name", dict(parts.draft_parts()))
def test_time_of_each_draft_grows_with_the_text(name: str) -> None:
    part = done(dict(parts.draft_parts())[name])
    grown = {kind: growth(part, partial(reading_of, kind), LENGTH // 2) for kind in UNITS}
    assert not {kind: told for kind, told in grown.items() if told}


def growth(part: Callable[[object], None], make: Callable[[int], object], length: int) -> str | None:
    """What `assert_grows_linearly` has to say against *part*; nothing when the long text takes hardly any time."""
    given = make(LONGER * length)
    begun = time.process_time()
    part(given)
    if time.process_time() - begun < NOISE:
        return None
    try:
        assert_grows_linearly(part, make, times=length)
    except AssertionError as error:
        return str(error)
    return None


def test_every_extractor_can_be_called_with_a_text() -> None:
    for name, part in parts.extractor_parts():
        try:
            part("Sở Y tế chủ trì trồng 1.200 ha chè trước ngày 30/6/2025")
        except TypeError as error:
            pytest.fail(f"say in tests/parts.py how {name} is called: {error}")


def test_no_cleaning_step_and_no_extractor_is_forgotten() -> None:
    named = set(parts.parts())
    assert {"clean: tones", "deadlines.find_deadlines", "agencies.learn_aliases", "press.find_promises"} <= named
    assert len(dict(parts.draft_parts())) >= 5
