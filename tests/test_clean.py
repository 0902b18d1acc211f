"""Cleaning: each step on its own, the sites whose chrome goes, and what must hold on any text."""

from __future__ import annotations

import unicodedata
from collections import Counter
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.clean import STEPS, clean
from pipeline.clean.frame import FrameLine, is_frame_line, read_frame_lines
from pipeline.clean.labels import move_labels
from pipeline.clean.lines import join_lines
from pipeline.clean.profiles import load_profiles, matching_profiles
from pipeline.clean.splits import split_lines
from pipeline.clean.tones import place_tones
from pipeline.mapped_text import MappedText
from pipeline.read import read_text
from tests.case_table import Case, parametrize
from tests.growth import assert_linear

PIECES = st.one_of(
    st.sampled_from(
        ["Điều 1.", "a)", "- ", "1.1.", "KẾ HOẠCH", "TM. ỦY BAN NHÂN DÂN", "Nơi nhận:", "II. MỤC TIÊU", "2"]
    ),
    st.sampled_from(
        ["|", "**", "*", "# ", "-----", "| a | b |", "|---|---|", ";", ".", ",", ":", "(Kèm theo", "Di****ện"]
    ),
    st.sampled_from(["hoà", "Uỷ ban", "của", "Sở Y tế", "quý III", "Số: 1/QĐ-UBND", "Căn cứ Luật", "Ðiều"]),
    st.sampled_from(["\n", "\n\n", " ", "   ", "\t", "\f", "\u00a0", "\u200b"]),
)
TEXTS = st.lists(PIECES, max_size=40).map("".join)


def _apply(step: object, case: Case) -> None:
    text = case.text.replace("⏎", "\n")
    expected = case.expected[0].replace("⏎", "\n") if case.expected else text
    assert step(MappedText.of(text)).text == expected  # type: ignore[operator]


@parametrize("tones")
def test_tones(case: Case) -> None:
    _apply(place_tones, case)


@parametrize("join_lines")
def test_join_lines(case: Case) -> None:
    text = case.text.replace("⏎", "\n")
    expected = case.text if not case.expected else " | ".join(case.expected)
    assert join_lines(MappedText.of(text)).text == expected.replace("⏎", "\n")


@parametrize("split_lines")
def test_split_lines(case: Case) -> None:
    _apply(split_lines, case)


@parametrize("labels")
def test_labels(case: Case) -> None:
    _apply(move_labels, case)


def _cleaned(text: str, *, without: frozenset[str] = frozenset({"repairs"})) -> str:
    return clean(read_text(text.encode()), without=without).text.text


def test_paragraphs_between_blank_lines_are_joined() -> None:
    paragraph = (
        "Thực hiện Kế hoạch của Ủy ban nhân dân tỉnh về phát triển\nCông nghiệp hỗ trợ. Giao các\nSở, ngành rà soát."
    )
    items = "\n\n".join(f"{number}. {paragraph}" for number in range(1, 7))
    assert all(line.startswith(tuple("123456")) for line in _cleaned(items).split("\n\n"))
    assert _cleaned(items).count("\n") == 10


def test_sentences_that_go_on_an_item_join_it() -> None:
    dump = "\n".join(
        f"{number}. Rà soát các quy định đã ban hành trên địa bàn.\nBáo cáo kết quả trước ngày 30 tháng 6 hằng năm."
        for number in range(1, 7)
    )
    wide = "Căn cứ " + "chức năng, nhiệm vụ được giao, " * 8 + "các cơ quan thực hiện.\n"
    lines = _cleaned(wide + dump).split("\n")
    assert len(lines) == 7
    assert lines[1].endswith("hằng năm.")


