"""Movements of Douyin shops (抖店 动账明细), and those of Kuaishou shops, whose export begins alike."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Final

import polars as pl

from chainbrain.importers.base import Context, Importer, Sheet
from chainbrain.importers.harvest import Harvest
from chainbrain.importers.platforms import ledger_rows
from chainbrain.importers.platforms import platform_rows as rows_of
from chainbrain.importers.tables.layout import Layout
from chainbrain.importers.tables.table import Cells

_COLUMNS: Final = (
    "动账时间", "动帐流水号", "动账方向", "动账金额", "动账账户", "动账场景", "计费类型", "子订单号", "订单号",
    "售后编号", "下单时间", "商品ID", "订单类型", "订单实付应结", "运费实付", "实际平台补贴_运费", "实际平台补贴",
    "以旧换新抵扣", "政府补贴平台垫资", "实际达人补贴", "实际抖音支付补贴", "实际抖音月付营销补贴", "银行补贴",
    "订单退款", "平台服务费", "佣金", "服务商佣金", "渠道分成", "招商服务费", "站外推广费", "其他分成", "是否免佣",
    "免佣金额", "备注", "商品名称", "达人ID", "达人名称", "其他平台补贴", "商户主体名称",
)  # fmt: skip
_KUAISHOU: Final = ("订单号", "动账时间", "动帐流水号", "动账方向", "动账金额", "动账场景")
_INCOME: Final = (
    "订单实付应结", "运费实付", "实际平台补贴_运费", "实际平台补贴", "以旧换新抵扣", "政府补贴平台垫资", "实际达人补贴",
    "实际抖音支付补贴", "实际抖音月付营销补贴", "银行补贴", "其他平台补贴",
)  # fmt: skip
_CHARGES: Final = ("平台服务费", "佣金", "服务商佣金", "渠道分成", "招商服务费", "站外推广费", "其他分成")


class DouyinShop(Importer):
    """A row is what moved, after charges; the columns behind it explain it.

    Where they do so to the cent (income less charges less 订单退款 is the amount), the payment is what the order
    brought and its fee the charges; where they do not, the payment is what moved and no fee is claimed. A part of an
    order (子订单号) is settled by itself and is a payment of its own.
    """

    format = "douyin-shop"
    confirmed = False
    layouts: ClassVar[tuple[Layout, ...]] = (
        Layout(
            None,
            ("动帐流水号", "动账时间", "动账方向", "动账金额", "动账场景", "订单号"),
            _COLUMNS,
            any_of=("订单实付应结", "子订单号", "计费类型"),
        ),
        Layout(
            "kuaishou",
            _KUAISHOU,
            forbidden=("订单实付应结", "子订单号", "计费类型", "动账账户"),
            role="kuaishou",
        ),
    )

    def read(self, sheets: Sequence[Sheet], context: Context) -> Harvest:
        """Wallet lines and payments; the file does not name its shop by a number."""
        layout = sheets[0].layout
        harvest = Harvest(layout=layout.id)
        for sheet in sheets:
            _movements(harvest, sheet)
        ledger_rows.cover(harvest, _channel(layout), [None])
        return harvest


def _channel(layout: Layout) -> str:
    return "other" if layout.role == "kuaishou" else "douyin"


def _movements(harvest: Harvest, sheet: Sheet) -> None:
    table, totals = rows_of.without_totals(sheet.table, ("动账时间", "动帐流水号", "订单号"))
    cells = Cells(table, tuple(sheet.layout.spellings))
    direction = cells.words("动账方向", {"入账": "in", "出账": "out"}, required=True)
    amount, plain = rows_of.directed(cells, "动账金额", direction == "in")
    scene, order = cells.text("动账场景"), cells.identifier("订单号")
    text = rows_of.first_known(scene, cells.text("计费类型"))
    kind = _kinds(ledger_rows.kinds_of([text]), cells, direction)
    ledger_rows.check_signs(cells, "动账金额", kind, amount)
    part = rows_of.first_known(cells.identifier("子订单号"), order)
    moves = ledger_rows.Movements(
        channel=_channel(sheet.layout),
        number=cells.identifier("动帐流水号", required=True),
        order=part,
        parent=order,
        refund=cells.identifier("售后编号"),
        at=cells.moments("动账时间", required=True),
        kind=kind,
        kind_text=text,
        amount=amount,
        reference=order,
        charged=_charged(cells, amount, kind),
    )
    lines = ledger_rows.stage(harvest, cells, moves)
    rows_of.check_total(harvest, totals, "动账金额", plain.abs())
    harvest.span(lines["occurred_at"])


def _kinds(kind: pl.Series, cells: Cells, direction: pl.Series) -> pl.Series:
    """What the words say; a row of an order that only returns money is a refund, whatever its scene is called."""
    returned = cells.yuan("订单退款", empty_is_zero=True) != 0
    nothing_sold = cells.yuan("订单实付应结", empty_is_zero=True) == 0
    refund = (kind == "payment") & rows_of.is_true(direction == "out") & returned & nothing_sold
    return pl.select(pl.when(refund).then(pl.lit("refund")).otherwise(kind)).to_series()


def _charged(cells: Cells, amount: pl.Series, kind: pl.Series) -> pl.Series:
    """What the row kept back, where income, charges and refund are the amount; the sign of the columns varies."""
    charges = rows_of.added(cells, _CHARGES)
    income = rows_of.added(cells, _INCOME)
    returned = cells.yuan("订单退款", empty_is_zero=True).abs()
    nothing = pl.repeat(0, cells.height, dtype=charges.dtype, eager=True)
    size = charges.abs()
    sale = rows_of.is_true((kind == "payment") & (income - size - returned == amount))
    # A refund gives its charges back: what moves is less than what the guest gets.
    refund = rows_of.is_true((kind == "refund") & (size - returned - income.abs() == amount) & (income == 0))
    return size.zip_with(sale, (-size).zip_with(refund, nothing))
