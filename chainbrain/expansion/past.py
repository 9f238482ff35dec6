"""What the chain's earlier openings and stores would have foretold for each of its openings, beside what came.

Every opening is foretold on its eve, from what the book knew by then and in the program's own way: sales and range from
the mature stores of that day, the ramp and its range from the openings before it. Nothing of what came later goes in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from chainbrain import own_openings
from chainbrain.expansion import own_stores
from chainbrain.expansion.ranges import Basis, ranges
from chainbrain.expansion.scenario import USUAL_RAMP, Scenario
from chainbrain.money import half_up
from chainbrain.own_openings import MatureStore, OpeningCurve, OwnStore, Traits, rounded
from chainbrain.progress import Report, silent

if TYPE_CHECKING:
    from chainbrain.database.book import Book
    from chainbrain.expansion.own_stores import StoreTemplate

LEAST_PAST: Final = 3
"""Fewer openings that were foretold and came say nothing about how wrong the next one will be."""
_A_YEAR: Final = timedelta(days=365)


@dataclass(frozen=True)
class Foretold:
    """One figure as it would have been foretold, P10 and P90 beside it, and what came.

    Attributes:
        basis: whether the range comes from own stores or is an assumption.
        seen: how many own stores, or openings, stand behind it; without an opening the usual ramp is taken.
        came: nothing when it cannot be known yet.
    """

    said: Decimal
    low: Decimal
    high: Decimal
    basis: Basis
    seen: int
    came: Decimal | None

    @property
    def off(self) -> Decimal | None:
        """Foretold less what came: above 0 it promised too much."""
        return None if self.came is None else self.said - self.came

    @property
    def inside(self) -> bool | None:
        """Whether it came within the range."""
        return None if self.came is None else self.low <= self.came <= self.high


@dataclass(frozen=True)
class PastOpening:
    """One opening of the chain.

    Attributes:
        level: mature sales of a month in yuan; nothing when no mature store was known on the eve.
        growth: what the stores it was foretold from sell now over what they sold then, less one; nothing when none of
            them can be seen at both times. A level that was missed by as much was missed by the times.
        ramp: mean share of mature sales over the first ``months`` months of age.
        why_not: why something of it cannot be compared: ``young`` (not mature yet), ``closed`` (before it was), or
            ``no_curve`` (a month of its ramp has too few ordinary days in the book); empty when all can.
    """

    store_id: str
    name: str
    opened_on: date
    level: Foretold | None
    growth: Decimal | None
    ramp: Foretold | None
    months: int
    why_not: str


@dataclass(frozen=True)
class Score:
    """How wrong one kind of figure was.

    Attributes:
        openings: how many were foretold and came.
        error: of sales Σ |foretold − came| / Σ came; of ramps the mean of |foretold − came|, in shares.
        inside: how many came within the range.
    """

    openings: int
    error: Decimal | None
    inside: int

    @property
    def enough(self) -> bool:
        """Whether it says anything."""
        return self.openings >= LEAST_PAST


@dataclass(frozen=True)
class Past:
    """Every opening within the book, the newest first."""

    openings: tuple[PastOpening, ...]

    @property
    def level(self) -> Score:
        """Of the mature sales."""
        found = [one.level for one in self.openings if one.level is not None and one.level.came is not None]
        came = sum((one.came for one in found if one.came is not None), Decimal(0))
        return _score(found, came)

    @property
    def ramp(self) -> Score:
        """Of the ramps."""
        found = [one.ramp for one in self.openings if one.ramp is not None and one.ramp.came is not None]
        return _score(found, Decimal(len(found)))


def past(book: Book, report: Report = silent) -> Past:
    """Foretell every opening of the book from what was known before it.

    Args:
        book: the book to read.
        report: called for every opening; raises ``Cancelled`` to stop.
    """
    window = book.one("expansion/window")
    if window is None or window[0] is None:
        return Past(())
    first, after = window[0], window[1] + timedelta(days=1)
    stores, mature = own_openings.lived(book, max(first, after - _A_YEAR), after)
    opened = sorted(
        (one for one in stores if one.opened_on is not None and one.opened_on >= first),
        key=lambda one: (one.opened_on or first, one.store_id),
        reverse=True,
    )
    curves = {one.store_id: one for one in own_openings.curves(book, opened, first, after)}
    now = {one.store_id: one for one in mature}
    found: list[PastOpening] = []
    for number, one in enumerate(opened):
        report(number, len(opened), "progress.past_openings")
        known = _on_eve(book, stores, first, one.opened_on or first)
        found.append(_foretold(one, known, now, curves.get(one.store_id), after))
    return Past(tuple(found))


def _on_eve(book: Book, stores: Sequence[OwnStore], first: date, day: date) -> StoreTemplate:
    """What the chain knew of mature stores and of openings on the eve of a day."""
    nothing = own_stores.nothing_known()
    if day <= first:
        return nothing
    _, mature = own_openings.lived(book, max(first, day - _A_YEAR), day)
    before = [one for one in stores if one.opened_on is not None and first <= one.opened_on < day]
    starts = own_openings.curves(book, before, first, day)
    return replace(nothing, mature=mature, openings=starts, ramp=own_stores.ramp_of(starts))


def _foretold(
    store: OwnStore, known: StoreTemplate, now: dict[str, MatureStore], curve: OpeningCurve | None, after: date
) -> PastOpening:
    wanted = Traits(store.format, store.ownership, store.city, store.city_tier)
    inputs = known.inputs(wanted)
    sales = inputs.get("mature_monthly_sales")
    scenario = replace(Scenario.example(known), **vars(wanted))
    if isinstance(sales, Decimal):
        scenario = replace(scenario, mature_monthly_sales=sales)
    bounds = ranges(scenario, known)
    grown = now.get(store.store_id)
    level = growth = None
    if isinstance(sales, Decimal):
        spread = bounds.of("mature_monthly_sales")
        came = None if grown is None else grown.monthly_sales
        level = Foretold(sales, spread.p10, spread.p90, spread.basis, spread.observations, came)
        growth = _growth(known.pool(wanted).stores, now)
    ramp, months = None, min(len(curve.share) if curve else 0, len(USUAL_RAMP))
    if curve is not None and months:
        planned = known.ramp or USUAL_RAMP
        lacking = sum((1 - step for step in planned[:months]), Decimal(0)) / months
        gap = bounds.of("ramp")
        came = sum(curve.share[:months], Decimal(0)) / months if curve.finished else None
        ramp = Foretold(
            rounded(1 - lacking, 4), rounded(1 - lacking * gap.p90, 4), rounded(1 - lacking * gap.p10, 4),
            gap.basis, len(known.openings),
            None if came is None else rounded(came, 4),
        )  # fmt: skip
    assert store.opened_on is not None
    return PastOpening(
        store.store_id, store.name, store.opened_on, level, growth, ramp, months, _why_not(store, grown, curve, after)
    )


def _growth(then: Sequence[MatureStore], now: dict[str, MatureStore]) -> Decimal | None:
    both = [(one.monthly_sales, now[one.store_id].monthly_sales) for one in then if one.store_id in now]
    before = sum((each for each, _ in both), Decimal(0))
    return rounded(sum((each for _, each in both), Decimal(0)) / before - 1, 4) if before > 0 else None


def _why_not(store: OwnStore, grown: MatureStore | None, curve: OpeningCurve | None, after: date) -> str:
    if grown is not None:
        return "" if curve is not None and curve.finished else "no_curve"
    return "closed" if store.closed_on is not None and store.closed_on < after else "young"


def _score(found: Sequence[Foretold], came: Decimal) -> Score:
    off = sum((abs(one.off) for one in found if one.off is not None), Decimal(0))
    error = half_up(off / came, 4) if found and came > 0 else None
    return Score(len(found), error, sum(one.inside is True for one in found))
