"""Links between documents: what implements what, which document a citation names."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pipeline.dataset.agencies import agency_now
from pipeline.dataset.connect import connect
from pipeline.dataset.links import Catalogue, Numbered, implemented
from pipeline.dataset.store import build_dataset
from pipeline.extract import extract_document
from schemas import Citation, Metadata, Span
from tests.dataset_texts import GOVERNMENT, a_plan, put

RESOLUTION = Numbered("NQ", "36a/NQ-CP", date(2015, 10, 14), "vn.chinh-phu")
PLAN = Numbered("KH", "310/KH-UBND", date(2025, 11, 24), "vn.ha-noi.uy-ban-nhan-dan")
LAW = Numbered("NĐ", "29/2008/NĐ-CP", None, "vn.chinh-phu")
AS_DECISION = Numbered("KH", "1242/QĐ-UBND", date(2016, 3, 22), "vn.quang-ngai.uy-ban-nhan-dan")


@pytest.mark.parametrize(
    ("cited", "found"),
    [
        (Numbered("NQ", "36a/NQ-CP", date(2015, 10, 14), "vn.chinh-phu"), "resolution"),
        (Numbered("NQ", "36A / NQ–CP", None, "vn.chinh-phu"), "resolution"),
        (Numbered("NQ", "36a/NQ-CP", date(2014, 1, 1), "vn.chinh-phu"), None),
        (Numbered("QĐ", "36a/NQ-CP", None, "vn.chinh-phu"), None),
        (Numbered("KH", "0310/KH-UBND", None, "vn.ha-noi.uy-ban-nhan-dan"), "plan"),
        (Numbered("KH", "310/KH-UBND", None, "vn.dong-thap.uy-ban-nhan-dan"), None),
        (Numbered("KH", "310/KH-UBND", date(2024, 8, 21), "vn.ha-noi.uy-ban-nhan-dan"), None),
        (Numbered("NĐ", "29/2008/NĐ-CP", date(2008, 3, 14), None), "law"),
        (Numbered("QĐ", "1242/QĐ-UBND", date(2016, 3, 22), "vn.quang-ngai.uy-ban-nhan-dan"), "as-decision"),
        (Numbered("L", None, None, None), None),
    ],
)
def test_a_citation_names_the_one_document_that_it_can_be(cited: Numbered, found: str | None) -> None:
    known = [("resolution", RESOLUTION), ("plan", PLAN), ("law", LAW), ("as-decision", AS_DECISION)]
    assert Catalogue(known).find(cited) == found


def test_of_several_years_the_date_decides_and_without_it_none_is_taken() -> None:
    catalogue = Catalogue([("2015", RESOLUTION), ("2016", RESOLUTION._replace(issued_on=date(2016, 2, 1)))])
    assert catalogue.find(RESOLUTION) == "2015"
    assert catalogue.find(RESOLUTION._replace(issued_on=None)) is None


def test_an_issuer_that_was_merged_is_still_the_same() -> None:
    known = Numbered("KH", "5/KH-UBND", date(2025, 7, 2), "vn.da-nang.uy-ban-nhan-dan")
    assert Catalogue([("new", known)]).find(known._replace(issuer_id="vn.quang-nam.uy-ban-nhan-dan")) == "new"


@pytest.mark.parametrize(
    ("then", "now"),
    [
        ("vn.quang-nam.so-y-te", "vn.da-nang.so-y-te"),
        ("vn.quang-nam.so-ke-hoach-va-dau-tu", "vn.da-nang.so-tai-chinh"),
        ("vn.ha-tay.so-thuy-san", "vn.ha-noi.so-nong-nghiep-va-moi-truong"),
        ("vn.so-thuy-san", "vn.so-nong-nghiep-va-moi-truong"),
        ("vn.bo-thuy-san", "vn.bo-nong-nghiep-va-moi-truong"),
        ("vn.quang-nam.tinh-uy-quang-nam", "vn.da-nang.tinh-uy-da-nang"),
        ("vn.quang-nam.cac-so-ban-nganh", "vn.da-nang.cac-so-ban-nganh"),
        ("vn.cac-don-vi", "vn.cac-don-vi"),
    ],
)
def test_agencies_lead_to_their_last_successors(then: str, now: str) -> None:
    assert agency_now(then) == now
    assert agency_now(now) == now


HEAD = "ỦY BAN NHÂN DÂN\nTỈNH LONG AN\n-------\nSố: 15/KH-UBND\nLong An, ngày 05 tháng 3 năm 2019\n\nKẾ HOẠCH\n"


@pytest.mark.parametrize(
    ("body", "numbers"),
    [
        (
            "Phát triển vườn cây\n\nThực hiện Nghị quyết số 41/NQ-CP ngày 02/4/2018 của Chính phủ và Kế hoạch số"
            " 9/KH-BCT ngày 03/5/2018 của Bộ Công Thương, Ủy ban nhân dân tỉnh ban hành Kế hoạch như sau:",
            {"41/NQ-CP", "9/KH-BCT"},
        ),
        ("Triển khai thực hiện Quyết định số 77/QĐ-TTg ngày 05/01/2019 của Thủ tướng Chính phủ", {"77/QĐ-TTg"}),
        ("Phát triển vườn cây\n\nCăn cứ Quyết định số 77/QĐ-TTg ngày 05/01/2019 của Thủ tướng Chính phủ;", set()),
        ("Tổng kết 5 năm thực hiện Quyết định số 77/QĐ-TTg ngày 05/01/2014 của Thủ tướng Chính phủ", set()),
        ("Thực hiện hỗ trợ vườn cây theo Quyết định số 77/QĐ-TTg ngày 05/01/2019 của Thủ tướng Chính phủ", set()),
    ],
)
def test_what_a_document_says_to_implement(body: str, numbers: set[str]) -> None:
    text = f"{HEAD}{body}\n\nI. NHIỆM VỤ\n1. Thực hiện Quyết định số 5/QĐ-UBND ngày 01/02/2019 tại các xã.\n"
    document = extract_document(text.encode(), path="vuon-cay.txt")
    found = implemented(document)
    assert {citation.number for citation in document.citations if citation.id in found} == numbers


def test_genealogy_follows_documents_that_are_there_and_stops_at_a_circle(tmp_path: Path) -> None:
    resolution = a_plan("nq", metadata=a_metadata("NQ", "36a/NQ-CP", "Chính phủ điện tử"), citations=())
    plan = a_plan("kh", metadata=a_metadata("KH", "12/KH-UBND", "Thực hiện Nghị quyết số 36a/NQ-CP"))
    below = Citation(
        id="citation-1", span=Span(0, 3), doc_type="KH", number="12/KH-UBND", surface="…", issuer=GOVERNMENT
    )
    under = a_plan(
        "kh-xa", metadata=a_metadata("KH", "7/KH-UBND", "Thực hiện Kế hoạch số 12/KH-UBND"), citations=(below,)
    )
    for document in (resolution, plan, under):
        put(tmp_path, document)
    build_dataset(tmp_path)
    found = connect(tmp_path).execute(
        "SELECT depth, number, implemented_document_id FROM genealogy WHERE document_id = ? ORDER BY depth", [under.id]
    )
    assert found.fetchall() == [(1, "12/KH-UBND", plan.id), (2, "36a/NQ-CP", resolution.id)]


def test_circles_of_documents_end(tmp_path: Path) -> None:
    for one, other in (("A", "B"), ("B", "A")):
        citation = Citation(id="citation-1", span=Span(0, 3), doc_type="KH", number=f"1/KH-{other}", surface="…")
        metadata = a_metadata("KH", f"1/KH-{one}", f"Thực hiện Kế hoạch số 1/KH-{other}")
        put(tmp_path, a_plan(one, metadata=metadata, citations=(citation,)))
    build_dataset(tmp_path)
    assert connect(tmp_path).execute("SELECT max(depth), count(*) FROM genealogy").fetchone() == (2, 4)


def test_replacements_name_what_a_document_replaces(tmp_path: Path) -> None:
    put(tmp_path, a_plan())
    build_dataset(tmp_path)
    found = connect(tmp_path).execute("SELECT number, replaced_document_id FROM replacements").fetchall()
    assert found == [("3/KH-UBND", None)]


def a_metadata(doc_type: str, number: str, title: str) -> Metadata:
    return Metadata(doc_type=doc_type, number=number, title=title, issuer=GOVERNMENT, issued_on=date(2015, 10, 14))
