"""The linear programme of idle money: what is put where on which day, for HiGHS.

What is put into a product and what is asked back are sums from the first day on, so that what is away on a day is a
difference of two of them and every row has a handful of entries.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from chainbrain.cash.ladder_solver import Rows, Solver
from chainbrain.cash.ladder_terms import SHORTEST, Product, Terms

if TYPE_CHECKING:
    from collections.abc import Mapping

Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]

_YEAR: Final = 365
_SCALE: Final = 1e6
"""Yields of a yuan are small beside the solver's tolerance."""
_LATER: Final = 1e-5
"""By so much a day later bears less: of two plans that bring the same the earlier is taken."""


@dataclass(frozen=True)
class Reach:
    """How far a plan looks.

    Attributes:
        shortest: for how many days money is put away at least, even where it could be had back sooner.
        firm: what is locked on so many first days is back within the days to come. Later locks may end after them and
            count as far as they reach: they are decided then, and without them money would seem to be of no use near
            the end, which keeps maturities apart from the days on which money is needed.
        even: what a lock bears counts in equal parts for all days that it is away: days on which money comes and goes
            without bearing are no reason to wait until they lie after the days to come.
    """

    shortest: int = SHORTEST
    firm: int = SHORTEST
    even: bool = True


USUAL: Final = Reach()


@dataclass
class Flow:
    """One product: variables for what was put in by each day, and for what was asked back by each."""

    product: Product
    put: int
    asked: int | None
    back: tuple[int, ...]
    """For each day the number of the day on which an order of it has the money back."""
    begins: tuple[int, ...]
    ends: tuple[int, ...]
    open: tuple[bool, ...]
    """For each day whether an order can be given on it."""
    ripe: tuple[int, ...]
    """For each day the last day whose money may be asked back then; -1 for none."""
    held: float = 0.0
    used: Whole | None = None
    """How many yuan of the cap are taken on each day by what was put there before."""
    ordered: int = 0
    """How many yuan of the daily cap of the first day are taken by what was put there on it."""

    def lies(self, day: int) -> int:
        """So much of the cap is taken on a day."""
        return 0 if self.used is None else int(self.used[day])

    def daily_cap(self, day: int) -> int | None:
        """What may be put there on a day still, in yuan; nothing for no limit."""
        cap = self.product.daily_cap
        return None if cap is None else max(int(cap) - (self.ordered if day == 0 else 0), 0)


