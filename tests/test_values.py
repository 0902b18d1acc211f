"""A value of the schemas: what its copies keep."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from schemas import Agency, Section, Span

SECTION = Section(span=Span(1, 2), label="a", path=("a",), title=None, level=1, parent_id=None)
AGENCY = Agency(id="vn.bo-y-te", name="Bộ Y tế", surface="Bộ Y tế", level="central")


@pytest.mark.parametrize("value", [SECTION, AGENCY], ids=["section", "agency"])
@pytest.mark.parametrize("update", [None, {}, {"rule": "outline"}])
@pytest.mark.parametrize("deep", [False, True])
def test_a_copy_is_the_one_that_pydantic_makes(value: Any, update: dict[str, Any] | None, deep: bool) -> None:
    before = value.model_dump()
    copied, expected = value.model_copy(update=update, deep=deep), BaseModel.model_copy(value, update=update, deep=deep)
    assert copied == expected
    assert copied.model_fields_set == expected.model_fields_set
    assert copied.model_dump_json() == expected.model_dump_json()
    assert hash(copied) == hash(expected)
    assert value.model_dump() == before
    assert type(copied) is type(value)


def test_a_copy_is_frozen_and_leaves_its_pattern_alone() -> None:
    copied = SECTION.model_copy(update={"rule": "outline"})
    with pytest.raises(ValidationError, match="frozen"):
        copied.rule = "other"
    assert SECTION.rule is None
    assert "rule" not in SECTION.model_fields_set
