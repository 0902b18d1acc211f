"""Compile the rules ahead of time: `make compiled`, then `.venv-compiled/bin/kehoach run …` reads up to a sixth faster.

mypyc turns the typed modules that read a text (extractors, cleaning, repair, segmentation, assembly, confidence) into
one extension; their results are the same bytes, which a test holds (tests/test_compiled.py). Everything happens in a
copy: `.venv-compiled` is a thin environment over the one that runs this, whose own copy of kehoach comes first, and it
is put in place whole or not at all. It is a snapshot: after a change of the sources run `make compiled` again.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import venv
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    """Compile in a temporary directory, then put the environment in place."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--to", type=Path, default=ROOT / ".venv-compiled", help="where the environment goes")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        tree = Path(place)
        for package in PACKAGES:
            shutil.copytree(ROOT / package, tree / package, ignore=shutil.ignore_patterns("__pycache__", "*.so"))
        modules = modules_of(tree)
        sources = {module: (tree / module).read_text("utf-8") for module in modules}
        for module, source in sources.items():
            (tree / module).write_text(with_constants(source), "utf-8")
        print(f"Compiling {len(modules)} modules; this takes some minutes", file=sys.stderr)
        if not _compile(tree, modules):
            return 1
        for module, source in sources.items():  # the version of the rules is a hash of them
            (tree / module).write_text(source, "utf-8")
        _install(tree, chosen.to.resolve())
    print(f"{chosen.to / 'bin' / 'kehoach'} runs the compiled rules", file=sys.stderr)
    return 0


def modules_of(tree: Path) -> list[str]:
    """The modules below *tree* that are compiled, as paths in it, in order."""
    found = [file for place in COMPILED for file in sorted((tree / place).rglob("*.py"))]
    names = [file.relative_to(tree).as_posix() for file in found] + list(SINGLE)
    return [name for name in names if name not in LEFT_OUT]


def with_constants(source: str) -> str:
    """*source* with each name in capitals that a module binds once declared `Final`: it is then no longer looked up.

    >>> print(with_constants("from __future__ import annotations\\n\\nLONGEST = 4\\nwords = 5\\n"))
    from __future__ import annotations
    <BLANKLINE>
    from typing import Final
    <BLANKLINE>
    LONGEST: Final = 4
    words = 5
    <BLANKLINE>
    """
    bound = Counter(match[1] for match in _CONSTANT.finditer(source))
    declared = _CONSTANT.sub(lambda match: f"{match[1]}: Final = " if bound[match[1]] == 1 else match[0], source)
    return declared.replace(_FUTURE, f"{_FUTURE}\nfrom typing import Final\n", 1) if declared != source else source


def _compile(tree: Path, modules: list[str]) -> bool:
    """Build the extensions beside the modules of *tree*; the output is shown when it fails."""
    (tree / "setup.py").write_text(_SETUP.format(modules=modules, config=str(ROOT / "pyproject.toml")), "utf-8")
    command = [sys.executable, "setup.py", "-q", "build_ext", "--inplace"]
    done = subprocess.run(command, cwd=tree, capture_output=True, text=True, env={**os.environ, "MYPYPATH": ""})
    if done.returncode:
        print(
            done.stdout,
            done.stderr,
            "The rules could not be compiled. Are gcc and the headers of Python there?",
            sep="\n",
            file=sys.stderr,
        )
    shutil.rmtree(tree / "build", ignore_errors=True)
    return not done.returncode


def _install(tree: Path, target: Path) -> None:
    """Make the environment beside *target* and give it that name."""
    part = target.with_name(target.name + ".part")
    shutil.rmtree(part, ignore_errors=True)
    venv.create(part, symlinks=True)
    site = part / "lib" / f"python{sys.version_info[0]}.{sys.version_info[1]}" / "site-packages"
    for package in PACKAGES:
        shutil.copytree(tree / package, site / package)
    for shared in tree.glob("*.so"):
        shutil.copy2(shared, site)
    below = next(path for path in map(Path, sys.path) if path.name == "site-packages")
    (site / "environment.pth").write_text(f"import site; site.addsitedir({str(below)!r})\n", "utf-8")
    subprocess.run([sys.executable, "-m", "compileall", "-q", site], check=True)
    command = part / "bin" / "kehoach"
    command.write_text(f"#!{target / 'bin' / 'python'}\n{_COMMAND}", "utf-8")
    command.chmod(0o755)
    shutil.rmtree(target, ignore_errors=True)
    part.replace(target)


PACKAGES = ("schemas", "extractors", "pipeline")
COMPILED = (
    "extractors",
    *(f"pipeline/{name}" for name in ("assemble", "clean", "confidence", "repair", "segment")),
)
SINGLE = ("pipeline/attribute_labels.py", "pipeline/outline.py", "pipeline/plain_words.py")
LEFT_OUT = frozenset({
    "extractors/metadata/findings.py",  # pydantic
    "extractors/spacy_pipeline.py",  # registers itself with spaCy by its signatures
})  # fmt: skip
# Worker processes import the command's module anew and must not run it.
_COMMAND = """\
import sys

from pipeline.cli import main

if __name__ == "__main__":
    sys.exit(main())
"""
_FUTURE = "from __future__ import annotations\n"
_CONSTANT = re.compile(r"(?m)^(_?[A-Z][A-Z0-9_]*) = (?!TypeVar)")
_SETUP = """\
from mypyc.build import mypycify
from setuptools import setup

setup(
    name="kehoach-compiled",
    packages=[],
    ext_modules=mypycify(["--config-file", {config!r}, *{modules!r}], opt_level="3", debug_level="0", multi_file=True),
)
"""

if __name__ == "__main__":
    sys.exit(main())
