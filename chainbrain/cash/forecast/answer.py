"""A forecast as rows: one per series, origin and day, rounded to the cent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt
import polars as pl

from chainbrain.cash.forecast import days
from chainbrain.cash.forecast.engine import Forecast, forecast
from chainbrain.cash.forecast.levels import Grain, ranged
from chainbrain.cash.forecast.ranges import SHARES
from chainbrain.cash.forecast.series_file import TOTAL, SeriesTable
from chainbrain.progress import Report, silent


def forecast_table(table: SeriesTable, origins: Sequence[date], horizon: int, report: Report = silent) -> pl.DataFrame:
    """Forecast a table from every origin; the total of all series comes last of each."""
    parts = []
    for number, origin in enumerate(origins):

        def told(done: int, total: int, label: str, before: int = number) -> None:
            report(before * total + done, len(origins) * total, label)

        parts.append(_rows(forecast(table.at(origin, horizon), origin, horizon, days.shipped(), told)))
    return pl.concat(parts)


def _rows(found: Forecast) -> pl.DataFrame:
    horizon = found.mean.shape[1]
    names = [*found.ids, TOTAL]
    places = [SHARES.index(share) for share in (0.1, 0.5, 0.9)]
    total = ranged(np.ones((1, len(found.ids))), found, Grain.DAY).quantiles
    mean = np.round(found.mean, 2)
    # The total is the sum of what is written, to the cent.
    columns: dict[str, npt.NDArray[np.float64]] = {"mean": np.round(np.vstack([mean, mean.sum(axis=0)]), 2)}
    for name, place in zip(("p10", "p50", "p90"), places, strict=True):
        columns[name] = np.round(np.vstack([found.quantiles[place], total[place]]), 2)
    dates = [found.origin + timedelta(days=i + 1) for i in range(horizon)]
    return pl.DataFrame(
        {
            "series_id": np.repeat(names, horizon),
            "origin": [found.origin] * (len(names) * horizon),
            "date": dates * len(names),
            **{name: column.ravel() for name, column in columns.items()},
        }
    )
