"""The retail workbook (饿了么零售, 翱翔): an order has as many rows as it was corrected; they are added."""

from __future__ import annotations

from typing import Final

import polars as pl

from chainbrain.importers.base import Sheet
from chainbrain.importers.harvest import Harvest
from chainbrain.importers.platforms import platform_rows as rows_of
from chainbrain.importers.tables.table import Cells

_FIRST_CELLS: Final = ("门店ID", "门店名称", "账单日期", "订单号", "订单类型")


def read(harvest: Harvest, sheet: Sheet, channel: str) -> None:
    """One payment per order and bill day; refunds (退单) are records of their own, corrections (冲减) are added.

    Rows with 订单应收 0 have only 结算金额: compensation and the like. A store without a printed 门店ID is its name.
    """
    table, totals = rows_of.without_totals(sheet.table, _FIRST_CELLS)
    cells = Cells(table, tuple(sheet.layout.spellings))
    store = cells.identifier("门店ID" if table.has("门店ID") else "门店名称", required=True)
    day, number = cells.days("账单日期", required=True), cells.identifier("订单号", required=True)
    due, kind_text = cells.yuan("结算金额", required=True), cells.text("订单类型", required=True)
    receivable = cells.yuan("订单应收", empty_is_zero=True)
    turnover = cells.yuan("净营业额合计", empty_is_zero=True) if table.has("净营业额合计") else receivable
    charges = cells.yuan("服务费用合计", empty_is_zero=True)
    account = rows_of.first_known(cells.identifier("账户ID"), cells.identifier("结算入账ID"))
    pays_on = cells.days("结算日期")
    created, done = cells.moments("订单创建时间"), cells.moments("订单完成时间")
    returned = rows_of.says(kind_text, r"退单|退款|退货|部分退")
    other = ~returned & rows_of.is_true(receivable == 0)
    what = kind_text.zip_with(other, cells.nothing(pl.String))
    keys = (store, number, day, returned, other, account, pays_on, what)
    first, groups = rows_of.whole_orders(cells, "订单号", keys)
    settled, base = rows_of.over(groups, due), rows_of.over(groups, turnover)
    back = returned | (~other & rows_of.is_true(base < 0))
    amount = base.zip_with(~other, settled)
    if table.has("净营业额合计", "服务费用合计"):
        gap = due - turnover - charges
        rows_of.check_identity(harvest, cells, "结算金额", due, gap=gap, bad=~other & (gap != 0))
    size = rows_of.size_of(groups)
    bill = rows_of.midnight(day)
    harvest.take(
        "payments",
        cells,
        {
            "channel": channel,
            "merchant_no": store,
            "external_id": number,
            "occurred_at": bill.zip_with(back, rows_of.first_known(created, done, bill)),
            "kind": rows_of.kinds(back, other),
            "amount": amount,
            "order_amount": rows_of.over(groups, receivable),
            "fee": (amount - settled).cast(pl.Decimal(18, 5)),
            "status_text": kind_text,
            "cancelled": False,
            "settlement_ref": account,
            "payout_account": account,
            "bill_day": day,
            "rows": size,
        },
        keep=first,
    )
    rows_of.check_total(harvest, totals, "结算金额", due)
    harvest.span(day.filter(cells.sound()))
    payout: dict[str, pl.Series | str] = {
        "channel": channel, "merchant_no": store, "external_id": account, "payout_account": account,
        "bill_day": day, "pays_on": pays_on,
    }  # fmt: skip
    record = (number, rows_of.kinds(back, other), kind_text, amount)
    rows_of.derive_payouts(harvest, cells, payout, record, settled, folded=(first, size))
