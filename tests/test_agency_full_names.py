"""Names that a document gives in full in its headings."""

from __future__ import annotations

from extractors.agencies import find_agencies, learn_names, parse_agency_list, parse_declared_agencies

HEADING = "Vụ Các vấn đề chung về hỗ trợ nông dân"
SENTENCE = "Phối hợp với Vụ Các vấn đề chung về hỗ trợ nông dân rà soát biểu mẫu."


def test_a_heading_gives_the_whole_name_to_running_text() -> None:
    names = learn_names(parse_agency_list(HEADING))
    assert [str(agency) for agency in find_agencies(SENTENCE, aliases=names)] == [HEADING]
    assert [str(agency) for agency in find_agencies(SENTENCE)] != [HEADING]


def test_names_that_running_text_reads_by_itself_are_not_learnt() -> None:
    assert learn_names(parse_agency_list("Vụ Pháp chế, Cục Hóa chất, Sở Y tế")) == {}


def test_the_double_name_of_a_known_body_is_not_learnt() -> None:
    assert learn_names(parse_agency_list("Vụ Tổ chức - cán bộ")) == {}


def test_a_learnt_name_keeps_the_level_of_its_head() -> None:
    names = learn_names(parse_declared_agencies("Cục Trợ giúp nông dân"))
    assert [agency.level for agency in find_agencies("Giao Cục Trợ giúp nông dân tập huấn.", aliases=names)] == [
        "central"
    ]
