"""Draws the uncertain inputs of a store: several that move together, each from a stream that never changes."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

import numpy as np

from chainbrain.expansion.chain_cash import Weather, under_the_weather
from chainbrain.expansion.draws import MILLION, Ints, correlated, next_uniforms, normals, seed_of
from chainbrain.expansion.ranges import Ranges
from chainbrain.expansion.scenario import Scenario
from chainbrain.expansion.scenario_reading import MONEY, UNCERTAIN
from chainbrain.money import fen

SALES_AND_RAMP: Final = Decimal("0.5")
"""Correlation assumed between mature sales and a fast start: a weak place is usually slow as well."""
CAPEX_AND_DELAY: Final = Decimal("0.5")
"""Correlation assumed between what fitting out costs and how late it is done: both come from the same surprises."""

# No store sells three times its plan; the bound also keeps the sums inside 64 bits.
_HIGHEST_LEVEL: Final = 3
_SALES, _RAMP, _CAPEX, _DELAY = map(UNCERTAIN.index, ("mature_monthly_sales", "ramp", "capex", "delay_months"))
_FIRST: Final = _DELAY


class Stream:
    """The uniform draws of one store, handed out piece by piece: pieces of any size are together the same draws.

    A simulation takes as many paths as it works on at once, since the draws of all of them would be new memory for
    every store, which costs more than drawing.
    """

    def __init__(self, seed: int, weather: tuple[int, Decimal] | None = None) -> None:
        """Begin with the first path.

        Args:
            seed: of the store.
            weather: the chain's seed, and how far the store's sales follow the shock that the whole chain shares.
        """
        self._first = np.random.PCG64(seed)
        # What became uncertain later has a stream of its own, so that old scenarios keep their figures.
        self._later = [np.random.PCG64(seed_of(seed, name)) for name in UNCERTAIN[_FIRST:]]
        self._weather = None if weather is None else (Weather(weather[0]), weather[1])

    def take(self, paths: int) -> Ints:
        """The next paths: one row per path and one column per uncertain input."""
        found = np.empty((len(UNCERTAIN), paths), dtype=np.int64)
        found[:_FIRST] = next_uniforms(self._first, paths, _FIRST).T
        for place, stream in enumerate(self._later, _FIRST):
            found[place] = next_uniforms(stream, paths, 1)[:, 0]
        if self._weather is not None:
            weather, correlation = self._weather
            found[0] = under_the_weather(found[0], weather.take(paths), correlation)
        return found.T


def values(scenario: Scenario, inputs: Ranges, uniform: Ints) -> dict[str, Ints]:
    """The inputs of every path by name: fen, millionths, whole months of delay."""
    # A stream hands them out column by column, so that all are worked out at once.
    normal = normals(uniform.T)
    # A high level of sales goes with a small gap, hence the minus.
    normal[_RAMP] = -correlated(normal[_SALES], normal[_RAMP], SALES_AND_RAMP)
    normal[_DELAY] = correlated(normal[_CAPEX], normal[_DELAY], CAPEX_AND_DELAY)
    found = dict(zip(UNCERTAIN, inputs.values(uniform.T, normal), strict=True))
    highest = _HIGHEST_LEVEL * fen(scenario.mature_monthly_sales)
    found["mature_monthly_sales"] = np.minimum(found["mature_monthly_sales"], highest)
    months = (found["delay_months"] + MILLION // 2) // MILLION
    found["delay_months"] = np.clip(months, 0, scenario.life_months - 1)
    return found


def planned_values(scenario: Scenario, sales: Ints) -> dict[str, Ints]:
    """Everything as planned beside some mature sales, in fen."""
    count = len(sales)
    found = {"mature_monthly_sales": sales, "ramp": np.full(count, MILLION, dtype=np.int64)}
    for name in UNCERTAIN[2:_FIRST]:
        unit = 100 if name in MONEY else MILLION
        found[name] = np.full(count, int(getattr(scenario, name) * unit), dtype=np.int64)
    found["delay_months"] = np.full(count, scenario.delay, dtype=np.int64)
    return found