def test_what_begins_anew_or_speaks_of_the_whole_document_joins_no_item() -> None:
    cut = "Căn cứ " + "kết quả trồng quýt năm qua của các hộ, " * 6 + "nay lập sổ. \n"
    cut += "".join(
        f"{number}. Lập sổ vườn quýt cho từng hộ nhận khoán ở các thôn ven sông. \nBáo cáo với hợp tác xã hằng quý. \n"
        for number in range(1, 6)
    )
    closing = (
        "Hội Làm vườn huyện yêu cầu các hộ trồng quýt thực hiện nghiêm Chỉ thị này. \n",
        "Thủ trưởng các trạm khuyến nông chịu trách nhiệm thi hành Quyết định này. \n",
        "Nghị quyết được Hội đồng nhân dân huyện khóa IX, kỳ họp thứ 4 thông qua. \n",
        "Cách ươm giống quýt ở các trạm: \n",
        "6.Hợp tác xã ươm giống quýt. \n",
        "6- Hợp tác xã ươm giống quýt. \n",
    )
    for line in closing:
        last = _cleaned(cut + line).rstrip("\n").rpartition("\n")[2]
        assert last == line.strip()
    assert _cleaned(cut + "Hợp tác xã thực hiện việc này hằng năm. \n").count("\n") == _cleaned(cut).count("\n")


def test_the_title_that_a_site_sets_before_each_part_goes() -> None:
    title = "Quyết định 12/QĐ-UBND năm 2031"
    text = f"{title}. ỦY BAN NHÂN DÂN\nCăn cứ Luật;\n{title}. Điều 1.\nTrồng quýt.\n{title}. Điều 2.\nTrồng cam."
    cleaned = clean(read_text(text.encode()), without=frozenset({"repairs"}))
    assert cleaned.text.text.split("\n") == [
        "ỦY BAN NHÂN DÂN",
        "Căn cứ Luật;",
        "Điều 1. Trồng quýt.",
        "Điều 2. Trồng cam.",
    ]
    assert [one.code for one in cleaned.diagnostics] == ["site-chrome"]
    alone = f"{title}\nTheo sổ vườn.\n{title}. Trồng quýt.\n{title}. Trồng cam."
    assert _cleaned(alone).count(title) == 3


def test_an_indented_line_begins_a_paragraph_where_the_one_above_was_not_filled() -> None:
    text = (
        "      Điều 2. Giao Hạt Kiểm lâm hướng dẫn các hộ nhận khoán trồng luồng ven suối\n"
        "và lập sổ theo dõi từng bản, nộp về phòng trước ngày mồng mười hằng tháng.\n"
        "      Điều 3. Quyết định này có hiệu lực kể từ ngày ban hành.\n"
        "      Đề nghị Hội Nông dân huyện cử cán bộ cùng Hạt Kiểm lâm kiểm tra các bản\n"
        "vùng cao trong mùa khô và báo cáo ngay khi có cháy.\n"
        "      3. Các trạm bảo vệ rừng ở thượng nguồn sông Hiếu\n"
        "      Cử người trực ở chòi canh và ghi sổ mỗi ngày hai lần.\n"
    )
    joined = join_lines(MappedText.of(text)).text.split("\n")
    assert [line.strip()[:22] for line in joined if line] == [
        "Điều 2. Giao Hạt Kiểm ",
        "Điều 3. Quyết định này",
        "Đề nghị Hội Nông dân h",
        "3. Các trạm bảo vệ rừn",
        "Cử người trực ở chòi c",
    ]


def test_a_name_goes_on_that_the_text_has_in_one_line() -> None:
    text = (
        "Căn cứ Sổ tay của Hội đồng Vườn quýt Bến Đò gửi các tổ trồng quýt ven sông;\n"
        "Điều 4. Chủ tịch Hội đồng\nVườn quýt Bến Đò chịu trách nhiệm thi hành Quyết định này.\n"
        "Điều 5. Chủ tịch Hội đồng\nLịch họp do Trạm gửi."
    )
    assert join_lines(MappedText.of(text)).text.split("\n")[1:] == [
        "Điều 4. Chủ tịch Hội đồng Vườn quýt Bến Đò chịu trách nhiệm thi hành Quyết định này.",
        "Điều 5. Chủ tịch Hội đồng",
        "Lịch họp do Trạm gửi.",
    ]


