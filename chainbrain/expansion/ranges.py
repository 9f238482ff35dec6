"""How uncertain each input is, and on what that rests: typed in, seen in own stores, or assumed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Final

import numpy as np

from chainbrain.expansion.bounds import LONGEST_DELAY, WIDEST_GAP
from chainbrain.expansion.draws import MILLION, from_observed, two_sided, uniform_at
from chainbrain.expansion.scenario import Scenario
from chainbrain.expansion.scenario_reading import MONEY, UNCERTAIN
from chainbrain.money import half_up
from chainbrain.own_openings import LEAST_STORES, median, rounded

if TYPE_CHECKING:
    from chainbrain.expansion.draws import Ints
    from chainbrain.expansion.own_stores import StoreTemplate
    from chainbrain.own_openings import Pool


class Basis(StrEnum):
    """Where a range comes from."""

    TYPED = "typed"
    OWN_STORES = "own_stores"
    ASSUMED = "assumed"
    FIXED = "fixed"


# Assumed ranges, P10 and P90: factors of the planned value, or shifts of a share. They are shown as assumptions.
_FACTORS: Final = {
    "mature_monthly_sales": (Decimal("0.85"), Decimal("1.15")),
    "labour": (Decimal("0.95"), Decimal("1.08")),
    "capex": (Decimal("0.95"), Decimal("1.15")),
    "cannibalisation": (Decimal("0.50"), Decimal("1.50")),
}
_SHIFTS: Final = {"gross_margin": Decimal("0.02"), "other_variable": Decimal("0.01"), "platform": Decimal("0.01")}
_GAP: Final = (Decimal("0.70"), Decimal("1.30"))
# Fitting out is done as planned or later, hardly ever sooner.
_LATER: Final = 1
# A spread of own openings needs three of them; two say nothing about a range.
_LEAST_CURVES: Final = 3
_SALES: Final = UNCERTAIN.index("mature_monthly_sales")


@dataclass(frozen=True)
class InputRange:
    """One uncertain input: its plan, P10 and P90 in its own unit, and what stands behind the range.

    For ``ramp`` the three are multiples of the planned gap to mature sales; there a higher value is a slower start. For
    ``delay_months`` they are whole months.
    ``observations`` counts own stores (or openings); ``minimum`` is what would be enough.
    """

    input: str
    planned: Decimal
    p10: Decimal
    p90: Decimal
    basis: Basis
    observations: int
    minimum: int


@dataclass(frozen=True)
class Ranges:
    """All input ranges.

    Attributes:
        levels: the observed levels of sales as millionths of their median; empty when none are used.
        pool: the own stores that stand for the planned one, where a book was asked.
    """

    inputs: tuple[InputRange, ...]
    levels: tuple[int, ...]
    pool: Pool | None = None

    def of(self, name: str) -> InputRange:
        """The range of one input."""
        return next(entry for entry in self.inputs if entry.input == name)

    def certain(self, name: str) -> Ranges:
        """The same with one input as planned in every path; the draws of the others stay what they are."""
        known = [
            replace(one, p10=one.planned, p90=one.planned, basis=Basis.FIXED) if one.input == name else one
            for one in self.inputs
        ]
        return replace(self, inputs=tuple(known))

    def values(self, uniform: Ints, normal: Ints) -> Ints:
        """Draws of all inputs, a row each in the order of ``UNCERTAIN``: fen or millionths, never negative."""
        found = two_sided(normal, *self._corners)
        np.maximum(found, 0, out=found)
        sales = self.of(UNCERTAIN[_SALES])
        if self.levels and not sales.p10 == sales.p90 == sales.planned:
            factor = from_observed(uniform[_SALES], self.levels)
            found[_SALES] = (factor * int(self._corners[0][_SALES, 0]) + MILLION // 2) // MILLION
        return found

    @cached_property
    def _corners(self) -> tuple[Ints, Ints, Ints]:
        """The planned values, P10 and P90 in whole fen or millionths, as columns."""
        rows = []
        for name in UNCERTAIN:
            entry, unit = self.of(name), 100 if name in MONEY else MILLION
            rows.append([_whole(value, unit) for value in (entry.planned, entry.p10, entry.p90)])
        planned, low, high = np.array(rows, dtype=np.int64).T[:, :, None]
        return planned, low, high


def ranges(scenario: Scenario, template: StoreTemplate | None) -> Ranges:
    """Decide the range of every input: the owner's word first, then own stores, then a stated assumption."""
    pool = template.pool(scenario.traits) if template else None
    sales = [store.monthly_sales for store in pool.stores] if pool else []
    use_pool = len(sales) >= LEAST_STORES and scenario.spread("mature_monthly_sales") is None
    levels = _levels(sales) if use_pool else ()
    gaps = _gaps(template)
    made: list[InputRange] = []
    for name in UNCERTAIN:
        planned = _planned(scenario, name)
        seen, minimum = (len(sales), LEAST_STORES) if name == "mature_monthly_sales" else (0, 0)
        if name == "ramp":
            seen, minimum = len(gaps), _LEAST_CURVES
        typed = scenario.spread(name)
        if typed is not None:
            low, high, basis = min(typed.p10, planned), max(typed.p90, planned), Basis.TYPED
        elif name == "mature_monthly_sales" and levels:
            ends = from_observed(np.array([uniform_at(Decimal("0.1")), uniform_at(Decimal("0.9"))]), levels)
            low, high = (half_up(planned * int(end) / MILLION) for end in ends)
            basis = Basis.OWN_STORES
        elif name == "ramp" and len(gaps) >= _LEAST_CURVES:
            low, high, basis = min(*gaps, Decimal(1)), max(*gaps, Decimal(1)), Basis.OWN_STORES
        else:
            low, high = _assumed(scenario, name, planned)
            basis = Basis.FIXED if low == high else Basis.ASSUMED
        made.append(InputRange(name, planned, low, high, basis, seen, minimum))
    return Ranges(tuple(made), levels, pool)


