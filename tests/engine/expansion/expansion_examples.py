"""The worked example of a new store, and a small chain whose own experience is known exactly."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import polars as pl

from chainbrain import facts, kept_days
from chainbrain.database.book import Book
from chainbrain.expansion.scenario import USUAL_RAMP, Scenario

D = Decimal
WORKED = Scenario(
    capex=D(450_000),
    deposit=D(60_000),
    mature_monthly_sales=D(220_000),
    gross_margin=D("0.62"),
    other_variable=D("0.08"),
    platform=D("0.06"),
    rent=D(22_000),
    labour=D(46_000),
    contribution=D("0.48"),
    ramp=USUAL_RAMP,
    paths=2_000,
)
WORKED_JSON: dict[str, object] = {
    "name": "深圳湾店",
    "capex": 450000,
    "deposit": 60000,
    "ramp": [50, 60, 70, 80, 85, 90, 95, 100],
    "mature_monthly_sales": 220000,
    "gross_margin": "62%",
    "other_variable": "8%",
    "platform": "6%",
    "rent": 22000,
    "labour": 46000,
    "life_months": 36,
    "discount_rate": "10%",
    "paths": 2_000,
}

ANYWHERE = "00000000-0000-0000-0000-000000000000"


class OwnChain:
    """Writes stores and their daily sales straight into a book's tables."""

    def __init__(self, first: date, days: int) -> None:
        self.book = Book.in_memory()
        self.days = [first + timedelta(days=i) for i in range(days)]
        self._stores: list[dict[str, object]] = []
        self._sales: list[dict[str, object]] = []

    def store(self, code: str, sales: dict[date, Decimal], opened: date | None = None, **said: object) -> OwnChain:
        self._stores.append(
            {
                "code": code,
                "name": f"{code}店",
                "city": "深圳",
                "ownership": "own",
                "opened_on": opened or date(2020, 1, 1),
                "monthly_rent": D(20_000),
                "row_id": ANYWHERE,
                "file_id": ANYWHERE,
                "line": len(self._stores) + 1,
                "entry_id": 1,
                **said,
            }
        )
        for day, amount in sales.items():
            self._sales.append(
                {
                    "store_id": code,
                    "business_day": day,
                    "channel": "in_store",
                    "daypart": "lunch",
                    "hour": 12,
                    "orders": 10,
                    "list_amount": amount,
                    "discount": D(0),
                    "amount": amount,
                    "refunds": D(0),
                    "refund_count": 0,
                }
            )
        return self

    def steady(self, code: str, daily: object, **said: object) -> OwnChain:
        return self.store(code, dict.fromkeys(self.days, D(str(daily))), **said)

    def done(self) -> Book:
        money = pl.Decimal(18, 2)
        stores = pl.DataFrame(self._stores, infer_schema_length=None).with_columns(pl.col("monthly_rent").cast(money))
        sales = pl.DataFrame(self._sales, infer_schema_length=None)
        self.book.append("base.stores", stores)
        self.book.append(
            "base.daily_sales",
            sales.with_columns(pl.col("list_amount", "discount", "amount", "refunds").cast(money)),
        )
        # The daily facts follow from them, as after an import.
        facts.see_stores(self.book)
        facts.sold(self.book)
        kept_days.keep(self.book)
        return self.book
