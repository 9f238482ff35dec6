"""How well receipts are foreseen on real chains, how wide the ranges are, how long it takes and how much memory.

Run with ``python tests/benchmarks/forecast.py DATA``, where DATA is a folder with ``rossmann100_daily.parquet`` (store,
date, sales, promo, open) and ``koubei_daily.parquet`` (shop_id, date, payments): contest data that is never shipped.
Options: --only rossmann|koubei|spring|time, --sample N (every N-th series).
"""

from __future__ import annotations

import argparse
import sys
import time
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "engine" / "cash")]

from bench_main_job import MemoryWatch  # noqa: E402
from series_examples import chain  # noqa: E402

from chainbrain.cash.forecast import days, engine  # noqa: E402
from chainbrain.cash.forecast.answer import forecast_table  # noqa: E402
from chainbrain.cash.forecast.series_file import SeriesTable  # noqa: E402

HORIZON = 28
WIDTHS = (8, 8, 8, 12, 8, 9, 9, 7)
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Case:
    name: str
    file: str
    id_column: str
    value_column: str
    plans: tuple[str, ...]
    origins: tuple[date, ...]


CASES = {
    "rossmann": Case(
        "Rossmann, promotions and openings known", "rossmann100_daily.parquet", "store", "sales", ("promo", "open"),
        (date(2015, 5, 8), date(2015, 6, 5), date(2015, 7, 3)),
    ),
    "koubei": Case(
        "Koubei", "koubei_daily.parquet", "shop_id", "payments", (),
        (date(2016, 8, 8), date(2016, 9, 5), date(2016, 10, 3)),
    ),
    "spring": Case("Spring Festival", "koubei_daily.parquet", "shop_id", "payments", (), (date(2016, 1, 25),)),
}  # fmt: skip


def measure(case: Case, folder: Path, sample: int) -> None:
    path = folder / case.file
    if not path.exists():
        print(f"{case.name}: {path} is not there, nothing measured")
        return
    raw = pl.read_parquet(path)
    ids = raw[case.id_column].unique().sort()[::sample]
    rows = raw.filter(pl.col(case.id_column).is_in(ids.implode())).select(
        pl.col(case.id_column).cast(pl.String).alias("series_id"),
        "date",
        pl.col(case.value_column).cast(pl.Float64).alias("value"),
        *(pl.col(name).cast(pl.Float64) for name in case.plans),
    )
    table = SeriesTable(rows, case.plans, ())
    print(f"\n{case.name}: {len(ids)} series, {HORIZON} days ahead")
    heads = ("day", "naive", "median", "total/week", "naive", "in 80 %", "in 95 %", "s")
    print(f"{'origin':12}" + "".join(f"{head:>{width}}" for head, width in zip(heads, WIDTHS, strict=True)))
    lines = [_one(table, rows, origin) for origin in case.origins]
    if len(lines) > 1:
        _print("mean", np.mean(np.array(lines), axis=0))


def _one(table: SeriesTable, rows: pl.DataFrame, origin: date) -> list[float]:
    started = time.perf_counter()
    panel = table.at(origin, HORIZON)
    found = engine.forecast(panel, origin, HORIZON, days.shipped())
    seconds = time.perf_counter() - started
    came = SeriesTable(rows.filter(pl.col("series_id").is_in(list(panel.ids))), (), ()).at(
        origin + timedelta(days=HORIZON), 1
    )
    truth = came.values[:, -HORIZON:]
    past = panel.values[:, -56:].reshape(len(panel.ids), 8, 7)
    naive = np.tile(past[:, -1], 4)
    median = np.tile(np.median(past, axis=1), 4)
    # Closed days that are foreseen are no achievement of the range.
    counted = (truth > 0) | (found.mean > 0)
    low95, low80, _, high80, high95 = found.quantiles
    line = [
        _wape(truth, found.mean), _wape(truth, naive), _wape(truth, median), _weekly(truth, found.mean),
        _weekly(truth, naive), float(((truth >= low80) & (truth <= high80))[counted].mean()),
        float(((truth >= low95) & (truth <= high95))[counted].mean()), seconds,
    ]  # fmt: skip
    _print(str(origin), np.array(line))
    return line


def _print(name: str, line: Floats) -> None:
    digits = (4, 4, 4, 4, 4, 3, 3, 1)
    cells = (f"{cell:{width}.{places}f}" for cell, width, places in zip(line, WIDTHS, digits, strict=True))
    print(f"{name:12}" + "".join(cells), flush=True)


def _wape(truth: Floats, said: Floats) -> float:
    return float(np.abs(truth - said).sum() / truth.sum())


def _weekly(truth: Floats, said: Floats) -> float:
    """The error of the total of all series, week by week."""
    missed = (truth - said).sum(axis=0).reshape(-1, 7).sum(axis=1)
    return float(np.abs(missed).sum() / truth.sum())


def clock() -> None:
    """A made-up chain of 100 stores and three years: the first forecast, and six origins."""
    table = SeriesTable(chain(stores=100, days=1095), ("promo",), ())
    last = max(table.rows["date"])
    for name, origins in (
        ("first forecast", [last]),
        ("six origins", [last - timedelta(days=28 * i) for i in range(1, 7)]),
    ):
        started = time.perf_counter()
        processor = time.process_time()
        with MemoryWatch() as memory:
            forecast_table(table, origins, HORIZON)
        print(
            f"100 stores, 3 years, {name}: {time.perf_counter() - started:.1f} s "
            f"({time.process_time() - processor:.1f} s of processor), peak {memory.peak / 1e6:,.0f} MB",
            flush=True,
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="the folder with the data")
    parser.add_argument("--only", choices=(*CASES, "time"))
    parser.add_argument("--sample", type=int, default=1, metavar="N")
    options = parser.parse_args()
    for name, case in CASES.items():
        if options.only in (None, name):
            measure(case, options.data, options.sample)
    if options.only in (None, "time"):
        clock()


if __name__ == "__main__":
    main()
