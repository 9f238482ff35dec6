"""Sources whose rows are exported again and again: made up at random, written in any encoding and order of columns."""

# Rows of files stand one to a line, however long.
# ruff: noqa: E501

from __future__ import annotations

import random
from abc import ABC, abstractmethod
from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

from acceptance_tables import csv_file, waimai, waimai_row, xlsx_file
from acceptance_wallets import ali_bill, ali_sale, wx_sale, wx_text

Row = dict[str, str]

ENCODINGS = ("utf-8", "utf-8-sig", "gb18030", "utf-16")
START = datetime(2026, 3, 1, 9, 0)


class Source(ABC):
    """One store or account.

    ``numbered``: every row bears a number or is otherwise one of its kind. ``repeats``: rows may be equal.
    """

    numbered = True
    repeats = False

    def rows(self, chance: random.Random) -> list[Row]:
        """Up to 24 rows of up to four days, oldest first; without numbers some are equal to the one before."""
        found: list[Row] = []
        at = START
        for number in range(chance.randint(4, 24)):
            if found and self.repeats and chance.random() < 0.25:
                found.append(dict(found[-1]))
                continue
            at += timedelta(seconds=chance.choice((7, 60, 3_600, 40_000)))
            found.append(self.row(number, at, f"{chance.randint(1, 9)}.{chance.choice(('00', '50'))}"))
        return self.settled(found)

    def settled(self, rows: list[Row]) -> list[Row]:
        """The rows, with what follows from those before them."""
        return rows

    @abstractmethod
    def row(self, number: int, at: datetime, amount: str) -> Row:
        """One row, by the names of the columns."""

    @abstractmethod
    def write(self, path: Path, rows: Sequence[Row], chance: random.Random) -> Path:
        """Export some of the rows."""


class Table(Source):
    """A table with its header in the first line, or below ``head``."""

    head: tuple[tuple[str, ...], ...] = ()
    keeps_order = False

    def write(self, path: Path, rows: Sequence[Row], chance: random.Random) -> Path:
        columns, lines = list(rows[0]), list(rows)
        chance.shuffle(columns)
        if not self.keeps_order:
            chance.shuffle(lines)
        elif chance.random() < 0.5:
            lines.reverse()
        cells = [tuple(row[column] for column in columns) for row in lines]
        delimiter = chance.choice(",\t")
        return csv_file(path, [*self.head, tuple(columns), *cells], chance.choice(ENCODINGS), delimiter)


class Orders(Table):
    def row(self, number: int, at: datetime, amount: str) -> Row:
        return {
            "订单号": f"A{number:04d}",
            "门店编号": "S1",
            "营业日期": f"{at:%Y-%m-%d}",
            "下单时间": f"{at:%Y-%m-%d %H:%M:%S}",
            "实收金额": amount,
            "订单状态": "已完成",
        }


class Tenders(Table):
    """Cash: a till that numbers its bills by the day, so that nothing tells two of a second apart."""

    numbered = False
    repeats = True

    def row(self, number: int, at: datetime, amount: str) -> Row:
        return {
            "订单号": f"{number % 3}",
            "门店编号": "S1",
            "支付方式": "现金",
            "支付金额": amount,
            "支付时间": f"{at:%Y-%m-%d %H:%M:%S}",
        }


class ReferencedTenders(Table):
    def row(self, number: int, at: datetime, amount: str) -> Row:
        return {
            "订单号": "1",
            "门店编号": "S1",
            "支付方式": "微信",
            "支付金额": amount,
            "支付时间": f"{at:%Y-%m-%d %H:%M}",
            "流水号": f"R{number:05d}",
        }


class StoredValue(Table):
    numbered = False
    repeats = True

    def row(self, number: int, at: datetime, amount: str) -> Row:
        return {
            "门店编号": "S1",
            "时间": f"{at:%Y-%m-%d %H:%M}",
            "类型": "消费",
            "金额": amount,
            "会员号": f"1380000000{number % 2}",
            "单号": "",
        }


class Bank(Table):
    """A statement with a running balance: two equal transfers differ by it."""

    head = (("账号", "571900000001", "户名", "甲公司"),)
    keeps_order = True

    def settled(self, rows: list[Row]) -> list[Row]:
        balance = Decimal("100.00")
        for row in rows:
            balance += Decimal(row["贷方发生额"])
            row["余额"] = f"{balance:.2f}"
        return rows

    def row(self, number: int, at: datetime, amount: str) -> Row:
        return {
            "日期": f"{at:%Y-%m-%d}",
            "交易类型": "转账",
            "对方户名": "客户",
            "对方账号": f"622{number % 2}",
            "摘要": "货款",
            "借方发生额": "",
            "贷方发生额": "5.00",
            "余额": "",
        }


class BankWithoutBalance(Bank):
    numbered = False
    repeats = True

    def settled(self, rows: list[Row]) -> list[Row]:
        return rows

    def row(self, number: int, at: datetime, amount: str) -> Row:
        return super().row(number, at, amount) | {"贷方发生额": f"{number}{amount}", "对方账号": ""}


