"""Directives that one block enumerates, and lists that a dump has run together."""

from __future__ import annotations

import pytest

from pipeline.assemble.enumerations import find_members
from pipeline.clean.run_in import break_run_in_lists
from pipeline.extract import extract_document
from pipeline.mapped_text import MappedText
from schemas import Task

HEAD = """ỦY BAN NHÂN DÂN TỈNH HÀ NAM
Số: 15/TB-UBND
Hà Nam, ngày 5 tháng 3 năm 2026
THÔNG BÁO
Về cấp nước

I. NHIỆM VỤ
"""


def tasks_of(*lines: str) -> list[Task]:
    return list(extract_document((HEAD + "\n".join(lines) + "\n").encode(), path="notice.txt").tasks)


def test_members_that_name_who_acts_are_tasks_with_their_own_leads_and_times() -> None:
    found = tasks_of(
        "1. Yêu cầu: (i) Sở Y tế đo nước trước ngày 30/4/2026; (ii) Sở Xây dựng phối hợp với Sở Tài chính sửa cầu.",
        "2. Sở Nội vụ rà soát biên chế.",
    )
    assert [([a.name for a in t.leads], len(t.partners), len(t.deadline_ids)) for t in found] == [
        (["Sở Y tế tỉnh Hà Nam"], 0, 1),
        (["Sở Xây dựng tỉnh Hà Nam"], 1, 0),
        (["Sở Nội vụ tỉnh Hà Nam"], 0, 0),
    ]


def test_members_without_actor_are_led_by_whom_the_words_before_them_name() -> None:
    found = tasks_of("1. Giao Sở Y tế thực hiện: (1) Lập danh mục thuốc; (2) Kiểm tra các trạm y tế.")
    assert [[agency.name for agency in task.leads] for task in found] == [["Sở Y tế tỉnh Hà Nam"]] * 2


@pytest.mark.parametrize(
    ("line", "texts"),
    [
        (
            "1. Giao các sở: (1) Sở Y tế đo nước; (2) Sở Xây dựng thực hiện: (a) Sửa cầu; (b) Lập dự toán.",
            ["Sở Y tế đo nước;", "Sửa cầu;", "Lập dự toán."],
        ),
        (
            "- Sở Y tế cấp thuốc cho các trạm; (a) Lập sổ; (b) Báo cáo.",
            ["Sở Y tế cấp thuốc cho các trạm;", "Lập sổ;", "Báo cáo."],
        ),
        ("(a) Sửa cầu; (b) Lập dự toán; (c) Báo cáo.", ["Sửa cầu;", "Lập dự toán;", "Báo cáo."]),
    ],
)
def test_enumerations_within_others_and_words_before_them(line: str, texts: list[str]) -> None:
    assert [task.text for task in tasks_of(line)] == texts


def test_enumerations_nest_no_deeper_than_labels_do() -> None:
    """A hostile line holds thousands of labels, each of which could open an enumeration within the last member."""
    assert tasks_of("1. Giao: " + "(a) Rà soát; (b) Lập sổ; " * 3000)


@pytest.mark.parametrize(
    "line",
    [
        "1. Sở Y tế ban hành các quy chế: (i) Quy chế làm việc; (ii) Quy chế chi tiêu.",
        "1. Sở Y tế xây dựng đề án, bao gồm: (i) Kiểm kê thiết bị; (ii) Rà soát nhân lực.",
        "1. Sở Y tế rà soát hồ sơ theo điểm a) và điểm b) của quy chế.",
    ],
)
def test_details_and_references_leave_a_directive_whole(line: str) -> None:
    assert len(tasks_of(line)) == 1


@pytest.mark.parametrize("text", ["(i) một việc", "điểm a) và b) khoản 2", "(ii) sau (i) trước", "(1) Rà soát (3) Lập"])
def test_what_is_no_run_of_labels_has_no_members(text: str) -> None:
    assert find_members(text) == []


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("1. Sở Y tế: a) Cấp thuốc; b) Lập sổ. 2. Sở Xây dựng", 4),
        ("- Sửa cầu; - Sửa đường; - Trồng cây", 3),
        ("1. Theo quy định tại mục 1. 3. Không phải mục kế tiếp", 1),
        ("Xem Điều 4. 2. Việc khác", 1),
        ("3. Cấp thuốc cho các trạm.4. Lập sổ theo dõi", 2),
        ("b) Sửa cầu;c) Sửa đường;- Trồng cây", 2),
        ("3. Đạt điểm trung bình 3.4. Không phải mục", 1),
    ],
)
def test_an_item_gets_a_line_where_its_label_must_come_next(text: str, lines: int) -> None:
    assert break_run_in_lists(MappedText.of(text)).text.count("\n") + 1 == lines


@pytest.mark.parametrize(
    "line",
    [
        "Tiến độ: (a) Sở Y tế xây 10 bể trong năm 2026; (b) Sở Xây dựng sửa 5 cầu trong năm 2027.",
        "1. Tiến độ: (a) Sở Y tế xây 10 bể trong năm 2026; (b) Sở Xây dựng sửa 5 cầu trong năm 2027.",
        "Tiến độ: Sở Y tế xây 10 bể trong năm 2026.\nPhân công: Sở Xây dựng sửa 5 cầu trong năm 2027.",
        "Tiến độ: **(a)** Sở Y tế xây 10 bể trong năm 2026; **(b)** Sở Xây dựng sửa 5 cầu trong năm 2027.",
    ],
)
def test_a_line_of_a_form_without_an_activity_above_it_orders_by_itself(line: str) -> None:
    found = tasks_of("2. Nhiệm vụ khác", "- Lập sổ theo dõi.", "II. TỔ CHỨC THỰC HIỆN", line)[1:]
    assert [([a.name for a in task.leads], len(task.deadline_ids)) for task in found] == [
        (["Sở Y tế tỉnh Hà Nam"], 1),
        (["Sở Xây dựng tỉnh Hà Nam"], 1),
    ]


def test_a_line_of_a_form_below_an_activity_binds_it() -> None:
    found = tasks_of("1. Sửa cầu qua suối", "Tiến độ: Sở Xây dựng hoàn thành trong năm 2027.")
    assert len(found) == 1


def test_bodies_that_a_label_asks_to_act_have_tasks() -> None:
    found = tasks_of("1. Cấp nước", "Yêu cầu: a) Sở Y tế đo nước; b) Sở Xây dựng sửa ống; c) Sở Nội vụ lập sổ.")
    assert len(found) == 3
    assert len(tasks_of("1. Cấp nước", "Yêu cầu:", "- Nước phải trong và đủ dùng cho cả mùa khô.")) == 0
