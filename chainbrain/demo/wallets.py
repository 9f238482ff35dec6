"""What WeChat and Alipay booked: payments and refunds with their fees, the running ledger, the withdrawals."""

from __future__ import annotations

import numpy as np
import polars as pl

from chainbrain.demo.differences import SECOND, Marks
from chainbrain.demo.draws import Ints, half_up
from chainbrain.demo.orders import DAY
from chainbrain.demo.stores import WECHAT, Chain
from chainbrain.demo.workdays import workday_after

TRADE, FEE, REFUND, FEE_BACK, WITHDRAWAL = "trade", "fee", "refund", "fee_back", "withdrawal"
SPLIT, SPLIT_BACK = "split", "split_back"
_WITHDRAWN_AT = 8 * 3600 + 45 * 60


def payments(chain: Chain, tenders: pl.DataFrame, marks: Marks) -> pl.DataFrame:
    """One row per wallet payment or refund.

    Columns: ``pid`` (the ``tid``, or that plus SECOND for a second charge), ``tid``, ``channel``, ``merchant``,
    ``terminal``, ``store`` (whose terminal took it), ``at``, ``date`` (calendar day index), ``made_at`` (moment of the
    sale), ``refund``, ``amount``, ``fee``, ``rate``, ``wallet_no``, ``merchant_ref``, ``settle`` (day index of the
    withdrawal), ``guest``.
    """
    present = tenders.with_columns(
        amount=pl.Series(marks.wallet_amount),
        at=pl.Series(marks.wallet_at),
        store=pl.Series(marks.wallet_store),
        extra_rate=pl.Series(marks.extra_rate),
        twice=pl.Series(marks.twice),
        present=pl.Series(marks.in_wallet),
        pid=pl.col("tid"),
        made_at=pl.Series(
            np.where(tenders["origin"].to_numpy() < 0, marks.wallet_at, _of_origin(tenders, marks.wallet_at))
        ),
    ).filter("present")
    again = present.filter("twice").with_columns(
        pid=pl.col("tid") + SECOND,
        at=pl.col("at") + 30,
        made_at=pl.col("at") + 30,
        # The second charge is a payment of its own to the channel; only the till's number is the same.
        wallet_no=pl.when(pl.col("method") == WECHAT)
        .then(pl.concat_str(pl.lit("42000031"), pl.col("wallet_no").str.slice(8)))
        .otherwise(pl.concat_str(pl.col("wallet_no").str.head(8), pl.lit("22002"), pl.col("wallet_no").str.slice(13))),
    )
    rows = pl.concat([present, again])
    store, wechat = rows["store"].to_numpy(), (rows["method"] == WECHAT).to_numpy()
    merchant = np.where(
        wechat, np.array([s.wechat for s in chain.stores])[store], np.array([s.alipay for s in chain.stores])[store]
    ).astype(np.int64)
    terminal = np.where(
        wechat,
        np.array([s.wechat_terminal for s in chain.stores])[store],
        np.array([s.alipay_terminal for s in chain.stores])[store],
    )
    contract = np.array([m.rate for m in chain.merchants], dtype=np.int64)[merchant]
    rate: Ints = contract + rows["extra_rate"].to_numpy()
    date = rows["at"].to_numpy() // DAY
    return rows.select(
        "pid",
        "tid",
        channel="method",
        merchant=pl.Series(merchant),
        terminal=pl.Series(terminal, dtype=pl.String),
        store="store",
        at="at",
        date=pl.Series(date),
        made_at="made_at",
        refund=pl.col("origin") >= 0,
        amount="amount",
        fee=pl.Series(half_up(rows["amount"].to_numpy(), rate)),
        rate=pl.Series(rate),
        wallet_no="wallet_no",
        merchant_ref="merchant_ref",
        settle=pl.Series(settlement_days(chain, 1)[date]),
        # Guests come back: some four hundred known faces per store and channel, and everybody else.
        guest=(pl.col("oid") * 48_271 + pl.col("store") * 7_919) % (400 + (pl.col("oid") % 5) * 12_000),
    ).sort("merchant", "at", "pid")


def _of_origin(tenders: pl.DataFrame, at: Ints) -> Ints:
    """The moment of the sale that each refund gives back."""
    found: Ints = at[np.maximum(tenders["origin"].to_numpy(), 0)]
    return found


def settlement_days(chain: Chain, working_days: int) -> Ints:
    """Per calendar day index (one beyond the window included) the day index on which its money is paid out."""
    return np.array(
        [(workday_after(chain.day(d), working_days) - chain.start).days for d in range(chain.days + 1)], dtype=np.int64
    )