def _planned(scenario: Scenario, name: str) -> Decimal:
    if name == "ramp":
        return Decimal(1)
    found: Decimal = Decimal(scenario.delay) if name == "delay_months" else getattr(scenario, name)
    return found


def _assumed(scenario: Scenario, name: str, planned: Decimal) -> tuple[Decimal, Decimal]:
    if name == "ramp":
        return _GAP
    if name == "delay_months":
        # Where nobody thought of a delay none is assumed: what was worked out before it existed stays as it was.
        later = _LATER if scenario.delay_months is not None and scenario.life_months > scenario.delay + 1 else 0
        return planned, min(planned + later, Decimal(LONGEST_DELAY))
    if name in _FACTORS:
        low, high = _FACTORS[name]
        return half_up(planned * low, 6), half_up(planned * high, 6)
    shift = _SHIFTS.get(name, Decimal(0))
    # A share of zero (no platform, nothing else variable) is a decision, not an estimate.
    return (max(planned - shift, Decimal(0)), planned + shift) if planned else (planned, planned)


def _levels(sales: list[Decimal]) -> tuple[int, ...]:
    """Sales of own stores in millionths of their median: the owner's figure is the middle, own stores the shape."""
    middle = median(sales)
    return tuple(int(half_up(value / middle * MILLION, 0)) for value in sorted(sales))


def _gaps(template: StoreTemplate | None) -> list[Decimal]:
    """How much longer or shorter each finished opening took than the median of them."""
    curves = [curve for curve in template.openings if curve.finished] if template else []
    if not template or not curves:
        return []
    found: list[Decimal] = []
    for curve in curves:
        months = min(len(curve.share), len(template.ramp))
        planned = sum((1 - step for step in template.ramp[:months]), Decimal(0))
        lacking = sum((1 - step for step in curve.share[:months]), Decimal(0))
        if planned > 0:
            found.append(min(max(rounded(lacking / planned, 4), Decimal(0)), WIDEST_GAP))
    return found


def _whole(value: Decimal, unit: int) -> int:
    return int(half_up(value * unit, 0))
