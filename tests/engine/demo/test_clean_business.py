"""A chain without injected differences reconciles by itself: every row has its other side, to the cent and the day."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

import pytest

from chainbrain.demo import DemoChain

from . import reading
from .reading import Row, money

CENT = Decimal("0.01")


def _rows(chain: DemoChain, kind: str) -> list[tuple[str, list[Row]]]:
    """(file, rows) of every table of one format."""
    found = []
    for fact in reading.table(chain.truth, "files.csv"):
        if fact["format"] != kind:
            continue
        if kind.startswith("wechat"):
            rows = reading.ticked(chain.exports, fact["file"])[0]
        elif kind.startswith("alipay"):
            rows = reading.alipay(chain.exports, fact["file"])[0]
        else:
            rows = reading.table(chain.exports, fact["file"])
        found.append((fact["file"], rows))
    return found


def _cutoffs(chain: DemoChain) -> dict[str, timedelta]:
    stores = reading.sheet(chain.exports / "档案/门店档案.xlsx", "门店档案", 1)
    return {row["门店编号"]: timedelta(hours=int(row["营业日切"][:2])) for row in stores}


class Wallets:
    """All wallet payments of a chain: by both numbers, with store, business day, amount and fee."""

    def __init__(self, chain: DemoChain) -> None:
        accounts = reading.table(chain.exports, "档案/收款账户档案.csv")
        self.store = {(row["商户号"], row["终端号"]): row["门店编号"] for row in accounts}
        self.rate = {row["商户号"]: Decimal(row["费率"].rstrip("%")) / 100 for row in accounts}
        cutoffs = _cutoffs(chain)
        self.found: dict[tuple[str, str], tuple[str, str, Decimal]] = {}
        self.fees: list[tuple[str, Decimal, Decimal]] = []
        for _, rows in _rows(chain, "wechat-merchant-trade"):
            for row in rows:
                refund = row["交易状态"] == "REFUND"
                amount = -money(row["退款金额"]) if refund else money(row["应结订单金额"])
                store = self.store[row["商户号"], row["设备号"]]
                self.fees.append((row["商户号"], amount, money(row["手续费"])))
                moment = datetime.fromisoformat(row["交易时间"]) - cutoffs[store]
                self._add(row["微信订单号"], row["商户订单号"], refund, (store, f"{moment:%Y-%m-%d}", amount))
        for name, rows in _rows(chain, "alipay-merchant-trade"):
            account = name.split("/")[1][:16]
            for row in rows:
                store = self.store[account, row["终端号"]]
                assert store == row["门店编号"]
                amount = money(row["商家实收（元）"])
                self.fees.append((account, amount, -money(row["服务费（元）"])))
                moment = datetime.fromisoformat(row["完成时间"]) - cutoffs[store]
                refund = row["业务类型"] == "退款"
                self._add(row["支付宝交易号"], row["商户订单号"], refund, (store, f"{moment:%Y-%m-%d}", amount))

    def _add(self, wallet_no: str, merchant_no: str, refund: bool, value: tuple[str, str, Decimal]) -> None:
        for number in (wallet_no, merchant_no):
            key = (number, "refund" if refund else "sale")
            assert key not in self.found
            self.found[key] = value


@pytest.fixture(scope="module")
def wallets(clean: DemoChain) -> Wallets:
    return Wallets(clean)


@pytest.fixture(scope="module")
def till(clean: DemoChain) -> tuple[dict[str, Row], list[Row]]:
    """Orders by number and all tenders of every till, in the words of the plain tables."""
    orders: dict[str, Row] = {}
    tenders: list[Row] = []
    for name, rows in _rows(clean, "chainbrain-orders") + _rows(clean, "chainbrain-tenders"):
        if "订单明细" in name:
            orders |= {row["订单号"]: row for row in rows}
        else:
            tenders += rows
    for fact in reading.table(clean.truth, "files.csv"):
        if fact["format"] == "meituan-pos":
            rows = reading.sheet(clean.exports / fact["file"], fact["sheet"], 3)[:-1]
            if fact["sheet"] == "订单明细":
                pairs = {
                    "营业日期": "营业日期",
                    "机构编码": "门店编号",
                    "顾客应付（元）": "实收金额",
                    "订单状态": "订单状态",
                }
                orders |= {row["订单号"]: {new: row[old] for old, new in pairs.items()} for row in rows}
            else:
                pairs = {
                    "订单编号": "订单号", "机构编码": "门店编号", "支付方式": "支付方式", "支付金额（元）": "支付金额",
                    "支付时间": "支付时间", "是否退款": "是否退款", "流水号": "流水号",
                }  # fmt: skip
                tenders += [{new: row[old] for old, new in pairs.items()} for row in rows]
    return orders, tenders


def test_order_amounts_are_the_sum_of_their_sale_tenders(till: tuple[dict[str, Row], list[Row]]) -> None:
    orders, tenders = till
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for row in tenders:
        if row["是否退款"] == "否":
            sums[row["订单号"]] += money(row["支付金额"])
        else:
            assert money(row["支付金额"]) < 0
    for number, order in orders.items():
        assert money(order["实收金额"]) == sums.get(number, Decimal(0))
        assert (number in sums) == (order["订单状态"] in ("已完成", "已结账"))
    assert any(count > 1 for count in Counter(row["订单号"] for row in tenders).values())


def test_wallet_tenders_and_wallet_rows_are_each_others_other_side(
    clean: DemoChain, wallets: Wallets, till: tuple[dict[str, Row], list[Row]]
) -> None:
    orders, tenders = till
    cutoffs = _cutoffs(clean)
    seen = 0
    for row in tenders:
        if not row["支付方式"].startswith(("微信", "支付宝")):
            continue
        refund = row["是否退款"] == "是"
        store, day, amount = wallets.found[row["流水号"], "refund" if refund else "sale"]
        moment = datetime.fromisoformat(row["支付时间"]) - cutoffs[row["门店编号"]]
        assert (store, day, amount) == (row["门店编号"], f"{moment:%Y-%m-%d}", money(row["支付金额"]))
        if not refund:
            assert day == orders[row["订单号"]]["营业日期"]
        seen += 1
    assert seen * 2 == len(wallets.found)


def test_fees_are_those_of_the_contract(wallets: Wallets) -> None:
    for account, amount, fee in wallets.fees:
        due = (abs(amount) * wallets.rate[account]).quantize(CENT, ROUND_HALF_UP)
        assert fee == (due if amount > 0 else -due)


def test_every_withdrawal_and_payout_arrives_and_nothing_else_does(clean: DemoChain) -> None:
    expected: Counter[tuple[str, Decimal]] = Counter()
    for _, rows in _rows(clean, "wechat-merchant-fundflow"):
        expected.update(("财付通", money(r["收支金额(元)"])) for r in rows if r["业务类型"] == "提现")
    for _, rows in _rows(clean, "alipay-merchant-ledger"):
        expected.update(("支付宝", -money(r["支出金额（-元）"])) for r in rows if r["业务类型"] == "提现")
    payouts: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for fact in reading.table(clean.truth, "files.csv"):
        if fact["sheet"] == "账单明细":
            for row in reading.sheet(clean.exports / fact["file"], "账单明细", 2):
                payouts[row["入账结算设置ID"], row["结算日期"]] += money(row["账单金额"])
    last = f"{clean.last_day:%Y-%m-%d}"
    expected.update(("三快", amount) for (_, day), amount in payouts.items() if day <= last)
    for row in reading.table(clean.exports, "档案/现金盘点.csv"):
        if money(row["缴存"]):
            expected[f"现金缴存 {row['门店编号']}", money(row["缴存"])] += 1
    in_transit = sum(
        (money(r["余额"]) for r in reading.table(clean.exports, "档案/期初余额.csv") if r["类型"] == "在途"), Decimal(0)
    )
    arrived: Counter[tuple[str, Decimal]] = Counter()
    for who, memo, amount in _deposits(clean):
        if memo != "结息":
            payer = next((p for p in ("财付通", "支付宝", "三快") if p in who), memo[:9])
            arrived[payer, amount] += 1
    before = arrived - expected
    assert expected - arrived == Counter()
    assert all(payer == "三快" for payer, _ in before)
    assert sum(amount * count for (_, amount), count in before.items()) == in_transit > 0


def _deposits(chain: DemoChain) -> list[tuple[str, str, Decimal]]:
    """(counterparty, memo, amount) of every line that brings money."""
    found = []
    for fact in reading.table(chain.truth, "files.csv"):
        if fact["format"] == "bank-corporate/cmb_01":
            for row in reading.sheet(chain.exports / fact["file"], fact["sheet"], 9):
                found.append((row["收(付)方名称"], row["用途"], money(row["贷方金额"])))
        elif fact["format"] == "bank-corporate/ccb_02":
            for row in reading.table(chain.exports, fact["file"]):
                found.append((row["对方户名"], row["摘要"], money(row["贷方发生额（收入）"])))
    return [line for line in found if line[2] > 0]


def test_drawers_and_cards_agree_with_the_till(clean: DemoChain, till: tuple[dict[str, Row], list[Row]]) -> None:
    _, tenders = till
    cutoffs = _cutoffs(clean)
    cash: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    cards = {}
    for row in tenders:
        if row["支付方式"].startswith("现金"):
            day = datetime.fromisoformat(row["支付时间"]) - cutoffs[row["门店编号"]]
            cash[row["门店编号"], f"{day:%Y-%m-%d}"] += money(row["支付金额"])
        elif row["支付方式"].startswith(("会员储值", "储值卡")):
            cards[row["流水号"]] = money(row["支付金额"])
    for row in reading.table(clean.exports, "档案/现金盘点.csv"):
        sold = money(row["现金销售"]) - money(row["现金退款"])
        assert sold == cash[row["门店编号"], row["营业日期"]]
        assert money(row["备用金"]) + sold - money(row["支出"]) - money(row["缴存"]) == money(row["实点"])
    uses = [row for row in reading.table(clean.exports, "档案/储值变动.csv") if row["类型"] == "消费"]
    assert {row["单号"]: money(row["金额"]) for row in uses} == cards
    assert all(money(row["本金"]) + money(row["赠金"]) == money(row["金额"]) for row in uses)


def test_takeaway_tenders_are_the_platforms_base(clean: DemoChain, till: tuple[dict[str, Row], list[Row]]) -> None:
    _, tenders = till
    base: Counter[tuple[str, Decimal]] = Counter()
    rates = set()
    for fact in reading.table(clean.truth, "files.csv"):
        if fact["format"] != "meituan-waimai" or fact["sheet"] != "订单明细":
            continue
        for row in reading.sheet(clean.exports / fact["file"], "订单明细", 1):
            if row["交易类型"] == "推广费" or row["订单状态"] == "订单取消":
                continue
            due = sum((money(row[c]) for c in ("商品总价", "打包费", "商家对顾客的活动补贴")), Decimal(0))
            base[row["订单号"], due] += 1
            rates.add(row["佣金费率"])
            commission = (abs(due) * Decimal("0.065")).quantize(CENT, ROUND_HALF_UP)
            assert abs(money(row["佣金(实付)"])) == commission
    assert rates == {"6.50%"}
    shown = Counter((row["流水号"], money(row["支付金额"])) for row in tenders if row["支付方式"] == "美团外卖")
    assert shown == base
