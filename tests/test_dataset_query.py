"""SQL over the dataset: what it may not reach, the ready questions, the formats of answers."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import duckdb
import polars as pl
import pytest

from pipeline.cli import OK, WRONG_USAGE, run
from pipeline.dataset.answers import encode_csv, encode_json, render_answer
from pipeline.dataset.connect import Answer, ask, connect
from pipeline.dataset.questions import questions
from pipeline.dataset.store import build_dataset
from pipeline.errors import UsageError
from tests.dataset_texts import a_plan, put


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("out")
    for number in range(3):
        put(directory, a_plan(f"ke-hoach-{number}"))
    build_dataset(directory)
    return directory


@pytest.fixture
def connection(out: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with closing(connect(out)) as found:
        yield found


REACHING_OUT = (
    "SELECT * FROM read_csv('/etc/passwd')",
    "SELECT * FROM read_text('/etc/passwd')",
    "SELECT * FROM read_blob('/etc/hostname')",
    "SELECT * FROM sniff_csv('/etc/passwd')",
    "SELECT * FROM glob('/etc/*')",
    "SELECT * FROM '/etc/passwd'",
    "SELECT * FROM parquet_metadata('{out}/../x.parquet')",
    "SELECT * FROM read_text('{out}/dataset/../documents/ke-hoach-0.json')",
    "SELECT * FROM read_text('{out}/documents/ke-hoach-0.json')",
    "SELECT * FROM read_text('{out}/dataset/link.csv')",
    "SELECT * FROM read_duckdb('{out}/kehoach.duckdb')",
    "SELECT * FROM read_csv('http://127.0.0.1:9/x')",
    "SELECT * FROM query('SELECT * FROM read_text(''/etc/passwd'')')",
)
CHANGING = (
    "COPY tasks TO '{out}/dataset/out.csv'",
    "COPY (SELECT 1) TO '{out}/dataset/tasks/0000.parquet'",
    "WITH a AS (COPY (SELECT 1) TO '{out}/dataset/out.csv') SELECT 1",
    "EXPLAIN ANALYZE COPY (SELECT 1) TO '{out}/dataset/out.csv'",
    "EXPORT DATABASE '{out}/dataset/e'",
    "ATTACH '{out}/dataset/new.duckdb'",
    "ATTACH '{out}/kehoach.duckdb'",
    "INSTALL httpfs",
    "LOAD httpfs",
    "PRAGMA database_list",
    "PRAGMA enable_profiling",
    "SET enable_external_access = true",
    "RESET lock_configuration",
    "SET file_search_path = '/etc'",
    "SELECT * FROM enable_logging(storage = 'file', storage_path = '{out}/dataset/log')",
    "SELECT * FROM enable_profiling(save_location = '{out}/dataset/p.json')",
    "CREATE TABLE x AS SELECT 1",
    "CREATE OR REPLACE VIEW tasks AS SELECT 1",
    "DROP VIEW tasks",
    "CHECKPOINT",
    "SELECT 1; DROP VIEW tasks",
    "SELECT 1) ; DROP VIEW tasks; SELECT * FROM (SELECT 1",
    "SELECT 1 /*",
    "SELECT 1 --\n) ; COPY (SELECT 1) TO '{out}/dataset/out.csv'",
    "",
    ";",
)


@pytest.mark.parametrize("sql", [*REACHING_OUT, *CHANGING])
def test_foreign_sql_reaches_nothing_and_changes_nothing(
    out: Path, connection: duckdb.DuckDBPyConnection, sql: str
) -> None:
    link = out / "dataset" / "link.csv"
    if not link.is_symlink():
        link.symlink_to("/etc/passwd")
    before = {file: file.stat().st_mtime_ns for file in out.rglob("*")}
    with pytest.raises(UsageError):
        ask(connection, sql.replace("{out}", str(out)))
    assert {file: file.stat().st_mtime_ns for file in out.rglob("*")} == before
    assert ask(connection, "SELECT count(*) FROM tasks").rows == [(3,)]


@pytest.mark.parametrize("sql", REACHING_OUT)
def test_the_connection_itself_reads_nothing_outside(
    out: Path, connection: duckdb.DuckDBPyConnection, sql: str
) -> None:
    link = out / "dataset" / "link.csv"
    if not link.is_symlink():
        link.symlink_to("/etc/passwd")
    with pytest.raises(duckdb.Error):
        connection.execute(sql.replace("{out}", str(out))).fetchall()


@pytest.mark.parametrize(
    ("sql", "rows"),
    [
        ("SELECT count(*) FROM tasks;", [(3,)]),
        ("WITH a AS (SELECT 1 AS x) SELECT x FROM a -- done", [(1,)]),
        ("FROM measures SELECT DISTINCT unit", [("%",)]),
        ("PIVOT (SELECT doc_type FROM documents) ON doc_type USING count(*)", [(3,)]),
        (
            "SELECT DISTINCT place_of('a.txt', 7, NULL, NULL), fold('Phối hợp ĐỒNG bộ')",
            [("a.txt, line 7", "phoi hop dong bo")],
        ),
    ],
)
def test_reading_in_all_its_forms_is_allowed(
    connection: duckdb.DuckDBPyConnection, sql: str, rows: list[tuple[object, ...]]
) -> None:
    assert ask(connection, sql).rows == rows


def test_tables_can_be_described(connection: duckdb.DuckDBPyConnection) -> None:
    assert ("due_on", "DATE") in [row[:2] for row in ask(connection, "DESCRIBE tasks").rows]
    assert ("genealogy",) in ask(connection, "SHOW TABLES").rows


def test_a_wrong_name_is_told_with_those_that_there_are(connection: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(UsageError, match="There are: documents, sections"):
        ask(connection, "SELECT * FROM nhiem_vu")


@pytest.mark.parametrize("name", questions())
def test_each_ready_question_runs_and_leads_back_to_a_document(
    connection: duckdb.DuckDBPyConnection, name: str
) -> None:
    question = questions()[name]
    answer = ask(connection, question.sql, question.values({}, today=date(2016, 6, 15)))
    assert {"document_id", "place"} <= {*answer.columns}
    assert question.vi != question.en


ANSWERED = {
    "overdue": ({"as_of": "2016-12-01"}, {"days_over": 154, "number": "12/KH-UBND"}),
    "due-soon": ({"as_of": "2016-06-15"}, {"days_left": 15, "place": "ke-hoach-0.txt, line 7"}),
    "due-by-quarter": ({}, {"quarter": "2016-Q2", "tasks": 3, "agency_now": "Sở Y tế thành phố Đà Nẵng"}),
    "budgets-by-source": ({}, {"source": "Ngân sách địa phương", "amount_vnd": 15 * 10**12, "lines": 3}),
    "indicator-across-provinces": ({"indicator": "dich vu CONG"}, {"value": 50.0, "province_now": "da-nang"}),
    "commune-load": ({}, {"as_partner": 3, "as_lead": 0, "dated": 3}),
    "coordination-load": ({}, {"coordinates": 3, "agency_now": "Sở Khoa học và Công nghệ thành phố Đà Nẵng"}),
    "failed-sums": ({}, {"failed_checks": 1, "caption": "KINH PHÍ"}),
    "doubtful-tasks": ({}, {"confidence": 0.9, "task_id": "task-1"}),
    "documents-by-province": ({}, {"province": "quang-nam", "province_now": "da-nang", "documents": 3}),
    "replaced-documents": ({}, {"number": "3/KH-UBND", "replaced_by": "12/KH-UBND"}),
    "agency-series": ({"agency": "so khoa hoc"}, {"coordinates": 3, "year": 2016}),
}


@pytest.mark.parametrize("name", ANSWERED)
def test_ready_questions_give_what_the_documents_say(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    given, expected = ANSWERED[name]
    question = questions()[name]
    answer = ask(connection, question.sql, question.values(given, today=date(2016, 6, 15)))
    rows = [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]
    assert expected in [{key: row[key] for key in expected} for row in rows]


def test_csv_neutralises_formulas_and_keeps_the_rest() -> None:
    answer = Answer(
        ["label", "n"], ["VARCHAR", "BIGINT"], [("=cmd|'/c calc'!A1", -5), ("chữ\nký, số", None), (["a", "b"], 1)]
    )
    rows = list(csv.reader(io.StringIO(encode_csv(answer).decode())))
    assert rows == [["label", "n"], ["'=cmd|'/c calc'!A1", "-5"], ["chữ ký, số", ""], ["a; b", "1"]]


def test_json_keeps_types() -> None:
    answer = Answer(["d", "l"], ["DATE", "VARCHAR[]"], [(date(2016, 1, 2), ["a"])])
    assert json.loads(encode_json(answer)) == [{"d": "2016-01-02", "l": ["a"]}]


def test_an_answer_that_does_not_fit_is_shown_row_by_row(capsys: pytest.CaptureFixture[str]) -> None:
    from rich.console import Console

    answer = Answer(["text", "empty"], ["VARCHAR", "VARCHAR"], [("a" * 100 + "\x1b[31m", None)])
    Console(width=60).print(render_answer(answer, width=60))
    shown = capsys.readouterr().out
    assert "empty" not in shown
    assert "\x1b" not in shown


def test_query_writes_parquet_with_types(out: Path, tmp_path: Path) -> None:
    sql = "SELECT due_on, leads, sum(1) AS n, count(*) AS n FROM tasks GROUP BY ALL"
    assert run(["query", str(out), sql, "--format", "parquet", "--to", str(tmp_path / "a.parquet")]) == OK
    frame = pl.read_parquet(tmp_path / "a.parquet")
    assert frame.schema == {"due_on": pl.Date, "leads": pl.List(pl.String), "n": pl.Int64, "n_2": pl.Int64}
    assert frame.row(0) == (date(2016, 6, 30), ["Sở Y tế tỉnh Quảng Nam"], 3, 3)


def test_query_asks_files_and_examples(out: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "q.sql").write_text("SELECT $n::INTEGER + 1 AS x", encoding="utf-8")
    assert run(["query", str(out), "--file", str(tmp_path / "q.sql"), "--set", "n=4", "--format", "json"]) == OK
    assert json.loads(capsys.readouterr().out) == [{"x": 5}]
    assert run(["query", str(out), "--example", "overdue", "--set", "as_of=2016-06-30", "--format", "csv"]) == OK
    assert len(capsys.readouterr().out.splitlines()) == 1
    assert run(["query", str(out), "--examples"]) == OK
    listed = capsys.readouterr().out
    assert all(question.vi in listed and question.en in listed for question in questions().values())


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["SELECT 1", "--example", "overdue"], "one thing"),
        ([], "one thing"),
        (["--example", "none"], "Choose among: agency-series"),
        (["--example", "overdue", "--set", "x=1"], "has no parameter x. It has: as_of, lead"),
        (["--example", "overdue", "--set", "x"], "NAME=VALUE"),
        (["SELECT 1", "--format", "xml"], "Choose among: table"),
        (["SELECT 1", "--format", "parquet"], "--to"),
        (["SELECT 1", "--format", "csv", "--to", "/nowhere/a.csv"], "no directory"),
        (["SELECT $x"], "x"),
    ],
)
def test_wrong_usage_is_told(out: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], told: str) -> None:
    assert run(["query", str(out), *arguments]) == WRONG_USAGE
    error = capsys.readouterr().err
    assert told in error
    assert error.count("\n") == 1


def test_commands_without_a_dataset_say_how_to_make_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (["query", str(tmp_path), "SELECT 1"], ["search", str(tmp_path), "chữ ký"]):
        assert run(arguments) == WRONG_USAGE
        assert f"kehoach dataset {tmp_path}" in capsys.readouterr().err
    assert run(["dataset", str(tmp_path)]) == WRONG_USAGE
    assert "kehoach run" in capsys.readouterr().err


def test_dataset_says_what_it_wrote(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(tmp_path, a_plan())
    (tmp_path / "documents" / "[bad].json").write_bytes(b"{}")
    assert run(["dataset", str(tmp_path)]) == OK
    printed = capsys.readouterr().out
    assert "1 documents; 1 of 1 file of each table written" in printed
    assert "left out documents/[bad].json" in printed
    assert run(["dataset", str(tmp_path)]) == OK
    assert "nothing has changed" in capsys.readouterr().out
