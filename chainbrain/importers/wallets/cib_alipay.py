"""Alipay bills that a bank (兴业银行 and others) passes on to its merchants: nets, backticks, a summary."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import ClassVar, Final

import polars as pl

from chainbrain.importers.acquirers import acquirer
from chainbrain.importers.base import Context, Importer, Sheet
from chainbrain.importers.harvest import Harvest, decimal_sum
from chainbrain.importers.tables import parse
from chainbrain.importers.tables.layout import Dialect, Layout
from chainbrain.importers.tables.summary import summary_of
from chainbrain.importers.tables.table import Cells

_NET: Final = "实收净额（元）"
_FEE: Final = "手续费（元）"
_COLUMNS: Final = (
    "商户ID", "支付宝交易号", "商户订单号", "退款批次号", _FEE, "费率", _NET, "交易方式", "备注",
)  # fmt: skip
# The list of columns is known in part only; these are the words of Alipay's own bills.
_MOMENTS: Final = ("交易完成时间", "完成时间", "交易时间", "交易创建时间", "创建时间", "支付时间", "交易日期")
# Alipay's first trades; a number that begins with an earlier day begins with none.
_FIRST_DAY: Final = date(2003, 10, 1)
_MORE: Final = (*_MOMENTS, "门店编号", "门店名称", "终端号", "对方账户")


class CibAlipayAgent(Importer):
    """What was received is the net and the fee together. Known from one program that reads such files."""

    format = "cib-alipay-agent"
    confirmed = False
    layouts: ClassVar[tuple[Layout, ...]] = (
        Layout(
            None, ("商户ID", "支付宝交易号", _NET, _FEE), (*_COLUMNS, *_MORE), forbidden=("业务类型",),
            aliases={_NET: ("实收净额",), _FEE: ("手续费",), "商户ID": ("商户id", "商户号")},
            dialect=Dialect(quoted=False, marked=True, ends=("总交易单数",)),
        ),
    )  # fmt: skip

    def read(self, sheets: Sequence[Sheet], context: Context) -> Harvest:
        """One payment per row; a row with a refund batch is a refund."""
        cells = Cells(sheets[0].table, (*_COLUMNS, *_MORE))
        batch = cells.identifier("退款批次号")
        net = cells.yuan(_NET, required=True)
        batch = batch.zip_with((batch != "0").fill_null(value=False), cells.nothing(pl.String))
        back = batch.is_not_null() | (net < 0).fill_null(value=False)
        fee = cells.yuan(_FEE, 5, empty_is_zero=True).abs()
        # Charged on a sale, given back with a refund.
        fee = acquirer.turned(fee, back)
        net = acquirer.turned(net, back & (net > 0))
        amount = (net + fee).cast(pl.Decimal(18, 5))
        cells.fault(_NET, "parts_differ", amount.cast(pl.Decimal(18, 2)).cast(pl.Decimal(18, 5)) != amount)
        number = cells.identifier("支付宝交易号", required=True)
        harvest = Harvest()
        frame = harvest.take(
            "payments",
            cells,
            {
                "channel": "alipay",
                "merchant_no": cells.text("商户ID", required=True),
                "terminal_no": cells.text("终端号"),
                "store_hint": acquirer.first_of(cells.text("门店编号"), cells.text("门店名称")),
                "external_id": number,
                "merchant_order_no": cells.identifier("商户订单号"),
                "merchant_refund_no": batch,
                "occurred_at": _moments(harvest, cells, number),
                "kind": acquirer.kinds(back),
                "amount": amount.cast(pl.Decimal(18, 2)),
                "fee": fee,
                "printed_rate": cells.rates("费率"),
                "status_text": cells.text("交易方式"),
                "cancelled": False,
                "payer_hash": parse.salted(cells.text("对方账户"), context.salt),
            },
        )
        _control(harvest, cells, back, {"gross": amount, "net": net, "fee": fee})
        # Without times, refunds are dated by their sale: they say nothing about the days that the bill is of.
        dated = frame if "days" not in harvest.facts else frame.filter(pl.col("kind") == "payment")
        harvest.span(dated["occurred_at"])
        harvest.cover_span("wallet", "alipay", acquirer.owner(harvest, frame["merchant_no"]))
        return harvest


def _moments(harvest: Harvest, cells: Cells, number: pl.Series) -> pl.Series:
    """The bill's own time; without such a column the day with which Alipay's trade numbers begin.

    The number of a refund's batch is the merchant's own and need not begin with a day.
    """
    there = [name for name in _MOMENTS if cells.table.has(name)]
    if there:
        return cells.moments(there[0], required=True)
    harvest.facts["days"] = "from_numbers"
    found = parse.days(number.str.slice(0, 8))
    possible = ((found >= _FIRST_DAY) & (found <= date.today())).fill_null(value=False)
    cells.fault("支付宝交易号", "moment", ~possible)
    return found.cast(pl.Datetime("us"))


def _control(harvest: Harvest, cells: Cells, back: pl.Series, money: dict[str, pl.Series]) -> None:
    stated = summary_of(cells.table.tail, "总交易单数")
    sums = {
        (name, word): abs(decimal_sum(column.filter(mine)))
        for name, column in money.items()
        for word, mine in (("sales", ~back), ("refunds", back))
    }
    _either(harvest, "总交易单数", stated, cells.height + len(cells.table.misshapen), int((~back).sum()))
    harvest.total("总退款笔数", stated.get("总退款笔数"), int(back.sum()))
    # The words do not say whether the sums are taken before or after the fees.
    _either(harvest, "总交易实收额", stated, sums["net", "sales"], sums["gross", "sales"])
    _either(harvest, "总退款金额", stated, sums["gross", "refunds"], sums["net", "refunds"])
    harvest.total("交易手续费总金额", stated.get("交易手续费总金额"), sums["fee", "sales"])
    harvest.total("退款手续费总金额", stated.get("退款手续费总金额"), sums["fee", "refunds"])


def _either(
    harvest: Harvest, name: str, stated: dict[str, Decimal | None], likely: Decimal | int, other: Decimal | int
) -> None:
    figure = stated.get(name)
    figure = None if figure is None else abs(figure)
    harvest.total(name, figure, other if figure == other else likely)
