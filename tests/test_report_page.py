"""`kehoach report`: marks and their records, the page as HTML, and the page in Chromium."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from pipeline.cli import OK, WRONG_USAGE, run
from pipeline.dataset.funding import funding, source_of
from pipeline.extract import extract_document
from pipeline.pictures import write_report
from pipeline.pictures.gather import due_day, gather
from pipeline.pictures.marks import MOST_KEPT, MOST_LISTED, Marks, Shown, page_share
from pipeline.pictures.page import render_page, script_json
from pipeline.results import Result
from pipeline.store import encode, write_whole
from schemas import Budget, BudgetLine, Deadline, PlanDocument, Span
from tests.chromium import CHROMIUM, Browser
from tests.conftest import ROOT

PLAN = ROOT / "tests" / "texts" / "small-plan.txt"
ATTACK = "</script><script>document.title='hacked'</script><img src=x onerror=\"document.title='hacked'\">"
DRAWN = "Boolean(document.documentElement.dataset.drawn)"


def _document() -> PlanDocument:
    return extract_document(PLAN.read_bytes(), path="plan.txt")


def _hostile() -> PlanDocument:
    document = _document()
    lead = document.tasks[0].leads[0].model_copy(update={"name": ATTACK})
    first = document.tasks[0].model_copy(update={"text": ATTACK, "leads": (lead,)})
    metadata = document.metadata.model_copy(update={"title": ATTACK, "number": ATTACK})
    return document.model_copy(update={"id": "kh-hostile", "tasks": (first, *document.tasks[1:]), "metadata": metadata})


@pytest.fixture
def results(tmp_path: Path) -> Path:
    write_whole(tmp_path / "documents" / "plan.json", encode(_document()))
    write_whole(tmp_path / "documents" / "hostile.json", encode(_hostile()))
    return tmp_path


def _results(*documents: PlanDocument) -> Iterator[Result]:
    yield from (Result(f"{document.id}.json", document, False) for document in documents)


def _data(page: str) -> Any:
    found = html.fromstring(page.encode()).get_element_by_id("data")
    return json.loads(found.text_content())


def test_marks_count_all_and_keep_the_first() -> None:
    marks = Marks()
    for number in range(MOST_KEPT + 5):
        marks.add(("a",), Shown("task", 0, str(number), "", "", ""), amount=2)
    assert (marks[("a",)].count, marks[("a",)].amount) == (MOST_KEPT + 5, 2 * (MOST_KEPT + 5))
    assert [record.text for record in marks[("a",)].records] == [str(number) for number in range(MOST_KEPT)]


def test_a_page_lists_fewer_records_of_each_mark_when_there_are_many() -> None:
    marks = Marks()
    for mark in range(MOST_LISTED // MOST_KEPT + 1):
        for number in range(MOST_KEPT):
            marks.add((str(mark),), Shown("task", mark, str(number), "", "", ""))
    assert page_share(marks.values()) == 25


def test_a_task_stands_at_its_last_day_and_a_recurring_one_nowhere() -> None:
    first = Deadline(span=Span(0, 1), surface="…", kind="by", due=date(2018, 6, 30))
    last = Deadline(span=Span(0, 1), surface="…", kind="during", end=date(2018, 9, 30))
    yearly = Deadline(span=Span(0, 1), surface="…", kind="recurring", end=date(2020, 1, 1))
    assert due_day([first, last, yearly]) == date(2018, 9, 30)
    assert due_day([yearly]) is None


def test_each_task_is_drawn_in_its_quarter_and_month() -> None:
    charts = gather(_results(_document())).charts
    assert {key: mark.count for key, mark in charts["deadlines"].items()} == {
        ("Sở Nông nghiệp và Phát triển nông thôn tỉnh Thái Bình", "2018-04-01"): 1,
        ("Sở Tài chính tỉnh Thái Bình", "2018-04-01"): 1,
    }
    assert {key: mark.count for key, mark in charts["months"].items()} == {("2018", "6"): 2}
    assert list(charts["provinces"]) == [("thai-binh",)]
    assert charts["months"][("2018", "6")].records[0].place.startswith("l")


@pytest.mark.parametrize(
    ("label", "source"),
    [
        ("Ngân sách trung ương hỗ trợ", "central"),
        ("Vốn ngân sách tỉnh", "local"),
        ("Kinh phí do ngân sách nhà nước cấp", "state"),
        ("Vốn vay tổ chức tín dụng", "loans"),
        ("Vốn góp của nhà đầu tư", "private"),
        ("Thu từ khu vực doanh nghiệp nhà nước", ""),
        ("Tổng kinh phí", ""),
        ("Xây dựng phần mềm", ""),
    ],
)
def test_sources_of_money(label: str, source: str) -> None:
    assert source_of(label) == source


def _budget(*lines: tuple[str, int, bool]) -> Budget:
    made = tuple(
        BudgetLine(label=label, period="2018", amount_raw="…", amount_vnd=amount, is_total=total)
        for label, amount, total in lines
    )
    return Budget(span=Span(0, 1), caption=None, unit=None, multiplier=1, lines=made)


def test_parts_and_their_total_are_not_added_together() -> None:
    named = _budget(("Tổng cộng", 30, True), ("Ngân sách trung ương", 10, False), ("Ngân sách tỉnh", 20, False))
    assert [(source, line.amount_vnd) for source, line in funding(named)] == [("central", 10), ("local", 20)]
    unnamed = _budget(("Tổng cộng", 30, True), ("Mua máy", 10, False), ("Phần A", 20, True))
    assert [(source, line.amount_vnd) for source, line in funding(unnamed)] == [("", 30)]


def test_a_source_and_its_parts_count_once() -> None:
    nested = _budget(
        ("Ngân sách nhà nước", 60, True), ("Ngân sách trung ương", 10, False), ("Ngân sách địa phương", 50, True),
        ("Ngân sách tỉnh", 20, False), ("Ngân sách huyện", 30, False),
        ("Xã hội hóa", 20, False), ("Vốn vay", 20, False),
    )  # fmt: skip
    counted = [(source, line.amount_vnd) for source, line in funding(nested)]
    assert counted == [("central", 10), ("local", 20), ("local", 30), ("private", 20), ("loans", 20)]


def test_every_mark_leads_to_its_records() -> None:
    data = _data(render_page(gather(_results(_document()))))
    for section in data["sections"]:
        for panel in section["panels"]:
            for mark in panel["marks"]:
                assert 1 <= len(mark["records"]) <= mark["count"]
                assert all(data["records"][number] for number in mark["records"])
    months = next(section for section in data["sections"] if section["name"] == "months")["panels"][0]["marks"][0]
    assert (months["name"]["vi"], months["count"]) == ("06/2018", 2)
    assert "kiểm tra chất lượng nước" in data["records"][months["records"][0]][2]


def test_every_datum_of_a_chart_names_a_mark() -> None:
    data = _data(render_page(gather(_results(_document()))))
    for panel in (panel for section in data["sections"] for panel in section["panels"]):
        for spec in panel["spec"].values():
            rows = [row for found in spec["datasets"].values() for row in found]
            assert sorted({row["mark"] for row in rows}) == list(range(len(panel["marks"])))


def test_a_question_without_data_says_so() -> None:
    empty = _document().model_copy(update={"tasks": (), "targets": (), "budgets": (), "diagnostics": ()})
    page = render_page(gather(_results(empty)))
    assert "Không có khoản kinh phí nào." in page
    assert "No task has a last day." in page


def test_text_of_documents_stays_text(results: Path, tmp_path: Path) -> None:
    for options in ([], ["--document", "kh-hostile"]):
        assert run(["report", str(results), "--to", str(tmp_path / "r.html"), *options]) == OK
        page = html.fromstring((tmp_path / "r.html").read_bytes())
        assert len(page.findall(".//script")) == 3
        assert not page.findall(".//img")
        assert page.findtext(".//title") in {"Kế hoạch: bộ dữ liệu bằng hình", "Kế hoạch bằng hình"}
    assert page.findtext(".//h1") == ATTACK


def test_nothing_ends_the_element_of_the_data() -> None:
    value = {"text": "</script><!--\u2028&"}
    assert "<" not in script_json(value)
    assert json.loads(script_json(value)) == value


def test_the_policy_forbids_the_network_and_all_other_scripts(results: Path, tmp_path: Path) -> None:
    write_report(results, tmp_path / "r.html")
    text = (tmp_path / "r.html").read_text(encoding="utf-8")
    page = html.fromstring(text.encode())
    policy = page.find(".//meta[@http-equiv]").get("content")
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe-eval" not in policy
    assert "http" not in policy
    assert not page.findall(".//link")
    assert not page.xpath("//@src")


def test_two_runs_give_the_same_page(results: Path, tmp_path: Path) -> None:
    write_report(results, tmp_path / "a.html")
    write_report(results, tmp_path / "b.html")
    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()


def test_the_page_of_one_document_lists_all_its_records(results: Path, tmp_path: Path) -> None:
    assert run(["report", str(results), "--document", "plan", "--to", str(tmp_path / "r.html")]) == OK
    page = html.fromstring((tmp_path / "r.html").read_bytes())
    document = _document()
    assert page.findtext(".//h1") == document.metadata.number
    rows = page.xpath("//details[1]//tbody/tr")
    assert [row[1].text_content() for row in rows] == [" ".join(task.text.split()) for task in document.tasks]


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--document", "kh-none"], "no document kh-none"),
        (["--to", "."], "is a directory"),
    ],
)
def test_wrong_usage_is_told(results: Path, options: list[str], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["report", str(results), *options]) == WRONG_USAGE
    assert told in capsys.readouterr().err


@pytest.fixture
def page(results: Path, tmp_path: Path) -> Path:
    write_report(results, tmp_path / "r.html")
    return tmp_path / "r.html"


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed (apt-get install chromium)")
@pytest.mark.parametrize("width", [1280, 390])
def test_the_page_in_a_browser(page: Path, tmp_path: Path, width: int) -> None:
    with Browser(tmp_path / "profile", width=width) as browser:
        browser.open(page, until=DRAWN)
        assert browser.ask("document.querySelectorAll('svg.marks').length") >= 5
        browser.click("#months .mark-rect path")
        browser.wait("document.querySelectorAll('#months tbody tr').length > 0")
        assert browser.ask("document.querySelector('#months h3').textContent") == "06/2018"
        assert browser.ask("document.querySelectorAll('#months tbody tr').length") == 4
        assert "30/06/2018" in browser.ask("document.querySelector('#months tbody').textContent")
        browser.click("[data-language=en]")
        browser.wait("document.documentElement.dataset.drawn === 'en'")
        assert browser.ask("document.querySelector('h1').innerText") == "Plans: the dataset in pictures"
        assert browser.ask("document.querySelector('#months .found p').textContent") == "4 records."
        assert browser.ask("document.documentElement.scrollWidth") <= width
        assert "hacked" not in browser.ask("document.title")
        assert browser.errors == []
        assert {url.split(":")[0] for url in browser.requests} <= {"file", "data"}


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed (apt-get install chromium)")
def test_a_link_opens_with_the_records_of_its_mark(page: Path, tmp_path: Path) -> None:
    with Browser(tmp_path / "profile", width=1280) as browser:
        browser.open(page, anchor="#deadlines:0:0", until=DRAWN)
        assert browser.ask("document.querySelector('#deadlines h3').textContent").startswith("Sở Tài chính")
        assert browser.ask("document.querySelectorAll('#deadlines tbody tr').length") == 2
        assert browser.errors == []
