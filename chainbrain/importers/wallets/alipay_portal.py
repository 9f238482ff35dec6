"""Workbooks of Alipay's merchant portal (b.alipay.com): fund flow, orders, and what Taobao settled.

The columns are known from software that reads these files, not from a file, so they are found by name only.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import ClassVar, Final

import polars as pl

from chainbrain.errors import FileRefused
from chainbrain.importers.base import Context, Importer, Sheet
from chainbrain.importers.harvest import Harvest, decimal_sum
from chainbrain.importers.tables import balance, parse
from chainbrain.importers.tables.layout import Layout
from chainbrain.importers.tables.table import Cells, Table
from chainbrain.importers.tills.table_by_hand import TOTAL_WORDS
from chainbrain.importers.wallets import states
from chainbrain.importers.wallets.alipay_ledger import kinds_of
from chainbrain.importers.wallets.alipay_preamble import remarks_of

_FLOW: Final = (
    "序号", "入账时间", "支付宝交易号", "支付宝流水号", "商户订单号", "账务类型", "收入（+元）", "支出（-元）",
    "账户余额（元）", "服务费（元）", "支付渠道", "签约产品", "对方账户", "对方名称", "银行订单号", "商品名称", "备注",
    "业务基础订单号", "业务订单号", "业务账单来源", "业务描述", "付款备注",
)  # fmt: skip
_ORDERS: Final = (
    "商户订单号", "支付宝交易号", "创建时间", "交易状态", "商家实收(元)", "商家实退(元)", "服务费(元)", "退服务费(元)",
    "付款备注",
)  # fmt: skip
_TAOBAO: Final = ("淘宝订单编号", "入账类型", "收入金额（元）", "支出金额", "业务描述", "备注")
_UNPAID: Final = r"等待|待付|关闭|取消|失败"
_CODES: Final = ("TRADE_SUCCESS", "TRADE_FINISHED", "TRADE_CLOSED")
_ONE_DAY: Final = re.compile(r"(20\d{2})[-年/.]?(0[1-9]|1[0-2])[-月/.]?([0-2]\d|3[01])(?!\d)")


class AlipayMerchantPortal(Importer):
    """Three kinds of workbook under one roof."""

    format = "alipay-merchant-portal-xlsx"
    confirmed = False
    layouts: ClassVar[tuple[Layout, ...]] = (
        Layout("fundflow", ("支付宝流水号", "入账时间", "账务类型", "收入（+元）", "支出（-元）"), _FLOW),
        Layout("trade_order", ("支付宝交易号", "创建时间", "交易状态", "商家实收(元)", "商家实退(元)"), _ORDERS),
        Layout(
            "taobao_settlement",
            ("淘宝订单编号", "入账类型", "收入金额（元）", "支出金额"),
            _TAOBAO,
            aliases={"支出金额": ("支出金额（元）",)},
        ),
    )

    def read(self, sheets: Sequence[Sheet], context: Context) -> Harvest:
        """Fund flow and Taobao become wallet lines, orders become payments and refunds."""
        harvest = Harvest(layout=sheets[0].layout.id)
        readers = {"fundflow": _fund_flow, "trade_order": _orders, "taobao_settlement": _taobao}
        for sheet in sheets:
            stated = remarks_of(sheet.table).account
            if stated is None:
                # Files that do not say are taken for one account; the reading says so.
                harvest.facts["account"] = "missing"
            harvest.account_no = stated or "alipay"
            readers[sheet.layout.id or ""](harvest, sheet.table, context)
        return harvest


def _fund_flow(harvest: Harvest, table: Table, context: Context) -> None:
    """One wallet line per row, and one for what was charged with it.

    The charge is inferred to be taken beside the amount. Where the running balance says otherwise (the charge stands
    in rows of its own), the column is only a remark. Without a balance, rows of charges that add up to the column say
    so; where they do not, the rows with a charge are faults.
    """
    table, totals = _without_totals(table, "支付宝流水号", "入账时间")
    cells = Cells(table, _FLOW)
    income = cells.yuan("收入（+元）", empty_is_zero=True)
    outgo = cells.yuan("支出（-元）", empty_is_zero=True).abs()
    charge = cells.yuan("服务费（元）", empty_is_zero=True)
    amount, left = income - outgo, cells.yuan("账户余额（元）")
    what = cells.text("账务类型", required=True)
    kind = kinds_of(what, amount)
    charged = (charge != 0).fill_null(value=False)
    own = kind.is_in(["fee", "fee_return"]).fill_null(value=False)
    beside = balance.breaks(amount - charge, left) < balance.breaks(amount, left)
    if balance.breaks(amount - charge, left) == balance.breaks(amount, left):
        beside = not own.any()
        if own.any() and decimal_sum(amount.filter(own)) != -decimal_sum(charge.filter(~own)):
            cells.fault("服务费（元）", "charge_unproven", charged & ~own)
    number = cells.identifier("支付宝流水号", required=True)
    line = {
        "channel": "alipay",
        "merchant_no": harvest.account_no,
        "external_id": number,
        "business_id": cells.identifier("支付宝交易号"),
        "occurred_at": cells.moments("入账时间", required=True),
        "kind_text": what,
        "reference": cells.identifier("商户订单号"),
    }
    columns = {**line, "kind": kind, "amount": amount, "balance": left}
    frame = harvest.take("wallet_lines", cells, columns)
    if beside and charged.any():
        back = pl.select(pl.when(charge > 0).then(pl.lit("fee")).otherwise(pl.lit("fee_return"))).to_series()
        harvest.add("wallet_lines", cells, {**line, "kind": back, "amount": -charge, "apart": "fee"}, keep=charged)
    moved = amount - charge if beside else amount
    balance.check(harvest, cells, "账户余额（元）", moved, left)
    _control(harvest, totals, {"收入（+元）": income, "支出（-元）": outgo, "服务费（元）": charge})
    harvest.span(frame["occurred_at"])
    harvest.cover_span("ledger", "alipay", [harvest.account_no])


def _orders(harvest: Harvest, table: Table, context: Context) -> None:
    """One payment per order, and one refund on its line when money went back; the refund's own day is not printed."""
    table, totals = _without_totals(table, "支付宝交易号", "创建时间")
    cells = Cells(table, _ORDERS)
    taken = cells.yuan("商家实收(元)", required=True)
    returned = cells.yuan("商家实退(元)", empty_is_zero=True).abs()
    fee = cells.yuan("服务费(元)", 5, empty_is_zero=True).abs()
    fee_back = cells.yuan("退服务费(元)", 5, empty_is_zero=True).abs()
    status = cells.text("交易状态")
    # A trade that is closed was never paid, or paid and given back; its amounts say which.
    known = states.moved(status, income=True) | status.str.contains("关闭") | status.is_in(_CODES)
    nothing = (taken == 0) & (returned == 0)
    cells.fault("交易状态", "missing", status.is_null() & ~nothing)
    cells.fault("交易状态", "state", ~known & ~nothing)
    number = cells.identifier("支付宝交易号", required=True)
    unpaid = nothing & status.str.contains(_UNPAID).fill_null(value=False)
    row = {
        "channel": "alipay",
        "merchant_no": harvest.account_no,
        "external_id": number,
        "merchant_order_no": cells.identifier("商户订单号"),
        "occurred_at": cells.moments("创建时间", required=True),
        "status_text": status,
    }
    frame = harvest.take(
        "payments",
        cells,
        {**row, "kind": "payment", "amount": taken, "order_amount": taken, "fee": fee, "cancelled": unpaid},
    )
    back = ((returned != 0) | (fee_back != 0)).fill_null(value=False)
    if back.any():
        harvest.add(
            "payments",
            cells,
            {**row, "kind": "refund", "amount": -returned, "fee": -fee_back, "cancelled": False},
            keep=back,
        )
    _control(
        harvest,
        totals,
        {"商家实收(元)": taken, "商家实退(元)": returned, "服务费(元)": fee, "退服务费(元)": fee_back},
    )
    harvest.span(frame["occurred_at"])
    harvest.cover_span("wallet", "alipay", [harvest.account_no])


