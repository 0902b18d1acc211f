"""`kehoach register`: states, next days, the workbook read back with openpyxl and LibreOffice, the CSV."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from pipeline.cell_text import LONGEST_CELL, as_cell, cut_to_cell
from pipeline.cli import OK, WRONG_USAGE, run
from pipeline.extract import extract_document
from pipeline.register import write_register
from pipeline.register.order import vietnamese_order
from pipeline.register.recurrence import next_day
from pipeline.register.rows import DocumentFacts, RegisterRow, TaskFacts, register_rows
from pipeline.register.sheet_names import sheet_names
from pipeline.register.term import term
from pipeline.register.words import vietnamese_recurrence
from pipeline.register.workbook import MOST_SHEETS, encode_workbook
from pipeline.store import encode, write_whole
from schemas import Deadline, PlanDocument, Span
from tests.conftest import ROOT

PLAN = ROOT / "tests" / "texts" / "small-plan.txt"
DAY = date(2016, 12, 1)
ISSUED = date(2016, 3, 1)
ALPHABETICAL = ["Bà", "Bả", "Bạ", "Băng", "Bân", "Sở Công Thương", "Sở Du lịch", "Sở Đất đai", "Sở Y tế", "Thanh tra"]


def _deadline(kind: Any, **said: Any) -> Deadline:
    return Deadline(span=Span(0, 1), surface="…", kind=kind, **said)


def _by(day: date) -> Deadline:
    return _deadline("by", end=day, due=day)


QUARTER = _deadline("during", start=date(2017, 4, 1), end=date(2017, 6, 30), due=date(2017, 6, 30))


@pytest.mark.parametrize(
    ("deadlines", "due", "state"),
    [
        ([], None, "open"),
        ([_deadline("ongoing")], None, "open"),
        ([_deadline("conditional", anchor="có hướng dẫn")], None, "open"),
        ([_by(date(2016, 11, 30))], date(2016, 11, 30), "overdue"),
        ([_by(DAY)], DAY, "running"),
        ([_by(date(2017, 1, 31))], date(2017, 1, 31), "running"),
        ([QUARTER], date(2017, 6, 30), "pending"),
        ([_deadline("during", start=date(2016, 1, 1), end=date(2016, 6, 30))], date(2016, 6, 30), "overdue"),
        ([_deadline("from", start=date(2017, 1, 1))], None, "pending"),
        ([_deadline("from", start=date(2016, 7, 1))], None, "open"),
        ([_deadline("relative", offset="P15D", due=date(2016, 3, 16))], date(2016, 3, 16), "overdue"),
        ([_deadline("relative", offset="P15D")], None, "open"),
        ([_by(date(2016, 6, 30)), _by(date(2017, 12, 31))], date(2017, 12, 31), "running"),
        ([_by(date(2016, 6, 30)), _by(date(2016, 9, 30))], date(2016, 9, 30), "overdue"),
        ([_deadline("recurring", recurrence="FREQ=YEARLY")], date(2016, 12, 31), "running"),
        ([_deadline("recurring")], None, "open"),
        ([_deadline("recurring", recurrence="FREQ=MONTHLY", end=date(2016, 6, 30))], date(2016, 6, 30), "overdue"),
        (
            [
                _deadline("recurring", recurrence="FREQ=YEARLY"),
                _deadline("during", start=date(2011, 1, 1), end=date(2015, 12, 31), due=date(2015, 12, 31)),
            ],
            date(2015, 12, 31),
            "overdue",
        ),
        (
            [_deadline("recurring", recurrence="FREQ=MONTHLY", start=date(2018, 1, 1))],
            date(2018, 1, 31),
            "pending",
        ),
    ],
)
def test_states_follow_from_dates(deadlines: list[Deadline], due: date | None, state: str) -> None:
    found = term(deadlines, issued=ISSUED, as_of=DAY)
    assert (found.due, found.state) == (due, state)


def test_a_task_of_a_document_that_is_not_yet_issued_has_not_begun() -> None:
    assert term([_by(date(2018, 6, 30))], issued=date(2018, 1, 1), as_of=DAY).state == "pending"


@pytest.mark.parametrize(
    ("rule", "day", "expected"),
    [
        ("FREQ=MONTHLY", "2016-12-01", "2016-12-31"),
        ("FREQ=MONTHLY;BYMONTHDAY=22", "2016-12-23", "2017-01-22"),
        ("FREQ=MONTHLY;INTERVAL=3", "2017-01-01", "2017-03-31"),
        ("FREQ=MONTHLY;INTERVAL=6", "2016-07-01", "2016-12-31"),
        ("FREQ=YEARLY;BYMONTH=10,11,12", "2016-11-01", "2016-12-31"),
        ("FREQ=YEARLY;BYMONTH=1,2,3,4,10,11,12", "2016-11-01", "2017-04-30"),
        ("FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=20", "2016-12-21", "2017-03-20"),
        ("FREQ=WEEKLY", "2016-12-01", "2016-12-04"),
        ("FREQ=DAILY", "2016-12-01", "2016-12-01"),
        ("FREQ=HOURLY;INTERVAL=2", "2016-12-01", "2016-12-01"),
        ("FREQ=YEARLY;INTERVAL=5", "2016-12-01", None),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "2016-12-01", None),
        ("FREQ=YEARLY;INTERVAL=0", "2016-12-01", None),
        ("FREQ=SECONDLY", "2016-12-01", None),
        ("DTSTART:20160101\nRRULE:FREQ=DAILY", "2016-12-01", None),
        (None, "2016-12-01", None),
    ],
)
def test_the_next_day_of_a_rule(rule: str | None, day: str, expected: str | None) -> None:
    found = next_day(rule, on_or_after=date.fromisoformat(day))
    assert found == (date.fromisoformat(expected) if expected else None)


def test_an_interval_of_years_counts_from_the_beginning() -> None:
    assert next_day("FREQ=YEARLY;INTERVAL=5", on_or_after=DAY, begin=date(2013, 5, 1)) == date(2018, 12, 31)


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("FREQ=YEARLY", "hằng năm"),
        ("FREQ=MONTHLY;INTERVAL=6", "6 tháng một lần"),
        ("FREQ=YEARLY;BYMONTH=10,11,12", "hằng năm, tháng 10, 11, 12"),
        ("FREQ=YEARLY;BYMONTH=3,6;BYMONTHDAY=20", "hằng năm, ngày 20 các tháng 3, 6"),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "hằng tháng, ngày cuối tháng"),
        ("FREQ=WEEKLY;BYDAY=FR", "FREQ=WEEKLY;BYDAY=FR"),
        (None, "định kỳ"),
    ],
)
def test_recurrences_in_vietnamese(rule: str | None, words: str) -> None:
    assert vietnamese_recurrence(rule) == words


def test_agencies_stand_in_the_order_of_the_vietnamese_alphabet() -> None:
    assert sorted(set(ALPHABETICAL), key=vietnamese_order) == ALPHABETICAL


def test_names_of_sheets_are_short_unique_and_allowed() -> None:
    long = "Ban Chỉ đạo xây dựng nông thôn mới huyện Bình Sơn"
    names = sheet_names([long, long.upper(), "A/B:C*[D]?\\", "'", "History", "Tổng hợp"], taken=["Tổng hợp"])
    assert names[0].endswith("…")
    assert len({name.casefold() for name in names}) == len(names)
    assert all(len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in names)
    assert names[2:] == ["A B C D", "Sheet", "History (2)", "Tổng hợp (2)"]


@pytest.mark.parametrize("text", ["=1+1", "+84+1", "-2+3", "@SUM(A1)", "\t=1", "\n=1", "  =1"])
def test_no_cell_of_a_csv_is_a_formula(text: str) -> None:
    assert as_cell(text).startswith("'")


def test_texts_fit_into_a_cell() -> None:
    assert cut_to_cell("a\x00b\x1f\ufffec\n") == "abc\n"
    assert len(cut_to_cell("ế" * 40_000)) == LONGEST_CELL
    assert len(cut_to_cell("😀" * 40_000).encode("utf-16-le")) <= 2 * LONGEST_CELL


def _document(name: str = "plan.txt", **changes: Any) -> PlanDocument:
    document = extract_document(PLAN.read_bytes(), path=name)
    return document.model_copy(update=changes)


@pytest.fixture
def results(tmp_path: Path) -> Path:
    write_whole(tmp_path / "documents" / "plan.json", encode(_document()))
    return tmp_path


def _open(file: Path) -> Workbook:
    return load_workbook(file)


def _cells(book: Workbook, sheet: str) -> list[dict[str, Any]]:
    rows = list(book[sheet].iter_rows(min_row=4, values_only=True))
    return [dict(zip(map(str, rows[0]), row, strict=True)) for row in rows[1:]]


def test_the_register_of_a_plan(results: Path, tmp_path: Path) -> None:
    write_register(results, tmp_path / "r.xlsx", as_of=date(2018, 7, 10))
    rows = _cells(_open(tmp_path / "r.xlsx"), "Nhiệm vụ")
    first = rows[0]
    assert first["STT"] == 1
    assert first["Số, ký hiệu văn bản"] == "12/KH-UBND"
    assert first["Ngày ban hành"] == datetime(2018, 2, 5)
    assert first["Cơ quan chủ trì"] == "Sở Nông nghiệp và Phát triển nông thôn tỉnh Thái Bình"
    assert first["Cơ quan phối hợp"] == "Sở Y tế tỉnh Thái Bình"
    assert first["Thời hạn"] == datetime(2018, 6, 30)
    assert first["Nguồn"].startswith("plan.txt, dòng ")
    assert isinstance(first["Độ tin cậy"], float)
    assert [row["Tình trạng"] for row in rows] == ["quá hạn", "trong hạn", "quá hạn", "không thời hạn"]
    assert rows[1]["Thời hạn"] == datetime(2018, 9, 30)
    assert rows[1]["Định kỳ"] == "hằng quý"
    assert {row["Rà soát"] for row in rows} == {"máy đọc"}


def test_sheets_have_filters_panes_a_print_setup_and_state_colours(results: Path, tmp_path: Path) -> None:
    write_register(results, tmp_path / "r.xlsx", as_of=DAY)
    book = _open(tmp_path / "r.xlsx")
    assert book.sheetnames == [
        "Tổng hợp",
        "Nhiệm vụ",
        "Sở Nông nghiệp và PTNT tỉnh Th…",
        "Sở Tài chính tỉnh Thái Bình",
        "UBND các huyện, thành phố",
    ]
    for sheet in book.worksheets[1:]:
        assert sheet.auto_filter.ref == f"A4:P{sheet.max_row}"
        assert sheet.freeze_panes == "C5"
        assert sheet.print_title_rows == "$4:$4"
        assert sheet.page_setup.orientation == "landscape"
        assert int(sheet.page_setup.paperSize) == 9
        assert sheet["I5"].number_format == "dd/mm/yyyy"
        rules = [rule for found in sheet.conditional_formatting for rule in found.rules]
        assert [rule.formula for rule in rules] == [
            ['"quá hạn"'],
            ['"trong hạn"'],
            ['"chưa đến hạn"'],
            ['"không thời hạn"'],
        ]
    assert len(book["Tổng hợp"]._charts) == 3
    links = [cell.hyperlink.location for row in book["Tổng hợp"].iter_rows() for cell in row if cell.hyperlink]
    assert "'Sở Tài chính tỉnh Thái Bình'!A1" in links


def test_the_summary_counts_every_task_once(results: Path, tmp_path: Path) -> None:
    write_register(results, tmp_path / "r.xlsx", as_of=date(2018, 7, 10), language="en")
    counts = {row[0]: row[1] for row in _open(tmp_path / "r.xlsx")["Summary"].iter_rows(values_only=True)}
    assert [counts[state] for state in ("overdue", "running", "not yet begun", "no deadline", "Total")] == [
        2,
        1,
        0,
        1,
        4,
    ]


def test_the_reviewed_document_goes_before_the_read_one(results: Path, tmp_path: Path) -> None:
    document = _document()
    task = document.tasks[0].model_copy(update={"text": "Đã sửa", "leads": ()})
    write_whole(
        results / "reviewed" / "plan.json", encode(document.model_copy(update={"tasks": (task, *document.tasks[1:])}))
    )
    write_register(results, tmp_path / "r.xlsx", as_of=DAY)
    book = _open(tmp_path / "r.xlsx")
    rows = _cells(book, "Nhiệm vụ")
    assert len(rows) == len(document.tasks)
    assert (rows[0]["Nội dung nhiệm vụ"], rows[0]["Rà soát"]) == ("Đã sửa", "đã rà soát")
    assert [row["Nội dung nhiệm vụ"] for row in _cells(book, "Chưa rõ cơ quan chủ trì")] == ["Đã sửa"]
    assert "1 văn bản đã rà soát" in book["Tổng hợp"]["A2"].value


def test_two_runs_give_the_same_bytes(results: Path, tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        write_register(results, tmp_path / name, as_of=DAY)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def _row(text: str = "Rà soát", leads: tuple[str, ...] = ()) -> RegisterRow:
    about = DocumentFacts("kh-1", "=plan.txt", False, "=1+1", ISSUED, "@A", None, "+B")
    facts = TaskFacts(about, 1, text, leads, (), (QUARTER,), None, 0.5, 3, None)
    return register_rows([facts], as_of=DAY)[0]


def test_hostile_text_stays_text() -> None:
    rows = [_row('=HYPERLINK("http://x")', ("=cmd|'/c calc'!A1", "Sở\x07 Y tế" + "ế" * 40_000))]
    book = load_workbook(io.BytesIO(encode_workbook(rows, as_of=DAY, language="vi")))
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert [cell.value for cell in book["Nhiệm vụ"][5]][1:6] == [
        "=1+1",
        datetime(2016, 3, 1),
        "@A",
        "+B",
        rows[0].facts.text,
    ]


def test_agencies_past_the_most_sheets_share_one() -> None:
    rows = [_row(leads=(f"Sở số {number}",)) for number in range(MOST_SHEETS + 5)]
    book = load_workbook(io.BytesIO(encode_workbook(rows, as_of=DAY, language="vi")))
    assert len(book.sheetnames) == MOST_SHEETS + 3
    assert book["Cơ quan khác"].max_row == 4 + 5


def test_the_csv_is_read_by_a_csv_reader(results: Path, tmp_path: Path) -> None:
    assert run(["register", str(results), "--as-of", "2018-07-10", "--to", str(tmp_path / "r.csv")]) == OK
    content = (tmp_path / "r.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert [row["Thời hạn"] for row in rows] == ["2018-06-30", "2018-09-30", "2018-06-29", ""]


@pytest.mark.parametrize(
    ("options", "count"),
    [(["--agency", "so tai chinh"], 1), (["--province", "Thái Bình"], 4), (["--province", "thai-binh"], 4)],
)
def test_tasks_of_one_agency_or_province(
    results: Path, tmp_path: Path, options: list[str], count: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["register", str(results), "--as-of", "2018-07-10", "--to", str(tmp_path / "r.csv"), *options]) == OK
    assert f"Wrote {count} tasks" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--as-of", "hôm nay"], "--as-of"),
        (["--as-of", "2018-07-10", "--to", "r.pdf"], ".xlsx or .csv"),
        (["--as-of", "2018-07-10", "--province", "Atlantis"], "no province Atlantis"),
        (["--as-of", "2018-07-10", "--agency", "Sở Thủy cung"], "Widen --agency"),
        (["--as-of", "2018-07-10", "--language", "fr"], "vi or en"),
    ],
)
def test_wrong_usage_is_told(results: Path, options: list[str], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["register", str(results), *options]) == WRONG_USAGE
    assert told in capsys.readouterr().err


@pytest.mark.office
def test_libreoffice_finds_the_right_types(results: Path, tmp_path: Path) -> None:
    if not shutil.which("soffice") or not list(Path("/usr/lib/libreoffice/program").glob("libsclo.so")):
        pytest.skip("LibreOffice Calc is not installed (apt-get install libreoffice-calc-nogui)")
    write_register(results, tmp_path / "r.xlsx", as_of=date(2018, 7, 10))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "fods", "--outdir", str(tmp_path), "r.xlsx"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=120)
    tree = etree.parse(tmp_path / "r.fods")
    table = next(found for found in tree.iter(f"{TABLE}table") if found.get(f"{TABLE}name") == "Nhiệm vụ")
    row = table.findall(f".//{TABLE}table-row")[4]
    cells = [cell for cell in row for _ in range(int(cell.get(f"{TABLE}number-columns-repeated", "1")))]
    types = [cell.get(f"{OFFICE}value-type") for cell in cells[:16]]
    texts = ["string"] * 5
    assert types == [
        "float",
        "string",
        "date",
        *texts,
        "date",
        "string",
        None,
        "string",
        None,
        "float",
        "string",
        "string",
    ]
    assert cells[8].get(f"{OFFICE}date-value") == "2018-06-30"
    assert tree.find(f".//{TABLE}database-range[@{TABLE}display-filter-buttons='true']") is not None


TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
