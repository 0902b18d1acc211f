"""An annex alone in its file gives the tasks that it gives behind its decision: who, with whom, until when."""

from __future__ import annotations

import pytest

from pipeline.extract import extract_document
from schemas import PlanDocument

DECISION = """ỦY BAN NHÂN DÂN
TỈNH LAI CHÂU
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 14/QĐ-UBND
Lai Châu, ngày 03 tháng 02 năm 2031
QUYẾT ĐỊNH
Ban hành Kế hoạch phát triển nghề nuôi ong
CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH LAI CHÂU
Căn cứ Luật Chăn nuôi ngày 19 tháng 11 năm 2018;
QUYẾT ĐỊNH:
Điều 1. Ban hành kèm theo Quyết định này các nhiệm vụ phát triển nghề nuôi ong.
Nơi nhận:
- Như Điều 1;
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH
Lò Văn Hương

"""
HEAD = """PHỤ LỤC
DANH MỤC NHIỆM VỤ
(Kèm theo Quyết định số 14/QĐ-UBND ngày 03 tháng 02 năm 2031 của Ủy ban nhân dân tỉnh Lai Châu)
"""
BODIES = {
    "pipes": """| TT | Nhiệm vụ | Cơ quan chủ trì | Cơ quan phối hợp | Thời gian |
| --- | --- | --- | --- | --- |
| I | Nhóm nhiệm vụ về giống |  |  |  |
| 1 | Khảo sát các đàn ong đã ban hành hồ sơ. | Sở Nông nghiệp và Môi trường | UBND cấp xã | Quý II/2031 |
| 2 | Đặt tên và mã số cho từng trại ong. | Sở Y tế | Hội Nông dân | Trước ngày 30/6/2031 |
""",
    "outline": """1. Công tác giống
a) Sở Nông nghiệp và Môi trường chủ trì, phối hợp với Hội Nông dân khảo sát các đàn ong trước ngày 30/6/2031.
b) Sở Y tế hướng dẫn an toàn thực phẩm cho mật ong theo Kế hoạch đã ban hành.
2. Công tác thị trường
a) Sở Công Thương giới thiệu mật ong tại hội chợ trong tháng 11/2031.
""",
}


def tasks_of(document: PlanDocument) -> list[object]:
    deadlines = {deadline.id: str(deadline) for deadline in document.deadlines}
    return [
        (
            task.text,
            [agency.name for agency in task.leads],
            [agency.name for agency in task.partners],
            [deadlines[one] for one in task.deadline_ids],
        )
        for task in document.tasks
    ]


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_the_annex_alone_gives_the_tasks_of_the_whole(body: str) -> None:
    whole = extract_document((DECISION + HEAD + body).encode(), path="a.txt")
    alone = extract_document((HEAD + body).encode(), path="a.txt")
    assert len(tasks_of(alone)) > 1
    assert tasks_of(alone) == tasks_of(whole)
    assert [one.id for one in alone.citations] == []
    assert (alone.metadata.number, str(alone.metadata.issued_on)) == ("14/QĐ-UBND", "2031-02-03")
    assert any(agency.name == "Sở Y tế tỉnh Lai Châu" for task in alone.tasks for agency in task.leads)