def _taobao(harvest: Harvest, table: Table, context: Context) -> None:
    """What Taobao booked per order. The table has no dates, so the file must be of one day and say which.

    Raises:
        FileRefused: neither the lines above the table nor the file's name hold exactly one day.
    """
    table, totals = _without_totals(table, "淘宝订单编号", "入账类型")
    cells = Cells(table, _TAOBAO)
    income = cells.yuan("收入金额（元）", empty_is_zero=True)
    outgo = cells.yuan("支出金额", empty_is_zero=True).abs()
    day = _day_of(table, context.name)
    what = cells.text("入账类型", required=True)
    order = cells.identifier("淘宝订单编号", required=True)
    amount = income - outgo
    apart = pl.select(pl.concat_str(what, amount, cells.text("业务描述").fill_null(""), separator=" ")).to_series()
    frame = harvest.take(
        "wallet_lines",
        cells,
        {
            "channel": "alipay",
            "merchant_no": harvest.account_no,
            "external_id": order,
            "occurred_at": pl.repeat(day, cells.height, dtype=pl.Date, eager=True),
            "kind": "other",
            "kind_text": what,
            "amount": amount,
            "reference": order,
            "apart": f"taobao {day} " + apart,
        },
    )
    _control(harvest, totals, {"收入金额（元）": income, "支出金额": outgo})
    harvest.span(frame["occurred_at"])


def _without_totals(table: Table, key: str, other: str) -> tuple[Table, pl.DataFrame]:
    """The rows and the total row at the end, which has 合计 somewhere or neither of the two that every row has."""
    names = [name for name in table.frame.columns if not name.startswith("__")]
    word = pl.any_horizontal(pl.col(name).str.strip_chars().is_in(TOTAL_WORDS[:4]) for name in names)
    keyless = parse.clean(pl.col(key)).is_null()
    bare = parse.clean(pl.col(other)).is_null() & (pl.int_range(pl.len()) == pl.len() - 1)
    return table.split_off(keyless & (word | bare))


def _control(harvest: Harvest, totals: pl.DataFrame, columns: dict[str, pl.Series]) -> None:
    for name, column in columns.items():
        if totals.height and name in totals.columns:
            stated = parse.yuan(totals.select(parse.clean(pl.col(name))).to_series(), 5)[-1]
            if stated is not None:
                harvest.total(f"合计 {name}", abs(Decimal(stated)), abs(decimal_sum(column)))


def _day_of(table: Table, name: str) -> date:
    above = " ".join(cell for row in table.preamble for cell in row)
    for text in (above, name):
        days = {"-".join(found) for found in _ONE_DAY.findall(text)}
        if len(days) == 1:
            try:
                return date.fromisoformat(days.pop())
            except ValueError:
                continue
    raise FileRefused("import.day_unstated")
