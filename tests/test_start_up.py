"""What a command loads before it works, and what a document leaves behind."""

from __future__ import annotations

import gc
import subprocess
import sys
from pathlib import Path

from pipeline.extract import extract_document
from pipeline.store import encode

PLAN = Path(__file__).parents[1] / "corpus" / "ke-hoach" / "kh-so-hoa-luu-tru.txt"


def test_one_input_is_read_without_what_only_a_run_needs() -> None:
    unused = {"duckdb", "polars", "prefect", "rich"}
    code = f"import sys, pipeline.cli.one_input, pipeline.extract; print(*{unused} & {{*sys.modules}})"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert loaded.split() == []


def test_a_document_leaves_no_cycles() -> None:
    data = PLAN.read_bytes()
    encode(extract_document(data, path="a.txt"))  # fills the tables
    gc.collect()
    gc.disable()
    try:
        for _ in range(3):
            encode(extract_document(data, path="a.txt"))
        assert gc.collect() < 100
    finally:
        gc.enable()
