"""Writers of the chain's own tables, till reports, takeaway workbooks and bank statements."""

# Rows of files stand one to a line, however long.
# ruff: noqa: E501, PLR0917

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from openpyxl import Workbook

Cells = Sequence[object]


def csv_file(path: Path, rows: Sequence[Cells], encoding: str = "utf-8-sig", delimiter: str = ",") -> Path:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def xlsx_file(path: Path, sheets: dict[str, Sequence[Cells]]) -> Path:
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    book.save(path)
    return path


def stores(folder: Path, *rows: str) -> Path:
    """Rows: ``S1 一号店 [cut-off]``."""
    table = [("门店编号", "门店名称", "城市", "经营方式", "开业日期", "营业日切")]
    for row in rows:
        code, name, *cutoff = row.split()
        table.append((code, name, "杭州", "直营", "2024-01-01", cutoff[0] if cutoff else "00:00"))
    return csv_file(folder / "门店档案.csv", table)


ACCOUNT_COLUMNS = (
    "渠道",
    "商户号",
    "终端号",
    "门店编号",
    "收款主体",
    "费率",
    "结算周期",
    "结算日切",
    "入账账号",
    "生效日期",
    "失效日期",
)


def accounts(folder: Path, *rows: Cells, name: str = "收款账户档案.csv") -> Path:
    return csv_file(folder / name, [ACCOUNT_COLUMNS, *rows])


def account(channel: str, merchant: str, store: str, rate: str = "0.60%", bank: str = "", terminal: str = "",
            since: str = "2024-01-01", until: str = "", rule: str = "D1") -> Cells:  # fmt: skip
    return (channel, merchant, terminal, store, "甲公司", rate, rule, "24:00", bank, since, until)


class Till:
    """订单明细 and 支付明细 of any till, grown order by order."""

    def __init__(self) -> None:
        self.orders: list[Cells] = []
        self.tenders: list[Cells] = []

    def order(self, store: str, number: str, at: str, amount: str, *tenders: Cells, day: str = "",
              state: str = "已完成", channel: str = "堂食", discount: str = "0.00") -> None:  # fmt: skip
        """``tenders``: method, amount, merchant number, reference, [moment]; a negative amount is a refund."""
        listed = Decimal(amount) + Decimal(discount)
        self.orders.append((number, store, day or at[:10], at, channel, f"{listed:.2f}", discount, amount, state))
        for method, paid, merchant, reference, *when in tenders:
            back = "是" if Decimal(str(paid)) < 0 else "否"
            self.tenders.append((number, store, method, paid, when[0] if when else at, back, merchant, reference))

    def write(self, folder: Path, name: str = "till") -> tuple[Path, Path]:
        orders = csv_file(folder / f"{name}-orders.csv", [
            ("订单号", "门店编号", "营业日期", "下单时间", "订单渠道", "应收金额", "优惠金额", "实收金额", "订单状态"), *self.orders,
        ])  # fmt: skip
        tenders = csv_file(folder / f"{name}-tenders.csv", [
            ("订单号", "门店编号", "支付方式", "支付金额", "支付时间", "是否退款", "商户号", "流水号"), *self.tenders,
        ])  # fmt: skip
        return orders, tenders


def bank(path: Path, rows: Sequence[tuple[str, str, str, str]], account_no: str = "571900000001", opening: str = "1000.00",
         newest_first: bool = False) -> Path:  # fmt: skip
    """ICBC layout with a preamble; rows: moment, signed amount, payer, memo."""
    balance, lines = Decimal(opening), []
    for at, amount, payer, memo in rows:
        signed = Decimal(amount)
        balance += signed
        out, into = ("", f"{signed:.2f}") if signed >= 0 else (f"{-signed:.2f}", "")
        lines.append((at, "转账", payer, "", memo, out, into, f"{balance:,.2f}"))
    if newest_first:
        lines.reverse()
    head = [
        ("账号", account_no, "户名", "甲公司", "", "", "", ""),
        ("网点号", "1202", "币种", "人民币", "", "", "", ""),
    ]
    return csv_file(
        path, [*head, ("日期", "交易类型", "对方户名", "对方账号", "摘要", "借方发生额", "贷方发生额", "余额"), *lines]
    )


WAIMAI = [
    "门店id",
    "门店名称",
    "结算id",
    "交易类型",
    "交易描述",
    "用户支付方式",
    "订单序号",
    "订单号",
    "下单时间",
    "完成时间",
    "退款时间",
    "订单状态",
    "配送方式",
    "配送状态",
    "结算状态",
    "账单日期",
    "归属账期",
    "商家应收款",
    "商品总价",
    "打包费",
    "商家对顾客的活动补贴",
    "美团活动补贴",
    "平台服务费(含佣金和配送服务费)",
    "公益捐款",
    "用户支付配送费",
    "用户线上支付金额",
    "费率",
    "佣金(实付)",
    "佣金费率",
    "配送服务费(含补贴)",
    "入账结算id",
]


def waimai_row(shop: str, number: str, day: str, due: str, goods: str = "-", pack: str = "-", promo: str = "-",
               charge: str = "-", commission: str = "-", kind: str = "外卖订单", at: str = "", back: str = "-",
               state: str = "订单完成", batch: str = "", payout: str = "8800001", name: str = "一号店") -> dict[str, str]:  # fmt: skip
    row = dict.fromkeys(WAIMAI, "-")
    return row | {
        "门店id": shop, "门店名称": name, "结算id": batch or f"{shop}{day.replace('-', '')}", "交易类型": kind, "订单序号": number[-3:],
        "订单号": number, "下单时间": at or f"{day} 12:00:00", "完成时间": at or f"{day} 12:40:00", "退款时间": back,
        "订单状态": state, "结算状态": "已结算", "账单日期": day, "归属账期": f"{day}~{day}", "商家应收款": due, "商品总价": goods,
        "打包费": pack, "商家对顾客的活动补贴": promo, "平台服务费(含佣金和配送服务费)": charge, "佣金(实付)": commission,
        "佣金费率": "6.50%", "入账结算id": payout,
    }  # fmt: skip


def waimai(path: Path, rows: Sequence[dict[str, str]], pays: dict[str, str], note: bool = True,
           bills: dict[tuple[str, str], str] | None = None) -> Path:  # fmt: skip
    """``pays``: day of the bill → day of the payout. ``bills`` overrides amounts by (shop, day)."""
    sums: dict[tuple[str, str], Decimal] = {}
    about: dict[tuple[str, str], dict[str, str]] = {}
    for row in rows:
        key = (row["门店id"], row["账单日期"])
        sums[key] = sums.get(key, Decimal(0)) + Decimal(row["商家应收款"])
        about[key] = row
    table: list[Cells] = [("【注】账单金额为当日应结算金额",)] if note else []
    table.append(
        ("结算id", "门店id", "门店名称", "账单日期", "账单金额", "结算状态", "归属账期", "结算日期", "入账结算设置ID")
    )
    for (shop, day), amount in sums.items():
        row = about[shop, day]
        shown = (bills or {}).get((shop, day), f"{amount:.2f}")
        table.append(
            (row["结算id"], shop, row["门店名称"], day, shown, "已结算", row["归属账期"], pays[day], row["入账结算id"])
        )
    orders: list[Cells] = [tuple(WAIMAI), *(tuple(row[name] for name in WAIMAI) for row in rows)]
    return xlsx_file(
        path, {"账单明细": table, "订单明细": orders, "账单字段说明": [("字段", "说明"), ("订单号", "平台订单号")]}
    )
