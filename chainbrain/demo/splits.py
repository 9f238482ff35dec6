"""What the franchise stores' own WeChat numbers split off to the brand, order by order."""

from __future__ import annotations

from typing import Final

import polars as pl

from chainbrain.demo.differences import Marks
from chainbrain.demo.draws import between, stream
from chainbrain.demo.injected import Ledger
from chainbrain.demo.orders import DAY
from chainbrain.demo.split_mistakes import mistake
from chainbrain.demo.stores import WECHAT, Chain
from chainbrain.demo.wallets import settlement_days

RATE: Final = 100
"""The share of every order for advertising, in ten-thousandths of what is left after refunds."""


def execute(chain: Chain, payments: pl.DataFrame, marks: Marks, ledger: Ledger) -> pl.DataFrame:
    """One row per part that was split off or came back within the window.

    Columns: ``sid``, ``pid`` (the sale or refund it follows), ``merchant`` (whose money is split), ``receiver`` (its
    number), ``to`` (index of the receiving merchant number, -1 for a stranger), ``at``, ``amount`` (negative comes
    back), ``order_amount``, ``wallet_no``, ``settle`` (day index of the withdrawal that it changes).
    """
    brand = chain.stores[0].wechat
    splitting = sorted({shop.wechat for shop in chain.stores if shop.independent})
    wechat = payments.filter((pl.col("channel") == WECHAT) & pl.col("merchant").is_in(splitting))
    sales = _shared(chain, wechat)
    out = sales.filter(pl.col("due") > 0).select(
        "merchant", "wallet_no", pid="pid", at="split_at", amount="due", order_amount="amount"
    )
    back = sales.filter(pl.col("due") > pl.col("left")).select(
        "merchant", "wallet_no", pid="refund_pid", at=pl.col("refund_at") - 15, amount=pl.col("left") - pl.col("due"),
        order_amount="amount",
    )  # fmt: skip
    agreed = pl.concat([out, back]).with_columns(
        receiver=pl.lit(chain.merchants[brand].number), to=pl.lit(brand, pl.Int64)
    )
    settles = dict(enumerate(settlement_days(chain, 1).tolist()))
    return (
        mistake(chain, sales, agreed, marks, ledger)
        .filter(pl.col("at") < chain.days * DAY)
        .sort("merchant", "at", "pid", "receiver", "amount")
        .with_row_index("sid")
        .with_columns(
            pl.col("sid").cast(pl.Int64),
            settle=(pl.col("at") // DAY).replace_strict(settles, return_dtype=pl.Int64),
        )
    )


def _shared(chain: Chain, wechat: pl.DataFrame) -> pl.DataFrame:
    """The sales with their refund, what of them is ``due``, what of that is ``left`` after the refund, and when."""
    sold = wechat.filter(~pl.col("refund"))
    given = wechat.filter("refund").select(
        "wallet_no", given="amount", refund_at="at", refund_pid="pid", refund_tid="tid"
    )
    wait = between(stream(chain.seed, "splits"), 60, 240, sold.height)
    # A refund that comes sooner waits for the split: what is split can only be given back afterwards.
    planned = pl.min_horizontal(pl.col("at") + pl.col("wait"), pl.col("refund_at") - 30)
    return (
        sold.with_columns(wait=pl.Series(wait))
        .join(given, on="wallet_no", how="left", maintain_order="left")
        .with_columns(
            split_at=pl.max_horizontal("at", planned),
            due=pl.col("amount") * RATE // 10_000,
            left=(pl.col("amount") + pl.col("given")) * RATE // 10_000,
        )
    )
