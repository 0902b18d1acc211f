"""The tables as JSON lines, CSV, Excel, Parquet and as a package, read back with other libraries."""

from __future__ import annotations

import csv
import hashlib
import json
import subprocess
from datetime import date, datetime
from pathlib import Path
from typing import Any

import frictionless
import openpyxl
import polars as pl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rocrate.rocrate import ROCrate

from pipeline.cell_text import as_cell
from pipeline.dataset.rows import TABLES, BudgetLineRow, DeadlineRow
from pipeline.export import csv_files, json_lines, package, parquet_files, workbook
from pipeline.export.account import Account
from pipeline.export.columns import KEYS, columns_of, references_of
from pipeline.export.options import Options
from pipeline.export.tables import Tables, dataset_tables
from tests.exported_plan import HOSTILE, decree, hostile_plan, small_plan, some_tables


@pytest.fixture
def tables() -> Tables:
    return some_tables([small_plan(), decree(), hostile_plan()])


def test_every_column_has_a_type_and_a_description() -> None:
    for table in TABLES:
        for column in columns_of(table):
            assert column.about, f"{table}.{column.name}"
        assert set(KEYS[table]) <= {column.name for column in columns_of(table) if not column.optional}
    assert {column.name: (column.kind, column.optional) for column in columns_of("measures")}["value_max"] == (
        "number",
        True,
    )
    assert [found.table for found in references_of("task_deadlines")] == ["documents", "tasks", "deadlines"]


def test_json_lines_keep_everything(tables: Tables, tmp_path: Path) -> None:
    json_lines.write(tables, tmp_path, Options(tables=("tasks", "deadlines")), Account())
    assert sorted(file.name for file in tmp_path.iterdir()) == ["deadlines.jsonl", "tasks.jsonl"]
    rows = [json.loads(line) for line in (tmp_path / "tasks.jsonl").read_text("utf-8").splitlines()]
    assert len(rows) == len(list(tables["tasks"]))
    assert rows[-1]["text"] == HOSTILE
    assert rows[0]["leads"] == ["Sở Nông nghiệp và Phát triển nông thôn tỉnh Thái Bình"]


