"""Repairs of what scanning and scraping spoiled; `cases/repairs.tsv` shows what changes and what must not."""

from __future__ import annotations

import time
from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.repair import find_repairs
from pipeline.repair.ngrams import ngrams
from pipeline.repair.phrases import find_phrases, phrases
from pipeline.repair.syllables import house_style, well_formed
from schemas import Repair
from tests.case_table import Case, parametrize

SENTENCES = (
    "Chủ trì, phối hp với Sở Tài chính, y ban nhân dân các huyn; báo cáo Chủ tịch UBND tnh.",
    "ngày Chuyên đôi sô quôc gia; cơ sở đữ liệu",
    "B ộ trưở ng B ộ T ư ph áp ; S ở X â y d ự ng",
    "Chương II I | S TT | điện ttrên toàn tỉnh, người sử lao động",
)
PIECES = st.sampled_from([*" ,.;\n|", *(word for sentence in SENTENCES for word in sentence.split(" "))])
TEXTS = st.one_of(st.text(), st.lists(PIECES).map(" ".join), st.lists(PIECES).map("".join))


@parametrize("repairs")
def test_case(case: Case) -> None:
    found = find_repairs(case.text)
    assert tuple(f"{repair.before}→{repair.after}" for repair in found) == case.expected
    if case.context["rule"] != "none" and case.expected:
        assert {repair.rule for repair in found} == {case.context["rule"]}


@given(TEXTS)
@example("y ban y ban")
@example("İ y ban nhân dân")
def test_repairs_can_be_undone(text: str) -> None:
    found = find_repairs(text)
    assert all(text[slice(*repair.span)] == repair.before != repair.after for repair in found)
    assert all(one.span.end <= other.span.start for one, other in pairwise(found))
    repaired = applied(text, found)
    shift, restored = 0, repaired
    for repair in found:
        at = repair.span.start + shift
        assert repaired[at : at + len(repair.after)] == repair.after
        shift += len(repair.after) - len(repair.before)
    for repair in reversed(found):
        shift -= len(repair.after) - len(repair.before)
        at = repair.span.start + shift
        restored = restored[:at] + repair.before + restored[at + len(repair.after) :]
    assert restored == text


@given(TEXTS)
def test_a_repair_is_never_taken_back(text: str) -> None:
    found = find_repairs(text)
    again = find_repairs(applied(text, found))
    assert {(one.after, one.before) for one in found}.isdisjoint((one.before, one.after) for one in again)


@pytest.mark.parametrize("sentence", SENTENCES)
def test_repaired_sentences_need_no_more(sentence: str) -> None:
    assert find_repairs(applied(sentence, find_repairs(sentence))) == []


def test_each_phrase_is_found_in_its_example() -> None:
    for phrase in phrases():
        assert phrase.after in {after for _, after in find_phrases(phrase.example)}, phrase
        mended = applied(phrase.example, find_repairs(phrase.example))
        assert find_phrases(mended) == [], phrase


@pytest.mark.parametrize(
    "make",
    [
        lambda size: "a" * size,
        lambda size: "a " * size,
        lambda size: "t ỉ nh " * size,
        lambda size: "phối hp với " * size,
        lambda size: "chuyên đôi sô quôc gia " * size,
        lambda size: "y ban" * size,
        lambda size: "I " * size,
    ],
    ids=["one-word", "letters", "torn", "dropped", "recognised", "no-spaces", "numerals"],
)
def test_time_grows_linearly(make: Callable[[int], str]) -> None:
    find_repairs(make(100))
    small, large = (min(measured(make(size)) for _ in range(3)) for size in (2_000, 8_000))
    assert large < 10 * small + 0.05


def test_well_formed_syllables_are_in_house_style() -> None:
    assert all(house_style(syllable) == syllable for syllable in well_formed())
    assert {"hoàn", "hòa", "khuỷu", "quý", "giếng", "nghiêng", "thuở", "quốc", "gì", "yêu"} <= well_formed()
    assert {"kêt", "tnh", "ngi", "ce", "quôc"}.isdisjoint(well_formed())


def test_the_table_knows_its_words() -> None:
    table = ngrams()
    assert list(table.words) == sorted(set(table.words))
    assert "hợp" in table.ids
    assert "tnh" not in table.ids
    assert all((keys[1:] > keys[:-1]).all() for keys in table.keys.values())


def applied(text: str, repairs: list[Repair]) -> str:
    for repair in reversed(repairs):
        text = text[: repair.span.start] + repair.after + text[repair.span.end :]
    return text


def measured(text: str) -> float:
    start = time.process_time()
    find_repairs(text)
    return time.process_time() - start
