"""Writes the WeChat Pay bills: 交易账单 (ALL) per merchant number and day or month, 资金账单 and 分账账单 per month."""

from __future__ import annotations

import polars as pl

from chainbrain.demo import people
from chainbrain.demo.files import Exports, lines, moment, plain_yuan, rate_text, yuan
from chainbrain.demo.stores import WECHAT, Chain, Merchant
from chainbrain.demo.wallets import (
    FEE,
    FEE_BACK,
    REFUND,
    SPLIT,
    SPLIT_BACK,
    TRADE,
    WITHDRAWAL,
    merchant_refund_no,
    merchant_split_no,
    refund_id,
    split_no,
)

FOLDER = "微信支付"
_TRADE_HEADER = (
    "交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,"
    "货币种类,应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,"
    "商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注"
)
_TRADE_SUMMARY = "总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额"
_FLOW_HEADER = (
    "记账时间,微信支付业务单号,资金流水单号,业务名称,业务类型,收支类型,收支金额(元),账户结余(元),"
    "资金变更提交申请人,备注,业务凭证号"
)
_FLOW_SUMMARY = "资金流水总笔数,收入笔数,收入金额,支出笔数,支出金额"
_BANKS = ("OTHERS", "CMB_DEBIT", "ICBC_DEBIT", "CCB_DEBIT", "ABC_DEBIT", "PSBC_DEBIT", "CMB_CREDIT", "COMM_CREDIT")
_NAMES = {
    TRADE: ("交易", "交易"),
    FEE: ("交易", "扣除交易手续费"),
    REFUND: ("退款", "退款"),
    FEE_BACK: ("退款", "退还交易手续费"),
    WITHDRAWAL: ("提现", "提现"),
    SPLIT: ("分账", "分账"),
    SPLIT_BACK: ("分账", "分账回退"),
}
_SPLIT_HEADER = (
    "分账时间,分账发起方,分账方,微信订单号,微信分账/回退单号,分账明细单号,商户分账/回退单号,订单金额,分账接收方,金额,"
    "业务类型,处理状态,备注"
)


