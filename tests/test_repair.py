"""Repairs of what scanning and scraping spoiled; `cases/repairs.tsv` shows what changes and what must not."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from itertools import accumulate, pairwise, product
from random import Random

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.clean import clean
from pipeline.read.text import read_text
from pipeline.repair import find_repairs
from pipeline.repair.lattice import Lattice, best_path
from pipeline.repair.ngrams import FIRST_ID, ngrams
from pipeline.repair.phrases import find_phrases, phrases
from pipeline.repair.syllables import TONES, bare, house_style, well_formed
from schemas import Repair
from tests.case_table import Case, parametrize
from tests.conftest import ROOT
from tests.growth import assert_grows_linearly

# A text that was misread in every line.
MISREAD = (
    "Ủy ban nhân dân tỉnh ban hành kê hoạch phát triên kinh tê - xã hội; các tô chức chính trị - xã hội thực hiện.\n"
    "Sở Tài chính cân đôi nguôn vốn, khai thác cơ sở đữ liệu quốc gia vê dân cư; kêt quả báo cáo hăng năm.\n"
)
SENTENCES = (
    MISREAD,
    "Chủ trì, phối hp với Sở Tài chính, y ban nhân dân các huyn; báo cáo Chủ tịch UBND tnh.",
    "ngày Chuyên đôi sô quôc gia; cơ sở đữ liệu",
    "B ộ trưở ng B ộ T ư ph áp ; S ở X â y d ự ng",
    "Chương II I | S TT | điện ttrên toàn tỉnh, người sử lao động",
)
PIECES = st.sampled_from([*" ,.;\n|", *(word for sentence in SENTENCES for word in sentence.split(" "))])
TEXTS = st.one_of(st.text(), st.lists(PIECES).map(" ".join), st.lists(PIECES).map("".join))


def misread(word: str, chance: Random) -> str:
    """*word* as a poor scanner reads it: hats swallow the tone above them, other marks change now and then."""
    letters = []
    for letter in word:
        shape, tone = parted(letter)
        if tone and chance.random() < (0.3 if shape.lower() in "âêôă" else 0.03):
            letter = unicodedata.normalize("NFC", shape + chance.choice(["", "", *TONES[1:]]))
        elif letter == "d" and chance.random() < 0.05:
            letter = "đ"
        letters.append(letter)
    return "".join(letters)


def worn(word: str, chance: Random) -> str:
    """*word* as no scanner in particular reads it: some letter has lost its hat or tone, or is another."""
    at = chance.randrange(len(word))
    shape, tone = parted(word[at])
    if len(word) < 2 or chance.random() > 0.1:
        return word
    kinds = [bare(shape) + tone] * (bare(shape) != shape) + [shape] * bool(tone) + [OTHERS.get(word[at], word[at])]
    return word[:at] + unicodedata.normalize("NFC", chance.choice(kinds)) + word[at + 1 :]


def parted(letter: str) -> tuple[str, str]:
    decomposed = unicodedata.normalize("NFD", letter)
    tone = next((mark for mark in decomposed if mark in TONES[1:]), "")
    return unicodedata.normalize("NFC", decomposed.replace(tone, "") if tone else decomposed), tone


WORD = re.compile(r"([^\W\d_]+)")
OTHERS = {"n": "m", "m": "n", "c": "o", "h": "n", "g": "q", "u": "v", "i": "j", "r": "f", "t": "f", "a": "o", "p": "n"}


@parametrize("repairs")
def test_case(case: Case) -> None:
    before = MISREAD if case.context.get("in") == "misread" else ""
    found = [repair for repair in find_repairs(before + case.text) if repair.span.start >= len(before)]
    assert tuple(f"{repair.before}→{repair.after}" for repair in found) == case.expected
    if case.context["rule"] != "none" and case.expected:
        assert {repair.rule for repair in found} == {case.context["rule"]}


@given(TEXTS)
@example("y ban y ban")
@example("İ y ban nhân dân")
def test_repairs_can_be_undone(text: str) -> None:
    found = find_repairs(text)
    assert all(text[slice(*repair.span)] == repair.before != repair.after for repair in found)
    assert all(one.span.end <= other.span.start for one, other in pairwise(found))
    repaired = applied(text, found)
    shift, restored = 0, repaired
    for repair in found:
        at = repair.span.start + shift
        assert repaired[at : at + len(repair.after)] == repair.after
        shift += len(repair.after) - len(repair.before)
    for repair in reversed(found):
        shift -= len(repair.after) - len(repair.before)
        at = repair.span.start + shift
        restored = restored[:at] + repair.before + restored[at + len(repair.after) :]
    assert restored == text


@given(TEXTS)
def test_a_repair_is_never_taken_back(text: str) -> None:
    found = find_repairs(text)
    again = find_repairs(applied(text, found))
    assert {(one.after, one.before) for one in found}.isdisjoint((one.before, one.after) for one in again)


@pytest.mark.parametrize("sentence", SENTENCES)
def test_repaired_sentences_need_no_more(sentence: str) -> None:
    assert find_repairs(applied(sentence, find_repairs(sentence))) == []


def test_each_phrase_is_found_in_its_example() -> None:
    for phrase in phrases():
        assert phrase.after in {after for _, after in find_phrases(phrase.example)}, phrase
        mended = applied(phrase.example, find_repairs(phrase.example))
        assert find_phrases(mended) == [], phrase


def test_each_word_of_a_misread_text_is_restored() -> None:
    assert "kế hoạch phát triển kinh tế - xã hội; các tổ chức" in applied(MISREAD, find_repairs(MISREAD))
    assert "cân đối nguồn vốn, khai thác cơ sở dữ liệu quốc gia về dân cư; kết quả báo cáo hằng năm" in applied(
        MISREAD, find_repairs(MISREAD)
    )


@pytest.mark.parametrize(
    ("habit", "line", "repairs"),
    [
        (
            "Các huyện có thé triển khai; hoàn thiện thé chế, quy định cụ thé; dé xuất giải pháp, dé nghị Sở Y tế.\n",
            "vận động dé các hộ tham gia",
            [("dé", "để")],
        ),
        (
            "Uy ban nhân dân tinh giao Sở Tài chính chu tri, phối hop với các đơn vi liên quan.\n",
            "phát triển trên địa ban nhằm giảm nghèo",
            [("ban", "bàn")],
        ),
    ],
)
def test_what_a_scanner_does_again_and_again_is_expected_of_it(
    habit: str, line: str, repairs: list[tuple[str, str]]
) -> None:
    assert repairs_behind(MISREAD, line) == []
    assert repairs_behind(MISREAD + 2 * habit, line) == repairs


def repairs_behind(before: str, line: str) -> list[tuple[str, str]]:
    found = find_repairs(before + line)
    return [(repair.before, repair.after) for repair in found if repair.span.start >= len(before)]


def test_capitals_are_put_together_in_a_text_that_is_torn_throughout() -> None:
    torn = "B ộ trưở ng B ộ T ư ph áp ; S ở X â y d ự ng\n" * 4
    line = "- P C T; U B ND; điểm A B"
    assert repairs_behind("", line) == []
    assert repairs_behind(torn, line) == [("P C T", "PCT"), ("U B ND", "UBND")]


def test_a_slip_that_comes_again_and_again_does_not_make_a_text_misread() -> None:
    text = "Dựa trên nền tàng số quốc gia.\n" * 20 + "cả nước đề tổ chức thực hiện"
    assert {(repair.before, repair.after) for repair in find_repairs(text)} == {("tàng", "tảng")}


@pytest.mark.parametrize(("spoil", "least_precision", "least_recall"), [(misread, 0.97, 0.82), (worn, 0.95, 0.6)])
def test_most_of_what_a_scanner_spoils_is_restored(
    spoil: Callable[[str, Random], str], least_precision: float, least_recall: float
) -> None:
    texts = [clean(read_text(file.read_bytes())).text.text for file in sorted((ROOT / "corpus").rglob("*.txt"))]
    words = WORD.split("\n".join(texts))
    damaged = [spoil(word, Random(at)) if at % 2 else word for at, word in enumerate(words)]
    number_at = dict(zip(accumulate(map(len, damaged), initial=0), range(len(damaged)), strict=False))
    found = find_repairs("".join(damaged))
    spoiled = sum(word != whole for word, whole in zip(damaged, words, strict=True))
    right = sum(repair.after == words[number_at[repair.span.start]] for repair in found)
    assert right / len(found) > least_precision
    assert right / spoiled > least_recall


def test_the_best_path_is_the_best_of_all_paths() -> None:
    table = ngrams()
    prints, others = (
        ("thúc", "đây", "chuyên", "đôi", "sô"),
        (("thục",), ("đẩy", "đấy"), ("chuyển",), ("đổi", "đối"), ("số",)),
    )
    ids = [[table.ids[word] for word in (first, *rest)] for first, rest in zip(prints, others, strict=True)]
    stream = np.array([0, 0, 0, *(some[0] for some in ids), 0, 0, 0], dtype=np.int64)
    sizes = [len(some) for some in ids]
    lattice = Lattice(
        places=np.arange(3, 8),
        firsts=np.cumsum([0, *sizes]),
        ids=np.array([one for some in ids for one in some]),
        costs=np.array([-2.0 * (at > 0) for size in sizes for at in range(size)], dtype=np.float32),
    )

    def score(path: tuple[int, ...]) -> float:
        row = stream.copy()
        row[3:8] = [some[at] for some, at in zip(ids, path, strict=True)]
        return float(table.log_likelihood(row[None, :8], 3, 7)[0]) - 2.0 * sum(at > 0 for at in path)

    best = max(product(*map(range, sizes)), key=score)
    chosen = best_path(stream, lattice, table)
    assert tuple((chosen - lattice.firsts[:-1]).tolist()) == best
    assert [table.words[one - FIRST_ID] for one in lattice.ids[chosen].tolist()] == [
        "thúc",
        "đẩy",
        "chuyển",
        "đổi",
        "số",
    ]


@pytest.mark.parametrize(
    "make",
    [
        lambda size: "a" * size,
        lambda size: "a " * size,
        lambda size: "t ỉ nh " * size,
        lambda size: "phối hp với " * size,
        lambda size: "chuyên đôi sô quôc gia " * size,
        lambda size: MISREAD.replace("\n", " ") * (size // 20),
        lambda size: MISREAD + "chuyên đối sô quôc gia " * size,
        lambda size: "y ban" * size,
        lambda size: "I " * size,
    ],
    ids=[
        "one-word",
        "letters",
        "torn",
        "dropped",
        "recognised",
        "misread",
        "one-misread-line",
        "no-spaces",
        "numerals",
    ],
)
@pytest.mark.slow
def test_time_grows_linearly(make: Callable[[int], str]) -> None:
    assert_grows_linearly(find_repairs, make, times=2_000)


def test_well_formed_syllables_are_in_house_style() -> None:
    assert all(house_style(syllable) == syllable for syllable in well_formed())
    assert {"hoàn", "hòa", "khuỷu", "quý", "giếng", "nghiêng", "thuở", "quốc", "gì", "yêu"} <= well_formed()
    assert {"kêt", "tnh", "ngi", "ce", "quôc"}.isdisjoint(well_formed())


def test_the_table_knows_its_words() -> None:
    table = ngrams()
    assert list(table.words) == sorted(set(table.words))
    assert "hợp" in table.ids
    assert "tnh" not in table.ids
    assert all((keys[1:] > keys[:-1]).all() for keys in table.keys.values())


def applied(text: str, repairs: list[Repair]) -> str:
    for repair in reversed(repairs):
        text = text[: repair.span.start] + repair.after + text[repair.span.end :]
    return text


POOR_SCAN = (
    "thúc đây chuyên đôi sô trong cơ quan nhà nước, bảo đảm kêt nôi hệ thông thông tin và cơ sở dữ liệu quôc gia. "
    "Các đơn vị xây dựng kê hoạch, bô trí kinh phí, tô chức thực hiện và báo cáo kêt quả theo quy định. "
) * 3


def test_a_scan_gets_its_capitals_back() -> None:
    found = {one.before: one.after for one in find_repairs(f"III. GIẢI PHAP CHU YEU\n\n{POOR_SCAN}")}
    assert (found.get("PHAP"), found.get("CHU"), found.get("YEU")) == ("PHÁP", "CHỦ", "YẾU")
    assert "PHAP" not in {one.before for one in find_repairs("III. GIẢI PHAP CHU YEU\n\nCác đơn vị báo cáo kết quả.")}


def test_abbreviations_in_capitals_stay() -> None:
    text = f"{POOR_SCAN}\nHội nghị ASEAN do TAND và VKSND tổ chức; THU của WTO."
    assert not {"ASEAN", "TAND", "VKSND", "THU", "WTO"} & {one.before for one in find_repairs(text)}


def test_a_word_without_marks_that_opens_a_line() -> None:
    found = {one.before: one.after for one in find_repairs(f"{POOR_SCAN}\n- Ra soát các văn bản quy phạm pháp luật.")}
    assert found.get("Ra") == "Rà"


def test_a_scan_is_mended_by_its_own_usage() -> None:
    usual = "Tập huấn về chế độ dinh dưỡng hợp lý cho bà mẹ. Chăm sóc dinh dưỡng hợp lý tại trường học. " * 2
    damaged = "Xây dựng thực đơn đỉnh dưỡng cho trẻ em."
    assert ("đỉnh", "dinh") in {(one.before, one.after) for one in find_repairs(f"{POOR_SCAN}{usual}\n{damaged}")}
    assert "đỉnh" not in {one.before for one in find_repairs(damaged)}


def test_of_two_readings_the_text_prefers_its_own_word() -> None:
    usual = "Cải cách hệ thống thuế. Người nộp thuế kê khai qua hệ thống thuế điện tử.\n"
    found = {one.before: one.after for one in find_repairs(f"{POOR_SCAN}{usual * 3}CẢI CÁCH HE THONG THUE DEN NĂM NAY")}
    assert found.get("THONG") == "THỐNG"
    assert found.get("THUE") != "THUÊ"


def test_a_reading_that_only_its_neighbour_knows() -> None:
    found = {one.before: one.after for one in find_repairs(f"{POOR_SCAN}Danh mục được bé sung hằng quý.")}
    assert found.get("bé") == "bổ"


def test_words_without_marks_beside_each_other() -> None:
    found = {one.before: one.after for one in find_repairs(f"{POOR_SCAN}Các xã tổ chức day manh tuyên truyền.")}
    assert (found.get("day"), found.get("manh")) == ("đẩy", "mạnh")
    assert "Viet" not in {one.before for one in find_repairs(f"{POOR_SCAN}Ưu tiên dùng hàng Make in Viet Nam.")}
