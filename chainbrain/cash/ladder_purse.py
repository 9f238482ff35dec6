"""The bank account and what lies in products, day by day over a past: what a replay of idle money moves."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

import numpy as np
import numpy.typing as npt

from chainbrain.cash.ladder_terms import Product, Terms

Whole = npt.NDArray[np.int64]

_YEAR: Final = 365


@dataclass(frozen=True)
class Past:
    """What really happened.

    Attributes:
        opening: what was there before the first day, in fen.
        flows: what came in less what went out on each day, with nothing put away.
        dues: what went out by the plan, for as many days after the last one as the plan is known.
        floor: what must stay.
    """

    first: date
    opening: int
    flows: Whole
    dues: Whole
    floor: int

    @property
    def balances(self) -> Whole:
        """The balance at the end of each day with nothing put away."""
        return self.opening + self.flows.cumsum()


@dataclass
class Deposit:
    """Money in a product; days are numbers, and ``back`` is nothing as long as it was not asked back."""

    product: Product
    yuan: int
    begins: int
    ends: int | None
    back: int | None


@dataclass
class Purse:
    """The bank account and the deposits, day by day."""

    past: Past
    terms: Terms
    cash: int
    deposits: list[Deposit] = field(default_factory=list)
    earned: Decimal = Decimal(0)
    asked: Counter[tuple[str, int]] = field(default_factory=Counter)
    """What was asked back by product and the day that the orders count for: those of a weekend count for one day."""

    def begin(self, day: int) -> None:
        """Take what the day brings and what returns."""
        self.cash += int(self.past.flows[day])
        # What is back on the evening on which it was asked for is there on the next morning.
        for one in [one for one in self.deposits if one.back is not None and one.back <= day]:
            self.cash += one.yuan * 100
            self.deposits.remove(one)
            self._bear(one, one.ends or 0)

    def end(self) -> None:
        """Count what deposits have borne by the end."""
        for one in self.deposits:
            self._bear(one, len(self.past.flows) if one.ends is None else one.ends)
        self.deposits.clear()

    def put(self, product: Product, yuan: int, day: int) -> None:
        """Put money away, as far as the floor allows and what counts for one day may come to."""
        yuan = min(yuan, max(self.cash - self.past.floor, 0) // 100)
        if product.cap is not None:
            yuan = min(yuan, int(product.cap) - sum(one.yuan for one in self.deposits if one.product == product))
        if product.daily_cap is not None:
            counts = self._number(self.terms.counts_on(product, self._date(day)))
            lies = sum(one.yuan for one in self.deposits if one.product == product and one.begins == counts)
            yuan = min(yuan, max(int(product.daily_cap) - lies, 0))
        yuan = product.order(yuan)
        if yuan <= 0:
            return
        self.cash -= yuan * 100
        on = self._date(day)
        if product.lock_days:
            stay = self.terms.locked(product, on)
            begins, ends, back = (self._number(one) for one in (stay.begins, stay.ends, stay.back_on))
            self.deposits.append(Deposit(product, yuan, begins, ends, back))
        else:
            self.deposits.append(Deposit(product, yuan, self._number(self.terms.counts_on(product, on)), None, None))

    def ask(self, product: Product, yuan: int, day: int) -> None:
        """Ask money back that is not locked, the oldest first."""
        ends, back = (self._number(one) for one in self.terms.asked(product, self._date(day)))
        if product.daily_cap is not None:
            yuan = min(yuan, max(int(product.daily_cap) - self.asked[product.name, ends], 0))
        for one in list(self.deposits):
            if yuan > 0 and one.product == product and one.back is None:
                part = min(yuan, one.yuan)
                yuan -= part
                self.asked[product.name, ends] += part
                self.deposits.append(Deposit(product, part, one.begins, max(ends, one.begins), back))
                one.yuan -= part
        self.deposits = [one for one in self.deposits if one.yuan]

    def held(self, product: Product) -> int:
        """What can be asked back, in yuan."""
        return sum(one.yuan for one in self.deposits if one.product == product and one.back is None)

    def returning(self, day: int, days: int) -> Whole:
        """What is sure to be back by each of the days from this one on, in fen."""
        found = np.zeros(days, dtype=np.int64)
        for one in self.deposits:
            if one.back is not None and one.back - day < days:
                found[max(one.back - day, 0) :] += one.yuan * 100
        return found

    def back_from(self, product: Product, day: int) -> int:
        """The number of the day on which an order of a day has the money back."""
        return self._number(self.terms.asked(product, self._date(day))[1])

    def _bear(self, one: Deposit, ends: int) -> None:
        days = max(min(ends, len(self.past.flows)) - one.begins, 0)
        self.earned += one.yuan * one.product.rate * days / _YEAR

    def _date(self, day: int) -> date:
        return self.past.first + timedelta(days=day)

    def _number(self, day: date) -> int:
        return (day - self.past.first).days
