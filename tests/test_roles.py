"""Roles: who leads, who coordinates, and what a task waits for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.agencies import Place, find_agencies
from extractors.conditions import find_condition
from extractors.deadlines import find_deadlines
from extractors.roles import Roles, find_roles
from schemas import Agency, Deadline, Span
from tests.case_table import Case, parametrize
from tests.growth import assert_grows_linearly, assert_linear

VOCABULARY = "phối hợp với Sở Y tế , ; . : giao Giao do Do chủ trì UBND tỉnh yêu cầu nếu có khi ( )"
PLACE = Place("tỉnh Phú Thọ", "phu-tho")


def roles_of(text: str) -> Roles:
    return find_roles(text, find_agencies(text, place=PLACE))


def names(agencies: tuple[Agency, ...]) -> str:
    return " + ".join(agency.name.removesuffix(f" {PLACE.name}") for agency in agencies)


@parametrize("roles")
def test_roles(case: Case) -> None:
    roles = roles_of(case.text)
    told = {"leads": names(roles.leads), "partners": names(roles.partners)}
    assert "; ".join(f"{role}={found}" for role, found in told.items() if found) == "".join(case.expected)
    assert roles.names_actor == bool(roles.leads)


@parametrize("who_acts")
def test_who_acts_whatever_the_verb(case: Case) -> None:
    roles = roles_of(case.text)
    told = {"leads": names(roles.leads), "partners": names(roles.partners)}
    assert "; ".join(f"{role}={found}" for role, found in told.items() if found) == "".join(case.expected)


@parametrize("conditions")
def test_conditions(case: Case) -> None:
    deadlines = []
    anchor = case.context["anchor"]
    if anchor != "-":
        start = case.text.index("khi có")
        surface = case.text[start:].rstrip(".")
        deadlines = [
            Deadline(span=Span(start, start + len(surface)), surface=surface, kind="conditional", anchor=anchor)
        ]
    assert (find_condition(case.text, deadlines) or "-",) == (case.expected or ("-",))


def test_an_agency_named_twice_counts_once() -> None:
    roles = roles_of("Phối hợp với Sở Y tế tập huấn; phối hợp với Sở Y tế kiểm tra.")
    assert names(roles.partners) == "Sở Y tế"


def test_agencies_without_a_span_have_no_role() -> None:
    agency = Agency(id="vn.bo-y-te", name="Bộ Y tế", surface="Bộ Y tế", level="central")
    assert find_roles("Giao Bộ Y tế chủ trì.", [agency]) == Roles((), ())


@given(st.lists(st.sampled_from(VOCABULARY.split()), max_size=30).map(" ".join))
def test_leads_and_partners_come_from_the_mentions(text: str) -> None:
    mentions = find_agencies(text, place=PLACE)
    roles = find_roles(text, mentions)
    assert set(roles.leads) | set(roles.partners) <= set(mentions)
    condition = find_condition(text, [])
    assert condition is None or condition in text


@pytest.mark.parametrize(
    "unit",
    [
        "phối hợp ",
        "Sở Y tế chủ trì ",
        "UBND tỉnh, ",
        "nếu có ",
        "Giao Sở Y tế. ",
        "phối hợp, hỗ trợ, ",
        "Sở Y tế cùng với ",
        "Giao Sở Y tế; yêu cầu Sở Y tế, ",
    ],
)
def test_time_grows_with_the_text(unit: str) -> None:
    assert_linear(lambda text: (find_roles(text, find_agencies(text)), find_condition(text, [])), unit, times=4000)


def test_time_grows_with_the_cases_that_a_task_sets_aside() -> None:
    def task(times: int) -> tuple[str, list[Deadline]]:
        case = " Trường hợp đổi giống, bến {0} hỏi Sở Y tế sau khi có ý kiến {0} của Bộ Y tế.".format
        text = "Thả cá giống tại hồ." + "".join(map(case, range(times)))
        return text, find_deadlines(text)

    text, deadlines = task(50)
    assert len(deadlines) == 50
    assert find_condition(text, deadlines) is None
    assert_grows_linearly(lambda given: find_condition(*given), task, times=1000)
