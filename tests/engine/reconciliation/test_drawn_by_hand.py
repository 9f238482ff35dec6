"""Wallets whose money is drawn by hand, at any time: nothing is late and no habit is made of chance."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from reconcile_book import World, at
from run_book import a_chain, after, daily, deposits, net, sales


def test_what_is_drawn_by_hand_is_not_late_however_much_it_has_become() -> None:
    """Four days, one, three: no sum is waited for; the three days after that are more than one deposit brought."""
    book = _drawn((0, 4), (4, 5), (5, 8))
    book.book.execute("delete from base.payments where occurred_at >= $day", day=at("00:00:00", after(10)))
    book.reconcile()
    assert book.states("bank_line", "bank") == ["matched"] * 3
    assert book.codes() == []
    assert book.book.rows_of("select count(*) from main.row_states where reason = 'below_minimum'") == [(2,)]


def test_two_sums_of_whole_days_are_no_least_sum_where_another_deposit_is_none() -> None:
    """Two deposits that end with a day by chance, and one drawn in the afternoon: it waits and nothing is late."""
    within = sum((net(*sales(day)) for day in (6, 7)), Decimal(0)) + net(sales(8)[0])
    book = deposits(_drawn((0, 3), (3, 6)), {after(8): within})
    book.reconcile()
    assert sorted(book.states("bank_line", "bank")) == ["matched", "matched", "timing"]
    assert book.codes() == []


def test_a_deposit_drawn_within_a_day_waits() -> None:
    book = _drawn((0, 3), (3, 4), (6, 9))
    within = sum((net(*sales(day)) for day in (4, 5)), Decimal(0)) - net(sales(5)[1])
    deposits(book, {after(6): within}, named=False).reconcile()
    assert sorted(book.states("bank_line", "bank")) == ["matched"] * 3 + ["timing"]
    assert book.codes() == []


def test_whole_days_met_by_chance_are_no_habit() -> None:
    """Drawn in the afternoon; two deposits of seven happen to be a whole day."""
    sums = {after(n): net(sales(n - 1)[1], sales(n)[0]) for n in range(2, 7)} | daily(7, 8)
    book = deposits(a_chain(), sums)
    book.reconcile()
    assert book.book.rows_of("from base.payout_habits") == []
    assert book.codes() == []


def _drawn(*runs: tuple[int, int]) -> World:
    sums: dict[date, Decimal] = {
        after(end): sum((net(*sales(day)) for day in range(first, end)), Decimal(0)) for first, end in runs
    }
    return deposits(a_chain(), sums)
