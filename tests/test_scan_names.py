"""Agencies in the cells of a scanned table: parted into phrases, settled and restored by what recurs."""

from __future__ import annotations

import pytest

from pipeline.clean.scan_names import guessed, phrases, restored, settled, usual_phrases

MANY = ("Các bộ, ngành, địa phương liên quan", "Văn phòng Chính phủ", "Bộ Công an")
TABLE = [tuple(cell.split()) for cell in MANY for _ in range(4)]


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("Bộ Công an, Văn phòng Chính phủ", ["Bộ Công an,", "Văn phòng Chính phủ"]),
        ("Văn phòng Chính phủ và các bộ, ngành", ["Văn phòng Chính phủ", "các bộ, ngành"]),
        ("Các sở, ban, ngành; UBND các huyện", ["Các sở, ban, ngành;", "UBND các huyện"]),
        ("Công an tỉnh; UBND cấp huyện", ["Công an tỉnh;", "UBND cấp huyện"]),
        ("Bộ Y tế Quý", ["Bộ Y tế"]),
        ("Bộ Thông tin và Truyền", []),
        ("UBND các thuộc trung ương", []),
    ],
)
def test_a_cell_is_parted_into_whole_phrases(cell: str, told: list[str]) -> None:
    assert [" ".join(phrase.words) for phrase in phrases(tuple(cell.split())) if phrase.whole] == told


@pytest.mark.parametrize(
    ("cell", "letters"),
    [
        ("Các bộ, ngành, phương liên quan", "cac bo nganh dia phuong lien quan"),
        ("Văn phòng", "van phong chinh phu"),
        ("Bộ Xây dựng", "bo xay dung"),
        ("UBND các thuộc trung ương", None),
    ],
)
def test_a_phrase_is_settled_by_what_recurs(cell: str, letters: str | None) -> None:
    (phrase,) = phrases(tuple(cell.split()))
    found = settled(phrase, usual_phrases(TABLE))
    assert (" ".join(found) if found else None) == letters


@pytest.mark.parametrize(
    ("cell", "letters"), [("Văn phồn Ghính pbủ", "van phong chinh phu"), ("rựng liẹn Thá", None), ("Bộ", None)]
)
def test_a_spoiled_cell_is_guessed_only_where_one_phrase_is_near(cell: str, letters: str | None) -> None:
    found = guessed(cell.split(), usual_phrases(TABLE))
    assert (" ".join(found) if found else None) == letters


def test_misread_words_are_restored_from_the_other_rows() -> None:
    spoiled = ("Bộ", "Công", "an,", "Các", "bộ,", "ngành,", "phương", "liên", "quan")
    (*_, changes) = restored([*TABLE, spoiled])
    assert [(" ".join(spoiled[first:stop]), right) for first, stop, right in changes] == [("ngành,", "ngành, địa")]


def test_a_name_that_reads_well_is_not_taken_for_another_one_that_recurs() -> None:
    (phrase,) = phrases(("Bộ", "Công", "Thương"))
    assert settled(phrase, usual_phrases(TABLE)) == ("bo", "cong", "thuong")
