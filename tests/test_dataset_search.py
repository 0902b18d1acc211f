"""Full-text search: with and without diacritics, rank, filters, and queries that are not to be taken at their word."""

from __future__ import annotations

import json
import sqlite3
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.cli import OK, WRONG_USAGE, run
from pipeline.dataset.folding import fold, words_in
from pipeline.dataset.search import Hit, match_expression, parse, search
from pipeline.dataset.search_index import INDEX
from pipeline.dataset.store import build_dataset
from pipeline.errors import UsageError
from schemas import Deadline, Metadata, Span
from tests.dataset_texts import HEALTH, INFORMATION, a_plan, a_task, put

TEXTS = {
    "phrase": "Triển khai chữ ký số tại các cơ sở y tế",
    "scattered": "Đổi chữ trên mẫu đơn, số liệu do lãnh đạo ký duyệt",
    "unmarked": "Mo chu ky so sach moi cho cac don vi",
    "cooperate": "Phối hợp với các đơn vị để kiểm tra",
    "together": "Họp để phối màu cho hội trường",
    "bridge": "Các trường hợp đồng thời nộp hai hồ sơ",
    "contract": "Ký kết hợp đồng với nhà thầu",
}
WORDS = {
    "bridge": "các trường_hợp đồng_thời nộp hai hồ_sơ",
    "contract": "ký_kết hợp_đồng với nhà_thầu",
}


def write_texts(out: Path) -> None:
    for name, text in TEXTS.items():
        task = a_task(
            text, leads=(INFORMATION if name == "contract" else HEALTH,), partners=(), search_text=WORDS.get(name)
        )
        put(out, a_plan(name, tasks=(task,)))


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("out")
    write_texts(directory)
    build_dataset(directory)
    return directory


def names(hits: list[Hit]) -> list[str]:
    return [hit.path.removesuffix(".txt") for hit in hits]


def test_words_are_found_without_their_marks(out: Path) -> None:
    assert names(search(out, "phoi hop", kind="task"))[0] == "cooperate"
    assert names(search(out, "PHỐI HỢP", kind="task"))[0] == "cooperate"


def test_words_that_stand_together_rank_above_scattered_ones(out: Path) -> None:
    first, *others = names(search(out, "chữ ký số"))
    assert (first, {*others}) == ("phrase", {"scattered", "unmarked"})
    assert names(search(out, "chu ky so"))[-1] == "scattered"


def test_diacritics_rank_above_none(out: Path) -> None:
    assert names(search(out, "chữ ký"))[0] == "phrase"
    assert "unmarked" in names(search(out, "chữ ký"))


def test_segmented_words_rank_above_syllables_of_two_words(out: Path) -> None:
    assert names(search(out, "hợp đồng", kind="task")) == ["contract", "bridge"]
    assert names(search(out, "trường hợp", kind="task"))[0] == "bridge"


def test_quoted_words_must_stand_together(out: Path) -> None:
    assert {*names(search(out, '"chu ky so"'))} == {"phrase", "unmarked"}
    assert names(search(out, "“ký duyệt”")) == ["scattered"]


def test_both_styles_of_tone_marks_are_the_same(out: Path) -> None:
    (words,) = parse("hoà")
    assert words == ["hòa"]


def test_filters_by_agency_province_kind_and_last_day(out: Path) -> None:
    everything = search(out, "don vi", kind="task")
    assert {hit.kind for hit in everything} == {"task"}
    assert names(search(out, "hop dong", kind="task", agency="so thong tin")) == ["contract"]
    assert names(search(out, "hợp đồng", kind="task", agency="Sở Nội vụ")) == []
    assert search(out, "chữ ký", province="Quảng Nam")
    assert search(out, "chữ ký", province="da-nang")
    assert not search(out, "chữ ký", province="Hà Nội")
    assert search(out, "chữ ký", due_before=date(2016, 7, 1))
    assert not search(out, "chữ ký", due_before=date(2016, 6, 30))
    targets = search(out, "dịch vụ công", kind="target")
    assert {(hit.due_on, hit.record_id) for hit in targets} == {("2016-12-31", "target-1")}


def test_a_hit_leads_to_its_document_and_place(out: Path) -> None:
    hit = search(out, "chữ ký số")[0]
    assert (hit.path, hit.result, hit.source_line, hit.number) == ("phrase.txt", "phrase.json", 7, "12/KH-UBND")
    assert (hit.section, hit.due_on) == ("II", "2016-06-30")
    assert "Sở Y tế tỉnh Quảng Nam" in hit.agencies


def test_a_snippet_shows_the_words_found(tmp_path: Path) -> None:
    text = "mở đầu dài dòng " * 30 + "cấp chữ ký số, con số khác " + "kết thúc " * 30
    put(tmp_path, a_plan("long", tasks=(a_task(text),)))
    build_dataset(tmp_path)
    pieces = search(tmp_path, "chữ ký số", kind="task")[0].snippet()
    assert [piece for piece, found in pieces if found] == ["chữ ký số", "số"]
    shown = "".join(piece for piece, _ in pieces)
    assert shown.startswith("…")
    assert shown.endswith("…")
    assert len(shown) < 300


