"""Every written file agrees with its own control totals, whatever was injected into the business."""

from __future__ import annotations

import re
from collections import defaultdict
from decimal import Decimal

import pytest

from chainbrain.demo import DemoChain

from . import reading
from .reading import money


def _files(chain: DemoChain, kind: str) -> list[dict[str, str]]:
    found = [row for row in reading.table(chain.truth, "files.csv") if row["format"] == kind]
    assert found
    return found


@pytest.fixture(params=["chain", "clean"])
def made(request: pytest.FixtureRequest) -> DemoChain:
    found = request.getfixturevalue(request.param)
    assert isinstance(found, DemoChain)
    return found


def test_wechat_trade_bills_sum_to_their_summary(made: DemoChain) -> None:
    for fact in _files(made, "wechat-merchant-trade"):
        rows, total = reading.ticked(made.exports, fact["file"])
        assert int(total["总交易单数"]) == len(rows) == int(fact["rows"])
        for summary, column in (
            ("应结订单总金额", "应结订单金额"), ("退款总金额", "退款金额"), ("手续费总金额", "手续费"),
            ("订单总金额", "订单金额"),
            ("申请退款总金额", "申请退款金额"), ("充值券退款总金额", "充值券退款金额"),
        ):  # fmt: skip
            assert sum(money(row[column]) for row in rows) == money(total[summary])
        assert all(re.fullmatch(r"-?\d+\.\d{5}", row["手续费"]) for row in rows)


def test_wechat_balances_run_from_row_to_row(made: DemoChain) -> None:
    opening = {row["渠道或账号"]: money(row["余额"]) for row in reading.table(made.exports, "档案/期初余额.csv")}
    running: dict[str, Decimal] = {}
    for fact in _files(made, "wechat-merchant-fundflow"):
        rows, total = reading.ticked(made.exports, fact["file"])
        merchant = fact["file"].split("/")[1][:10]
        balance = running.get(merchant, opening[merchant])
        came = left = Decimal(0)
        for row in rows:
            amount = money(row["收支金额(元)"])
            assert amount > 0
            came, left = (came + amount, left) if row["收支类型"] == "收入" else (came, left + amount)
            balance += amount if row["收支类型"] == "收入" else -amount
            assert balance == money(row["账户结余(元)"])
        running[merchant] = balance
        assert (int(total["资金流水总笔数"]), money(total["收入金额"]), money(total["支出金额"])) == (
            len(rows),
            came,
            left,
        )


def test_alipay_trade_agrees_with_trailer_and_summary(made: DemoChain) -> None:
    for fact in _files(made, "alipay-merchant-trade"):
        rows, trailer = reading.alipay(made.exports, fact["file"])
        sales = [row for row in rows if row["业务类型"] == "交易"]
        refunds = [row for row in rows if row["业务类型"] == "退款"]
        assert len(sales) + len(refunds) == len(rows)
        for marker, part in (("#交易合计", sales), ("#退款合计", refunds)):
            line = next(line for line in trailer if line.startswith(marker))
            count, amount = re.findall(r"-?\d+(?:\.\d+)?", line)[:2]
            assert (int(count), money(amount)) == (
                len(part),
                sum((money(r["商家实收（元）"]) for r in part), Decimal(0)),
            )
        summary, _ = reading.alipay(made.exports, fact["file"].replace("业务明细.csv", "业务明细(汇总).csv"))
        for told in summary:
            part = rows if told["门店编号"] == "合计" else [r for r in rows if r["门店编号"] == told["门店编号"]]
            net = sum((money(r["商家实收（元）"]) + money(r["服务费（元）"]) for r in part), Decimal(0))
            assert money(told["实收净额（元）"]) == net
        assert any("," in row["商品名称"] for row in rows)


def test_alipay_balances_run_from_row_to_row(made: DemoChain) -> None:
    opening = {row["渠道或账号"]: money(row["余额"]) for row in reading.table(made.exports, "档案/期初余额.csv")}
    running: dict[str, Decimal] = {}
    for fact in _files(made, "alipay-merchant-ledger"):
        rows, trailer = reading.alipay(made.exports, fact["file"])
        account = fact["file"].split("/")[1][:16]
        balance = running.get(account, opening[account])
        came = left = Decimal(0)
        for row in rows:
            came += money(row["收入金额（+元）"])
            left += money(row["支出金额（-元）"])
            balance += money(row["收入金额（+元）"]) + money(row["支出金额（-元）"])
            assert balance == money(row["账户余额（元）"])
        running[account] = balance
        assert f"共{left:.2f}元" in next(line for line in trailer if line.startswith("#支出合计"))
        assert f"共{came:.2f}元" in next(line for line in trailer if line.startswith("#收入合计"))


def test_platform_orders_sum_to_their_bills(made: DemoChain) -> None:
    for fact in _files(made, "meituan-waimai"):
        if fact["sheet"] != "订单明细":
            continue
        path = made.exports / fact["file"]
        sums: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
        orders = reading.sheet(path, "订单明细", 1)
        assert len(orders) == int(fact["rows"])
        for row in orders:
            due = money(row["商家应收款"])
            sums[row["门店id"], row["账单日期"]] += due
            if row["交易类型"] != "推广费":
                service = money(row["平台服务费(含佣金和配送服务费)"])
                parts = ("商品总价", "打包费", "商家对顾客的活动补贴")
                assert due == sum(money(row[part]) for part in parts) + service
                assert service == money(row["佣金(实付)"]) + money(row["配送服务费(含补贴)"])
        bills = reading.sheet(path, "账单明细", 2)
        assert {(row["门店id"], row["账单日期"]): money(row["账单金额"]) for row in bills} == dict(sums)


def test_bank_balances_run_from_row_to_row(made: DemoChain) -> None:
    opening = {row["渠道或账号"]: money(row["余额"]) for row in reading.table(made.exports, "档案/期初余额.csv")}
    by_ending = {number[-4:]: balance for number, balance in opening.items()}
    for kind in ("bank-corporate/cmb_01", "bank-corporate/ccb_02"):
        for fact in _files(made, kind):
            ending = re.findall(r"_(\d{4})_", fact["file"])[0]
            if fact["sheet"]:
                rows = reading.sheet(made.exports / fact["file"], fact["sheet"], 9)
                moves = [(money(r["贷方金额"]) - money(r["借方金额"]), money(r["余额"])) for r in rows]
            else:
                rows = reading.table(made.exports, fact["file"])
                out, into = "借方发生额（支取）", "贷方发生额（收入）"
                moves = [(money(r[into]) - money(r[out]), money(r["余额"])) for r in rows][::-1]
            for amount, balance in moves:
                by_ending[ending] += amount
                assert by_ending[ending] == balance
            assert len(rows) == int(fact["rows"])


def test_till_sheets_sum_to_their_total_row(made: DemoChain) -> None:
    for fact in _files(made, "meituan-pos"):
        rows = reading.sheet(made.exports / fact["file"], fact["sheet"], 3)
        total, rows = rows[-1], rows[:-1]
        column = "支付合计（元）" if fact["sheet"] == "订单明细" else "支付金额（元）"
        assert total["机构编码"] == "--"
        assert sum(money(row[column]) for row in rows) == money(total[column])
        assert len(rows) == int(fact["rows"])


def test_listed_rows_are_the_rows_of_plain_tables(made: DemoChain) -> None:
    for fact in reading.table(made.truth, "files.csv"):
        if fact["format"].startswith("chainbrain-") and not fact["sheet"]:
            assert len(reading.table(made.exports, fact["file"])) == int(fact["rows"])
