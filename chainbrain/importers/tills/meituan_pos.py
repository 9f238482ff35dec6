"""Store reports (门店报表) of Meituan's till: a workbook whose sheets list orders, tenders and dishes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import ClassVar, Final

import polars as pl

from chainbrain.errors import FileRefused
from chainbrain.importers import words
from chainbrain.importers.base import Context, Importer, Sheet
from chainbrain.importers.harvest import Harvest, decimal_sum
from chainbrain.importers.tables import parse
from chainbrain.importers.tables.layout import Layout
from chainbrain.importers.tables.table import Cells
from chainbrain.importers.tills.table_by_hand import TOTAL_WORDS
from chainbrain.importers.tills.till_tables import order_channels, order_states, refunds, signed

_ORDER_COLUMNS: Final = (
    "门店", "机构编码", "营业日期", "订单号", "经营模式", "订单来源", "用餐方式", "下单时间", "结账时间",
    "退单时间", "取餐号", "桌牌号", "全渠道流水号", "桌台区域", "用餐人数", "订单金额（元）", "顾客应付（元）",
    "支付合计（元）", "订单优惠（元）", "订单收入（元）", "结账方式", "订单状态", "退单标识", "菜品收入（元）",
    "预定用餐时间", "会员", "整单备注",
)  # fmt: skip
_TENDER_COLUMNS: Final = (
    "门店", "机构编码", "订单编号", "支付方式", "支付金额（元）", "支付优惠（元）", "收入（元）", "支付时间",
    "是否退款", "状态", "操作人", "支付商户号", "流水号",
)  # fmt: skip
_DISH_COLUMNS: Final = (
    "门店", "机构编码", "订单编号", "取餐号", "桌牌号", "菜品编码", "菜品名称", "规格", "做法", "加料", "销售数量",
    "单位", "金额合计（元）", "菜品优惠（元）", "菜品收入（元）", "备注",
)  # fmt: skip

_STORE_LINE: Final = re.compile(r"门店(?:名称)?\s*[:：]\s*([^\s,，;；|]+)")
_TENDER_STATES: Final = dict.fromkeys(
    ("支付成功", "成功", "已支付", "已完成", "完成", "正常", "退款成功", "已退款", "退款", "部分退款"), "done"
) | dict.fromkeys(
    ("支付失败", "失败", "已撤销", "撤销", "已取消", "取消", "未支付", "待支付", "支付中", "已关闭", "退款失败"),
    "failed",
)  # fmt: skip
_WHOLLY_BACK: Final = ("是", "已退单", "退单", "整单退", "整单退单", "全单退")


class MeituanPos(Importer):
    """The payment sheet is what joins an order with the wallets: merchant number and 流水号 of every tender."""

    format = "meituan-pos"
    confirmed = False
    layouts: ClassVar[tuple[Layout, ...]] = (
        Layout(
            None,
            ("订单号", "营业日期", "顾客应付（元）", "支付合计（元）", "订单状态"),
            _ORDER_COLUMNS,
            aliases={"订单号": ("订单编号",)},
            role="orders",
        ),
        Layout(
            None,
            ("订单编号", "支付方式", "支付金额（元）", "支付时间", "是否退款"),
            _TENDER_COLUMNS,
            aliases={"订单编号": ("订单号",)},
            forbidden=("支付合计（元）",),
            role="tenders",
        ),
        Layout(None, ("订单编号", "菜品编码", "菜品名称", "销售数量"), _DISH_COLUMNS, role="dishes"),
    )

    def read(self, sheets: Sequence[Sheet], context: Context) -> Harvest:
        """Orders and tenders; dishes are left for the day when recipes are asked for."""
        harvest = Harvest()
        paid: list[Decimal] = []
        tendered: list[tuple[Decimal, Decimal]] = []
        for sheet in sheets:
            if sheet.layout.role == "orders":
                paid.append(_orders(harvest, sheet))
            elif sheet.layout.role == "tenders":
                tendered.append(_tenders(harvest, sheet))
        if not paid and not tendered:
            raise FileRefused("import.only_dishes")
        if paid and tendered:
            stated = sum(paid, Decimal(0))
            ways = [sum(way, Decimal(0)) for way in zip(*tendered, strict=True)]
            harvest.total("支付合计（元）", stated, _agreeing(stated, ways))
        return harvest


def _orders(harvest: Harvest, sheet: Sheet) -> Decimal:
    cells, totals = _split_totals(sheet, "订单号")
    paid = cells.yuan("支付合计（元）", empty_is_zero=True)
    due = cells.yuan("顾客应付（元）", required=True)
    listed = cells.yuan("订单金额（元）")
    frame = harvest.take(
        "orders",
        cells,
        {
            "store_code": _stores(cells, sheet),
            "order_no": cells.identifier("订单号", required=True),
            "channel": order_channels(cells.text("订单来源")),
            "ordered_at": cells.moments("下单时间"),
            "business_day": cells.days("营业日期", required=True),
            "list_amount": listed,
            "amount": due,
            "status": _states(cells),
            "status_text": cells.text("订单状态"),
        },
    )
    _control(harvest, totals, {"订单金额（元）": [listed], "顾客应付（元）": [due], "支付合计（元）": [paid]})
    harvest.span(frame["business_day"])
    harvest.cover_days("till", None, frame["store_code"], frame["business_day"])
    return decimal_sum(paid)


def _tenders(harvest: Harvest, sheet: Sheet) -> tuple[Decimal, Decimal]:
    """Stage the tenders; the sum of the sales among them, and the same without rows that are listed twice."""
    cells, totals = _split_totals(sheet, "订单编号")
    printed = cells.yuan("支付金额（元）", required=True)
    back = refunds(cells, "是否退款", printed)
    failed = (cells.words("状态", _TENDER_STATES) == "failed").fill_null(value=False)
    # A payment that failed at the till moved no money; it is listed, not counted.
    cells.fault("状态", "tender_failed", failed)
    text = cells.text("支付方式", required=True)
    frame = harvest.take(
        "tenders",
        cells,
        {
            "store_code": _stores(cells, sheet),
            "order_no": cells.identifier("订单编号", required=True),
            "method": words.methods(text),
            "method_text": text,
            "amount": signed(printed, back),
            "is_refund": back,
            "paid_at": cells.moments("支付时间"),
            "merchant_no": cells.identifier("支付商户号"),
            "reference": cells.identifier("流水号"),
        },
    )
    _control(harvest, totals, {"支付金额（元）": [printed, printed.filter(~failed)]})
    harvest.span(frame["paid_at"])
    # A till that lists a tender twice has a business error, not a damaged file; 支付合计 counts it once.
    keys = (cells.text("订单编号"), cells.text("支付方式"), cells.text("支付时间"), cells.text("流水号"), printed)
    rows = pl.DataFrame([key.alias(str(number)) for number, key in enumerate(keys)])
    once = rows.select(pl.struct(pl.all()).is_first_distinct()).to_series()
    sales = ~failed & ~back
    return decimal_sum(printed.filter(sales)), decimal_sum(printed.filter(sales & once))


def _split_totals(sheet: Sheet, key: str) -> tuple[Cells, pl.DataFrame]:
    names = [name for name in ("门店", "机构编码", key) if sheet.table.has(name)]
    is_total = pl.any_horizontal(pl.col(name).str.strip_chars().is_in(TOTAL_WORDS) for name in names)
    # A single store's report has neither 门店 nor 机构编码: there 合计 stands in whatever column comes first.
    others = [name for name in sheet.table.frame.columns if not name.startswith("__")]
    keyless = pl.col(key).str.strip_chars().fill_null("") == ""
    is_total |= keyless & pl.any_horizontal(pl.col(name).str.strip_chars().is_in(TOTAL_WORDS[:4]) for name in others)
    table, totals = sheet.table.split_off(is_total)
    return Cells(table, sheet.layout.columns), totals


def _stores(cells: Cells, sheet: Sheet) -> pl.Series:
    """The chain's own code of the store; a single store's report names it above the table only."""
    if cells.table.has("机构编码"):
        return cells.text("机构编码", required=True)
    if cells.table.has("门店"):
        return cells.text("门店", required=True)
    above = " ".join(cell for row in sheet.table.preamble for cell in row)
    found = _STORE_LINE.search(above)
    if not found:
        raise FileRefused("import.store_missing", sheet=sheet.table.sheet)
    return pl.repeat(found[1], cells.height, dtype=pl.String, eager=True)


def _states(cells: Cells) -> pl.Series:
    state = order_states(cells, "订单状态")
    mark = cells.text("退单标识").fill_null("")
    partly = (state == "completed") & mark.str.contains("部分", literal=True)
    wholly = (state == "completed") & mark.is_in(_WHOLLY_BACK)
    words_of = pl.when(partly).then(pl.lit("partly_refunded")).when(wholly).then(pl.lit("refunded")).otherwise(state)
    return pl.select(words_of).to_series()


def _control(harvest: Harvest, totals: pl.DataFrame, columns: dict[str, list[pl.Series]]) -> None:
    """Compare the 合计 row; a column may be summed in more than one way, the one that agrees counts."""
    for name, ways in columns.items():
        if name not in totals.columns or totals.is_empty():
            continue
        stated = parse.yuan(totals.select(parse.clean(pl.col(name))).to_series())[-1]
        if stated is None:
            continue
        harvest.total(f"合计 {name}", stated, _agreeing(stated, [decimal_sum(way) for way in ways]))


def _agreeing(stated: Decimal, ways: Sequence[Decimal]) -> Decimal:
    return stated if stated in ways else ways[0]
