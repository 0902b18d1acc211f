"""Tasks in running text that was scanned poorly: stains, labels, bullets, attribute lines and names are mended."""

from __future__ import annotations

import pytest

from pipeline.clean.openings import mend_openings
from pipeline.clean.spoiled_names import find_spoiled_names
from pipeline.extract import extract_document
from pipeline.mapped_text import MappedText
from pipeline.segment.labels import find_mark


def _mended(text: str) -> str:
    return mend_openings(MappedText.of(text)).text


@pytest.mark.parametrize(
    ("printed", "right"),
    [
        ("l II NHIỆM VỤ CHỦ YẾU", "II NHIỆM VỤ CHỦ YẾU"),
        (": a) Khơi thông kênh mương.", "a) Khơi thông kênh mương."),
        ("l b) Khơi thông kênh mương.", "b) Khơi thông kênh mương."),
        ("_- Khơi thông kênh mương.", "- Khơi thông kênh mương."),
        ("„ __- Khơi thông kênh mương.", "- Khơi thông kênh mương."),
        ("P 7. Sở Nội vụ", "7. Sở Nội vụ"),
        ("'Thời gian hoàn thành: Quý I.", "Thời gian hoàn thành: Quý I."),
        ("5..Sở Nội vụ", "5. Sở Nội vụ"),
        ("e):Khơi thông kênh mương.", "e) Khơi thông kênh mương."),
        ("Mở chợ đêm. ụ", "Mở chợ đêm."),
        ("4. Sở Nội vụ: ˆ", "4. Sở Nội vụ:"),
        ("| mương tưới của hợp tác xã trồng quýt ven sông và", "mương tưới của hợp tác xã trồng quýt ven sông và"),
        ("mương tưới của hợp tác xã trồng quýt ven sông và |", "mương tưới của hợp tác xã trồng quýt ven sông và"),
    ],
)
def test_what_a_scan_leaves_at_the_ends_of_a_line_goes(printed: str, right: str) -> None:
    assert _mended(printed) == right


@pytest.mark.parametrize(
    "line",
    [
        "“1. Khơi thông kênh mương”",
        "''Điều 25. Ban soạn thảo",
        "I - NHỮNG QUY ĐỊNH CHUNG",
        "5, Sở Nội vụ và Sở Y tế",
        "~ Khơi thông kênh mương",
        "a) Thời hạn trả lời: 05 ngày",
        "3. Giám đốc Sở Văn hóa, Thể thao và Du lịch có",
        "Cách tính: n",
        "| Khơi thông mương tưới của hợp tác xã trồng quýt",
        "Việc | Nơi làm\nmương tưới của hợp tác xã trồng quýt ven sông |",
    ],
)
def test_what_a_line_may_begin_or_end_with_stays(line: str) -> None:
    assert _mended(line) == line


WRAPPED = "{above}\n\n{speck}mương ở các xã ven sông.\n".format
ABOVE = "Các hợp tác xã trồng quýt cùng nhau khơi thông kênh"


def test_specks_before_the_rest_of_a_sentence_go() -> None:
    specks = ("__ ", ". ", ": ", "- ", "-_ ", ".")
    text = "\n".join(WRAPPED(above=ABOVE, speck=speck) for speck in specks)
    assert _mended(text) == "\n".join(WRAPPED(above=ABOVE, speck="") for _ in specks)


def test_stops_that_end_nothing_go_where_specks_tell_of_a_scan() -> None:
    stops = "3. Kinh phí .\nTuyên truyền ở các .\nphường ven sông về việc .\n\nTổng kết .\n"
    scan = "\n".join(WRAPPED(above=ABOVE, speck="__ ") for _ in range(3))
    assert _mended(scan + stops).endswith("3. Kinh phí\nTuyên truyền ở các\nphường ven sông về việc .\n\nTổng kết .\n")
    assert _mended(stops) == stops


@pytest.mark.parametrize(
    "text",
    [
        WRAPPED(above=ABOVE, speck=": ") + WRAPPED(above=ABOVE, speck="- "),  # too few to tell of a scan
        "".join(WRAPPED(above="Gồm có", speck=". ") for _ in range(4)),  # no long line above
        "".join(f"{ABOVE} lúc\n... giờ ngày {day}\n" for day in range(1, 5)),  # a form
        "".join(f"{ABOVE} và phát triển kinh tế\n- xã hội của huyện {name}.\n" for name in "ABCD"),
    ],
)
def test_what_may_be_meant_before_small_letters_stays(text: str) -> None:
    assert _mended(text) == text


@pytest.mark.parametrize(
    ("printed", "right"),
    [
        ("7. Sở Nội vụ\n__ Chủ trì mở lớp.", "7. Sở Nội vụ\nChủ trì mở lớp."),
        ("._ Căn cứ Luật Chăn nuôi;", "Căn cứ Luật Chăn nuôi;"),
        ("mở chợ đêm ở các phường _.\nven sông", "mở chợ đêm ở các phường\nven sông"),
        ("mở chợ đêm ở các phường ˆ\nven sông", "mở chợ đêm ở các phường\nven sông"),
    ],
)
def test_specks_in_the_margins_go(printed: str, right: str) -> None:
    assert _mended(printed) == right


def test_a_comma_behind_the_next_number_is_the_stop_of_a_label() -> None:
    text = "4. Sở Y tế mở trạm.\n5, Sở Nội vụ\n- Lập sổ theo khoản\n6, Điều 9"
    assert _mended(text) == text.replace("5,", "5.")


