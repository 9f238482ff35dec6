"""From the wallets to the bank: ledgers, fees, withdrawals, deposits, payouts, cash, stored value, with exact amounts."""

# Rows of files stand one to a line, however long.
# ruff: noqa: E501

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from acceptance_book import Book
from acceptance_tables import Till, account, accounts, bank, csv_file, stores, waimai, waimai_row
from acceptance_wallets import ali_bill, ali_ledger, ali_sale, wx_bill, wx_fund, wx_refund, wx_sale

A, B, P, M = "1900000101", "1900000202", "2088111122223334", "90001"
CFT, ZFB, MT = "深圳市财付通支付科技有限公司", "支付宝（中国）网络技术有限公司", "北京钱袋宝支付技术有限公司"
BANK = "571900000001"
DAY = "2026-03-10"
Money = Decimal


def wx(number: int) -> str:
    return f"42000018{number:020d}"


def master(folder: Path, *more: object, rate: str = "0.60%") -> list[Path]:
    rows = [
        account("微信", A, "S1", rate, BANK),
        account("支付宝", P, "S1", rate, BANK),
        account("美团外卖", M, "S1", "6.5%", BANK, rule="T3"),
    ]
    return [stores(folder, "S1 一号店", "S2 二号店"), accounts(folder, *rows, *more)]  # type: ignore[list-item]


def test_fees_of_the_worked_table(book: Book) -> None:
    """0.38 %: 0.94 in all; 0.60 %: 1.47 in all; 33.33 charged 0.25 is 0.05 too much; 0.80 charged nothing is right."""
    amounts = ["12.34", "0.50", "8.00", "25.50", "199.00", "1.30"]
    low = ["0.05", "0.00", "0.03", "0.10", "0.76", "0.00"]
    high = ["0.07", "0.00", "0.05", "0.15", "1.19", "0.01"]
    rows = []
    for merchant, fees, start in ((A, low, 1), (B, high, 101)):
        rows.append([wx_sale(wx(start + n), f"X{start + n}", f"{DAY} 12:0{n}:00", amount, fee, merchant)
                     for n, (amount, fee) in enumerate(zip(amounts, fees, strict=True))])  # fmt: skip
    rows[1] += [
        wx_sale(wx(200), "Y1", f"{DAY} 13:00:00", "33.33", "0.25", B),
        wx_sale(wx(201), "Y2", f"{DAY} 13:00:00", "0.80", "0", B),
    ]
    book.add(stores(book.folder, "S1 一号店"), accounts(book.folder, account("微信", A, "S1", "0.38%"), account("微信", B, "S1", "0.006")),
             wx_bill(book.folder / "a.csv", rows[0]), wx_bill(book.folder / "b.csv", rows[1]))  # fmt: skip
    book.reconcile()
    assert book.codes() == [("D07", "open", Money("-0.05"))]
    sums = dict(
        book.rows(
            "select merchant_no, sum(fee) from payments where external_id not in ("
            + f"'{wx(200)}', '{wx(201)}'"
            + ") group by 1"
        )
    )
    assert sums == {A: Money("0.94"), B: Money("1.47")}


def test_fee_given_back_with_a_refund(book: Book) -> None:
    """30.00 of 100.00 at 0.60 % gives 0.18 back; giving back only 0.10 is 0.08 too little for the business."""
    rows = [wx_sale(wx(1), "X1", f"{DAY} 12:00:00", "100.00", "0.60"), wx_refund(wx(1), "X1", f"{DAY} 13:00:00", "30.00", "5031", "R1", "-0.18"),
            wx_sale(wx(2), "X2", f"{DAY} 12:00:00", "100.00", "0.60"), wx_refund(wx(2), "X2", f"{DAY} 13:00:00", "30.00", "5032", "R2", "-0.10")]  # fmt: skip
    till = Till()
    for n in (1, 2):
        till.order(
            "S1",
            f"O{n}",
            f"{DAY} 12:00:00",
            "100.00",
            ("微信", "100.00", A, f"X{n}"),
            ("微信", "-30.00", A, f"X{n}", f"{DAY} 13:00:00"),
        )
    book.add(*master(book.folder), *till.write(book.folder), wx_bill(book.folder / "a.csv", rows))
    book.reconcile()
    assert book.codes() == [("D07", "open", Money("-0.08"))]