def test_a_paragraph_ends_far_before_its_line_is_full() -> None:
    text = (
        "3. Các trạm bảo vệ rừng ở thượng nguồn cử người trực chòi canh theo lịch của hạt,\n"
        "ghi sổ hai lần.\nĐề nghị các trưởng bản nhắc dân không đốt nương.\n"
        "4. Hạt Kiểm lâm xem sổ, gửi báo cáo về xã rồi trả sổ cho các trạm trước mùa khô.\n"
        "Sổ để ở trạm.\n5. Các trạm phát đường băng."
    )
    assert [line[:22] for line in join_lines(MappedText.of(text)).text.split("\n")] == [
        "3. Các trạm bảo vệ rừn",
        "Đề nghị các trưởng bản",
        "4. Hạt Kiểm lâm xem sổ",
        "5. Các trạm phát đường",
    ]


def test_a_footnote_goes_on_behind_a_name() -> None:
    text = (
        "Các trạm bảo vệ rừng ở thượng nguồn cử người trực chòi canh theo lịch của hạt[1].\n"
        "[1] Suối\nVàng, Đá Bạc, Cồn Lá.\n[2] Hạt\nKiểm lâm Quế Trà."
    )
    assert join_lines(MappedText.of(text)).text.split("\n")[1:] == [
        "[1] Suối Vàng, Đá Bạc, Cồn Lá.",
        "[2] Hạt Kiểm lâm Quế Trà.",
    ]


def test_what_is_told_to_the_body_of_a_heading_is_a_paragraph() -> None:
    text = (
        "Căn cứ kết quả rà soát diện tích luồng ven suối do các bản báo cáo hằng năm,\n\n"
        "1. Hội Nông dân huyện Quế Trà và các chi hội\nChủ trì, phối hợp với Hạt Kiểm lâm mở lớp dạy\n"
        "ươm giống cho hộ nghèo.\n\n2. Trạm Giống cây trồng\nGiao Trạm nhân giống."
    )
    assert [line for line in join_lines(MappedText.of(text)).text.split("\n") if line][1:] == [
        "1. Hội Nông dân huyện Quế Trà và các chi hội",
        "Chủ trì, phối hợp với Hạt Kiểm lâm mở lớp dạy ươm giống cho hộ nghèo.",
        "2. Trạm Giống cây trồng",
        "Giao Trạm nhân giống.",
    ]


def test_a_sum_behind_a_colon_at_the_end_of_a_full_line_goes_on() -> None:
    text = "      c) Nguồn đóng góp của các hộ nhận khoán trồng luồng ven suối Nậm Quế:\n1.250.300 nghìn đồng.\n"
    assert join_lines(MappedText.of(text)).text.count("\n") == 1
    listed = "      c) Nguồn đóng góp của các hộ nhận khoán trồng luồng ven suối Nậm Quế:\n12 hộ góp công.\n"
    assert join_lines(MappedText.of(listed)).text.count("\n") == 2


def test_a_filled_line_goes_on_behind_a_semicolon_where_blank_lines_set_paragraphs_apart() -> None:
    text = (
        "Các hộ trồng luồng nộp: đơn xin nhận khoán; sơ đồ lô đất; bản cam kết giữ rừng;\n"
        "Giấy chứng nhận của thôn.\n\nHạt Kiểm lâm lập sổ theo dõi từng hộ.\n\nHộ nào bỏ rừng thì trả lại đất."
    )
    assert "giữ rừng; Giấy chứng nhận" in join_lines(MappedText.of(text)).text


