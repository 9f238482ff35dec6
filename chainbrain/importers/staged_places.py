"""The columns of lists about places: candidate stores, competitors, where people are and customers come from."""

from __future__ import annotations

import polars as pl

Types = dict[str, pl.DataType | type[pl.DataType]]

_YUAN = pl.Decimal(18, 2)
_WHERE: Types = {"latitude": pl.Float64, "longitude": pl.Float64, "datum": pl.String}

PLACES: dict[str, Types] = {
    "candidates": {
        "name": pl.String,
        "city": pl.String,
        **_WHERE,
        "area_m2": _YUAN,
        "monthly_rent": _YUAN,
        "free_months": pl.Int64,
        "capex": _YUAN,
        "deposit": _YUAN,
        "monthly_sales": _YUAN,
        "earliest": pl.Date,
    },
    "competitors": {"name": pl.String, "brand": pl.String, "kind": pl.String, **_WHERE, "attraction": _YUAN},
    "demand_points": {"name": pl.String, **_WHERE, "weight": _YUAN},
    "customer_origins": {"store_code": pl.String, **_WHERE, "customers": pl.Int64},
}
