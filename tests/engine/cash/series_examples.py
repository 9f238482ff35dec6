"""Daily series of made-up stores: a level, a weekly rhythm, promotions every other week, noise from a seed."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import polars as pl

FIRST = date(2025, 3, 3)  # a Monday
RHYTHM = np.array([0.9, 0.9, 0.95, 1.0, 1.2, 1.4, 0.0])


def chain(stores: int = 6, days: int = 400, seed: int = 1, noise: float = 0.08, promo: float = 1.3) -> pl.DataFrame:
    """One row per store and day, Sundays closed, with a ``promo`` column that is known for every day."""
    draw = np.random.default_rng(seed)
    index = np.arange(days)
    on = ((index // 7) % 2 == 0) & (index % 7 < 5)
    level = 400.0 + 300.0 * np.arange(stores)[:, None]
    values = level * RHYTHM[index % 7] * np.where(on, promo, 1.0) * (1 + noise * draw.standard_normal((stores, days)))
    return pl.DataFrame(
        {
            "series_id": np.repeat([f"S{i:02d}" for i in range(stores)], days),
            "date": [FIRST + timedelta(days=int(i)) for i in index] * stores,
            "value": np.round(values.ravel(), 2),
            "promo": np.tile(on.astype(np.int64), stores),
        }
    )


def wape(found: pl.DataFrame, truth: pl.DataFrame, column: str = "mean") -> float:
    """The sum of the errors as a share of the sum of what came."""
    both = found.join(truth, on=["series_id", "date"], how="inner")
    return float((both[column] - both["value"]).abs().sum() / both["value"].sum())