def test_header_columns_and_page_numbers_of_a_pdf() -> None:
    page = (
        "  ỦY BAN NHÂN DÂN              CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        "    TỈNH HÀ NAM                   Độc lập - Tự do - Hạnh phúc\n\n"
        "     Trong quá trình thực hiện, cơ quan chủ trì báo cáo với cơ quan\n"
        "                              2\n\n"
        "cấp trên để xem xét.\n"
    )
    assert _cleaned(page).split("\n") == [
        "ỦY BAN NHÂN DÂN",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "TỈNH HÀ NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "",
        "Trong quá trình thực hiện, cơ quan chủ trì báo cáo với cơ quan cấp trên để xem xét.",
    ]


PAGE = "Các cơ quan, đơn vị theo chức năng, nhiệm vụ được giao tổ chức thực hiện.\n" * 10 + "Cơ quan chủ trì báo cáo"


def test_page_numbers_among_specks() -> None:
    marks = ("¬ 2", "3", "- * 4", '" 5 .', "¬_ . 6 ;", ": 7")
    text = "\n".join(f"{PAGE}\n{mark}\n\ncấp trên xem xét." for mark in marks)
    assert _cleaned(text).count("báo cáo cấp trên") == len(marks)


def test_lines_of_specks_among_page_numbers() -> None:
    noise = ("j * 8 2", "{ k", "% - ` 9", '" 12 k')
    marks = ("¬ 2", noise[0], "¬ 4", noise[1], "¬ 6", noise[2], "` 8", noise[3], "¬ 10")
    text = "\n".join(f"{PAGE}\n{mark}\n\ncấp trên xem xét." for mark in marks)
    assert _cleaned(text).count("báo cáo cấp trên") == len(marks)
    unnumbered = "\n".join(f"{PAGE}\n{mark}\n\ncấp trên xem xét." for mark in noise)
    assert "báo cáo cấp trên" not in _cleaned(unnumbered)


def test_numbers_among_specks_that_do_not_count_up_stay() -> None:
    text = "\n".join(f"{PAGE}\n¬ {number}\n\ncấp trên xem xét." for number in (12, 3, 40, 7, 21))
    assert "báo cáo cấp trên" not in _cleaned(text)


def test_a_page_that_ends_with_a_heading() -> None:
    text = "\n".join(f"{PAGE}\n1. Mục tiêu chung\n¬ {number}\nPhát triển du lịch." for number in range(2, 8))
    assert _cleaned(text).count("\n1. Mục tiêu chung\n\nPhát triển") == 6


def test_markdown_goes_and_rows_stay() -> None:
    text = (
        "## **I. MỤC\nTIÊU**\n\n| *STT* | Nội dung (*) |\n|---|---|\n| 1 | Rà soát |\n\n* Thời gian: Quý II\n1\\. Giao"
    )
    assert _cleaned(text) == ("I. MỤC TIÊU\n\n| STT | Nội dung (*) |\n| 1 | Rà soát |\n\n* Thời gian: Quý II\n1. Giao")


def test_a_torn_word_is_a_repair() -> None:
    result = clean(read_text("**Di****ện tích** rừng; **s**ố** liệu".encode()))
    assert result.text.text.startswith("Diện tích rừng; số liệu")
    assert [(each.before, each.after) for each in result.repairs] == [("Di****ện", "Diện"), ("s**ố", "số")]
    assert all(result.text.text[slice(*each.span)] == each.after for each in result.repairs)


