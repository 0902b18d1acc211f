"""The whole road: what must hold of any document, over kept texts, the corpus, real plans, and generated text.

`tests.soundness` is the list of properties; everything here only brings it inputs. Growth is measured on adversarial
pieces that each step of the road might stumble over.
"""

from __future__ import annotations

import functools
import random
import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline.clean import CleanText, clean
from pipeline.errors import UnreadableInputError
from pipeline.extract import extract_document
from pipeline.read.encoding import decode
from pipeline.read.text import read_text
from pipeline.store import encode
from schemas import PlanDocument
from tests.conftest import SHARED
from tests.generated_texts import KEPT, LETTERHEAD, disturbed_texts, plan_texts
from tests.growth import cpu_seconds
from tests.soundness import assert_sound

SAMPLE_SIZE = 20


@functools.cache
def extracted(file: Path) -> PlanDocument:
    """The document of *file*, read once for all tests."""
    return extract_document(file.read_bytes(), path=file.name)


def sample() -> list[Path]:
    """A fixed sample of the real plans; one missing name when they are not there, so that the skip is seen."""
    files = sorted((SHARED / "plans").glob("*.txt"))
    return sorted(random.Random(20).sample(files, SAMPLE_SIZE)) if files else [SHARED / "plans"]


@pytest.fixture(params=KEPT, ids=lambda file: file.name)
def kept(request: pytest.FixtureRequest) -> Path:
    """Each text that is kept in this project."""
    file: Path = request.param
    return file


@pytest.fixture(params=sample(), ids=lambda file: file.name)
def plan(request: pytest.FixtureRequest, shared: Path) -> Path:
    """Each real plan of the sample."""
    file: Path = request.param
    return file


def without_repairs(document: PlanDocument) -> str:
    """The text with every repair undone through its span."""
    pieces, position = [], 0
    for repair in document.repairs:
        pieces += [document.text[position : repair.span.start], repair.before]
        position = repair.span.end
    return "".join([*pieces, document.text[position:]])


# --- kept texts and real plans --------------------------------------------------------------------------------------


def test_kept_texts_are_sound(kept: Path) -> None:
    assert_sound(extracted(kept), kept.read_bytes())


@pytest.mark.shared
def test_real_plans_are_sound(plan: Path) -> None:
    assert_sound(extracted(plan), plan.read_bytes())


def test_kept_texts_are_in_normal_form(kept: Path) -> None:
    assert unicodedata.is_normalized("NFC", extracted(kept).text)


@pytest.mark.parametrize("between", ["\u200b", "\u00ad", "\x7f"])
def test_a_mark_set_apart_from_its_letter_is_composed(between: str) -> None:
    document = extract_document(f"Kê{between}\u0301 hoạch phòng, chống hạn".encode(), path="a.txt")
    assert document.text == "Kế hoạch phòng, chống hạn"


def test_kept_texts_lead_back(kept: Path) -> None:
    assert_leads_back(kept)


@pytest.mark.shared
def test_real_plans_lead_back(plan: Path) -> None:
    assert_leads_back(plan)


def test_a_second_reading_of_a_kept_text_is_the_same(kept: Path) -> None:
    assert encode(extract_document(kept.read_bytes(), path=kept.name)) == encode(extracted(kept))


def assert_leads_back(file: Path) -> None:
    """Undoing the repairs gives the text that was cleaned without them, whose characters are those of the input."""
    data = file.read_bytes()
    bare = clean(read_text(data), without={"repairs"})
    assert without_repairs(extracted(file)) == bare.text.text
    assert_same_characters(bare, data)


def assert_same_characters(bare: CleanText, data: bytes) -> None:
    """A character that stands for one or a few of the input is the same letter, however its marks were set.

    Only the heads of a table that a scanner read line by line are written anew, and stand for nothing.
    """
    text = bare.text.text
    anew = [m.span() for m in re.finditer(r"^\| TT \| Nhiệm vụ \|.*\|$", text, re.MULTILINE)]
    decoded = decode(data)
    assert decoded is not None
    offsets = zip(text, bare.text.starts.tolist(), bare.text.ends.tolist(), strict=True)
    for at, (letter, start, end) in enumerate(offsets):
        before = decoded.text[start:end]
        if not before and any(first <= at < last for first, last in anew):
            continue
        if letter.isalnum():
            assert skeleton(letter) in skeleton(before), (letter, before, start)
        elif letter.isspace():
            assert not any(map(str.isalnum, before)) or before.strip() != before, (letter, before, start)