def fund_of(rows: list[dict[str, object]], start: int = 9000) -> list[tuple[str, str, str, str, str, str]]:
    lines = []
    for row in rows:
        back = row["交易状态"] == "REFUND"
        number, voucher = (row["微信退款单号"], row["商户退款单号"]) if back else (row["微信订单号"], row["商户订单号"])
        amount = -Money(str(row["退款金额"])) if back else Money(str(row["应结订单金额"]))
        fee = -Money(str(row["手续费"])).quantize(Money("0.01"))
        for kind, figure in (
            ("退款" if back else "交易", amount),
            ("退还交易手续费" if back else "扣除交易手续费", fee),
        ):
            if figure:
                lines.append(
                    (str(row["交易时间"]), str(number), str(start + len(lines)), kind, f"{figure:.2f}", str(voucher))
                )
    return lines


def test_trade_ledger_withdrawal_deposit(book: Book) -> None:
    rows = [wx_sale(wx(1), "X1", f"{DAY} 12:00:00", "100.00", "0.60"), wx_sale(wx(2), "X2", f"{DAY} 12:10:00", "0.50", "0.00"),
            wx_refund(wx(1), "X1", f"{DAY} 13:00:00", "30.00", "5031", "R1", "-0.18")]  # fmt: skip
    fund = [*fund_of(rows), ("2026-03-11 02:00:00", "70001", "9900", "提现", "-70.08", "W1")]
    book.add(*master(book.folder), wx_bill(book.folder / "a.csv", rows), wx_fund(book.folder / "f.csv", fund, newest_first=True),
             bank(book.folder / "b.csv", [("2026-03-11", "70.08", CFT, f"{A} 微信支付提现"), ("2026-03-16", "-1.00", "x", "")]))  # fmt: skip
    book.reconcile()
    assert book.codes() == []
    assert book.states("payment", "ledger") == {"matched": 3}
    assert book.states("wallet_line", "ledger") == {"matched": 5, "excluded": 1}
    assert book.states("wallet_line", "bank") == {"matched": 1}
    assert book.deposits() == {("9900", Money("70.08"))}


def test_the_ledger_disagrees(book: Book) -> None:
    """A sale that was never credited, a fee taken twice as high as billed, a credit that no bill explains."""
    rows = [wx_sale(wx(n), f"X{n}", f"{DAY} 12:0{n}:00", "100.00", "0.60") for n in (1, 2, 3)]
    fund = [line for line in fund_of(rows) if line[1] != wx(1)]
    fund = [
        (*line[:4], "-1.20", line[5]) if line[1] == wx(2) and line[3] == "扣除交易手续费" else line for line in fund
    ]
    fund += [
        (f"{DAY} 14:00:00", wx(77), "9970", "交易", "55.00", "X77"),
        ("2026-03-11 09:00:00", "60001", "9980", "充值", "1.00", ""),
    ]
    book.add(*master(book.folder), wx_bill(book.folder / "a.csv", rows), wx_fund(book.folder / "f.csv", fund))
    book.reconcile()
    assert book.codes() == [
        ("D07", "open", Money("-0.60")),
        ("D08", "open", Money("-99.40")),
        ("D09", "open", Money("55.00")),
    ]


