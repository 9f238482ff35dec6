"""Hands the expansion room what the cash room foresees: month by month, as far as the forecast reaches."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from chainbrain.errors import UserError
from chainbrain.expansion.chain_cash import ChainCash
from chainbrain.expansion.from_book import BookCash
from chainbrain.money import from_fen, half_up

if TYPE_CHECKING:
    from chainbrain.calendar import Calendar
    from chainbrain.cash.basis import Landing
    from chainbrain.cash.outlook import CashOutlook, CashPath
    from chainbrain.expansion.own_stores import ChannelCharge

CORRELATION: Final = Decimal("0.5")
"""Assumed between the chain's cash and the sales of a new store, as where nobody says otherwise."""
_LOOKED_AT: Final = 28
_A_DAY: Final = timedelta(days=1)


def book_cash(outlook: CashOutlook, charges: Iterable[ChannelCharge], calendar: Calendar) -> BookCash:
    """The chain's cash by whole months.

    The months after the forecast bring the average of those within it. How sure a month is comes from the paths of the
    forecast: what they differ by at its end is spread over its months and taken to last.

    Raises:
        UserError: ``expansion.no_chain_forecast`` when the book foresees no receipts or no whole month.
    """
    path = outlook.chain
    ends = _month_ends(path)
    if path.moved is None or not hasattr(outlook.receipts, "sold_to") or len(ends) < 2:
        raise UserError("expansion.no_chain_forecast", known=outlook.known_to.isoformat())
    balances = [path.opening if n < 0 else path.days[n].expected for n in ends]
    months = [after - before for before, after in pairwise(balances)]
    low, middle, high = _quantiles(path, ends[0], ends[-1])
    known, first = outlook.known_to, path.days[ends[1]].day.replace(day=1)
    chain = ChainCash(
        opening=balances[0],
        monthly=(*months, half_up(sum(months, Decimal(0)) / len(months))),
        worse_by=max(half_up((middle - low) / len(months)), Decimal(0)),
        better_by=max(half_up((high - middle) / len(months)), Decimal(0)),
        swing=Decimal(0),
        correlation=CORRELATION,
        first_month=first,
        known_to=known,
    )
    days, payments = _days_to_bank(outlook.landings, charges, calendar, known)
    return BookCash(chain, path.floor, days, payments, len(months))


def _month_ends(path: CashPath) -> list[int]:
    """The positions of the last days of months in the path; −1 stands for the day before it."""
    days = [path.days[0].day - _A_DAY, *(one.day for one in path.days)] if path.days else []
    return [n - 1 for n, day in enumerate(days) if (day + _A_DAY).day == 1]


def _quantiles(path: CashPath, first: int, last: int) -> tuple[Decimal, Decimal, Decimal]:
    assert path.moved is not None
    moved = path.moved[:, last] - (path.moved[:, first] if first >= 0 else 0)
    ordered = sorted(moved.tolist())
    low, middle, high = (ordered[max(-(-len(ordered) * p // 100) - 1, 0)] for p in (10, 50, 90))
    return from_fen(round(low * 100)), from_fen(round(middle * 100)), from_fen(round(high * 100))


def _days_to_bank(
    landings: Iterable[Landing], charges: Iterable[ChannelCharge], calendar: Calendar, known_to: date
) -> tuple[Decimal | None, int]:
    """Days from a sale to the bank by the rules of the channels, weighted by what each takes."""
    rules: dict[str, list[tuple[Decimal, int]]] = {}
    for landing in landings:
        if landing.rule is not None:
            lag = _lag(landing.rule, calendar, known_to)
            if lag is not None:
                rules.setdefault(landing.channel, []).append((lag, landing.numbers))
    weighed, takings, payments = Decimal(0), Decimal(0), 0
    for charge in charges:
        known = rules.get(charge.channel)
        if known and charge.takings > 0:
            numbers = sum(count for _, count in known)
            weighed += charge.takings * sum((lag * count for lag, count in known), Decimal(0)) / numbers
            takings += charge.takings
            payments += charge.payments
    return (half_up(weighed / takings, 1) if takings else None), payments


def _lag(rule: str, calendar: Calendar, known_to: date) -> Decimal | None:
    """The average over four weeks, because a T1 over a weekend is three days."""
    total = 0
    for back in range(_LOOKED_AT):
        sold = datetime.combine(known_to - back * _A_DAY, time(12))
        try:
            total += (calendar.settles_on(rule, sold) - sold.date()).days
        except UserError:
            return None
    return Decimal(total) / _LOOKED_AT
