"""Thirty stores under one weather, path by path: the simulation against plain NumPy and against a loop in Python.

All three are the same model: nine drawn inputs with the same ranges and correlations, sales month by month, cash added
up, and the present value; then the quantiles of all stores together. Plain NumPy uses floating point, whose figures
differ between computers; ours are whole fen, and so are those of the loop, which have to be the same. Seconds are those
of the processor, so that other work on the machine does not count; all draw their inputs within them.
"""

from __future__ import annotations

import random
import resource
import time
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import numpy as np
import numpy.typing as npt

from chainbrain.expansion import Scenario, run
from chainbrain.expansion.describing import by_month
from chainbrain.expansion.drawing import CAPEX_AND_DELAY, SALES_AND_RAMP, Stream, values
from chainbrain.expansion.draws import MILLION, Ints, seed_of
from chainbrain.expansion.kernel import lives
from chainbrain.expansion.lease_plan import Plan
from chainbrain.expansion.ranges import Ranges, ranges
from chainbrain.expansion.simulation import QUICK
from chainbrain.money import fen

Floats = npt.NDArray[np.float64]
STORES, MONTHS, PATHS, SEED, LOOPED = 30, 60, 100_000, 20_260_101, 1_000
CHUNK = 4_000
CORRELATION = Decimal("0.5")
PERCENTS = (10, 30, 50, 70, 90)
Z90 = 1.2815515655446004


def main() -> None:
    """Run the three and print seconds, ratios and how far the figures lie apart."""
    stores = [_store(number) for number in range(STORES)]
    inputs = [ranges(store, None) for store in stores]
    ours, our_npv = _timed(lambda: _simulated(stores, inputs, PATHS))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    plain, plain_npv = _timed(lambda: _plain(stores, inputs, PATHS))
    again, _ = _timed(lambda: _simulated(stores, inputs, PATHS))
    ours = min(ours, again)
    looped, one_by_one = _timed(lambda: _looped(stores, inputs, LOOPED))
    short = _simulated(stores, inputs, LOOPED)
    assert [round(value * 100) for value in short[0]] == one_by_one[0], "the loop came to other fen"
    assert short[1] == one_by_one[1]
    per_path = looped / LOOPED / (ours / PATHS)
    print(f"{PATHS:,} paths x {MONTHS} months x {STORES} stores: {ours:.1f} s, at most {memory:.0f} MB")
    print(f"plain NumPy: {plain:.1f} s, ratio {ours / plain:.2f}")
    print(f"a loop in Python over {LOOPED} paths, the same fen: {looped:.2f} s, per path {per_path:.0f} times ours")
    apart = abs(our_npv[0].mean() - plain_npv[0].mean()) / (plain_npv[0].std() * (2 / PATHS) ** 0.5)
    print(f"mean present value of all stores: {apart:.2f} standard errors apart, with other draws")
    print(f"with the same draws: at most {_same_draws(stores[0], inputs[0]):.2f} yuan apart on a path")
    print(f"one store while typing, {QUICK:,} paths x {MONTHS} months: {_live(stores[0]) * 1000:.0f} ms")


def _store(number: int) -> Scenario:
    draw = random.Random(number)
    return Scenario.parse(
        {
            "name": f"店{number}", "capex": draw.randrange(300, 600) * 1_000, "deposit": 60_000, "life_months": MONTHS,
            "mature_monthly_sales": draw.randrange(170, 280) * 1_000, "rent": draw.randrange(15, 32) * 1_000,
            "labour": draw.randrange(38, 55) * 1_000, "gross_margin": "62%", "other_variable": "8%", "platform": "6%",
            "ramp": [50, 60, 70, 80, 85, 90, 95, 100], "cannibalisation": "5%", "delay_months": 0,
        }
    )  # fmt: skip


def _simulated(stores: list[Scenario], inputs: list[Ranges], paths: int) -> tuple[Floats, list[list[int]]]:
    total, npv = np.zeros((paths, MONTHS + 1), dtype=np.int64), np.zeros(paths, dtype=np.int64)
    for store, own in zip(stores, inputs, strict=True):
        plan = Plan.of(store)
        stream = Stream(seed_of(SEED, store.name), (SEED, CORRELATION))
        for start in range(0, paths, CHUNK):
            uniform = stream.take(min(CHUNK, paths - start))
            found = lives(plan, values(store, own, uniform), with_sales=False)
            total[start : start + CHUNK] += found.flows
            npv[start : start + CHUNK] += found.npv
    return npv / 100, by_month(np.cumsum(total, axis=1, out=total), PERCENTS)


def _plain(stores: list[Scenario], inputs: list[Ranges], paths: int) -> tuple[Floats, Floats]:
    rng = np.random.default_rng(SEED)
    weather = rng.standard_normal(paths)
    total, npv = np.zeros((paths, MONTHS + 1)), np.zeros(paths)
    for store, own in zip(stores, inputs, strict=True):
        flows, worth = _plain_lives(store, _plain_draws(own, rng, weather))
        total += flows
        npv += worth
    return npv, np.percentile(np.cumsum(total, axis=1, out=total), PERCENTS, axis=0)