def test_a_missing_ledger_day_waits(book: Book) -> None:
    rows = [
        wx_sale(wx(1), "X1", f"{DAY} 12:00:00", "100.00", "0.60"),
        wx_sale(wx(2), "X2", "2026-03-11 12:00:00", "50.00", "0.30"),
    ]
    book.add(
        *master(book.folder), wx_bill(book.folder / "a.csv", rows), wx_fund(book.folder / "f.csv", fund_of(rows[:1]))
    )
    book.reconcile()
    assert book.codes() == []
    assert book.states("payment", "ledger") == {"matched": 1, "timing": 1}
    book.add(wx_fund(book.folder / "f2.csv", fund_of(rows[1:], 9100), "99.40"))
    book.reconcile()
    assert book.codes() == []
    assert book.states("payment", "ledger") == {"matched": 2}


def withdrawals(
    folder: Path, *rows: tuple[str, str, str], merchant: str = A, name: str = "f.csv", start: int = 1
) -> list[Path]:
    """A ledger of one sale per withdrawal: (moment, number, amount)."""
    sales = [
        wx_sale(wx(start + n), f"V{start + n}", f"{at[:10]} 00:10:00", amount, "0", merchant)
        for n, (at, _, amount) in enumerate(rows)
    ]
    lines = []
    for sale, (at, number, amount) in zip(sales, rows, strict=True):
        lines += [
            *fund_of([sale], start * 100 + len(lines)),
            (at, f"W{number}", number, "提现", f"-{amount}", f"B{number}"),
        ]
    return [wx_bill(folder / f"t{name}", sales), wx_fund(folder / name, lines)]


def test_equal_withdrawals_on_neighbouring_days(book: Book) -> None:
    """Two withdrawals of one amount, two deposits of it without a memo: which is which is not proven, so nothing is
    confirmed, nothing is missing."""
    files = withdrawals(book.folder, (f"{DAY} 02:00:00", "8001", "5000.00"), ("2026-03-11 02:00:00", "8002", "5000.00"))
    lines = [("2026-03-11", "5000.00", CFT, ""), ("2026-03-12", "5000.00", CFT, ""), ("2026-03-20", "-1.00", "x", "")]
    book.add(*master(book.folder, rate="0"), *files, bank(book.folder / "b.csv", lines))
    book.reconcile()
    assert [code for code, *_ in book.codes() if code in ("D08", "D09")] == []
    for number, amount in book.deposits():
        assert (number, amount) in {("8001", Money("5000.00")), ("8002", Money("5000.00"))}
    wrong = book.rows("select b.posted_at::date, w.occurred_at::date from matches m join match_members i on i.match_id = m.match_id and i.side = 'inner' "
                      "join match_members o on o.match_id = m.match_id and o.side = 'outer' join bank_lines b on b.bank_line_id = o.record_id "
                      "join wallet_lines w on w.wallet_line_id = i.record_id where m.state = 'confirmed' and b.posted_at::date - w.occurred_at::date <> 1")  # fmt: skip
    assert wrong == []


def test_two_merchants_with_equal_withdrawals_into_one_account(book: Book) -> None:
    more = [account("微信", B, "S2", "0", BANK)]
    one = withdrawals(book.folder, (f"{DAY} 02:00:00", "8001", "5000.00"))
    two = withdrawals(book.folder, (f"{DAY} 02:00:00", "8002", "5000.00"), merchant=B, name="g.csv", start=50)
    lines = [
        ("2026-03-11", "5000.00", CFT, f"微信支付 {B} 提现"),
        ("2026-03-11", "5000.00", CFT, f"微信支付 {A} 提现"),
        ("2026-03-20", "-1.00", "x", ""),
    ]
    book.add(*master(book.folder, *more, rate="0"), *one, *two, bank(book.folder / "b.csv", lines))
    book.reconcile()
    assert book.codes() == []
    found = book.rows("select w.merchant_no, b.memo from matches m join match_members i on i.match_id = m.match_id and i.side = 'inner' "
                      "join match_members o on o.match_id = m.match_id and o.side = 'outer' join bank_lines b on b.bank_line_id = o.record_id "
                      "join wallet_lines w on w.wallet_line_id = i.record_id where m.state = 'confirmed' and m.kind = 'settlement_bank'")  # fmt: skip
    assert len(found) == 2 and all(merchant in memo for merchant, memo in found)


