"""Draws the uncertain inputs of a store: several that move together, each from a stream that never changes."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

import numpy as np

from chainbrain.expansion.chain_cash import under_the_weather
from chainbrain.expansion.draws import MILLION, Ints, correlated, normals, seed_of, uniforms
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
_FIRST: Final = UNCERTAIN.index("delay_months")


def draws(seed: int, paths: int) -> Ints:
    """Uniform draws, one row per path and one column per uncertain input; fewer paths are the first rows of more.

    What became uncertain later has a stream of its own, so that old scenarios keep their figures.
    """
    later = [uniforms(seed_of(seed, name), paths, 1) for name in UNCERTAIN[_FIRST:]]
    return np.concatenate([uniforms(seed, paths, _FIRST), *later], axis=1)


def with_weather(uniform: Ints, seed: int, correlation: Decimal) -> Ints:
    """The draws of a store whose sales follow the shock that the whole chain shares."""
    found = uniform.copy()
    found[:, 0] = under_the_weather(found[:, 0], seed, correlation)
    return found


def values(scenario: Scenario, inputs: Ranges, uniform: Ints) -> dict[str, Ints]:
    """The inputs of every path by name: fen, millionths, whole months of delay."""
    normal = {name: normals(uniform[:, column]) for column, name in enumerate(UNCERTAIN)}
    # A high level of sales goes with a small gap, hence the minus.
    normal["ramp"] = -correlated(normal["mature_monthly_sales"], normal["ramp"], SALES_AND_RAMP)
    normal["delay_months"] = correlated(normal["capex"], normal["delay_months"], CAPEX_AND_DELAY)
    found = {
        name: inputs.values(name, uniform[:, column], normal[name], 100 if name in MONEY else MILLION)
        for column, name in enumerate(UNCERTAIN)
    }
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
