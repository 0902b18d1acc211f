"""`kehoach run` as its users meet it: a directory with good and hostile inputs, exit status, files, second run.

Prefect takes many seconds to start, so one run is shared by most of these tests.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import ROOT

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("run")]

PLAN = (ROOT / "tests" / "texts" / "small-plan.txt").read_bytes()
HOSTILE: dict[str, tuple[bytes, str | None]] = {
    "rỗng.txt": (b"", "empty"),
    "blank.txt": (b" \n\t\n", "empty"),
    "picture.txt": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40, "wrong-extension"),
    "one letter.txt": (b"a" * 50_000_000, "*"),
    "levels.txt": ("".join(f"{' ' * (n % 7)}a) b) 1. mức {n}\n" for n in range(200_000)).encode(), "*"),
    "deep.md": (b"> " * 100_000 + "Kế hoạch".encode(), "*"),
    "thư mục con/kế hoạch số 1.txt": (PLAN, None),
    "utf16.txt": (PLAN.decode().encode("utf-16"), None),
}


@dataclass(frozen=True)
class Run:
    """A finished `kehoach run`."""

    source: Path
    out: Path
    status: int
    stdout: str
    stderr: str
    report: dict[str, object]


def kehoach(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command as a user would."""
    return subprocess.run(
        [sys.executable, "-m", "pipeline", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env={**os.environ, "COLUMNS": "160", **environment},
    )


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    source, out = tmp_path_factory.mktemp("texts"), tmp_path_factory.mktemp("results")
    for name, (content, _) in HOSTILE.items():
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        (source / name).write_bytes(content)
    (source / "sheet.xlsx").write_bytes(b"PK")
    done = kehoach("run", source, "--out", out)
    report = json.loads((out / "run.json").read_bytes())
    return Run(source, out, done.returncode, done.stdout, done.stderr, report)


def test_some_inputs_quarantined_is_status_3_and_said(run: Run) -> None:
    assert run.status == 3, run.stderr
    assert "quarantined" in run.stdout
    assert "1 .xlsx" in run.stdout
    assert "Traceback" not in run.stdout + run.stderr


@pytest.mark.parametrize("name", [name for name, (_, cause) in HOSTILE.items() if cause is None])
def test_good_inputs_are_written_although_others_are_bad(run: Run, name: str) -> None:
    document = json.loads((run.out / "documents" / name).with_suffix(".json").read_bytes())
    assert document["source"]["path"] == name
    assert document["metadata"]["number"] == "12/KH-UBND"
    assert len(document["tasks"]) == 4


@pytest.mark.parametrize("name", [name for name, (_, cause) in HOSTILE.items() if cause not in {None, "*"}])
def test_bad_inputs_are_quarantined_with_their_cause_and_leave_no_document(run: Run, name: str) -> None:
    causes = {entry["path"]: entry["cause"] for entry in run.report["quarantined"]}  # type: ignore[attr-defined]
    assert causes[name] == HOSTILE[name][1]
    assert not (run.out / "documents" / name).with_suffix(".json").exists()


def test_every_input_is_either_a_document_or_in_quarantine(run: Run) -> None:
    quarantined = {entry["path"] for entry in run.report["quarantined"]}  # type: ignore[attr-defined]
    written = {
        path.relative_to(run.out / "documents").with_suffix("").as_posix()
        for path in (run.out / "documents").rglob("*.json")
    }
    stems = {Path(name).with_suffix("").as_posix(): name for name in HOSTILE}
    assert {stems[stem] for stem in written} | quarantined == set(HOSTILE)
    assert not list(run.out.rglob("*.part"))


def test_a_second_run_gives_the_same_bytes(run: Run, tmp_path: Path) -> None:
    kehoach("run", run.source / "thư mục con", "--out", tmp_path)
    again = (tmp_path / "documents" / "kế hoạch số 1.json").read_bytes()
    first = (run.out / "documents" / "thư mục con" / "kế hoạch số 1.json").read_bytes()
    assert again.replace(b'"path": "', b'"path": "th\xc6\xb0 m\xe1\xbb\xa5c con/', 1) == first


def test_a_run_ends_with_a_dataset_over_its_documents(run: Run) -> None:
    assert f"Dataset: {run.report['documents']} documents" in run.stdout
    asked = kehoach("query", run.out, "SELECT count(*) AS n FROM documents", "--format", "csv")
    assert asked.stdout == f"n\n{run.report['documents']}\n"
    assert asked.stderr == ""


def test_a_run_without_a_dataset_leaves_none(run: Run, tmp_path: Path) -> None:
    done = kehoach("run", run.source / "thư mục con", "--out", tmp_path, "--no-dataset")
    assert done.returncode == 0, done.stderr
    assert not (tmp_path / "dataset").exists()


def test_extract_prints_the_same_document(run: Run) -> None:
    printed = kehoach("extract", run.source / "thư mục con" / "kế hoạch số 1.txt")
    written = json.loads((run.out / "documents" / "thư mục con" / "kế hoạch số 1.json").read_bytes())
    document = json.loads(printed.stdout)
    written["source"]["path"] = document["source"]["path"]
    assert document == written
