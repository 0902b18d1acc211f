"""The facts of a document: a body has one id, whether it issues a document or is cited as the issuer of another."""

from __future__ import annotations

import pytest

from pipeline.extract import extract_document
from schemas import PlanDocument


def plan(letterhead: str, place: str, body: str) -> PlanDocument:
    text = (
        f"{letterhead}\nSố: 12/KH-UBND\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
        f"{place}, ngày 02 tháng 3 năm 2020\nKẾ HOẠCH\nPhát triển cây chè năm 2020\nI. MỤC TIÊU\n{body}\n"
    )
    return extract_document(text.encode(), path="a.txt")


@pytest.mark.parametrize(
    ("letterhead", "cited"),
    [
        ("ỦY BAN NHÂN DÂN TỈNH BÌNH ĐỊNH", "UBND tỉnh Bình Định"),
        ("ỦY BAN NHÂN DÂN THÀNH PHỐ HÀ NỘI", "UBND thành phố Hà Nội"),
        ("HỘI ĐỒNG NHÂN DÂN TỈNH LÀO CAI", "HĐND tỉnh Lào Cai"),
        ("BỘ NỘI VỤ", "Bộ Nội vụ"),
    ],
)
def test_a_cited_issuer_has_the_id_of_the_body_that_issues(letterhead: str, cited: str) -> None:
    issuing = plan(letterhead, "Quy Nhơn", "Trồng 10 ha chè.").metadata.issuer
    citing = plan("BỘ TÀI CHÍNH", "Hà Nội", f"Thực hiện Kế hoạch số 15/KH-ABC ngày 05/01/2020 của {cited} về cây chè.")
    named = citing.citations[0].issuer
    assert issuing
    assert named
    assert (named.id, named.level) == (issuing.id, issuing.level)


def test_a_cited_issuer_has_the_name_of_the_registry() -> None:
    body = "Thực hiện Kế hoạch số 15/KH-ABC ngày 05/01/2020 của Sở Kế Hoạch Đầu Tư tỉnh Lào Cai về cây chè."
    named = plan("BỘ TÀI CHÍNH", "Hà Nội", body).citations[0].issuer
    assert str(named) == "Sở Kế hoạch và Đầu tư tỉnh Lào Cai"


@pytest.mark.parametrize(
    ("body", "level"),
    [("Giao các sở, UBND các quận trồng 10 ha chè.", "province"), ("Giao các phường trồng 10 ha chè.", "district")],
)
def test_the_issuer_is_one_body_though_its_place_is_not_named(body: str, level: str) -> None:
    issuer = plan("ỦY BAN NHÂN DÂN THÀNH PHỐ", "...", body).metadata.issuer
    assert issuer
    assert (issuer.name, issuer.level, issuer.collective) == ("Ủy ban nhân dân thành phố", level, False)


@pytest.mark.parametrize(
    ("letterhead", "number"),
    [
        ("BAN CHỈ ĐẠO QUỐC GIA VỀ CÂY CHÈ", "vn.ban-chi-dao-quoc-gia-ve-cay-che"),
        ("BAN CHỈ ĐẠO CÂY CHÈ THÀNH PHỐ HÀ NỘI", "vn.ha-noi.ban-chi-dao-cay-che"),
    ],
)
def test_a_national_body_is_not_of_the_capital_where_it_signs(letterhead: str, number: str) -> None:
    issuer = plan(letterhead, "Hà Nội", "Trồng 10 ha chè.").metadata.issuer
    assert issuer
    assert issuer.id == number


def surfaces(document: PlanDocument) -> list[str]:
    return [deadline.surface for deadline in document.deadlines]


def test_only_requirements_that_order_something_set_a_time() -> None:
    body = (
        "I. YÊU CẦU\n\n- Thường xuyên kiểm tra, tháo gỡ khó khăn cho các trạm bơm.\n\n"
        "- Việc đo mực nước cần được duy trì thường xuyên trong mùa khô.\n\n"
        "- Bảo đảm sự phối hợp thường xuyên, chặt chẽ giữa các trạm bơm.\n"
    )
    document = plan("ỦY BAN NHÂN DÂN\nTỈNH LÀO CAI", "Lào Cai", body)
    assert surfaces(document) == ["Thường xuyên", "thường xuyên"]


def test_an_undated_document_is_not_older_than_its_legal_bases() -> None:
    text = (
        "ỦY BAN NHÂN DÂN\nTỈNH LÀO CAI\n\nKẾ HOẠCH\nChăm sóc thanh niên xung phong\n\n"
        "Căn cứ Luật Thủy lợi ngày 19/6/2017;\n\nI. NHIỆM VỤ\n\n"
        "- Thăm hỏi người đã đào kênh trong giai đoạn 1966 - 1969.\n\n- Trồng rừng trong giai đoạn 2018 - 2020.\n"
    )
    document = extract_document(text.encode(), path="small.txt")
    assert document.metadata.issued_on is None
    assert surfaces(document) == ["trong giai đoạn 2018 - 2020"]