def test_a_deposit_of_another_channel_with_the_same_amount(book: Book) -> None:
    files = withdrawals(book.folder, (f"{DAY} 02:00:00", "8001", "5000.00"))
    lines = [
        ("2026-03-10", "5000.00", ZFB, "支付宝提现"),
        ("2026-03-11", "5000.00", "某某供应商", "退货款"),
        ("2026-03-20", "-1.00", "x", ""),
    ]
    book.add(*master(book.folder, rate="0"), *files, bank(book.folder / "b.csv", lines))
    book.reconcile()
    assert book.deposits() == set()
    codes = book.codes()
    assert ("D08", "open", Money("-5000.00")) in codes, codes


def test_a_withdrawal_before_a_holiday_week(book: Book) -> None:
    """国庆 2026: withdrawn on the last working day, posted on the first one after it: on time."""
    files = withdrawals(book.folder, ("2026-09-30 23:00:00", "8001", "48210.35"))
    lines = [("2026-10-08", "48210.35", CFT, f"{A} 提现"), ("2026-10-20", "-1.00", "x", "")]
    book.add(
        *master(book.folder, rate="0"),
        *files,
        bank(book.folder / "b.csv", [("2026-09-29", "1.00", "利息", "利息"), *lines]),
    )
    book.reconcile()
    assert book.deposits() == {("8001", Money("48210.35"))}
    assert [code for code, *_ in book.codes()] == ["D09"], "the interest only"


def test_within_the_holiday_week_nothing_is_late(book: Book) -> None:
    files = withdrawals(book.folder, ("2026-10-01 10:00:00", "8001", "48210.35"))
    lines = [("2026-09-29", "-2.00", "x", ""), ("2026-10-07", "-1.00", "x", "")]
    book.add(*master(book.folder, rate="0"), *files, bank(book.folder / "b.csv", lines))
    book.reconcile()
    assert book.codes() == []
    assert book.states("wallet_line", "bank") == {"timing": 1}


def test_nothing_arrived_although_the_statement_goes_on(book: Book) -> None:
    files = withdrawals(book.folder, (f"{DAY} 02:00:00", "80010001", "5000.00"))
    book.add(
        *master(book.folder, rate="0"),
        *files,
        bank(book.folder / "b.csv", [("2026-03-09", "-2.00", "x", ""), ("2026-03-20", "-1.00", "x", "")]),
    )
    book.reconcile()
    assert book.codes() == [("D08", "open", Money("-5000.00"))]
    book.add(bank(book.folder / "late.csv", [("2026-03-23", "5000.00", CFT, "W80010001")], opening="997.00"))
    book.reconcile()
    assert book.codes() == []


def test_a_deposit_lower_than_the_named_withdrawal(book: Book) -> None:
    files = withdrawals(book.folder, (f"{DAY} 02:00:00", "80010001", "5000.00"))
    lines = [
        ("2026-03-09", "-2.00", "x", ""),
        ("2026-03-10", "4990.00", CFT, "提现 W80010001"),
        ("2026-03-20", "-1.00", "x", ""),
    ]
    book.add(*master(book.folder, rate="0"), *files, bank(book.folder / "b.csv", lines))
    book.reconcile()
    assert book.codes() == [("D08", "open", Money("-10.00"))]
    assert book.states("bank_line", "bank")["difference"] == 1


