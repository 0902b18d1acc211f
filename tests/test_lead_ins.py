"""Who is told to act above the tasks themselves: every wording of an address in every layout that dumps leave."""

from __future__ import annotations

import pytest

from pipeline.extract import extract_document
from schemas import PlanDocument
from tests.test_assemble_tasks import CLOSING, HEADERS

TASKS = {
    "Sở Y tế": ("Rà soát thuốc, vật tư hiện có.", "Tập huấn cho nhân viên y tế cơ sở."),
    "Công an tỉnh": ("Tuần tra tại các khu vực trọng điểm.", "Xử lý nghiêm các trường hợp vi phạm."),
    "Các đơn vị thuộc Sở": ("Hướng dẫn người dân phòng bệnh.", "Báo cáo kết quả định kỳ hằng tháng."),
}
ADDRESSES = (
    "{}",
    "{}:",
    "{} có trách nhiệm",
    "{} có trách nhiệm:",
    "Trách nhiệm của {}",
    "Đề nghị {}:",
    "Giao {} chủ trì, phối hợp với các đơn vị liên quan:",
    "{} chủ trì, phối hợp với các cơ quan liên quan",
    "{} khẩn trương:",
    "Về phía {}",
    "Nhiệm vụ chủ yếu của {}",
    "Các nhiệm vụ giao {} chủ trì",
)
# The mark of the address and that of its tasks, `#` for a number and `@` for a letter.
LAYOUTS = ("#. /- ", "#. /", "#. /@) ", "- /+ ", "- /- ", "- /", "/- ", "/", "/@) ", "- /@) ", "Điều #. /#. ")


def marked(mark: str, number: int) -> str:
    return mark.replace("#", str(number)).replace("@", "abc"[number - 1])


def plan(address: str, layout: str) -> PlanDocument:
    above, below = layout.split("/")
    lines = ["III. TỔ CHỨC THỰC HIỆN" if "Điều" not in layout else "Chương III. TỔ CHỨC THỰC HIỆN"]
    for number, (actor, tasks) in enumerate(TASKS.items(), start=1):
        lines.append(marked(above, number) + address.format(actor))
        lines += [marked(below, place) + task for place, task in enumerate(tasks, start=1)]
    text = HEADERS["plan"] + "\n" + "\n\n".join(lines) + "\n\n" + CLOSING
    return extract_document(text.encode(), path="plan.txt")


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("address", ADDRESSES)
def test_tasks_below_an_address_are_led_by_whom_it_names(address: str, layout: str) -> None:
    found = {task.text: [lead.surface for lead in task.leads] for task in plan(address, layout).tasks}
    assert found == {task: [actor] for actor, tasks in TASKS.items() for task in tasks}


@pytest.mark.parametrize("label", ["3. ", "7) ", "2.4. "])
def test_a_label_that_does_not_fit_its_neighbours_hides_nobody(label: str) -> None:
    lines = ["III. TỔ CHỨC THỰC HIỆN", f"{label}Trách nhiệm của Sở Y tế", "- Rà soát thuốc, vật tư hiện có."]
    text = HEADERS["plan"] + "\n" + "\n\n".join(lines) + "\n\n" + CLOSING
    tasks = extract_document(text.encode(), path="plan.txt").tasks
    assert [[lead.surface for lead in task.leads] for task in tasks] == [["Sở Y tế"]]


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_an_item_of_names_alone_leads_in_what_follows_though_a_full_stop_ends_it(gap: str) -> None:
    lines = [
        "III. TỔ CHỨC THỰC HIỆN",
        "1. Sở Y tế chủ trì kiểm tra định kỳ các bếp ăn tập thể trên toàn địa bàn, công khai kết quả từng đợt.",
        "2. Các hội, đoàn thể, hợp tác xã và cộng đồng.",
        "Khuyến khích hội viên trồng rau sạch, chia sẻ kinh nghiệm ủ phân hữu cơ với bà con và bán hàng qua mạng.",
        "3. Công an tỉnh.",
        "a) Phối hợp với Sở Xây dựng kiểm tra phòng cháy ở các chợ đêm, khu lưu trú trong mùa hanh khô hằng năm.",
        "b) Rà soát các điểm hay ùn tắc để điều chỉnh đèn tín hiệu, bố trí lực lượng hướng dẫn giờ cao điểm.",
    ]
    document = extract_document((HEADERS["plan"] + "\n" + gap.join(lines) + "\n\n" + CLOSING).encode(), path="plan.txt")
    leads = [[lead.surface for lead in task.leads] for task in document.tasks]
    assert leads == [["Sở Y tế"], ["Các hội, đoàn thể, hợp tác xã và cộng đồng"], ["Công an tỉnh"], ["Công an tỉnh"]]


def test_what_a_lead_in_says_of_how_often_yields_to_the_days_below_it_and_to_what_is_out_of_turn() -> None:
    lines = [
        "III. TỔ CHỨC THỰC HIỆN",
        "1. Các trạm bơm định kỳ báo cáo kết quả nạo vét kênh gửi Sở Y tế như sau:",
        "- Báo cáo 6 tháng: gửi Sở Y tế trước ngày 04/6 hằng năm.",
        "- Báo cáo lượng nước đã bơm và số giờ chạy máy của từng trạm.",
        "- Báo cáo đột xuất: gửi Sở Y tế theo yêu cầu.",
    ]
    text = HEADERS["plan"] + "\n" + "\n\n".join(lines) + "\n\n" + CLOSING
    document = extract_document(text.encode(), path="plan.txt")
    said = {deadline.id: str(deadline) for deadline in document.deadlines}
    times = {task.text.split()[2].strip(":"): [said[one] for one in task.deadline_ids] for task in document.tasks}
    assert times == {"6": ["recurring FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=4"], "lượng": ["recurring"], "đột": []}
