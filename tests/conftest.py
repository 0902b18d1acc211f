"""Shared fixtures: where the checkout and the real texts beside it are, which programs the tests find."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


PROGRAMS = ("tesseract", "soffice", "antiword", "chromium")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What starts other programs is slow."""
    for item in items:
        if item.get_closest_marker("office") or item.get_closest_marker("ocr"):
            item.add_marker(pytest.mark.slow)


def pytest_report_header() -> list[str]:
    """Say which tests will be skipped for want of a program; in CI none may be missing."""
    missing = [program for program in PROGRAMS if shutil.which(program) is None]
    if missing and os.environ.get("CI"):
        raise pytest.UsageError(f"not installed: {', '.join(missing)}; run: make programs")
    return [f"NOT INSTALLED, their tests are skipped: {', '.join(missing)} (make programs)"] if missing else []


@pytest.fixture(scope="session")
def shared() -> Path:
    """The real texts beside the checkout; a test that needs them is skipped, visibly, when they are not there."""
    if not SHARED.is_dir():
        pytest.skip("the real texts are not there: no ../shared beside the checkout")
    return SHARED
