"""Writes what the tills export: POS workbooks per store and month, plain tables (订单明细, 支付明细) for others."""

from __future__ import annotations

import polars as pl

from chainbrain.demo import people
from chainbrain.demo.files import Exports, date_text, lines, moment, plain_yuan, yuan
from chainbrain.demo.orders import TAKEAWAY, TOPUP
from chainbrain.demo.stores import Chain, Store
from chainbrain.demo.workbook import Column, Sheet, workbook

FOLDER = "收银"
_ORDERS_TEXT = (
    "门店,机构编码,营业日期,订单号,经营模式,订单来源,用餐方式,下单时间,结账时间,退单时间,取餐号,桌牌号,"
    "全渠道流水号,桌台区域,用餐人数,订单金额（元）,顾客应付（元）,支付合计（元）,订单优惠（元）,"
    "订单收入（元）,结账方式,订单状态,退单标识,菜品收入（元）,预定用餐时间,会员,整单备注"
)
_ORDERS = _ORDERS_TEXT.split(",")
_TENDERS_TEXT = (
    "门店,机构编码,订单编号,支付方式,支付金额（元）,支付优惠（元）,收入（元）,支付时间,是否退款,状态,操作人,"
    "支付商户号,流水号"
)
_TENDERS = _TENDERS_TEXT.split(",")
_PLAIN_ORDERS = "订单号,门店编号,营业日期,下单时间,订单渠道,应收金额,优惠金额,实收金额,订单状态"
_PLAIN_TENDERS = "订单号,门店编号,支付方式,支付金额,支付时间,是否退款,商户号,流水号"
# Every till has its own words for the same ways to pay.
_POS_WORDS = {
    "wechat": "微信支付", "alipay": "支付宝", "cash": "现金", "stored_value": "会员储值", "coupon": "代金券",
    "meituan": "美团外卖",
}  # fmt: skip
_OWN_WORDS = {**_POS_WORDS, "wechat": "微信", "stored_value": "储值卡"}
_FRANCHISE_WORDS = {**_POS_WORDS, "alipay": "支付宝支付", "cash": "现金支付", "coupon": "优惠券"}


def write(chain: Chain, out: Exports, orders: pl.DataFrame, tenders: pl.DataFrame) -> None:
    """Write the exports of every till.

    Args:
        chain: the chain.
        out: where to write.
        orders: orders as the till shows them, with ``tid``-free columns of ``orders.take``.
        tenders: tenders as the till shows them; a doubled row stands twice, with its own ``tid``.
    """
    for first, after, label in chain.months:
        span = pl.col("day").is_between(first, after, closed="left")
        month_orders, month_tenders = orders.filter(span), tenders.filter(span)
        for store in chain.stores:
            if store.has_pos:
                here = pl.col("store") == store.index
                _pos_workbook(
                    chain, out, store, label, orders=month_orders.filter(here), tenders=month_tenders.filter(here)
                )
        groups = (
            ("直营", [s for s in chain.stores if not s.has_pos and not s.independent], "utf-8-sig", _OWN_WORDS),
            ("加盟", [s for s in chain.stores if not s.has_pos and s.independent], "gb18030", _FRANCHISE_WORDS),
        )
        for name, stores, encoding, words in groups:
            here = pl.col("store").is_in([s.index for s in stores])
            if stores:
                _plain_tables(
                    chain,
                    out,
                    f"{name}_{label}",
                    encoding=encoding,
                    words=words,
                    orders=month_orders.filter(here),
                    tenders=month_tenders.filter(here),
                )


def _source(topup: str, takeaway: str, packed: str, dine: str) -> pl.Expr:
    return (
        pl.when(pl.col("kind") == TOPUP)
        .then(pl.lit(topup))
        .when(pl.col("kind") == TAKEAWAY)
        .then(pl.lit(takeaway))
        .when("packed")
        .then(pl.lit(packed))
        .otherwise(pl.lit(dine))
    )