BODY = "KẾ HOẠCH\n\nTriển khai công tác năm 2020\n\n1. Sở Y tế chủ trì rà soát."
PAGES = {
    "crawler dump": f"*Source: https://example.vn/ke-hoach.aspx*\n\n# Về việc khác\n\n{BODY}",
    "law portal, not logged in": (
        "Từ khoá: Số Hiệu, Tiêu đề hoặc Nội dung ngắn gọn của Văn Bản...\n\nĐăng nhập\n\n"
        "Kế hoạch 1/KH-UBND năm 2020\n\n"
        "Số hiệu: 1/KH-UBND Loại văn bản: Kế hoạch\nNơi ban hành: Tỉnh Hà Nam Người ký: Trần Văn B\n"
        f"Ngày ban hành: 05/03/2020 Ngày hiệu lực: Đã biết\nTình trạng: Đã biết\n\n{BODY}\n\n"
        "Văn bản này chưa cập nhật nội dung Tiếng Anh\n\nBạn Chưa Đăng Nhập Thành Viên!\nIP: 10.0.0.1"
    ),
    "law portal, flattened page": (
        "Đang tải văn bản...\n#\n**Số hiệu:**\n|\n1/KH-UBND\n|\n|\n**Loại văn bản:**\n|\nKế hoạch\n|\n"
        "**Ngày ban hành:**\n|\n05/03/2020\n|\n|\n**Tình trạng:**\n|\nĐã biết\n|\n## Tin vắn\nCó 50 đơn vị báo cáo.\n"
        f"Xem chi tiết tại Kế hoạch.\n{BODY}\nKế hoạch 1/KH-UBND năm 2020 công tác\n"
        "Văn bản này chưa cập nhật nội dung Tiếng Anh\n## Văn bản liên quan\nBan hành:"
    ),
    "law portal, foot": f"{BODY}\nLuật Y tế 2010\nTiếng Anh | Lược đồ | Liên quan hiệu lực | Tải về\nBan hành:",
    "ministry news": (
        "Skip Ribbon Commands\nSkip to main content\nThứ ba, ngày 8/11/2023\n\nTIN TỨC\n\n"
        f"{BODY}\n\nThu Hà\n\nLượt truy cập: 10\n\nĐÁNH GIÁ BÀI VIẾT( 0)"
    ),
    "press article": f"{BODY}\n\nTRẦN ANH 16/05/2016 11:38\n\nTRẦN ANH\n\nTRẦN ANH",
    "title above the header": f"Kế hoạch 1/KH-UBND năm 2020\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n\n{BODY}",
    "amendment notes": BODY.replace("\n\n1.", "\n\nĐiều khoản được bãi bỏ\n1."),
    "attached files": f"{BODY}\n\n**FILE ĐƯỢC ĐÍNH KÈM THEO VĂN BẢN**\n**FILE ATTACHED TO DOCUMENT**",
    "share bar": f"{BODY}\nÝ kiến\nFacebook\nEmail\nBài liên quan:\nTin tháng 5\nVăn bản liên quan",
    "signature stamp": f"Thời gian ký: 05/03/2020 10:00:00 +07:00\n{BODY}",
}


@pytest.mark.parametrize("name", [profile.name for profile in load_profiles()])
def test_each_site_leaves_the_document_alone(name: str) -> None:
    assert name in {profile.name for profile in matching_profiles(PAGES[name])}
    assert _cleaned(PAGES[name]).removeprefix("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n\n") == BODY


def test_every_line_of_a_signature_stamp_above_the_document_goes() -> None:
    stamp = "Ký bởi: Sở Y tế\nEmail: vt@example.vn\nĐịa chỉ: 7 Hàng Quế\nThời gian ký: 05.03.2031 10:00:00\n\n"
    assert _cleaned(stamp + BODY) == BODY
    assert _cleaned(BODY + "\n\n" + stamp + "Địa chỉ: 9 Hàng Quế").startswith(BODY)


def test_what_a_site_lost_is_told() -> None:
    assert [each.code for each in clean(read_text(PAGES["press article"].encode())).diagnostics] == ["site-chrome"]
    assert clean(read_text(BODY.encode())).diagnostics == ()


def test_a_document_without_a_site_keeps_every_line() -> None:
    assert _cleaned(BODY) == BODY


