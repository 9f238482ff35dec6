"""The real chains on which forecasts are measured, what came after an origin, and how errors are counted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl

from chainbrain.cash.forecast.panel import Panel
from chainbrain.cash.forecast.series_file import SeriesTable

HORIZON = 28
HALF_YEAR = 182
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Case:
    name: str
    file: str
    id_column: str
    value_column: str
    plans: tuple[str, ...]
    origins: tuple[date, ...]
    reference: float
    """The store-day error that must not be exceeded, as it was measured once; on which of the series, see ``grown``."""
    shops: str
    """The table of what is told about each shop."""
    recipe: tuple[float, ...] = ()
    """What the recipe made again comes to on all series, those that sold often, and those half a year old and selling
    (``--only rivals``)."""
    covered: tuple[date, int] = (date.min, 0)
    """The first of the origins at which ranges are counted, and how many, four weeks apart."""


CASES = {
    "rossmann": Case(
        "Rossmann, promotions and openings known", "rossmann100_daily.parquet", "store", "sales", ("promo", "open"),
        (date(2015, 5, 8), date(2015, 6, 5), date(2015, 7, 3)), 0.091, "rossmann100_stores.csv",
        covered=(date(2014, 8, 1), 13),
    ),
    "koubei": Case(
        "Koubei", "koubei_daily.parquet", "shop_id", "payments", (),
        (date(2016, 8, 8), date(2016, 9, 5), date(2016, 10, 3)), 0.242, "koubei_shops.csv",
        (0.2582, 0.2254, 0.2408),
        covered=(date(2016, 3, 21), 8),
    ),
    "spring": Case(
        "Spring Festival", "koubei_daily.parquet", "shop_id", "payments", (), (date(2016, 1, 25),), 0.355,
        "koubei_shops.csv", (0.4002, 0.3803, 0.3514),
    ),
}  # fmt: skip


def table_of(case: Case, folder: Path, sample: int) -> SeriesTable | None:
    """Every ``sample``-th series of a case, or nothing where its file is not there."""
    path = folder / case.file
    if not path.exists():
        print(f"{case.name}: {path} is not there, nothing measured")
        return None
    raw = pl.read_parquet(path)
    ids = raw[case.id_column].unique().sort()[::sample]
    rows = raw.filter(pl.col(case.id_column).is_in(ids.implode())).select(
        pl.col(case.id_column).cast(pl.String).alias("series_id"),
        "date",
        pl.col(case.value_column).cast(pl.Float64).alias("value"),
        *(pl.col(name).cast(pl.Float64) for name in case.plans),
    )
    return SeriesTable(rows, case.plans, ())


def came(table: SeriesTable, panel: Panel, origin: date) -> Floats:
    """What the series of a panel sold in the days after its origin."""
    rows = table.rows.filter(pl.col("series_id").is_in(list(panel.ids)))
    return SeriesTable(rows, (), ()).at(origin + timedelta(days=HORIZON), 1).values[:, -HORIZON:]


def simple(panel: Panel) -> tuple[Floats, Floats]:
    """Last week again, and the median of the last eight same weekdays."""
    past = panel.values[:, -56:].reshape(len(panel.ids), 8, 7)
    return np.tile(past[:, -1], HORIZON // 7), np.tile(np.median(past, axis=1), HORIZON // 7)


def often(panel: Panel) -> Flags:
    """Series that sold on nine of ten days of the eight weeks before: how well they are foreseen is told apart."""
    sold = panel.values[:, -56:] > 0
    found: Flags = sold.mean(axis=1) >= 0.9
    return found


def grown(panel: Panel) -> Flags:
    """Series whose first sale lies half a year back or more, and that sold in the last week.

    On which series the references were measured was not kept. The recipe made again (``forecast_recipe.py``) tells it:
    at the Spring Festival it comes to 0.3514 on these and to 0.4002 on all 1,600 series (reference 0.355), on Koubei to
    0.2408 and 0.2582 (reference 0.242). So a reference is compared with on these; on all series the recipe stands.
    """
    values = panel.values
    found: Flags = (values[:, :-HALF_YEAR] > 0).any(axis=1) & (values[:, -7:] > 0).any(axis=1)
    return found


def wape(truth: Floats, said: Floats) -> float:
    """The sum of the errors as a share of the sum of what came."""
    return float(np.abs(truth - said).sum() / truth.sum())


def weekly(truth: Floats, said: Floats) -> float:
    """The error of the total of all series, week by week."""
    missed = (truth - said).sum(axis=0).reshape(-1, 7).sum(axis=1)
    return float(np.abs(missed).sum() / truth.sum())