def test_alipay_all_the_way_with_the_long_account(book: Book) -> None:
    sale = ali_sale("2026031022001400000000000001", "X1", f"{DAY} 12:00:00", "200.00", "1.20", "S1")
    ledger = [(f"{DAY} 12:00:00", "8001", "2026031022001400000000000001", "X1", "在线支付", "200.00"),
              (f"{DAY} 12:00:00", "8002", "2026031022001400000000000001", "X1", "收费", "-1.20"),
              (f"{DAY} 23:00:00", "8003", "W1", "", "提现", "-198.80")]  # fmt: skip
    till = Till()
    till.order("S1", "O1", f"{DAY} 12:00:00", "200.00", ("支付宝", "200.00", P, "X1"))
    book.add(*master(book.folder), *till.write(book.folder), ali_bill(book.folder / "a.csv", [sale], account=f"{P}0156"),
             ali_ledger(book.folder / "l.csv", ledger, account=f"{P}0156", newest_first=True),
             bank(book.folder / "b.csv", [(DAY, "-1.00", "x", ""), ("2026-03-11", "198.80", ZFB, f"{P}提现")]))  # fmt: skip
    book.reconcile()
    assert book.codes() == []
    assert book.states("tender", "till") == {"matched": 1}
    assert book.states("payment", "ledger") == {"matched": 1}
    assert book.deposits() == {("8003", Money("198.80"))}


# ------------------------------------------------------------------------------------------------ platforms
O1 = "300112233445566"


def meal(number: int, day: str, shop: str = M, payout: str = "8800001", **more: str) -> dict[str, str]:
    return waimai_row(
        shop, f"{O1}{number:04d}", day, "36.99", "48.00", "2.00", "-6.00", "-7.01", "-2.86", payout=payout, **more
    )  # type: ignore[arg-type]


def test_takeaway_to_the_bank(book: Book) -> None:
    till = Till()
    till.order("S1", "T1", f"{DAY} 12:00:00", "44.00", ("美团外卖", "44.00", M, f"{O1}0001"), channel="美团")
    rows = [meal(1, DAY), meal(2, DAY, state="订单取消") | {"商家应收款": "0.00", "商品总价": "48.00", "平台服务费(含佣金和配送服务费)": "-"},
            waimai_row(M, "-", DAY, "-5.00", kind="推广费用")]  # fmt: skip
    book.add(*master(book.folder), *till.write(book.folder), waimai(book.folder / "w.xlsx", rows, {DAY: "2026-03-13"}),
             bank(book.folder / "b.csv", [(DAY, "-1.00", "x", ""), ("2026-03-13", "31.99", MT, "美团结算"), ("2026-03-20", "-1.00", "x", "")]))  # fmt: skip
    book.reconcile()
    assert book.codes() == []
    assert book.states("payment", "till") == {"matched": 1, "excluded": 2}
    assert book.states("payment", "payout") == {"matched": 2, "excluded": 1}
    assert book.states("settlement", "bank")["matched" if book.deposits() else "timing"] == 1
    assert book.rows("select gross, fee, net from settlements") == [(Money("39.00"), Money("7.01"), Money("31.99"))]


def test_two_payout_accounts_on_one_day_are_two_payouts(book: Book) -> None:
    more = [account("美团外卖", "90002", "S2", "6.5%", BANK, rule="T3")]
    rows = [meal(1, DAY), meal(2, DAY, "90002", "8800002")]
    lines = [
        (DAY, "-1.00", "x", ""),
        ("2026-03-13", "36.99", MT, "结算 8800002"),
        ("2026-03-13", "36.99", MT, "结算 8800001"),
        ("2026-03-20", "-1.00", "x", ""),
    ]
    book.add(
        *master(book.folder, *more),
        waimai(book.folder / "w.xlsx", rows, {DAY: "2026-03-13"}),
        bank(book.folder / "b.csv", lines),
    )
    book.reconcile()
    assert book.rows("select net from settlements") == [(Money("36.99"),)] * 2
    assert len(book.deposits()) == 2
    found = book.rows("select s.payout_account, b.memo from match_members i join settlements s on s.settlement_id = i.record_id "
                      "join match_members o on o.match_id = i.match_id join bank_lines b on b.bank_line_id = o.record_id")  # fmt: skip
    assert all(payout in memo for payout, memo in found)