def _plain_draws(own: Ranges, rng: np.random.Generator, weather: Floats) -> dict[str, Floats]:
    normal = {entry.input: rng.standard_normal(len(weather)) for entry in own.inputs}

    def follow(first: Floats, second: Floats, rho: Decimal) -> Floats:
        share = float(rho)
        return first * share + second * (1 - share * share) ** 0.5

    normal["mature_monthly_sales"] = follow(weather, normal["mature_monthly_sales"], CORRELATION)
    normal["ramp"] = -follow(normal["mature_monthly_sales"], normal["ramp"], SALES_AND_RAMP)
    normal["delay_months"] = follow(normal["capex"], normal["delay_months"], CAPEX_AND_DELAY)
    found = {}
    for entry in own.inputs:
        low, middle, high = float(entry.p10), float(entry.planned), float(entry.p90)
        z = normal[entry.input]
        found[entry.input] = np.maximum(middle + z * np.where(z < 0, middle - low, high - middle) / Z90, 0)
    found["delay_months"] = np.clip(np.floor(found["delay_months"] + 0.5), 0, MONTHS - 1)
    return found


def _plain_lives(store: Scenario, drawn: dict[str, Floats]) -> tuple[Floats, Floats]:
    months = np.arange(MONTHS)[None, :] - drawn["delay_months"][:, None].astype(np.int64)
    lacking = np.array([1 - float(store.ramp[min(t, len(store.ramp) - 1)]) for t in range(MONTHS)])
    share = np.maximum(1 - lacking[np.maximum(months, 0)] * drawn["ramp"][:, None], 0)
    share[months < 0] = 0
    sales = np.minimum(drawn["mature_monthly_sales"], 3 * float(store.mature_monthly_sales))[:, None] * share
    kept = drawn["gross_margin"] - drawn["other_variable"] - drawn["platform"]
    kept = kept - drawn["cannibalisation"] * float(store.contribution)
    flows = np.empty((len(kept), MONTHS + 1))
    flows[:, 0] = -(drawn["capex"] + float(store.deposit))
    labour = np.where(months >= 0, drawn["labour"][:, None], float(store.labour_while_waiting))
    flows[:, 1:] = sales * kept[:, None] - labour - drawn["rent"][:, None]
    flows[:, -1] += float(store.deposit)
    factors = (1 + float(store.discount_rate)) ** (-np.arange(MONTHS + 1) / 12)
    return flows, flows @ factors


def _looped(stores: list[Scenario], inputs: list[Ranges], paths: int) -> tuple[list[int], list[list[int]]]:
    """One path after the other, in the whole fen of the simulation."""
    npv, total = [0] * paths, [[0] * (MONTHS + 1) for _ in range(paths)]
    for store, own in zip(stores, inputs, strict=True):
        uniform = Stream(seed_of(SEED, store.name), (SEED, CORRELATION)).take(paths)
        drawn = {name: column.tolist() for name, column in values(store, own, uniform).items()}
        plan = Plan.of(store)
        lease = (plan.lacking.tolist(), plan.high.tolist(), plan.low.tolist(), fen(store.deposit))
        contribution = int(store.contribution * MILLION)
        for path in range(paths):
            one = {name: column[path] for name, column in drawn.items()}
            npv[path] += _one_life(one, contribution, *lease, total[path])
    return npv, by_month(np.array(total), PERCENTS)


def _one_life(  # noqa: PLR0917 -- plain numbers, so that nothing but arithmetic is timed
    one: dict[str, int], contribution: int, lacking: list[int], high: list[int], low: list[int], deposit: int,
    total: list[int],
) -> int:  # fmt: skip
    def part(product: int) -> int:
        return (product + MILLION // 2) // MILLION

    eaten = part(one["cannibalisation"] * contribution)
    kept = one["gross_margin"] - one["other_variable"] - one["platform"] - eaten
    running = -(one["capex"] + deposit)
    upper, lower, delay = running * high[0], running * low[0], one["delay_months"]
    total[0] += running
    for month in range(1, MONTHS + 1):
        cash = -one["rent"]
        if month > delay:
            step = lacking[min(month - delay, len(lacking)) - 1]
            share = max(MILLION - part(step * one["ramp"]), 0)
            cash += part(part(one["mature_monthly_sales"] * share) * kept) - one["labour"]
        if month == MONTHS:
            cash += deposit
        running += cash
        total[month] += running
        upper += cash * high[month]
        lower += cash * low[month]
    return part(upper + lower // MILLION)


def _same_draws(store: Scenario, own: Ranges) -> float:
    drawn = values(store, own, Stream(SEED).take(5_000))
    found = lives(Plan.of(store), drawn)
    units = {"mature_monthly_sales": 100, "rent": 100, "labour": 100, "capex": 100, "delay_months": 1}
    plain = {name: column / units.get(name, MILLION) for name, column in drawn.items()}
    flows, worth = _plain_lives(store, plain)
    apart: Ints = np.abs(np.cumsum(flows, axis=1) - found.running / 100)
    return float(max(apart.max(), np.abs(worth - found.npv / 100).max()))


def _live(store: Scenario) -> float:
    run(store, paths=QUICK)
    return min(_timed(lambda: run(store, paths=QUICK))[0] for _ in range(5))


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    started = time.process_time()
    found = work()
    return time.process_time() - started, found
