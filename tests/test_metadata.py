"""Metadata: the cases of heads and closings, and what must hold on any text."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.metadata import MetadataFindings, find_metadata, is_press_article
from extractors.metadata.folding import folded
from extractors.metadata.head import read_head, type_at
from extractors.metadata.letterhead import find_province, issuer_of, issuing_body, provinces
from schemas import Signer
from tests.case_table import Case, parametrize
from tests.growth import assert_linear

CASES = tomllib.loads((Path(__file__).parent / "cases" / "metadata.toml").read_text(encoding="utf-8"))["case"]
HEAD = """ỦY BAN NHÂN DÂN
TỈNH GIA LAI
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Số: 6/QĐ-UBND
Gia Lai, ngày 02 tháng 3 năm 2021
QUYẾT ĐỊNH
VỀ VIỆC LÀM

Điều 1. Ban hành kế hoạch.
"""
PIECES = (
    "ỦY BAN NHÂN DÂN", "TỈNH GIA LAI", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "\n", "|", " ", "Số: 6/QĐ-UBND",
    "Số: /KH-UBND",
    "Gia Lai, ngày 02 tháng 3 năm 2021", "QUYẾT ĐỊNH", "KẾ HOẠCH", "Chỉ thị về việc", "Nơi nhận:",
    "- Như trên;", "KT. CHỦ TỊCH",
    "PHÓ CHỦ TỊCH", "Nguyễn Văn An", "có hiệu lực từ ngày", " này", "(Ban hành kèm theo", "UBND tỉnh vừa ban hành",
)  # fmt: skip
DATES = {"issued_on", "effective_on"}


def written(signer: Signer) -> str:
    return ", ".join(part for part in (signer.name, signer.position, signer.on_behalf_of) if part)


def value_of(found: MetadataFindings, field: str) -> Any:
    value = getattr(found, field)
    if field == "signers":
        return [written(signer) for signer in value]
    if field == "diagnostics":
        return [remark.code for remark in value]
    return list(value) if field == "recipients" else str(value or "")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_cases(case: dict[str, Any]) -> None:
    text = case["text"] if "text" in case else HEAD + case["closing"]
    found = find_metadata(text, properties=case.get("properties", {}))
    expected = {key: value for key, value in case.items() if key not in {"name", "text", "closing", "properties"}}
    assert {field: value_of(found, field) for field in expected} == expected


@parametrize("issuing_bodies")
def test_issuing_body(case: Case) -> None:
    assert (issuing_body(case.text),) == case.expected


def test_spans_point_at_the_values() -> None:
    found = find_metadata(HEAD)
    printed = {field: HEAD[span.start : span.end].strip() for field, span in found.spans.items()}
    assert printed["number"] == "6/QĐ-UBND"
    assert printed["place"] == "Gia Lai"
    assert printed["doc_type"] == "QUYẾT ĐỊNH"
    assert printed["title"] == "VỀ VIỆC LÀM"
    assert printed["issued_on"] == "Gia Lai, ngày 02 tháng 3 năm 2021"


@pytest.mark.parametrize("province", provinces().values(), ids=str)
def test_every_province_is_found_in_a_letterhead(province: Any) -> None:
    agency = issuer_of(f"ỦY BAN NHÂN DÂN {str(province).upper()}", None)
    assert str(agency) == f"Ủy ban nhân dân {province}"
    assert str(find_province(f"UBND {province}")) == str(province)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kiên Giang có kế hoạch mới\n\nUBND tỉnh vừa ban hành Kế hoạch trồng rừng.", True),
        ("Chỉ thị về việc trồng rừng\nUBND tỉnh vừa ban hành Kế hoạch trồng rừng.", False),
        ("Kế hoạch\nCăn cứ Luật Lâm nghiệp, UBND tỉnh vừa ban hành.\nCăn cứ Luật Giá;", False),
        ("PHỤ LỤC\n\nTheo đó, UBND tỉnh vừa ban hành Kế hoạch trồng rừng.", False),
        ("Việc cần làm\n| Việc | Cơ quan chủ trì |\n| Rà soát các văn bản đã ban hành | Sở Y tế |", False),
        ("D. NGUỒN VỐN ĐẦU TƯ\n1. Theo đó, UBND tỉnh bố trí vốn đã ban hành.", False),
        ("Một dòng chữ", False),
        ("", False),
    ],
)
def test_press_articles(text: str, expected: bool) -> None:
    assert is_press_article(text) is expected


def test_folding_keeps_the_length() -> None:
    assert folded("Đường ố ẵ ß") == "DUONG O A ß"


@given(st.text(max_size=300))
def test_folding_keeps_the_length_of_any_text(text: str) -> None:
    assert len(folded(text)) == len(text)


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join) | st.text(max_size=300))
def test_any_text_gives_a_result_with_spans_in_it(text: str) -> None:
    found = find_metadata(text)
    for span in found.spans.values():
        assert 0 <= span.start <= span.end <= len(text)
    assert read_head(text).formal or found.place is None


@given(st.text(max_size=80))
def test_a_type_is_no_longer_than_its_line(text: str) -> None:
    found = type_at(text)
    assert found is None or 0 < found[1] <= len(text)


@pytest.mark.parametrize(
    "piece",
    ["KT. CHỦ TỊCH PHÓ CHỦ TỊCH ", "Nơi nhận: - Như trên;\n", "QUYẾT ĐỊNH\n", "có hiệu lực từ ", "UBND tỉnh yêu cầu ",
     "| ",
     "PHỤ LỤC\n(Kèm theo Quyết định số 1/QĐ của ", "(Kèm theo ",
     "KT. ", "Nguyễn Văn ", "KẾ HOẠCH\n(", "CỘNG HÒA XÃ HỘI ", "- A; ", "V/v a\n"],
)  # fmt: skip
@pytest.mark.slow
def test_time_grows_linearly(piece: str) -> None:
    assert_linear(find_metadata, piece, times=500, before=HEAD)
