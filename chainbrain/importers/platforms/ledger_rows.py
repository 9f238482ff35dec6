"""Ledgers that are the only thing a platform gives: every row is a movement, and orders are read out of them.

The same rows say what moved (wallet lines) and what each order took (payments). An order's payment is the sum of its
income rows; its fee is the sum of its charges in this file, so that both sides of the ledger leg come to one figure.
Charges whose order brought nothing in this file are adjustments: no payment can account for them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from chainbrain.importers.harvest import Harvest
from chainbrain.importers.plan import ControlTotal
from chainbrain.importers.platforms import platform_rows as rows_of
from chainbrain.importers.tables import parse
from chainbrain.importers.tables.table import Cells

_CHARGE: Final = r"服务费|佣金|手续费|扣点|技术费|渠道分成|推广费"
# The first pattern that fits the words of a row says what it is.
WORDS: Final = (
    ("fee_return", rf"(?:退|返).*(?:{_CHARGE})|(?:{_CHARGE}).*(?:退|返)"),
    ("fee", _CHARGE),
    ("withdrawal", r"提现"),
    ("top_up", r"充值"),
    ("adjustment", r"赔|补偿|罚|违规|调账|扣款|保证金|运费险|保险|保费|奖励|激励"),
    ("refund", r"退款|退货|售后"),
    ("split", r"分账|分润"),
    ("transfer", r"转账|划转|互转|转入|转出"),
    ("payment", r"收入|货款|订单|交易|结算|销售|支付|入账|收款"),
)


@dataclass(frozen=True)
class Unknown:
    """How many movements of a file have words that say nothing we know."""

    rows: int

    def joined(self, later: Unknown) -> Unknown:
        """Those of both pieces."""
        return Unknown(self.rows + later.rows)

    def totals(self) -> list[ControlTotal]:
        """None: nothing is stated."""
        return []

    def facts(self) -> dict[str, str]:
        """Their number, where there are any."""
        return {"unknown_words": str(self.rows)} if self.rows else {}


@dataclass(frozen=True)
class Movements:
    """The rows of a ledger, column by column.

    Attributes:
        channel: whose ledger it is.
        merchant_no: whose money, where the rows say it.
        number: the platform's own number of the movement.
        order: the order it belongs to.
        refund: the number of the refund.
        at: when it moved.
        kind: what it is, one of ``WORDS`` or ``other``.
        kind_text: the same in the platform's words.
        amount: signed.
        balance: what was left, where it is printed.
        reference: another number of the movement.
        drawn: the number of a withdrawal.
        charged: what was kept back inside the row itself; positive when charged.
        parent: the order as a whole, where ``order`` is a part of it.
    """

    channel: str
    order: pl.Series
    at: pl.Series
    kind: pl.Series
    kind_text: pl.Series
    amount: pl.Series
    number: pl.Series | None = None
    merchant_no: pl.Series | None = None
    refund: pl.Series | None = None
    balance: pl.Series | None = None
    reference: pl.Series | None = None
    drawn: pl.Series | None = None
    charged: pl.Series | None = None
    parent: pl.Series | None = None


def kinds_of(texts: Sequence[pl.Series]) -> pl.Series:
    """What rows are, by the words of these columns together; only the distinct words are looked at.

    The columns must be those that name the type of a movement: what people write beside it proves nothing.
    """
    joined = pl.select(pl.concat_str(*texts, separator=" ", ignore_nulls=True)).to_series()
    found = {
        text: next((kind for kind, pattern in WORDS if re.search(pattern, text)), "other")
        for text in joined.drop_nulls().unique()
    }
    return parse.translated(joined, found, "other")


def check_signs(cells: Cells, column: str, kind: pl.Series, amount: pl.Series) -> None:
    """A refund that comes in and a sale that goes out are faults: the word or the amount is not what it seems."""
    cells.fault(column, "sign_contradicts", (kind == "refund") & (amount > 0) | (kind == "payment") & (amount < 0))


def stage(harvest: Harvest, cells: Cells, moves: Movements) -> pl.DataFrame:
    """Wallet lines of all rows, payments of the orders among them; returns the wallet lines.

    Movements whose words are not known are lines without a meaning; they are counted, so that somebody looks.
    """
    harvest.tallies.append(Unknown(int(((moves.kind == "other") & cells.sound()).sum())))
    frame = _frame(cells, moves)
    orders = pl.concat([_sales(frame), _refunds(frame)])
    attached = frame.join(_charges(frame, orders), on="row", how="left", maintain_order="left")
    known = frame["order"].is_not_null()
    kind = pl.Series(
        attached.select(
            pl.when(pl.col("kind").is_in(("fee", "fee_return")) & pl.col("business").is_null() & ~pl.col("doubtful"))
            .then(pl.lit("adjustment"))
            .when(pl.col("kind").is_in(("payment", "refund")) & pl.col("order").is_null())
            .then(pl.lit("other"))
            .otherwise("kind")
            .alias("kind")
        ).to_series()
    )
    drawn = moves.drawn if moves.drawn is not None else cells.nothing(pl.String)
    business = rows_of.first_known(
        attached["business"], frame["refund"].zip_with(frame["kind"] == "refund", frame["order"]), frame["order"], drawn
    )
    lines = harvest.take(
        "wallet_lines",
        cells,
        {
            "channel": moves.channel,
            "merchant_no": moves.merchant_no,
            "external_id": moves.number,
            "business_id": business,
            "occurred_at": moves.at,
            "kind": kind,
            "kind_text": moves.kind_text,
            "amount": moves.amount,
            "balance": moves.balance,
            "reference": moves.reference,
        },
    )
    whole = frame.select("row").join(orders, on="row", how="left", maintain_order="left")
    harvest.add(
        "payments",
        cells,
        {
            "channel": moves.channel,
            "merchant_no": moves.merchant_no,
            "external_id": frame["order"],
            "merchant_order_no": moves.parent,
            "refund_id": frame["refund"].zip_with(whole["kind"] == "refund", cells.nothing(pl.String)),
            "occurred_at": moves.at,
            "kind": whole["kind"],
            "amount": whole["amount"] + whole["charged"],
            "fee": (whole["charged"] + whole["fee"]).cast(pl.Decimal(18, 5)),
            "status_text": moves.kind_text,
            "cancelled": False,
            # Refunds without a number of their own are told apart by their moment.
            "apart": moves.at.cast(pl.String).zip_with(
                rows_of.is_true((whole["kind"] == "refund") & frame["refund"].is_null()), cells.nothing(pl.String)
            ),
        },
        keep=known & whole["kind"].is_not_null(),
    )
    return lines


def cover(harvest: Harvest, channel: str, accounts: Sequence[str | None]) -> None:
    """The file has all movements of its days: it vouches for the ledger and for the orders."""
    harvest.cover_span("wallet", channel, accounts)
    harvest.cover_span("ledger", channel, accounts)


def _frame(cells: Cells, moves: Movements) -> pl.DataFrame:
    """The rows with what orders are made of; ``doubtful`` where another row of the same order could not be read."""
    money = pl.Decimal(18, 2)
    nothing = pl.repeat(0, cells.height, dtype=money, eager=True)
    rows = pl.DataFrame(
        {
            "row": pl.int_range(cells.height, eager=True),
            "order": moves.order,
            "refund": moves.refund if moves.refund is not None else cells.nothing(pl.String),
            "kind": moves.kind,
            "amount": moves.amount,
            "charged": moves.charged if moves.charged is not None else nothing,
            "sound": cells.sound(),
        }
    )
    spoilt = (~pl.col("sound")).any().over("order") & pl.col("order").is_not_null()
    # A line that could not be cut still shows whose it was.
    torn = " ".join(problem.value for problem in cells.table.misshapen)
    named = [order for order in rows["order"].drop_nulls().unique() if order in torn] if torn else []
    return rows.with_columns((spoilt | ~pl.col("sound") | pl.col("order").is_in(named)).alias("doubtful"))


def _sales(frame: pl.DataFrame) -> pl.DataFrame:
    """One row per order with income: its first row, what came in, what its charges took."""
    usable = frame.filter(~pl.col("doubtful") & pl.col("order").is_not_null())
    charges = usable.filter(pl.col("kind") == "fee").group_by("order").agg((-pl.col("amount")).sum().alias("fee"))
    sales = usable.filter(pl.col("kind") == "payment").group_by("order", maintain_order=True).agg(_SUMS)
    joined = sales.join(charges, on="order", how="left").with_columns(pl.lit("payment").alias("kind"))
    return _orders(joined)


def _refunds(frame: pl.DataFrame) -> pl.DataFrame:
    """One row per refund: rows with one number belong together, rows without stand for themselves."""
    usable = frame.filter(~pl.col("doubtful") & pl.col("order").is_not_null())
    key = pl.coalesce("refund", pl.concat_str(pl.lit("\x1f"), "row")).alias("key")
    given = usable.filter(pl.col("kind") == "refund").with_columns(key)
    refunds = given.group_by("order", "key", maintain_order=True).agg(_SUMS)
    back = usable.filter(pl.col("kind") == "fee_return").select("row", "order", "refund", "amount")
    back = _of_refund(back, refunds).group_by("first").agg((-pl.col("amount")).sum().alias("fee"))
    joined = refunds.join(back, left_on="row", right_on="first", how="left")
    return _orders(joined.with_columns(pl.lit("refund").alias("kind")))


def _of_refund(back: pl.DataFrame, refunds: pl.DataFrame) -> pl.DataFrame:
    """Fees given back beside the first row of their refund: by its number, else the order's first refund."""
    named = refunds.select("order", pl.col("key").alias("refund"), pl.col("row").alias("by_number"))
    earliest = refunds.group_by("order").agg(pl.col("row").min().alias("by_order"))
    joined = back.join(named, on=["order", "refund"], how="left").join(earliest, on="order", how="left")
    return joined.with_columns(pl.coalesce("by_number", "by_order").alias("first")).drop_nulls("first")


