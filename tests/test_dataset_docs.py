"""The page about the dataset is what its script makes of the row classes and of the corpus, and its Python runs."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from pipeline.dataset.rows import TABLES
from scripts import write_dataset_docs
from scripts.write_dataset_docs import PAGE, WORKED, page, read_corpus
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def corpus_dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("corpus") / "output"
    read_corpus(out)
    return out


def test_the_page_is_up_to_date(corpus_dataset: Path) -> None:
    assert PAGE.read_text(encoding="utf-8") == page(corpus_dataset), "run: python scripts/write_dataset_docs.py"


def test_every_column_is_told() -> None:
    text = PAGE.read_text(encoding="utf-8")
    for table, row in TABLES.items():
        section = text.split(f"### `{table}`\n")[1].split("\n## ")[0]
        assert all(f"| `{column}` |" in section for column in row.__annotations__)


def test_ten_questions_are_answered() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert len(WORKED) == 10
    answered = text.split("## Ten questions")[1].split("## Full-text search")[0]
    assert answered.count("| place |") + answered.count("No rows.") == 10


def test_the_places_named_lead_to_texts_of_the_corpus() -> None:
    text = PAGE.read_text(encoding="utf-8").split("## Ten questions")[1]
    places = re.findall(r"([^|]+\.(?:txt|md)), line (\d+) \|", text)
    assert len(places) > 10
    for path, line in places:
        assert int(line) <= len((ROOT / "corpus" / path.strip()).read_bytes().splitlines())


def test_the_python_of_the_page_runs(
    corpus_dataset: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(corpus_dataset, tmp_path / "output")
    monkeypatch.chdir(tmp_path)
    (code,) = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    exec(compile(code, str(PAGE), "exec"), {})
    printed = capsys.readouterr().out
    assert "tasks" in printed
    assert "[('" in printed


def test_an_old_page_would_be_noticed(corpus_dataset: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = page(corpus_dataset)
    monkeypatch.setattr(write_dataset_docs, "SHOWN_ROWS", 1)
    assert page(corpus_dataset) != before