def test_two_shops_paid_out_together(book: Book) -> None:
    more = [account("美团外卖", "90002", "S2", "6.5%", BANK, rule="T3")]
    rows = [meal(1, DAY), meal(2, DAY, "90002"), meal(3, "2026-03-11")]
    lines = [
        (DAY, "-1.00", "x", ""),
        ("2026-03-13", "110.97", MT, "美团 8800001 20260313"),
        ("2026-03-20", "-1.00", "x", ""),
    ]
    book.add(
        *master(book.folder, *more),
        waimai(book.folder / "w.xlsx", rows, {DAY: "2026-03-13", "2026-03-11": "2026-03-13"}),
        bank(book.folder / "b.csv", lines),
    )
    book.reconcile()
    assert book.rows("select net, first_day::varchar, last_day::varchar from settlements") == [
        (Money("110.97"), DAY, "2026-03-11")
    ]
    assert {amount for _, amount in book.deposits()} == {Money("110.97")}


def test_a_commission_above_the_contract(book: Book) -> None:
    rows = [waimai_row(M, f"{O1}0001", DAY, "36.49", "48.00", "2.00", "-6.00", "-7.51", "-3.36")]
    book.add(*master(book.folder), waimai(book.folder / "w.xlsx", rows, {DAY: "2026-03-13"}))
    book.reconcile()
    assert book.codes() == [("D12", "open", Money("-0.50"))]


def test_a_takeaway_order_the_till_does_not_know_and_one_not_billed(book: Book) -> None:
    till = Till()
    till.order("S1", "T1", f"{DAY} 12:00:00", "44.00", ("美团外卖", "44.00", M, f"{O1}0001"), channel="美团")
    till.order("S1", "T2", f"{DAY} 12:30:00", "44.00", ("美团外卖", "44.00", M, f"{O1}0009"), channel="美团")
    rows = [meal(1, DAY), meal(2, DAY)]
    book.add(*master(book.folder), *till.write(book.folder), waimai(book.folder / "w.xlsx", rows, {DAY: "2026-03-13"}))
    book.reconcile()
    assert [found for found in book.codes() if found[0] in ("D01", "D02")] == [
        ("D01", "open", Money("-44.00")),
        ("D02", "open", Money("44.00")),
    ]


@pytest.mark.parametrize("order", ["early first", "late first"])
def test_a_bill_printed_again_when_its_payday_is_known(book: Book, order: str) -> None:
    """The bill of a day is downloaded before and after it was settled; the later print names the day of the payout."""
    early = waimai(book.folder / "w1.xlsx", [meal(1, DAY)], {DAY: "-"})
    late = waimai(
        book.folder / "w2.xlsx", [meal(1, DAY), meal(2, "2026-03-11")], {DAY: "2026-03-13", "2026-03-11": "-"}
    )
    lines = [
        (DAY, "-1.00", "x", ""),
        ("2026-03-13", "36.99", MT, "结算 8800001 20260313"),
        ("2026-03-20", "-1.00", "x", ""),
    ]
    book.add(*master(book.folder))
    for path in (early, late) if order == "early first" else (late, early):
        book.add(path)
    book.add(bank(book.folder / "b.csv", lines))
    book.reconcile()
    assert book.rows("select expected_on::varchar, net from settlements order by 1 nulls last") == [
        ("2026-03-13", Money("36.99")),
        (None, Money("36.99")),
    ]
    assert {amount for _, amount in book.deposits()} == {Money("36.99")}
    assert [code for code, *_ in book.codes()] == []


