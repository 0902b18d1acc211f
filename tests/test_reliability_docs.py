"""Every promise of docs/reliability.md names tests, and every test that it names is there."""

from __future__ import annotations

import re

import pytest

from tests.conftest import ROOT

PAGE = ROOT / "docs" / "reliability.md"
ROWS = [
    row
    for row in PAGE.read_text(encoding="utf-8").split("## Promises")[1].split("## ")[0].splitlines()
    if row.startswith("| ") and not row.startswith(("| **", "| promise"))
]


def test_every_promise_names_tests_that_are_there() -> None:
    assert len(ROWS) > 15
    file = ""
    for row in ROWS:
        promise, _, proof = row.strip("| ").partition(" | ")
        named = re.findall(r"`(test_\w+(?:\.py)?)`", proof)
        assert any(not name.endswith(".py") for name in named), promise
        for name in named:
            if name.endswith(".py"):
                file = name
            else:
                source = (ROOT / "tests" / file).read_text(encoding="utf-8")
                assert re.search(rf"^def {name}\(", source, re.MULTILINE), f"{file} has no {name}"


@pytest.mark.parametrize("page", ["docs/reliability.md", "docs/formats.md"])
def test_limits_that_are_named_exist_with_their_defaults(page: str) -> None:
    from pipeline.workers.limits import Limits

    named = re.findall(r"`KEHOACH_LIMIT_(\w+)` (?:\| |\()(\d+)", (ROOT / page).read_text(encoding="utf-8"))
    assert named
    assert all(getattr(Limits(), name.lower()) == int(value) for name, value in named)
