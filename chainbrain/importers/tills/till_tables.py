"""订单明细, 支付明细, 订单商品明细 of any till, with the columns we ask for: orders, tenders, products of an order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Final

import polars as pl

from chainbrain.importers import words
from chainbrain.importers.base import Context, Importer, Sheet
from chainbrain.importers.harvest import Harvest
from chainbrain.importers.platforms import platform_rows as rows_of
from chainbrain.importers.tables.layout import Layout
from chainbrain.importers.tables.table import Cells
from chainbrain.importers.tills.table_by_hand import without_totals

_TOP_UP: Final = r"(?i)充值|^储值$|^stored|top.?up"
_NOT_OURS: Final = ("机构编码", "支付宝交易号", "微信订单号", "结算id", "菜品编码", "品项名称", "结算金额")


class Orders(Importer):
    """订单明细: what guests ordered and had to pay."""

    format = "chainbrain-orders"
    streams = True
    layouts: ClassVar[tuple[Layout, ...]] = (
        Layout(
            None,
            ("订单号", "门店编号", "营业日期", "实收金额"),
            ("下单时间", "订单渠道", "应收金额", "优惠金额", "订单状态"),
            forbidden=(*_NOT_OURS, "科目"),
        ),
    )

    def read(self, sheets: Sequence[Sheet], context: Context) -> Harvest:
        """One order per row; the days that occur are complete for their stores."""
        harvest = Harvest()
        for sheet in sheets:
            cells = without_totals(sheet)
            frame = harvest.take(
                "orders",
                cells,
                {
                    "store_code": cells.text("门店编号", required=True),
                    "order_no": cells.identifier("订单号", required=True),
                    "channel": order_channels(cells.text("订单渠道")),
                    "ordered_at": cells.moments("下单时间"),
                    "business_day": cells.days("营业日期", required=True),
                    "list_amount": list_amounts(cells, "应收金额", "优惠金额"),
                    "amount": cells.yuan("实收金额", required=True),
                    "status": order_states(cells, "订单状态"),
                    "status_text": cells.text("订单状态"),
                },
            )
            harvest.span(frame["business_day"])
            harvest.cover_days("till", None, frame["store_code"], frame["business_day"])
        return harvest


class Tenders(Importer):
    """支付明细: what was paid with what; a refund is a row of its own."""

    format = "chainbrain-tenders"
    streams = True
    layouts: ClassVar[tuple[Layout, ...]] = (
        Layout(
            None,
            ("订单号", "门店编号", "支付方式", "支付金额"),
            ("支付时间", "是否退款", "商户号", "流水号"),
            forbidden=(*_NOT_OURS, "收/支"),
        ),
    )

    def read(self, sheets: Sequence[Sheet], context: Context) -> Harvest:
        """One tender per row."""
        harvest = Harvest()
        for sheet in sheets:
            cells = without_totals(sheet)
            amount = cells.yuan("支付金额", required=True)
            refund = refunds(cells, "是否退款", amount)
            text = cells.text("支付方式", required=True)
            frame = harvest.take(
                "tenders",
                cells,
                {
                    "store_code": cells.text("门店编号", required=True),
                    "order_no": cells.identifier("订单号", required=True),
                    "method": words.methods(text),
                    "method_text": text,
                    "amount": signed(amount, refund),
                    "is_refund": refund,
                    "paid_at": cells.moments("支付时间"),
                    "merchant_no": cells.identifier("商户号"),
                    "reference": cells.identifier("流水号"),
                },
            )
            harvest.span(frame["paid_at"])
        return harvest


class OrderItems(Importer):
    """订单商品明细: what of an order falls on which group of products, after discounts."""

    format = "chainbrain-order-items"
    layouts: ClassVar[tuple[Layout, ...]] = (
        Layout(
            None,
            ("门店编号", "订单号", "商品类别", "金额"),
            ("营业日期", "商品名称", "数量"),
            forbidden=(*_NOT_OURS, "科目", "规则名称", "支付方式", "实收金额", "收/支"),
        ),
    )

    def read(self, sheets: Sequence[Sheet], context: Context) -> Harvest:
        """One record per product of an order, its rows added up; with an unreadable row no share of it is known."""
        harvest = Harvest()
        for sheet in sheets:
            cells = without_totals(sheet)
            store, order = cells.text("门店编号", required=True), cells.identifier("订单号", required=True)
            category, item = cells.text("商品类别", required=True), cells.text("商品名称")
            day, quantity = cells.days("营业日期"), cells.yuan("数量", 3)
            amount = cells.yuan("金额", required=True)
            # The share of a group would be another one without the row.
            rows_of.whole_orders(cells, "订单号", (store, order))
            groups = pl.DataFrame({"store": store, "order": order, "category": category, "item": item})
            counted = groups.with_columns(quantity.is_not_null().alias("v")).select(
                pl.col("v").all().over(groups.columns)
            )
            frame = harvest.take(
                "order_items",
                cells,
                {
                    "store_code": store,
                    "order_no": order,
                    "business_day": day,
                    "category": category,
                    "item": item,
                    "quantity": rows_of.over(groups, quantity).set(~counted.to_series(), None),
                    "amount": rows_of.over(groups, amount),
                    "rows": rows_of.size_of(groups),
                },
                keep=groups.select(pl.struct(groups.columns).is_first_distinct()).to_series(),
            )
            harvest.span(frame["business_day"])
        return harvest


def order_channels(text: pl.Series) -> pl.Series:
    """Where an order came from; the till's own counter, tables and mini program are ``other``.

    ``stored_value`` is an order that tops a card up, and only what is called so is one: what a member eats, or pays
    for with a card, is a sale.
    """
    found, topped_up = words.methods(text), text.str.contains(_TOP_UP).fill_null(value=False)
    return found.set((found == "stored_value").fill_null(value=False) & ~topped_up, "other").fill_null("other")


def order_states(cells: Cells, name: str) -> pl.Series:
    """The state of each order; a till without the column lists finished orders."""
    return cells.words(name, words.ORDER_STATES).fill_null("completed")


def list_amounts(cells: Cells, listed: str, discount: str) -> pl.Series:
    """The amount before discounts; read, so that a broken discount is noticed, but not computed from it."""
    cells.yuan(discount)
    return cells.yuan(listed)


def refunds(cells: Cells, name: str, amount: pl.Series) -> pl.Series:
    """Whether a tender gives money back: as the column says, or by its sign where it says nothing."""
    said = cells.words(name, words.YES_NO)
    by_sign = (amount < 0).fill_null(value=False)
    return (said == "yes").fill_null(value=False) | (said.is_null() & by_sign)


def signed(amount: pl.Series, refund: pl.Series) -> pl.Series:
    """Refunds are negative, whatever sign the till prints."""
    return amount.zip_with(~(refund & (amount > 0).fill_null(value=False)), -amount)
