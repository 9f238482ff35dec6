"""Thousands of possible lives of one store: drawn in chunks, and described."""

from __future__ import annotations

from typing import Final

import numpy as np

from chainbrain.expansion import drawing, kernel
from chainbrain.expansion.describing import describe
from chainbrain.expansion.lease_plan import Plan
from chainbrain.expansion.outcome import Simulation
from chainbrain.expansion.ranges import Ranges
from chainbrain.expansion.scenario import Scenario
from chainbrain.progress import Report

QUICK: Final = 2_000
"""Paths that answer while somebody types."""
_CHUNK: Final = 1_000


def simulate(scenario: Scenario, inputs: Ranges, report: Report, paths: int | None = None) -> Simulation:
    """Draw the paths and describe them; the same seed gives the same fen everywhere.

    Args:
        scenario: the store.
        inputs: how uncertain each input is.
        report: called between chunks; raises ``Cancelled`` to stop.
        paths: fewer (or more) than the scenario asks for, for a quick look.
    """
    count = paths or scenario.paths
    weather = None if scenario.chain is None else (scenario.seed, scenario.chain.correlation)
    stream = drawing.Stream(scenario.seed, weather)
    plan = Plan.of(scenario)
    parts: list[kernel.Lives] = []
    for start in range(0, count, _CHUNK):
        report(start, count, "expansion.step.paths")
        parts.append(kernel.lives(plan, drawing.values(scenario, inputs, stream.take(min(_CHUNK, count - start)))))
    report(count, count, "expansion.step.paths")
    found = kernel.Lives(
        np.concatenate([p.flows for p in parts]),
        np.concatenate([p.npv for p in parts]),
        np.concatenate([p.sales for p in parts]),
    )
    return describe(plan, found)
