"""Idle money replayed over the past: what a way to place it earned, and on how many days it broke the floor.

Every evening, when the day's money is in, a way gives its orders; it sees the past, what is planned, and what was
foreseen then. Ways beside the plan over scenarios: everything in what can be had back at any time; the rule of thumb to
keep a month of costs; Miller and Orr ("A model of the demand for money by firms", 1966); and perfect foresight, which
no way can beat.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

import numpy as np
import numpy.typing as npt

from chainbrain.cash.ladder_flows import Reach
from chainbrain.cash.ladder_programme import SHARE, Balances, Placer
from chainbrain.cash.ladder_purse import Past, Purse
from chainbrain.cash.ladder_terms import Product, Terms
from chainbrain.money import from_fen, half_up

Whole = npt.NDArray[np.int64]

_YEAR: Final = 365
_WEEK: Final = 7
_MONTH: Final = 30
_LOOKED_BACK: Final = 60
_ORDER_COSTS: Final = 50.0
"""What an order is taken to cost in time, in yuan; Miller and Orr ask for it."""


Way = Callable[[Purse, int], None]
Foresight = Callable[[int], Whole]
"""For the number of a day what was foreseen at its end: scenarios × days to come, receipts less payments in fen."""


@dataclass(frozen=True)
class Replayed:
    """What a way came to.

    Attributes:
        earned: yuan over all days.
        broken: days on which the balance fell below the floor, though with nothing put away it would not have.
    """

    earned: Decimal
    broken: int
    days: int


def replayed(past: Past, terms: Terms, way: Way) -> Replayed:
    """Let a way give its orders evening by evening."""
    purse, broken, kept = Purse(past, terms, past.opening), 0, past.balances
    for day in range(len(past.flows)):
        purse.begin(day)
        way(purse, day)
        broken += int(purse.cash < past.floor <= kept[day])
    purse.end()
    return Replayed(half_up(purse.earned), broken, len(past.flows))


class Planned:
    """The plan over scenarios, made anew every week and followed day by day; what is short is asked back at once."""

    def __init__(
        self, foresight: Foresight, products: Sequence[Product], band: int, share: Decimal = SHARE, every: int = _WEEK
    ) -> None:
        self._foresight, self._products, self._band = foresight, products, band
        self._share, self._every = share, every
        self._orders: list[tuple[int, Product, int]] = []

    def __call__(self, purse: Purse, day: int) -> None:
        """Give the orders of an evening."""
        if day % self._every == 0:
            self._plan(purse, day)
        for on, product, yuan in self._orders:
            if on == day:
                (purse.put if yuan > 0 else purse.ask)(product, abs(yuan), day)
        for product in _loose(self._products):
            coming = sum(one.yuan for one in purse.deposits if one.product == product and one.back is not None)
            short = -(-(self._band - purse.cash) // 100) - coming
            if short > 0:
                purse.ask(product, short, day)

    def _plan(self, purse: Purse, day: int) -> None:
        coming = self._foresight(day)
        days = coming.shape[1] + 1
        balances = np.full((len(coming), days), purse.cash, dtype=np.int64) + purse.returning(day, days)
        balances[:, 1:] += coming.cumsum(axis=1)
        held = {product.name: purse.held(product) for product in _loose(self._products)}
        for product in _loose(self._products):
            balances[:, max(purse.back_from(product, day) - day, 0) :] += held[product.name] * 100
        first = purse.past.first + timedelta(days=day)
        placer = Placer(Balances(first, balances), self._products, purse.terms, self._share, held=held)
        found = placer.placed(from_fen(self._band))
        self._orders = [(day + (one.asked_on - first).days, one.product, -int(one.amount)) for one in found.asks]
        self._orders += [(day + (one.stay.put_on - first).days, one.product, int(one.amount)) for one in found.lots]


class Foreseen:
    """Perfect foresight: one plan for all days."""

    def __init__(self, past: Past, products: Sequence[Product], terms: Terms) -> None:
        balances = Balances(past.first, past.balances[None])
        placer = Placer(balances, products, terms, Decimal(0), reach=Reach(0, 0, even=False))
        self._first, self._lots = past.first, placer.placed(from_fen(past.floor)).lots

    def __call__(self, purse: Purse, day: int) -> None:
        """Give the orders of an evening."""
        today = self._first + timedelta(days=day)
        for lot in self._lots:
            if not lot.product.lock_days and lot.stay.ends < self._first + timedelta(days=len(purse.past.flows)):
                asked = _asked_for(lot.product, lot.stay.back_on, purse.terms)
                if asked == today:
                    purse.ask(lot.product, int(lot.amount), day)
        for lot in self._lots:
            if lot.stay.put_on == today:
                purse.put(lot.product, int(lot.amount), day)


def all_instant(product: Product) -> Way:
    """Everything that the plan does not need before it could be back lies in one product that gives it back."""

    def way(purse: Purse, day: int) -> None:
        back = purse.back_from(product, day + 1)
        need = purse.past.floor + int(purse.past.dues[day + 1 : back + 1].sum())
        _level(purse, product, day, need, need)

    return way


def month_kept(product: Product) -> Way:
    """A month of costs is kept, every week the rest goes into one product."""

    def way(purse: Purse, day: int) -> None:
        if day % _WEEK == 0:
            costs = int(purse.past.dues[day + 1 : day + 1 + _MONTH].sum())
            purse.put(product, (purse.cash - purse.past.floor - costs) // 100, day)

    return way


def miller_orr(product: Product) -> Way:
    """Between two limits nothing is done; at the upper one money is put away, at the lower one asked back."""

    def way(purse: Purse, day: int) -> None:
        seen = purse.past.flows[max(day - _LOOKED_BACK, 0) : day + 1] / 100
        rate = max(float(product.rate) / _YEAR, 1e-9)
        spread = 3 * (0.75 * _ORDER_COSTS * float(seen.var()) / rate) ** (1 / 3) * 100
        _level(purse, product, day, purse.past.floor + int(spread / 3), purse.past.floor + int(spread))

    return way


def _level(purse: Purse, product: Product, day: int, target: int, upper: int) -> None:
    coming = sum(one.yuan for one in purse.deposits if one.product == product and one.back is not None) * 100
    if purse.cash > upper:
        purse.put(product, (purse.cash - target) // 100, day)
    elif purse.cash + coming < min(target, upper if target == upper else purse.past.floor):
        purse.ask(product, -(-(target - purse.cash - coming) // 100), day)


def _loose(products: Sequence[Product]) -> list[Product]:
    """What can be asked back, the lowest yield first."""
    return sorted((one for one in products if not one.lock_days), key=lambda one: (one.rate, one.name))


def _asked_for(product: Product, back_on: date, terms: Terms) -> date:
    """The last day on which an order has the money back on a day."""
    day = back_on
    while terms.asked(product, day)[1] > back_on:
        day -= timedelta(days=1)
    return day
