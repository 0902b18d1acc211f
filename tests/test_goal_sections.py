"""Goals and what is none, in every layout: which blocks are targets, by when, and that descriptions give no tasks."""

from __future__ import annotations

import pytest

from pipeline.extract import extract_document
from schemas import PlanDocument
from tests.test_assemble_tasks import CLOSING, HEADERS

GOALS = {
    "Tỷ lệ hộ nghèo giảm xuống còn dưới 3%": ["<= 3 %"],
    "100% xã có nhà văn hóa": ["= 100 %"],
    "Kết nạp từ 1.000 hội viên trở lên": [">= 1000 hội viên"],
}
TOPS = ("MỤC TIÊU", "DỰ BÁO CÁC CHỈ TIÊU", "QUAN ĐIỂM VÀ MỤC TIÊU", "PHƯƠNG HƯỚNG, MỤC TIÊU", "ĐỊNH HƯỚNG VÀ CHỈ TIÊU")
# What stands above the goals, and by when they must hold; `/` parts lines.
ABOVE = {
    "1. Mục tiêu cụ thể": "",
    "1. Các chỉ tiêu chủ yếu đến năm 2025:": " ../2025-12-31",
    "1. Tầm nhìn đến năm 2045": " ../2045-12-31",
    "1. Giai đoạn 2021 - 2025": " 2021-01-01/2025-12-31",
    "1. Chỉ tiêu/Phấn đấu đến hết năm 2025:": " ../2025-12-31",
    "1. Chỉ tiêu/- Về xã hội:": "",
    "1. Chỉ tiêu/- Đến năm 2025:": " ../2025-12-31",
    "1. Chỉ tiêu/Định hướng đến năm 2025": " ../2025-12-31",
    "1. Chỉ tiêu/Mục tiêu cụ thể đến năm 2025": " ../2025-12-31",
    "1. Chỉ tiêu/Đến năm 2025:/* Về xã hội:": " ../2025-12-31",
}
MARKS = ("- ", "+ ", "(#) ", "@) ", "1.#. ", "")
TASK = "Rà soát quy hoạch thủy lợi."
# A heading, and what stands below it though nobody has to do it.
DESCRIPTIONS = {
    "Kết quả đạt được": "Tổ chức 45 lớp tập huấn trong giai đoạn 2014 - 2016.",
    "Tồn tại, hạn chế": "Triển khai còn chậm, đến quý III năm 2017 mới đạt 46% kế hoạch.",
    "Bài học kinh nghiệm": "Phải thường xuyên quan tâm chỉ đạo.",
    "Tiến độ giải ngân": "Đợt 1: Giải ngân 30% số vốn trong quý II năm 2018.",
    "Tiến độ thực hiện dự án": "Hoàn thành thủ tục đầu tư: Quý III/2018.",
    "Hiệu quả của đề án": "Tăng thu nhập cho khoảng 5.000 hộ dân, hằng năm giảm 2% hộ nghèo.",
    "Nội dung và quy mô đầu tư": "Nâng cấp 12 phòng học, cải tạo sân, cổng.",
    "Tổ chức bộ máy": "Ban Giám đốc gồm Giám đốc và 02 Phó Giám đốc.",
    "Mức thu, chế độ thu": "Thẩm định báo cáo: 300.000 đồng/01 báo cáo, nộp hằng tháng.",
    "Tổ chức không gian": "Khu trung tâm bố trí các công trình cao tầng.",
}


def plan(*lines: str, kind: str = "plan") -> PlanDocument:
    text = HEADERS[kind] + "\n" + "\n".join(lines) + f"\nII. NHIỆM VỤ\n1. {TASK}\n2. {TASK}\n\n" + CLOSING
    return extract_document(text.encode(), path="plan.txt")


def measured(found: PlanDocument) -> dict[str, list[str]]:
    return {target.text: [str(measure) for measure in target.measures] for target in found.targets}


@pytest.mark.parametrize("mark", MARKS)
@pytest.mark.parametrize("above", ABOVE)
@pytest.mark.parametrize("top", TOPS)
def test_goals_are_targets_and_hold_by_the_time_above_them(top: str, above: str, mark: str) -> None:
    marks = [mark.replace("#", str(number)).replace("@", "abc"[number - 1]) for number in (1, 2, 3)]
    found = plan(f"I. {top}", *above.split("/"), *map("{}{}.".format, marks, GOALS))
    assert measured(found) == {f"{goal}.": [m + ABOVE[above] for m in wanted] for goal, wanted in GOALS.items()}
    assert {task.text for task in found.tasks} == {TASK}


