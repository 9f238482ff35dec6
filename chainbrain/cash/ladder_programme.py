"""Idle money by a linear programme over simulated balances: the plan with the highest assumed yield that keeps a band.

A plan is the same in all scenarios; in all but a stated share of them it takes the balance below the safety on no day.
Where it falls below by itself nothing may be away. Which scenarios may be missed is found by leaving them out one
by one, each time the one whose removal promises most by the prices of the linear programme (discarding in a greedy way;
Campi and Garatti, "A sampling-and-discarding approach to chance-constrained optimization", 2011). Every step is linear,
and the promise is a count of scenarios, checked in fen.

The rule of ``ladder`` bounds the plan: what is away on a day is never more than the P5 of that day less the safety.
Products and yields are the owner's own assumptions; nothing is recommended.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Final

import numpy as np
import numpy.typing as npt

from chainbrain.cash.ladder_flows import USUAL, Programme, Reach
from chainbrain.cash.ladder_lots import Ask, Lot, lots
from chainbrain.cash.ladder_terms import EVERY_DAY, Product, Terms
from chainbrain.money import fen, from_fen, half_up

Whole = npt.NDArray[np.int64]

SCENARIOS: Final = 100
SHARE: Final = Decimal("0.05")
"""The share of scenarios in which the band may be missed."""
_YEAR: Final = 365
_ZERO: Final = Decimal("0.00")


@dataclass(frozen=True)
class Balances:
    """Balances to come with nothing put away, in fen at the end of each day: scenarios × days.

    Attributes:
        low: what no plan may go below the safety by: the P5 of each day, where it is known better than from these.
    """

    first: date
    fen: Whole
    low: Whole | None = None

    @property
    def days(self) -> int:
        """How many days."""
        return int(self.fen.shape[1])


@dataclass(frozen=True)
class Placing:
    """A plan of idle money.

    Attributes:
        safety: what stays, in yuan.
        lots: what is put where on which day, by day.
        scenarios: how many were looked at; ``kept`` in how many of them the safety stays on every day with the plan.
        missed: in how many the plan takes the balance below the safety on a day on which it would not be, or more is
            away than nothing on a day on which it is; the share asked for bounds these.
        broken: in how many it is below on some day with nothing put away.
        yearly: what all lots bring, those of later days as well, as of a whole year, in yuan.
        asks: what is asked back of what lay in products before.
    """

    safety: Decimal
    lots: tuple[Lot, ...]
    scenarios: int
    kept: int
    missed: int
    broken: int
    yearly: Decimal
    asks: tuple[Ask, ...] = ()

    @property
    def added(self) -> int:
        """In how many scenarios the safety is missed only because of the plan."""
        return self.scenarios - self.kept - self.broken

    def today(self, first: date) -> tuple[Lot, ...]:
        """What is put away on the first day, one lot for each product."""
        found: dict[str, Lot] = {}
        for lot in self.lots:
            if lot.stay.put_on != first:
                continue
            before = found.get(lot.product.name)
            if before is not None:
                both = lot.amount + before.amount
                lot = replace(min(before, lot, key=_tight), amount=both, earned=lot.earned + before.earned)  # noqa: PLW2901
            found[lot.product.name] = lot
        return tuple(found.values())


class Placer:
    """Plans for one set of balances; the same rows serve every safety.

    Args:
        balances: what is expected with nothing put away.
        products: where money may be put; their order changes nothing.
        terms: when orders count and money returns.
        share: the share of scenarios in which the band may be missed.
        held: what lies in products that can be asked back, in whole yuan. The balances count it as if it were asked
            back on the first day. Only a replay of the past knows it, and only there plans have ``asks``.
        reach: how far plans look.
        used: how many yuan of each product's cap are taken on each day by money that lies there already.
        ordered: how many yuan of each product's daily cap are taken by what was put there on the first day.
    """

    def __init__(
        self,
        balances: Balances,
        products: Iterable[Product],
        terms: Terms = EVERY_DAY,
        share: Decimal = SHARE,
        *,
        held: Mapping[str, int] | None = None,
        reach: Reach = USUAL,
        used: Mapping[str, Whole] | None = None,
        ordered: Mapping[str, int] | None = None,
    ) -> None:
        self._balances, self._share = balances, share
        in_order = sorted(products, key=lambda one: (-one.lock_days, -one.rate, one.name))
        self._programme = Programme(
            in_order,
            balances.first,
            balances.days,
            terms,
            held=held or {},
            reach=reach,
            used=used or {},
            ordered=ordered or {},
        )

    @property
    def first(self) -> date:
        """The first day."""
        return self._balances.first

    def most(self) -> Decimal:
        """A band that leaves nothing idle: the highest balance that is there on a day in most scenarios."""
        usual = np.quantile(self._balances.fen, float(self._share), axis=0, method="higher").max()
        return max(from_fen(int(usual)), _ZERO)

    def placed(self, safety: Decimal) -> Placing:
        """The plan that keeps so much."""
        programme, room = self._programme, fen(safety)
        rooms = self._rooms(self._balances.fen - room)
        sure = np.full((0, programme.days), 0, dtype=np.int64)
        if self._balances.low is not None:
            sure = self._rooms((self._balances.low - room)[None])
        kept = np.arange(len(rooms))
        programme.afresh()
        for left in range(int(len(rooms) * self._share), -1, -1):
            least = np.concatenate([rooms[kept], sure]).min(axis=0)
            solved, prices = programme.solved(least / 100)
            if left:
                kept = np.delete(kept, _hardest(rooms[kept], prices))
        found, asks = lots(programme.flows, solved, least, self._balances.first)
        away = self._away(found, asks)
        stays = self._balances.fen + self._late() - away
        return Placing(
            safety, found, len(rooms), int((stays >= room).all(axis=1).sum()), int((away > rooms).any(axis=1).sum()),
            int((self._balances.fen < room).any(axis=1).sum()),
            half_up(sum((lot.earned for lot in found), _ZERO) * _YEAR / self._balances.days), asks,
        )  # fmt: skip

    def below(self, found: Placing, floor: Decimal) -> int:
        """In how many scenarios a plan takes the balance below a floor above which it would have been."""
        rooms = np.maximum(self._balances.fen - fen(floor), 0)
        return int((self._away(found.lots, found.asks) > rooms).any(axis=1).sum())

    def _rooms(self, over: Whole) -> Whole:
        """What may be away on each day; what lies in products and cannot be back yet is, whatever is planned."""
        return np.maximum(over, 0) + self._late()

    def _late(self) -> Whole:
        """What lies in products and cannot be back by each of the days."""
        late = np.zeros(self._balances.days, dtype=np.int64)
        for flow in self._programme.flows:
            late[: flow.back[0]] += int(flow.held) * 100
        return late

    def _away(self, found: Iterable[Lot], asks: Iterable[Ask]) -> Whole:
        first, days = self._balances.first, self._balances.days
        away = np.full(days, 100 * sum(int(flow.held) for flow in self._programme.flows), dtype=np.int64)
        for lot in found:
            away[(lot.stay.put_on - first).days : (lot.stay.back_on - first).days] += fen(lot.amount)
        for ask in asks:
            away[(ask.back_on - first).days :] -= fen(ask.amount)
        return away


def _hardest(rooms: Whole, prices: npt.NDArray[np.float64]) -> int:
    """The scenario without which there would be most more room, by the price of room on its days."""
    if len(rooms) == 1:
        return 0
    lowest, next_one = np.partition(rooms, 1, axis=0)[:2]
    promised = np.zeros(len(rooms))
    np.add.at(promised, rooms.argmin(axis=0), prices * (next_one - lowest))
    if promised.max() <= 0:
        promised = -rooms.sum(axis=1, dtype=np.float64)
    return int(promised.argmax())


def _tight(lot: Lot) -> tuple[Decimal, date]:
    return lot.spare, lot.binding
