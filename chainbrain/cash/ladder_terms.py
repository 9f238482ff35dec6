"""When a product takes money in and when it gives it back: cut-off hours, weekends and holidays, locks and lags."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Final

from chainbrain.calendar import Calendar

if TYPE_CHECKING:
    from collections.abc import Callable

SHORTEST: Final = 7
"""Even what can be had back at once is only put away when it is not needed for a week."""
ASKED_AT: Final = time(18)
"""An order follows from what a day brought: it is taken to be given after offices close, unless an hour is said."""
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True)
class Product:
    """Where money may be put.

    Attributes:
        lock_days: for how long it is locked; 0 for money that can be asked back at any time.
        lag_days: how many days it takes to come back once it is asked for.
        cap: the most that may be put there, in yuan; nothing for no limit.
        rate: the yield of a year that the owner assumes, as a share.
        risk: one of ``ladder.RISKS``.
        said_on: the day on which the owner wrote it down.
        cutoff: an order given at this hour or later counts for the next day; nothing where every hour of a day counts.
        working_only: orders count and money comes back on trading days only, and the lag counts them. On weekends that
            are worked exchanges are closed, so that funds and products of banks neither take nor pay; a deposit of a
            bank that does is given back a day or two too late here, never too early.
        daily_cap: the most that may be put there, and asked back, on one day; nothing for no limit.
        least: the least that is taken at once; above it orders are ``step`` apart. Nothing for every whole yuan.
    """

    name: str
    lock_days: int
    lag_days: int
    cap: Decimal | None
    rate: Decimal
    risk: str
    said_on: date
    cutoff: time | None = None
    working_only: bool = False
    daily_cap: Decimal | None = None
    least: Decimal | None = None
    step: Decimal | None = None

    def order(self, yuan: int) -> int:
        """The largest order in whole yuan that is not above a sum; 0 where the product takes none so small."""
        least, step = int(-(-(self.least or 0) // 1)), max(int(-(-(self.step or 0) // 1)), 1)
        if yuan < max(least, 1):
            return 0
        return least + (yuan - least) // step * step


@dataclass(frozen=True)
class Stay:
    """Money in a product from order to return.

    Attributes:
        put_on: when the order is given; from then on the money is not in the bank account.
        begins: from when it bears, and ``ends`` to when.
        back_on: when it is in the bank account again.
    """

    put_on: date
    begins: date
    ends: date
    back_on: date

    @property
    def away(self) -> int:
        """For how many days it is not in the bank account."""
        return (self.back_on - self.put_on).days

    @property
    def bears(self) -> int:
        """For how many days it bears."""
        return max((self.ends - self.begins).days, 0)


class Terms:
    """The days of products by a calendar.

    Args:
        calendar: trading days; one without rows knows weekends only.
        asked_at: at which hour orders are given.
    """

    def __init__(self, calendar: Calendar, asked_at: time = ASKED_AT) -> None:
        self.asked_at = asked_at
        self._trading: Callable[[date, int], date] = cache(calendar.next_trading)

    def counts_on(self, product: Product, day: date) -> date:
        """The day for which an order of a day counts."""
        if product.cutoff is not None and self.asked_at >= product.cutoff:
            day += _DAY
        return self._trading(day, 0) if product.working_only else day

    def asked(self, product: Product, day: date) -> tuple[date, date]:
        """When money that is asked back on a day stops bearing, and when it is in the bank account."""
        ends = self.counts_on(product, day)
        return ends, self._returned(product, ends)

    def trading(self, day: date) -> date:
        """The first trading day that is not before a day."""
        return self._trading(day, 0)

    def takes(self, product: Product, day: date) -> bool:
        """Whether an order can be given on a day: on closed ones nobody takes it.

        Orders of a Saturday and a Sunday would both count for Monday, and more than a day may take would lie on it.
        """
        return not product.working_only or self._trading(day, 0) == day

    def order_on(self, product: Product, day: date) -> date:
        """The first day that is not before one and on which an order can be given."""
        return self._trading(day, 0) if product.working_only else day

    def locked(self, product: Product, put_on: date) -> Stay:
        """The days of money that is locked: it returns by itself, which needs no order."""
        begins = self.counts_on(product, put_on)
        ends = begins + product.lock_days * _DAY
        if product.working_only:
            ends = self._trading(ends, 0)
        return Stay(put_on, begins, ends, self._returned(product, ends))

    def shortest(self, product: Product, put_on: date) -> Stay:
        """For how long the money must not be needed.

        What can be had back at any time is asked back so that it would be there in a week; offices that are closed then
        may keep it longer.
        """
        if product.lock_days:
            stay = self.locked(product, put_on)
            week = put_on + SHORTEST * _DAY
            return stay if stay.back_on >= week else Stay(put_on, stay.begins, stay.ends, week)
        begins = self.counts_on(product, put_on)
        ends, back_on = self.asked(product, put_on + max(SHORTEST - product.lag_days, 0) * _DAY)
        return Stay(put_on, begins, max(ends, begins), max(back_on, begins))

    def _returned(self, product: Product, ends: date) -> date:
        if product.working_only:
            return self._trading(ends, product.lag_days)
        return ends + product.lag_days * _DAY


EVERY_DAY: Final = Terms(Calendar(()))
"""Terms for products that every day is alike to."""