def withdrawals(chain: Chain, rows: pl.DataFrame, splits: pl.DataFrame) -> pl.DataFrame:
    """The automatic withdrawals: each working day the whole balance of the midnight before leaves for the bank.

    What was split off leaves the one balance for the other.

    Columns: ``wid``, ``merchant``, ``date``, ``at``, ``amount`` (leaving, positive), ``number``.
    """
    opening_day = (workday_after(chain.day(-1), 1) - chain.start).days
    opening = pl.DataFrame(
        {
            "merchant": [m.index for m in chain.merchants],
            "settle": [opening_day] * len(chain.merchants),
            "net": [m.opening for m in chain.merchants],
        }
    )
    net = rows.select("merchant", "settle", net=pl.col("amount") - pl.col("fee"))
    given = splits.select("merchant", "settle", net=-pl.col("amount"))
    got = splits.filter(pl.col("to") >= 0).select("settle", merchant="to", net="amount").select(given.columns)
    due = (
        pl.concat([opening, net, given, got])
        .group_by("merchant", "settle")
        .agg(amount=pl.col("net").sum())
        .filter((pl.col("settle") < chain.days) & (pl.col("amount") > 0))
        .sort("merchant", "settle")
        .with_row_index("wid")
    )
    dates = pl.DataFrame({"settle": range(chain.days), "text": [f"{chain.day(d):%Y%m%d}" for d in range(chain.days)]})
    return due.join(dates, on="settle", how="left", maintain_order="left").select(
        pl.col("wid").cast(pl.Int64),
        "merchant",
        date="settle",
        at=pl.col("settle") * DAY + _WITHDRAWN_AT + pl.col("merchant") * 7 % 60,
        amount="amount",
        number=pl.concat_str(pl.lit("6008"), "text", (pl.col("wid") * 73_681 + 10_007).cast(pl.String).str.zfill(10)),
    )


def ledger(chain: Chain, rows: pl.DataFrame, drawn: pl.DataFrame, splits: pl.DataFrame) -> pl.DataFrame:
    """The wallet ledger of every merchant number in booking order with its running balance.

    Columns: ``lid``, ``merchant``, ``at``, ``what``, ``amount`` (signed), ``balance``, ``business_no``, ``voucher``,
    ``pid`` and ``wid`` (-1 where not), ``refund_no``.
    """
    refund = pl.col("refund")
    numbered = rows.with_columns(
        business_no=pl.when(refund & (pl.col("channel") == WECHAT)).then(refund_id()).otherwise("wallet_no"),
        voucher=pl.when(refund & (pl.col("channel") == WECHAT)).then(merchant_refund_no()).otherwise("merchant_ref"),
        wid=pl.lit(-1, pl.Int64),
    )
    keys = ("merchant", "at", "business_no", "voucher", "pid", "wid")
    gross = numbered.select(
        *keys, what=pl.when(refund).then(pl.lit(REFUND)).otherwise(pl.lit(TRADE)), amount="amount", step=pl.lit(0)
    )
    fees = numbered.filter(pl.col("fee") != 0).select(
        *keys, what=pl.when(refund).then(pl.lit(FEE_BACK)).otherwise(pl.lit(FEE)), amount=-pl.col("fee"), step=pl.lit(1)
    )
    out = drawn.select(
        "merchant",
        "at",
        business_no="number",
        voucher="number",
        pid=pl.lit(-1, pl.Int64),
        wid="wid",
        what=pl.lit(WITHDRAWAL),
        amount=-pl.col("amount"),
        step=pl.lit(2),
    )
    moved = splits.select(
        "merchant",
        "to",
        "at",
        business_no=split_no(),
        voucher=merchant_split_no(),
        pid=pl.lit(-1, pl.Int64),
        wid=pl.lit(-1, pl.Int64),
        what=pl.when(pl.col("amount") < 0).then(pl.lit(SPLIT_BACK)).otherwise(pl.lit(SPLIT)),
        amount=-pl.col("amount"),
        step=pl.lit(3),
    )
    given = moved.drop("to")
    got = moved.filter(pl.col("to") >= 0).with_columns(merchant="to", amount=-pl.col("amount")).drop("to")
    openings = pl.DataFrame(
        {"merchant": [m.index for m in chain.merchants], "opening": [m.opening for m in chain.merchants]}
    )
    return (
        pl.concat([gross, fees, out, given, got])
        .sort("merchant", "at", "pid", "step", "business_no")
        .join(openings, on="merchant", how="left", maintain_order="left")
        .with_columns(balance=pl.col("opening") + pl.col("amount").cum_sum().over("merchant"))
        .drop("opening", "step")
        .with_row_index("lid")
        .with_columns(pl.col("lid").cast(pl.Int64))
    )


def refund_id() -> pl.Expr:
    """微信退款单号 of a refund row."""
    return pl.concat_str(
        pl.lit("50301"), pl.col("wallet_no").str.slice(8, 10), (pl.col("tid") * 7_919 + 10**12).cast(pl.String)
    )


def merchant_refund_no() -> pl.Expr:
    """商户退款单号 (Alipay: 退款请求号) of a refund row: the till's number with a suffix."""
    return pl.concat_str("merchant_ref", pl.lit("R1"))


def split_no() -> pl.Expr:
    """分账明细单号 of a split line."""
    return pl.concat_str(pl.lit("36011"), (pl.col("sid") * 7_919 + 1_000_004_700_031).cast(pl.String))


def merchant_split_no() -> pl.Expr:
    """商户分账单号 of a split line: the number the store's system gave it."""
    return pl.concat_str(pl.lit("FZ"), (pl.col("sid") + 10**9).cast(pl.String))
