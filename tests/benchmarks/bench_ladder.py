"""Idle money on real chains: what a weekly plan earns beside perfect foresight and simpler ways, how often it breaks.

Run with ``python tests/benchmarks/bench_ladder.py DATA``, where DATA is a folder with ``koubei_daily.parquet``,
``koubei_shops.csv`` and ``rossmann100_daily.parquet``: contest data that is never shipped. Without DATA only the time
of a plan over 100 scenarios × 90 days and of a curve is measured. Options: --chains N (of 30 shops each), --share,
--band, --anew DAYS, --only NAME, --keep DIR.

A chain is 30 shops. Koubei counts payments: times the average spend of the shop they stand for money. Sales arrive on
the next working day. Outgoings follow the average monthly receipts of the three months that end a month before: rent
12 % on the 1st, goods 19 % on the 5th and the 20th, wages 25 % on the 10th, tax 5 % on the 15th, the owners 10 % on the
25th, 2 % for the rest each Friday. The chain begins with some months of receipts and keeps a tenth of one. What was
known at an origin: sales up to it, and payments of the months whose size they settle; later ones follow each scenario.
Products of the four locks take orders until 15:00 on trading days only; orders are given at 18:00.
"""

from __future__ import annotations

import argparse
import pickle
import sys
import time
from dataclasses import dataclass
from datetime import date, timedelta
from datetime import time as hour
from decimal import Decimal
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT)]

from chainbrain.cash import ladder_replay as replay  # noqa: E402
from chainbrain.cash.forecast import days, engine  # noqa: E402
from chainbrain.cash.forecast.levels import Grain, ranged  # noqa: E402
from chainbrain.cash.forecast.series_file import SeriesTable  # noqa: E402
from chainbrain.cash.inflow import arrivals_of, at_bank  # noqa: E402
from chainbrain.cash.ladder_curve import tradeoff  # noqa: E402
from chainbrain.cash.ladder_programme import Balances, Placer  # noqa: E402
from chainbrain.cash.ladder_purse import Past  # noqa: E402
from chainbrain.cash.ladder_terms import Product, Terms  # noqa: E402
from chainbrain.cash.paths import past_weeks, simulated  # noqa: E402
from chainbrain.cash.plan import month_later  # noqa: E402
from chainbrain.cash.settling import Settling  # noqa: E402

Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]

SHOPS, AHEAD, SCENARIOS = 30, 90, 100
DUES = {1: 0.12, 5: 0.19, 10: 0.25, 15: 0.05, 20: 0.19, 25: 0.10}
FRIDAYS, FRIDAY = 0.02, 4
MONTHS_KEPT, FLOOR = 1.5, 0.1
SAID = date(2015, 1, 1)
CLOSES = hour(15)


def product(name: str, lock: int, rate: str, lag: int) -> Product:
    return Product(name, lock, lag, None, Decimal(rate), "R1", SAID, CLOSES, working_only=True)


PRODUCTS = (
    product("instant", 0, "0.012", 0), product("week", 7, "0.015", 1), product("month", 30, "0.018", 1),
    product("60 days", 60, "0.020", 1),
)  # fmt: skip


@dataclass(frozen=True)
class Chain:
    name: str
    table: SeriesTable
    known: tuple[str, ...]
    first: date
    last: date


