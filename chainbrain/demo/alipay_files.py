"""Writes the Alipay exports: 业务明细 zips with their summary, 账务明细 as zip or csv, per company and month."""

from __future__ import annotations

import polars as pl

from chainbrain.demo import people
from chainbrain.demo.archive import pack
from chainbrain.demo.files import Exports, lines, moment, plain_yuan, yuan
from chainbrain.demo.orders import DAY
from chainbrain.demo.stores import ALIPAY, Chain, Merchant, Month
from chainbrain.demo.wallets import FEE, FEE_BACK, REFUND, TRADE, WITHDRAWAL, merchant_refund_no

FOLDER = "支付宝"
_TRADE_HEADER = (
    "支付宝交易号,商户订单号,业务类型,商品名称,创建时间,完成时间,门店编号,门店名称,操作员,终端号,对方账户,"
    "订单金额（元）,商家实收（元）,支付宝红包（元）,集分宝（元）,支付宝优惠（元）,商家优惠（元）,"
    "券核销金额（元）,券名称,商家红包消费金额（元）,卡消费金额（元）,退款批次号/请求号,服务费（元）,"
    "分润（元）,备注"
)
_SUMMARY_HEADER = (
    "门店编号,门店名称,交易订单总笔数,退款订单总笔数,订单金额（元）,商家实收（元）,支付宝优惠（元）,"
    "商家优惠（元）,卡消费金额（元）,服务费（元）,分润（元）,实收净额（元）"
)
_LEDGER_HEADER = (
    "账务流水号,业务流水号,商户订单号,商品名称,发生时间,对方账号,收入金额（+元）,支出金额（-元）,"
    "账户余额（元）,交易渠道,业务类型,备注"
)
_RULE = "-" * 41
_KINDS = {TRADE: "在线支付", FEE: "收费", REFUND: "交易退款", FEE_BACK: "收费", WITHDRAWAL: "提现"}
_GOODS = [name for name, price, _ in people.MENU if price >= 1000]
_ENCODING = "gb18030"


def write(chain: Chain, out: Exports, payments: pl.DataFrame, ledger: pl.DataFrame) -> None:
    """Write every month of every Alipay account."""
    for merchant in chain.merchants:
        if merchant.channel != ALIPAY:
            continue
        own = pl.col("merchant") == merchant.index
        for month in chain.months:
            paid = payments.filter(own & pl.col("date").is_between(month.first, month.after, closed="left"))
            if paid.height:
                _trade_zip(chain, out, merchant, paid, month)
            day = pl.col("at") // DAY
            moves = ledger.filter(own & day.is_between(month.first, month.after, closed="left"))
            if moves.height:
                _ledger_file(chain, out, merchant, moves, month)


def _preamble(chain: Chain, merchant: Merchant, title: str, table: str, month: Month) -> list[str]:
    first, after = chain.day(month.first), chain.day(month.after)
    days = f"#起始日期：[{first:%Y年%m月%d日} 00:00:00]   终止日期：[{after:%Y年%m月%d日} 00:00:00]"
    return [f"#支付宝{title}查询", f"#账号：[{merchant.number}]", days, f"#{_RULE}{table}列表{_RULE}"]


def _exported(chain: Chain, month: Month) -> str:
    return f"#导出时间：[{chain.day(month.after + 1):%Y年%m月%d日} 10:12:07]"


def _goods() -> pl.Expr:
    """The first dish; some names hold commas, which the export does not quote."""
    return (pl.col("tid") % len(_GOODS)).replace_strict(dict(enumerate(_GOODS)), return_dtype=pl.String)


def _face() -> pl.Expr:
    tail = (pl.col("guest") % 100).cast(pl.String).str.zfill(2)
    return pl.concat_str(pl.lit("*"), pl.lit("某(138****"), tail, pl.lit(")"))


def _trade_zip(chain: Chain, out: Exports, merchant: Merchant, rows: pl.DataFrame, month: Month) -> None:
    stores = pl.DataFrame(
        {
            "store": [s.index for s in chain.stores],
            "code": [s.code for s in chain.stores],
            "shop": [s.name for s in chain.stores],
        }
    )
    named = rows.join(stores, on="store", how="left", maintain_order="left")
    refund, tab, zero = pl.col("refund"), pl.lit("\t"), pl.lit("0.00")
    cells = named.select(
        c01=pl.concat_str("wallet_no", tab),
        c02=pl.concat_str("merchant_ref", tab),
        c03=pl.when(refund).then(pl.lit("退款\t")).otherwise(pl.lit("交易\t")),
        c04=_goods(),
        c05=moment(chain, "made_at"),
        c06=moment(chain, "at"),
        c07=pl.concat_str("code", tab),
        c08=pl.concat_str("shop", tab),
        c09=tab,
        c10=pl.concat_str("terminal", tab),
        c11=pl.concat_str(_face(), tab),
        c12=yuan("amount"),
        c13=yuan("amount"),
        c14=zero,
        c15=zero,
        c16=zero,
        c17=zero,
        c18=zero,
        c19=pl.lit(""),
        c20=zero,
        c21=pl.lit("0.00\t"),
        c22=pl.concat_str(pl.when(refund).then(merchant_refund_no()).otherwise(pl.lit("")), tab),
        c23=yuan(-pl.col("fee")),
        c24=zero,
        c25=pl.lit(""),
    )
    sales, refunds = rows.filter(~pl.col("refund")), rows.filter("refund")
    base = f"{merchant.number}_{month.label}_业务明细"
    file = f"{FOLDER}/{merchant.number}_{month.label}.csv.zip"
    text = [
        *_preamble(chain, merchant, "业务明细", "业务明细", month),
        _TRADE_HEADER,
        *lines(cells),
        f"#{_RULE}业务明细列表结束{_RULE}",
        f"#交易合计：{sales.height}笔，商家实收共{plain_yuan(int(sales['amount'].sum()))}元，商家优惠共0.00元",
        f"#退款合计：{refunds.height}笔，商家实收退款共{plain_yuan(int(refunds['amount'].sum()))}元，商家优惠退款共0.00元",
        _exported(chain, month),
    ]
    members = [
        (f"{base}(汇总).csv", _summary(chain, merchant, named, month)),
        (f"{base}.csv", ("\r\n".join(text) + "\r\n").encode(_ENCODING)),
    ]
    out.write(file, pack(members if merchant.entity else members[::-1], names="gbk"))
    member = f"{file}!{base}.csv"
    out.place("payment", rows["pid"], member, line=6)
    controls: dict[str, object] = {
        "交易笔数": sales.height,
        "商家实收": plain_yuan(int(sales["amount"].sum())),
        "退款笔数": refunds.height,
        "商家实收退款": plain_yuan(int(refunds["amount"].sum())),
        "服务费": plain_yuan(-int(rows["fee"].sum())),
    }
    out.note(member, "", "alipay-merchant-trade", rows.height, **controls)
    net = plain_yuan(int((rows["amount"] - rows["fee"]).sum()))
    out.note(f"{file}!{base}(汇总).csv", "", "alipay-merchant-trade-summary", rows["store"].n_unique(), 实收净额=net)