def _pos_workbook(
    chain: Chain, out: Exports, store: Store, label: str, *, orders: pl.DataFrame, tenders: pl.DataFrame
) -> None:
    if not orders.height:
        return
    words = pl.col("method").unique(maintain_order=True).replace_strict(_POS_WORDS, return_dtype=pl.String)
    ways = tenders.filter(pl.col("amount") > 0).group_by("oid").agg(ways=words.str.join("+"))
    orders = orders.join(ways, on="oid", how="left", maintain_order="left")
    cancelled = pl.col("cancelled")
    table = (pl.col("oid") * 13 % 40 + 1).cast(pl.String)
    dine = (pl.col("kind") != TAKEAWAY) & (pl.col("kind") != TOPUP) & ~pl.col("packed")
    head: dict[str, pl.Expr | str] = {
        "门店": store.name,
        "机构编码": store.code,
        "营业日期": date_text(chain, "day"),
        "订单号": pl.col("order_no"),
        "经营模式": "快餐",
        "订单来源": _source("会员充值", "美团外卖", "收银台", "收银台"),
        "用餐方式": _source("-", "外卖", "外带", "堂食"),
        "下单时间": moment(chain, "at"),
        "结账时间": pl.when(cancelled).then(pl.lit("-")).otherwise(moment(chain, pl.col("at") + 6)),
        "退单时间": pl.when(cancelled).then(moment(chain, pl.col("at") + 240)).otherwise(pl.lit("-")),
        "取餐号": pl.col("order_no").str.tail(3),
        "桌牌号": pl.when(dine).then(table).otherwise(pl.lit("-")),
        "用餐人数": pl.when(dine).then((pl.col("items") + 1) // 2).otherwise(1).cast(pl.String),
        "结账方式": pl.when(cancelled).then(pl.lit("-")).otherwise(pl.col("ways").fill_null("-")),
        "订单状态": pl.when(cancelled).then(pl.lit("已取消")).otherwise(pl.lit("已结账")),
    }
    money = {
        "订单金额（元）": "list", "顾客应付（元）": "amount", "支付合计（元）": "amount", "订单优惠（元）": "discount",
        "订单收入（元）": "amount", "菜品收入（元）": "amount",
    }  # fmt: skip
    columns = [
        Column(name, yuan(money[name]), number=True) if name in money else Column(name, head.get(name, "-"))
        for name in _ORDERS
    ]
    refund = pl.col("origin") >= 0
    cells: dict[str, pl.Expr | str] = {
        "门店": store.name,
        "机构编码": store.code,
        "订单编号": pl.col("order_no"),
        "支付方式": pl.col("method").replace_strict(_POS_WORDS, return_dtype=pl.String),
        "支付时间": moment(chain, "at"),
        "是否退款": pl.when(refund).then(pl.lit("是")).otherwise(pl.lit("否")),
        "状态": pl.when(refund).then(pl.lit("退款成功")).otherwise(pl.lit("支付成功")),
        "操作人": (pl.col("oid") // 97 % len(people.CASHIERS)).replace_strict(
            dict(enumerate(people.CASHIERS)), return_dtype=pl.String
        ),
        "支付商户号": pl.col("merchant_no").fill_null("-"),
        "流水号": pl.col("reference").fill_null("-"),
    }
    paid: dict[str, pl.Expr | str] = {
        "支付金额（元）": yuan("amount"),
        "支付优惠（元）": "0.00",
        "收入（元）": yuan("amount"),
    }
    tender_columns = [Column(n, paid[n], number=True) if n in paid else Column(n, cells[n]) for n in _TENDERS]
    period = (
        f"营业日期：{chain.day(int(orders['day'].min())):%Y-%m-%d} 至 {chain.day(int(orders['day'].max())):%Y-%m-%d}"  # type: ignore[arg-type]
    )
    sheets = []
    for title, sheet_columns, data, sums in (
        ("订单明细", columns, orders, money),
        ("支付明细", tender_columns, tenders, {"支付金额（元）": "amount", "收入（元）": "amount"}),
    ):
        total = ["合计", "--"] + [
            plain_yuan(int(data[sums[column.header]].sum())) if column.header in sums else "--"
            for column in sheet_columns[2:]
        ]
        sheets.append(Sheet(title, sheet_columns, data, above=[[title], [period]], below=[total]))
    file = f"{FOLDER}/{store.code}_门店报表_{label}.xlsx"
    out.write(file, workbook(sheets))
    out.place("order", orders["oid"], file, line=sheets[0].first_row, sheet="订单明细")
    out.place("tender", tenders["tid"], file, line=sheets[1].first_row, sheet="支付明细")
    out.note(file, "订单明细", "meituan-pos", orders.height, 支付合计=plain_yuan(int(orders["amount"].sum())))
    out.note(file, "支付明细", "meituan-pos", tenders.height, 支付金额=plain_yuan(int(tenders["amount"].sum())))


def _plain_tables(
    chain: Chain,
    out: Exports,
    label: str,
    *,
    encoding: str,
    words: dict[str, str],
    orders: pl.DataFrame,
    tenders: pl.DataFrame,
) -> None:
    codes = pl.DataFrame({"store": [s.index for s in chain.stores], "code": [s.code for s in chain.stores]})
    orders = orders.join(codes, on="store", how="left", maintain_order="left")
    tenders = tenders.join(codes, on="store", how="left", maintain_order="left")
    order_cells = orders.select(
        a="order_no",
        b="code",
        c=date_text(chain, "day"),
        d=moment(chain, "at"),
        e=_source("会员充值", "美团外卖", "外带", "堂食"),
        f=yuan("list"),
        g=yuan(pl.col("list") - pl.col("amount")),
        h=yuan("amount"),
        i=pl.when("cancelled").then(pl.lit("已取消")).otherwise(pl.lit("已完成")),
    )
    tender_cells = tenders.select(
        a="order_no",
        b="code",
        c=pl.col("method").replace_strict(words, return_dtype=pl.String),
        d=yuan("amount"),
        e=moment(chain, "at"),
        f=pl.when(pl.col("origin") >= 0).then(pl.lit("是")).otherwise(pl.lit("否")),
        g=pl.col("merchant_no").fill_null(""),
        h=pl.col("reference").fill_null(""),
    )
    for title, header, cells, data, record, key in (
        ("订单明细", _PLAIN_ORDERS, order_cells, orders, "order", "oid"),
        ("支付明细", _PLAIN_TENDERS, tender_cells, tenders, "tender", "tid"),
    ):
        file = f"{FOLDER}/{title}_{label}.csv"
        out.write(file, ("\r\n".join([header, *lines(cells)]) + "\r\n").encode(encoding))
        out.place(record, data[key], file, line=2)
        kind = "chainbrain-orders" if record == "order" else "chainbrain-tenders"
        out.note(file, "", kind, data.height, 金额=plain_yuan(int(data["amount"].sum())))