# ------------------------------------------------------------------------------------------------ in the shop
def test_cash_over_and_short(book: Book) -> None:
    columns = ("门店编号", "营业日期", "班次", "收银员", "备用金", "现金销售", "现金退款", "支出", "缴存", "实点")
    counts = [("S1", DAY, "早", "王", "500", "300", "20", "30", "200", "550"), ("S1", DAY, "晚", "李", "500", "100", "0", "0", "0", "597.50"),
              ("S1", "2026-03-11", "早", "王", "500", "100", "0", "0", "0", "601")]  # fmt: skip
    till = Till()
    till.order(
        "S1",
        "O1",
        f"{DAY} 12:00:00",
        "400.00",
        ("现金", "400.00", "", ""),
        ("现金", "-20.00", "", "", f"{DAY} 15:00:00"),
    )
    book.add(*master(book.folder), *till.write(book.folder), csv_file(book.folder / "cash.csv", [columns, *counts]))
    book.reconcile()
    assert book.codes() == [("D10", "open", Money("-2.50")), ("D10", "open", Money("1.00"))]
    assert book.states("tender", "till") == {"matched": 2}


def test_stored_value_used_in_the_till_and_in_the_member_system(book: Book) -> None:
    columns = ("门店编号", "时间", "类型", "金额", "本金", "赠金", "会员号", "单号")
    lines = [("S1", f"{DAY} 09:00:00", "充值", "100", "100", "0", "m1", "C1"), ("S1", f"{DAY} 12:00:00", "消费", "24", "24", "0", "m1", "O1"),
             ("S1", f"{DAY} 13:00:00", "消费", "9", "9", "0", "m1", "O7"), ("S1", f"{DAY} 22:00:00", "消费", "12", "12", "0", "m1", "O3")]  # fmt: skip
    till = Till()
    till.order("S1", "O1", f"{DAY} 12:00:00", "24.00", ("储值卡", "24.00", "", ""))
    till.order("S1", "O2", f"{DAY} 12:10:00", "31.00", ("储值卡", "31.00", "", ""))
    till.order("S1", "O3", f"{DAY} 12:20:00", "10.00", ("储值卡", "10.00", "", ""))
    book.add(*master(book.folder), *till.write(book.folder), csv_file(book.folder / "sv.csv", [columns, *lines]))
    book.reconcile()
    assert book.codes() == [
        ("D14", "open", Money("-31.00")),
        ("D14", "open", Money("2.00")),
        ("D14", "open", Money("9.00")),
    ]


def test_in_transit_rolls_forward_exactly(book: Book) -> None:
    """opening 500.00 + sales 130.00 − refunds 30.00 − fees 0.60 − received 569.58 = 29.82."""
    rows = [wx_sale(wx(1), "X1", f"{DAY} 12:00:00", "100.00", "0.60"), wx_refund(wx(1), "X1", f"{DAY} 13:00:00", "30.00", "5031", "R1", "-0.18"),
            wx_sale(wx(2), "X2", f"{DAY} 14:00:00", "30.00", "0.18")]  # fmt: skip
    fund = [*fund_of(rows), (f"{DAY} 23:30:00", "70001", "9900", "提现", "-569.58", "W1")]
    opening = csv_file(
        book.folder / "opening.csv",
        [
            ("类型", "渠道或账号", "门店编号", "日期", "余额"),
            ("钱包", "微信", "", DAY, "500.00"),
            ("银行", BANK, "", DAY, "1000.00"),
        ],
    )
    book.add(*master(book.folder), opening, wx_bill(book.folder / "a.csv", rows), wx_fund(book.folder / "f.csv", fund, "500.00"),
             bank(book.folder / "b.csv", [(DAY, "-1.00", "x", ""), ("2026-03-11", "569.58", CFT, f"{A}提现")]))  # fmt: skip
    book.reconcile()
    status = book.json("status", book.path)
    assert book.codes() == []
    assert [(row["channel"], row["amount"]) for row in status["in_transit"]] == [("wechat", "29.82")]
    assert status["in_transit_proven"] is True
    assert all(isinstance(row["amount"], str) for row in status["in_transit"])