@pytest.mark.parametrize(
    "query",
    [
        "chữ AND",
        "NEAR(chữ ký)",
        "chu*",
        'chữ "ký',
        "folded:chu",
        "chữ)",
        "-ký",
        "^chữ",
        "chữ_ký",
        "chữ OR ký' --",
        "{a b}:chu",
    ],
)
def test_query_syntax_has_no_meaning(out: Path, query: str) -> None:
    search(out, query)


@given(st.text(max_size=40))
def test_any_query_is_answered_or_refused(query: str) -> None:
    with sqlite3.connect(":memory:") as index:
        index.execute("CREATE VIRTUAL TABLE hits USING fts5(folded, exact, words, content='')")
        try:
            expression = match_expression(parse(query))
        except UsageError:
            return
        index.execute("SELECT rowid FROM hits WHERE hits MATCH ?", (expression,)).fetchall()


@given(st.text(alphabet="aáàảãạăâđĐƠÔƯYỹ b1-", max_size=30))
def test_folding_keeps_the_length_and_leaves_ascii(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert fold(text).isascii()
    assert fold(fold(text)) == fold(text)
    assert [fold(word) for word in words_in(text)] == words_in(fold(text))


@pytest.mark.parametrize("query", ["", "  ", "!?", '""'])
def test_a_query_without_words_is_refused(out: Path, query: str) -> None:
    with pytest.raises(UsageError, match="no word"):
        search(out, query)


def test_a_changed_document_is_indexed_anew_and_a_vanished_one_goes(tmp_path: Path) -> None:
    write_texts(tmp_path)
    build_dataset(tmp_path)
    put(tmp_path, a_plan("phrase", tasks=(a_task("Trồng cây xanh đô thị"),), deadlines=(), targets=()))
    (tmp_path / "documents" / "contract.json").unlink()
    assert build_dataset(tmp_path).indexed == 1
    assert names(search(tmp_path, "cây xanh")) == ["phrase"]
    assert {*names(search(tmp_path, "chữ ký số"))} == {"unmarked", "scattered"}
    assert names(search(tmp_path, "hợp đồng", kind="task")) == ["bridge"]
    with sqlite3.connect(tmp_path / INDEX) as index:
        index.execute("INSERT INTO hits (hits) VALUES ('integrity-check')")
        assert index.execute("SELECT count(*) FROM documents").fetchone() == (len(TEXTS) - 1,)


def test_changed_words_of_the_head_reach_the_hits(tmp_path: Path) -> None:
    write_texts(tmp_path)
    build_dataset(tmp_path)
    put(tmp_path, a_plan("phrase", tasks=(a_task(TEXTS["phrase"]),), metadata=Metadata(number="99/KH-UBND")))
    build_dataset(tmp_path)
    assert search(tmp_path, "chữ ký số")[0].number == "99/KH-UBND"


def test_an_index_that_is_none_is_made_anew(tmp_path: Path) -> None:
    write_texts(tmp_path)
    build_dataset(tmp_path)
    (tmp_path / INDEX).write_bytes(b"no database")
    with pytest.raises(UsageError, match="kehoach dataset"):
        search(tmp_path, "chữ")
    assert build_dataset(tmp_path).indexed == len(TEXTS)
    assert search(tmp_path, "chữ ký số")


def test_a_task_without_a_last_day_is_not_due(tmp_path: Path) -> None:
    ongoing = Deadline(id="deadline-1", span=Span(0, 1), surface="thường xuyên", kind="ongoing")
    put(tmp_path, a_plan(deadlines=(ongoing,)))
    build_dataset(tmp_path)
    assert search(tmp_path, "chữ ký")
    assert not search(tmp_path, "chữ ký", due_before=date(2100, 1, 1))


def test_the_command_prints_hits_and_json(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["search", str(out), "chữ ký số", "--limit", "1", "--due-before", "2017-01-01"]) == OK
    printed = " ".join(capsys.readouterr().out.split())
    assert "1. Triển khai chữ ký số" in printed
    assert "phrase.txt, line 7" in printed
    assert run(["search", str(out), "chữ ký số", "--kind", "tasks", "--json"]) == OK
    (first, *_) = json.loads(capsys.readouterr().out)
    assert (first["path"], first["snippet"]) == ("phrase.txt", "Triển khai «chữ ký số» tại các cơ sở y tế")
    assert run(["search", str(out), "không có chữ này"]) == OK
    assert "Nothing found" in capsys.readouterr().out
    assert run(["search", str(out), "chữ", "--kind", "x"]) == WRONG_USAGE
