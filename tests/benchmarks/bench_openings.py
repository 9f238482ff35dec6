"""Whether the level and the ramp of new shops are foretold from the others, on real series.

Run with ``python tests/benchmarks/bench_openings.py DATA``; DATA holds ``koubei_daily.parquet`` and
``koubei_shops.csv``: contest data that is never shipped; without it nothing is measured. A shop whose record begins
while others already run is taken for an opening, though it may only have joined the payment platform then, which no
series can tell. Its level is the average month at 240 to 295 days of age; it is foretold on the first of the month in
which it begins, from what the other shops of its kind took in the 56 days before: by the program's own ways (median of
all, three most alike, ridge regression), with its own range (P10 to P90 of the errors on the shops left out one by
one). Payments times average spend stand for money. Its ramp is foretold from the ramps of the other openings (median,
P10 to P90), each month over the growth of shops that ran before.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT)]

import numpy as np  # noqa: E402
import polars as pl  # noqa: E402

from chainbrain.expansion.areas import analogues  # noqa: E402
from chainbrain.expansion.areas.features import Features  # noqa: E402
from chainbrain.expansion.areas.geometry import Numbers  # noqa: E402
from chainbrain.expansion.areas.likeness import Table  # noqa: E402
from chainbrain.expansion.scenario import USUAL_RAMP  # noqa: E402

BEFORE, MATURE, WINDOW, MONTH = 56, 240, 56, 30
LEAST_DAYS = 20
A_MONTH = 365 / 12
LEFT_OUT = 150
"""Of so many shops of each month and kind the errors behind the range are measured; more would only take longer."""
Way = Callable[[Table, Features, Numbers], float]
WAYS: dict[str, Way] = {
    "median of all": analogues.by_median, "three most alike": analogues.by_likeness,
    "regression": analogues.by_regression,
}  # fmt: skip


@dataclass
class Shops:
    """Money of each shop (row) and day (column), NaN where there is none; what is known of each."""

    money: Numbers
    start: list[int]
    first: date
    features: list[Features]
    kind: list[str]

    def level(self, rows: list[int], begin: int, days: int) -> Numbers:
        """Average month of shops over a window, NaN with fewer than half of its days."""
        part = self.money[rows, begin : begin + days]
        known = ~np.isnan(part)
        count = known.sum(axis=1)
        total = np.where(known, part, 0).sum(axis=1)
        enough = count * 2 >= days
        level: Numbers = np.divide(total * A_MONTH, count, out=np.full(len(rows), np.nan), where=enough)
        return level


@dataclass
class Foretold:
    """One opening by one way: yuan a month. ``growth`` is what the others grew by in between."""

    way: str
    said: float
    low: float
    high: float
    came: float
    growth: float


def read(data: Path) -> Shops:
    listed = pl.read_csv(data / "koubei_shops.csv").sort("shop_id")
    daily = pl.read_parquet(data / "koubei_daily.parquet")
    first = daily["date"].min()
    assert isinstance(first, date)
    row = {shop: number for number, shop in enumerate(listed["shop_id"])}
    spend = dict(zip(listed["shop_id"], listed["per_pay"], strict=True))
    end = daily["date"].max()
    assert isinstance(end, date)
    money = np.full((len(row), (end - first).days + 1), np.nan)
    shops = daily["shop_id"].to_list()
    days = (daily["date"] - first).dt.total_days().to_numpy()
    money[[row[shop] for shop in shops], days] = daily["payments"].to_numpy() * [spend[shop] for shop in shops]
    features = [
        Features(
            (float(one["per_pay"]), None, None, None, None), (one["cate_2_name"], one["city_name"], one["cate_3_name"])
        )
        for one in listed.iter_rows(named=True)
    ]
    start = [int(np.argmax(~np.isnan(one))) for one in money]
    return Shops(money, start, first, features, listed["cate_1_name"].to_list())


def openings(shops: Shops) -> list[int]:
    """Shops that begin when others have run for 56 days, and are followed to 295 days of age."""
    last = shops.money.shape[1] - MATURE - WINDOW
    found = [n for n, start in enumerate(shops.start) if BEFORE + 8 <= start <= last]
    levels = [shops.level([n], shops.start[n] + MATURE, WINDOW)[0] for n in found]
    return [n for n, level in zip(found, levels, strict=True) if level > 0]


def foretell(shops: Shops, opened: list[int]) -> Iterator[Foretold]:
    by_month: dict[tuple[date, str], list[int]] = {}
    for n in opened:
        begins = (shops.first + timedelta(days=shops.start[n])).replace(day=1)
        by_month.setdefault((begins, shops.kind[n]), []).append(n)
    for (begins, kind), those in sorted(by_month.items()):
        known = (begins - shops.first).days
        running = [n for n, start in enumerate(shops.start) if start <= known - BEFORE and shops.kind[n] == kind]
        level = shops.level(running, known - BEFORE, BEFORE)
        kept = [place for place in range(len(running)) if level[place] > 0]
        others, sales = [running[place] for place in kept], level[kept]
        if len(others) < analogues.LEAST_FOR_REGRESSION:
            continue
        table = Table.of([shops.features[n] for n in others])
        sample = np.random.default_rng(known).permutation(len(others))[:LEFT_OUT]
        for name, way in WAYS.items():
            out = np.array([way(table.without(k), shops.features[others[k]], np.delete(sales, k)) for k in sample])
            low, high = np.quantile(sales[sample] / np.maximum(out, 1.0), (0.1, 0.9))
            for n in those:
                said = way(table, shops.features[n], sales)
                came = float(shops.level([n], shops.start[n] + MATURE, WINDOW)[0])
                later = shops.level(others, shops.start[n] + MATURE, WINDOW)
                both = later > 0
                growth = float(later[both].sum() / sales[both].sum())
                yield Foretold(name, said, said * low, said * high, came, growth)


def ramps(shops: Shops, opened: list[int]) -> Numbers:
    """Share of its own mature level of each opening (row) in each of its first eight months, the others' growth out."""
    steady = [
        n for n, start in enumerate(shops.start) if start < BEFORE and not np.isnan(shops.money[n, -BEFORE:]).all()
    ]
    known = (~np.isnan(shops.money[steady])).sum(axis=0)
    # One day is missing for everybody: the publisher took it out.
    index = np.where(known > 0, np.nansum(shops.money[steady], axis=0) / np.maximum(known, 1), np.nan)
    found = np.full((len(opened), MATURE // MONTH), np.nan)
    for place, n in enumerate(opened):
        start = shops.start[n]
        own = shops.money[n] / index
        mature = np.nanmean(own[start + MATURE : start + MATURE + WINDOW])
        for month in range(MATURE // MONTH):
            part = own[start + month * MONTH : start + (month + 1) * MONTH]
            if (~np.isnan(part)).sum() >= LEAST_DAYS:
                found[place, month] = np.nanmean(part) / mature
    return found


def tell_levels(found: list[Foretold]) -> None:
    print(
        f"{'level of':<18} {'shops':>6} {'WAPE':>7} {'median err':>11} {'bias':>7} {'in P10-P90':>11}"
        "   growth known: WAPE, bias, in"
    )
    for way in WAYS:
        those = [one for one in found if one.way == way]
        came = np.array([one.came for one in those])
        parts = []
        for grown in (False, True):
            by = np.array([one.growth if grown else 1.0 for one in those])
            said, low, high = (np.array([getattr(one, end) for one in those]) * by for end in ("said", "low", "high"))
            off = said - came
            inside = ((low <= came) & (came <= high)).mean()
            parts.append(
                (np.abs(off).sum() / came.sum(), np.median(np.abs(off) / came), off.sum() / came.sum(), inside)
            )
        plain, known = parts
        print(
            f"{way:<18} {len(those):>6} {plain[0]:>7.1%} {plain[1]:>11.1%} {plain[2]:>+7.1%} {plain[3]:>11.1%}"
            f"   {known[0]:.1%}, {known[2]:+.1%}, {known[3]:.1%}"
        )


def tell_ramps(found: Numbers) -> None:
    print(
        f"\n{'month of age':>12} {'openings':>9} {'median':>7} {'usual':>6} {'error':>7}"
        f" {'of usual':>9} {'in P10-P90':>11}"
    )
    for month in range(found.shape[1]):
        column = found[:, month]
        known = column[~np.isnan(column)]
        off, usual, inside = [], [], []
        for place, came in enumerate(known):
            others = np.delete(known, place)
            low, middle, high = np.quantile(others, (0.1, 0.5, 0.9))
            off.append(abs(middle - came))
            usual.append(abs(float(USUAL_RAMP[min(month, len(USUAL_RAMP) - 1)]) - came))
            inside.append(low <= came <= high)
        print(
            f"{month + 1:>12} {len(known):>9} {np.median(known):>7.2f} {float(USUAL_RAMP[month]):>6.2f}"
            f" {np.mean(off):>7.3f} {np.mean(usual):>9.3f} {np.mean(inside):>11.1%}"
        )


def main() -> int:
    parser = argparse.ArgumentParser(description="Level and ramp of new shops, foretold from the others")
    parser.add_argument("data", type=Path, nargs="?", help="the folder with koubei_daily.parquet and koubei_shops.csv")
    options = parser.parse_args()
    if options.data is None:
        print("without DATA nothing is measured")
        return 0
    began = time.perf_counter()
    shops = read(options.data)
    opened = openings(shops)
    print(f"{len(shops.start):,} shops, {len(opened)} begin while others run and are followed to 295 days of age\n")
    tell_levels(list(foretell(shops, opened)))
    print("levels only where at least eight shops of the kind had run for 56 days by the first of that month")
    tell_ramps(ramps(shops, opened))
    print(f"\n{time.perf_counter() - began:.1f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
