"""Small plans and the tasks that they hold: one case for each rule of who does what by when."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest

from pipeline.extract import extract_document
from schemas import Agency, PlanDocument, Target, Task
from tests.case_table import HERE

LETTERHEAD = """ỦY BAN NHÂN DÂN
TỈNH LÀO CAI
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 12/{suffix}
Lào Cai, ngày 05 tháng 02 năm 2018
"""
HEADERS = {
    "plan": LETTERHEAD.format(suffix="KH-UBND")
    + """KẾ HOẠCH
PHÒNG, CHỐNG HẠN CHO CÂY TRỒNG NĂM 2018
Căn cứ Luật Thủy lợi ngày 19/6/2017;
Ủy ban nhân dân tỉnh ban hành Kế hoạch phòng, chống hạn như sau:
""",
    "decision": LETTERHEAD.format(suffix="QĐ-UBND")
    + """QUYẾT ĐỊNH
Về việc ban hành Kế hoạch phòng, chống hạn năm 2018
CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH
Căn cứ Luật Thủy lợi ngày 19/6/2017;
Theo đề nghị của Giám đốc Sở Nông nghiệp và Phát triển nông thôn,
QUYẾT ĐỊNH:
""",
    "rules": LETTERHEAD.format(suffix="2018/QĐ-UBND")
    + """QUYẾT ĐỊNH
Quy định quản lý trạm bơm
Căn cứ Luật Thủy lợi ngày 19/6/2017;
QUYẾT ĐỊNH:
""",
    "directive": LETTERHEAD.format(suffix="CT-UBND") + "CHỈ THỊ\nVỀ VIỆC TĂNG CƯỜNG PHÒNG, CHỐNG HẠN\n"
    "Trước tình hình nắng nóng kéo dài, Chủ tịch Ủy ban nhân dân tỉnh yêu cầu các sở, ban, ngành, Ủy ban nhân dân các"
    " huyện, thành phố thực hiện các nhiệm vụ sau:\n",
}
CLOSING = """Nơi nhận:
- Như trên;
- Lưu: VT.
TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Nguyễn Văn An
"""
PROVINCE = " tỉnh Lào Cai"

Plan = dict[str, Any]


def plans() -> list[Plan]:
    """The cases of `tests/cases/tasks.toml`."""
    cases: list[Plan] = tomllib.loads((HERE / "tasks.toml").read_text(encoding="utf-8"))["case"]
    return cases


def marked(cases: list[Plan]) -> list[Any]:
    """The cases as parameters; a known failure must fail."""
    return [
        pytest.param(
            case,
            id=case["name"],
            marks=[pytest.mark.xfail(strict=True, reason=case["known_failure"])] if "known_failure" in case else [],
        )
        for case in cases
    ]


def read(case: Plan) -> PlanDocument:
    """The document of a case: header, body and closing, one paragraph a line, rows of a table together."""
    text = HEADERS[case.get("header", "plan")] + case["body"].strip() + "\n" + CLOSING
    text = text.replace("\n", "\n\n").replace("|\n\n|", "|\n|")
    return extract_document(text.encode(), path="small.txt")


def names(agencies: tuple[Agency, ...]) -> list[str]:
    """Their names, without the province except where the name cannot do without it (`Công an tỉnh Lào Cai`)."""
    return [
        agency.name.removesuffix(PROVINCE) if agency.name[:3] in {"Sở ", "Ủy ", "Chi"} else agency.name
        for agency in agencies
    ]


def told(task: Task, document: PlanDocument) -> Plan:
    """What a task says, in the words of the case file: nothing is said of what is empty."""
    deadlines = {deadline.id: str(deadline) for deadline in document.deadlines}
    said = {
        "text": task.text,
        "leads": names(task.leads),
        "partners": names(task.partners),
        "when": sorted(deadlines[each] for each in task.deadline_ids),
        "if": task.condition,
    }
    return {key: value for key, value in said.items() if value}


def shortened(said: Plan, expected: Plan) -> Plan:
    """*said* with its text cut where the expected text ends in an ellipsis."""
    wanted = expected["text"]
    if wanted.endswith("…") and said["text"].startswith(wanted[:-1]):
        return {**said, "text": wanted}
    return said


def measured(target: Target) -> str:
    measures = " & ".join(map(str, target.measures))
    return f"{target.text}: {measures}" if measures else target.text


@pytest.mark.parametrize("case", marked(plans()))
def test_tasks(case: Plan) -> None:
    document = read(case)
    found = [told(task, document) for task in document.tasks]
    expected = [{key: value for key, value in task.items() if value} for task in case["tasks"]]
    if len(found) == len(expected):
        found = [shortened(said, task) for said, task in zip(found, expected, strict=True)]
    assert found == expected


@pytest.mark.parametrize("case", marked([case for case in plans() if "targets" in case]))
def test_targets(case: Plan) -> None:
    assert [measured(target) for target in read(case).targets] == case["targets"]


def test_every_task_stands_in_its_section() -> None:
    document = read(
        {
            "body": "II. NHIỆM VỤ\n1. Sở Tài chính\n- Bố trí kinh phí mua máy bơm.\n2. Sở Xây dựng\n"
            "Cấp nước lưu động cho các xã khô hạn."
        }
    )
    paths = {section.id: "/".join(section.path) for section in document.sections}
    assert [paths[task.section_id] for task in document.tasks if task.section_id] == ["II/1", "II/2"]
