"""Shared fixtures: where the checkout and the real texts beside it are."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The real texts beside the checkout; a test that needs them is skipped, visibly, when they are not there."""
    if not SHARED.is_dir():
        pytest.skip("the real texts are not there: no ../shared beside the checkout")
    return SHARED
