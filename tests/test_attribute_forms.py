"""Who leads, with whom and until when, in forms beside the activities: every layout in which dumps leave them."""

from __future__ import annotations

import pytest

from pipeline.assemble.attributes import find_fields
from pipeline.attribute_labels import field_kind, label_at_start
from pipeline.extract import extract_document
from tests.test_assemble_tasks import CLOSING, HEADERS

# The activity; who leads, who helps, when; what is found of these.
ACTIVITIES = {
    "Nạo vét kênh mương nội đồng": (
        "Sở Xây dựng",
        "Sở Tài chính, Sở Y tế",
        "Quý II/2018",
        "during 2018-04-01/2018-06-30",
    ),
    "Hội nghị tập huấn tưới tiết kiệm": ("Công an tỉnh", "Các đơn vị liên quan", "Thường xuyên", "ongoing"),
    "Lắp đặt trạm bơm dã chiến": ("Tổ Thủy nông", "Sở Công Thương", "Trước ngày 30/6/2018", "by ../2018-06-29"),
}
LABELS = (
    ("Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian thực hiện"),
    ("Đơn vị đầu mối thực hiện", "Thành phần phối hợp", "Lộ trình"),
    ("Phòng, đơn vị phụ trách", "Các đơn vị phối hợp", "Mốc hoàn thành"),
    ("Trách nhiệm chỉ đạo, thực hiện", "Đơn vị tham gia", "Thời hạn"),
)
HEADS = ("{}. ", "({}) ", "Nhiệm vụ {}: ", "- ", "")
FORMS = {
    "bullets": "- {lead}: {who}\n- Sản phẩm: Báo cáo\n- {partner}: {whom}\n- {time}: {when}",
    "deeper bullets": "+ {lead}: {who}.\n+ Mức chi: Theo quy định.\n+ {partner}: {whom}.\n+ {time}: {when}.",
    "no marks": "{lead}: {who}\n{partner}: {whom}\n{time}: {when}\nĐịa điểm: Các xã",
    "letters": "a) {lead}: {who}.\nb) {partner}: {whom}.\nc) {time}: {when}.\nd) Đối tượng: Hộ dân.",
    "one line": "{lead}: {who}; {partner}: {whom}; {time}: {when}.",
    "below labels": "{lead}:\n{who}.\n{partner}:\n{whom}.\n{time}:\n{when}.",
    "another order": "- {time}: {when}\n- {partner}: {whom}\n- {lead}: {who}\n- Kinh phí: Ngân sách tỉnh",
    "a head of its own": "Phân công thực hiện:\n- {lead}: {who}\n- {partner}: {whom}\n- {time}: {when}",
    "a sentence": "- Giao {who} chủ trì, phối hợp với {whom}.\n- {time}: {when}.",
}


def plan(head: str, form: str, labels: tuple[str, str, str]) -> str:
    lead, partner, time = labels
    lines = ["II. NHIỆM VỤ"]
    for number, (activity, (who, whom, when, _)) in enumerate(ACTIVITIES.items(), start=1):
        filled = form.format(lead=lead, partner=partner, time=time, who=who, whom=whom, when=when)
        lines += [head.format(number) + activity + ".", *filled.split("\n")]
    return HEADERS["plan"] + "\n" + "\n\n".join(lines) + "\n\n" + CLOSING


@pytest.mark.parametrize("labels", LABELS, ids=lambda labels: labels[0])
@pytest.mark.parametrize("head", HEADS, ids=lambda head: head.strip() or "plain")
@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS.keys())
def test_a_form_gives_its_activity_who_and_when(head: str, form: str, labels: tuple[str, str, str]) -> None:
    document = extract_document(plan(head, form, labels).encode(), path="plan.txt")
    deadlines = {deadline.id: str(deadline) for deadline in document.deadlines}
    found = {
        task.text.rpartition(": ")[2].rstrip("."): (
            [lead.surface for lead in task.leads],
            ", ".join(partner.surface for partner in task.partners).lower(),
            [deadlines[one] for one in task.deadline_ids],
        )
        for task in document.tasks
    }
    assert found == {activity: ([who], whom.lower(), [when]) for activity, (who, whom, _, when) in ACTIVITIES.items()}


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Rà soát hồ sơ (chủ trì: Sở Y tế; phối hợp: Sở Tài chính)", ["lead", "partner"]),
        ("Chủ trì: Sở Y tế - Thời gian: Quý II", ["lead", "time"]),
        ("Cơ quan chủ trì là Sở Y tế", ["lead"]),
        ("Rà soát các nội dung: vốn, đất đai và lao động", []),
        ("Sở Y tế: lập kế hoạch", []),
        ("Phát quà (chủ trì: Sở Y tế; cùng thực hiện: Hội Nông dân)", ["lead", "partner"]),
        ("Phát quà (chủ trì: Sở Y tế; đơn vị tài trợ: Viettel)", ["lead", "other"]),
        ("Phát quà (chủ trì: các Sở: Y tế, Nội vụ; phối hợp: UBND các xã: A, B)", ["lead", "partner"]),
    ],
)
def test_fields(text: str, kinds: list[str]) -> None:
    assert [field.kind for field in find_fields(text)] == kinds


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("Phòng, ban phụ trách", "lead"),
        ("Trách nhiệm chỉ đạo", "lead"),
        ("Chịu trách nhiệm tổ chức thực hiện", "lead"),
        ("Phân công phụ trách", "lead"),
        ("Đồng chủ trì", "lead"),
        ("Đơn vị cùng thực hiện", "partner"),
        ("Cơ quan chỉ đạo", "other"),
        ("Đơn vị hỗ trợ, phối hợp", "partner"),
        ("Khung thời gian", "time"),
        ("Cấp phê duyệt", "other"),
        ("Mục đích, yêu cầu", "content"),
        ("Phối hợp với Sở Y tế", None),
        ("Chủ trì, phối hợp với các sở, ngành", None),
        ("Thời gian qua", None),
        ("Xây dựng kế hoạch", None),
    ],
)
def test_kind_of_a_label_before_a_colon(label: str, kind: str | None) -> None:
    assert field_kind(label) == kind
    assert (label_at_start(f"{label}: x") == label) is (kind is not None)


