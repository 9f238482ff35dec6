"""JD marketplace (京东 POP): settlement lists with a row per charge, and the wallet workbook with its fund flow."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Final

import polars as pl

from chainbrain.importers.base import Context, Importer, Sheet
from chainbrain.importers.harvest import Harvest
from chainbrain.importers.platforms import jd_costs, ledger_rows
from chainbrain.importers.platforms import platform_rows as rows_of
from chainbrain.importers.tables import balance
from chainbrain.importers.tables.layout import Layout
from chainbrain.importers.tables.table import Cells

_CHANNEL: Final = "jd"
_ITEMS: Final = (
    "订单编号", "单据编号", "单据类型", "商品编号", "商户订单号", "商品名称", "结算状态", "费用发生时间",
    "费用计费时间", "费用结算时间", "费用项", "金额", "币种", "商家应收/应付", "钱包结算备注", "店铺号",
    "京东门店编号", "品牌门店编号", "门店名称", "备注", "收支方向", "商品数量", "对账日期",
)  # fmt: skip
_WALLET_ITEMS: Final = (*(name for name in _ITEMS if name not in ("结算状态", "对账日期")), "账单日期")
_FUNDS: Final = (
    "商户号", "账户代码", "账户名称", "日期", "商户订单号", "账户余额(元)", "收入金额(元)", "支出金额(元)", "交易备注",
    "账单日期",
)  # fmt: skip
_NEEDED: Final = ("单据编号", "订单编号", "单据类型", "费用项", "金额", "收支方向")
_GOODS: Final = r"货款|餐盒|包装|补贴|优惠|促销"
_CHARGE: Final = r"佣金|服务费|手续费|扣点"
_NOT_A_SALE: Final = r"赔|保险|推广|广告|罚|违规|补偿|调账|激励|奖励"


class JdPop(Importer):
    """What an order brings is the sum of its signed 金额; the money goes to the wallet, and from there to the bank.

    What 京准通 (advertising) and 菜鸟 (warehouse services) charge is paid from accounts of their own: lines of those
    accounts, beside the receipts.
    """

    format = "jd-pop"
    confirmed = False
    layouts: ClassVar[tuple[Layout, ...]] = (
        Layout(
            "settlement", _NEEDED, _ITEMS, any_of=("对账日期", "结算状态"), forbidden=("账单日期",), role="items"
        ),
        Layout("wallet_settlement", (*_NEEDED, "账单日期"), _WALLET_ITEMS, role="items"),
        Layout(
            "wallet_funds",
            ("账户代码", "商户号", "日期", "收入金额(元)", "支出金额(元)", "交易备注"),
            _FUNDS,
            role="funds",
        ),
        Layout("ads_jingzhuntong", ("投放日期", "流水单号", "账号", "交易类型", "计划ID", "支出"), role="costs"),
        Layout(
            "cainiao_order", ("交易订单号", "支付时间", "费用项", "支付金额", "支付流水号", "运单号"), role="costs"
        ),
        Layout(
            "cainiao_sale",
            ("支出时间", "支付流水号", "支出金额", "费用项"),
            forbidden=("交易订单号", "增值服务单号", "支付金额"),
            role="costs",
        ),
        Layout(
            "cainiao_sku",
            ("增值服务单号", "支付流水号", "支付时间", "支付金额", "关联单据号", "增值服务类型"),
            ("服务商", "提交时间", "状态", "商品编码", "商品名称", "计划操作数量", "实际操作数量"),
            role="costs",
        ),
    )  # fmt: skip

    def read(self, sheets: Sequence[Sheet], context: Context) -> Harvest:
        """Payments from the settlement rows, wallet lines from the fund flow."""
        harvest = Harvest(layout=sheets[0].layout.id)
        numbers = [_items(harvest, sheet) for sheet in sheets if sheet.layout.role == "items"]
        known = pl.concat(numbers) if numbers else None
        for sheet in sheets:
            if sheet.layout.role == "funds":
                _funds(harvest, sheet, known)
            elif sheet.layout.role == "costs":
                jd_costs.read(harvest, sheet)
        return harvest


def _items(harvest: Harvest, sheet: Sheet) -> pl.DataFrame:
    """One payment per order, one refund per document; returns what each 商户订单号 stands for."""
    table, totals = rows_of.without_totals(sheet.table, ("订单编号", "单据编号", "单据类型"))
    cells = Cells(table, (*_ITEMS, "账单日期"))
    number, document = cells.identifier("订单编号"), cells.identifier("单据编号", required=True)
    kind_text, item = cells.text("单据类型", required=True), cells.text("费用项", required=True)
    store = _store(cells)
    incoming = cells.words("收支方向", {"收入": "in", "支出": "out"}, required=True) == "in"
    due, plain = rows_of.directed(cells, "金额", incoming)
    cells.foreign("币种")
    moment = rows_of.first_known(*(cells.moments(name) for name in ("费用发生时间", "费用计费时间", "费用结算时间")))
    cells.fault("费用发生时间", "missing", moment.is_null())
    merchant_order = cells.identifier("商户订单号")
    days = rows_of.first_known(cells.days("对账日期"), cells.days("账单日期"))
    back = rows_of.says(kind_text, rows_of.GIVEN_BACK)
    whose = rows_of.first_known(number, document)
    apart = back | number.is_null() | rows_of.says(kind_text, _NOT_A_SALE)
    paper = document.zip_with(apart, cells.nothing(pl.String))
    first, groups = rows_of.whole_orders(cells, "订单编号", (whose, store, back, apart, paper))
    nothing = pl.repeat(0, cells.height, dtype=due.dtype, eager=True)
    is_goods = rows_of.says(item, _GOODS) & ~rows_of.says(item, _CHARGE)
    goods, settled = rows_of.over(groups, due.zip_with(is_goods, nothing)), rows_of.over(groups, due)
    has_goods = rows_of.over(groups, is_goods.cast(pl.Int64)) > 0
    other = ~back & (apart | ~has_goods)
    amount = goods.zip_with(has_goods & ~other, settled)
    frame = harvest.take(
        "payments",
        cells,
        {
            "channel": _CHANNEL,
            "merchant_no": store,
            "external_id": whose,
            "merchant_order_no": merchant_order,
            "refund_id": document.zip_with(back | other, cells.nothing(pl.String)),
            "occurred_at": moment,
            "kind": rows_of.kinds(back, other),
            "amount": amount,
            "fee": (amount - settled).cast(pl.Decimal(18, 5)),
            "commission": -rows_of.over(groups, due.zip_with(rows_of.says(item, "佣金"), nothing)),
            "status_text": kind_text,
            "cancelled": False,
            "rows": rows_of.size_of(groups),
        },
        keep=first,
    )
    rows_of.check_total(harvest, totals, "金额", plain)
    harvest.span(frame["occurred_at"])
    harvest.span(days.filter(cells.sound()))
    harvest.cover_days("wallet", _CHANNEL, store.filter(cells.sound()), days.filter(cells.sound()))
    names = document.zip_with(back | other, whose)
    return pl.DataFrame({"id": merchant_order, "name": names, "refund": back}).filter(cells.sound())


def _store(cells: Cells) -> pl.Series:
    """The shop's number, or else the store's number with JD, with the brand, or its name."""
    names = ("店铺号", "京东门店编号", "品牌门店编号", "门店名称")
    found = rows_of.first_known(*(cells.identifier(name) for name in names))
    cells.fault("店铺号", "missing", found.is_null())
    return found


def _funds(harvest: Harvest, sheet: Sheet, known: pl.DataFrame | None) -> None:
    """The wallet's movements: what the settlement list says of the order is its payment, so these are lines only."""
    table, _ = rows_of.without_totals(sheet.table, ("商户号", "账户代码", "账户名称", "日期"))
    cells = Cells(table, _FUNDS)
    merchant, account = cells.identifier("商户号", required=True), cells.identifier("账户代码")
    income, outgo = (cells.yuan(name, empty_is_zero=True) for name in ("收入金额(元)", "支出金额(元)"))
    amount = income - outgo.abs()
    left, text = cells.yuan("账户余额(元)"), cells.text("交易备注")
    at = cells.moments("日期", required=True)
    number = cells.identifier("商户订单号")
    kind = ledger_rows.kinds_of([text])
    ledger_rows.check_signs(cells, "交易备注", kind, amount)
    lines = harvest.take(
        "wallet_lines",
        cells,
        {
            "channel": _CHANNEL,
            "merchant_no": merchant,
            "business_id": _named(number, kind, known),
            "occurred_at": at,
            "kind": kind,
            "kind_text": text,
            "amount": amount,
            "balance": left,
            "reference": number,
        },
    )
    whole = pl.select(pl.concat_str(merchant, account.fill_null(""), separator=" ")).to_series()
    balance.check(harvest, cells, "账户余额(元)", amount, left, account=whole)
    harvest.span(lines["occurred_at"])
    harvest.cover_days("ledger", _CHANNEL, lines["merchant_no"], lines["occurred_at"].cast(pl.Date))


def _named(number: pl.Series, kind: pl.Series, known: pl.DataFrame | None) -> pl.Series:
    """The order, or the document of a refund, that the settlement sheet gives for a 商户订单号; else that number."""
    if known is None:
        return number
    single = (
        known.drop_nulls("id")
        .group_by("id", "refund")
        .agg(pl.col("name").first(), pl.col("name").n_unique().alias("names"))
    )
    refund = kind.is_in(("refund", "fee_return"))
    asked = pl.DataFrame({"id": number, "refund": refund})
    found = asked.join(single.filter(pl.col("names") == 1), on=["id", "refund"], how="left", maintain_order="left")
    return rows_of.first_known(found["name"], number)
