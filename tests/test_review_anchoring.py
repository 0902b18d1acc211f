"""Anchors: the same words are found again wherever they moved, changed ones when they are like enough, others never."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.review.anchoring import anchor_at, find_anchor, match_record, reference
from schemas import Span
from tests.growth import assert_linear
from tests.reviews import anchor, changed_plan, plan

TEXT = (
    "1. Sở Y tế\n- Hằng năm báo cáo kết quả về Sở Nội vụ.\n2. Sở Tài chính\n- Hằng năm báo cáo kết quả về Sở Nội vụ.\n"
    "3. Sở Xây dựng\n- Rà soát quy hoạch cây xanh đô thị, hoàn thành trước ngày 30/6/2020."
)
REPEATED = "Hằng năm báo cáo kết quả về Sở Nội vụ."


def test_an_anchor_is_the_words_with_forty_characters_on_each_side() -> None:
    at = TEXT.rindex(REPEATED)
    found = anchor_at(TEXT, Span(at, at + len(REPEATED)))
    assert (found.exact, found.prefix[-17:], found.suffix[:14]) == (REPEATED, ". Sở Tài chính\n- ", "\n3. Sở Xây dựn")
    assert (len(found.prefix), len(found.suffix)) == (40, 40)


@pytest.mark.parametrize("which", [str.index, str.rindex])
def test_of_the_same_words_in_several_places_the_context_tells(which: object) -> None:
    at = TEXT.index(REPEATED) if which is str.index else TEXT.rindex(REPEATED)
    wanted = anchor_at(TEXT, (at, at + len(REPEATED)))
    inserted = "Mở đầu. " * 9 + "\n"
    assert find_anchor(inserted + TEXT, wanted) == (at + len(inserted), at + len(inserted) + len(REPEATED))


def test_at_the_old_place_with_the_same_words_but_another_context_the_words_have_moved() -> None:
    at = TEXT.rindex(REPEATED)
    wanted = anchor_at(TEXT, (at, at + len(REPEATED)))
    moved = "." * at + REPEATED + "\n" + TEXT[at - 40 :]
    start = moved.rindex(REPEATED)
    assert find_anchor(moved, wanted) == (start, start + len(REPEATED))


def test_slightly_changed_words_in_their_old_context_go_before_the_same_words_elsewhere() -> None:
    at = TEXT.rindex(REPEATED)
    wanted = anchor_at(TEXT, (at, at + len(REPEATED)))
    changed = TEXT[:at] + TEXT[at:].replace("kết quả", "kềt quả")
    assert find_anchor(changed, wanted) == (at, at + len(REPEATED))


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        (
            "quy hoạch cây xanh",
            "qui hoạch cây xanh",
            "Rà soát qui hoạch cây xanh đô thị, hoàn thành trước ngày 30/6/2020.",
        ),
        (
            "đô thị, ",
            "đô thị và nông thôn, ",
            "Rà soát quy hoạch cây xanh đô thị và nông thôn, hoàn thành trước ngày 30/6/2020.",
        ),
        ("30/6/2020.", "30/9/2020.", "Rà soát quy hoạch cây xanh đô thị, hoàn thành trước ngày 30/9/2020."),
        ("Rà soát quy hoạch cây xanh đô thị, hoàn thành trước", "Xây nhà ở xã hội cho công nhân trước", None),
    ],
)
def test_changed_words_are_found_when_they_are_like_enough(old: str, new: str, found: str | None) -> None:
    at = TEXT.index("Rà soát")
    wanted = anchor_at(TEXT, (at, len(TEXT)))
    changed = "Lời nói đầu.\n" + TEXT.replace(old, new)
    span = find_anchor(changed, wanted)
    assert (span and changed[slice(*span)]) == found


@given(st.text("ab \n", max_size=60), st.text("ab \n", min_size=1, max_size=20), st.text("ab \n", max_size=60))
def test_an_anchor_is_found_where_it_was_made(before: str, words: str, after: str) -> None:
    text = before + words + after
    span = Span(len(before), len(before) + len(words))
    assert find_anchor(text, anchor_at(text, span)) == span


@given(st.text("abcđ .", min_size=1, max_size=80), st.data())
def test_any_anchor_in_any_text_gives_a_span_in_it_or_none(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    other = data.draw(st.text("abcđ .", max_size=80))
    span = find_anchor(other, anchor_at(text, (start, end)))
    assert span is None or 0 <= span.start < span.end <= len(other)


@pytest.mark.slow
def test_looking_for_lost_words_is_linear_in_the_text() -> None:
    wanted = anchor_at("Rà soát quy hoạch cây xanh đô thị", (0, 33))
    assert_linear(lambda text: find_anchor(text, wanted), "Rà soát kinh phí; cây xanh. ", times=2_000)
    assert_linear(lambda text: find_anchor(text, anchor_at("aaaa", (0, 4))), "a", times=4_000)


def test_a_record_is_matched_by_its_place_though_its_number_is_another_now() -> None:
    now = changed_plan(("- Định kỳ hàng quý báo cáo", "- Rà soát đơn giá nước.\n\n- Định kỳ hàng quý báo cáo"))
    old = plan().tasks[1]
    found = match_record(now.text, reference(plan().text, "task", old), now.tasks)
    assert found is not None
    assert (old.id, found.id, found.text) == ("task-2", "task-3", old.text)


def test_sections_are_matched_by_their_heading_though_their_content_grew() -> None:
    now = changed_plan(("I. MỤC TIÊU\n", "I. MỤC TIÊU\n\n" + "- Nâng cao nhận thức của người dân.\n\n" * 20))
    found = match_record(now.text, reference(plan().text, "section", plan().sections[0]), now.sections)
    assert found is not None
    assert found.path == ("I",)


def test_what_is_gone_matches_nothing() -> None:
    now = changed_plan(("Bố trí kinh phí thực hiện Kế hoạch trước ngày 30/6/2018.", "Cân đối ngân sách."))
    assert find_anchor(now.text, anchor("Bố trí kinh phí thực hiện Kế hoạch trước ngày 30/6/2018.")) is None
    assert match_record(now.text, reference(plan().text, "task", plan().tasks[2]), now.tasks) is None
