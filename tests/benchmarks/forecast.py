"""How well receipts are foreseen on real chains, how wide the ranges are, how long it takes and how much memory.

Run with ``python tests/benchmarks/forecast.py DATA``, where DATA is a folder with ``rossmann100_daily.parquet`` (store,
date, sales, promo, open) and ``koubei_daily.parquet`` (shop_id, date, payments): contest data that is never shipped.
Options: --only rossmann|koubei|spring|coverage|short|time|rivals, --case rossmann|koubei|spring, --sample N (every N-th
series). What the rivals need is told in ``forecast_rivals.py``; without them it says so.
"""

from __future__ import annotations

import argparse
import sys
import time
from datetime import date, timedelta
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "engine" / "cash")]

import forecast_coverage  # noqa: E402
import forecast_rivals  # noqa: E402
from forecast_cases import (  # noqa: E402
    CASES,
    HORIZON,
    Case,
    Floats,
    came,
    grown,
    often,
    simple,
    table_of,
    wape,
    weekly,
)  # fmt: skip
from series_examples import chain  # noqa: E402

from chainbrain.cash.forecast import days, engine  # noqa: E402
from chainbrain.cash.forecast.answer import forecast_table  # noqa: E402
from chainbrain.cash.forecast.series_file import SeriesTable  # noqa: E402

WIDTHS = (8, 8, 8, 12, 8, 8, 8, 9, 9, 7)
# Seconds and bytes that must not be exceeded on two processors.
FIRST, SIX, MEMORY = 20.0, 120.0, 1e9


def measure(case: Case, folder: Path, sample: int) -> None:
    table = table_of(case, folder, sample)
    if table is None:
        return
    print(f"\n{case.name}: {table.rows['series_id'].n_unique()} series, {HORIZON} days ahead")
    heads = ("day", "naive", "median", "total/week", "naive", "often", "grown", "in 80 %", "in 95 %", "s")
    print(f"{'origin':12}" + "".join(f"{head:>{width}}" for head, width in zip(heads, WIDTHS, strict=True)))
    lines = [_one(table, origin) for origin in case.origins]
    mean = np.mean(np.array(lines), axis=0)
    if len(lines) > 1:
        _print("mean", mean)
    beaten = all(line[0] <= line[2] for line in lines)
    print(f"never worse than the weekday median: {'yes' if beaten else 'NO'}")
    sets = (("all series", mean[0]), ("that sold often", mean[5]), ("half a year old and selling", mean[6]))
    for number, (what, one) in enumerate(sets):
        line = f"reference {case.reference}, {what}: {'held' if one <= case.reference else 'NOT held'} ({one:.4f})"
        if case.recipe:
            better = "held" if one <= case.recipe[number] else "NOT held"
            line += f"; the recipe made again on the same series {case.recipe[number]:.4f}: {better}"
        print(line)


def _one(table: SeriesTable, origin: date) -> list[float]:
    started = time.perf_counter()
    panel = table.at(origin, HORIZON)
    found = engine.forecast(panel, origin, HORIZON, days.shipped())
    seconds = time.perf_counter() - started
    truth = came(table, panel, origin)
    naive, median = simple(panel)
    chosen, old = often(panel), grown(panel)
    # Closed days that are foreseen are no achievement of the range.
    counted = (truth > 0) | (found.mean > 0)
    low95, low80, _, high80, high95 = found.quantiles
    line = [
        wape(truth, found.mean), wape(truth, naive), wape(truth, median), weekly(truth, found.mean),
        weekly(truth, naive), wape(truth[chosen], found.mean[chosen]), wape(truth[old], found.mean[old]),
        float(((truth >= low80) & (truth <= high80))[counted].mean()),
        float(((truth >= low95) & (truth <= high95))[counted].mean()), seconds,
    ]  # fmt: skip
    _print(str(origin), np.array(line))
    return line


def _print(name: str, line: Floats) -> None:
    digits = (4, 4, 4, 4, 4, 4, 4, 3, 3, 1)
    cells = (f"{cell:{width}.{places}f}" for cell, width, places in zip(line, WIDTHS, digits, strict=True))
    print(f"{name:12}" + "".join(cells), flush=True)


def clock() -> None:
    """A made-up chain of 100 stores and three years: the first forecast, and six origins."""
    from bench_main_job import MemoryWatch

    table = SeriesTable(chain(stores=100, days=1095), ("promo",), ())
    last = max(table.rows["date"])
    for name, origins, limit in (
        ("first forecast", [last], FIRST),
        ("six origins", [last - timedelta(days=28 * i) for i in range(1, 7)], SIX),
    ):
        started = time.perf_counter()
        processor = time.process_time()
        with MemoryWatch() as memory:
            forecast_table(table, origins, HORIZON)
        seconds = time.perf_counter() - started
        # One thread works, so that on a processor of its own its time is that of the clock.
        worked = time.process_time() - processor
        good = worked <= limit and memory.peak <= MEMORY
        print(
            f"100 stores, 3 years, {name}: {worked:.1f} s of {limit:.0f} on a processor, {seconds:.1f} s by the clock, "
            f"peak {memory.peak / 1e6:,.0f} MB of {MEMORY / 1e6:,.0f}: {'as wanted' if good else 'NOT as wanted'}",
            flush=True,
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="the folder with the data")
    parser.add_argument("--only", choices=(*CASES, "coverage", "short", "time", "rivals"))
    parser.add_argument("--case", choices=tuple(CASES), help="one of the data sets only")
    parser.add_argument("--sample", type=int, default=1, metavar="N")
    parser.add_argument("--searched", action="store_true", help="of the rivals also ETS with its form searched: slow")
    options = parser.parse_args()
    for name, case in CASES.items():
        if options.case not in (None, name):
            continue
        if options.only in (None, name):
            measure(case, options.data, options.sample)
        if options.only in (None, "coverage"):
            forecast_coverage.measure(case, options.data, options.sample)
        if options.only in (None, "short"):
            forecast_coverage.measure_short(case, options.data, options.sample)
        if options.only in (None, "rivals"):
            forecast_rivals.measure(case, options.data, options.sample, searched=options.searched)
    if options.only in (None, "time"):
        clock()


if __name__ == "__main__":
    main()
