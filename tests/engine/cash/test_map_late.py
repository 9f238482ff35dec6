"""Deposits beyond an opening are of what is late: of their number first, of the whole channel where they name none."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal

import pytest
from sales_book import SalesBook

FIRST = date(2026, 6, 1)

# merchant number, day from the first, standing, amount
Row = tuple[str, int, str, str]


def _held(*rows: Row) -> list[tuple[Decimal, Decimal]]:
    """What is in time and what is late at the end of each of six days."""
    book = SalesBook().book
    book.run("cash/movements")
    for merchant, number, standing, amount in rows:
        book.execute(
            "insert into cash_movements (channel, merchant, day, part, amount, standing)"
            " values ('wechat', $merchant, $day, 'open', $amount, $standing)",
            merchant=merchant, day=FIRST + timedelta(days=number), amount=Decimal(amount), standing=standing,
        )  # fmt: skip
    book.run("cash/movement_owners")
    book.run("cash/map_flows")
    moved: dict[tuple[date, str], Decimal] = defaultdict(Decimal)
    for day, part, amount in book.frame("cash/map_moves").select("day", "part", "amount").iter_rows():
        moved[day, part] += amount
    ends = [FIRST + timedelta(days=number) for number in range(6)]
    return [
        (
            sum((amount for (day, part), amount in moved.items() if day <= end and part == "transit"), Decimal(0)),
            sum((amount for (day, part), amount in moved.items() if day <= end and part == "late"), Decimal(0)),
        )
        for end in ends
    ]


@pytest.mark.parametrize("number", ["-", "1"])
def test_a_deposit_beyond_the_opening_is_of_what_is_late(number: str) -> None:
    found = _held(
        (number, 0, "opening", "50"),
        ("1", 1, "short", "100"),
        (number, 1, "opening", "-50"),
        (number, 2, "opening", "-80"),
        ("1", 3, "short", "-100"),
        ("1", 4, "short", "30"),
        (number, 5, "opening", "80"),
    )
    # Where nothing is late, more came than anybody knows of: that alone stays below nothing.
    assert found == [(50, 0), (0, 100), (0, 20), (-80, 0), (-50, 0), (0, 30)]


def test_what_is_late_of_one_number_is_taken_once() -> None:
    found = _held(
        ("1", 0, "short", "100"),
        ("2", 0, "short", "10"),
        ("1", 1, "opening", "-70"),
        ("2", 2, "opening", "-25"),
        ("-", 3, "opening", "-20"),
    )
    assert found[:4] == [(0, 110), (0, 40), (-15, 30), (-15, 10)]
