"""The one parser for amounts, moments and days."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chainbrain.importers.tables import parse
from chainbrain.money import parse_yuan


def _texts(*cells: str | None) -> pl.Series:
    return pl.Series("cell", cells, dtype=pl.String)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("12.34", "12.34"), ("-0.5", "-0.50"), ("+7", "7.00"), ("¥1,234.50", "1234.50"), ("￥8", "8.00"),
        ("-¥3.00", "-3.00"),
        ("CNY 8", "8.00"), ("８．５０", "8.50"), ("1,234,567.89元", "1234567.89"), ("0.5000", "0.50"),
    ],
)  # fmt: skip
def test_amounts_as_people_write_them(text: str, amount: str) -> None:
    assert parse.yuan(_texts(text)).to_list() == [Decimal(amount)]


@pytest.mark.parametrize(
    "text",
    [
        "12,34",
        "1,23,456",
        "12.345",
        "1_000",
        "NaN",
        "inf",
        "1e5",
        "٣",
        "",
        "--5",
        "5-",
        "1.2.3",
        "12.",
        ".5",
        "abc",
        "¥",
        "0x1F",
    ],
)
def test_what_is_no_amount(text: str) -> None:
    assert parse.yuan(_texts(text)).to_list() == [None]


def test_fees_keep_five_decimals() -> None:
    assert parse.yuan(_texts("0.04001", "0.040010", "0.0400101"), 5).to_list() == [
        Decimal("0.04001"),
        Decimal("0.04001"),
        None,
    ]


@settings(deadline=None)
@given(st.decimals(min_value=-(10**12), max_value=10**12, places=2, allow_nan=False, allow_infinity=False))
def test_every_amount_comes_back(amount: Decimal) -> None:
    written = [f"{amount:f}", f"{amount:,.2f}", f"¥{amount:,.2f}", f"{amount:+f}"]
    assert parse.yuan(_texts(*written)).to_list() == [amount] * 4


@settings(deadline=None)
@given(st.text(alphabet="0123456789.,-+¥元 ,.CNY１２٣eE_", max_size=14))
def test_columns_read_what_single_cells_read(text: str) -> None:
    column = parse.yuan(parse.cleaned(pl.DataFrame({"v": [text]})).to_series())[0]
    if column is not None:
        assert parse_yuan(text) == column


@settings(deadline=None)
@given(st.datetimes(min_value=datetime(2004, 1, 1), max_value=datetime(2035, 12, 31, 23, 59, 59)))
def test_every_moment_comes_back(moment: datetime) -> None:
    moment = moment.replace(microsecond=0)
    forms = (
        "%Y-%m-%d %H:%M:%S",
        "%Y/%m/%d %H:%M:%S",
        "%Y%m%d %H:%M:%S",
        "%Y%m%d%H%M%S",
        "%Y年%m月%d日 %H:%M:%S",
        "%Y-%m-%dT%H:%M:%S",
    )
    texts = _texts(*(moment.strftime(form) for form in forms))
    assert parse.moments(texts).to_list() == [moment] * len(forms)
    assert parse.days(texts).to_list() == [moment.date()] * len(forms)


@settings(deadline=None)
@given(st.dates(min_value=date(2004, 1, 1), max_value=date(2035, 12, 31)))
def test_every_day_comes_back(day: date) -> None:
    serial = str((day - date(1899, 12, 30)).days)
    forms = [
        day.isoformat(),
        day.strftime("%Y/%m/%d"),
        day.strftime("%Y%m%d"),
        f"{day.year}年{day.month}月{day.day}日",
        serial,
    ]
    assert parse.days(_texts(*forms)).to_list() == [day] * 5


@pytest.mark.parametrize(
    "text",
    [
        "2026-02-30", "2026-13-01", "2026-08-01 24:00:00", "2026-08-01 10:00:60", "1899-12-30", "2036-01-01",
        "2003-12-31", "2026081", "26-08-01", "yesterday", "20260801 256000",
    ],
)  # fmt: skip
def test_what_is_no_moment(text: str) -> None:
    assert parse.moments(_texts(text)).to_list() == [None]


def test_odd_moments_of_real_exports() -> None:
    column = _texts(
        "2014-11-10 16：33：45", "2019年12月05日 19:25", "20260410 17:07:09", "2026-03-01-09.30.00.123456", "45000.5"
    )
    assert parse.moments(column).to_list() == [
        datetime(2014, 11, 10, 16, 33, 45),
        datetime(2019, 12, 5, 19, 25),
        datetime(2026, 4, 10, 17, 7, 9),
        datetime(2026, 3, 1, 9, 30, 0, 123456),
        datetime(2023, 3, 15, 12),
    ]


def test_rates_clocks_and_the_end_of_the_day() -> None:
    assert parse.rates(_texts("0.38%", "0.0038", "0.60％", "38", "abc")).to_list() == [
        Decimal("0.0038"), Decimal("0.0038"), Decimal("0.006"), None, None,
    ]  # fmt: skip
    assert parse.clocks(_texts("04:00", "4:30:15", "1899-12-31 04:00:00", "25:00")).to_list() == [
        time(4), time(4, 30, 15), time(4), None,
    ]  # fmt: skip
    assert parse.is_midnight_end(_texts("24:00", "24:00:00", "1900-01-01 00:00:00", "00:00")).to_list() == [
        True
    ] * 3 + [False]


def test_cells_lose_their_dress() -> None:
    raw = _texts("`1", " `x\t", '="007"', "--", "-----", "-5", "'7", "\t", "　甲　", "/", "\\N", None)
    plain = parse.cleaned(raw.to_frame("v")).to_series().to_list()
    assert plain == ["1", "x", "007", None, None, "-5", "7", None, "甲", None, None, None]


def test_payers_are_only_seen_salted() -> None:
    one, other = parse.salted(_texts("138****00", None, "138****00"), b"a"), parse.salted(_texts("138****00"), b"b")
    assert one[0] == one[2] != other[0]
    assert one[1] is None
    assert len(one[0]) == 64
