"""The types of staged columns."""

from __future__ import annotations

import polars as pl

Types = dict[str, pl.DataType | type[pl.DataType]]

YUAN = pl.Decimal(18, 2)
FINE = pl.Decimal(18, 5)
RATE = pl.Decimal(9, 6)
MOMENT = pl.Datetime("us")
