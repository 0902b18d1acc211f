"""Agencies: mentions, lists, single names, a document's own short names, places."""

from __future__ import annotations

from typing import TypedDict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.agencies import (
    Place,
    canonical_agency,
    find_agencies,
    find_place,
    learn_aliases,
    parse_agency_list,
    parse_declared_agencies,
)
from tests.case_table import Case, parametrize
from tests.growth import assert_linear

PLACES = {"-": None, "Phú Thọ": Place("tỉnh Phú Thọ", "phu-tho"), "Hà Nội": Place("thành phố Hà Nội", "ha-noi")}
VOCABULARY = (
    "các sở ban ngành Sở Y tế Tài chính UBND tỉnh huyện , ; và : . - ( ) Thành phố cấp xã phối hợp với Giám đốc Bộ Ban "
    "Chỉ đạo trực thuộc Trung ương về của liên quan \n 12 TP Công an Hội đồng nhân dân Trung tâm"
)
WORDS = st.sampled_from(VOCABULARY.split(" "))
SENTENCES = st.lists(WORDS, max_size=30).map(" ".join)


class Reading(TypedDict):
    """The keyword arguments that the context of a case gives."""

    place: Place | None
    aliases: dict[str, str]
    issuer: str | None


def reading_of(case: Case) -> Reading:
    pairs = case.context.get("aliases", "-")
    issuer = case.context.get("issuer", "-")
    return {
        "place": PLACES[case.context.get("place", "-")],
        "aliases": dict(pair.split("=") for pair in pairs.split("; ")) if pairs != "-" else {},
        "issuer": None if issuer == "-" else issuer,
    }


@parametrize("agencies")
def test_mentions(case: Case) -> None:
    found = find_agencies(case.text, **reading_of(case))
    assert tuple(str(agency) for agency in found) == case.expected


@parametrize("agency_lists")
def test_lists(case: Case) -> None:
    found = parse_agency_list(case.text, **reading_of(case))
    assert tuple(str(agency) for agency in found) == case.expected


@parametrize("declared_agencies")
def test_declared_lists(case: Case) -> None:
    found = parse_declared_agencies(case.text, **reading_of(case))
    assert tuple(str(agency) for agency in found) == case.expected


@parametrize("agency_names")
def test_one_name(case: Case) -> None:
    agency = canonical_agency(case.text, place=PLACES[case.context["place"]])
    assert (agency.name,) == case.expected
    assert agency.surface == case.text


@parametrize("agency_aliases")
def test_short_names(case: Case) -> None:
    assert tuple(f"{short}={full}" for short, full in learn_aliases(case.text).items()) == case.expected


@pytest.mark.parametrize(
    ("text", "id_", "level", "collective"),
    [
        ("Sở Y tế", "vn.phu-tho.so-y-te", "province", False),
        ("Giám đốc Sở Y tế tỉnh Gia Lai", "vn.gia-lai.so-y-te", "province", False),
        ("Bộ Tài chính", "vn.bo-tai-chinh", "central", False),
        ("Văn phòng UBND tỉnh", "vn.phu-tho.van-phong-uy-ban-nhan-dan", "province", False),
        ("UBND các xã, phường", "vn.phu-tho.uy-ban-nhan-dan-cac-xa-phuong", "commune", True),
        ("các sở, ban, ngành", "vn.phu-tho.cac-so-ban-nganh", "province", True),
        ("Hội Nông dân tỉnh", "vn.phu-tho.hoi-nong-dan", "union", False),
        ("Ban Thường vụ Tỉnh ủy", "vn.phu-tho.ban-thuong-vu-tinh-uy-phu-tho", "party", False),
        ("các doanh nghiệp viễn thông", "vn.phu-tho.cac-doanh-nghiep-vien-thong", "enterprise", True),
        ("các ngành, cơ quan cấp tỉnh", "vn.phu-tho.cac-nganh-co-quan-cap-tinh", "province", True),
        ("các cơ quan Chính phủ", "vn.cac-co-quan-chinh-phu", "central", True),
        ("Ngân hàng Nhà nước chi nhánh khu vực 7", "vn.ngan-hang-nha-nuoc-khu-vuc-7", "central", False),
    ],
)
def test_identity(text: str, id_: str, level: str, collective: bool) -> None:
    (agency,) = find_agencies(text, place=PLACES["Phú Thọ"])
    assert (agency.id, agency.level, agency.collective) == (id_, level, collective)
    assert agency.surface == text
    assert agency.rule


@pytest.mark.parametrize(
    "text", ["Thủ tướng Chính phủ", "BỘ Y TẾ", "Ban Chỉ đạo quốc gia", "", "Hội Khuyến học Việt Nam"]
)
def test_a_central_issuer_has_no_place(text: str) -> None:
    assert find_place(text) is None


@pytest.mark.parametrize(
    "text", ["UBND TP. HỒ CHÍ MINH", "Ủy ban nhân dân Thành phố Hồ Chí Minh", "HĐND TPHCM, Hồ Chí Minh"]
)
def test_place_of_a_city(text: str) -> None:
    place = find_place(text)
    assert place is not None
    assert place == Place("thành phố Hồ Chí Minh", "ho-chi-minh")
    assert place.is_city


@given(SENTENCES)
def test_spans_lie_in_order_and_hold_the_surface(text: str) -> None:
    end = 0
    for agency in find_agencies(text, place=PLACES["Phú Thọ"]):
        assert agency.span is not None
        assert end <= agency.span.start < agency.span.end <= len(text)
        assert text[agency.span.start : agency.span.end] == agency.surface
        end = agency.span.end


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    assert len(find_agencies(text)) <= len(text)
    assert len(parse_agency_list(text)) <= len(text)
    assert len(parse_declared_agencies(text)) <= len(text)
    assert canonical_agency(text).surface == " ".join(text.split())
    assert all(short != full for short, full in learn_aliases(text).items())


@given(SENTENCES)
def test_lists_hold_their_surfaces(text: str) -> None:
    for agency in parse_agency_list(text) + parse_declared_agencies(text):
        assert agency.span is not None
        assert text[agency.span.start : agency.span.end] == agency.surface


@given(SENTENCES)
def test_lines_are_read_apart(text: str) -> None:
    alone = [agency.name for line in text.split("\n") for agency in find_agencies(line)]
    assert [agency.name for agency in find_agencies(text)] == alone


@pytest.mark.parametrize(
    "unit",
    [
        "các sở, ban, ngành, ",
        "UBND các huyện, thị xã, ",
        "Ban Chỉ đạo về ",
        "Các đơn vị có ",
        "Hội Nông dân, ",
        "(CNTT) (sau đây gọi là ",
        "Trung tâm A ",
        "các ",
    ],
)
def test_time_grows_with_the_text(unit: str) -> None:
    assert_linear(lambda text: (find_agencies(text), learn_aliases(text)), unit, times=1000)
