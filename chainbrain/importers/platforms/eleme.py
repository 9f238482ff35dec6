"""Bills of Eleme, now Taobao Shangou: order rows that name their payout, older workbooks, daily bills of 2019."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import ClassVar, Final

import polars as pl

from chainbrain.errors import FileRefused
from chainbrain.importers.base import Context, Importer, Sheet
from chainbrain.importers.harvest import Harvest
from chainbrain.importers.platforms import eleme_retail
from chainbrain.importers.platforms import platform_rows as rows_of
from chainbrain.importers.platforms.eleme_layouts import LAYOUTS
from chainbrain.importers.tables.layout import Layout
from chainbrain.importers.tables.table import Cells

_CHANNEL: Final = "eleme"
_FIRST_CELLS: Final = ("结算日期", "账户ID", "结算入账ID", "门店ID", "门店名称", "账单日期", "商户名称", "订单序号")
_GOODS: Final = ("商品金额", "打包费")
_SUBSIDIES: Final = ("商家活动补贴", "商家代金券补贴", "商家智能补贴", "商家配送费活动补贴", "商家配送费券补贴")
# What else may stand between an order's base and what is settled; each has its sign in the file.
_RARER: Final = (
    "增值服务费（店铺推广）", "平台服务费返还", "平台扶持优惠（其他）", "履约-增值服务费", "增值-慢必赔服务费",
    "增值-弱驻店服务费", "增值相关", "募捐金额", "商家呼单配送费", "商家呼单调度费", "骑手小费", "商家应收配送费",
    "爆单红包增量出资", "先享后付服务费",
)  # fmt: skip
_TAKEAWAY: Final = "外卖"


class ElemeBills(Importer):
    """Σ 结算金额 of an account and a 结算日期 is one deposit; fees and the merchant's subsidies are negative.

    The order lists (订单导出, and that of 饿百) say what guests ordered, not what is settled: a cancelled order has its
    商户应收金额 too. Beside the bill they would count every order twice, and they name the platform's store, not the
    chain's, so they cannot stand for the till either: recognised and refused, with the name of the right export.
    """

    format = "eleme-taobao-shangou"
    layouts: ClassVar[tuple[Layout, ...]] = LAYOUTS

    def read(self, sheets: Sequence[Sheet], context: Context) -> Harvest:
        """Payments from order rows; settlement rows from the summary, or else from what the order rows say."""
        roles = {sheet.layout.role for sheet in sheets}
        if roles == {"ordered"}:
            raise FileRefused("import.orders_only", export="财务 → 账单下载")
        main = next(sheet for sheet in sheets if sheet.layout.role != "ordered")
        if "summary" in roles:
            main = next(sheet for sheet in sheets if sheet.layout.role == "summary")
        harvest = Harvest(layout=main.layout.id)
        detailed = "wide" in roles
        bills = [_summary(harvest, sheet, detailed) for sheet in sheets if sheet.layout.role == "summary"]
        known = pl.concat(bills) if bills else None
        dues = [_orders(harvest, sheet, known) for sheet in sheets if sheet.layout.role == "wide"]
        for sheet in sheets:
            if sheet.layout.role == "days":
                _days(harvest, sheet)
            elif sheet.layout.role == "retail":
                eleme_retail.read(harvest, sheet, _CHANNEL)
        if known is not None and dues:
            # Bills of other kinds than takeaway have their rows in sheets whose columns are not known.
            rows_of.check_bills(harvest, "结算金额", known.filter("takeaway"), pl.concat(dues))
        return harvest


def _cells(sheet: Sheet) -> tuple[Cells, pl.DataFrame]:
    table, totals = rows_of.without_totals(sheet.table, _FIRST_CELLS)
    return Cells(table, tuple(sheet.layout.spellings)), totals


def _summary(harvest: Harvest, sheet: Sheet, detailed: bool) -> pl.DataFrame:
    """The bills of store and day; of kinds other than takeaway (insurance, compensation) it is all that is known."""
    cells, totals = _cells(sheet)
    store, day = cells.identifier("门店ID", required=True), cells.days("账单日期", required=True)
    account, amount = cells.identifier("结算入账ID", required=True), cells.yuan("结算金额", required=True)
    pays_on, kind = cells.days("结算日期"), cells.text("账单类型")
    made = harvest.take(
        "settlement_rows",
        cells,
        {
            "channel": _CHANNEL,
            "merchant_no": store,
            "external_id": account,
            "payout_account": account,
            "bill_day": day,
            "amount": amount,
            "pays_on": pays_on,
            "status_text": kind,
        },
    )
    rows_of.check_total(harvest, totals, "结算金额", amount)
    takeaway = kind.is_null() | rows_of.says(kind, _TAKEAWAY)
    if detailed:
        harvest.add(
            "payments",
            cells,
            {
                "channel": _CHANNEL,
                "merchant_no": store,
                "store_hint": cells.text("门店名称"),
                "occurred_at": rows_of.midnight(day),
                "kind": "adjustment",
                "amount": amount,
                "fee": Decimal(0),
                "status_text": kind,
                "cancelled": False,
                "settlement_ref": account,
                "payout_account": account,
                "bill_day": day,
            },
            keep=~takeaway & rows_of.is_true(amount != 0),
        )
    harvest.span(made["bill_day"])
    harvest.cover_days("platform", _CHANNEL, made["merchant_no"], made["bill_day"])
    return pl.DataFrame({"store": store, "day": day, "account": account, "amount": amount, "takeaway": takeaway})


def _orders(harvest: Harvest, sheet: Sheet, bills: pl.DataFrame | None) -> pl.DataFrame:
    cells, totals = _cells(sheet)
    store, day = cells.identifier("门店ID", required=True), cells.days("账单日期", required=True)
    due, kind_text = cells.yuan("结算金额", required=True), cells.text("订单类型", required=True)
    number = cells.identifier("订单编号", required=True)
    account, pays_on = cells.identifier("账户ID"), cells.days("结算日期")
    words = pl.select(pl.concat_str(kind_text, cells.text("订单子类型"), ignore_nulls=True)).to_series()
    goods, base = rows_of.added(cells, _GOODS), rows_of.added(cells, (*_GOODS, *_SUBSIDIES))
    back = rows_of.says(words, rows_of.GIVEN_BACK)
    cancelled = rows_of.says(words, "取消") & rows_of.is_true(due == 0)
    other = ~back & ~cancelled & (rows_of.says(kind_text, rows_of.NOT_A_SALE) | rows_of.is_true(goods == 0))
    # A refund row may repeat the order's prices without a sign: what the merchant gives back is negative.
    base = base.zip_with(~rows_of.is_true(back & (base > 0) & (due < 0)), -base)
    amount = base.zip_with(~other & ~(back & rows_of.is_true(goods == 0)), due)
    created, done = cells.moments("订单创建时间"), cells.moments("订单完成时间")
    _identities(harvest, cells, ~back & ~other & ~cancelled, base, due)
    bill = rows_of.midnight(day)
    frame = harvest.take(
        "payments",
        cells,
        {
            "channel": _CHANNEL,
            "merchant_no": store,
            "store_hint": cells.text("门店名称"),
            "external_id": number,
            "merchant_order_no": cells.text("接单序号"),
            "occurred_at": bill.zip_with(back, rows_of.first_known(created, done, bill)),
            "kind": rows_of.kinds(back, other),
            "amount": amount,
            "order_amount": cells.yuan("商品金额"),
            "fee": (amount - due).cast(pl.Decimal(18, 5)),
            "commission": -cells.yuan("技术服务费"),
            "status_text": kind_text,
            "cancelled": cancelled,
            "settlement_ref": _account_of(store, day, account, bills),
            "payout_account": account,
            "bill_day": day,
        },
    )
    rows_of.check_total(harvest, totals, "结算金额", due)
    harvest.span(frame["bill_day"])
    if bills is None:
        payout: dict[str, pl.Series | str] = {
            "channel": _CHANNEL, "merchant_no": store, "external_id": account, "payout_account": account,
            "bill_day": day, "pays_on": pays_on,
        }  # fmt: skip
        record = (number, rows_of.kinds(back, other), kind_text, amount)
        rows_of.derive_payouts(harvest, cells, payout, record, due)
    return pl.DataFrame({"store": store, "day": day, "amount": due})


def _account_of(store: pl.Series, day: pl.Series, account: pl.Series, bills: pl.DataFrame | None) -> pl.Series:
    """The number that a row's bill is known by: the account; in a workbook with bills, the one the bill prints."""
    if bills is None:
        return account
    single = (
        bills.filter("takeaway")
        .group_by("store", "day")
        .agg(pl.col("account").first(), pl.col("account").n_unique().alias("accounts"))
        .filter(pl.col("accounts") == 1)
    )
    rows = pl.DataFrame({"store": store, "day": day})
    found = rows.join(single, on=["store", "day"], how="left", maintain_order="left")["account"]
    return rows_of.first_known(found, account)