def chains(folder: Path, count: int) -> list[Chain]:
    found = []
    shops = pl.read_csv(folder / "koubei_shops.csv").select("shop_id", "per_pay")
    raw = pl.read_parquet(folder / "koubei_daily.parquet").join(shops, on="shop_id")
    rows = raw.select(
        pl.col("shop_id").cast(pl.String).alias("series_id"), "date",
        (pl.col("payments") * pl.col("per_pay")).cast(pl.Float64).alias("value"),
    )  # fmt: skip
    # Shops that sold from autumn 2015 on.
    old = rows.group_by("series_id").agg(pl.col("date").min()).filter(pl.col("date") < date(2015, 10, 1))
    ids = old["series_id"].cast(pl.Int64).sort().cast(pl.String).to_list()
    for number in range(count):
        mine = ids[number * SHOPS : (number + 1) * SHOPS]
        table = SeriesTable(rows.filter(pl.col("series_id").is_in(mine)), (), ())
        found.append(Chain(f"Koubei {number + 1}", table, (), date(2016, 3, 7), date(2016, 10, 31)))
    raw = pl.read_parquet(folder / "rossmann100_daily.parquet")
    ids = raw["store"].unique().sort().to_list()
    rows = raw.select(
        pl.col("store").cast(pl.String).alias("series_id"), "date", pl.col("sales").cast(pl.Float64).alias("value"),
        pl.col("promo").cast(pl.Float64), pl.col("open").cast(pl.Float64),
    )  # fmt: skip
    for number in range(max(count // 2, 1)):
        mine = [str(one) for one in ids[number * SHOPS : (number + 1) * SHOPS]]
        table = SeriesTable(rows.filter(pl.col("series_id").is_in(mine)), ("promo", "open"), ())
        found.append(Chain(f"Rossmann {number + 1}", table, ("promo", "open"), date(2014, 11, 3), date(2015, 7, 31)))
    return found


class World:
    """One chain's money: what was, and what was known on each day."""

    def __init__(self, chain: Chain, store: Path | None, anew: int) -> None:
        self.chain, self._store, self._anew = chain, store, anew
        self.calendar = days.shipped()
        self._settling = Settling(self.calendar)
        panel = chain.table.at(chain.last, 1)
        self.begin, self.sales = panel.first, panel.values.sum(axis=0)
        self.count = (chain.last - chain.first).days + 1
        self.start = (chain.first - self.begin).days
        places = arrivals_of("T1", self.begin, len(self.sales), self._settling, self.begin)
        self.arrived = at_bank(self.sales, places, len(self.sales))
        last = len(self.sales) - 1
        month = float(self._month(self.start, last, None)[0])
        dues = np.array([self._due(self.start + i, last)[0] for i in range(self.count + AHEAD)])
        flows = self.arrived[self.start :] - dues[: self.count]
        self.past = Past(
            chain.first, round(month * MONTHS_KEPT * 100), np.rint(flows * 100).astype(np.int64),
            np.rint(dues * 100).astype(np.int64), round(month * FLOOR * 100),
        )  # fmt: skip

    def foresight(self, day: int) -> Whole:
        """What was foreseen at the end of a day; receipts are forecast anew every so many days."""
        origin, age = self.start + day, day % self._anew
        sold = self._sold(origin - age)[:, age:]
        ahead = AHEAD - age
        known = np.broadcast_to(self.sales[origin - 30 : origin + 1], (len(sold), 31))
        places = arrivals_of("T1", self._date(origin - 30), 31 + ahead, self._settling, self._date(origin + 1))
        came = at_bank(np.concatenate([known, sold], axis=1), places, ahead)
        dues = np.stack([self._due(origin + 1 + i, origin, came) for i in range(ahead)], axis=1)
        return np.rint((came - dues) * 100).astype(np.int64)

    def _sold(self, origin: int) -> Floats:
        kept = self._store / f"{self.chain.name}-{origin}.pickle" if self._store else None
        if kept is not None and kept.exists():
            return pickle.loads(kept.read_bytes())
        at = self._date(origin)
        found = engine.forecast(self.chain.table.at(at, AHEAD), at, AHEAD, self.calendar)
        tried = found.validation
        one = np.ones((1, len(found.ids)))
        said, came = [one @ each for each in tried.said], [one @ each for each in tried.came]
        if not said:
            said, came = past_weeks(self.sales[None, : origin + 1])
        whole = ranged(one, found, Grain.CUMULATIVE)
        low, high = whole.quantiles[1, 0, -1], whole.quantiles[3, 0, -1]
        width = float((high - low) / whole.mean[0, -1])
        paths = simulated(one @ found.mean, said, came, width)[:, 0]
        order = np.argsort(paths.sum(axis=1), kind="stable")
        paths = paths[order[(np.arange(SCENARIOS) * 2 + 1) * len(order) // (2 * SCENARIOS)]]
        if kept is not None:
            kept.write_bytes(pickle.dumps(paths))
        return paths

    def _due(self, day: int, known: int, came: Floats | None = None) -> Floats:
        """What is due on a day: one figure, or one for each scenario of what arrives after a day that is known."""
        on = self._date(day)
        share = DUES.get(on.day, 0.0) + (FRIDAYS if on.weekday() == FRIDAY else 0.0)
        count = 1 if came is None else len(came)
        return share * self._month(day, known, came) if share else np.zeros(count)

    def _month(self, day: int, known: int, came: Floats | None) -> Floats:
        """The average month of the three that end a month before the month of a day."""
        end = month_later(self._date(day).replace(day=1), -1)
        begin = month_later(end, -3)
        low, high = max((begin - self.begin).days, 0), (end - self.begin).days
        total = self.arrived[low : min(high, known + 1)].sum()
        ahead = came[:, : max(high - known - 1, 0)].sum(axis=1) if came is not None else np.zeros(1)
        found: Floats = (total + ahead) / (high - low) * 365 / 12
        return found

    def _date(self, number: int) -> date:
        return self.begin + timedelta(days=number)


def measure(world: World, shares: list[Decimal], bands: list[float]) -> None:
    past, terms = world.past, Terms(world.calendar)
    kept = past.balances
    print(
        f"\n{world.chain.name}: {past.first} to {world.chain.last}, {len(past.flows)} days; opening "
        f"{past.opening / 1e6:,.0f} 万, floor {past.floor / 1e6:,.1f} 万; with nothing put away lowest "
        f"{kept.min() / 1e6:,.1f} 万, last {kept[-1] / 1e6:,.0f} 万; unavoidable: {int((kept < past.floor).sum())} days"
    )
    best = replay.replayed(past, terms, replay.Foreseen(past, PRODUCTS, terms))
    ways: list[tuple[str, replay.Way]] = [
        ("all instant", replay.all_instant(PRODUCTS[0])),
        ("a month of costs kept, rest 30 days", replay.month_kept(PRODUCTS[2])),
        ("Miller-Orr", replay.miller_orr(PRODUCTS[0])),
    ]
    for share in shares:
        for band in bands:
            made = replay.Planned(world.foresight, PRODUCTS, round(past.floor * (1 + band)), share)
            ways.append((f"weekly plan, share {share}, band {1 + band:.2f} × floor", made))
    _say("perfect foresight", best, best)
    for name, way in ways:
        started = time.perf_counter()
        _say(name, replay.replayed(past, terms, way), best, time.perf_counter() - started)


def _say(name: str, found: replay.Replayed, best: replay.Replayed, seconds: float = 0.0) -> None:
    regret = 1 - found.earned / best.earned
    print(
        f"{name:44}{found.earned:>14,.2f} yuan  regret {regret:7.2%}  broken {found.broken:3} of {found.days} days "
        f"({found.broken / found.days:.2%})  {seconds:6.1f} s",
        flush=True,
    )


def clock() -> None:
    """The time of one plan and of a curve: 100 scenarios × 90 days, four products."""
    draw = np.random.default_rng(1)
    steps = draw.normal(2_000_00, 20_000_00, (100, 90))
    steps[:, 14::30] -= 100_000_00
    balances = Balances(date(2026, 11, 1), 500_000_00 + np.rint(steps.cumsum(axis=1)).astype(np.int64))
    terms = Terms(days.shipped())
    Placer(balances, PRODUCTS, terms).placed(Decimal(0))  # what loads the solver
    started = time.perf_counter()
    placer = Placer(balances, PRODUCTS, terms)
    found = placer.placed(Decimal(100_000))
    print(
        f"100 scenarios × 90 days: {time.perf_counter() - started:.2f} s, {len(found.lots)} lots, {found.missed} missed"
    )
    started = time.perf_counter()
    curve = tradeoff(placer, Decimal(50_000))
    print(f"curve of {len(curve)} bands: {time.perf_counter() - started:.2f} s")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, nargs="?", help="the folder with the data")
    parser.add_argument("--chains", type=int, default=2, metavar="N")
    parser.add_argument("--only", metavar="NAME", help="chains whose name begins so")
    parser.add_argument("--share", type=Decimal, nargs="+", default=[Decimal("0.05")])
    parser.add_argument(
        "--band", type=float, nargs="+", default=[0.0, 0.1, 0.25], help="how much above the floor, as a share of it"
    )
    parser.add_argument("--anew", type=int, default=14, metavar="DAYS", help="days between forecasts of receipts")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="keep forecasts there, for other settings")
    options = parser.parse_args()
    clock()
    for chain in chains(options.data, options.chains) if options.data else []:
        if options.only is None or chain.name.startswith(options.only):
            measure(World(chain, options.keep, options.anew), options.share, options.band)


if __name__ == "__main__":
    main()
