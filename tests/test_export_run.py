"""Exports as a whole: what is taken, whole or not at all, the same bytes, what is told."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.cli import FAILED, OK, WRONG_USAGE, run
from pipeline.errors import UsageError
from pipeline.export.file_names import file_names, safe_name
from pipeline.export.formats import FORMATS
from pipeline.export.options import Options
from pipeline.export.run import export_documents, export_tables
from pipeline.results import Result, read_results
from tests.conftest import ROOT
from tests.exported_plan import decree, hostile_plan, results, small_plan, some_tables

PLANS = (small_plan, decree, hostile_plan)


@pytest.fixture
def output(tmp_path: Path) -> Path:
    return results(tmp_path / "output", (plan() for plan in PLANS))


def exported(to: str, output: Path, out: Path, options: Options | None = None) -> Path:
    options = options or Options()
    if FORMATS[to].of_tables:
        tables = some_tables(plan() for plan in PLANS)
        return export_tables(tables, output, to=to, out=out, options=options).out
    return export_documents(output, to=to, out=out, options=options).out


def contents(directory: Path) -> dict[str, bytes]:
    return {
        file.relative_to(directory).as_posix(): file.read_bytes() for file in directory.rglob("*") if file.is_file()
    }


@pytest.mark.parametrize("to", FORMATS)
def test_every_format_writes_the_same_bytes_again_and_tells_them(to: str, output: Path, tmp_path: Path) -> None:
    first = contents(exported(to, output, tmp_path / "first"))
    assert first == contents(exported(to, output, tmp_path / "second"))
    manifest = json.loads(first.pop("export.json"))
    assert {each["path"]: each["bytes"] for each in manifest["files"]} == {n: len(c) for n, c in first.items()}
    assert manifest["documents"] == 3
    assert manifest["reviewed"] == ["decree.json"]
    assert [each.name for each in tmp_path.iterdir() if each.name.startswith(".")] == []


@pytest.mark.slow
def test_hashes_of_another_process_change_nothing(output: Path, tmp_path: Path) -> None:
    for seed in ("1", "2"):
        for to in ("ics", "akn", "annotations", "docbin", "label-studio"):
            subprocess.run(
                [sys.executable, "-m", "pipeline", "export", str(output), "--to", to, "--out", tmp_path / seed / to],
                env={"PYTHONHASHSEED": seed, "PATH": "/usr/bin:/bin"},
                cwd=ROOT,
                check=True,
                capture_output=True,
            )
    assert contents(tmp_path / "1") == contents(tmp_path / "2")


def test_the_reviewed_document_wins_and_the_same_bytes_count_once(tmp_path: Path) -> None:
    plan = small_plan()
    corrected = plan.document.model_copy(update={"tasks": plan.document.tasks[:1]})
    results(tmp_path, [plan, Result(plan.name, corrected, reviewed=True), Result("z/copy.json", plan.document)])
    (found,) = read_results(tmp_path)
    assert (found.name, found.reviewed, len(found.document.tasks)) == ("a/small-plan.json", True, 1)


def test_what_fails_leaves_the_earlier_export(output: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = exported("annotations", output, tmp_path / "out")
    before = contents(out)

    def full_disk(*_: object, **__: object) -> bytes:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pipeline.export.web_annotations.collection", full_disk)
    assert run(["export", str(output), "--to", "annotations", "--out", str(out)]) == FAILED
    assert contents(out) == before
    assert sorted(each.name for each in tmp_path.iterdir()) == ["out", "output"]


def test_a_directory_that_no_export_made_is_left_alone(output: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "letter.txt").write_text("dear")
    with pytest.raises(UsageError, match="no export made"):
        exported("ics", output, mine)
    assert [each.name for each in mine.iterdir()] == ["letter.txt"]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--to", "pdf"], "label-studio"),
        (["--to", "akn", "--agency", "Sở"], "--agency has no meaning for --to akn"),
        (["--to", "ics", "--table", "tasks"], "--table has no meaning"),
        (["--to", "csv", "--table", "taks"], "task_agencies"),
        (["--to", "csv"], "kehoach dataset"),
        (["--to", "ics", "--agency", "Bộ Nào Đó"], "Bộ Nào Đó"),
        (["--to", "package", "--published", "gestern"], "--published"),
    ],
)
def test_errors_say_what_to_do(
    arguments: list[str], says: str, output: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["export", str(output), *arguments]) == WRONG_USAGE
    message = capsys.readouterr().err
    assert says in message
    assert len(message.splitlines()) == 1
    assert not (output / "export").is_dir() or list((output / "export").iterdir()) == []


def test_a_directory_without_documents_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["export", str(tmp_path), "--to", "ics"]) == WRONG_USAGE
    assert "kehoach run" in capsys.readouterr().err


def test_the_summary_says_what_was_written_and_what_was_not(output: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["export", str(output), "--to", "ics"]) == OK
    said = capsys.readouterr().out
    assert "5 events" in said
    assert f"of 3 documents to {output}/export/ics" in said
    assert "Left out: " in said
    assert "Reviewed by a person: 1" in said


def test_names_of_files_stay_in_their_directory() -> None:
    names = {
        "vn.a.x": "../../etc/passwd",
        "vn.b.so": "Sở Y tế",
        "vn.c.so": "SỞ Y TẾ",
        "vn.c.so-hai": "Sở Y tế",
        "vn.d": "con",
        "vn.e": "Sở\u202e " + "dài " * 200,
        "vn.f": "Sơ\u0309 A",
    }
    made = file_names(names)
    assert made["vn.a.x"] == "etc passwd"
    assert made["vn.b.so"] == "Sở Y tế (vn.b)"
    assert made["vn.c.so"].startswith("SỞ Y TẾ (vn.c) (")
    assert made["vn.d"] == "_con"
    assert made["vn.f"] == "Sở A"
    assert all(len(f"{name}.ics".encode()) < 200 for name in made.values())
    assert len({name.casefold() for name in made.values()}) == len(names)
    assert safe_name("..") == "_"
