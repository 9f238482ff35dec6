"""Idle money of one legal entity or of all: the rule, the plan over scenarios, safety against yield."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from chainbrain.cash.ladder import Rung, ladder
from chainbrain.cash.ladder_curve import Point, tradeoff
from chainbrain.cash.ladder_programme import SCENARIOS, SHARE, Balances, Placer, Placing
from chainbrain.cash.ladder_terms import ASKED_AT, Product, Terms
from chainbrain.cash.placements import Placement, of, ordered_on, used
from chainbrain.money import fen
from chainbrain.progress import Report, silent

if TYPE_CHECKING:
    from chainbrain.calendar import Calendar
    from chainbrain.cash.companies_short import Short
    from chainbrain.cash.outlook import CashPath

Whole = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Wish:
    """What is asked.

    Attributes:
        band: what must stay when money is put away; without it, or where it is lower, the floor must.
        share: the share of scenarios in which it may be missed.
        asked_at: at which hour orders are given.
        curve: whether other bands are weighed, too.
        with_irregular: whether payments that the plan does not know are taken off.
    """

    band: Decimal | None = None
    share: Decimal = SHARE
    asked_at: time = ASKED_AT
    curve: bool = False
    with_irregular: bool = True


@dataclass(frozen=True)
class Idle:
    """How much idle money there is and where it may go.

    Attributes:
        path: whose it is, with its floor; what lies in products comes back in it on its days.
        wish: what was asked.
        safety: what stays: the band or the floor, whichever is higher; nothing where neither is said.
        rungs: what each product may take by the rule, from today for its days.
        placing: the plan over scenarios; nothing without a safety.
        curve: what other bands bring.
        placed: what of its money lies in products already.
        known_to: the last day that a statement knows; ``old`` whether that is long ago, so that what is there today is
            itself an estimate.
        together: whether it is of several companies as if their money were one.
        short: of them, who lacks money of its own.
    """

    path: CashPath
    wish: Wish
    safety: Decimal | None
    rungs: tuple[Rung, ...]
    placing: Placing | None
    curve: tuple[Point, ...]
    placed: tuple[Placement, ...] = ()
    known_to: date | None = None
    old: bool = False
    together: bool = False
    short: tuple[Short, ...] = ()

    @property
    def never_kept(self) -> bool:
        """Whether the safety stays in no scenario at all: no plan is worth an order then."""
        return self.placing is not None and self.placing.scenarios > 0 and self.placing.kept == 0

    @property
    def doubtful(self) -> bool:
        """Whether its sums are there to compare only: the safety never stays, or a company is short by itself."""
        return self.never_kept or bool(self.short)

    @property
    def overruled(self) -> bool:
        """Whether the floor takes the place of a lower band."""
        return self.wish.band is not None and self.safety != self.wish.band

    @property
    def shares_caps(self) -> bool:
        """Whether it is of one company while a product has a cap, which is one for the whole chain."""
        return self.path.entity is not None and any(rung.product.cap is not None for rung in self.rungs)

    @property
    def too_far(self) -> tuple[Product, ...]:
        """Products that need money for longer than the forecast reaches."""
        return tuple(rung.product for rung in self.rungs if rung.binding is None)


def idle(
    path: CashPath,
    products: Sequence[Product],
    wish: Wish,
    calendar: Calendar,
    *,
    placed: Sequence[Placement] = (),
    report: Report = silent,
) -> Idle:
    """Plan the idle money of one path, which holds what comes back; ``placed`` is what lies in products already.

    A cap is one for the whole chain: what other companies have put there counts against it, too.
    """
    first = path.days[0].day
    taken, ordered = used(placed, first, len(path.days)), ordered_on(placed, first)
    placed = of(placed, path.entity, first)
    terms = Terms(calendar, wish.asked_at)
    # No plan goes below the floor, whatever band was said.
    safety = max((one for one in (wish.band, path.floor) if one is not None), default=None)
    placer = Placer(balances(path), products, terms, wish.share, used=taken, ordered=ordered)
    wanted = () if safety is None else (safety,)
    curve = tradeoff(placer, path.floor, wanted, report) if wish.curve else ()
    placing = None if safety is None else placer.placed(safety)
    # Where nothing must stay the rule still says which products are out of reach.
    return Idle(
        path,
        wish,
        safety,
        ladder(path, products, safety or Decimal(0), terms, taken, ordered=ordered),
        placing,
        curve,
        placed,
    )


def balances(path: CashPath) -> Balances:
    """The simulated balances of a path: what is known to the cent, and some of what was simulated.

    Of the paths sorted by what they bring in all every n-th is taken: few of them spread like all of them.
    """
    known = np.cumsum([fen(day.settlements - day.planned - day.irregular) for day in path.days]) + fen(path.opening)
    low = np.array([fen(day.p5) for day in path.days], dtype=np.int64)
    brought = path.moved if path.moved is not None else np.zeros((1, len(path.days)))
    order = np.argsort(brought[:, -1], kind="stable")
    count = min(SCENARIOS, len(order))
    chosen = order[(np.arange(count) * 2 + 1) * len(order) // (2 * count)]
    return Balances(path.days[0].day, known[None] + np.rint(brought[chosen] * 100).astype(np.int64), low)
