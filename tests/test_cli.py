"""The command line: help, errors in one sentence, exit status, schema, show."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from pipeline.cli import FAILED, OK, QUARANTINED, WRONG_USAGE, run
from tests.conftest import ROOT

SMALL_PLAN = ROOT / "tests" / "texts" / "small-plan.txt"
COMMANDS = ("run", "extract", "show", "schema", "profile")


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
        (["extract"], WRONG_USAGE, "'file'"),
        (["extract", "a", "--wrong"], WRONG_USAGE, "--wrong"),
        (["fly"], WRONG_USAGE, "fly"),
        (["show", str(SMALL_PLAN)], FAILED, "not a document of kehoach"),
        (["show", "no-such-file.json"], FAILED, "Cannot read"),
        (["schema", "--out", "/proc/none"], FAILED, "Cannot write"),
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
    for words in ("12/KH-UBND", "4 tasks", "2018-04-01/2018-06-30", "NHIỆM VỤ", ">= 90 %"):
        assert words in shown
