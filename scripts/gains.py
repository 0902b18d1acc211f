"""What the working tree reads otherwise than an earlier version: `make gains`, `make gains SINCE=abc1234 TEXTS=texts/`.

Reads the texts with the code of a commit (the last release tag, else the last commit) and with the code of the working
tree, and lists the records gained, lost and changed. The readings stay in `output/gains/`, the earlier one under its
commit, so that it is made once; `kehoach diff` compares them again with other options.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
KEHOACH = [sys.executable, "-c", "from pipeline.cli import main; main()"]


def main() -> int:
    """Make both readings and compare them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--since", default="", help="a commit or tag; by default the last tag, else the last commit")
    parser.add_argument("--texts", type=Path, default=ROOT.parent / "shared" / "plans", help="the directory of texts")
    parser.add_argument("options", nargs="*", help="options of kehoach diff, after --")
    chosen = parser.parse_args()
    if not chosen.texts.is_dir():
        parser.error(f"there is no directory {chosen.texts}; name one with --texts (make gains TEXTS=...)")
    commit = _git("rev-parse", "--verify", f"{chosen.since or _last_release()}^{{commit}}")
    base = ROOT / "output" / "gains"
    old, new = base / commit[:12], base / "working-tree"
    if not (old / "run.json").is_file():
        print(f"Reading {chosen.texts} with {_git('log', '-1', '--format=%h %s', commit)}", file=sys.stderr)
        with tempfile.TemporaryDirectory() as place:
            tree = Path(place) / "tree"
            _git("worktree", "add", "--detach", str(tree), commit)
            try:
                _run(tree, chosen.texts, old)
            finally:
                _git("worktree", "remove", "--force", str(tree))
    print(f"Reading {chosen.texts} with the working tree", file=sys.stderr)
    shutil.rmtree(new, ignore_errors=True)
    _run(ROOT, chosen.texts, new)
    return subprocess.run([*KEHOACH, "diff", old, new, *chosen.options], cwd=ROOT, check=False).returncode


def _last_release() -> str:
    found = subprocess.run(["git", "describe", "--tags", "--abbrev=0"], cwd=ROOT, capture_output=True, text=True)
    return found.stdout.strip() or "HEAD"


def _run(tree: Path, texts: Path, out: Path) -> None:
    """Read the texts with the modules of *tree*; only a finished reading gets its name."""
    partial = out.with_name(out.name + ".partial")
    shutil.rmtree(partial, ignore_errors=True)
    environment = {**os.environ, "PYTHONPATH": str(tree)}
    found = subprocess.run([*KEHOACH, "run", texts.resolve(), "--out", partial], cwd=tree, env=environment, check=False)
    if found.returncode not in {0, 3}:  # 3: some inputs were quarantined
        raise SystemExit(f"kehoach run failed with status {found.returncode}; nothing is compared")
    partial.rename(out)


def _git(*arguments: str) -> str:
    found = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    if found.returncode:
        raise SystemExit(f"git {arguments[0]}: {found.stderr.strip()}")
    return found.stdout.strip()


if __name__ == "__main__":
    sys.exit(main())