def test_a_bullet_of_nothing_but_a_time_binds_the_paragraphs_below_it_until_the_next() -> None:
    early, late = ("60% xã có chợ.", "70% thôn có điện."), ("80% xã có chợ.", "90% thôn có điện.")
    found = plan("I. MỤC TIÊU", "- Đến năm 2025:", *early, "- Đến năm 2035:", *late)
    ends = [target.measures[0].end.year for target in found.targets if target.measures[0].end]
    assert ends == [2025, 2025, 2035, 2035]


ECONOMY, SOCIETY = ("Trồng 40 ha chè.", "Trồng 60 ha chè."), ("Mở 3 trạm xá.", "Mở 5 trạm xá.")


@pytest.mark.parametrize("when", ["Đến năm {}:", "Phấn đấu đến năm {}", "Tầm nhìn đến năm {}:"])
@pytest.mark.parametrize("part", ["- Về {}:/+ ", "* Về {}:/- ", "@) Về {}:/- "])
def test_a_time_holds_below_the_lines_that_part_the_goals_of_that_time(when: str, part: str) -> None:
    lines = []
    part, mark = part.split("/")
    for year, place in ((2027, 0), (2035, 1)):
        lines.append(when.format(year))
        for letter, name, goals in (("a", "kinh tế", ECONOMY), ("b", "xã hội", SOCIETY)):
            lines += [part.replace("@", letter).format(name), f"{mark}{goals[place]}"]
    found = plan("I. MỤC TIÊU", "1. Chỉ tiêu", *lines)
    ends = {target.text.split()[1]: [m.end and m.end.year for m in target.measures] for target in found.targets}
    assert ends == {"40": [2027], "3": [2027], "60": [2035], "5": [2035]}


def test_a_bar_in_a_sentence_is_a_speck_and_several_are_the_ruin_of_a_table() -> None:
    found = plan("I. MỤC TIÊU", "- Sách cũ được giữ gìn và | sửa chữa hằng năm.", "- Sách báo | 40% | xã Đông")
    assert list(measured(found)) == ["Sách cũ được giữ gìn và | sửa chữa hằng năm."]


@pytest.mark.parametrize(
    ("line", "reached"),
    [
        ("Phiếu mượn sách được ghi tự động trong ngày đạt tối thiểu 96%.", True),
        ("Tỷ lệ bạn đọc mượn sách qua mạng so với bạn đọc có thẻ của cả huyện là: đối với học sinh đạt 75%.", True),
        ("Bổ sung sách cho thư viện trường đạt tối thiểu 96%.", False),
        ("Thay mới bìa sách bị rách đạt tối thiểu 96%.", False),
        ("Khi số sách cũ được thay đạt 40%, thư viện xã phải thay sách.", False),
    ],
)
def test_a_line_among_tasks_that_tells_what_share_is_reached_is_a_target_only(line: str, reached: bool) -> None:
    found = plan("I. NỘI DUNG", "1. Văn hóa đọc", "- Mua thêm sách mới.", f"- {line}")
    assert (line in {task.text for task in found.tasks}) is not reached
    assert (line in measured(found)) or not reached


@pytest.mark.parametrize("mark", ["- ", "1. ", "a) ", ""])
@pytest.mark.parametrize("heading", DESCRIPTIONS)
def test_descriptions_are_neither_tasks_nor_targets(heading: str, mark: str) -> None:
    found = plan(f"I. {heading.upper()}", mark + DESCRIPTIONS[heading])
    assert {task.text for task in found.tasks} == {TASK}
    assert not found.targets


@pytest.mark.parametrize("heading", ["Kết quả đạt được", "Tiến độ giải ngân", "Hiệu quả của đề án"])
def test_a_short_label_tells_what_the_lines_below_it_are(heading: str) -> None:
    found = plan("I. THÔNG TIN CHUNG", f"- {heading}:", f"+ {DESCRIPTIONS[heading]}")
    assert {task.text for task in found.tasks} == {TASK}


