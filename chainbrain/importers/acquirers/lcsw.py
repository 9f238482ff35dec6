"""Daily files of 利楚扫呗, an aggregator: by position, in fen, one row per payment or refund."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Final

import polars as pl

from chainbrain.importers.acquirers import acquirer
from chainbrain.importers.base import Context, Importer, Sheet
from chainbrain.importers.harvest import Columns, Harvest
from chainbrain.importers.tables import parse
from chainbrain.importers.tables.layout import Bare, Dialect, Layout
from chainbrain.importers.tables.table import Cells

_COLUMNS: Final = (
    "商户号", "终端号", "交易时间", "退款完成时间", "交易金额", "手续费金额", "退款金额", "结余金额", "支付方式",
    "支付类型", "交易状态", "交易单号", "退款原单号", "终端流水号", "渠道订单号", "交易日期", "用户标识",
    "银行卡类型", "附加数据", "商家优惠金额", "商家实收金额", "用户实付金额", "平台优惠金额", "订单备注",
    "自定义设备编号", "支付银行标识", "门店名称", "通道类型",
)  # fmt: skip
_FEN: Final = r"-?\d{1,12}"
_WAYS: Final = {
    "1": "wechat", "2": "alipay", "3": "card", "4": "cash", "11": "unionpay", "16": "other",
}  # fmt: skip
# 1 is in the example of the issuer's documentation; the others are the states of its payment interface.
_DONE, _UNDONE = ("1", "5"), ("2", "3", "4", "6")


class LcswFiles(Importer):
    """The payment or refund of each row; what is left of it (结余金额) proves amount, fee and refund.

    Columns, units and codes are the issuer's own documentation (help.lcsw.cn), and its example row is read as it says:
    so the format counts as confirmed.
    """

    format = "lcsw"
    layouts: ClassVar[tuple[Layout, ...]] = (
        Layout(
            None, ("终端流水号", "商户号", "终端号", "交易时间", "交易金额", "手续费金额", "结余金额", "交易单号"),
            _COLUMNS,
            dialect=Dialect(quoted=False),
            bare=Bare(
                {
                    "商户号": r"[0-9A-Za-z]{6,20}", "交易时间": r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d",
                    "交易金额": _FEN, "手续费金额": _FEN, "退款金额": rf"({_FEN})?", "结余金额": _FEN,
                    "支付方式": r"\d{1,3}", "交易状态": r"\d{1,2}", "交易单号": r"[0-9A-Za-z]{6,64}",
                    "交易日期": r"\d{4}-\d\d-\d\d",
                },
                spare=10,
            ),
        ),
    )  # fmt: skip

    def read(self, sheets: Sequence[Sheet], context: Context) -> Harvest:
        """One payment per row; a sale that tells its own refund is two records."""
        cells = Cells(sheets[0].table, _COLUMNS)
        own, original = cells.identifier("交易单号", required=True), cells.identifier("退款原单号")
        state = cells.text("交易状态", required=True)
        cells.fault("交易状态", "word", ~state.is_in([*_DONE, *_UNDONE]))
        back = original.is_not_null() | (state == "5").fill_null(value=False)
        price, refunded = cells.fen("交易金额", required=True), cells.fen("退款金额", empty_is_zero=True).abs()
        # A refund without an amount of its own gives back what stands as its price.
        refunded = refunded.zip_with(~back | (refunded != 0), price.abs())
        fee = cells.fen("手续费金额", empty_is_zero=True)
        left = cells.fen("结余金额", required=True)
        way = cells.words("支付方式", _WAYS, required=True)
        # Cash is only noted down: the aggregator moves none of it.
        idle = state.is_in(_UNDONE) | (way == "cash").fill_null(value=False)
        took = _took(cells, price, refunded + fee, left)
        # The row of a refund may hold the price of its sale, or leave it out; it takes in nothing.
        adds_up = (took - refunded - fee == left) | (back & (-refunded - fee == left))
        cells.fault("结余金额", "parts_differ", ~idle & ~adds_up)
        # A sale whose refund has no row of its own: both are in the one row.
        told = ~back & (refunded != 0) & ~own.is_in(original.drop_nulls().implode())
        given = cells.moments("退款完成时间")
        paid = cells.moments("交易时间", required=True)
        order = cells.identifier("终端流水号")
        common: Columns = {
            "channel": "lcsw",
            "merchant_no": cells.text("商户号", required=True),
            "terminal_no": cells.text("终端号"),
            "store_hint": acquirer.first_of(cells.text("自定义设备编号"), cells.text("门店名称")),
            "merchant_order_no": order,
            "channel_order_no": cells.identifier("渠道订单号"),
            "paid_with": way,
            "status_text": state,
            "cancelled": idle,
            "payer_hash": parse.salted(cells.text("用户标识"), context.salt),
        }
        nothing = cells.nothing(pl.String)
        harvest = Harvest()
        frame = harvest.take(
            "payments",
            cells,
            {
                **common,
                **acquirer.numbers(own, original, back),
                "merchant_refund_no": order.zip_with(back, nothing),
                "occurred_at": given.zip_with(back & given.is_not_null(), paid),
                "kind": acquirer.kinds(back),
                "amount": (-refunded).zip_with(back, took),
                "fee": fee,
            },
        )
        if told.any():
            harvest.add(
                "payments",
                cells,
                {
                    **common, "external_id": own, "occurred_at": acquirer.first_of(given, paid), "kind": "refund",
                    "amount": -refunded, "fee": pl.repeat(0, cells.height, dtype=pl.Int64, eager=True),
                },
                keep=told,
            )  # fmt: skip
        harvest.span(frame["occurred_at"])
        harvest.cover_span("wallet", "lcsw", acquirer.owner(harvest, frame["merchant_no"]))
        return harvest


def _took(cells: Cells, price: pl.Series, spent: pl.Series, left: pl.Series) -> pl.Series:
    """What the shop took: the price, or what is left of it after the shop's own discount, as 结余金额 says."""
    received = cells.fen("商家实收金额")
    discounted = (received - spent == left) & (price - spent != left)
    return received.zip_with(discounted.fill_null(value=False), price)