def _summary(chain: Chain, merchant: Merchant, rows: pl.DataFrame, month: Month) -> bytes:
    sums = (
        pl.len().alias("all"),
        pl.col("refund").sum().cast(pl.Int64).alias("back"),
        pl.col("amount").sum(),
        pl.col("fee").sum(),
    )
    per_store = rows.group_by("code", "shop").agg(*sums).sort("code")
    total = rows.select(pl.lit("合计").alias("code"), pl.lit("").alias("shop"), *sums).head(1)
    cells = pl.concat([per_store, total]).select(
        a=pl.concat_str("code", pl.lit("\t")),
        b=pl.concat_str("shop", pl.lit("\t")),
        c=(pl.col("all") - pl.col("back")).cast(pl.String),
        d=pl.col("back").cast(pl.String),
        e=yuan("amount"),
        f=yuan("amount"),
        g=pl.lit("0.00"),
        h=pl.lit("0.00"),
        i=pl.lit("0.00"),
        j=yuan(-pl.col("fee")),
        k=pl.lit("0.00"),
        m=yuan(pl.col("amount") - pl.col("fee")),
    )
    text = [
        *_preamble(chain, merchant, "业务汇总", "业务明细(汇总)", month),
        _SUMMARY_HEADER,
        *lines(cells),
        f"#{_RULE}业务明细(汇总)列表结束{_RULE}",
        _exported(chain, month),
    ]
    return ("\r\n".join(text) + "\r\n").encode(_ENCODING)


def _ledger_file(chain: Chain, out: Exports, merchant: Merchant, rows: pl.DataFrame, month: Month) -> None:
    tab, out_of = pl.lit("\t"), pl.col("what") == WITHDRAWAL
    cells = rows.select(
        a=pl.concat_str(moment(chain, "at", "%Y%m%d"), pl.lit("7700"), (pl.col("lid") + 10**15).cast(pl.String), tab),
        b=pl.concat_str("business_no", tab),
        c=pl.concat_str(pl.when(out_of).then(pl.lit("")).otherwise("voucher"), tab),
        d=pl.when(out_of).then(pl.lit("提现\t")).otherwise(pl.lit(people.BRAND + "\t")),
        e=moment(chain, "at"),
        f=pl.lit("\t"),
        g=pl.when(pl.col("amount") > 0).then(yuan("amount")).otherwise(pl.lit("")),
        h=pl.when(pl.col("amount") < 0).then(yuan("amount")).otherwise(pl.lit("")),
        i=yuan("balance"),
        j=pl.lit("支付宝"),
        k=pl.col("what").replace_strict(_KINDS, return_dtype=pl.String),
        m=pl.lit(""),
    )
    came, left = rows.filter(pl.col("amount") > 0)["amount"], rows.filter(pl.col("amount") < 0)["amount"]
    text = [
        *_preamble(chain, merchant, "账务明细", "账务明细", month),
        _LEDGER_HEADER,
        *lines(cells),
        f"#{_RULE}账务明细列表结束{_RULE}",
        f"#支出合计：{len(left)}笔，共{plain_yuan(int(left.sum()))}元",
        f"#收入合计：{len(came)}笔，共{plain_yuan(int(came.sum()))}元",
        _exported(chain, month),
    ]
    content = ("\r\n".join(text) + "\r\n").encode(_ENCODING)
    name = f"{merchant.number}_{month.label}_账务明细.csv"
    if merchant.entity == 1:
        file = place = f"{FOLDER}/{name}"
        out.write(file, content)
    else:
        file = f"{FOLDER}/{merchant.number}_{month.label}_账务明细.zip"
        place = f"{file}!{name}"
        out.write(file, pack([(name, content)], names="gbk"))
    out.place("ledger", rows["lid"], place, line=6)
    out.note(
        place, "", "alipay-merchant-ledger", rows.height, 支出笔数=len(left), 支出合计=plain_yuan(int(left.sum())),
        收入笔数=len(came), 收入合计=plain_yuan(int(came.sum())), 账户余额=plain_yuan(int(rows["balance"][-1])),
    )  # fmt: skip
