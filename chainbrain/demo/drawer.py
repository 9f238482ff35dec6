"""The cash drawer and the member cards: daily counts, money taken to the bank, card movements."""

from __future__ import annotations

import numpy as np
import polars as pl

from chainbrain.demo.differences import Marks, cash_errors
from chainbrain.demo.draws import between, chance, stream
from chainbrain.demo.injected import Ledger
from chainbrain.demo.orders import TOPUP
from chainbrain.demo.stores import Chain
from chainbrain.demo.workdays import is_workday

FLOAT = 50_000
"""Change kept in every drawer, in fen."""
_BANKING_DAYS = (0, 3)


def counts(chain: Chain, tenders: pl.DataFrame, ledger: Ledger) -> pl.DataFrame:
    """One cash count per store and open day.

    Columns: ``cid`` (store × days + day), ``store``, ``day``, ``float``, ``sales``, ``refunds``, ``paid_out``,
    ``banked``, ``counted``; fen. The next day opens with what was counted.
    """
    rng = stream(chain.seed, "drawer")
    shape = (len(chain.stores), chain.days)
    sales, refunds = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.int64)
    cash = tenders.filter(pl.col("method") == "cash")
    store, day, amount = cash["store"].to_numpy(), cash["day"].to_numpy(), cash["amount"].to_numpy()
    np.add.at(sales, (store, day), np.maximum(amount, 0))
    np.add.at(refunds, (store, day), np.maximum(-amount, 0))
    small = np.where(chance(rng, 180, sales.size), 500 * between(rng, 2, 13, sales.size), 0).reshape(shape)
    is_open = np.array([[d >= s.opening_day for d in range(chain.days)] for s in chain.stores], dtype=np.bool_)
    errors = cash_errors(chain, ledger, is_open)
    rows: list[tuple[int, ...]] = []
    for shop in chain.stores:
        drawer = FLOAT
        for d in range(shop.opening_day, chain.days):
            sold, back = int(sales[shop.index, d]), int(refunds[shop.index, d])
            goes = is_workday(chain.day(d)) and chain.day(d).weekday() in _BANKING_DAYS
            emptied = max(drawer - FLOAT, 0) // 10_000 * 10_000 if goes else 0
            # Cash is the franchisee's own, whoever collects its wallets: he takes it out.
            banked, taken = (0, emptied) if shop.collected else (emptied, 0)
            small_sums = min(int(small[shop.index, d]), max(drawer - emptied + sold - back - 20_000, 0) // 500 * 500)
            paid_out = small_sums + taken
            counted = drawer + sold - back - paid_out - banked + int(errors[shop.index, d])
            rows.append((shop.index * chain.days + d, shop.index, d, drawer, sold, back, paid_out, banked, counted))
            drawer = counted
    names = ("cid", "store", "day", "float", "sales", "refunds", "paid_out", "banked", "counted")
    return pl.DataFrame(rows, schema=dict.fromkeys(names, pl.Int64), orient="row").sort("day", "store")


def card_movements(chain: Chain, tenders: pl.DataFrame, marks: Marks) -> pl.DataFrame:
    """Top-ups, gifts and uses of member cards.

    Columns: ``store``, ``at``, ``what`` (topup, gift, use), ``principal``, ``gift``, ``member``, ``number``, ``tid``.
    All amounts are positive; ``what`` gives the direction.
    """
    marked = tenders.with_columns(card=pl.Series(marks.card_amount), till_at=pl.Series(marks.till_at))
    member = (pl.col("oid") * 7_919 + pl.col("store") * 131) % 900 + pl.col("store") * 1000
    used = marked.filter(pl.col("card") > 0).select(
        "store",
        at="till_at",
        what=pl.lit("use"),
        principal=pl.col("card") - pl.col("card") // 11,
        gift=pl.col("card") // 11,
        member=member,
        number="reference",
        tid="tid",
    )
    topups = marked.filter((pl.col("kind") == TOPUP) & (pl.col("origin") < 0)).with_columns(
        member=member, number="order_no"
    )
    paid = topups.select(
        "store", at="till_at", what=pl.lit("topup"), principal="amount", gift=pl.lit(0, pl.Int64), member="member",
        number="number", tid="tid",
    )  # fmt: skip
    gifts = topups.filter(pl.col("amount") >= 30_000).select(
        "store", at="till_at", what=pl.lit("gift"), principal=pl.lit(0, pl.Int64), gift=pl.col("amount") // 10,
        member="member", number=pl.concat_str("number", pl.lit("Z")), tid="tid",
    )  # fmt: skip
    return pl.concat([used, paid, gifts]).sort("at", "store", "number")


def opening_cards(chain: Chain) -> int:
    """The stored-value liability at the start, in fen."""
    return 31_400_000 + 5_871_500 * len(chain.stores)
