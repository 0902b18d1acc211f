"""Task tables that a scanner read line by line: rows rebuilt, cells in doubt left empty, other tables left alone."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from pipeline.clean import clean
from pipeline.clean.agency_pieces import START, after_word, is_whole, spelled
from pipeline.clean.scan_lines import scan_line
from pipeline.clean.scan_tables import find_agency_repairs, rebuild_scan_tables
from pipeline.extract import extract_document
from pipeline.mapped_text import MappedText
from pipeline.read import read_text
from tests.growth import assert_linear

TABLE = tomllib.loads((Path(__file__).parent / "cases" / "scan_tables.toml").read_text(encoding="utf-8"))
HEADS = "| TT | Nhiệm vụ | Cơ quan chủ trì | Thời gian thực hiện |"
WHOLE = TABLE["opening"] + TABLE["ending"]


def _rows(text: str) -> list[str]:
    """The rows of the clean text below their heads, with single spaces."""
    lines = [line.strip("|").strip() for line in text.split("\n") if line.startswith("|")]
    return [_told(line) for line in lines[1:]]


def _told(row: str) -> str:
    return " | ".join(cell.strip() for cell in row.split("|")).strip(" |")


@pytest.mark.parametrize("case", TABLE["case"], ids=lambda case: case["name"])
def test_rows_are_rebuilt(case: dict[str, Any]) -> None:
    wide = "wide_" if case.get("wide") else ""
    opening, ending = TABLE[f"{wide}opening"], TABLE[f"{wide}ending"]
    text = clean(read_text((opening + case["page"] + ending).encode())).text.text
    assert "giải pháp" not in text  # the heads above and those that a page repeats
    rows = _rows(text)
    before, after = (3, 3) if wide else (2, 4)
    assert rows[before:-after] == [_told(row) for row in case["rows"]]


def test_heads_of_partners_that_a_narrow_column_breaks() -> None:
    heads = "Nhiệm vụ, giải pháp | Cơ quan chủ trì | Cơ quan phối hợp | Thời gian"
    torn = "Cơ quan Cơ quan phối Thời gian\nTT Nội dung công việc chủ trì hợp hoàn thành"
    text = TABLE["wide_opening"].replace(heads, torn) + TABLE["wide_ending"]
    assert torn in text
    cells = [row.split(" | ")[2:4] for row in _rows(clean(read_text(text.encode())).text.text)]
    assert cells[:2] == [["Bộ Công Thương", "Bộ Y tế"], ["Bộ Xây dựng", "Bộ Tài chính"]]


def test_rebuilt_rows_are_tasks() -> None:
    document = extract_document(("KẾ HOẠCH\nI. NHIỆM VỤ\n" + WHOLE).encode(), path="a.txt")
    told = [(task.leads[0].name, task.rule) for task in document.tasks]
    assert told[0] == ("Bộ Công Thương", "task-table-row")
    assert len(told) == 6
    assert all(len(task.deadline_ids) == 1 for task in document.tasks)


def test_a_remark_tells_where_the_table_is_and_how_much_of_it_is_in_doubt() -> None:
    page = "Đào giếng cho các bản còn dùng nước khe | Pð Không | 2021 - 2024\n3 | và lọc nước\nIV | Nước sạch |\n"
    document = extract_document((TABLE["opening"] + page + TABLE["ending"]).encode(), path="a.txt")
    (remark,) = [each for each in document.diagnostics if each.code == "scanned-table"]
    assert "of 7 rows 1 have no certain lead or time, and 1 more" in remark.message
    assert remark.span is not None
    table = document.text[slice(*remark.span)]
    assert table.startswith("| 1 | Mở lớp")
    assert table.endswith("| 2023 - 2025 |")
    assert remark.source_spans


def test_words_lead_back_to_where_they_stood() -> None:
    text = rebuild_scan_tables(MappedText.of(WHOLE))
    for word in ("thổ cẩm", "Thương", "2023 - 2025", "đê và giao"):
        at = text.text.index(word)
        start, end = text.source_span(at, at + len(word))
        assert WHOLE[start:end] == word
    at = text.text.index("Bộ Công Thương")
    start, end = text.source_span(at, at + len("Bộ Công Thương"))
    assert WHOLE[start:end].startswith("Bộ Công\n1 | vùng cao")
    assert WHOLE[start:end].endswith("Thương")


def test_a_restored_agency_is_a_repair() -> None:
    page = "Đào giếng cho các bản còn dùng nước khe | Đô Xây dựng | 2021 - 2024\n3 | và lọc nước\n"
    result = clean(read_text((TABLE["opening"] + page + TABLE["ending"]).encode()))
    found = [repair for repair in result.repairs if repair.rule == "agency-name"]
    assert [(repair.before, repair.after) for repair in found] == [("Đô", "Bộ")]
    assert all(result.text.text[slice(*repair.span)] == repair.after for repair in result.repairs)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(TABLE["opening"], id="two rows are no table"),
        pytest.param(WHOLE.replace("Nhiệm vụ, giải pháp | Chủ trì | Thời gian", "Danh sách"), id="no heads"),
        pytest.param(WHOLE.replace("|", " "), id="no bars"),
        pytest.param(
            HEADS + "".join(f"\n| {n} | Rà soát chợ {n} | Sở Y tế | 2021 - 2022 |" for n in range(1, 12)),
            id="whole rows",
        ),
        pytest.param("Nhiệm vụ, giải pháp\n" + "Hoàn thành trong giai đoạn 2021-2025\n" * 20, id="prose"),
    ],
)
def test_other_texts_stay(text: str) -> None:
    assert rebuild_scan_tables(MappedText.of(text)).text == text


@pytest.mark.parametrize(
    ("words", "whole"),
    [
        ("Bộ Thông tin và Truyền thông", True),
        ("Bộ Thông tin", False),
        ("Bộ TT&TT; các bộ, ngành", True),
        ("các bộ, ngành, địa", False),
        ("Các thành phố trực thuộc trung ương", True),
        ("Rà soát các quy định", False),
    ],
)
def test_names_of_agencies_are_told_from_their_beginnings(words: str, whole: bool) -> None:
    states = {START}
    for word in words.split():
        states = {step.state for state in states for step in after_word(state, word)}
    assert any(is_whole(state) for state in states) == whole


@pytest.mark.parametrize(
    "words", ["Bộ Giáo dục và Đào tạo", "Bộ Giao thông vận tải", "chợ phiên vùng cao", "Bộ TT&TT;"]
)
def test_names_that_are_right_stay(words: str) -> None:
    assert " ".join(spelled(words.split())) == words


@pytest.mark.parametrize(
    ("line", "number", "time", "words"),
    [
        ("2 | và giúp các hộ| và Truyền 2021-2025", "2", "2021-2025", "và giúp các hộ và Truyền"),
        ("¬ _ rừng ngập mặn | Bộ Y tế | Tháng", None, "Tháng", "rừng ngập mặn Bộ Y tế"),
        ("hoàn thành trong giai đoạn 2021-2025", None, None, "hoàn thành trong giai đoạn 2021-2025"),
        ("IV | Nước sạch | |", "IV", None, "Nước sạch"),
        ("10 tháng 4 năm 2017 của Bộ Y tế", "10", None, "tháng 4 năm 2017 của Bộ Y tế"),
    ],
)
def test_parts_of_a_line(line: str, number: str | None, time: str | None, words: str) -> None:
    parts = scan_line(line, 0, len(line))
    assert (parts.number.text if parts.number else None) == number
    assert (parts.time.text if parts.time else None) == time
    assert " ".join(word.text for word in parts.words) == words


def test_time_grows_with_the_table() -> None:
    assert_linear(lambda text: rebuild_scan_tables(MappedText.of(text)), TABLE["ending"], times=20, before=WHOLE)


def test_time_to_look_for_misread_agencies_grows_with_the_table() -> None:
    row = "| 1 | Xây dựng phần mềm | Bộ Côngan | 2020 |\n"
    assert_linear(lambda text: list(find_agency_repairs(text)), row, times=500, before=HEADS + "\n")