def test_heads_of_attribute_lines_are_those_that_recur() -> None:
    whole = "".join(f"{n}) Mở lớp học nghề.\nBên nhận việc: Sở Y tế.\n" for n in "abc")
    spoiled = "Bên nhặn việc; Sở Nội vụ.\nBên nhận vlệc: Sở Y tế.\nNơi nhận; Sở Y tế"
    mended = _mended(whole + spoiled).removeprefix(whole)
    assert mended == "Bên nhận việc: Sở Nội vụ.\nBên nhận việc: Sở Y tế.\nNơi nhận; Sở Y tế"
    assert _mended(spoiled) == spoiled


def test_an_agency_before_a_comma_is_no_head_of_a_line() -> None:
    text = "Sở Y tế: Mở trạm.\n" * 3 + "Sở Y tế, Sở Nội vụ: Mở lớp."
    assert _mended(text) == text


def test_heads_that_differ_by_a_number_stay() -> None:
    text = "Phần V: Nộp hồ sơ.\n" * 3 + "Phần VI: Trả hồ sơ.\n"
    assert _mended(text) == text


def test_a_page_number_below_an_agency_goes_where_items_follow() -> None:
    assert _mended("3. Sở Y tế\n2\n\n- Mở trạm.") == "3. Sở Y tế\n\n- Mở trạm."
    assert _mended("3. Sở Y tế\n2\n4. Sở Nội vụ\n7") == "3. Sở Y tế\n2\n4. Sở Nội vụ\n7"


def test_signs_for_a_dash_are_bullets_where_dashes_are() -> None:
    text = "Gồm:\n- Mở trạm.\n- Mở lớp.\n- Mở chợ.\n"
    assert _mended(text + "~ Đào ao.\n> Xây kè.") == text + "- Đào ao.\n- Xây kè."


@pytest.mark.parametrize(
    ("printed", "repairs"),
    [
        ("với Bộ Lao. động - Thương binh và Xã hội", [("Lao.", "Lao")]),
        ("Sở Văn hóa, Thế thao và Du lịch lập", [("Thế", "Thể")]),
        ("phối hợp 'Thanh tra Chính phủ, Bộ Y tế", [("'Thanh", "Thanh")]),
        ("Sở.Y tế: Mở lớp", [("Sở.Y", "Sở Y")]),
        ("giao Thanh tra. tỉnh lập", [("tra.", "tra")]),
        ("Bản Quản lý Khu kinh tế tỉnh", [("Bản", "Ban")]),
        ("SỞ TÀI CHỈNH", [("CHỈNH", "CHÍNH")]),
        ("Bản dân tộc Thái ở ven suối", []),
        ("ông Phạm Thị Thanh Trà", []),
        ("các Bộ: Công an, Quốc phòng", []),
        ("của Bộ Y tế. Bộ Công an lập", []),
        ("(trừ phần của Sở Tài chính).", []),
        ("“Thanh tra tỉnh” là tên gọi", []),
        ("Bộ TT&TT, Bộ LĐ-TB&XH", []),
    ],
)
def test_names_in_running_text(printed: str, repairs: list[tuple[str, str]]) -> None:
    assert [(one.before, one.after) for one in find_spoiled_names(printed)] == repairs


@pytest.mark.parametrize(
    ("printed", "label"),
    [
        ("1IL NHIỆM VỤ CHUNG", "III"),
        ("1IL NHIỆM VỤ CHUNG", "II"),
        ("4) Mở lớp", "a"),
        ("6) Mở lớp", "b"),
        ("€) Mở lớp", "c"),
    ],
)
def test_labels_that_a_scan_spoils(printed: str, label: str) -> None:
    mark = find_mark(printed)
    assert mark is not None
    assert label in [reading.label for reading in mark.readings]


def test_tasks_of_a_spoiled_plan_are_those_of_the_clean_one() -> None:
    clean = (
        "ỦY BAN NHÂN DÂN\nTỈNH QUẢNG NGÃI\nSố: 5/KH-UBND\nQuảng Ngãi, ngày 09 tháng 02 năm 2024\nKẾ HOẠCH\n"
        "Phát triển nghề cá\nI. MỤC ĐÍCH\n1. Người dân có thêm việc làm.\nII. NHIỆM VỤ, GIẢI PHÁP\n"
        "1. Về tàu cá\na) Lắp thiết bị cho tàu cá.\n- Đơn vị chủ trì: Sở Công Thương.\n"
        "- Đơn vị phối hợp: Sở Tài chính.\nb) Mở lớp dạy nghề cho ngư dân.\n- Đơn vị chủ trì: Sở Nội vụ.\n"
        "c) Xây dựng bến cá ở xã đảo.\n- Đơn vị chủ trì: Thanh tra tỉnh.\nIII. TỔ CHỨC THỰC HIỆN\n"
        "1. Sở Y tế\n- Tổ chức khám bệnh cho ngư dân.\n2. Sở Tư pháp\n- Tuyên truyền Luật Thủy sản.\n"
    )
    spoiled = clean
    for right, read in (
        ("II. NHIỆM", "l II NHIỆM"),
        ("a) Lắp", ": 4) Lắp"),
        ("b) Mở", "l b) Mở"),
        ("- Đơn vị chủ trì: Sở Nội", "_- Đơn vị chủ trì; Sở Nội"),
        ("Thanh tra tỉnh", "'Thanh tra. tỉnh"),
        ("1. Sở Y tế", "1. Sở'Y tế ˆ"),
        ("2. Sở Tư pháp", "_-2, Sở Tư pháp :"),
    ):
        assert right in spoiled
        spoiled = spoiled.replace(right, read)
    tasks = [extract_document(text.encode(), path="a.txt").tasks for text in (clean, spoiled)]
    named = [
        [(task.text, [a.name for a in task.leads], [a.name for a in task.partners]) for task in some] for some in tasks
    ]
    assert len(named[0]) == 5
    assert named[1] == named[0]
