"""What the chain's own stores say about the next one: sales of mature stores, the ramp of openings, fees, rents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from chainbrain.expansion import neighbours
from chainbrain.expansion.levels import Level, levels
from chainbrain.expansion.measured import Measured
from chainbrain.expansion.neighbours import OpeningEffect
from chainbrain.expansion.scenario import USUAL_RAMP
from chainbrain.money import half_up
from chainbrain.own_openings import (
    LEAST_OPENINGS,
    LEAST_STORES,
    MATURE_AFTER_DAYS,
    MatureStore,
    OpeningCurve,
    Pool,
    Traits,
    alike,
    curves,
    lived,
    median,
    rounded,
)

if TYPE_CHECKING:
    from chainbrain.database.book import Book

LEAST_PAYMENTS: Final = 1_000


@dataclass(frozen=True)
class ChannelCharge:
    """What one payment channel takes: fees as a share of its takings, from so many payments."""

    channel: str
    payments: int
    takings: Decimal
    fees: Decimal
    rate: Decimal | None


@dataclass(frozen=True)
class StoreTemplate:
    """Everything the book says about a new store; each figure with its number of observations.

    Attributes:
        first_day: the first business day with sales; nothing in an empty book.
        last_day: the last one.
        mature: mature stores by number.
        mature_sales: the median of their monthly sales.
        levels: how they spread by format, city tier and size.
        openings: stores whose first day lies inside the book.
        ramp: median of the curves, continued with the usual ramp where nobody is old enough; empty without openings.
        ramp_observed: how many openings stand behind it; its value is the number of months really observed.
        effects: what openings did to the stores around them.
        cannibalisation: median share of a new store's sales that neighbours lost.
        charges: fees by payment channel.
        take_rate: all fees as a share of all sales.
        rent: median monthly rent.
    """

    first_day: date | None
    last_day: date | None
    mature: tuple[MatureStore, ...]
    mature_sales: Measured
    openings: tuple[OpeningCurve, ...]
    ramp: tuple[Decimal, ...]
    ramp_observed: Measured
    effects: tuple[OpeningEffect, ...]
    cannibalisation: Measured
    charges: tuple[ChannelCharge, ...]
    take_rate: Measured
    rent: Measured
    levels: tuple[Level, ...] = ()

    def pool(self, wanted: Traits) -> Pool:
        """The mature stores most like the planned one; see ``own_openings.alike``."""
        return alike(self.mature, wanted)

    def inputs(self, wanted: Traits) -> dict[str, object]:
        """The scenario fields that the book can fill, ready to use."""
        found: dict[str, object] = {}
        pool = self.pool(wanted).stores
        if pool:
            found["mature_monthly_sales"] = half_up(median([store.monthly_sales for store in pool]))
        if self.ramp:
            found["ramp"] = self.ramp
        for name, measured in (
            ("rent", self.rent),
            ("platform", self.take_rate),
            ("cannibalisation", self.cannibalisation),
        ):
            if measured.value is not None:
                found[name] = measured.value
        return found


def template(book: Book) -> StoreTemplate:
    """Read the chain's own experience from a book; works on an empty one too."""
    window = book.one("expansion/window")
    first, last = window if window else (None, None)
    if first is None:
        return nothing_known()
    after = last + timedelta(days=1)
    stores, mature = lived(book, max(first, after - timedelta(days=365)), after)
    starts = curves(book, [s for s in stores if s.opened_on is not None and s.opened_on >= first], first, after)
    effects = neighbours.effects(book, stores, first, after, MATURE_AFTER_DAYS)
    clear = [effect.share for effect in effects if effect.share is not None and effect.clear]
    charges, take_rate = _charges(book)
    rents = [s.monthly_rent for s in stores if s.monthly_rent and (s.closed_on is None or s.closed_on > last)]
    observed = max((len(curve.share) for curve in starts), default=0)
    return StoreTemplate(
        first_day=first,
        last_day=last,
        mature=mature,
        mature_sales=_median_of([store.monthly_sales for store in mature], LEAST_STORES, 2),
        openings=starts,
        ramp=ramp_of(starts),
        ramp_observed=Measured(Decimal(observed) if starts else None, len(starts), LEAST_OPENINGS),
        effects=effects,
        cannibalisation=_median_of(clear, LEAST_OPENINGS, 4),
        charges=charges,
        take_rate=take_rate,
        rent=_median_of(rents, LEAST_STORES, 2),
        levels=levels(mature),
    )


def nothing_known() -> StoreTemplate:
    """What an empty book says."""
    nothing = Measured(None, 0, LEAST_OPENINGS)
    return StoreTemplate(
        None, None, (), Measured(None, 0, LEAST_STORES), (), (), nothing, (), nothing, (),
        Measured(None, 0, LEAST_PAYMENTS), Measured(None, 0, LEAST_STORES),
    )  # fmt: skip


def _median_of(values: Sequence[Decimal], minimum: int, places: int) -> Measured:
    return Measured(half_up(median(values), places) if values else None, len(values), minimum)


def ramp_of(curves: Sequence[OpeningCurve]) -> tuple[Decimal, ...]:
    """Median of the curves month by month, never above maturity and never falling; the usual ramp where they end."""
    chosen = [curve for curve in curves if curve.finished] or list(curves)
    if not chosen:
        return ()
    ramp: list[Decimal] = []
    for month, usual in enumerate(USUAL_RAMP):
        seen = [curve.share[month] for curve in chosen if len(curve.share) > month]
        step = median(seen) if seen else usual
        ramp.append(min(max(rounded(step, 2), ramp[-1] if ramp else Decimal(0)), Decimal(1)))
    return (*ramp[:-1], Decimal(1))


def _charges(book: Book) -> tuple[tuple[ChannelCharge, ...], Measured]:
    rows = book.rows("expansion/charges")
    charges = tuple(
        ChannelCharge(channel, payments, takings, half_up(fees), rounded(fees / takings, 4) if takings > 0 else None)
        for channel, payments, takings, fees, _ in rows
    )
    payments = sum(charge.payments for charge in charges)
    sales = rows[0][4] if rows else None
    if not sales or sales <= 0:
        return charges, Measured(None, payments, LEAST_PAYMENTS)
    rate = rounded(sum((row[3] for row in rows), Decimal(0)) / sales, 4)
    # More fees than a third of sales means that the till files do not cover what the wallets took.
    value = rate if Decimal(0) <= rate <= Decimal("0.34") else None
    return charges, Measured(value, payments, LEAST_PAYMENTS)
