"""The owner's purchases on 京东 and 美团: money spent, never money taken, so no row of them is a sale."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import ClassVar, Final

import polars as pl

from chainbrain.importers.base import Context, Importer, Sheet
from chainbrain.importers.harvest import Harvest
from chainbrain.importers.tables import parse
from chainbrain.importers.tables.layout import Layout
from chainbrain.importers.tables.table import Cells
from chainbrain.importers.wallets import personal_bill as bill
from chainbrain.importers.wallets import states
from chainbrain.importers.wallets.bill_preamble import preamble_of

_JD: Final = (
    "交易时间", "商户名称", "交易说明", "金额", "收/付款方式", "交易状态", "收/支", "交易分类", "交易订单号",
    "商家订单号", "备注",
)  # fmt: skip
_MEITUAN: Final = (
    "交易创建时间", "交易成功时间", "交易类型", "订单标题", "收/支", "支付方式", "订单金额", "实付金额", "交易单号",
    "商家单号", "备注",
)  # fmt: skip
# 131.77(已退款89.84), 50.00(已全额退款)
_AMOUNT: Final = r"^([^(（]+)[(（]已(?:全额)?退款.*[)）]$"
_BACK: Final = r"[(（]已退款[:：]?\s*[¥￥]?([\d.,]+)[)）]$"
_NEUTRAL: Final = (
    (r"提现|转出", "internal", -1),
    (r"充值|转入", "internal", 1),
    (r"还款|白条", "internal", -1),
)


class JdPersonal(Importer):
    """An amount may carry what came back of it in brackets; the refunds have rows of their own, which are counted."""

    format = "jd-personal"
    layouts: ClassVar[tuple[Layout, ...]] = (
        Layout(
            None,
            ("交易时间", "商户名称", "交易说明", "金额", "交易状态", "收/支", "交易订单号"),
            _JD,
            dialect=bill.DIALECT,
        ),
    )

    def read(self, sheets: Sequence[Sheet], context: Context) -> Harvest:
        """One wallet line per row. An order with payment later (先享后付) moves money in another row only."""
        cells = Cells(sheets[0].table, _JD)
        preamble = preamble_of(sheets[0].table)
        side = bill.side_of(cells, "收/支")
        text = cells.text("金额", required=True)
        cells.says("amount", "金额", required=True)
        plain = parse.yuan(text.str.extract(_AMOUNT, 1).fill_null(text).str.strip_chars())
        cells.fault("金额", "amount", text.is_not_null() & plain.is_null())
        whole = bill.matches(text, "已全额退款")
        back = parse.yuan(text.str.extract(_BACK, 1)).fill_null(Decimal(0)).zip_with(~whole, plain)
        cells.fault("金额", "amount", bill.matches(text, "已退款") & (back == 0).fill_null(value=True))
        status, method = cells.text("交易状态"), cells.text("收/付款方式")
        states.check(cells, "交易状态", side == "in", plain)
        later = (side == "neutral") & bill.matches(method, "先享后付")
        refund = bill.matches(status, "退款") | bill.matches(cells.text("交易说明"), "^退款-")
        moves = _moves(
            pl.DataFrame({
                "what": cells.text("交易说明"), "side": side, "refund": refund,
                "closed": bill.matches(status, states.UNPAID) | later, "bought": whole,
            })
        )  # fmt: skip
        cells.fault("收/支", "direction", moves["kind"].is_null())
        bill.check_direction(cells, "收/支", side, moves["sign"])
        lines = bill.Lines(
            "jd",
            cells.identifier("交易订单号", required=True),
            cells.moments("交易时间", required=True),
            moves["kind"],
            cells.text("交易分类"),
            plain * moves["sign"],
            cells.identifier("商家订单号"),
            status,
        )
        harvest = Harvest()
        bill.stage(harvest, cells, bill.owner(preamble, "jd"), lines)
        # The bill adds up what was kept: without what came back, and without orders that are paid later.
        counted = (plain - back).zip_with(~later, pl.repeat(Decimal(0), cells.height, dtype=plain.dtype, eager=True))
        bill.control(harvest, cells, preamble, side, counted)
        bill.vouch(harvest, "jd", preamble, takes_money=False)
        return harvest


class MeituanPersonal(Importer):
    """What was paid (实付金额) counts, not the price of the order before vouchers."""

    format = "meituan-personal"
    layouts: ClassVar[tuple[Layout, ...]] = (
        Layout(
            None,
            # Without the moment at which it succeeded nothing says that an order was paid.
            ("交易创建时间", "交易成功时间", "交易类型", "订单标题", "收/支", "实付金额", "交易单号"),
            _MEITUAN,
            dialect=bill.DIALECT,
        ),
    )

    def read(self, sheets: Sequence[Sheet], context: Context) -> Harvest:
        """One wallet line per row; an order that was never paid has no 交易成功时间."""
        cells = Cells(sheets[0].table, _MEITUAN)
        preamble = preamble_of(sheets[0].table)
        side = bill.side_of(cells, "收/支")
        printed = cells.yuan("实付金额", required=True)
        kind_text = cells.text("交易类型", required=True)
        made, done = cells.moments("交易创建时间", required=True), cells.moments("交易成功时间")
        moves = _moves(
            pl.DataFrame({
                "what": kind_text, "side": side, "refund": bill.matches(kind_text, "退款"),
                "closed": cells.text("交易成功时间").is_null(), "bought": bill.matches(kind_text, "支付|消费"),
            })
        )  # fmt: skip
        cells.fault("交易类型", "direction", moves["kind"].is_null() & kind_text.is_not_null())
        bill.check_direction(cells, "收/支", side, moves["sign"])
        lines = bill.Lines(
            "meituan",
            cells.identifier("交易单号", required=True),
            done.fill_null(made),
            moves["kind"],
            kind_text,
            printed * moves["sign"],
            cells.identifier("商家单号"),
            kind_text,
        )
        harvest = Harvest()
        bill.stage(harvest, cells, bill.owner(preamble, "meituan"), lines)
        bill.control(harvest, cells, preamble, side, printed)
        bill.vouch(harvest, "meituan", preamble, takes_money=False)
        return harvest


def _moves(frame: pl.DataFrame) -> pl.DataFrame:
    """Kind and sign of every row; null where a neutral row's direction is not known."""
    kind, sign = pl.lit(None, pl.String), pl.lit(None, pl.Int64)
    for pattern, name, direction in reversed(_NEUTRAL):
        kind = pl.when(pl.col("what").str.contains(pattern)).then(pl.lit(name)).otherwise(kind)
        sign = pl.when(pl.col("what").str.contains(pattern)).then(pl.lit(direction, pl.Int64)).otherwise(sign)
    bought = (pl.col("side") == "out") | pl.col("bought")
    return frame.select(
        kind=pl.when(pl.col("closed"))
        .then(pl.lit("closed"))
        .when(pl.col("refund"))
        .then(pl.lit("purchase_refund"))
        .when(pl.col("side") == "in")
        # Rewards and the like: the owner's, not a guest's, and on the platform, not in a wallet of the shop.
        .then(pl.lit("purchase_refund"))
        .when(bought)
        .then(pl.lit("purchase"))
        .otherwise(kind),
        sign=pl.when(pl.col("closed"))
        .then(0)
        .when(pl.col("refund") | (pl.col("side") == "in"))
        .then(1)
        .when(bought)
        .then(-1)
        .otherwise(sign)
        .cast(pl.Int64),
    )
