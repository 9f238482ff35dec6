"""Bills of ikudot 聚合支付, an aggregator that prints like WeChat Pay under column names of its own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Final

import polars as pl

from chainbrain.importers.acquirers import acquirer
from chainbrain.importers.base import Context, Importer, Sheet
from chainbrain.importers.harvest import Harvest, decimal_sum
from chainbrain.importers.tables.layout import Dialect, Layout
from chainbrain.importers.tables.summary import summary_of
from chainbrain.importers.tables.table import Cells

_COLUMNS: Final = (
    "交易完成时间", "订单号", "业务系统订单号", "支付方式", "渠道商户号", "交易平台单号", "渠道交易单号", "交易状态",
    "付款银行", "货币种类", "订单金额", "手续费", "费率", "应结订单金额", "代金券金额", "退款单号",
    "业务系统退款单号",
)  # fmt: skip
# Columns that such bills may have besides; the list is known in part only.
_MORE: Final = ("退款金额", "申请退款金额")
_STATES: Final = {
    "SUCCESS": "paid", "支付成功": "paid", "成功": "paid", "REFUND": "back", "REVOKED": "back", "转入退款": "back",
    "退款": "back", "退款成功": "back", "NOTPAY": "idle", "CLOSED": "idle", "PAYERROR": "idle", "未支付": "idle",
    "已关闭": "idle", "支付失败": "idle",
}  # fmt: skip


class IkudotBill(Importer):
    """One payment or refund per row; a refund repeats the numbers of its sale beside its own."""

    format = "ikudot"
    confirmed = False
    streams = True
    layouts: ClassVar[tuple[Layout, ...]] = (
        Layout(
            None, ("业务系统订单号", "订单号", "交易完成时间", "渠道商户号", "交易状态", "应结订单金额", "手续费"),
            (*_COLUMNS, *_MORE), any_of=("交易平台单号", "渠道交易单号"), forbidden=("微信订单号",),
            dialect=Dialect(quoted=False, marked=True, ends=("总",)),
        ),
    )  # fmt: skip

    def read(self, sheets: Sequence[Sheet], context: Context) -> Harvest:
        """One payment per row; the summary below, where there is one, is the control total."""
        cells = Cells(sheets[0].table, (*_COLUMNS, *_MORE))
        cells.foreign("货币种类")
        state = cells.words("交易状态", _STATES, required=True)
        back, idle = ((state == code).fill_null(value=False) for code in ("back", "idle"))
        due, price = cells.yuan("应结订单金额", required=True), cells.yuan("订单金额", empty_is_zero=True)
        refunded = cells.yuan("退款金额", empty_is_zero=True)
        # Such bills print 0 for the order's amounts in the row of a refund, when they have a column for refunds.
        returned = refunded.abs().zip_with(refunded != 0, due.abs())
        returned = returned.zip_with((returned != 0).fill_null(value=True), price.abs())
        fee = cells.yuan("手续费", 5, empty_is_zero=True)
        nothing = cells.nothing(pl.String)
        harvest = Harvest()
        frame = harvest.take(
            "payments",
            cells,
            {
                "channel": "ikudot",
                "merchant_no": cells.text("渠道商户号", required=True),
                "external_id": cells.identifier("订单号", required=True),
                "merchant_order_no": cells.identifier("业务系统订单号"),
                "refund_id": cells.identifier("退款单号").zip_with(back, nothing),
                "merchant_refund_no": cells.identifier("业务系统退款单号").zip_with(back, nothing),
                "channel_order_no": acquirer.first_of(
                    cells.identifier("交易平台单号"), cells.identifier("渠道交易单号")
                ),
                "paid_with": acquirer.paid_with(cells.text("支付方式")),
                "occurred_at": cells.moments("交易完成时间", required=True),
                "kind": acquirer.kinds(back),
                "amount": (-returned).zip_with(back, due),
                "order_amount": cells.yuan("订单金额"),
                # A fee that comes back with a refund is negative however the bill prints it.
                "fee": (-fee.abs()).zip_with(back, fee),
                "printed_rate": cells.rates("费率"),
                "status_text": cells.text("交易状态"),
                "cancelled": idle,
            },
        )
        _control(
            harvest,
            cells,
            {"应结订单": due, "退款": returned.zip_with(back, returned * 0), "手续费": fee, "订单": price},
        )
        harvest.span(frame["occurred_at"])
        harvest.cover_span("wallet", "ikudot", acquirer.owner(harvest, frame["merchant_no"]))
        return harvest


def _control(harvest: Harvest, cells: Cells, sums: dict[str, pl.Series]) -> None:
    stated = summary_of(cells.table.tail, "总交易单数")
    harvest.total("总交易单数", stated.get("总交易单数"), cells.height + len(cells.table.misshapen))
    for word, column in sums.items():
        for name in (f"{word}总金额", f"总{word}金额"):
            harvest.total(name, stated.get(name), decimal_sum(column))
