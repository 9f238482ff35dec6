from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chainbrain.amounts import parse_amount
from ui import figures
from ui.theme.translator import Language


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("1234567.89", "1,234,567.89"),
        ("-1812.03", "\u22121,812.03"),
        ("-0.001", "0.00"),
        ("0.005", "0.01"),
        ("0", "0.00"),
    ],
)
def test_money(value, shown):
    assert figures.money(Decimal(value)) == shown


def test_money_with_symbol_puts_the_minus_first():
    assert figures.money(Decimal("-5"), symbol=True) == "\u2212¥5.00"


@pytest.mark.parametrize(
    ("value", "shown"),
    [(297_054, "29.7 万"), (9_999, "9,999"), (836_892_330, "8.4 亿"), (-253_186, "\u221225.3 万")],
)
def test_compact_in_chinese(qapp, value, shown):
    assert figures.compact(value) == shown


def test_compact_in_english_stays_full(qapp):
    Language.set("en")
    assert figures.compact(Decimal("297054.4")) == "297,054"


def test_changes(qapp):
    assert figures.change(Decimal("0.0862")) == "+8.6%"
    assert figures.change(Decimal("-0.077")) == "\u22127.7%"
    assert figures.change(Decimal("0.0004")) == "持平"
    assert figures.change(None) == ""


def test_days(qapp):
    assert figures.day_and_weekday(date(2026, 11, 22)) == "11-22 周日"
    assert figures.day(date(2026, 11, 22), year=True) == "2026-11-22"


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=2, allow_nan=False))
def test_money_can_be_typed_back(value):
    assert parse_amount(figures.money(value, symbol=True)) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("22万", "220000"),
        ("220,000", "220000"),
        ("２２０，０００", "220000"),
        ("1.5亿", "150000000"),
        ("22 万元", "220000"),
        ("62%", "62"),
        ("\u2212326.50", "-326.50"),
        ("22w", "220000"),
        (".5", "0.5"),
    ],
)
def test_amounts_as_people_type_them(text, value):
    assert parse_amount(text) == Decimal(value)


@pytest.mark.parametrize("text", ["", "万", "22x", "22万元x", "1,23", "1.2.3", "--5", "2,2000", "nan", "1e5"])
def test_what_is_no_amount_is_refused(text):
    assert parse_amount(text) is None
