"""Personal bills (微信支付账单明细) of a WeChat wallet that a small shop takes money with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Final

import polars as pl

from chainbrain.importers.base import Context, Importer, Sheet
from chainbrain.importers.harvest import Harvest
from chainbrain.importers.tables.layout import Layout
from chainbrain.importers.tables.table import Cells
from chainbrain.importers.wallets import personal_bill as bill
from chainbrain.importers.wallets import states
from chainbrain.importers.wallets.bill_preamble import preamble_of

_COLUMNS: Final = (
    "交易时间", "交易类型", "交易对方", "商品", "收/支", "金额(元)", "支付方式", "当前状态", "交易单号", "商户单号",
    "备注",
)  # fmt: skip

# Moves that are neither income nor spending, by 交易类型: what they are and whether money comes (+) or goes (-).
_NEUTRAL: Final = (
    (r"退款|退回", "spending_refund", 1),
    (r"^零钱提现|^零钱通提现", "withdrawal", -1),
    (r"^零钱通转出-到零钱", "internal", 1),
    (r"^零钱通转出", "withdrawal", -1),
    (r"^转入零钱通-来自零钱", "internal", -1),
    (r"^转入零钱通|充值|赎回|取出", "top_up", 1),
    (r"信用卡还款|购买|还款|存入|转出", "transfer", -1),
)
_BY_CARD: Final = {"transfer": "purchase", "spending_refund": "purchase_refund"}


class WechatPersonal(Importer):
    """Amounts are positive, 收/支 says the direction; neutral rows have theirs from the kind of move."""

    format = "wechat-personal"
    layouts: ClassVar[tuple[Layout, ...]] = (
        Layout(
            None,
            ("交易时间", "交易类型", "收/支", "金额(元)", "支付方式", "当前状态", "交易单号"),
            _COLUMNS,
            dialect=bill.DIALECT,
        ),
    )

    def read(self, sheets: Sequence[Sheet], context: Context) -> Harvest:
        """One wallet line per row; what guests paid is a payment too.

        What came back of a purchase has a row of its own (…-退款), so the 已退款(￥x) in 当前状态 of the purchase is no
        amount: it would count the same money twice.
        """
        cells = Cells(sheets[0].table, _COLUMNS)
        preamble = preamble_of(sheets[0].table)
        side = bill.side_of(cells, "收/支")
        printed = cells.yuan("金额(元)", required=True)
        what = cells.text("交易类型", required=True)
        status = cells.text("当前状态")
        states.check(cells, "当前状态", side == "in", printed)
        moves = _moves(what, side, cells.text("支付方式"), status)
        cells.fault("交易类型", "direction", moves["kind"].is_null() & what.is_not_null())
        fee = bill.stated_fee(cells.text("备注"))
        amount = printed * moves["sign"]
        # What is drawn arrives without the fee; both left the wallet.
        drawn = (moves["kind"] == "withdrawal").fill_null(value=False) & fee.is_not_null()
        lines = bill.Lines(
            "wechat",
            cells.identifier("交易单号", required=True),
            cells.moments("交易时间", required=True),
            moves["kind"],
            what,
            (amount + fee.fill_null(0)).zip_with(drawn, amount),
            cells.identifier("商户单号"),
            status,
            fee.zip_with(drawn, cells.nothing(fee.dtype)),
        )
        harvest = Harvest()
        bill.stage(harvest, cells, bill.owner(preamble, "wechat"), lines)
        bill.control(harvest, cells, preamble, side, printed)
        bill.vouch(harvest, "wechat", preamble)
        return harvest


def _moves(what: pl.Series, side: pl.Series, method: pl.Series, status: pl.Series) -> pl.DataFrame:
    """Kind and sign of every row; null where a neutral row's direction is not known."""
    text, paid_by = pl.col("what"), pl.col("method")
    balance = paid_by.str.contains(bill.BALANCE).fill_null(value=False)
    neutral, sign = pl.lit(None, pl.String), pl.lit(None, pl.Int64)
    for pattern, kind, direction in reversed(_NEUTRAL):
        # What a bank card paid for went past the wallet's balance.
        meant = pl.when(balance).then(pl.lit(kind)).otherwise(pl.lit(_BY_CARD.get(kind, kind)))
        neutral = pl.when(text.str.contains(pattern)).then(meant).otherwise(neutral)
        sign = pl.when(text.str.contains(pattern)).then(pl.lit(direction, pl.Int64)).otherwise(sign)
    back = pl.when(balance).then(pl.lit("spending_refund")).otherwise(pl.lit("purchase_refund"))
    income = (
        pl.when(text.str.contains("退款|退回|^商户消费"))
        .then(back)
        .when(text.str.contains("^(?:二维码收款|转账|微信红包|群收款|赞赏|.*收款)"))
        .then(pl.lit("payment"))
        .otherwise(pl.lit("other"))
    )
    outgo = (
        pl.when(text.str.contains("退款|退回"))
        .then(pl.lit("refund"))
        .when(balance & text.str.contains("^(?:转账|微信红包|群收款)"))
        .then(pl.lit("transfer"))
        .when(balance)
        .then(pl.lit("spending"))
        .otherwise(pl.lit("purchase"))
    )
    closed = pl.col("status").str.contains(states.UNPAID).fill_null(value=False)
    signed = pl.when(pl.col("side") == "in").then(1).when(pl.col("side") == "out").then(-1).otherwise(sign)
    frame = pl.DataFrame({"what": what, "side": side, "method": method, "status": status})
    return frame.select(
        kind=pl.when(closed)
        .then(pl.lit("closed"))
        .when(pl.col("side") == "in")
        .then(income)
        .when(pl.col("side") == "out")
        .then(outgo)
        .otherwise(neutral),
        sign=pl.when(closed).then(0).otherwise(signed).cast(pl.Int64),
    )
