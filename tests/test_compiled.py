"""The compiled rules read every text as the plain ones do, to the byte, and count as the same rules."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from scripts.compile_ahead import LEFT_OUT, modules_of
from tests.conftest import ROOT

# Prints a digest for each text below the directories, whether a rule is compiled, and the version of the rules.
READ = """
import hashlib, sys
from pathlib import Path
from extractors.agencies import words
from pipeline.errors import KehoachError
from pipeline.extract import extract_document
from pipeline.runs.made_by import rules_version
from pipeline.store import encode

for directory in sys.argv[1:]:
    for file in sorted(Path(directory).rglob("*.txt")):
        try:
            made = encode(extract_document(file.read_bytes(), path=file.name))
        except KehoachError as error:
            made = str(error).encode()
        print(file.name, hashlib.sha256(made).hexdigest())
print(rules_version())
print(Path(words.__file__).suffix, file=sys.stderr)
"""


def read(python: str | Path, *directories: Path, **environment: str) -> tuple[str, str]:
    """What `READ` prints, and the suffix of a module of the rules."""
    command = [python, "-P", "-c", READ, *directories]
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, **environment}, check=True)
    return done.stdout, done.stderr.split()[-1]


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    """Texts that stop in the middle, that are empty or hostile; the samples are read beside them."""
    made = tmp_path / "texts"
    made.mkdir()
    (made / "empty.txt").write_text("", "utf-8")
    (made / "labels.txt").write_text("a) b) c) 1.1.1. đ) i) " * 400, "utf-8")
    (made / "bytes.txt").write_bytes(bytes(range(256)) * 20)
    for number, sample in enumerate(sorted((ROOT / "corpus").rglob("*.txt"))):
        content = sample.read_bytes()
        (made / f"half-{number}.txt").write_bytes(content[: len(content) // 2])
    return made


@pytest.mark.parametrize("module", modules_of(ROOT))
def test_no_compiled_class_counts_on_what_it_does_not_keep(module: str) -> None:
    """A compiled `cached_property` is worked out anew each time it is asked for."""
    assert "cached_property" not in (ROOT / module).read_text(encoding="utf-8").replace("`cached_property`", "")


def test_only_modules_that_are_there_are_named() -> None:
    named = modules_of(ROOT)
    assert named
    assert all((ROOT / name).is_file() for name in [*named, *LEFT_OUT])
    assert not LEFT_OUT & {*named}


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("gcc") is None, reason="gcc is not installed")
def test_compiled_rules_give_the_same_bytes(tmp_path: Path, texts: Path) -> None:
    target = tmp_path / "compiled"
    # Minutes of a compiler must not starve what is tested beside it.
    command = ["nice", "-n", "15", sys.executable, ROOT / "scripts" / "compile_ahead.py", "--to", target]
    subprocess.run(command, check=True)
    shared = [ROOT.parent / "shared" / name for name in ("corpus", "plans")]
    directories = [texts, ROOT / "corpus", *(directory for directory in shared if directory.is_dir())]
    plain, suffix = read(sys.executable, *directories, PYTHONPATH=str(ROOT))
    assert suffix == ".py"
    compiled, suffix = read(target / "bin" / "python", *directories, PYTHONPATH="")
    assert suffix == ".so"
    assert compiled == plain
    assert plain.count("\n") > 15

    helped = subprocess.run([target / "bin" / "kehoach", "--help"], capture_output=True, text=True, check=True)
    assert "extract" in helped.stdout
    # Workers import the command anew.
    out = tmp_path / "out"
    command = [target / "bin" / "kehoach", "run", ROOT / "corpus", "--out", out, "--workers", "2"]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    samples = {file.stem for file in (ROOT / "corpus").rglob("*") if file.suffix in {".txt", ".md"}}
    assert {file.stem for file in (out / "documents").rglob("*.json")} == samples


@pytest.mark.slow
def test_rules_that_cannot_be_compiled_leave_what_is_there(tmp_path: Path) -> None:
    target = tmp_path / "compiled"
    target.mkdir()
    (target / "kept").write_text("before", "utf-8")
    command = ["nice", "-n", "15", sys.executable, ROOT / "scripts" / "compile_ahead.py", "--to", target]
    done = subprocess.run(command, env={**os.environ, "CC": "/bin/false"}, capture_output=True, text=True)
    assert done.returncode == 1
    assert "Are gcc and the headers" in done.stderr
    assert (target / "kept").read_text("utf-8") == "before"
