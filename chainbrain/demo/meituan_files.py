"""Writes the delivery platform's monthly workbook: 账单明细, 订单明细 and a small 汇总信息."""

from __future__ import annotations

import polars as pl

from chainbrain.demo.files import Exports, date_text, moment, plain_yuan, rate_text, yuan
from chainbrain.demo.stores import Chain
from chainbrain.demo.takeaway import CANCELLED, PROMOTION, REFUND, SALE, Takeaway
from chainbrain.demo.workbook import Column, Sheet, workbook

FOLDER = "美团外卖"
_ORDER_HEADER_TEXT = (
    "门店id,门店名称,结算id,交易类型,交易描述,用户支付方式,订单序号,订单号,下单时间,完成时间,退款时间,"
    "订单状态,配送方式,配送状态,结算状态,账单日期,归属账期,商家应收款,商品总价,打包费,商家对顾客的活动补贴,"
    "美团活动补贴,平台服务费(含佣金和配送服务费),公益捐款,用户支付配送费,用户线上支付金额,用户线下支付金额,"
    "费率,营销活动佣金折扣,保底,分成折扣,商家代金券美团补贴,商家代金券商家补贴,商家代金券用户支付,"
    "商家代金券抽佣比例,佣金(实付),商品总佣金,佣金优惠,佣金优惠明细,佣金补贴,平台服务费返还,佣金费率,"
    "佣金保底,配送服务费(含补贴),固定配送费,配送服务费封顶,配送服务费优惠,配送服务费优惠明细,配送服务费补贴,"
    "技术与运营服务费,平台技术服务费,（合作商）运营服务费,订单导航里程(公里),距离加价,价格加价,时段增值金额,"
    "无人机机场使用费,无人机云平台服务费,佣金折扣前金额,品类收费,重量收费,特殊日期收费,基础价格收费,"
    "固定结算款,固定结算价,商品数量,关联一起送订单,入账结算id,合作商服务费"
)
_ORDER_HEADER = _ORDER_HEADER_TEXT.split(",")
_BILL_HEADER_TEXT = "结算id,门店id,门店名称,账单日期,账单金额,结算状态,归属账期,结算日期,入账结算设置ID"
_BILL_HEADER = _BILL_HEADER_TEXT.split(",")
_NOTE = "【注】账单金额为当日订单与其他款项之和，结算日期为预计打款日期，具体到账时间以银行为准。"
_TYPES = {SALE: "外卖订单", CANCELLED: "外卖订单", REFUND: "退款", PROMOTION: "推广费"}
_DESCRIPTIONS = {SALE: "外卖订单", CANCELLED: "外卖订单取消", REFUND: "用户退款", PROMOTION: "点金推广消费"}
_STATES = {SALE: "订单完成", CANCELLED: "订单取消", REFUND: "订单完成", PROMOTION: "-"}


def write(chain: Chain, out: Exports, takeaway: Takeaway) -> None:
    """One workbook per month for the whole chain."""
    stores = pl.DataFrame(
        {
            "store": [s.index for s in chain.stores],
            "shop_id": [s.meituan_id for s in chain.stores],
            # The platform writes the same name differently in its two sheets.
            "shop": [s.name.replace("（", "·").replace("）", "") for s in chain.stores],
            "shop_": [s.name.replace("（", "_").replace("）", "") for s in chain.stores],
            "pays_to": [s.meituan_account for s in chain.stores],
        }
    )
    for first, after, label in chain.months:
        inside = pl.col("bill_day").is_between(first, after, closed="left")
        rows = takeaway.rows.filter(inside).join(stores, on="store", how="left", maintain_order="left")
        bills = takeaway.bills.filter(inside).join(stores, on="store", how="left", maintain_order="left")
        if not rows.height:
            continue
        state = pl.when(pl.col("pay_day") < after).then(pl.lit("已结算")).otherwise(pl.lit("待结算"))
        rows = rows.join(
            bills.select("store", "bill_day", "pay_day"), on=["store", "bill_day"], how="left", maintain_order="left"
        )
        sheets = [
            Sheet("账单明细", _bill_columns(chain, state), bills, above=[[_NOTE]]),
            Sheet("订单明细", _order_columns(chain, state), rows),
            _summary_sheet(rows),
        ]
        file = f"{FOLDER}/美团外卖账单_{label}.xlsx"
        out.write(file, workbook(sheets))
        out.place("bill", bills["bid"], file, line=sheets[0].first_row, sheet="账单明细")
        out.place("platform", rows["rid"], file, line=sheets[1].first_row, sheet="订单明细")
        out.note(file, "账单明细", "meituan-waimai", bills.height, 账单金额=plain_yuan(int(bills["amount"].sum())))
        out.note(file, "订单明细", "meituan-waimai", rows.height, 商家应收款=plain_yuan(int(rows["due"].sum())))