def _identities(harvest: Harvest, cells: Cells, sale: pl.Series, base: pl.Series, due: pl.Series) -> None:
    """Sales add up by themselves: base and service fee are what is settled, and the service fee is its two parts."""
    if not cells.table.has("平台服务费"):
        return
    fee = cells.yuan("平台服务费", empty_is_zero=True)
    gap = due - base - fee
    rows_of.check_identity(harvest, cells, "结算金额", due, gap=gap, bad=sale & rows_of.unexplained(gap, cells, _RARER))
    if cells.table.has("技术服务费", "配送服务费"):
        parts = fee - rows_of.added(cells, ("技术服务费", "配送服务费"))
        bad = sale & rows_of.unexplained(parts, cells, _RARER)
        rows_of.check_identity(harvest, cells, "平台服务费", fee, gap=parts, bad=bad)


def _days(harvest: Harvest, sheet: Sheet) -> None:
    """Bills of 2019: one row per store and day; when they are paid is not said."""
    cells, totals = _cells(sheet)
    store, day = cells.identifier("商户ID", required=True), cells.days("账单日期", required=True)
    amount = cells.yuan("结算金额(元)", required=True)
    made = harvest.take(
        "settlement_rows",
        cells,
        {"channel": _CHANNEL, "merchant_no": store, "bill_day": day, "amount": amount},
    )
    rows_of.check_total(harvest, totals, "结算金额(元)", amount)
    harvest.span(made["bill_day"])
    harvest.cover_days("platform", _CHANNEL, made["merchant_no"], made["bill_day"])