def test_numbers_go_on_below_the_next_heading() -> None:
    form = "- Cơ quan chủ trì: Sở Y tế\n"
    body = "".join(
        f"{letter}. {title}\n" + "".join(f"{number}. Rà soát việc thứ {word}\n{form}" for number, word in items)
        for letter, title, items in (
            ("A", "VẬN HÀNH", ((1, "nhất"), (2, "hai"), (3, "ba"))),
            ("B", "ĐẦU TƯ", ((4, "tư"), (5, "năm"))),
        )
    )
    text = HEADERS["plan"] + "II. NHIỆM VỤ\n" + body + CLOSING
    document = extract_document(text.encode(), path="plan.txt")
    words = ("nhất", "hai", "ba", "tư", "năm")
    assert [task.text for task in document.tasks] == [f"Rà soát việc thứ {word}" for word in words]


RUN = (
    "II. NHIỆM VỤ\n1. Giữ gìn nguồn nước\n- Nạo vét kênh mương.\n- Trồng tre chắn sóng.\n\n{}\n"
    "2. Giữ gìn rừng\n- Nạo vét hồ chứa.\n"
)


@pytest.mark.parametrize(
    "label",
    ["Trách nhiệm chỉ đạo thực hiện", "Chỉ đạo, tổ chức thực hiện", "Giao nhiệm vụ", "Phân công", "Trách nhiệm"],
)
def test_a_line_of_duty_and_names_gives_the_leads_of_the_run_above_it(label: str) -> None:
    text = HEADERS["plan"] + RUN.format(f"{label}: Sở Xây dựng; các cấp ủy, tổ chức đảng.") + CLOSING
    tasks = extract_document(text.encode(), path="plan.txt").tasks
    leads = ["Sở Xây dựng", "các cấp ủy, tổ chức đảng"]
    assert [[lead.surface for lead in task.leads] for task in tasks] == [leads, leads, []]


def test_a_line_of_duty_that_gives_an_order_is_a_task() -> None:
    text = HEADERS["plan"] + RUN.format("Chỉ đạo thực hiện: rà soát các điểm sạt lở và cắm biển báo.") + CLOSING
    assert len(extract_document(text.encode(), path="plan.txt").tasks) == 4


@pytest.mark.parametrize("label", ["Tham gia", "Cùng thực hiện", "Các đơn vị liên quan", "Với sự tham gia của"])
@pytest.mark.parametrize(
    "form", ["- Trồng tre.\n- Chủ trì: Sở Y tế.\n- {}: {}\n", "- Trồng tre (chủ trì: Sở Y tế; {}: {})\n"]
)
def test_who_takes_part_helps(label: str, form: str) -> None:
    line = form.format(label if "\n- " in form[:-1] else label.lower(), "Sở Nội vụ, Sở Công Thương")
    (task,) = extract_document((HEADERS["plan"] + "II. NHIỆM VỤ\n" + line + CLOSING).encode(), path="plan.txt").tasks
    assert [lead.surface for lead in task.leads] == ["Sở Y tế"]
    assert [partner.surface for partner in task.partners][1:] == ["Sở Công Thương"]


def test_labels_that_both_ask_for_leads_add_up() -> None:
    lines = "- Trồng tre.\n- Chủ trì: Sở Y tế.\n- Đồng chủ trì: Sở Nội vụ.\n- Thời gian: Quý II/2018.\n"
    (task,) = extract_document((HEADERS["plan"] + "II. NHIỆM VỤ\n" + lines + CLOSING).encode(), path="plan.txt").tasks
    assert [lead.surface for lead in task.leads] == ["Sở Y tế", "Sở Nội vụ"]