def _period(chain: Chain) -> pl.Expr:
    return pl.concat_str(date_text(chain, "bill_day"), pl.lit("~"), date_text(chain, "bill_day"))


def _bill_columns(chain: Chain, state: pl.Expr) -> list[Column]:
    values: list[pl.Expr] = [
        pl.col("bill_no"), pl.col("shop_id"), pl.col("shop_"), date_text(chain, "bill_day"), yuan("amount"), state,
        _period(chain), date_text(chain, "pay_day"), pl.col("account"),
    ]  # fmt: skip
    return [Column(header, value) for header, value in zip(_BILL_HEADER, values, strict=True)]


def _order_columns(chain: Chain, state: pl.Expr) -> list[Column]:
    """Columns that this chain's contract does not use hold ``-`` (none) or ``0.00``."""
    what, order = pl.col("what"), pl.col("what") != PROMOTION
    base = pl.col("food") + pl.col("pack") + pl.col("reduction")

    def for_orders(value: pl.Expr) -> pl.Expr:
        return pl.when(order).then(value).otherwise(pl.lit("-"))

    values: dict[str, pl.Expr] = {
        "门店id": pl.col("shop_id"),
        "门店名称": pl.col("shop"),
        "结算id": pl.col("bill_no"),
        "交易类型": what.replace_strict(_TYPES, return_dtype=pl.String),
        "交易描述": what.replace_strict(_DESCRIPTIONS, return_dtype=pl.String),
        "用户支付方式": for_orders(pl.lit("在线支付")),
        "订单序号": for_orders(pl.col("running").cast(pl.String)),
        "订单号": pl.col("order_no"),
        "下单时间": for_orders(moment(chain, "at")),
        "完成时间": pl.when(what.is_in([SALE, REFUND])).then(moment(chain, "done_at")).otherwise(pl.lit("-")),
        "退款时间": pl.when(what == REFUND).then(moment(chain, "refund_at")).otherwise(pl.lit("-")),
        "订单状态": what.replace_strict(_STATES, return_dtype=pl.String),
        "配送方式": for_orders(pl.lit("美团快送")),
        "配送状态": pl.when(what.is_in([SALE, REFUND])).then(pl.lit("已送达")).otherwise(pl.lit("-")),
        "结算状态": state,
        "账单日期": date_text(chain, "bill_day"),
        "归属账期": _period(chain),
        "商家应收款": yuan("due"),
        "商品总价": for_orders(yuan("food")),
        "打包费": for_orders(yuan("pack")),
        "商家对顾客的活动补贴": for_orders(yuan("reduction")),
        "平台服务费(含佣金和配送服务费)": for_orders(yuan(pl.col("commission") + pl.col("delivery"))),
        "用户支付配送费": for_orders(pl.lit("0.00")),
        "用户线上支付金额": for_orders(yuan(base)),
        "佣金(实付)": for_orders(yuan("commission")),
        "商品总佣金": for_orders(yuan("commission")),
        "佣金费率": for_orders(rate_text("rate")),
        "配送服务费(含补贴)": for_orders(yuan("delivery")),
        "商品数量": for_orders(pl.col("items").cast(pl.String)),
        "入账结算id": pl.col("pays_to"),
    }
    zero = ("美团活动补贴", "公益捐款", "用户线下支付金额", "佣金优惠", "佣金补贴", "平台服务费返还")
    constants = dict.fromkeys(zero, "0.00")
    return [Column(header, values.get(header, constants.get(header, "-"))) for header in _ORDER_HEADER]


def _summary_sheet(rows: pl.DataFrame) -> Sheet:
    """A few totals, as the platform repeats them for reading."""
    data = rows.group_by("what").agg(count=pl.len(), due=pl.col("due").sum()).sort("what")
    columns = [
        Column("交易描述", pl.col("what").replace_strict(_DESCRIPTIONS, return_dtype=pl.String)),
        Column("笔数", pl.col("count").cast(pl.String)),
        Column("商家应收款合计", yuan("due")),
    ]
    return Sheet("汇总信息", columns, data)