class Wechat(Source):
    def row(self, number: int, at: datetime, amount: str) -> Row:
        made = wx_sale(f"42000018{number + 1:020d}", f"X{number}", f"{at:%Y-%m-%d %H:%M:%S}", amount, "0.06")
        return {name: str(cell) for name, cell in made.items()}

    def write(self, path: Path, rows: Sequence[Row], chance: random.Random) -> Path:
        lines = [dict[str, object](row) for row in rows]
        chance.shuffle(lines)
        path.write_bytes(wx_text(lines).encode(chance.choice(ENCODINGS)))
        return path


class Alipay(Source):
    def row(self, number: int, at: datetime, amount: str) -> Row:
        made = ali_sale(f"20260301220014{number + 1:014d}", f"Y{number}", f"{at:%Y-%m-%d %H:%M:%S}", amount)
        return {name: str(cell) for name, cell in made.items()}

    def write(self, path: Path, rows: Sequence[Row], chance: random.Random) -> Path:
        lines = [dict[str, object](row) for row in rows]
        chance.shuffle(lines)
        return ali_bill(path, lines)


class Meituan(Source):
    def row(self, number: int, at: datetime, amount: str) -> Row:
        return waimai_row("9001", f"8001{number:06d}", f"{at:%Y-%m-%d}", amount, amount, at=f"{at:%Y-%m-%d %H:%M:%S}")

    def write(self, path: Path, rows: Sequence[Row], chance: random.Random) -> Path:
        lines = list(rows)
        chance.shuffle(lines)
        return waimai(path, lines, {row["账单日期"]: "2026-03-10" for row in rows})


class Pinduoduo(Source):
    """A ledger whose rows bear no number, each a wallet line and the payment of its order."""

    numbered = False
    columns = ("商户订单号", "发生时间", "收入金额（+元）", "支出金额（-元）", "账务类型", "备注", "业务描述")

    def row(self, number: int, at: datetime, amount: str) -> Row:
        cells = (
            f"260301-{number:015d}",
            f"{at:%Y-%m-%d %H:%M:%S}",
            amount,
            "0.00",
            "交易收入",
            "",
            "0010002|交易收入-订单收入",
        )
        return dict(zip(self.columns, cells, strict=True))

    def write(self, path: Path, rows: Sequence[Row], chance: random.Random) -> Path:
        lines = [tuple(row.values()) for row in rows]
        chance.shuffle(lines)
        span = "起始时间：2026-03-01 00:00:00   终止时间：2026-03-31 23:59:59"
        head = [("拼多多店铺账务明细查询",), (), (span,), ("---交易记录明细列表---",), self.columns]
        return csv_file(path, [*head, *lines], "gb18030")


class WechatPersonal(Source):
    """Every row is a wallet line and a guest's payment, and its fee one more wallet line."""

    columns = (
        "交易时间",
        "交易类型",
        "交易对方",
        "商品",
        "收/支",
        "金额(元)",
        "支付方式",
        "当前状态",
        "交易单号",
        "商户单号",
        "备注",
    )

    def row(self, number: int, at: datetime, amount: str) -> Row:
        cells = (
            f"{at:%Y-%m-%d %H:%M:%S}",
            "二维码收款",
            "客人",
            "/",
            "收入",
            f"¥{amount}",
            "/",
            "已收钱",
            f"100005010260303000{number + 1:04d}137",
            "/",
            "服务费¥0.10" if number % 3 else "/",
        )
        return dict(zip(self.columns, cells, strict=True))

    def write(self, path: Path, rows: Sequence[Row], chance: random.Random) -> Path:
        lines = [tuple(row.values()) for row in rows]
        chance.shuffle(lines)
        head = [
            ("微信支付账单明细",),
            ("微信昵称：[老街小面]",),
            ("----------------------微信支付账单明细列表--------------------",),
            self.columns,
        ]
        return csv_file(path, [*head, *lines])


class AlipayPortal(Source):
    """An order and what went back of it are on one line."""

    columns = (
        "商户订单号",
        "支付宝交易号",
        "创建时间",
        "交易状态",
        "商家实收(元)",
        "商家实退(元)",
        "服务费(元)",
        "退服务费(元)",
        "付款备注",
    )

    def row(self, number: int, at: datetime, amount: str) -> Row:
        back = "0.50" if number % 2 else "0.00"
        cells = (
            f"Z{number}",
            f"20260301220014{number + 1:014d}",
            f"{at:%Y-%m-%d %H:%M:%S}",
            "交易成功",
            amount,
            back,
            "0.06",
            "0.00",
            "",
        )
        return dict(zip(self.columns, cells, strict=True))

    def write(self, path: Path, rows: Sequence[Row], chance: random.Random) -> Path:
        lines = [tuple(row.values()) for row in rows]
        chance.shuffle(lines)
        path = path.with_suffix(".xlsx")
        return xlsx_file(path, {"交易订单": [("支付宝商家平台",), ("账号",), self.columns, *lines]})


SOURCES: tuple[Source, ...] = (
    Tenders(), Wechat(), StoredValue(), Alipay(), BankWithoutBalance(), Bank(), Tenders(), Orders(), ReferencedTenders(),
    Meituan(), Pinduoduo(), WechatPersonal(), AlipayPortal(),
)  # fmt: skip
