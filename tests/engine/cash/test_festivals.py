"""A Spring Festival that the data has not lived is assumed, and that is told."""

from __future__ import annotations

from datetime import date

import pytest

from chainbrain.cash.forecast.festivals import first_spring_assumed
from chainbrain.database.book import Book
from chainbrain.rulebook import RuleBook


@pytest.mark.parametrize(
    ("first", "origin", "horizon", "reach"),
    [
        (
            date(2026, 8, 1),
            date(2027, 1, 20),
            28,
            (date(2027, 1, 24), date(2027, 2, 17), True),
        ),  # the festival is on 6 February 2027
        (date(2026, 8, 1), date(2026, 12, 1), 28, None),
        # The festival lies beyond, the days before it thin out already.
        (date(2026, 8, 1), date(2026, 10, 31), 90, (date(2027, 1, 24), date(2027, 1, 29), False)),
        (date(2026, 8, 1), date(2027, 1, 20), 3, None),
        (date(2027, 2, 8), date(2027, 2, 15), 7, (date(2027, 2, 16), date(2027, 2, 22), False)),
        (date(2026, 1, 1), date(2027, 1, 20), 28, None),  # 17 February 2026 is in the data
        (date(2026, 8, 1), date(2027, 2, 10), 7, None),  # lived
    ],
)
def test_it_is_told_what_is_assumed(
    first: date, origin: date, horizon: int, reach: tuple[date, date, bool] | None
) -> None:
    calendar = RuleBook(Book.in_memory()).calendar()
    found = first_spring_assumed(calendar, first, origin, horizon)
    assert (found and (found.first, found.last, found.inside)) == reach
    assert found is None or found.spring == date(2027, 2, 6)
