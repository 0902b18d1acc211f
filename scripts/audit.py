"""Ask for known vulnerabilities of what the locks install, and say plainly when nobody could be asked.

    python scripts/audit.py requirements/run.lock requirements/dev.lock

`pip-audit` ends with success and "No known vulnerabilities found" also when the advisory service knew none of the
packages, as behind a mirror that serves files but no advisories. So its answer is read: every package must have been
looked up. A finding that does not concern kehoach is explained in `requirements/advisories.toml` under its id.
Status 0: all asked, none open; 1: open findings; 2: packages that nobody could be asked about.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

EXPLAINED = Path(__file__).parent.parent / "requirements" / "advisories.toml"
TOGETHER = 6  # names shown before "and others"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of one lock: open and explained findings as `package version: id`, and packages not looked up."""

    asked: int
    open: tuple[str, ...]
    explained: tuple[str, ...]
    unasked: tuple[str, ...]

    @property
    def status(self) -> int:
        """The exit status that tells it."""
        return 1 if self.open else 2 if self.unasked or not self.asked else 0


def read_answer(report: Mapping[str, Any], explained: Mapping[str, str]) -> Answer:
    """The answer in what `pip-audit --format json` prints.

    >>> read_answer({"dependencies": [{"name": "a", "skip_reason": "not found"}]}, {}).status
    2
    """
    asked = [one for one in report["dependencies"] if "skip_reason" not in one]
    found = [(one, finding) for one in asked for finding in one.get("vulns", [])]
    known = [{finding["id"], *finding.get("aliases", [])} & explained.keys() for _, finding in found]
    shown = [f"{one['name']} {one['version']}: {finding['id']}" for one, finding in found]
    return Answer(
        asked=len(asked),
        open=tuple(line for line, why in zip(shown, known, strict=True) if not why),
        explained=tuple(line for line, why in zip(shown, known, strict=True) if why),
        unasked=tuple(one["name"] for one in report["dependencies"] if "skip_reason" in one),
    )


def told(lock: str, answer: Answer) -> str:
    """The answer in words."""
    lines = [f"{lock}: {answer.asked} packages looked up, {len(answer.open)} open findings"]
    lines += [f"  OPEN {line}" for line in answer.open]
    lines += [f"  explained {line}" for line in answer.explained]
    if answer.unasked:
        names = ", ".join(answer.unasked[:TOGETHER]) + (" and others" if len(answer.unasked) > TOGETHER else "")
        lines.append(
            f"  NOT LOOKED UP: {len(answer.unasked)} packages ({names}): the advisory service does not answer here"
        )
    return "\n".join(lines)


def ask(lock: Path) -> Mapping[str, Any]:
    """What pip-audit says of *lock*, which it must not install."""
    command = [sys.executable, "-m", "pip_audit", "--disable-pip", "--require-hashes", "--progress-spinner", "off"]
    done = subprocess.run([*command, "--format", "json", "-r", str(lock)], capture_output=True, text=True, check=False)
    try:
        answer: Mapping[str, Any] = json.loads(done.stdout)
    except json.JSONDecodeError:
        raise SystemExit(f"pip-audit could not tell of {lock}: {done.stderr.strip()[-500:]}") from None
    return answer


def main() -> int:
    """Ask for every lock; the worst status counts."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("locks", nargs="+", type=Path)
    explained = {one["id"]: one["why"] for one in tomllib.loads(EXPLAINED.read_text(encoding="utf-8"))["advisory"]}
    statuses = []
    for lock in parser.parse_args().locks:
        answer = read_answer(ask(lock), explained)
        print(told(str(lock), answer))
        statuses.append(answer.status)
    return 1 if 1 in statuses else max(statuses)


if __name__ == "__main__":
    raise SystemExit(main())
