"""What the delivery platform billed: order rows, the daily bill of each store, the payouts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from chainbrain.demo.differences import SECOND, commission_errors
from chainbrain.demo.draws import Ints, between, half_up, stream
from chainbrain.demo.injected import Entry, Ledger
from chainbrain.demo.orders import DAY, TAKEAWAY
from chainbrain.demo.stores import TAKEAWAY_RATE, Chain
from chainbrain.demo.tenders import takeaway_number
from chainbrain.demo.wallets import settlement_days

SALE, REFUND, CANCELLED, PROMOTION = "sale", "refund", "cancelled", "promotion"
PROMOTION_ROWS = 2 * SECOND


@dataclass(frozen=True)
class Takeaway:
    """The platform's view.

    ``rows``: ``rid`` (``oid`` of a sale, plus SECOND for its refund, PROMOTION_ROWS + n for promotion), ``tid``
    (or -1), ``store``, ``what``, ``bill_day``, ``at``, ``done_at``, ``refund_at``, ``order_no``, ``food``, ``pack``,
    ``reduction``, ``commission``, ``delivery`` (these three 0 or negative on a sale), ``due`` (商家应收款), ``rate``,
    ``items``, ``running`` (订单序号), ``bill_no`` (结算id).
    ``bills``: one row per store and day: ``bid``, ``store``, ``bill_day``, ``amount``, ``pay_day``, ``bill_no``,
    ``account`` (入账结算设置ID).
    """

    rows: pl.DataFrame
    bills: pl.DataFrame


def bill(chain: Chain, orders: pl.DataFrame, tenders: pl.DataFrame, ledger: Ledger) -> Takeaway:
    """Bill every takeaway order, refund and promotion of the window."""
    rng = stream(chain.seed, "takeaway")
    sales = _sales(chain, orders, tenders, ledger, rng)
    refunds = _refunds(sales, tenders)
    promotion = _promotion(chain, rng, sales)
    rows = pl.concat([sales, refunds, promotion]).with_columns(
        due=pl.sum_horizontal("food", "pack", "reduction", "commission", "delivery"),
        bill_no=(700_000_000 + pl.col("store") * 100_003 + pl.col("bill_day") * 37).cast(pl.String),
    )
    rows = rows.sort("bill_day", "store", "at", "rid")
    pay = settlement_days(chain, 3)
    bills = (
        rows.group_by("store", "bill_day", "bill_no")
        .agg(amount=pl.col("due").sum())
        .sort("bill_day", "store")
        .with_row_index("bid")
        .with_columns(pl.col("bid").cast(pl.Int64))
    )
    bills = bills.with_columns(
        pay_day=pl.Series(pay[bills["bill_day"].to_numpy()]),
        account=pl.col("store").replace_strict(
            {s.index: s.meituan_account for s in chain.stores}, return_dtype=pl.String
        ),
    )
    return Takeaway(rows, bills)


def _sales(
    chain: Chain, orders: pl.DataFrame, tenders: pl.DataFrame, ledger: Ledger, rng: np.random.Generator
) -> pl.DataFrame:
    """Delivered and cancelled orders; a cancelled one is listed with zeros."""
    paid_by = tenders.filter((pl.col("method") == "meituan") & (pl.col("origin") < 0)).select("oid", "tid")
    away = orders.filter(pl.col("kind") == TAKEAWAY).join(paid_by, on="oid", how="left", maintain_order="left")
    size = away.height
    cancelled = away["cancelled"].to_numpy()
    base = away["amount"].to_numpy()
    refunded = np.isin(away["oid"].to_numpy(), tenders.filter("refunded")["oid"].to_numpy())
    extra = commission_errors(ledger, chain, base, ~cancelled & ~refunded)
    rate = TAKEAWAY_RATE + extra
    commission = half_up(base, rate)
    contract = half_up(base, TAKEAWAY_RATE)
    for row in np.flatnonzero(extra):
        store, day, oid = (int(away[name][int(row)]) for name in ("store", "day", "oid"))
        effect = int(contract[row] - commission[row])
        ledger.add(Entry("D12", store, day, effect, "platform", oid, "commission above the contract rate"))
    distance = np.array((300, 350, 415, 480, 560), dtype=np.int64)[between(rng, 0, 5, size)]
    kept = np.where(cancelled, 0, 1)
    at = away["at"].to_numpy()
    return pl.DataFrame(
        {
            "rid": away["oid"],
            "tid": away["tid"].fill_null(-1),
            "store": away["store"],
            "what": pl.Series(np.where(cancelled, CANCELLED, SALE)),
            "bill_day": away["day"],
            "at": away["at"],
            "done_at": at + between(rng, 1500, 3000, size),
            "refund_at": np.full(size, -1, dtype=np.int64),
            "order_no": away.select(takeaway_number("oid")).to_series(),
            "food": (away["list"] - away["pack"]).to_numpy() * kept,
            "pack": away["pack"].to_numpy() * kept,
            "reduction": -away["discount"].to_numpy(),
            "commission": -commission,
            "delivery": -distance * kept,
            "rate": rate,
            "items": away["items"],
            "running": away.select(pl.col("oid").cum_count().over("store", "day").cast(pl.Int64)).to_series(),
        }
    )


def _refunds(sales: pl.DataFrame, tenders: pl.DataFrame) -> pl.DataFrame:
    """Later refunds, billed on their own day: the goods go back, the commission on them too, the delivery fee stays."""
    given = tenders.filter((pl.col("method") == "meituan") & (pl.col("origin") >= 0)).select(
        "oid", refund_tid="tid", refund_day="day", refunded_at="at", back="amount"
    )
    rows = sales.join(given, left_on="rid", right_on="oid", how="inner", maintain_order="left")
    base = pl.col("food") + pl.col("pack") + pl.col("reduction")
    whole = -pl.col("back") == base
    back = half_up(rows["back"].to_numpy(), rows["rate"].to_numpy())
    return rows.select(
        rid=pl.col("rid") + SECOND,
        tid="refund_tid",
        store="store",
        what=pl.lit(REFUND),
        bill_day="refund_day",
        at="at",
        done_at="done_at",
        refund_at="refunded_at",
        order_no="order_no",
        food=pl.when(whole).then(-pl.col("food")).otherwise("back"),
        pack=pl.when(whole).then(-pl.col("pack")).otherwise(0),
        reduction=pl.when(whole).then(-pl.col("reduction")).otherwise(0),
        commission=pl.Series(-back),
        delivery=pl.lit(0, pl.Int64),
        rate="rate",
        items="items",
        running="running",
    )


def _promotion(chain: Chain, rng: np.random.Generator, sales: pl.DataFrame) -> pl.DataFrame:
    """Advertising charged to the bill, about once a week per store; odd amounts, different for every store of a day."""
    days = sales.filter(pl.col("what") == SALE).select("store", "bill_day").unique().sort("store", "bill_day")
    cells = days.filter((pl.col("bill_day") + pl.col("store") * 2) % 7 == 3)
    size = cells.height
    # The last digits carry the store, so that two stores never show the same charge on one day.
    stores = max(len(chain.stores), 1)
    charge: Ints = (between(rng, 900, 4800, size) // stores) * stores + cells["store"].to_numpy()
    nothing = np.zeros(size, dtype=np.int64)
    return pl.DataFrame(
        {
            "rid": PROMOTION_ROWS + np.arange(size, dtype=np.int64),
            "tid": nothing - 1,
            "store": cells["store"],
            "what": [PROMOTION] * size,
            "bill_day": cells["bill_day"],
            "at": cells["bill_day"].to_numpy() * DAY + 23 * 3600 + 59 * 60,
            "done_at": nothing - 1,
            "refund_at": nothing - 1,
            "order_no": ["-"] * size,
            "food": nothing,
            "pack": nothing,
            "reduction": nothing,
            "commission": nothing,
            "delivery": -charge,
            "rate": nothing,
            "items": nothing,
            "running": nothing,
        },
        schema=sales.schema,
    )
