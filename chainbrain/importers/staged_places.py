"""The columns of lists about the surroundings: candidate stores, competitors, customers, the industry."""

from __future__ import annotations

import polars as pl

from chainbrain.importers.staged_types import YUAN, Types

_WHERE: Types = {"latitude": pl.Float64, "longitude": pl.Float64, "datum": pl.String}

PLACES: dict[str, Types] = {
    "candidates": {
        "name": pl.String,
        "city": pl.String,
        **_WHERE,
        "area_m2": YUAN,
        "monthly_rent": YUAN,
        "free_months": pl.Int64,
        "capex": YUAN,
        "deposit": YUAN,
        "monthly_sales": YUAN,
        "earliest": pl.Date,
        "format": pl.String,
        "city_tier": pl.String,
    },
    "competitors": {"name": pl.String, "brand": pl.String, "kind": pl.String, **_WHERE, "attraction": YUAN},
    "demand_points": {"name": pl.String, **_WHERE, "weight": YUAN},
    "benchmarks": {
        "metric": pl.String,
        "trade": pl.String,
        "city": pl.String,
        "period": pl.String,
        "low": pl.Decimal(18, 6),
        "median": pl.Decimal(18, 6),
        "high": pl.Decimal(18, 6),
        "source": pl.String,
        "dated": pl.Date,
    },
    "customer_origins": {"store_code": pl.String, **_WHERE, "customers": pl.Int64},
}
