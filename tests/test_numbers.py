"""Figures, figures in words, and units of money."""

from __future__ import annotations

from decimal import Decimal
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.numbers import money_multiplier, parse_amount, parse_number_words
from tests.case_table import Case, parametrize

DIGITS = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]


@parametrize("amounts")
def test_amounts(case: Case) -> None:
    expected = Decimal(case.expected[0]) if case.expected else None
    assert parse_amount(case.text) == expected


@parametrize("number_words")
def test_number_words(case: Case) -> None:
    expected = int(case.expected[0]) if case.expected else None
    assert parse_number_words(case.text) == expected


@parametrize("money_units")
def test_money_units(case: Case) -> None:
    expected = int(case.expected[0]) if case.expected else None
    assert money_multiplier(case.text) == expected


@given(st.integers(min_value=0, max_value=10**15 - 1))
def test_a_number_spelt_out_is_read_back(number: int) -> None:
    assert parse_number_words(spell(number) + " đồng") == number


@given(st.integers(min_value=0, max_value=10**15))
def test_a_number_printed_with_dots_is_read_back(number: int) -> None:
    assert parse_amount(f"{number:,}".replace(",", ".")) == number


@given(st.text(max_size=80))
def test_any_text_is_a_number_or_none(text: str) -> None:
    assert parse_amount(text) is None or isinstance(parse_amount(text), Decimal)
    assert parse_number_words(text) is None or isinstance(parse_number_words(text), int)
    assert money_multiplier(text) is None or money_multiplier(text) in {10**n for n in (0, 3, 6, 9, 12)}


@pytest.mark.parametrize("unit", ["1 ", "1.", "1,", "một ", "tỷ tỷ ", " . "])
def test_time_stays_bounded(unit: str) -> None:
    text = unit * 200_000
    start = process_time()
    parse_amount(text)
    parse_number_words(text)
    money_multiplier(text)
    assert process_time() - start < 0.5


def spell(number: int) -> str:
    """The way a decision spells a sum of money."""
    if number >= 10**9:
        high, low = divmod(number, 10**9)
        return f"{spell(high)} tỷ {spell_groups(low, 10**6) if low else ''}".strip()
    return spell_groups(number, 10**6) or DIGITS[0]


def spell_groups(number: int, scale: int) -> str:
    names = {10**6: "triệu", 10**3: "nghìn", 1: ""}
    words = []
    while scale:
        group, number = divmod(number, scale)
        if group:
            words.append(f"{spell_hundreds(group)} {names[scale]}".strip())
        scale //= 1000
    return " ".join(words)


def spell_hundreds(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    words = [f"{DIGITS[hundreds]} trăm"] if hundreds else []
    tens, ones = divmod(rest, 10)
    if tens == 0 and ones:
        words.append(f"linh {'tư' if ones == 4 else DIGITS[ones]}" if hundreds else DIGITS[ones])
    elif tens == 1:
        words.append("mười" + (f" {'lăm' if ones == 5 else DIGITS[ones]}" if ones else ""))
    elif tens:
        ending = {0: "", 1: " mốt", 4: " tư", 5: " lăm"}.get(ones, f" {DIGITS[ones]}")
        words.append(f"{DIGITS[tens]} mươi{ending}")
    return " ".join(words)