LETTER = """ỦY BAN NHÂN DÂN
TỈNH YÊN BÁI
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 8/KH-UBND
Yên Bái, ngày 04 tháng 5 năm 2023

KẾ HOẠCH
Đưa dịch vụ công lên mạng năm 2023

I. NHIỆM VỤ
1. Sở Y tế xây dựng trang chủ mới; mục “Đăng nhập” gồm:
- Đăng nhập
- Tìm kiếm
2. Theo dõi lượt xem: 100 lượt mỗi ngày.

Nơi nhận:
- Như mục 1;
- Lưu: VT."""
UNKNOWN_SITES = {
    "a province's portal": (
        f"Chuyển đến nội dung chính\nCỔNG THÔNG TIN ĐIỆN TỬ\nTrang chủ\nGiới thiệu | Tin tức | Liên hệ\n"
        f"Đăng nhập\nTìm kiếm...\nTrang chủ » Văn bản » Kế hoạch\nThứ năm, 04/05/2023, 14:30\n\n{LETTER}\n\n"
        "Tải về\nIn bài viết\nLượt xem: 1.204\n© 2023 Bản quyền thuộc Ủy ban nhân dân tỉnh\nVề đầu trang",
        "CỔNG THÔNG TIN ĐIỆN TỬ",
    ),
    "a law site": (
        f"Văn bản pháp luật > Y tế > Kế hoạch\nVui lòng đăng nhập để tải văn bản\nTải về (PDF, 1 MB)\n{LETTER}\n"
        "Đang tải...\nVăn bản liên quan\nKế hoạch 3/KH-UBND về tiêm chủng\nQuyết định 9/QĐ-UBND về y tế cơ sở\n"
        "Quên mật khẩu?",
        "",
    ),
    "a department's news page": (
        f"Menu\nTrang chủ / Thông báo\nNgày đăng: 05/05/2023 08:15\nCỡ chữ: A- A A+\nNghe bài viết\n\n{LETTER}\n\n"
        "Chia sẻ bài viết:\nFacebook Zalo Twitter\nCác tin khác\n- Hội nghị y tế (02/05/2023)\n"
        "- Tuần lễ dinh dưỡng (28/04/2023)\nĐang truy cập: 31\nTổng lượt truy cập: 5.120.334",
        "",
    ),
    "a page in Markdown": (
        f"[Trang chủ](/) » [Văn bản](/van-ban)\n\n**Đăng nhập / Đăng ký**\n\n{LETTER}\n\n"
        "[In bài viết](/print)\n\n### Tin liên quan\n\n* [Khám sức khỏe học đường](/tin/1)\n"
        "* [Phòng dịch mùa hè](/tin/2)\n\nGhi rõ nguồn khi phát hành lại thông tin từ trang này",
        "",
    ),
    "an old site": (
        f"Home\nTiếng Việt | English\nNhập từ khóa tìm kiếm\nĐăng ký thành viên\n{LETTER}\n"
        "Đánh giá bài viết: (0 lượt)\nGửi cho bạn bè\nBình luận (0)\nĐang tải bình luận...\nPowered by một công ty\n"
        "2023 All rights reserved.",
        "",
    ),
}


@pytest.mark.parametrize("name", UNKNOWN_SITES)
def test_the_frame_of_an_unknown_site_goes(name: str) -> None:
    page, kept = UNKNOWN_SITES[name]
    assert _cleaned(page).removeprefix(kept).strip() == _cleaned(LETTER)
    assert [each.code for each in clean(read_text(page.encode())).diagnostics] == ["site-chrome"]


def test_a_document_has_no_frame() -> None:
    lines = LETTER.split("\n")
    assert [line for line in _cleaned(LETTER).split("\n") if line not in lines] == []
    assert _cleaned(LETTER).count("Đăng nhập") == 2


@pytest.mark.parametrize("row", read_frame_lines(), ids=lambda row: row.example)
def test_frame_lines(row: FrameLine) -> None:
    assert is_frame_line(row.example, kind=row.kind)