def test_csv_is_read_back_and_runs_nothing(tables: Tables, tmp_path: Path) -> None:
    csv_files.write(tables, tmp_path, Options(), Account())
    assert len(list(tmp_path.iterdir())) == len(TABLES)
    with (tmp_path / "tasks.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["document_id"] for row in rows] == [row[0] for row in tables["tasks"]]
    assert rows[-1]["text"] == "'" + HOSTILE.replace("\x0b", "").replace("\x07", "").replace("\ufffe", "")
    with (tmp_path / "deadlines.csv").open(encoding="utf-8", newline="") as file:
        ends = [row["end"] for row in csv.DictReader(file)]
    assert "2018-06-29" in ends


def test_excel_is_told_of_utf_8_on_request(tables: Tables, tmp_path: Path) -> None:
    csv_files.write(tables, tmp_path, Options(tables=("documents",), bom=True), Account())
    content = (tmp_path / "documents.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbfdocument_id,")
    csv_files.write(tables, tmp_path, Options(tables=("documents",)), Account())
    assert (tmp_path / "documents.csv").read_bytes() == content[3:]


@given(st.text())
@example("=")
def test_no_cell_begins_a_formula(text: str) -> None:
    cell = as_cell(text)
    if cell != "=" and cell.lstrip(" \n'\"")[:1] in {"=", "@", "\t", "\r", "＝"}:
        assert cell.startswith("'")
    if cell[:1] in {"+", "-"}:
        assert set(cell) <= set("+-0123456789., %\u00a0\n\t") or cell[1:2].isdigit()


def test_a_workbook_has_types_filters_and_texts_that_run_nothing(tables: Tables, tmp_path: Path) -> None:
    money = BudgetLineRow(
        "kh-ffff", "budget-1", 1, HOSTILE, "2019", 2019, "-5", 85_000_000_000, False, None, True, None, None
    )
    huge = money._replace(position=2, amount_vnd=10**18)
    old = DeadlineRow._make([*next(iter(tables["deadlines"]))])._replace(start=date(1890, 1, 1))
    rows = {**tables, "budget_lines": [money, huge], "deadlines": [*tables["deadlines"], old]}
    workbook.write(rows, tmp_path, Options(), Account())
    read = openpyxl.load_workbook(tmp_path / "kehoach.xlsx")
    assert read.sheetnames == [*TABLES, "columns"]
    cells = _by_name(read["budget_lines"], 2)
    assert (cells["amount_vnd"].value, cells["amount_vnd"].number_format) == (85_000_000_000, "#,##0")
    assert cells["label"].data_type == "s"
    assert str(cells["label"].value).startswith("=cmd|")
    assert _by_name(read["budget_lines"], 3)["amount_vnd"].value == str(10**18)
    ends = [cell.value for cell in next(read["deadlines"].iter_cols(min_col=6, max_col=6, min_row=2))]
    assert datetime(2018, 6, 29) in ends
    assert _by_name(read["deadlines"], read["deadlines"].max_row)["start"].value == "1890-01-01"
    sheet = read["tasks"]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", f"A1:T{sheet.max_row}")
    assert not any(cell.data_type == "f" for sheet in read for row in sheet.iter_rows() for cell in row)
    explained = [row[:2] for row in read["columns"].iter_rows(min_row=2, values_only=True)]
    assert ("tasks", "due_on") in explained


def _by_name(sheet: Any, row: int) -> dict[str, Any]:
    return {head.value: cell for head, cell in zip(sheet[1], sheet[row], strict=True)}


def test_what_a_workbook_cannot_hold_is_told(tables: Tables, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MOST_ROWS", 3)
    monkeypatch.setattr(workbook, "LONGEST_TEXT", 20)
    account = Account()
    workbook.write(tables, tmp_path, Options(tables=("tasks",)), account)
    total = len(list(tables["tasks"]))
    assert account.written["rows of tasks"] == 2
    assert account.omitted["rows of tasks: a sheet holds no more than 3"] == total - 2
    sheet = openpyxl.load_workbook(tmp_path / "kehoach.xlsx")["tasks"]
    assert (sheet.max_row, len(str(sheet["F2"].value))) == (3, 20)


def test_parquet_keeps_types(tables: Tables, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet_files, "AT_ONCE", 2)
    parquet_files.write(tables, tmp_path, Options(), Account())
    assert len(list(tmp_path.iterdir())) == len(TABLES)
    tasks = pl.read_parquet(tmp_path / "tasks.parquet")
    assert [tuple(row) for row in tasks.iter_rows()] == [tuple(row) for row in tables["tasks"]]
    assert (tasks.schema["leads"], tasks.schema["due_on"]) == (pl.List(pl.String), pl.Date)
    assert pl.read_parquet(tmp_path / "tables.parquet").schema["cells"] == pl.List(pl.List(pl.String))


def test_a_dataset_is_read_table_by_table(tables: Tables, tmp_path: Path) -> None:
    parquet_files.write(tables, tmp_path, Options(), Account())
    for name in TABLES:
        (tmp_path / "dataset" / name).mkdir(parents=True)
        (tmp_path / f"{name}.parquet").rename(tmp_path / "dataset" / name / "0000.parquet")
    assert {name: list(rows) for name, rows in dataset_tables(tmp_path).items()} == tables


def test_a_package_is_valid_for_frictionless(tables: Tables, tmp_path: Path) -> None:
    package.write(tables, tmp_path, Options(license="CC-BY-4.0", creator="Sở Khoa học"), Account())
    report = frictionless.validate(str(tmp_path / "datapackage.json"))
    assert report.valid, report.flatten(["type", "note"])
    content = json.loads((tmp_path / "datapackage.json").read_bytes())
    assert content["licenses"] == [{"name": "CC-BY-4.0"}]
    tasks = next(each for each in content["resources"] if each["name"] == "tasks")
    assert tasks["schema"]["primaryKey"] == ["document_id", "task_id"]
    fields = {field["name"]: field for field in tasks["schema"]["fields"]}
    assert fields["due_on"]["type"] == "date"
    assert "latest `due`" in fields["due_on"]["description"]


def test_frictionless_finds_a_task_of_no_document(tables: Tables, tmp_path: Path) -> None:
    package.write({**tables, "documents": list(tables["documents"])[1:]}, tmp_path, Options(), Account())
    report = frictionless.validate(str(tmp_path / "datapackage.json"))
    assert {kind for (kind,) in report.flatten(["type"])} == {"foreign-key"}


def test_a_package_is_an_ro_crate_that_tells_who_when_and_what(tables: Tables, tmp_path: Path) -> None:
    options = Options(title="Kế hoạch", license="https://creativecommons.org/licenses/by/4.0/", creator="Sở Khoa học")
    package.write(tables, tmp_path, options, Account())
    crate = ROCrate(tmp_path)
    assert (crate.name, crate.creator["name"]) == ("Kế hoạch", "Sở Khoa học")
    assert crate.datePublished.date() == date(2020, 3, 2)  # of the newest document
    described = {entity.id: entity for entity in crate.data_entities}
    assert set(described) == {f"{name}.csv" for name in TABLES} | {"datapackage.json"}
    content = (tmp_path / "tasks.csv").read_bytes()
    assert described["tasks.csv"]["sha256"] == hashlib.sha256(content).hexdigest()
    assert crate.dereference("#reading")["instrument"]["name"] == "kehoach"


def test_a_package_of_some_tables_names_no_others(tables: Tables, tmp_path: Path) -> None:
    options = Options(tables=("tasks", "task_deadlines"), published=date(2026, 1, 2))
    package.write(tables, tmp_path, options, Account())
    assert frictionless.validate(str(tmp_path / "datapackage.json")).valid
    assert ROCrate(tmp_path).datePublished.date() == date(2026, 1, 2)


def test_the_checksums_are_those_of_the_files(tables: Tables, tmp_path: Path) -> None:
    package.write(tables, tmp_path, Options(), Account())
    subprocess.run(["sha256sum", "--check", "--strict", "SHA256SUMS"], cwd=tmp_path, check=True, capture_output=True)
    listed = {line.split("  ")[1] for line in (tmp_path / "SHA256SUMS").read_text().splitlines()}
    assert listed == {file.name for file in tmp_path.iterdir()} - {"SHA256SUMS"}