def write(chain: Chain, out: Exports, payments: pl.DataFrame, ledger: pl.DataFrame, splits: pl.DataFrame) -> None:
    """Write every bill of every WeChat merchant number."""
    for merchant in chain.merchants:
        if merchant.channel != WECHAT:
            continue
        paid = _trade_cells(chain, merchant, payments.filter(pl.col("merchant") == merchant.index))
        spans = (
            [(d, d + 1, f"{chain.day(d):%Y%m%d}") for d in range(chain.days)] if merchant.daily_files else chain.months
        )
        for first, after, label in spans:
            _trade_bill(out, merchant, paid.filter(pl.col("date").is_between(first, after, closed="left")), label)
        moves = ledger.filter(pl.col("merchant") == merchant.index)
        parts = splits.filter(pl.col("merchant") == merchant.index)
        for first, after, label in chain.months:
            within = (pl.col("at") // 86_400).is_between(first, after, closed="left")
            _fund_flow(chain, out, merchant, moves.filter(within), label)
            _split_bill(chain, out, merchant, parts.filter(within), label)


def _trade_cells(chain: Chain, merchant: Merchant, rows: pl.DataFrame) -> pl.DataFrame:
    """The 27 cells of each row as text, after the columns that pick and sum them."""
    refund = pl.col("refund")
    back, zero = -pl.col("amount"), pl.lit("0.00")
    paid = pl.when(refund).then(pl.lit(0, pl.Int64)).otherwise("amount")
    given = pl.when(refund).then(back).otherwise(pl.lit(0, pl.Int64))
    known = rows.with_columns(paid=paid, given=given)
    number = pl.col("guest").cast(pl.String).str.zfill(9)
    return known.select(
        "pid",
        "date",
        "paid",
        "given",
        "fee",
        c01=moment(chain, "at"),
        c02=pl.lit(f"wx6f0a{merchant.entity}c27d51e9b34"),
        c03=pl.lit(merchant.number),
        c04=pl.lit("0"),
        c05="terminal",
        c06="wallet_no",
        c07="merchant_ref",
        c08=pl.concat_str(pl.lit("oUpF8uKqT3nYw7Xb"), number, pl.lit("Zs")),
        c09=pl.when(pl.col("tid") % 3 == 0).then(pl.lit("JSAPI")).otherwise(pl.lit("MICROPAY")),
        c10=pl.when(refund).then(pl.lit("REFUND")).otherwise(pl.lit("SUCCESS")),
        c11=(pl.col("guest") % len(_BANKS)).replace_strict(dict(enumerate(_BANKS)), return_dtype=pl.String),
        c12=pl.lit("CNY"),
        c13=yuan("paid"),
        c14=zero,
        c15=pl.when(refund).then(refund_id()).otherwise(pl.lit("0")),
        c16=pl.when(refund).then(merchant_refund_no()).otherwise(pl.lit("0")),
        c17=yuan("given"),
        c18=zero,
        c19=pl.when(refund).then(pl.lit("ORIGINAL")).otherwise(pl.lit("")),
        c20=pl.when(refund).then(pl.lit("SUCCESS")).otherwise(pl.lit("")),
        c21=pl.lit(people.BRAND),
        c22=pl.lit(""),
        c23=yuan("fee", 3),
        c24=rate_text("rate"),
        c25=yuan("paid"),
        c26=yuan("given"),
        c27=pl.lit(""),
    )


def _trade_bill(out: Exports, merchant: Merchant, rows: pl.DataFrame, label: str) -> None:
    """One bill; a span without trades has no file, as the platform answers."""
    if not rows.height:
        return
    file = f"{FOLDER}/{merchant.number}All{label}.csv"
    paid, given, fee = (int(rows[name].sum()) for name in ("paid", "given", "fee"))
    total = [
        str(rows.height),
        plain_yuan(paid),
        plain_yuan(given),
        "0.00",
        plain_yuan(fee, 3),
        plain_yuan(paid),
        plain_yuan(given),
    ]
    cells = rows.drop("pid", "date", "paid", "given", "fee")
    text = [_TRADE_HEADER, *lines(cells, before="`"), _TRADE_SUMMARY, ",".join(f"`{value}" for value in total)]
    out.write(file, ("\r\n".join(text) + "\r\n").encode("utf-8-sig" if merchant.bom else "utf-8"))
    out.place("payment", rows["pid"], file, line=2)
    out.note(
        file,
        "",
        "wechat-merchant-trade",
        rows.height,
        总交易单数=rows.height,
        应结订单总金额=total[1],
        退款总金额=total[2],
        手续费总金额=total[4],
    )


def _fund_flow(chain: Chain, out: Exports, merchant: Merchant, rows: pl.DataFrame, label: str) -> None:
    """One month of the ledger of the basic account."""
    if not rows.height:
        return
    file = f"{FOLDER}/{merchant.number}资金账单BASIC{label}.csv"
    names = {what: pair[0] for what, pair in _NAMES.items()}
    kinds = {what: pair[1] for what, pair in _NAMES.items()}
    cells = rows.select(
        a=moment(chain, "at"),
        b="business_no",
        c=pl.concat_str(pl.lit("1000"), moment(chain, "at", "%Y%m%d"), (pl.col("lid") + 10**10).cast(pl.String)),
        d=pl.col("what").replace_strict(names, return_dtype=pl.String),
        e=pl.col("what").replace_strict(kinds, return_dtype=pl.String),
        f=pl.when(pl.col("amount") < 0).then(pl.lit("支出")).otherwise(pl.lit("收入")),
        g=yuan(pl.col("amount").abs()),
        h=yuan("balance"),
        i=pl.when(pl.col("what") == REFUND).then(pl.lit(f"{merchant.number}API")).otherwise(pl.lit("system")),
        j=pl.when(pl.col("what") == WITHDRAWAL).then(pl.lit("自动提现")).otherwise(pl.lit("")),
        k="voucher",
    )
    came, left = rows.filter(pl.col("amount") > 0)["amount"], rows.filter(pl.col("amount") < 0)["amount"]
    total = [
        str(rows.height),
        str(len(came)),
        plain_yuan(int(came.sum())),
        str(len(left)),
        plain_yuan(-int(left.sum())),
    ]
    text = [_FLOW_HEADER, *lines(cells, before="`"), _FLOW_SUMMARY, ",".join(f"`{value}" for value in total)]
    out.write(file, ("\r\n".join(text) + "\r\n").encode("utf-8-sig" if merchant.bom else "utf-8"))
    out.place("ledger", rows["lid"], file, line=2)
    closing = plain_yuan(int(rows["balance"][-1]))
    out.note(
        file,
        "",
        "wechat-merchant-fundflow",
        rows.height,
        资金流水总笔数=rows.height,
        收入金额=total[2],
        支出金额=total[4],
        账户结余=closing,
    )


def _split_bill(chain: Chain, out: Exports, merchant: Merchant, rows: pl.DataFrame, label: str) -> None:
    """One month of what was split off the merchant's sales and came back; no file where nothing was."""
    if not rows.height:
        return
    file = f"{FOLDER}/{merchant.number}分账账单{label}.csv"
    back = pl.col("amount") < 0
    cells = rows.select(
        a=moment(chain, "at"),
        b=pl.lit(merchant.number),
        c=pl.lit(merchant.number),
        d="wallet_no",
        e=pl.concat_str(pl.lit("30011"), (pl.col("sid") * 7_919 + 1_000_004_700_031).cast(pl.String)),
        f=split_no(),
        g=merchant_split_no(),
        h=yuan("order_amount"),
        i="receiver",
        j=yuan(pl.col("amount").abs()),
        k=pl.when(back).then(pl.lit("分账回退")).otherwise(pl.lit("分账")),
        l=pl.lit("成功"),
        m=pl.when(back).then(pl.lit("退款退回")).otherwise(pl.lit("广告基金")),
    )
    total = [str(rows.height), plain_yuan(int(rows["amount"].abs().sum()))]
    text = [_SPLIT_HEADER, *lines(cells, before="`"), "总笔数,总金额", ",".join(f"`{value}" for value in total)]
    out.write(file, ("\r\n".join(text) + "\r\n").encode("utf-8-sig" if merchant.bom else "utf-8"))
    out.place("split", rows["sid"], file, line=2)
    out.note(file, "", "wechat-merchant-profitsharing", rows.height)
