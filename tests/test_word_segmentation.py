"""Word segmentation: its form, its cost on adversarial texts, and `--words` through a batch without Prefect."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.word_segmentation import segment_words
from pipeline.runs.inputs import find_inputs
from pipeline.workers.batch import process
from tests.conftest import ROOT
from tests.growth import assert_linear

SMALL_PLAN = ROOT / "tests" / "texts" / "small-plan.txt"


@pytest.mark.parametrize(
    ("text", "segmented"),
    [
        ("Sở Thông tin và Truyền thông chủ trì", "sở thông_tin và truyền_thông chủ_trì"),
        ("Bố trí kinh phí.\nTổ chức tuyên truyền", "bố_trí kinh_phí . tổ_chức tuyên_truyền"),
        ("", ""),
        (" \n\t ", ""),
    ],
)
def test_words_of_several_syllables_are_joined(text: str, segmented: str) -> None:
    assert segment_words(text) == segmented


@given(st.text(max_size=300))
@settings(max_examples=50, deadline=None)
def test_any_text_gives_one_line_in_lower_case(text: str) -> None:
    segmented = segment_words(text)
    assert segmented == segmented.lower()
    assert "\n" not in segmented


@pytest.mark.parametrize(
    "unit",
    ["1.1.", "12 ", "1,000.", "ă", "kếhoạch", "a.b/", "A.B.", "-", "…", "((", "a@", "Sở Y tế chủ trì phối hợp "],
    ids=lambda unit: unit.strip(),
)
@pytest.mark.slow
def test_time_grows_with_the_length_and_no_faster(unit: str) -> None:
    assert_linear(segment_words, unit, times=8_000 // len(unit))


def test_run_with_words_gives_every_task_its_search_text(tmp_path: Path) -> None:
    source = tmp_path / "texts"
    source.mkdir()
    (source / "plan.txt").write_bytes(SMALL_PLAN.read_bytes())
    (item,) = find_inputs(source).files
    for words, out in ((False, tmp_path / "plain"), (True, tmp_path / "words")):
        assert process(item, out, words=words).cause is None
    plain, with_words = (
        json.loads((tmp_path / name / "documents" / "plan.json").read_bytes()) for name in ("plain", "words")
    )
    assert all(task["search_text"] is None for task in plain["tasks"])
    assert "phối_hợp với sở y_tế" in with_words["tasks"][0]["search_text"]
    for task in with_words["tasks"]:
        assert task.pop("search_text") == segment_words(task["text"])
    for task in plain["tasks"]:
        del task["search_text"]
    assert with_words == plain
