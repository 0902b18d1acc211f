"""The measure of growth itself: linear work passes, quadratic work does not."""

from __future__ import annotations

import pytest

from tests.growth import assert_linear


def test_linear_work_passes() -> None:
    assert_linear(lambda text: sum(1 for _ in text), "a b ", times=10_000)


def test_quadratic_work_is_told() -> None:
    def quadratic(text: str) -> int:
        return sum(1 for i in range(len(text) // 20) for _ in range(i))

    with pytest.raises(AssertionError, match="4 times the text"):
        assert_linear(quadratic, "a b c d ", times=6_000)
