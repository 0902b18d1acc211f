"""Citations: the table of cases, the data behind them, and what must hold on any text."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.citations import find_citations, find_legal_bases, find_replaced
from extractors.citations.issuers import issuer_of_number
from extractors.citations.laws import Law, folded_name, laws
from extractors.document_types import DocumentType, data_rows, document_types
from schemas import Citation
from tests.case_table import Case, parametrize
from tests.growth import assert_linear

PIECES = (
    "Căn cứ ", "Quyết định số ", "12/QĐ-TTg", "41-CT/TW", "68/2017/QH14",
    " ngày 05/3/2020", " ngày 14 tháng 5 năm 2016",
    " của Chính phủ", "; ", ", ", " và ", "Luật ", "Đầu tư công", "sửa đổi, bổ sung một số điều của ",
    "\n", "số ", "/KH-UBND",
    "(Kèm theo ", ") ", "thay thế ", " này",
)  # fmt: skip


def normal_form(citation: Citation) -> str:
    times = f"x{len(citation.spans)}" if len(citation.spans) > 1 else ""
    parts = [citation.doc_type, citation.number or citation.title or "", str(citation.issued_on or ""), times]
    return " ".join(part for part in parts if part)


@parametrize("citations")
def test_cases(case: Case) -> None:
    assert tuple(normal_form(citation) for citation in find_citations(case.text)) == case.expected


@pytest.mark.parametrize("row", document_types(), ids=lambda row: row.code)
def test_every_type_is_found_by_its_example(row: DocumentType) -> None:
    assert [citation.doc_type for citation in find_citations(row.example)] == [row.code]


def test_types_have_distinct_codes_and_names() -> None:
    codes = [row.code for row in document_types()]
    names = [name.casefold() for row in document_types() for name in (row.name, *row.aliases)]
    assert len(codes) == len(set(codes))
    assert len(names) == len(set(names))


@pytest.mark.parametrize("law", laws(), ids=lambda law: f"{law.code} {law.name}")
def test_every_law_is_found_whole(law: Law) -> None:
    words = {"L": "Luật", "BL": "Bộ luật", "PL": "Pháp lệnh"}[law.code]
    assert [(c.doc_type, c.title) for c in find_citations(law.example)] == [(law.code, f"{words} {law.name}")]


def test_no_law_is_listed_twice() -> None:
    names = [(law.code, folded_name(law.name)) for law in laws()]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(("suffix", "body", "example"), data_rows("number_suffixes.tsv"))
def test_every_suffix_names_its_body(suffix: str, body: str, example: str) -> None:
    (citation,) = find_citations(example)
    assert suffix in example
    assert str(citation.issuer) == body


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Quyết định số 5/QĐ-UBND ngày 02/3/2021 của UBND tỉnh về giá đất", "Ủy ban nhân dân tỉnh Bình Định"),
        ("Quyết định số 5/QĐ-UBND ngày 02/3/2021 của Chủ tịch UBND tỉnh ban hành", "Ủy ban nhân dân tỉnh Bình Định"),
        ("Tờ trình số 4/TTr-UBND ngày 02/3/2021 của UBND tỉnh đề nghị phê duyệt", "Ủy ban nhân dân tỉnh Bình Định"),
        ("Kế hoạch số 9/KH-UBND ngày 02/3/2021 về cải cách", "Ủy ban nhân dân tỉnh Bình Định"),
        ("Kế hoạch số 7-KH/TU ngày 02/3/2021 của Ban Thường vụ Tỉnh ủy thực hiện", "Ban Thường vụ Tỉnh ủy Bình Định"),
        ("Nghị quyết số 5-NQ/TW của Ban Chấp hành Trung ương khóa XII", "Ban Chấp hành Trung ương Đảng"),
        ("Nghị quyết số 7/NQ-HĐND của HĐND tỉnh", "Hội đồng nhân dân tỉnh Bình Định"),
        ("Theo đề nghị của Giám đốc Sở Nội vụ tại Tờ trình số 4/TTr-SNV", "Sở Nội vụ tỉnh Bình Định"),
        ("Quyết định số 318/QĐ-LĐTBXH của Bộ trưởng Bộ Lao động - Thương binh và Xã hội ban hành",
         "Bộ Lao động - Thương binh và Xã hội"),
        ("Thông tư số 4/2020/TT-BTC ngày 02/3/2020", "Bộ Tài chính"),
        ("Luật Đầu tư số 61/2020/QH14", "Quốc hội"),
        ("Hướng dẫn số 3-HD/BCS", "None"),
        ("Theo đề nghị của Giám đốc Công an tỉnh tại Tờ trình số 4/TTr-CAT", "Công an tỉnh Bình Định"),
        ("của Giám đốc Ban Quản lý công trình tại Văn bản số 4/VB-BQL", "Ban Quản lý công trình"),
        ("đề nghị của Chánh Thanh tra tỉnh và Giám đốc Sở Y tế tại Tờ trình số 4/TTr-TT", "None"),
        ("Công văn số 8/STC-QLG ngày 02/3/2021 của Sở Tài chính để kịp thời xử lý", "Sở Tài chính tỉnh Bình Định"),
        ("Quyết định số 8/QĐ-SYT của Giám đốc Sở Y tế hết hiệu lực kể từ nay", "Sở Y tế tỉnh Bình Định"),
        ("Quyết định số 8/QĐ-SKHCN của Sở Khoa học và Công nghệ ban hành",
         "Sở Khoa học và Công nghệ tỉnh Bình Định"),
        ("Công văn số 8/UBND-KT ngày 02/3/2021", "Ủy ban nhân dân tỉnh Bình Định"),
        ("Quyết định số 8/QĐ-TCTT ngày 02/3/2021 của Tổng cục trưởng Tổng cục Thủy sản", "Tổng cục Thủy sản"),
        ("Công văn số 8/CTT-TH của Cục trưởng Cục Trồng trọt", "Cục Trồng trọt"),
        ("Tờ trình số 8/TTr-HĐND ngày 02/3/2021 của Thường trực Hội đồng nhân dân tỉnh",
         "Thường trực Hội đồng nhân dân tỉnh Bình Định"),
        ("Quyết định số 8/QĐ-BCĐ ngày 02/3/2021 của Trưởng Ban chỉ đạo 44 quốc gia", "Ban chỉ đạo 44 quốc gia"),
        ("Nghị quyết 8-NQ/TW ngày 02/3/2021, Hội nghị lần thứ 5 của Ban chấp hành Trung ương Đảng khóa XV về rừng",
         "Ban Chấp hành Trung ương Đảng"),
        ("Nghị quyết số 8-NQ/TW của Hội nghị Trung ương lần thứ tám khoá XV về rừng", "Ban Chấp hành Trung ương Đảng"),
        ("Kết luận số 9-KL/TW, ngày _ của Ban Bí thư", "Ban Bí thư"),
        ("tham mưu cho Ban Bí thư ban hành Chỉ thị số 9-CT/TW về bóng đá", "Ban Bí thư"),
        ("Năm 2031, UBND thành phố Huế đã ban hành Quyết định số 9/QĐ-UBND", "Ủy ban nhân dân thành phố Huế"),
        ("Quyết định số 9-QĐ/BCĐ của Ban Chỉ đạo về cải cách hành chính, tinh giản biên chế tỉnh ban hành Quy chế",
         "Ban Chỉ đạo về cải cách hành chính, tinh giản biên chế tỉnh Bình Định"),
        ("Kết luận số 9-KL/TW ngày … tháng … năm 2031 của Bộ Chính trị về giá", "Bộ Chính trị"),
    ],
)  # fmt: skip
def test_issuers(text: str, expected: str) -> None:
    (citation,) = find_citations(text, province="tỉnh Bình Định")
    assert str(citation.issuer) == expected


def test_a_body_named_behind_two_numbers_issued_both() -> None:
    text = "Công văn số 2/XYZ-QLG ngày 02/3/2021 và Công văn số 5/XYZ-QLG ngày 02/4/2021 của Cục Quản lý giá"
    assert [str(citation.issuer) for citation in find_citations(text)] == ["Cục Quản lý giá"] * 2


def test_a_body_keeps_its_capitals_when_the_title_of_a_dump_lost_them() -> None:
    text = "sửa đổi quyết định số 9/qđ-ubnd của ubnd tỉnh bình định; Quyết định số 9/QĐ-UBND của UBND tỉnh Bình Định"
    (citation,) = find_citations(text, province="tỉnh Bình Định")
    assert (citation.number, str(citation.issuer)) == ("9/QĐ-UBND", "Ủy ban nhân dân tỉnh Bình Định")


def test_a_bracket_around_a_document_is_no_part_of_it() -> None:
    surfaces = [
        found.surface for found in find_citations("nêu ở (Thông báo số 9/TB-SNV ngày 02/3/2031), chủ động rà soát")
    ]
    assert surfaces == ["Thông báo số 9/TB-SNV ngày 02/3/2031"]


def test_a_known_name_may_go_on_in_the_next_line() -> None:
    text = "theo Điều 4 của Luật\nChăn nuôi đối với trại vịt\nnêu ở Điều 5 của Luật\nTrại vịt ghi sổ\nLUẬT\nCHĂN NUÔI"
    assert [normal_form(citation) for citation in find_citations(text)] == ["L Luật Chăn nuôi"]


def test_own_number_is_no_citation() -> None:
    text = "Quyết định số 5/QĐ-UBND ngày 02/3/2021; Quyết định số 05/QĐ-UBND ngày 02/3/2019"
    found = find_citations(text, own_number="05/QĐ-UBND", issued=date(2021, 3, 2))
    assert [normal_form(citation) for citation in found] == ["QĐ 05/QĐ-UBND 2019-03-02"]
    assert find_citations("Kế hoạch số 7/KH-UBND", own_number="7/KH-UBND") == []


def test_a_later_mention_gives_what_the_first_lacks() -> None:
    text = "theo Kết luận số 9-KL/TW; Kết luận số 9-KL/TW ngày 02/3/2021 của Ban Bí thư"
    (citation,) = find_citations(text)
    assert (str(citation.issued_on), str(citation.issuer)) == ("2021-03-02", "Ban Bí thư")
    assert [text[span.start : span.end] for span in citation.spans] == [
        "Kết luận số 9-KL/TW",
        "Kết luận số 9-KL/TW ngày 02/3/2021",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Căn cứ Luật Đầu tư; Luật Đất đai;\nCăn cứ Nghị định số 3/2020/NĐ-CP hướng dẫn Luật Giá;",
         ["Luật Đầu tư", "Luật Đất đai", "3/2020/NĐ-CP"]),
        ("Căn cứ Kế hoạch số 5/KH-UBND thực hiện Chỉ thị số 6/CT-TTg;", ["5/KH-UBND"]),
        ("Thực hiện Kế hoạch số 5/KH-UBND và căn cứ tình hình", []),
        ("Xét đề nghị tại Tờ trình số 4/TTr-SNV", []),
        ("- Căn cứ các Nghị quyết số 1/NQ-CP, 2/NQ-CP của Chính phủ", ["1/NQ-CP", "2/NQ-CP"]),
        ("Căn cứ Luật Giá năm 2012, Luật Thú y năm 2015;", ["Luật Giá", "Luật Thú y"]),
        ("Căn cứ Quyết định số 1/QĐ-TTg của Thủ tướng Chính phủ và Kế hoạch số 2/KH-UBND của UBND tỉnh về lúa;",
         ["1/QĐ-TTg", "2/KH-UBND"]),
        ("Căn cứ Quyết định số 1/QĐ-TTg về Đề án “Trồng sen” và Kế hoạch số 2/KH-UBND;", ["1/QĐ-TTg", "2/KH-UBND"]),
        ("Căn cứ Thông tư số 1/2031/TT-BTC hướng dẫn Nghị định số 2/2031/NĐ-CP và Luật Giá;", ["1/2031/TT-BTC"]),
        ("Căn cứ Công điện số 1/CĐ-TTg về bão; Các Công điện: số 2/CĐ-UBND, số 3/CĐ-UBND về lũ;",
         ["1/CĐ-TTg", "2/CĐ-UBND", "3/CĐ-UBND"]),
        ("Giao Sở Y tế:\na) Căn cứ Luật Giá và các quy định, rà soát giá thuốc.\nb) Lập danh mục thuốc.", []),
        ("1. Căn cứ Luật Giá;\n2. Căn cứ Luật Thú y;", ["Luật Giá", "Luật Thú y"]),
        ("Để nghề quýt phát triển, đồng thời căn cứ Nghị định số 1/2031/NĐ-CP ngày 02/3/2031 của Chính phủ về"
         " giống cây, Chỉ thị số 2/CT-TTg hướng dẫn Luật Giá, Ủy ban nhân dân huyện chỉ thị:",
         ["1/2031/NĐ-CP", "2/CT-TTg"]),
        ("Vườn quýt đã già. Nhằm giữ giống quý, căn cứ vào: Luật Trồng trọt; Quyết định số 1/QĐ-TTg;\nHội Làm vườn ban"
         " hành Kế hoạch như sau:", ["Luật Trồng trọt", "1/QĐ-TTg"]),
        ("Để giữ giống quý, căn cứ Luật Trồng trọt, chủ vườn lập sổ và ghi các giống đã có:\n- Tên giống;", []),
        ("2. Để giữ giống quý, căn cứ Luật Trồng trọt, Hội Làm vườn huyện quyết định:", []),
    ],
)  # fmt: skip
def test_legal_bases(text: str, expected: list[str]) -> None:
    citations = find_citations(text)
    assert [citations[i].number or citations[i].title for i in find_legal_bases(text, citations)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Quyết định này thay thế Quyết định số 15/QĐ-UBND ngày 19/7/2010.", ["15/QĐ-UBND"]),
        ("Quyết định này thay thế các Quyết định số 1/QĐ-UBND, số 2/QĐ-UBND", ["1/QĐ-UBND", "2/QĐ-UBND"]),
        ("Bãi bỏ Quyết định số 3/2019/QĐ-UBND ngày 05/3/2019.", ["3/2019/QĐ-UBND"]),
        ("Nghị định số 4/2020/NĐ-CP thay thế Nghị định số 5/2015/NĐ-CP", []),
        ("Quyết định này sửa đổi Quyết định số 6/QĐ-UBND", []),
        ("Quyết định số 7/QĐ-UBND hết hiệu lực kể từ ngày Quyết định này có hiệu lực", ["7/QĐ-UBND"]),
    ],
)
def test_replaced(text: str, expected: list[str]) -> None:
    citations = find_citations(text)
    assert [citations[i].number for i in find_replaced(text, citations)] == expected


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join) | st.text(max_size=200))
def test_spans_lead_back(text: str) -> None:
    citations = find_citations(text, own_number="12/QĐ-TTg")
    for citation in citations:
        assert citation.spans[0] == citation.span
        assert list(citation.spans) == sorted(set(citation.spans))
        assert citation.surface == text[citation.span.start : citation.span.end] != ""
        assert citation.number or citation.title
    for index in (*find_legal_bases(text, citations), *find_replaced(text, citations)):
        assert 0 <= index < len(citations)


@pytest.mark.parametrize(
    "piece",
    ["Quyết định số 1/QĐ-", "1/A-", "12/2020/", "Luật sửa đổi, bổ sung một số điều của ", "Luật A b ", "số 5/QĐ-TTg, ",
     "Căn cứ ", "Nghị quyết số 1/NQ-CP của Ủy ban nhân dân ", "thay thế Quyết định số 5/QĐ-UB ",
     "thay thế Luật A b; Quyết định số 5/QĐ-UB về c "],
)  # fmt: skip
def test_time_grows_linearly(piece: str) -> None:
    def work(text: str) -> None:
        citations = find_citations(text)
        find_legal_bases(text, citations)
        find_replaced(text, citations)

    assert_linear(work, piece, times=2000)


def test_unknown_suffix_has_no_issuer() -> None:
    assert issuer_of_number("12/QĐ-XYZ") is None


def test_a_known_law_goes_on_in_the_next_line() -> None:
    found = find_citations("Căn cứ Luật Tổ chức Chính\nphủ ngày 19/6/2015;")
    assert [(each.title, str(each.issued_on)) for each in found] == [("Luật Tổ chức Chính phủ", "2015-06-19")]
