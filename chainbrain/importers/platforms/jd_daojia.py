"""Settlement exports of JD's instant retail (京东秒送, 京东到家): a row per product and charge, or a row per order."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import ClassVar, Final

import polars as pl

from chainbrain.errors import FileRefused
from chainbrain.importers.base import Context, Importer, Sheet
from chainbrain.importers.harvest import Harvest, decimal_sum
from chainbrain.importers.platforms import platform_rows as rows_of
from chainbrain.importers.tables import parse
from chainbrain.importers.tables.fold import fold
from chainbrain.importers.tables.layout import Layout
from chainbrain.importers.tables.table import Cells

_CHANNEL: Final = "jd"
_LONG: Final = (
    "到家业务单号", "业务类型", "商家编号", "门店编号", "skuId", "sku名称", "sku数量", "商品售价", "费用类型",
    "结算金额", "京东承担金额", "商家承担金额", "商家承担比例", "优惠ID", "优惠名称", "upc", "下单时间", "完成时间",
    "账期时间", "结算单id", "钱包结算状态", "钱包", "秒送单号", "秒送skuid", "秒送sku名称", "秒送upc",
)  # fmt: skip
_TOTAL_COMMISSION: Final = "总佣金(货款佣金+运费佣金+餐盒费佣金)(可开票)"
_WIDE_BASE: Final = ("订单原价", "包装费", "商家承担货款补贴", "商家承担运费补贴")
_WIDE_CHARGES: Final = ("商家自送配送费", "商家承担小费", "取件服务费(开票)", _TOTAL_COMMISSION)
_WIDE_PARTS: Final = ("平台承担补贴(市场费)", "基础服务费", "阶梯扣点佣金")
_WIDE: Final = (
    "订单号", "订单类型", "应结金额", *_WIDE_BASE, *_WIDE_CHARGES, *_WIDE_PARTS, "开票金额", "商家编号", "门店编号",
    "门店名称", "下单时间", "完成时间", "账期时间", "结算单id",
)  # fmt: skip
# Money for goods and packing, and who bears discounts on them; a commission on goods is none of it.
_GOODS: Final = r"货款|餐盒|包装|补贴|优惠|促销|市场费"
_CHARGE: Final = r"佣金|服务费|手续费"
_BACK: Final = rows_of.GIVEN_BACK
_NOT_A_SALE: Final = r"赔|保险|推广|广告|罚|违规|补偿|调账|激励|奖励"
_TOLERANCE: Final = Decimal("0.02")


class JdDaojia(Importer):
    """What an order brings is the sum of 结算金额 over its rows. The columns were taken from a program, not from files.

    订单查询 is a web page named like a workbook; it says what guests ordered and is none of these.
    """

    format = "jd-daojia"
    confirmed = False
    layouts: ClassVar[tuple[Layout, ...]] = (
        Layout("long_form", ("到家业务单号", "业务类型", "门店编号", "费用类型", "结算金额"), _LONG, role="long"),
        Layout(
            "wide_form",
            ("应结金额", "订单号", "订单类型", *_WIDE_BASE, *_WIDE_CHARGES, *_WIDE_PARTS, "开票金额"),
            _WIDE,
            forbidden=("结算金额", "商家应收款"),
            aliases={"门店编号": ("到家门店编号",)},
            role="wide",
        ),
        Layout("wide_form", ("合计应结金额",), ("合计应结金额",), forbidden=("订单号", "应结金额"), role="total"),
    )

    def read(self, sheets: Sequence[Sheet], context: Context) -> Harvest:
        """One payment per order and kind; a settlement row per 结算单id where the rows name one."""
        harvest = Harvest(layout=sheets[0].layout.id)
        dues = []
        for sheet in sheets:
            if sheet.layout.role == "long":
                _long(harvest, sheet)
            elif sheet.layout.role == "wide":
                dues.append(_wide(harvest, sheet))
        if dues:
            _stated(harvest, sheets, sum((decimal_sum(due) for due in dues), Decimal(0)))
        return harvest


def _long(harvest: Harvest, sheet: Sheet) -> None:
    table, totals = rows_of.without_totals(sheet.table, ("到家业务单号", "业务类型", "商家编号", "门店编号"))
    cells = Cells(table, _LONG)
    number, store = cells.identifier("到家业务单号", required=True), cells.identifier("门店编号", required=True)
    due, charge = cells.yuan("结算金额", required=True), cells.text("费用类型", required=True)
    kind_text, bill = cells.text("业务类型", required=True), cells.identifier("结算单id")
    ordered, done, period = (cells.moments(name) for name in ("下单时间", "完成时间", "账期时间"))
    moment = rows_of.first_known(period, done, ordered)
    cells.fault("完成时间", "missing", moment.is_null())
    delivery = cells.identifier("秒送单号")
    day = moment.cast(pl.Date)
    first, groups = rows_of.whole_orders(cells, "到家业务单号", (number, store, kind_text, bill, day))
    is_goods = rows_of.says(charge, _GOODS) & ~rows_of.says(charge, _CHARGE)
    nothing = pl.repeat(0, cells.height, dtype=due.dtype, eager=True)
    goods, settled = rows_of.over(groups, due.zip_with(is_goods, nothing)), rows_of.over(groups, due)
    has_goods = rows_of.over(groups, is_goods.cast(pl.Int64)) > 0
    back = rows_of.says(kind_text, _BACK)
    other = ~back & (~has_goods | rows_of.says(kind_text, _NOT_A_SALE))
    amount = goods.zip_with(has_goods & ~other, settled)
    commissions = due.zip_with(rows_of.says(charge, "佣金"), nothing)
    size = rows_of.size_of(groups)
    harvest.take(
        "payments",
        cells,
        {
            "channel": _CHANNEL,
            "merchant_no": store,
            "external_id": number,
            "merchant_order_no": delivery,
            "occurred_at": moment.zip_with(back, rows_of.first_known(ordered, moment)),
            "kind": rows_of.kinds(back, other),
            "amount": amount,
            "fee": (amount - settled).cast(pl.Decimal(18, 5)),
            "commission": -rows_of.over(groups, commissions),
            "status_text": kind_text,
            "cancelled": rows_of.says(kind_text, "取消") & (settled == 0),
            "settlement_ref": bill,
            "bill_day": day,
            "rows": size,
        },
        keep=first,
    )
    rows_of.check_total(harvest, totals, "结算金额", due)
    harvest.span(day.filter(cells.sound()))
    payout: dict[str, pl.Series | str] = {
        "channel": _CHANNEL, "merchant_no": store, "external_id": bill, "bill_day": day,
        "status_text": cells.text("钱包结算状态"),
    }  # fmt: skip
    rows_of.derive_payouts(harvest, cells, payout, (number, kind_text, amount), settled, folded=(first, size))


def _wide(harvest: Harvest, sheet: Sheet) -> pl.Series:
    table, totals = rows_of.without_totals(sheet.table, ("订单号", "订单类型", "商家编号", "门店编号"))
    if not table.has("门店编号"):
        raise FileRefused("import.store_column_missing", column="门店编号")
    if not any(table.has(name) for name in ("下单时间", "完成时间", "账期时间")):
        raise FileRefused("import.day_missing", columns="下单时间, 完成时间, 账期时间")
    cells = Cells(table, _WIDE)
    number, store = cells.identifier("订单号", required=True), cells.identifier("门店编号", required=True)
    due, kind_text = cells.yuan("应结金额", required=True), cells.text("订单类型", required=True)
    base, price = rows_of.added(cells, _WIDE_BASE), cells.yuan("订单原价", empty_is_zero=True)
    back = rows_of.says(kind_text, _BACK)
    cancelled = rows_of.says(kind_text, "取消") & rows_of.is_true(due == 0)
    other = ~back & ~cancelled & (rows_of.says(kind_text, _NOT_A_SALE) | rows_of.is_true(price == 0))
    base = base.zip_with(~rows_of.is_true(back & (base > 0) & (due < 0)), -base)
    amount = base.zip_with(~other & ~(back & rows_of.is_true(price == 0)), due)
    ordered, done, period = (cells.moments(name) for name in ("下单时间", "完成时间", "账期时间"))
    settled_at = rows_of.first_known(period, done, ordered)
    cells.fault("完成时间", "missing", settled_at.is_null())
    _adds_up(harvest, cells, ~back & ~other & ~cancelled, due)
    frame = harvest.take(
        "payments",
        cells,
        {
            "channel": _CHANNEL,
            "merchant_no": store,
            "store_hint": cells.text("门店名称"),
            "external_id": number,
            "occurred_at": settled_at.zip_with(back, rows_of.first_known(ordered, settled_at)),
            "kind": rows_of.kinds(back, other),
            "amount": amount,
            "order_amount": price,
            "fee": (amount - due).cast(pl.Decimal(18, 5)),
            "commission": -cells.yuan(_TOTAL_COMMISSION),
            "status_text": kind_text,
            "cancelled": cancelled,
            "settlement_ref": cells.identifier("结算单id"),
            "bill_day": settled_at.cast(pl.Date),
        },
    )
    rows_of.check_total(harvest, totals, "应结金额", due)
    harvest.span(frame["bill_day"])
    harvest.cover_days("platform", _CHANNEL, frame["merchant_no"], frame["bill_day"])
    return due


def _adds_up(harvest: Harvest, cells: Cells, sale: pl.Series, due: pl.Series) -> None:
    """The money columns are the 应结金额 within two fen; only a table without columns we do not know can be held to it.

    基础服务费 and 阶梯扣点佣金 may be parts of the total commission, and the platform's subsidy may be told only for
    information, so that the sum counts with or without them.
    """
    if {fold(name) for name in cells.table.header} - {fold(name) for name in (*_WIDE, "")}:
        return
    total = rows_of.added(cells, (*_WIDE_BASE, *_WIDE_CHARGES))
    parts = [cells.yuan(name, empty_is_zero=True) for name in _WIDE_PARTS]
    fits = pl.repeat(False, cells.height, dtype=pl.Boolean, eager=True)
    for subsidy in (0, 1):
        for services in (0, 1):
            tried = total + parts[0] * subsidy + (parts[1] + parts[2]) * services
            fits = fits | rows_of.is_true((due - tried).abs() <= _TOLERANCE)
    gap = due - total
    rows_of.check_identity(harvest, cells, "应结金额", due, gap=gap, bad=sale & ~fits)


def _stated(harvest: Harvest, sheets: Sequence[Sheet], summed: Decimal) -> None:
    """The total on a sheet of its own: below its name, or beside it."""
    for sheet in sheets:
        if sheet.layout.role == "total":
            name = sheet.layout.required[0]
            below = parse.yuan(Cells(sheet.table, (name,)).text(name)).drop_nulls()
            beside = [figure for cell in sheet.table.header if (figure := parse.figure(cell.strip())) is not None]
            found = [*beside, *below]
            harvest.total(name, found[0] if found else None, summed)
