"""What is installed: each package has its licence named, none is copyleft; an audit cannot pass by not asking."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT

audit: Any = import_module("scripts.audit")
licences: Any = import_module("scripts.write_licences")
LOCKS = sorted((ROOT / "requirements").glob("*.lock"))


def test_the_page_of_licences_names_what_the_lock_installs() -> None:
    rows = re.findall(r"^\| ([\w.-]+) \| ([^ ]+) \|", licences.PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    told = {row for row in rows if row[0] not in {"package", "---"}}
    assert told == {(name, version) for name, version, _ in licences.locked()}, "run: make licences"


def test_every_licence_is_known_and_none_is_copyleft() -> None:
    rows = licences.licences()
    assert not [row for row in rows if "UNKNOWN" in row.licence or not row.licence.strip()]
    chosen = {"text-unidecode"}  # under the Artistic License; the GPL is the other choice
    assert {row.name for row in rows if licences.is_copyleft(row.licence)} <= chosen


@pytest.mark.parametrize(
    ("licence", "copyleft"),
    [
        ("GPL-3.0-or-later", True),
        ("GNU Lesser General Public License v3 (LGPLv3)", True),
        ("AGPL-3.0", True),
        ("LGPLv2+", True),
        ("MPL-2.0", False),
        ("MIT", False),
        ("Artistic License", False),
    ],
)
def test_copyleft_is_told(licence: str, copyleft: bool) -> None:
    assert licences.is_copyleft(licence) is copyleft


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_locked_package_has_a_hash_and_no_address(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    entries = re.split(r"\n(?=[\w.-]+==)", text)
    assert all("--hash=sha256:" in entry for entry in entries if "==" in entry.split("\n")[0])
    assert "://" not in text


def finding(name: str, *ids: str) -> dict[str, object]:
    return {"name": name, "version": "1.0", "vulns": [{"id": ids[0], "aliases": list(ids[1:])}] if ids else []}


@pytest.mark.parametrize(
    ("dependencies", "explained", "status", "words"),
    [
        ([finding("a"), finding("b")], {}, 0, "2 packages looked up, 0 open"),
        ([finding("a", "GHSA-1", "CVE-1")], {}, 1, "OPEN a 1.0: GHSA-1"),
        ([finding("a", "GHSA-1", "CVE-1")], {"CVE-1": "never called"}, 0, "explained a 1.0: GHSA-1"),
        ([finding("a"), {"name": "b", "skip_reason": "not found"}], {}, 2, "NOT LOOKED UP: 1 packages (b)"),
        ([finding("a", "GHSA-1"), {"name": "b", "skip_reason": "not found"}], {}, 1, "OPEN"),
        ([], {}, 2, "0 packages looked up"),
    ],
)
def test_an_audit_passes_only_when_all_were_asked(
    dependencies: list[dict[str, object]], explained: dict[str, str], status: int, words: str
) -> None:
    answer = audit.read_answer({"dependencies": dependencies}, explained)
    assert answer.status == status
    assert words in audit.told("run.lock", answer)