class Programme:
    """The rows that stay the same whatever room there is.

    Args:
        products: in an order that does not depend on how they were written down.
        first: the first day.
        days: how many.
        terms: when orders count and money returns.
        held: what lies in products that can be asked back, in yuan.
        reach: how far plans look.
        used: how many yuan of each product's cap are taken on each day.
        ordered: how many yuan were put into each product on the first day already.
    """

    def __init__(
        self,
        products: Sequence[Product],
        first: date,
        days: int,
        terms: Terms,
        *,
        held: Mapping[str, int],
        reach: Reach,
        used: Mapping[str, Whole],
        ordered: Mapping[str, int],
    ) -> None:
        self.days, self.flows, self._reach, self._used, self._ordered = days, [], reach, used, ordered
        self._rows = Rows()
        self._gain: list[float] = []
        self._solver: Solver | None = None
        self.away = self._variables(days)
        for product in products:
            self.flows.append(self._flow(product, first, terms, float(held.get(product.name, 0))))
        held_in_all = sum(flow.held for flow in self.flows)
        for day in range(days):
            self._rows.add(-held_in_all, -held_in_all, self._away_on(day))

    def solved(self, room: Floats) -> tuple[Floats, Floats]:
        """The best plan that is away on no day by more than the room of it, in yuan; and what a yuan more would bring.

        The second is the price of room on each day, in no unit but comparable.
        """
        if self._solver is None:
            self._solver = Solver(self._rows, self._gain)
        return self._solver.solved(self.away, room)

    def afresh(self) -> None:
        """Forget where the last solution ended: equal questions then have equal answers."""
        if self._solver is not None:
            self._solver.afresh()

    def _flow(self, product: Product, first: date, terms: Terms, held: float) -> Flow:
        days, most = self.days, np.inf if product.cap is None else float(product.cap)
        dates = [first + timedelta(days=i) for i in range(days)]
        takes = tuple(terms.takes(product, day) for day in dates)
        if product.lock_days:
            stays = [terms.locked(product, day) for day in dates]
            begins, ends, back = ([(getattr(one, name) - first).days for one in stays] for name in _ENDS)
            flow = Flow(product, self._variables(days), None, tuple(back), tuple(begins), tuple(ends), takes, ())
        else:
            begins = [(terms.counts_on(product, day) - first).days for day in dates]
            asked = [terms.asked(product, day) for day in dates]
            ends, back = [(one - first).days for one, _ in asked], [(two - first).days for _, two in asked]
            wait = max(self._reach.shortest - product.lag_days, 0)
            ripe = [
                max((d for d in range(day - wait + 1) if begins[d] <= ends[day]), default=-1) for day in range(days)
            ]
            put = self._variables(days)
            asks = self._variables(days)
            flow = Flow(product, put, asks, tuple(back), tuple(begins), tuple(ends), takes, tuple(ripe), held)
        flow.used, flow.ordered = self._used.get(product.name), self._ordered.get(product.name, 0)
        self._bound(flow, most, np.inf if product.daily_cap is None else float(product.daily_cap))
        self._bears(flow)
        return flow

    def _bound(self, flow: Flow, most: float, a_day: float) -> None:
        """Sums only grow, by at most so much a day; nothing is asked back that is not there; caps are kept."""
        for day in range(self.days):
            later = day >= self._reach.firm and flow.back[0] <= self.days
            reached = flow.asked is not None or flow.back[day] <= self.days or later
            cap = flow.daily_cap(day)
            most_put = a_day if cap is None else float(cap)
            self._grows(flow.put, day, most_put if reached and flow.open[day] else 0.0)
            returned = self._back_by(flow, day)
            if flow.asked is not None:
                self._grows(flow.asked, day, a_day)
                self._asked_for_one_day(flow, flow.asked, day, a_day)
                there = {flow.asked + day: 1.0}
                if flow.ripe[day] >= 0:
                    there[flow.put + flow.ripe[day]] = -1.0
                self._rows.add(-np.inf, flow.held, there)
                returned = {flow.asked + day: -1.0}
            if most < np.inf:
                self._rows.add(-np.inf, max(most - flow.held - flow.lies(day), 0.0), {flow.put + day: 1.0, **returned})

    def _asked_for_one_day(self, flow: Flow, asked: int, day: int, a_day: float) -> None:
        """What is asked back on closed days counts for one trading day, which gives back no more than it may.

        What lay there before is taken to come back at once, whatever a day may give: a replay has to ask for it.
        """
        start = flow.ends.index(flow.ends[day])
        if start < day and a_day < np.inf and not flow.held:
            before = {asked + start - 1: -1.0} if start else {}
            self._rows.add(-np.inf, a_day, {asked + day: 1.0, **before})

    def _bears(self, flow: Flow) -> None:
        a_day = float(flow.product.rate) / _YEAR * _SCALE
        if flow.asked is None:
            stays = [self._borne(flow, day) for day in range(self.days)]
            self._gains(flow.put, [a_day * stay * (1 - _LATER * i) for i, stay in enumerate(stays)])
            return
        for start, counts, sign in ((flow.put, flow.begins, 1.0), (flow.asked, flow.ends, -1.0)):
            # From a day to the last one, each day by itself.
            left = [sum(1 - _LATER * i for i in range(day, self.days)) for day in counts]
            self._gains(start, [sign * a_day * one for one in left])

    def _borne(self, flow: Flow, day: int) -> float:
        """For how many of the days to come a lock of one day bears."""
        begins, ends, back = flow.begins[day], flow.ends[day], flow.back[day]
        if not self._reach.even:
            return float(max(min(ends, self.days) - begins, 0))
        return max(ends - begins, 0) * min((self.days - day) / max(back - day, 1), 1.0)

    def _gains(self, start: int, of_day: Sequence[float]) -> None:
        """What grows on a day brings so much: the sum of a day stands for its own growth less that of the next."""
        for day, (own, later) in enumerate(zip(of_day, [*of_day[1:], 0.0], strict=True)):
            self._gain[start + day] = own - later

    def _away_on(self, day: int) -> dict[int, float]:
        entries = {self.away + day: -1.0}
        for flow in self.flows:
            entries |= {flow.put + day: 1.0, **self._back_by(flow, day)}
        return entries

    def _back_by(self, flow: Flow, day: int) -> dict[int, float]:
        orders = int(np.searchsorted(flow.back, day, side="right"))
        start = flow.put if flow.asked is None else flow.asked
        return {start + orders - 1: -1.0} if orders else {}

    def _grows(self, start: int, day: int, most: float) -> None:
        before = {start + day - 1: -1.0} if day else {}
        self._rows.add(0.0, most, {start + day: 1.0, **before})

    def _variables(self, count: int) -> int:
        self._gain += [0.0] * count
        return len(self._gain) - count


_ENDS: Final = ("begins", "ends", "back_on")