def skeleton(text: str) -> str:
    """*text* without tone marks and with the letters that stand in for Vietnamese ones made the same."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return plain.translate(_LOOKALIKES).lower()


_LOOKALIKES = str.maketrans("ĐđÐðƯưƢƣƠơ", "dddduuuuoo")


# --- generated text -------------------------------------------------------------------------------------------------


def assert_read_or_refused(data: bytes) -> None:
    """*data* gives a sound document or is refused as unreadable; nothing else may happen."""
    try:
        document = extract_document(data, path="a.txt")
    except UnreadableInputError:
        return
    assert_sound(document, data)


@settings(max_examples=120, deadline=None)
@given(plan_texts() | disturbed_texts())
def test_any_text_is_read_or_refused(text: str) -> None:
    assert_read_or_refused(text.encode("utf-8", errors="surrogatepass"))


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode("utf-16")))
@example("Kế hoạch số 1".encode("cp1258", errors="replace"))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    assert_read_or_refused(data)


# What generated texts have shown to be wrong, made small.
FOUND = [
    pytest.param(
        "1.1. Nâng cấp đường truyền số liệu\n- Cơ quan chủ trì: Sở Khoa học và Công nghệ.\n2. Trên 70% hồ sơ được nộp."
        "\n- Cơ quan chủ trì: Sở Nội vụ.\n",
        id="attribute lines on both sides of a block that is no task",
    ),
    pytest.param(
        "II. NHIỆM VỤ\n- Rà soát quy hoạch cấp nước.\n- Cơ quan chủ trì: Sở Nội vụ; Sở Y tế; Sở Nội vụ.\n",
        id="an agency named twice",
    ),
    pytest.param(
        "1\n|\nChỉ tiêu\n|\nĐơn vị\n|\n2026\n|\n2027\n|\n2028\n|\n|\n|\nTỷ lệ hộ có điện"
        "\n|\n|\n%\n|\n62\n|\n68\n|\n75\n|\n2\n|\nTrạm điện được sửa chữa\nTrạm điện được sửa chữa"
        "\n|\ntrạm\n|\n12\n|\n15",
        id="a measure put together across bars",
    ),
    pytest.param(
        "2\n|\nSTT\n|\nChỉ tiêu\n|\nĐơn vị\n|\n2026\n|\n2027\n|\n2028\n|\n|\n1\n|\nTỷ lệ hộ có điện"
        "\n|\n%\n|\n62\n|\n68\n|\n75\n|\n|\n|\nTrạm điện được sửa chữa\n|\ntrạm",
        id="an indicator whose cell spans rows",
    ),
]


@pytest.mark.parametrize("text", FOUND)
def test_found_by_generation(text: str) -> None:
    assert_read_or_refused(text.encode())


# --- growth ---------------------------------------------------------------------------------------------------------

SIZES = (2_000, 8_000, 32_000)
GROWTH = 3.0
UNITS = [
    "a) ", "1.1.1.1", "| | |", "phối hợp với ", "các sở, ", "ngày 01/01/2017 ", "(", "- ", "ế", "Điều 1. ", "a) b\n",
    "| a | b |\n", "|\n1\n", "a\tb\n", "TT\nNội dung\nThời gian\n1\n", "Cơ quan chủ trì: Sở Y tế\n", "+ x:\n- y:\n",
    "- Tổ chức tập huấn.\n", "Sở Y tế chủ trì, ", "Nghị quyết số 19a/NQ-CP ngày 12/3/2016 ", "Phụ lục I\n", "t ỉ nh ",
    "1.200 triệu đồng ", "năm 2018 ", "sau khi có hướng dẫn ", "Căn cứ Luật Thủy lợi;\n", "“", "e\u0302\u0301",
    "95% ", "trước ngày 01/01/2018 ", ",\n", "thành phố Hà Nội, ",
]  # fmt: skip


def seconds_each(unit: str, size: int) -> float:
    """Processor seconds for each character of a plan with *size* characters of *unit*, the better of two tries."""
    text = LETTERHEAD + unit * (size // len(unit))
    data, best = text.encode(), float("inf")
    for _ in range(2):
        best = min(best, cpu_seconds(functools.partial(extract_document, path="a.txt"), data))
        if best > 0.5:
            break
    return best / len(text)


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.slow
def test_time_grows_with_the_text(unit: str) -> None:
    least = float("inf")
    for size in SIZES:
        each = seconds_each(unit, size)
        for _ in range(4):  # a busy machine gets more chances
            if each < GROWTH * least:
                break
            each = min(each, seconds_each(unit, size))
        assert each < GROWTH * least
        least = min(least, each)


@pytest.mark.slow
def test_one_long_word_is_read_in_linear_time() -> None:
    assert seconds_each("x" * 1000, 2_000_000) < GROWTH * seconds_each("x" * 1000, 200_000)


@pytest.mark.parametrize(("number", "codes"), [("446", ["number-differs"]), ("146", [])])
def test_a_head_and_an_attachment_with_two_numbers_are_told(number: str, codes: list[str]) -> None:
    head = f"ỦY BAN NHÂN DÂN TỈNH QUẢNG NGÃI\nSố: {number}/QĐ-UBND\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nQUYẾT ĐỊNH\n"
    body = "Ban hành Kế hoạch trồng chè\nĐiều 1. Ban hành Kế hoạch.\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nLê An\nKẾ HOẠCH\n"
    text = f"{head}{body}Trồng chè\n(Kèm theo Quyết định số 146/QĐ-UBND ngày 05/3/2026)\nI. NHIỆM VỤ\nTrồng chè."
    found = extract_document(text.encode(), path="a.txt").diagnostics
    assert [remark.code for remark in found if remark.code == "number-differs"] == codes


def test_a_law_is_told_to_be_no_plan() -> None:
    head = "BỘ Y TẾ\nSố: 8/2026/TT-BYT\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nTHÔNG TƯ\nQuy định việc trồng chè\n"
    text = head + "Điều 1. Sở Y tế trồng chè.\nĐiều 2. Sở Tài chính cấp vốn."
    document = extract_document(text.encode(), path="a.txt")
    assert document.metadata.doc_type == "TT"
    assert "no-plan" in [remark.code for remark in document.diagnostics]
