"""Settlement workbooks of Meituan takeaway: bills per store and day, their orders, penalties and payouts."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import ClassVar, Final

import polars as pl

from chainbrain.importers.base import Context, Importer, Sheet
from chainbrain.importers.harvest import Harvest
from chainbrain.importers.platforms import platform_rows as rows_of
from chainbrain.importers.tables.layout import Layout
from chainbrain.importers.tables.table import Cells
from chainbrain.importers.tills.table_by_hand import TOTAL_WORDS

_BILL_COLUMNS: Final = (
    "结算id", "门店id", "门店名称", "账单日期", "账单金额", "结算状态", "归属账期", "结算日期", "入账结算设置ID",
)  # fmt: skip
_ORDER_COLUMNS: Final = (
    "门店id", "门店名称", "结算id", "交易类型", "交易描述", "用户支付方式", "订单序号", "订单号", "下单时间",
    "完成时间", "退款时间", "订单状态", "配送方式", "配送状态", "结算状态", "账单日期", "归属账期", "商家应收款",
    "商品总价", "打包费", "商家对顾客的活动补贴", "美团活动补贴", "平台服务费(含佣金和配送服务费)", "公益捐款",
    "用户支付配送费", "用户线上支付金额", "用户线下支付金额", "费率", "营销活动佣金折扣", "保底", "分成折扣",
    "商家代金券美团补贴", "商家代金券商家补贴", "商家代金券用户支付", "商家代金券抽佣比例", "佣金(实付)",
    "商品总佣金", "佣金优惠", "佣金优惠明细", "佣金补贴", "平台服务费返还", "佣金费率", "佣金保底",
    "配送服务费(含补贴)", "固定配送费", "配送服务费封顶", "配送服务费优惠", "配送服务费优惠明细", "配送服务费补贴",
    "技术与运营服务费", "平台技术服务费", "（合作商）运营服务费", "订单导航里程(公里)", "距离加价", "价格加价",
    "时段增值金额", "无人机机场使用费", "无人机云平台服务费", "佣金折扣前金额", "品类收费", "重量收费",
    "特殊日期收费", "基础价格收费", "固定结算款", "固定结算价", "商品数量", "关联一起送订单", "入账结算id",
    "合作商服务费",
)  # fmt: skip
_FLASH_COLUMNS: Final = (
    "门店id", "门店名称", "物理城市", "是否代理订单", "是否医保订单", "客户id", "结算id", "入账结算id", "交易类型",
    "交易描述", "用户支付方式", "订单序号", "订单号", "下单时间", "完成时间", "退款时间", "订单状态", "结算状态",
    "账单日期", "归属账期", "应开佣金发票金额", "应开配送发票金额", "商家应收款", "商品总价", "用户支付配送费",
    "餐盒费", "打包袋", "商品补贴", "配送费补贴", "打包袋补贴", "商家活动总支出", "公益捐款", "美团商品补贴",
    "美团配送费补贴", "美团打包袋补贴", "美团补贴总支出", "佣金", "配送服务费", "用户线上支付金额",
    "商家代金券美团补贴", "商家代金券商家补贴", "商家代金券用户支付",
)  # fmt: skip
_PENALTY_COLUMNS: Final = (
    "门店id", "门店名称", "物理城市", "客户id", "结算id", "入账结算id", "账单日期", "归属账期", "结算状态",
    "处罚赔付类型", "违规原因", "订单号", "违规单id", "应开发票金额", "商家应收款",
)  # fmt: skip

# What the guest's food is worth to the merchant, in the words of the two kinds of workbook.
_BASE: Final = {
    "orders": ("商品总价", "打包费", "商家对顾客的活动补贴"),
    "flash": ("商品总价", "餐盒费", "打包袋", "商家活动总支出"),
}
_COMMISSION: Final = {"orders": "佣金(实付)", "flash": "佣金"}
_CANCELLED: Final = ("订单取消", "已取消", "取消")
_SALE: Final = "外卖订单"
_GIVEN_BACK: Final = r"退款|赔付扣款|退单|部分退"
_ACCOUNT: Final = {"入账结算id": ("入账结算设置ID",), "入账结算设置ID": ("入账结算id",)}


class MeituanWaimai(Importer):
    """Σ 商家应收款 over all rows of a store and day is its 账单金额; sales are only part of those rows."""

    format = "meituan-waimai"
    layouts: ClassVar[tuple[Layout, ...]] = (
        Layout(
            None,
            ("门店id", "账单日期", "账单金额", "结算日期"),
            _BILL_COLUMNS,
            aliases=_ACCOUNT,
            forbidden=("订单号", "商家应收款"),
            role="bills",
        ),
        Layout(
            None,
            ("门店id", "订单号", "交易类型", "账单日期", "商家应收款", "商品总价"),
            _ORDER_COLUMNS,
            aliases=_ACCOUNT | {"佣金(实付)": ("佣金",)},
            forbidden=("餐盒费", "商家活动总支出", "处罚赔付类型"),
            role="orders",
        ),
        Layout(
            "flash-sale",
            ("门店id", "订单号", "交易类型", "账单日期", "商家应收款", "商品总价", "商家活动总支出"),
            _FLASH_COLUMNS,
            aliases=_ACCOUNT,
            role="flash",
        ),
        Layout(
            None,
            ("门店id", "账单日期", "处罚赔付类型", "商家应收款"),
            _PENALTY_COLUMNS,
            aliases=_ACCOUNT,
            role="penalties",
        ),
    )

    def read(self, sheets: Sequence[Sheet], context: Context) -> Harvest:
        """Settlement rows, and one payment per order row or penalty."""
        flash = any(sheet.layout.role == "flash" for sheet in sheets)
        harvest = Harvest(layout="flash-sale" if flash else None)
        bills: list[pl.DataFrame] = []
        dues: list[pl.DataFrame] = []
        for sheet in sheets:
            cells = _cells(sheet)
            if sheet.layout.role == "bills":
                bills.append(_bills(harvest, cells))
            elif sheet.layout.role == "penalties":
                dues.append(_penalties(harvest, cells))
            else:
                dues.append(_orders(harvest, cells, sheet.layout.role))
        if bills and dues:
            rows_of.check_bills(harvest, "账单金额", pl.concat(bills), pl.concat(dues))
        return harvest


def _cells(sheet: Sheet) -> Cells:
    names = [name for name in ("门店id", "结算id") if sheet.table.has(name)]
    is_total = pl.any_horizontal(pl.col(name).str.strip_chars().is_in(TOTAL_WORDS[:4]) for name in names)
    table, _ = sheet.table.split_off(is_total)
    return Cells(table, sheet.layout.columns)


def _bills(harvest: Harvest, cells: Cells) -> pl.DataFrame:
    store, day = cells.identifier("门店id", required=True), cells.days("账单日期", required=True)
    amount = cells.yuan("账单金额", required=True)
    frame = harvest.take(
        "settlement_rows",
        cells,
        {
            "channel": "meituan",
            "merchant_no": store,
            "external_id": cells.identifier("结算id"),
            "payout_account": cells.identifier("入账结算设置ID"),
            "bill_day": day,
            "amount": amount,
            "pays_on": cells.days("结算日期"),
            "status_text": cells.text("结算状态"),
        },
    )
    harvest.span(frame["bill_day"])
    harvest.cover_days("platform", "meituan", frame["merchant_no"], frame["bill_day"])
    return pl.DataFrame({"store": store, "day": day, "amount": amount})


def _orders(harvest: Harvest, cells: Cells, role: str) -> pl.DataFrame:
    store, day = cells.identifier("门店id", required=True), cells.days("账单日期", required=True)
    due = cells.yuan("商家应收款", required=True)
    kind_text = cells.text("交易类型", required=True)
    sale = (kind_text == _SALE).fill_null(value=False)
    back = (kind_text.str.contains(_GIVEN_BACK).fill_null(value=False)) & ~sale
    base = rows_of.added(cells, _BASE[role])
    # A refund row may repeat the order's prices without a sign: what the merchant gives back is negative.
    base = base.zip_with(~(back & (base > 0) & (due < 0)).fill_null(value=False), -base)
    counted = (sale | back) & (base != 0)
    amount = base.zip_with(counted, due)
    commission = cells.yuan(_COMMISSION[role])
    if role == "orders":
        _identity(harvest, cells, sale, base, due)
    frame = harvest.take(
        "payments",
        cells,
        {
            "channel": "meituan",
            "merchant_no": store,
            "store_hint": cells.text("门店名称"),
            "external_id": cells.identifier("订单号"),
            "merchant_order_no": cells.text("订单序号"),
            "occurred_at": _moments(cells, back, day),
            "kind": rows_of.kinds(back, ~sale),
            "amount": amount,
            "order_amount": cells.yuan("商品总价"),
            "fee": (amount - due).cast(pl.Decimal(18, 5)),
            "commission": -commission,
            "status_text": kind_text,
            "cancelled": cells.text("订单状态").is_in(_CANCELLED).fill_null(value=False),
            "settlement_ref": cells.identifier("结算id"),
            "payout_account": cells.identifier("入账结算id"),
            "bill_day": day,
        },
    )
    harvest.span(frame["bill_day"])
    return pl.DataFrame({"store": store, "day": day, "amount": due})


def _penalties(harvest: Harvest, cells: Cells) -> pl.DataFrame:
    store, day = cells.identifier("门店id", required=True), cells.days("账单日期", required=True)
    due = cells.yuan("商家应收款", required=True)
    harvest.take(
        "payments",
        cells,
        {
            "channel": "meituan",
            "merchant_no": store,
            "store_hint": cells.text("门店名称"),
            "external_id": cells.identifier("订单号"),
            "refund_id": cells.identifier("违规单id"),
            "occurred_at": day.cast(pl.Datetime("us")),
            "kind": "adjustment",
            "amount": due,
            "fee": Decimal(0),
            "status_text": cells.text("处罚赔付类型", required=True),
            "cancelled": False,
            "settlement_ref": cells.identifier("结算id"),
            "payout_account": cells.identifier("入账结算id"),
            "bill_day": day,
        },
    )
    return pl.DataFrame({"store": store, "day": day, "amount": due})


def _moments(cells: Cells, back: pl.Series, day: pl.Series) -> pl.Series:
    """The guest's moment: when the food was ordered, when it was given back; other rows happen on their bill's day."""
    ordered, done, returned = (cells.moments(name) for name in ("下单时间", "完成时间", "退款时间"))
    midnight = day.cast(pl.Datetime("us"))
    sales = ordered.zip_with(ordered.is_not_null(), done)
    returns = returned.zip_with(returned.is_not_null(), midnight)
    found = returns.zip_with(back, sales)
    return found.zip_with(found.is_not_null(), midnight)


# What else may stand between an order's base and its due; each has its sign in the file.
_RARER: Final = (
    "公益捐款",
    "用户支付配送费",
    "平台服务费返还",
    "合作商服务费",
    "固定结算款",
    "商家代金券美团补贴",
    "商家代金券用户支付",
)


def _identity(harvest: Harvest, cells: Cells, sale: pl.Series, base: pl.Series, due: pl.Series) -> None:
    """Sales must add up by themselves: base plus service fee, and no more than the rarer items, is the due."""
    if not cells.table.has("平台服务费(含佣金和配送服务费)"):
        return
    gap = due - base - cells.yuan("平台服务费(含佣金和配送服务费)", empty_is_zero=True)
    # A cancelled order keeps its prices and is paid nothing.
    cancelled = cells.text("订单状态").is_in(_CANCELLED).fill_null(value=False)
    bad = sale & ~cancelled & rows_of.unexplained(gap, cells, _RARER)
    rows_of.check_identity(harvest, cells, "商家应收款", due, gap=gap, bad=bad)
