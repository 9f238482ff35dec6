"""Whether the ranges hold what they say: the share of store-days, chain-days and 28-day sums that lay inside.

Every origin is forecast from what lay before it alone, so none of the days counted has calibrated its range. Of the
chain there is one sum a day; how sure its share is says a bootstrap over origins, which keeps the days of an origin
together.
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import polars as pl
from forecast_cases import HORIZON, Case, Floats, came, table_of

from chainbrain.cash.forecast import days, engine
from chainbrain.cash.forecast.levels import Grain, added, ranged
from chainbrain.cash.forecast.series_file import SeriesTable

PLACES = {0.8: (1, 3), 0.95: (0, 4)}
LIMITS = {0.8: (0.78, 0.82), 0.95: (0.935, 0.965)}
SHORT = (11, 14, 18, 22)
_DRAWS = 4_000
_LEVELS = ("store-day", "chain-day", "chain, 28 days")


def measure(case: Case, folder: Path, sample: int) -> None:
    first, count = case.covered
    table = table_of(case, folder, sample) if count else None
    if table is None:
        return
    print(f"\n{case.name}: how often the ranges held, {count} origins four weeks apart, from {first} on")
    print(f"{'origin':12}" + "".join(f"{level + f' {share:.0%}':>20}" for level in _LEVELS for share in PLACES))
    lines = [_one(table, first + timedelta(days=HORIZON * number)) for number in range(count)]
    held = np.array(lines)
    for number, level in enumerate(_LEVELS):
        for place, share in enumerate(PLACES):
            shares = held[:, number, place]
            low, high = _bootstrap(shares)
            least, most = LIMITS[share] if level == "store-day" else (low, high)
            good = least <= shares.mean() <= most if level == "store-day" else low <= share <= high
            print(
                f"{level:16}{share:4.0%} held on {shares.mean():.1%}, bootstrap 95 %: {low:.1%} to {high:.1%}: "
                f"{'as wanted' if good else 'NOT as wanted'}",
                flush=True,
            )


def measure_short(case: Case, folder: Path, sample: int) -> None:
    """The same of the chain at origins that know only so many weeks before them, as a young book does."""
    first, count = case.covered
    table = table_of(case, folder, sample) if count else None
    if table is None:
        return
    print(f"\n{case.name}, every {sample}-th series, short histories: how often days and weeks of the chain lay inside")
    for weeks in SHORT:
        held = []
        for number in range(count):
            origin = first + timedelta(days=HORIZON * number)
            known = table.rows.filter(pl.col("date") > origin - timedelta(days=7 * weeks))
            cut = SeriesTable(known, case.plans, ())
            panel = cut.at(origin, HORIZON)
            found = engine.forecast(panel, origin, HORIZON, days.shipped())
            chain = came(cut, panel, origin).sum(axis=0)
            line = []
            for grain in (Grain.DAY, Grain.WEEK):
                ends = ranged(np.ones((1, len(panel.ids))), found, grain).quantiles
                line += [_share(added(chain[None], grain), ends, place) for place in PLACES.values()]
            far = ranged(np.ones((1, len(panel.ids))), found, Grain.DAY).quantiles[:, :, 14:]
            held.append([*line, _share(chain[None, 14:], far, PLACES[0.8])])
        day, day95, week, week95, late = np.mean(np.array(held), axis=0)
        print(
            f"{weeks:3} weeks known: days 80 % on {day:.1%}, 95 % on {day95:.1%} (days 15 to 28: 80 % on {late:.1%}); "
            f"weeks {week:.1%}, {week95:.1%}",
            flush=True,
        )


def _one(table: SeriesTable, origin: date) -> Floats:
    panel = table.at(origin, HORIZON)
    found = engine.forecast(panel, origin, HORIZON, days.shipped())
    truth = came(table, panel, origin)
    # Closed days that are foreseen are no achievement of the range.
    counted = (truth > 0) | (found.mean > 0)
    whole = np.ones((1, len(truth)))
    daily, total = ranged(whole, found, Grain.DAY).quantiles, ranged(whole, found, Grain.CUMULATIVE).quantiles
    chain = truth.sum(axis=0)
    line = np.array(
        [
            [_share(truth, found.quantiles, place, counted) for place in PLACES.values()],
            [_share(chain[None], daily, place) for place in PLACES.values()],
            [_share(chain.sum()[None, None], total[:, :, -1:], place) for place in PLACES.values()],
        ]
    )
    print(f"{origin!s:12}" + "".join(f"{share:20.3f}" for share in line.ravel()), flush=True)
    return line


def _share(truth: Floats, ends: Floats, place: tuple[int, int], counted: object = ...) -> float:
    held = (truth >= ends[place[0]]) & (truth <= ends[place[1]])
    return float(held[counted].mean())  # type: ignore[index]


def _bootstrap(shares: Floats) -> tuple[float, float]:
    draw = np.random.Generator(np.random.PCG64(7))
    means = shares[draw.integers(0, len(shares), (_DRAWS, len(shares)))].mean(axis=1)
    low, high = np.quantile(means, (0.025, 0.975))
    return float(low), float(high)
