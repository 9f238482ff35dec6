"""Large exports that add up: a WeChat trade bill and a Meituan takeaway workbook with as many rows as asked for."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from chainbrain.demo.workbook import Column, Sheet, workbook

_BILL_HEADER = (
    "交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,"
    "货币种类,应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,"
    "商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注"
)
_BILL_SUMMARY = "总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额"
_ORDER_HEADER = (
    "门店id", "门店名称", "结算id", "交易类型", "交易描述", "用户支付方式", "订单序号", "订单号", "下单时间",
    "完成时间", "退款时间", "订单状态", "配送方式", "配送状态", "结算状态", "账单日期", "归属账期", "商家应收款",
    "商品总价", "打包费", "商家对顾客的活动补贴", "美团活动补贴", "平台服务费(含佣金和配送服务费)", "公益捐款",
    "用户支付配送费", "用户线上支付金额", "用户线下支付金额", "费率", "营销活动佣金折扣", "保底", "分成折扣",
    "商家代金券美团补贴", "商家代金券商家补贴", "商家代金券用户支付", "商家代金券抽佣比例", "佣金(实付)",
    "商品总佣金", "佣金优惠", "佣金优惠明细", "佣金补贴", "平台服务费返还", "佣金费率", "佣金保底",
    "配送服务费(含补贴)", "固定配送费", "配送服务费封顶", "配送服务费优惠", "配送服务费优惠明细", "配送服务费补贴",
    "技术与运营服务费", "入账结算id",
)  # fmt: skip
_DISHES = ("招牌牛肉面", "双人套餐（烤鱼）", "珍珠奶茶大杯", "麻辣香锅", "外婆红烧肉套餐")
_AT_ONCE = 100_000


def wechat_bill(path: Path, rows: int, encoding: str) -> None:
    """Write a trade bill of 31 days: 200 merchant numbers, every 50th row a refund of the row before."""
    settled = refunded = fees = 0
    with path.open("wb") as out:
        out.write(f"{_BILL_HEADER}\r\n".encode(encoding))
        for first in range(1, rows + 1, _AT_ONCE):
            part = _bill_rows(first, min(_AT_ONCE, rows + 1 - first))
            settled += int(part["settled"].sum())
            refunded += int(part["refunded"].sum())
            fees += int(part["fee"].sum())
            out.write(("\r\n".join(part["text"]) + "\r\n").encode(encoding))
        figures = [str(rows), *(_yuan(figure, 2) for figure in (settled, refunded, 0)), _yuan(fees, 5)]
        figures += [_yuan(settled, 2), _yuan(refunded, 2)]
        summary = ",".join(f"`{figure}" for figure in figures)
        out.write(f"{_BILL_SUMMARY}\r\n{summary}\r\n".encode(encoding))


def meituan_workbook(path: Path, rows: int) -> None:
    """Write a settlement workbook: ten stores, thirty days, orders only."""
    number = pl.col("n")
    food, fee = number * 37 % 8_000 + 1_500, -(number * 37 % 8_000 + 1_500) * 6 // 100
    data = pl.DataFrame({"n": pl.int_range(rows, eager=True)}).with_columns(
        food=food, fee=fee, due=food + 200 + fee, store=number % 10, day=number // 10 % 30
    )
    day = (pl.date(2026, 3, 1) + pl.duration(days=pl.col("day"))).dt.strftime("%Y-%m-%d")
    values: dict[str, pl.Expr | str] = {
        "门店id": pl.lit("1895") + pl.col("store").cast(pl.String).str.zfill(4),
        "门店名称": pl.lit("某某饭馆 ") + pl.col("store").cast(pl.String), "结算id": "90001", "交易类型": "外卖订单",
        "交易描述": "外卖订单", "用户支付方式": "在线支付", "订单序号": number.cast(pl.String),
        "订单号": pl.lit("3301") + (number + 1).cast(pl.String).str.zfill(15), "下单时间": day + pl.lit(" 11:00:00"),
        "完成时间": day + pl.lit(" 11:40:00"), "订单状态": "订单完成", "配送方式": "美团快送", "配送状态": "已送达",
        "结算状态": "已结算", "账单日期": day, "归属账期": day + pl.lit("~") + day, "商家应收款": _text("due", 2),
        "商品总价": _text("food", 2), "打包费": "2.00", "商家对顾客的活动补贴": "0.00", "美团活动补贴": "0.00",
        "平台服务费(含佣金和配送服务费)": _text("fee", 2), "公益捐款": "0.00", "用户支付配送费": "0.00",
        "佣金(实付)": _text("fee", 2), "商品总佣金": _text("fee", 2), "佣金费率": "6.00%", "入账结算id": "770001",
    }  # fmt: skip
    bills = data.group_by("store", "day").agg(pl.col("due").sum()).sort("store", "day")
    heads: dict[str, pl.Expr | str] = {
        "结算id": "90001", "门店id": values["门店id"], "门店名称": values["门店名称"], "账单日期": day,
        "账单金额": _text("due", 2), "结算状态": "已结算", "归属账期": values["归属账期"],
        "结算日期": (pl.date(2026, 3, 4) + pl.duration(days=pl.col("day"))).dt.strftime("%Y-%m-%d"),
        "入账结算设置ID": "770001",
    }  # fmt: skip
    sheets = [
        Sheet("账单明细", [Column(name, value) for name, value in heads.items()], bills),
        Sheet("订单明细", [Column(name, values.get(name, "-")) for name in _ORDER_HEADER], data),
    ]
    path.write_bytes(workbook(sheets))


def _bill_rows(first: int, count: int) -> pl.DataFrame:
    n = pl.col("n")
    back = n % 50 == 0
    cents = n * 7919 % 20_000 + 100
    frame = pl.DataFrame({"n": pl.int_range(first, first + count, eager=True)}).with_columns(
        settled=pl.when(back).then(0).otherwise(cents),
        refunded=pl.when(back).then(cents).otherwise(0),
        fee=pl.when(back).then(-cents * 4).otherwise(cents * 4),
        order=pl.when(back).then(n - 1).otherwise(n),
        at=pl.datetime(2026, 3, 1) + pl.duration(days=n // 86_400 % 31, seconds=n % 86_400),
        dish=pl.Series(_DISHES).gather(pl.int_range(first, first + count, eager=True) % len(_DISHES)),
    )
    number = pl.col("order").cast(pl.String)
    given_back = (pl.lit("5030") + n.cast(pl.String).str.zfill(24), pl.lit("R") + n.cast(pl.String).str.zfill(14))
    cells: list[pl.Expr | str] = [
        pl.col("at").dt.strftime("%Y-%m-%d %H:%M:%S"), "wx0000000000000001", "1600000001",
        pl.lit("17000") + (n % 200).cast(pl.String).str.zfill(5), "T1",
        pl.lit("42000020260301") + number.str.zfill(14), pl.lit("N20260301") + number.str.zfill(9),
        pl.lit("oUpF8uMuAJO_") + (pl.col("order") * 31 % 400_000).cast(pl.String).str.zfill(16), "MICROPAY",
        pl.when(back).then(pl.lit("REFUND")).otherwise(pl.lit("SUCCESS")), "PSBC_DEBIT", "CNY", _text("settled", 2),
        "0.00", *(pl.when(back).then(text).otherwise(pl.lit("0")) for text in given_back), _text("refunded", 2),
        "0.00", pl.when(back).then(pl.lit("ORIGINAL")).otherwise(pl.lit("")),
        pl.when(back).then(pl.lit("SUCCESS")).otherwise(pl.lit("")), pl.lit("商家:") + pl.col("dish"), "",
        _text("fee", 5), "0.40%", _text("settled", 2), _text("refunded", 2), "",
    ]  # fmt: skip
    dressed = [pl.lit("`") + (pl.lit(cell) if isinstance(cell, str) else cell) for cell in cells]
    return frame.with_columns(text=pl.concat_str(dressed, separator=","))


def _text(name: str, places: int) -> pl.Expr:
    """An amount in cents, or for a fee in thousandths of a cent, as the platforms print it."""
    hundredths = 10**places
    size = pl.col(name).abs()
    sign = pl.when(pl.col(name) < 0).then(pl.lit("-")).otherwise(pl.lit(""))
    rest = (size % hundredths).cast(pl.String).str.zfill(places)
    return pl.concat_str(sign, (size // hundredths).cast(pl.String), pl.lit("."), rest)


def _yuan(figure: int, places: int) -> str:
    sign, size = ("-" if figure < 0 else ""), abs(figure)
    return f"{sign}{size // 10**places}.{size % 10**places:0{places}d}"