@pytest.mark.parametrize(
    "line",
    ["Văn bản này thay thế Kế hoạch số 3/KH-UBND.", "Tin học hóa công tác văn thư", "Trước ngày 30/6/2023",
     "Đăng ký khai sinh", "Tải trọng: 10 tấn", "Lượt khách: 1.204", "Theo dõi, đánh giá", "Thông tin liên lạc",
     "Văn bản", "Các nội dung khác", "Đóng góp ý kiến", "In ấn tài liệu", "Hôm nay, các sở báo cáo"],
)  # fmt: skip
def test_lines_of_documents_are_no_lists(line: str) -> None:
    assert not is_frame_line(line, kind="related")
    assert line == "Văn bản" or not is_frame_line(line)


def test_properties_of_the_site() -> None:
    properties = clean(read_text(PAGES["law portal, not logged in"].encode())).properties
    assert properties.number == "1/KH-UBND"
    assert (properties.doc_type, properties.issuer, properties.signer) == ("Kế hoạch", "Tỉnh Hà Nam", "Trần Văn B")
    assert (properties.issued_on, properties.effective_on) == (date(2020, 3, 5), None)
    assert properties.title == "Kế hoạch 1/KH-UBND năm 2020"
    flattened = clean(read_text(PAGES["law portal, flattened page"].encode())).properties
    assert (flattened.number, flattened.issued_on) == ("1/KH-UBND", date(2020, 3, 5))
    assert clean(read_text(PAGES["crawler dump"].encode())).properties.source_url == "https://example.vn/ke-hoach.aspx"


def test_steps_are_left_out_by_name() -> None:
    assert _cleaned("Uỷ ban", without=frozenset({"tones", "repairs"})) == "Uỷ ban"
    assert len({name for name, _ in STEPS}) == len(STEPS)


@given(TEXTS)
@settings(max_examples=300, deadline=None)
def test_every_character_leads_back_and_none_is_invented(text: str) -> None:
    source = read_text(f"Điều {text}".encode())
    result = clean(source, without={"repairs"})
    mapped = result.text
    assert len(mapped.starts) == len(mapped.ends) == len(mapped.text)
    assert all(
        0 <= start <= end <= len(source.text.text) for start, end in zip(mapped.starts, mapped.ends, strict=True)
    )
    assert all(before <= after for before, after in zip(mapped.starts, mapped.starts[1:], strict=False))
    for character, start, end in zip(mapped.text, mapped.starts, mapped.ends, strict=True):
        if character.isalnum():
            assert _plain(character) in _plain(source.text.text[start:end])


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_a_clean_text_has_its_form(text: str) -> None:
    cleaned = _cleaned(f"Điều {text}")
    assert "  " not in cleaned
    assert "\n\n\n" not in cleaned
    assert not any(line != line.strip() for line in cleaned.split("\n"))


@given(st.lists(st.sampled_from(["Sở Y tế rà soát", "hoà giải", "1. Mục tiêu", "- Báo cáo;", "KẾ HOẠCH"]), max_size=20))
def test_cleaning_twice_changes_nothing_more(lines: list[str]) -> None:
    once = _cleaned("\n\n".join(["Điều 1. Phạm vi", *lines]))
    assert _cleaned(once) == once


@pytest.mark.parametrize(
    "piece",
    [
        "1.1.1.1.",
        "* ",
        "**a",
        "| ",
        "Nơi nhận: - ",
        "Căn cứ; ",
        "a\n",
        "   ",
        "\n2\n",
        '\n¬ 2 "\n',
        "- A; KT. BA ",
        "Tin khác\n",
        "Lượt xem: 1\n",
        "> a",
    ],
)
def test_time_grows_linearly(piece: str) -> None:
    def work(text: str) -> None:
        clean(read_text(text.encode()), without={"repairs"})

    assert_linear(work, piece, times=80_000 // len(piece), before="Điều 1. ")


def test_words_are_neither_lost_nor_made() -> None:
    before = "Căn cứ Luật Đất đai,\nngày 29 tháng\n11. 1. Mục tiêu\nrà soát 1.1.\nBáo cáo"
    assert Counter(_cleaned(before).split()) == Counter(before.split())


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFD", text.casefold()).replace("đ", "d").replace("ð", "d")
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
