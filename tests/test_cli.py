"""The command line: help, errors in one sentence, exit status, schema, show."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
from rich.console import Console

from pipeline.cli import COMMANDS, FAILED, OK, QUARANTINED, WRONG_USAGE, run
from pipeline.show import render
from schemas import Budget, BudgetCheck, BudgetLine, Metadata, PlanDocument, Source, Span, Table
from tests.conftest import ROOT

SMALL_PLAN = ROOT / "tests" / "texts" / "small-plan.txt"


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([command, "--help"]) == OK
    assert f"kehoach {command}" in capsys.readouterr().out.split("Example:")[1]


@pytest.mark.parametrize(
    ("arguments", "status", "says"),
    [
        (["run", "no-such-directory"], WRONG_USAGE, "no directory"),
        (["run", str(SMALL_PLAN)], WRONG_USAGE, "kehoach extract"),
        (["extract", "no-such-file.txt"], WRONG_USAGE, "no file"),
        (["extract", str(ROOT)], WRONG_USAGE, "kehoach run"),
        (["extract"], WRONG_USAGE, "'FILE'"),
        (["extract", "a", "--wrong"], WRONG_USAGE, "--wrong"),
        (["extract", "/dev/zero"], WRONG_USAGE, "a pipe or a device"),
        (["fly"], WRONG_USAGE, "Try: kehoach --help"),
        (["show", str(SMALL_PLAN)], FAILED, "not a document of kehoach"),
        (["show", "no-such-file.json"], WRONG_USAGE, "no file"),
        (["show", str(ROOT)], WRONG_USAGE, "is a directory"),
        (["show", "/dev/zero"], WRONG_USAGE, "a pipe or a device"),
        (["run", str(SMALL_PLAN.parent), "--out", str(SMALL_PLAN)], WRONG_USAGE, "Choose another --out"),
        (["run", str(SMALL_PLAN.parent), "--workers", "0"], WRONG_USAGE, "--workers"),
        (["run", str(ROOT / "requirements")], WRONG_USAGE, ".lock"),
        (["profile", str(ROOT / "requirements")], WRONG_USAGE, "no .txt or .md files"),
        (["schema", "--out", "/proc/none"], FAILED, "Cannot write"),
        (["schema", "--out", str(SMALL_PLAN / "below")], WRONG_USAGE, "Choose another --out"),
    ],
)
def test_errors_are_one_sentence_with_what_to_do(
    arguments: list[str], status: int, says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(arguments) == status
    message = capsys.readouterr().err
    assert says in message
    assert len(message.splitlines()) == 1


@pytest.mark.parametrize(("content", "code"), [(b"", "empty"), (b"\x00\x01\x02" * 500, "binary")])
def test_an_unreadable_file_is_told_by_its_cause(
    tmp_path: Path, content: bytes, code: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "x.txt"
    file.write_bytes(content)
    assert run(["extract", str(file)]) == QUARANTINED
    assert f"[{code}]" in capsys.readouterr().err


def test_schemas_are_valid_and_documents_obey_them(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert run(["schema", "--out", str(tmp_path)]) == OK
    schemas = {file.name.split(".")[0]: json.loads(file.read_bytes()) for file in tmp_path.iterdir()}
    assert {"PlanDocument", "Task", "Deadline", "Agency", "Measure", "Budget"} <= set(schemas)
    for schema in schemas.values():
        jsonschema.Draft202012Validator.check_schema(schema)
    capfdbinary.readouterr()
    assert run(["extract", str(SMALL_PLAN)]) == OK
    document = json.loads(capfdbinary.readouterr().out)
    jsonschema.Draft202012Validator(schemas["PlanDocument"]).validate(document)


def test_show_prints_who_does_what_by_when(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["extract", str(SMALL_PLAN)]) == OK
    file = tmp_path / "plan.json"
    file.write_text(capfd.readouterr().out, encoding="utf-8")
    assert run(["show", str(file)]) == OK
    shown = " ".join(capfd.readouterr().out.split())
    for words in ("12/KH-UBND", "4 tasks", "2018-04 to 2018-06", "NHIỆM VỤ", "≥ 90 %, by 2018-12-31"):
        assert words in shown


@pytest.mark.parametrize("width", [40, 80, 120])
def test_show_cuts_no_word_of_a_table(width: int, capfd: pytest.CaptureFixture[str]) -> None:
    budget = Budget(
        span=Span(0, 1),
        caption="DỰ TOÁN",
        unit="triệu đồng",
        multiplier=1_000_000,
        lines=tuple(
            BudgetLine(label=label, period=str(year), amount_raw=f"{year}.{row}00.000", amount_vnd=1)
            for row, label in enumerate(("Chi thường xuyên", "Trả nợ", "Trả nợ"), 1)
            for year in range(2021, 2028)
        ),
        checks=(BudgetCheck(relation="column_sum", label="Tổng", period="2021", ok=False, expected=2000, found=1000),),
    )
    table = Table(
        span=Span(0, 1),
        caption="PHÂN CÔNG",
        header=("TT", *(f"Cơ quan số {n}" for n in range(8))),
        rows=(("1", *(f"Trungtâm{n} phát triển" for n in range(8))), ("NHÓM", *[""] * 8)),
    )
    source = Source(path="a.txt", sha256="", media_type="text/plain", encoding="utf-8", bytes=1)
    document = PlanDocument(id="kh", source=source, text="a", metadata=Metadata(), budgets=(budget,), tables=(table,))
    console = Console(width=width, highlight=False)
    for part in render(document, width=width):
        console.print(part)
    shown = capfd.readouterr().out
    words = set(shown.split())
    assert {f"{year}.{row}00.000" for row in (1, 2, 3) for year in range(2021, 2028)} <= words
    assert {f"Trungtâm{n}" for n in range(8)} <= words
    assert "…" not in shown
    assert "1.000 đồng printed, 2.000 đồng expected" in " ".join(shown.split())
    assert max(map(len, shown.splitlines())) <= width


def test_version_is_that_of_the_package(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--version"]) == OK
    assert capsys.readouterr().out.split()[0] == "kehoach"


def test_no_command_prints_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert run([]) == OK
    printed = capsys.readouterr().out
    assert all(command in printed for command in COMMANDS)


@pytest.mark.parametrize("command", ["extract", "show"])
def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path, command: str, capsys: pytest.CaptureFixture[str]) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert run([command, str(tmp_path / "pipe")]) == WRONG_USAGE
    assert "Save its content to a file" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["extract", str(SMALL_PLAN)], ["schema"], ["--help"]])
def test_a_reader_that_has_seen_enough_is_no_error(arguments: list[str]) -> None:
    command = [sys.executable, "-m", "pipeline", *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == OK


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_disk_is_told(tmp_path: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        command = [sys.executable, "-m", "pipeline", "extract", str(SMALL_PLAN)]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, cwd=ROOT, check=False, text=True)
    assert done.returncode == FAILED
    assert len(done.stderr.splitlines()) == 1