def _charges(frame: pl.DataFrame, orders: pl.DataFrame) -> pl.DataFrame:
    """Charges that belong to a record of this file, and the number that names it in the ledger."""
    usable = frame.filter(~pl.col("doubtful") & pl.col("order").is_not_null())
    places = frame.select("row", "order", "refund").join(orders.select("row", "kind"), on="row")
    sales = places.filter(pl.col("kind") == "payment").select("order")
    fees = (
        usable.filter(pl.col("kind") == "fee").join(sales, on="order").select("row", pl.col("order").alias("business"))
    )
    key = pl.coalesce("refund", pl.concat_str(pl.lit("\x1f"), "row")).alias("key")
    refunds = places.filter(pl.col("kind") == "refund").with_columns(key)
    back = usable.filter(pl.col("kind") == "fee_return").select("row", "order", "refund", "amount")
    named = refunds.select(pl.col("row").alias("first"), pl.coalesce("refund", "order").alias("business"))
    returned = _of_refund(back, refunds).join(named, on="first").select("row", "business")
    return pl.concat([fees, returned])


_SUMS: Final = (pl.col("row").first(), pl.col("amount").sum(), pl.col("charged").sum())


def _orders(frame: pl.DataFrame) -> pl.DataFrame:
    money = pl.Decimal(18, 2)
    return frame.select("row", "kind", pl.col("amount", "charged").cast(money), pl.col("fee").cast(money).fill_null(0))
