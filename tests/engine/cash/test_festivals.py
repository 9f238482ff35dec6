"""A Spring Festival that the data has not lived is assumed, and that is told."""

from __future__ import annotations

from datetime import date

import pytest

from chainbrain.cash.forecast.festivals import first_spring_assumed
from chainbrain.database.book import Book
from chainbrain.rulebook import RuleBook


@pytest.mark.parametrize(
    ("first", "origin", "horizon", "assumed"),
    [
        (date(2026, 8, 1), date(2027, 1, 20), 28, True),  # the festival is on 6 February 2027
        (date(2026, 8, 1), date(2026, 12, 1), 28, False),
        (date(2026, 1, 1), date(2027, 1, 20), 28, False),  # 17 February 2026 is in the data
        (date(2026, 8, 1), date(2027, 2, 10), 7, False),  # lived
    ],
)
def test_it_is_told_what_is_assumed(first: date, origin: date, horizon: int, assumed: bool) -> None:
    calendar = RuleBook(Book.in_memory()).calendar()
    assert first_spring_assumed(calendar, first, origin, horizon) is assumed
