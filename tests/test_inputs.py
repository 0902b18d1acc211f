"""Which files a run reads, and where their results go."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import UsageError
from pipeline.runs.inputs import find_inputs


def test_texts_are_found_below_and_named_relative_to_the_directory(tmp_path: Path) -> None:
    for name in ("b.txt", "thư mục/kế hoạch số 1.md", "a/x.txt", ".hidden.txt", ".git/y.txt", "z.xlsx", "z2.xlsx"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x", encoding="utf-8")
    found = find_inputs(tmp_path)
    assert [(item.name, item.result) for item in found.files] == [
        ("a/x.txt", "a/x.json"),
        ("b.txt", "b.json"),
        ("thư mục/kế hoạch số 1.md", "thư mục/kế hoạch số 1.json"),
    ]
    assert found.ignored == {".xlsx": 2}


def test_two_inputs_of_one_stem_do_not_share_a_result(tmp_path: Path) -> None:
    for name in ("a.pdf", "a.md", "a.txt"):
        (tmp_path / name).write_text("x", encoding="utf-8")
    results = {item.name: item.result for item in find_inputs(tmp_path).files}
    assert results == {"a.md": "a.md.json", "a.pdf": "a.pdf.json", "a.txt": "a.json"}


def test_links_are_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.txt").write_text("x", encoding="utf-8")
    root = tmp_path / "root"
    root.mkdir()
    (root / "link.txt").symlink_to(outside / "secret.txt")
    (root / "dir").symlink_to(outside)
    found = find_inputs(root)
    assert found.files == ()
    assert found.ignored == {"link": 2}


def test_what_is_no_directory_is_said(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no directory"):
        find_inputs(tmp_path / "missing")
    (tmp_path / "file.txt").write_text("x", encoding="utf-8")
    with pytest.raises(UsageError, match="kehoach extract"):
        find_inputs(tmp_path / "file.txt")