def test_what_an_article_enacts_is_no_task() -> None:
    lines = ("Điều 1. Thành lập Khu kinh tế cửa khẩu", "Diện tích tự nhiên 1.240 ha.", "Phía Bắc giáp xã Hạ.")
    assert {task.text for task in plan(*lines, kind="decision").tasks} <= {TASK}


def test_what_is_reached_in_a_year_to_come_is_a_target_wherever_it_stands() -> None:
    found = plan("I. PHƯƠNG ÁN PHÁT TRIỂN", "- Mở rộng thủy điện nhỏ. Năm 2030, tổng công suất đạt 2.450 MW.")
    assert list(measured(found).values()) == [["= 2450 MW 2030-01-01/2030-12-31"]]


def test_a_bullet_that_begins_with_a_figure_is_no_range() -> None:
    found = plan("I. MỤC TIÊU ĐẾN NĂM 2025", "- Giá trị sản xuất gấp 1,8 lần năm 2015", "- 100% xã có chợ")
    assert measured(found) == {
        "Giá trị sản xuất gấp 1,8 lần năm 2015": ["= 1.8 lần ../2025-12-31"],
        "100% xã có chợ": ["= 100 % ../2025-12-31"],
    }


def test_the_parts_of_a_planned_total_are_targets() -> None:
    found = plan(
        "I. ĐỊNH HƯỚNG QUY HOẠCH",
        "1. Tổng số trạm bơm nâng cấp và xây mới: 40 trạm",
        "Trong đó:",
        "- Loại 1: 12 trạm (2 trạm nổi, 10 trạm cố định).",
    )
    assert list(measured(found).values()) == [["= 40 trạm"], ["= 12 trạm", "= 2 trạm", "= 10 trạm"]]


def test_a_share_of_money_to_be_set_aside_at_least_is_a_target_though_funding_is_none() -> None:
    found = plan(
        "I. KINH PHÍ THỰC HIỆN", "1. Bố trí tối thiểu 3% chi ngân sách xã cho y tế.", "2. Kinh phí 40 triệu đồng."
    )
    assert measured(found) == {"Bố trí tối thiểu 3% chi ngân sách xã cho y tế.": [">= 3 %"]}


@pytest.mark.parametrize(("head", "found"), [("Chỉ tiêu đạt được", 2), ("Sản phẩm", 0), ("Kết quả", 0)])
def test_a_column_of_targets_promises_what_its_figures_say(head: str, found: int) -> None:
    table = (
        f"| TT | Nhiệm vụ | Chủ trì | {head} | Thời gian |",
        "|---|---|---|---|---|",
        "| 1 | Xây dựng tiêu chí bến sạch | Sở Xây dựng | Ít nhất 12 bến được công nhận. | Năm 2018 |",
        "| 2 | Di dời các lò gạch | Sở Xây dựng | 90% lò gạch hoàn thành di dời | Quý II/2018 |",
        "| 3 | Xây dựng quy chế quản lý bến | Sở Xây dựng | Quy chế được ban hành | Năm 2018 |",
    )
    read = measured(plan("I. MỤC TIÊU", "- 80% xã có chợ", "", *table))
    assert len(read) == found + 1
    if found:
        assert read["90% lò gạch hoàn thành di dời"] == ["= 90 % 2018-04-01/2018-06-30"]


def test_a_heading_among_tasks_that_promises_a_bounded_figure_is_a_target() -> None:
    found = plan("I. NỘI DUNG", "1. Thành lập mới trên 350 ha cụm công nghiệp", "- Rà soát quỹ đất.", "2. Đầu tư 3 bến")
    assert measured(found) == {"Thành lập mới trên 350 ha cụm công nghiệp": [">= 350 ha"]}


def test_a_line_that_counts_the_goals_below_it_is_none() -> None:
    found = plan("I. CHỈ TIÊU", "Các chỉ tiêu xã hội: 02 chỉ tiêu", "- 70% xã có chợ", "- Trồng 40 ha rừng")
    assert list(measured(found)) == ["70% xã có chợ", "Trồng 40 ha rừng"]


def test_what_a_thing_is_stands_among_goals_and_is_none() -> None:
    lines = ("- Nông nghiệp số là hoạt động trồng trọt dùng công nghệ số.", "- Tỉnh là trung tâm nông nghiệp số.")
    assert list(measured(plan("I. MỤC TIÊU", *lines))) == ["Tỉnh là trung tâm nông nghiệp số."]
