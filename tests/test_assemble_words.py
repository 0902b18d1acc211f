"""What headings, labels and openings of blocks say: kinds of sections, attribute labels, directives."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.agencies import find_agencies
from extractors.roles import find_roles
from pipeline.assemble.attributes import attribute_kind, read_attribute_line
from pipeline.assemble.directive_verbs import starts_with_directive_verb
from pipeline.assemble.directives import is_directive, may_be_directive
from pipeline.assemble.section_kinds import SectionKind, kind_of_heading, section_kinds
from pipeline.outline import OutlineSection
from schemas import Span
from tests.case_table import Case, parametrize, read_cases


@parametrize("section_kinds")
def test_kind_of_a_heading(case: Case) -> None:
    assert (kind_of_heading(case.text),) == (case.expected or ("unknown",))


@pytest.mark.parametrize("case", [case for case in read_cases("section_kinds") if not case.known_failure])
def test_case_and_spaces_of_a_heading_do_not_matter(case: Case) -> None:
    expected = kind_of_heading(case.text)
    assert kind_of_heading(case.text.upper()) == expected
    assert kind_of_heading(case.text.replace(" ", "  ") + " ") == expected


@parametrize("attribute_labels")
def test_attribute_label(case: Case) -> None:
    assert (attribute_kind(case.text),) == (case.expected or (None,))


@pytest.mark.parametrize("case", [case for case in read_cases("attribute_labels") if not case.known_failure])
def test_attribute_line_begins_with_its_label(case: Case) -> None:
    line = f"{case.text}: Quý II/2026"
    attribute = read_attribute_line(line)
    if not case.expected:
        assert attribute is None
    else:
        assert attribute is not None
        assert attribute.kind == case.expected[0]
        assert line[attribute.value_start :] == "Quý II/2026"


@pytest.mark.parametrize(
    "text", ["", ":", "Cơ quan chủ trì", "Cơ quan chủ trì Sở Y tế", ": Sở Y tế", "x" * 200 + ": y"]
)
def test_a_line_without_a_label_and_a_colon_is_no_attribute(text: str) -> None:
    assert read_attribute_line(text) is None


def test_an_attribute_line_may_end_at_its_colon() -> None:
    attribute = read_attribute_line("Nội dung:")
    assert attribute is not None
    assert attribute.value_start == len("Nội dung:")


@parametrize("directives")
def test_directive(case: Case) -> None:
    kind: SectionKind = case.context["kind"]  # type: ignore[assignment]
    roles = find_roles(case.text, find_agencies(case.text))
    normative = case.context["document"] == "normative"
    found = may_be_directive(case.text, kind=kind, normative=normative) and is_directive(
        case.text, kind=kind, normative=normative, roles=roles
    )
    assert (("task",) if found else ()) == case.expected


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("Đẩy mạnh tuyên truyền", True),
        ("ĐẨY MẠNH TUYÊN TRUYỀN", True),
        ("Tiếp tục, chủ động rà soát", True),
        ("Hằng năm, tổ chức diễn tập", True),
        ("Phòng, chống cháy rừng", True),
        ("Tổ chứcx", False),
        ("Kiểm traviên", False),
        ("Tiếp tục", True),
        ("", False),
        ("Việc tổ chức diễn tập", False),
    ],
)
def test_verbs_of_administration(text: str, is_one: bool) -> None:
    assert starts_with_directive_verb(text) is is_one


# --- kinds run down the tree ----------------------------------------------------------------------------------------


def tree(*rows: tuple[str, int | None]) -> list[OutlineSection]:
    """Sections from titles and the indexes of their parents; offsets do not matter here."""
    sections: list[OutlineSection] = []
    for title, parent in rows:
        path = (*(sections[parent].path if parent is not None else ()), str(len(sections)))
        nowhere = Span(0, 0)
        sections.append(OutlineSection(path[-1], path, len(path), parent, nowhere, title or None, None, nowhere))
    return sections


@pytest.mark.parametrize(
    ("rows", "addressed", "kinds"),
    [
        ([("NHIỆM VỤ", None), ("Hạ tầng số", 0)], set(), ["tasks", "tasks"]),
        ([("MỤC ĐÍCH, YÊU CẦU", None), ("Mục đích", 0), ("", 1)], set(), ["purpose", "purpose", "purpose"]),
        ([("MỤC TIÊU, ĐỐI TƯỢNG", None), ("Đối tượng áp dụng", 0)], set(), ["goals", "scope"]),
        ([("TỔ CHỨC THỰC HIỆN", None), ("Sở Y tế", 0), ("Kinh phí", 0)], {1}, ["tasks", "assignment", "funding"]),
        ([("Sở Y tế", None), ("", 0)], {0}, ["assignment", "assignment"]),
        ([("NHIỆM VỤ", None), ("Mục tiêu", 0), ("Giao thông", 1)], set(), ["tasks", "goals", "goals"]),
        ([("Ngành nông nghiệp", None), ("Cây chè", 0)], set(), ["unknown", "unknown"]),
        ([("Đẩy mạnh tuyên truyền", None), ("Báo chí", 0)], set(), ["tasks", "tasks"]),
        ([("NHIỆM VỤ", None), ("Yêu cầu về giống quýt", 0), ("Cây ươm", 1)], set(), ["tasks"] + 2 * ["requirements"]),
        ([("MỤC ĐÍCH, YÊU CẦU", None), ("Yêu cầu về giống quýt", 0)], set(), ["purpose", "purpose"]),
        ([("MỤC TIÊU", None), ("Phát triển hạ tầng", 0)], set(), ["goals", "goals"]),
        ([("", None), ("", None)], set(), ["unknown", "unknown"]),
        ([], set(), []),
    ],
)
def test_the_nearest_heading_that_speaks_decides(
    rows: list[tuple[str, int | None]], addressed: set[int], kinds: list[str]
) -> None:
    assert section_kinds(tree(*rows), [i in addressed for i in range(len(rows))]) == kinds


# --- any text -------------------------------------------------------------------------------------------------------

WORDS = """
    Cơ quan đơn vị chủ trì phối hợp , / : thực hiện thời gian hoàn thành Nội dung mục tiêu nhiệm vụ của các và Sở Y tế
    kinh phí được tổ chức ( ) 12 tiếp tục rà soát
"""


@given(st.lists(st.sampled_from(WORDS.split()) | st.text(max_size=4), max_size=30).map(" ".join))
def test_any_words_have_an_answer(text: str) -> None:
    assert kind_of_heading(text)
    attribute = read_attribute_line(text)
    assert attribute is None or (0 < attribute.value_start <= len(text) and ":" in text[: attribute.value_start])
    roles = find_roles(text, find_agencies(text))
    for kind in ("unknown", "tasks", "assignment", "situation", "funding", "requirements"):
        for normative in (True, False):
            told = is_directive(text, kind=kind, normative=normative, roles=roles)
            assert told in {True, False}
            assert roles.names_actor or not (told and normative and kind != "assignment")
    assert not may_be_directive(text, kind="goals", normative=False)
